"""Narratives: posts that say the same thing, however often they are copied and edited.

Exact copies (by ``normal.words``) are folded first; what is left goes through ``minhash``. A text
of few words says too little to be called the same as another: it is only suggested. So is a text
that someone put a comment to, for a comment can turn a text into its opposite. Texts that name
different pairs by their numbers are never the same.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any, Final

import ibis
import numpy as np
import polars as pl
import pyarrow as pa

from rukun.engine import Engine, local
from rukun.tables import UTC_TIME, Column, conform
from rukun.talk import minhash
from rukun.talk.normal import words

THRESHOLD: Final = 0.8
FEWEST_WORDS: Final = 8

MEMBERS: Final[tuple[Column, ...]] = (
    Column("post_id", pl.String, "code", False, "Post; each is in one narrative at most."),
    Column("narrative", pl.String, "code", False, "Narrative the post belongs to."),
)
NARRATIVES: Final[tuple[Column, ...]] = (
    Column("id", pl.String, "code", False, "From the earliest post; later posts do not change it."),
    Column("text", pl.String, "text", False, "The wording with most posts, as first posted."),
    Column("first_post", pl.String, "code", False, "Earliest post in this data."),
    Column("first_seen", UTC_TIME, "UTC", True, "Its time; null where no post has one."),
    Column("last_seen", UTC_TIME, "UTC", True, "Time of the latest post."),
    Column("size", pl.Int64, "posts", False, "Posts in the narrative, two or more."),
    Column("accounts", pl.Int64, "accounts", False, "Different accounts; posts without one apart."),
    Column("platforms", pl.List(pl.String), "codes", False, "Platforms, sorted."),
    Column("places", pl.List(pl.String), "codes", False, "Places hinted at, sorted."),
)
SUGGESTED: Final[tuple[Column, ...]] = (
    Column("first", pl.String, "code", False, "The earlier post."),
    Column("other", pl.String, "code", False, "The later post."),
    Column("reason", pl.String, "word", False, "short: too few words; comment: one has a comment."),
    Column("similarity", pl.Float64, "share", False, "Jaccard of the two posts' word sets."),
)

_KEYED: Final = pa.schema(
    [
        ("post_id", pa.string()),
        ("posted_at", pa.timestamp("us", "UTC")),
        ("platform", pa.string()),
        ("account", pa.string()),
        ("place_hint", pa.string()),
        ("key", pa.int64()),
        ("size", pa.int64()),
        ("words", pa.string()),
    ]
)
#: What is used of the table of posts.
_NEEDED: Final[tuple[Column, ...]] = (
    Column("post_id", pl.String, "code", False, "Platform and the post's own id."),
    Column("posted_at", UTC_TIME, "UTC", True, "When it was posted."),
    Column("platform", pl.String, "code", False, "Platform."),
    Column("account", pl.String, "code", True, "Alias of the account."),
    Column("place_hint", pl.String, "code", True, "Place, where the post names one."),
    Column("text", pl.String, "text", False, "What it says."),
)


@dataclass(frozen=True)
class Narratives:
    """``members`` (MEMBERS), ``narratives`` (NARRATIVES, largest first) and pairs that a person
    may join (``suggested``, SUGGESTED). Posts that nobody repeated are in none of them."""

    members: pl.DataFrame
    narratives: pl.DataFrame
    suggested: pl.DataFrame


def narratives(
    posts: pl.DataFrame | ibis.Table,
    *,
    engine: Engine | None = None,
    threshold: float = THRESHOLD,
    fewest_words: int = FEWEST_WORDS,
) -> Narratives:
    """The narratives among ``posts`` (table of posts; a post listed twice counts once).

    ``threshold`` is the least Jaccard of two word sets, ``fewest_words`` the number of different
    words (links, mentions and numbers apart) below which a text is only suggested. An Ibis table
    needs the engine it belongs to. The result does not depend on the order of the posts.
    """
    if engine is not None:
        return _found(posts, engine, threshold, fewest_words)
    if not isinstance(posts, pl.DataFrame):
        raise TypeError("an Ibis table needs the engine it belongs to")
    with local() as own:
        return _found(posts, own, threshold, fewest_words)


def narrative_id(first_post: str) -> str:
    """The id of the narrative that begins with this post."""
    return "n-" + hashlib.sha256(first_post.encode()).hexdigest()[:16]


def _found(
    posts: pl.DataFrame | ibis.Table, engine: Engine, threshold: float, fewest_words: int
) -> Narratives:
    needed = [c.name for c in _NEEDED]
    if isinstance(posts, pl.DataFrame):
        posts = engine.load(conform(posts, _NEEDED, "posts").select(needed))
    keyed = engine.map_batches(posts.select(*needed), _with_keys, _KEYED)
    texts = _texts(keyed, engine)
    grouped, pairs = _grouped(texts, threshold, fewest_words)
    rows = _rows(keyed, grouped, pairs, engine)
    told = rows.filter("long", pl.len().over("group") > 1)
    return Narratives(
        conform(_members(told), MEMBERS, "members"),
        conform(_described(told, posts, engine), NARRATIVES, "narratives"),
        conform(_suggested(rows, pairs, texts), SUGGESTED, "suggested"),
    )


def _with_keys(batch: pa.RecordBatch) -> pa.RecordBatch:
    """Each post with its words, their number and a key that exact copies share."""
    frame = pl.DataFrame(batch)
    text = words(frame.get_column("text").fill_null(""))
    sets = minhash.word_sets(text)
    frame = frame.with_columns(
        pl.Series("key", sets.keys), pl.Series("size", sets.sizes), text.alias("words")
    )
    table = frame.select(_KEYED.names).to_arrow(compat_level=pl.CompatLevel.oldest()).cast(_KEYED)
    return pa.RecordBatch.from_arrays([c.combine_chunks() for c in table.columns], schema=_KEYED)


def _texts(keyed: ibis.Table, engine: Engine) -> pl.DataFrame:
    """The distinct texts: key, words, size, posts. A text without words is none."""
    by_key: Any = keyed.filter(keyed["size"] > 0).group_by("key")
    texts = by_key.agg(
        words=keyed["words"].min(), size=keyed["size"].min(), posts=keyed["post_id"].count()
    )
    return engine.collect(texts, by=["key"])


def _grouped(
    texts: pl.DataFrame, threshold: float, fewest_words: int
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Each text's group (long and short ones never together), and pairs of groups that a comment
    keeps apart."""
    groups, pairs = [], []
    for long in (True, False):
        some = texts.filter((pl.col("size") >= fewest_words) == long)
        found = minhash.same(minhash.word_sets(some.get_column("words")), threshold)
        keys = some.get_column("key")
        groups.append(
            some.select("key", "posts", group=keys.gather(found.group), long=pl.lit(long))
        )
        ends = (keys.gather(found.commented[:, end]) for end in (0, 1))
        pairs.append(pl.DataFrame(dict(zip(("left", "right"), ends, strict=True))))
    return pl.concat(groups), pl.concat(pairs)


