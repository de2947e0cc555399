"""Narratives as pages read them: filtered, ranked, and one with its way."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Case as When
from django.db.models import Max, QuerySet, Value
from django.db.models import When as If

from rukun.web.talk.models import Case, Claim, Narrative, StoredPost
from rukun.web.talk.queries.helped import narratives_visible_to, posts_visible_to

PAGE: Final = 20
LABELS: Final = ("incite", "threat", "hostile", "none")
ORDERS: Final = ("grave", "size", "new")
SPANS: Final = (1, 3, 7, 14, 30)
#: Posts of a narrative that its page shows.
SAMPLE: Final = 12


@dataclass(frozen=True)
class Filter:
    """What the list is narrowed to; every part stands in the address."""

    label: str = ""
    place: str = ""
    platform: str = ""
    days: str = ""
    order: str = "grave"

    @classmethod
    def of(cls, query: Mapping[str, str]) -> Filter:
        """From a request."""
        given = {n: query.get(n, "").replace("\0", "")[:40] for n in cls.__dataclass_fields__}
        if given["order"] not in ORDERS:
            given["order"] = "grave"
        return cls(**given)

    def apply(self, rows: QuerySet[Narrative]) -> QuerySet[Narrative]:
        """The narratives that fit; an unknown label narrows to nothing."""
        if self.label:
            rows = rows.filter(label=self.label)
        if self.platform:
            rows = rows.filter(platforms__icontains=f'"{self.platform}"')
        if self.place:
            inside = StoredPost.objects.filter(place__path__contains=f"/{self.place}/")
            rows = rows.filter(code__in=inside.exclude(narrative="").values("narrative"))
        if self.days.isascii() and self.days.isdigit():
            last = Narrative.objects.filter(stands=True).aggregate(m=Max("last_seen"))["m"]
            if last is not None:
                rows = rows.filter(last_seen__gte=last - dt.timedelta(days=int(self.days[:4])))
        return _ordered(rows, self.order)


def _ordered(rows: QuerySet[Narrative], order: str) -> QuerySet[Narrative]:
    if order == "size":
        return rows.order_by("-size", "code")
    if order == "new":
        return rows.order_by("-first_seen", "code")
    weight = When(
        *(If(label=name, then=Value(rank)) for rank, name in enumerate(LABELS)),
        default=Value(len(LABELS)),
    )
    return rows.annotate(weight=weight).order_by("weight", "-size", "code")


def listed(user: Any, chosen: Filter) -> QuerySet[Narrative]:
    """The narratives this person may read that fit."""
    return chosen.apply(narratives_visible_to(user).filter(stands=True))


def platforms() -> list[str]:
    """The platforms that occur."""
    rows = Narrative.objects.filter(stands=True).values_list("platforms", flat=True).distinct()
    return sorted({p for some in rows[:2000] for p in some})


def sample_of(user: Any, narrative: Narrative) -> list[StoredPost]:
    """Its first posts, for who reviews posts."""
    wanted = [narrative.first_post, *narrative.posts_shown]
    rows = posts_visible_to(user).filter(pk__in=wanted)
    return list(rows.order_by("posted_at", "pk")[:SAMPLE])


def case_of(user: Any, narrative: Narrative) -> Case | None:
    """Its case, for who reviews posts."""
    if not user.has_perm("talk.review"):
        return None
    rows = Case.objects.filter(narrative=narrative)
    return (rows if user.has_perm("talk.decide") else rows.exclude(queue="help")).first()


def claims_of(narrative: Narrative) -> list[Claim]:
    """The claims that its posts make."""
    rows = Claim.objects.filter(stands=True, data__narratives__icontains=f'"{narrative.code}"')
    return list(rows.select_related("place").order_by("-posts", "code")[:20])
