"""Claims about the count into the room, each with what the open forms say of it at this moment."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import polars as pl

from rukun.talk.digest import Digest
from rukun.web.count.models import Contest, Place
from rukun.web.talk.models import Claim
from rukun.web.talk.services import answering
from rukun.web.talk.services.keeping import plain, replace

#: Posts of a claim that its page lists.
POSTS_OF_CLAIM: Final = 60


def claims_into_room(found: Digest, made: frozenset[str], work: int) -> list[Claim]:
    """Keep the claims; each verdict rests on the forms that everybody may see."""
    dated = found.claims.sort("posted_at", "post_id", nulls_last=True)
    ids = dict(
        dated.group_by("claim").agg(pl.col("post_id").unique(maintain_order=True)).iter_rows()
    )
    tables = found.grouped.iter_rows(named=True)
    places = set(Place.objects.values_list("pk", flat=True))
    contests = set(Contest.objects.values_list("pk", flat=True))
    rows = [_claim(r, ids[r["claim"]], places, contests, made) for r in tables]
    for claim, verdict in zip(rows, answering.verdicts(rows), strict=True):
        claim.verdict = verdict
    replace(Claim, rows, "code", work)
    return rows


def _claim(
    row: Mapping[str, Any],
    posts: Sequence[str],
    places: set[str],
    contests: set[str],
    made: frozenset[str],
) -> Claim:
    own = ("claim", "text", "posts", "accounts", "first_seen", "last_seen")
    place = row["place"] if row["place"] in places else None
    return Claim(
        code=row["claim"],
        kind=row["kind"],
        contest=row["contest"] if row["contest"] in contests else "",
        place_id=place,
        text=row["text"],
        data={k: plain(v) for k, v in row.items() if k not in own}
        | ({"why_open": "elsewhere"} if row["place"] and not place else {}),
        posts=row["posts"],
        accounts=row["accounts"],
        first_seen=row["first_seen"],
        last_seen=row["last_seen"],
        post_ids=list(posts[:POSTS_OF_CLAIM]),
        checkable=row["checkable"] and place is not None,
        exercise=not made.isdisjoint(posts),
    )