def _rows(
    keyed: ibis.Table, grouped: pl.DataFrame, pairs: pl.DataFrame, engine: Engine
) -> pl.DataFrame:
    """The posts of every group that has more than one or stands beside another, earliest first."""
    paired = pl.concat([pairs.get_column("left"), pairs.get_column("right")])
    wanted = grouped.filter(
        (pl.col("posts").sum().over("group") > 1) | pl.col("group").is_in(paired.implode())
    )
    labels = engine.load(wanted.select("key", "group", "long"))
    rows = keyed.drop("words", "size").inner_join(labels, "key")
    ordered = engine.collect(rows, by=["posted_at", "post_id", "key"])
    return ordered.unique("post_id", keep="first", maintain_order=True)


def _members(told: pl.DataFrame) -> pl.DataFrame:
    first = told.group_by("group").agg(pl.col("post_id").first().alias("first_post"))
    ids = first.select("group", narrative=_ids("first_post"))
    return told.join(ids, on="group").select("post_id", "narrative").sort("narrative", "post_id")


def _ids(column: str) -> pl.Expr:
    return pl.col(column).map_elements(narrative_id, return_dtype=pl.String)


def _described(told: pl.DataFrame, posts: ibis.Table, engine: Engine) -> pl.DataFrame:
    out = told.group_by("group").agg(
        pl.col("post_id").first().alias("first_post"),
        pl.col("posted_at").min().alias("first_seen"),
        pl.col("posted_at").max().alias("last_seen"),
        pl.len().cast(pl.Int64).alias("size"),
        pl.col("account").drop_nulls().n_unique().cast(pl.Int64).alias("accounts"),
        pl.col("platform").drop_nulls().unique().sort().alias("platforms"),
        pl.col("place_hint").drop_nulls().unique().sort().alias("places"),
    )
    out = out.join(_wordings(told, posts, engine), on="group")
    out = out.with_columns(id=_ids("first_post")).drop("group")
    ranked = out.sort("size", "first_seen", "id", descending=[True, False, False], nulls_last=True)
    return ranked.select(c.name for c in NARRATIVES)


