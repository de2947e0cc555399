"""What a digest found, into the tables that pages read; cases are opened, none is ever closed."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any, Final

import polars as pl
from django.db import models

from rukun.talk.coordination import Coordination
from rukun.talk.digest import Digest
from rukun.talk.posts import EXERCISE
from rukun.talk.spread import Spread, spread
from rukun.web.count.models import Place
from rukun.web.talk.models import Claim, Narrative, PostFile, Ring, StoredPost

#: Posts of a narrative that its page lists, and narratives whose way is worked out.
POSTS_OF_NARRATIVE: Final = 60
NARRATIVES_KEPT: Final = 400
#: Narratives suggested to be the same as one.
SUGGESTED_KEPT: Final = 8
#: The part of a stream a desk can read, and the most posts that are laid before it.
BUDGET: Final = 0.05
MOST_SHOWN: Final = 3_000
#: Acts of a ring that are listed.
SHARED_KEPT: Final = 400


def made_up(posts: pl.DataFrame) -> frozenset[str]:
    """The posts that are made up for practice: of an exercise platform, or from a file that whoever
    brought it said so of."""
    files = PostFile.objects.filter(exercise=True).values_list("sha256", flat=True)
    said = pl.col("origin").is_in(list(files))
    chosen = posts.filter(pl.col("platform").str.starts_with(EXERCISE) | said)
    return frozenset(chosen["post_id"])


def narratives_into_room(
    found: Digest, posts: pl.DataFrame, made: frozenset[str], work: int
) -> pl.DataFrame:
    """Keep the narratives that matter; returns which post belongs to which (kept ones only)."""
    table = found.narratives.narratives.join(found.mix, left_on="id", right_on="narrative")
    grave = pl.col("label").is_in(["threat", "incite", "hostile"])
    kept = pl.concat([table.filter(grave), table.filter(~grave).head(NARRATIVES_KEPT)])
    members = found.narratives.members.filter(pl.col("narrative").is_in(kept["id"].implode()))
    of_each = posts.join(members, on="post_id").partition_by("narrative", as_dict=True)
    beside = _suggested(found, members)
    rows = [
        _narrative(r, of_each[(r["id"],)], beside.get(r["id"], []), made)
        for r in kept.iter_rows(named=True)
    ]
    replace(Narrative, rows, "code", work)
    return members


def narratives_known() -> dict[str, str]:
    """First post → code of every narrative of the room, those that somebody worked on first."""
    rows = Narrative.objects.annotate(worked=models.Count("cases"))
    known: dict[str, str] = {}
    for first, code in rows.order_by("-worked", "-size", "code").values_list("first_post", "code"):
        known.setdefault(first, code)
    return known


def _suggested(found: Digest, members: pl.DataFrame) -> dict[str, list[dict[str, Any]]]:
    """Per narrative the others that a person may join with it, the most alike first."""
    pairs = found.narratives.suggested
    for end in ("first", "other"):
        named = members.select(pl.col("post_id").alias(end), pl.col("narrative").alias(f"{end}_in"))
        pairs = pairs.join(named, on=end)
    there = pairs.select("reason", "similarity", at="first_in", narrative="other_in")
    back = pairs.select("reason", "similarity", at="other_in", narrative="first_in")
    both = pl.concat([there, back]).filter(pl.col("at") != pl.col("narrative"))
    ranked = both.sort("similarity", "narrative", descending=[True, False])
    few = ranked.unique(["at", "narrative"], keep="first", maintain_order=True)
    found_of: dict[str, list[dict[str, Any]]] = {}
    for row in few.iter_rows(named=True):
        beside = found_of.setdefault(row.pop("at"), [])
        if len(beside) < SUGGESTED_KEPT:
            beside.append(row)
    return found_of


def _narrative(
    row: Mapping[str, Any],
    posts: pl.DataFrame,
    beside: Sequence[Mapping[str, Any]],
    made: frozenset[str],
) -> Narrative:
    ordered = posts.sort("posted_at", "post_id", nulls_last=True)
    return Narrative(
        code=row["id"],
        text=row["text"],
        first_post=row["first_post"],
        first_seen=row["first_seen"],
        last_seen=row["last_seen"],
        size=row["size"],
        accounts=row["accounts"],
        platforms=row["platforms"],
        places=row["places"],
        labels={w: row[w] for w in ("none", "hostile", "threat", "incite")},
        label=row["label"],
        score=row["score"],
        spread=spread_said(spread(posts)) | {"suggested": list(beside)},
        posts_shown=ordered["post_id"].head(POSTS_OF_NARRATIVE).to_list(),
        exercise=not made.isdisjoint(ordered["post_id"]),
    )


def spread_said(way: Spread) -> dict[str, Any]:
    """How a narrative travelled, as JSON: times in ISO form."""
    tables = ("path", "lags", "hours", "carriers", "coverage")
    said = {name: _rows(getattr(way, name)) for name in tables}
    said |= {"median_lag": way.median_lag, "peak": way.peak, "peak_from": plain(way.peak_from)}
    return said | {"caveat": {lang: way.caveat(lang) for lang in ("id", "en")}}


def _rows(table: pl.DataFrame) -> list[dict[str, Any]]:
    return [{k: plain(v) for k, v in row.items()} for row in table.iter_rows(named=True)]


def plain(value: Any) -> Any:
    """A value as JSON holds it: days and times in ISO form, the rest as it is."""
    return value.isoformat() if isinstance(value, dt.datetime | dt.date) else value


def rings_into_room(found: Coordination, made: frozenset[str], work: int) -> list[Ring]:
    """Keep the rings with their pairs and shared acts; one with mostly the same members keeps
    the code it had."""
    known = {r.code: set(r.accounts) for r in Ring.objects.all()}
    rows = []
    for row in found.rings.iter_rows(named=True):
        code = _code_of(row["accounts"], known)
        edges = found.edges.filter(pl.col("ring") == row["ring"])
        rows.append(_ring(code, row, edges, found.shared(row["accounts"]), made))
    replace(Ring, rows, "code", work)
    return rows


def _code_of(accounts: Sequence[str], known: dict[str, set[str]]) -> str:
    own = set(accounts)
    for code, members in known.items():
        if len(own & members) * 2 > len(own | members):
            del known[code]
            return code
    return "r-" + hashlib.sha256(" ".join(sorted(own)).encode()).hexdigest()[:10]


def _ring(
    code: str,
    row: Mapping[str, Any],
    edges: pl.DataFrame,
    shared: pl.DataFrame,
    made: frozenset[str],
) -> Ring:
    figures = (
        "pairs",
        "density",
        "window",
        "objects",
        "sources",
        "close_share",
        "expected",
        "seen",
    )
    return Ring(
        code=code,
        verdict=row["verdict"],
        known=row["known"] or "",
        reason=row["reason"] or "",
        accounts=row["accounts"],
        members=row["members"],
        figures={n: row[n] for n in figures} | {"shared": shared.height},
        edges=_rows(edges),
        shared=_rows(shared.head(SHARED_KEPT)),
        first_at=row["first_at"],
        last_at=row["last_at"],
        exercise=not made.isdisjoint([*shared["post_a"], *shared["post_b"]]),
    )


def worth_showing(found: Digest) -> pl.DataFrame:
    """The verdicts on posts that may be laid before a person: flagged, in need, or near the top."""
    table = found.verdicts.sort("score", "post_id", descending=[True, False])
    room = min(MOST_SHOWN, max(50, int(table.height * BUDGET)))
    top = pl.int_range(pl.len()) < room
    return table.filter(pl.col("flagged") | pl.col("help") | (top & (pl.col("score") > 0.05)))


def posts_into_room(
    wanted: pl.Series,
    posts: pl.DataFrame,
    verdicts: pl.DataFrame,
    second: Mapping[str, Any],
    made: frozenset[str],
    work: int,
) -> None:
    """Keep these posts with their verdicts and what a second reader said of them (by post_id);
    what a person tied to a case stays tied."""
    ids = wanted.drop_nulls().unique()
    table = posts.filter(pl.col("post_id").is_in(ids.implode())).join(verdicts, on="post_id")
    places = set(Place.objects.filter(pk__in=table["place"].drop_nulls().unique()).values_list(
        "pk", flat=True))  # fmt: skip
    rows = [_post(r, places, made) for r in table.iter_rows(named=True)]
    fields = _fields(StoredPost, "post_id", "tied")
    for row in rows:
        row.work, row.second = work, second.get(row.post_id)
    StoredPost.objects.bulk_create(
        rows, 500, update_conflicts=True, unique_fields=["post_id"], update_fields=fields
    )
    StoredPost.objects.filter(tied=False, work__lt=work).delete()


def _fields(model: type[models.Model], *without: str) -> list[str]:
    return [f.name for f in model._meta.concrete_fields if f.name not in without]


def _post(row: Mapping[str, Any], places: set[str], made: frozenset[str]) -> StoredPost:
    same = ("post_id", "platform", "posted_at", "text", "links", "kind", "label", "mode", "score")
    same += ("claim", "help", "origin", "origin_row", "raw")
    blank = ("account", "space", "reply_to", "repost_of", "act", "target", "narrative")
    return StoredPost(
        **{n: row[n] for n in same},
        **{n: (row[n] or "")[:120] for n in blank},
        raw_score=row["raw_score"],
        reasons=json.loads(row["reasons"]),
        place_id=row["place"] if row["place"] in places else None,
        exercise=row["post_id"] in made,
    )


def replace(model: type[models.Model], rows: Sequence[Any], key: str, work: int) -> None:
    """Keep these rows; older ones stand no more, and go unless somebody worked on them."""
    for row in rows:
        row.work = work
    model.objects.bulk_create(
        rows, 200, update_conflicts=True, unique_fields=[key], update_fields=_fields(model, key)
    )
    gone = model.objects.filter(work__lt=work)
    gone.update(stands=False)
    touched = {"answers__isnull": True} if hasattr(model, "answers") else {}
    gone.filter(cases__isnull=True, **touched).delete()


def posts_of(
    top: pl.DataFrame,
    members: pl.DataFrame,
    rings: Sequence[Ring],
    claims: Sequence[Claim],
    found: Digest,
) -> pl.Series:
    """The posts that pages show: near the top, of kept narratives, shared in rings, with claims,
    and behind the rises of the pulse."""
    ordered = members.join(found.verdicts.select("post_id", "score"), on="post_id")
    of_each = ordered.sort("score", "post_id", descending=[True, False]).group_by(
        "narrative", maintain_order=True
    )
    few = of_each.head(POSTS_OF_NARRATIVE)["post_id"]
    firsts = found.narratives.narratives["first_post"]
    kept = firsts.filter(firsts.is_in(members["post_id"].implode()))
    shared = [p for r in rings for row in r.shared for p in (row["post_a"], row["post_b"])]
    said = [p for c in claims for p in c.post_ids] + [p for b in found.behind for p in b.posts]
    return pl.concat([top["post_id"], few, kept, pl.Series(shared + said, dtype=pl.String)])
