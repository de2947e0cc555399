"""What becomes a case: flagged posts, once for a thousand copies, people in need, and claims."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

import polars as pl
from django.utils.crypto import salted_hmac

from rukun.talk import cases
from rukun.talk.agreement import twice
from rukun.talk.digest import Digest
from rukun.web.talk.models import Case, Claim, Narrative, StoredPost
from rukun.web.talk.services.reviewing import tie

SYSTEM: Final = "system"
#: The part of cases that is read a second time by somebody who does not see the first reading.
TWICE: Final = 0.2


def open_cases(found: Digest, top: pl.DataFrame, at: dt.datetime) -> int:
    """Open a case for each flagged text and each person in need that has none; how many."""
    known = {
        "post": set(Case.objects.exclude(post=None).values_list("post_id", flat=True)),
        "narrative": set(
            Case.objects.exclude(narrative=None).values_list("narrative_id", flat=True)
        ),
    }
    made = [
        _case(about, key, row, at)
        for about, key, row in _wanted(top)
        if key not in known["narrative" if about == "narrative" else "post"]
    ]
    for case in made:
        case.save()
        tie(case)
    return len(made)


def _wanted(top: pl.DataFrame) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    """(about, key, verdict) of every text that may need a person, the gravest first."""
    stored = set(StoredPost.objects.values_list("pk", flat=True))
    narratives = set(Narrative.objects.filter(stands=True).values_list("pk", flat=True))
    seen: set[str] = set()
    for row in top.filter(pl.col("flagged") | pl.col("help")).iter_rows(named=True):
        copied = row["narrative"] in narratives and not row["help"]
        about = "self_harm" if row["help"] else "narrative" if copied else "post"
        key = row["narrative"] if copied else row["post_id"]
        if key not in seen and (copied or key in stored):
            seen.add(key)
            yield about, key, row


def _case(about: str, key: str, row: Mapping[str, Any], at: dt.datetime) -> Case:
    label = "help" if about == "self_harm" else row["label"]
    made = cases.opened("new", about, key, label)
    subject = {"narrative_id": key} if about == "narrative" else {"post_id": key}
    post = StoredPost.objects.filter(pk=row["post_id"]).only("place_id", "exercise").first()
    return Case(
        about=about,
        queue=made.queue,
        state=made.state,
        label=label,
        score=row["score"],
        raw_score=row["raw_score"],
        place_id=post.place_id if post else None,
        opened_at=at,
        opened_by=SYSTEM,
        read_twice=_read_twice(key),
        exercise=bool(post and post.exercise),
        **subject,
    )


def _read_twice(code: str) -> bool:
    """By what the case is about and the room's own key: nobody chooses, nobody can foresee."""
    key = salted_hmac("rukun.talk.twice", "", algorithm="sha256").digest()
    return twice(code, key, TWICE)


def open_claims(claims: Iterable[Claim], at: dt.datetime) -> int:
    """Open a case for each claim that can be laid beside forms and has none; how many."""
    known = set(Case.objects.exclude(claim=None).values_list("claim_id", flat=True))
    made = [_about_claim(c, at) for c in claims if c.checkable and c.pk not in known]
    for case in made:
        case.save()
        tie(case)
    return len(made)


def _about_claim(claim: Claim, at: dt.datetime) -> Case:
    made = cases.opened("new", "claim", claim.pk, "claim")
    return Case(
        about="claim",
        queue=made.queue,
        state=made.state,
        label="claim",
        claim=claim,
        place_id=claim.place_id,
        opened_at=at,
        opened_by=SYSTEM,
        read_twice=_read_twice(claim.pk),
        score=1 - 1 / (1 + claim.posts),
        exercise=claim.exercise,
    )
