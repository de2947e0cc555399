"""Claims about the count, as pages read them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import QuerySet

from rukun.talk.claims import KINDS
from rukun.web.talk.models import Answer, Case, Claim, Narrative, StoredPost
from rukun.web.talk.queries.helped import narratives_visible_to, posts_visible_to
from rukun.web.talk.services import answering

PAGE: Final = 25
#: Posts of a claim that its page shows.
SAMPLE: Final = 12
VERDICTS: Final = ("differs", "agrees", "cannot_be_said")


@dataclass(frozen=True)
class Filter:
    """What the list is narrowed to; every part stands in the address."""

    verdict: str = ""
    place: str = ""
    kind: str = ""
    released: str = ""

    @classmethod
    def of(cls, query: Mapping[str, str]) -> Filter:
        """From a request."""
        names = cls.__dataclass_fields__
        return cls(**{n: query.get(n, "").replace("\0", "")[:40] for n in names})

    def apply(self, rows: QuerySet[Claim], verdicts: Mapping[str, str]) -> QuerySet[Claim]:
        """The claims that fit, most posts first; unknown words narrow to nothing."""
        if self.verdict:
            fitting = [c for c, v in verdicts.items() if v == self.verdict]
            rows = rows.filter(code__in=fitting)
        if self.place:
            rows = rows.filter(place__path__contains=f"/{self.place}/")
        if self.kind:
            rows = rows.filter(kind=self.kind)
        if self.released in ("yes", "no"):
            answered = Answer.objects.filter(withdrawn_at=None).values("claim")
            yes = self.released == "yes"
            rows = rows.filter(code__in=answered) if yes else rows.exclude(code__in=answered)
        return rows.order_by("-posts", "code")


def standing() -> QuerySet[Claim]:
    """The claims that the newest working-out found."""
    return Claim.objects.filter(stands=True).select_related("place", "place__parent")


def checkable(chosen: Filter) -> tuple[QuerySet[Claim], dict[str, str], bool]:
    """The claims that can be laid beside forms and fit, their verdicts, and whether these are of
    this moment; where there are very many, they are those of the last working-out."""
    rows = standing().filter(checkable=True)
    now = answering.verdicts_now()
    verdicts = dict(rows.values_list("code", "verdict")) if now is None else now
    return chosen.apply(rows, verdicts), verdicts, now is not None


def open_ended() -> list[Claim]:
    """The claims that cannot be checked as they stand, most posts first."""
    return list(standing().filter(checkable=False).order_by("-posts", "code")[:100])


def kinds() -> list[str]:
    """The kinds that occur, in the order of the pure wing."""
    here = set(standing().values_list("kind", flat=True))
    return [k for k in KINDS if k in here]


def released(codes: list[str]) -> dict[str, Answer]:
    """Per claim the answer in force, where there is one."""
    rows = Answer.objects.filter(claim__in=codes, withdrawn_at=None).order_by("version")
    return {a.claim_id: a for a in rows}


def answers_of(claim: Claim) -> list[Answer]:
    """Every answer that was released, the newest first."""
    return list(claim.answers.select_related("by", "withdrawn_by"))


def posts_of(user: Any, claim: Claim) -> list[StoredPost]:
    """The first posts that make the claim, for who reviews posts."""
    rows = posts_visible_to(user).filter(pk__in=claim.post_ids)
    return list(rows.order_by("posted_at", "pk")[:SAMPLE])


def narratives_of(user: Any, claim: Claim) -> list[Narrative]:
    """The narratives that carry the claim."""
    codes = claim.data.get("narratives") or []
    return list(
        narratives_visible_to(user).filter(code__in=codes[:200]).order_by("-size", "code")[:8]
    )


def case_of(user: Any, claim: Claim) -> Case | None:
    """Its case, for who reviews posts."""
    if not user.has_perm("talk.review"):
        return None
    return Case.objects.filter(claim=claim).first()
