"""From posts to claims, and from claims to groups of the same claim."""

from __future__ import annotations

from typing import Any

import polars as pl

from rukun.tables import UTC_TIME, Column, conform, empty
from rukun.talk.claims import words
from rukun.talk.claims.reading import Reader
from rukun.talk.claims.schema import CLAIMS, GROUPED, STANCES
from rukun.talk.gazetteer import Gazetteer
from rukun.talk.narratives import MEMBERS

_NEEDED = (
    Column("post_id", pl.String, "code", False, "Post."),
    Column("text", pl.String, "text", False, "What it says."),
    Column("posted_at", UTC_TIME, "UTC", True, "When it was posted."),
    Column("account", pl.String, "alias", True, "Alias of the account."),
    Column("place_hint", pl.String, "text", True, "Place as stated."),
)


def extract(posts: pl.DataFrame, gazetteer: Gazetteer) -> pl.DataFrame:
    """The claims of a table of posts (schema CLAIMS), in the order of the posts.

    Each text is read once however often it was posted. What cannot be laid beside a form (no
    place, an ambiguous one, no choice) stays with ``checkable`` false and the reason.
    """
    needed = conform(posts, _NEEDED, "posts").select(c.name for c in _NEEDED)
    texts = needed.select("text", "place_hint").unique(maintain_order=True)
    reader = Reader(gazetteer, words.shipped())
    read = [
        {"text": text, "place_hint": hint, **claim}
        for text, hint in texts.iter_rows()
        for claim in reader.read(text, hint)
    ]
    if not read:
        return empty(CLAIMS)
    own = [c for c in CLAIMS if c.name not in ("post_id", "posted_at", "account")]
    schema = {"text": pl.String, "place_hint": pl.String, **{c.name: c.dtype for c in own}}
    found = pl.DataFrame(read, schema=schema)
    rows = needed.with_row_index("at").join(
        found, on=["text", "place_hint"], how="inner", nulls_equal=True, maintain_order="left"
    )
    out = rows.sort("at", "start", "claim").unique(["post_id", "claim", "stance"], keep="first")
    ordered = out.sort("at", "start", "claim").select(c.name for c in CLAIMS)
    return conform(ordered, CLAIMS, "claims")


def grouped(claims: pl.DataFrame, members: pl.DataFrame | None = None) -> pl.DataFrame:
    """Each claim once (schema GROUPED), most posts first, with who made it and how they stand.

    ``members`` (``narratives.MEMBERS``) says which narratives the posts belong to.
    """
    members = empty(MEMBERS) if members is None else members
    told = claims.join(members.select("post_id", "narrative"), on="post_id", how="left")
    told = told.sort("posted_at", "post_id", nulls_last=True, maintain_order=True)
    first = [c.name for c in GROUPED if c.name in claims.columns and c.name != "claim"]
    stances = {s: _posts(pl.col("stance") == s) for s in STANCES}
    out = told.group_by("claim", maintain_order=True).agg(
        *(pl.col(c).first() for c in first),
        posts=pl.col("post_id").n_unique().cast(pl.Int64),
        accounts=pl.col("account").drop_nulls().n_unique().cast(pl.Int64),
        first_seen=pl.col("posted_at").min(),
        last_seen=pl.col("posted_at").max(),
        narratives=pl.col("narrative").drop_nulls().unique().sort(),
        **stances,
    )
    out = out.join(_wordings(told), on="claim")
    ranked = out.sort(
        "posts", "first_seen", "claim", descending=[True, False, False], nulls_last=True
    )
    return conform(ranked.select(c.name for c in GROUPED), GROUPED, "claims")


def _posts(rows: pl.Expr) -> pl.Expr:
    return pl.col("post_id").filter(rows).n_unique().cast(pl.Int64)


def _wordings(told: pl.DataFrame) -> pl.DataFrame:
    """For each claim the sentence that most posts make it in; the earliest of equals."""
    counts = told.group_by("claim", "words", maintain_order=True).agg(
        posts=pl.col("post_id").n_unique()
    )
    ranked = counts.sort("posts", descending=True, maintain_order=True)
    best: Any = ranked.unique("claim", keep="first", maintain_order=True)
    return pl.DataFrame(best.select("claim", text="words"))