def _wordings(told: pl.DataFrame, posts: ibis.Table, engine: Engine) -> pl.DataFrame:
    """For each group, the text of the first post in the wording that most posts have."""
    wordings = (
        told.with_row_index()
        .group_by("group", "key")
        .agg(pl.col("index").min(), pl.col("post_id").first(), pl.len().alias("posts"))
    )
    best = wordings.sort("posts", "index", descending=[True, False]).unique(
        "group", keep="first", maintain_order=True
    )
    asked = engine.load(best.select("post_id"))
    texts = engine.collect(
        posts.select("post_id", "text").semi_join(asked, "post_id"), by=["post_id", "text"]
    )
    texts = texts.unique("post_id", keep="first", maintain_order=True)
    return best.join(texts, on="post_id").select("group", pl.col("text").fill_null(""))


def _suggested(rows: pl.DataFrame, pairs: pl.DataFrame, texts: pl.DataFrame) -> pl.DataFrame:
    """Short texts with the first of their group, and groups that a comment keeps apart."""
    first = rows.with_row_index().group_by("group").agg(pl.col("index", "post_id", "key").first())
    short = rows.filter(~pl.col("long")).join(first, on="group", suffix="_first")
    short = short.filter(pl.col("post_id") != pl.col("post_id_first")).select(
        _end("first", "_first"), _end("other", ""), reason=pl.lit("short")
    )
    beside = pairs.join(first, left_on="left", right_on="group")
    beside = beside.join(first, left_on="right", right_on="group", suffix="_right")
    turned = pl.col("index") > pl.col("index_right")
    beside = pl.concat(
        [
            beside.filter(~turned).select(_end("first", ""), _end("other", "_right")),
            beside.filter(turned).select(_end("first", "_right"), _end("other", "")),
        ]
    )
    both = pl.concat([short, beside.with_columns(reason=pl.lit("comment"))])
    return _compared(both.unnest("first", "other", separator="_"), texts)


def _end(name: str, suffix: str) -> pl.Expr:
    return pl.struct(post=f"post_id{suffix}", key=f"key{suffix}").alias(name)


def _compared(pairs: pl.DataFrame, texts: pl.DataFrame) -> pl.DataFrame:
    """The pairs with the exact Jaccard of their texts."""
    sets = minhash.word_sets(texts.get_column("words"))
    keys = texts.get_column("key").to_numpy()
    left, right = (np.searchsorted(keys, pairs.get_column(f"{e}_key")) for e in ("first", "other"))
    return pairs.select(
        pl.col("first_post").alias("first"),
        pl.col("other_post").alias("other"),
        "reason",
        similarity=pl.Series(minhash.jaccard(sets, left, right)),
    ).sort("first", "other", "reason")
