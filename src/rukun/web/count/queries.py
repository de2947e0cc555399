"""What the pages read. Everything starts from ``visible_to(user)``.

A camp's own figures open to everybody else when the official form of the station is in: until
then a station's witnesses cannot have copied from each other, and neither camp sees more than the
other. The desk (coordinator, verifier, analyst) sees everything.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from rukun.count.findings import SEVERITIES
from rukun.web.core.permissions import is_desk
from rukun.web.count.models import (
    Contest,
    ContestOutlook,
    Place,
    StationState,
    StoredFinding,
    StoredForm,
    Summary,
)
from rukun.web.count.permissions import own_source
from rukun.web.count.tables import below

#: More disputed stations than this are looked up by votes, fewer by place.
_MANY = 2000


def visible_to(user: Any) -> QuerySet[StoredForm]:
    """The stored forms this person may read."""
    forms = StoredForm.objects.all()
    if is_desk(user):
        return forms
    official = StoredForm.objects.filter(
        place=OuterRef("place"), contest=OuterRef("contest"), source="official"
    )
    own = Q(source=own_source(user)) if own_source(user) else Q(pk__in=[])
    return forms.filter(~Q(source__startswith="witness:") | own | Exists(official))


def findings_visible_to(user: Any) -> QuerySet[StoredFinding]:
    """The findings this person may read: those that would show a camp's closed figures are not."""
    findings = StoredFinding.objects.all()
    if is_desk(user):
        return findings
    official = StoredForm.objects.filter(
        place=OuterRef("place"), contest=OuterRef("contest"), source="official"
    )
    witnessed = Q(sources__icontains="witness:")
    return findings.filter(~witnessed | Exists(official))


def home_of(contest: Contest) -> Place:
    """The place a contest is shown at: its top, or below it where the frame holds only a part."""
    place = contest.place
    while contest.data.get("tps_elsewhere"):
        children = list(place.children.all()[:2])
        if len(children) != 1 or place.kind == "regency":
            break
        place = children[0]
    return place


def breadcrumb(place: Place) -> list[Place]:
    """The places above, from the top down, this one included."""
    by_code = Place.objects.in_bulk(place.codes)
    return [by_code[c] for c in place.codes if c in by_code]


def summary_at(contest: Contest, place: Place) -> Summary | None:
    """The summary of a contest at a place above the stations."""
    return Summary.objects.filter(contest=contest, place=place).select_related("place").first()


def children_of(contest: Contest, place: Place) -> list[Summary]:
    """The summaries of the places directly below, in the order of their codes."""
    rows = Summary.objects.filter(contest=contest, place__parent=place)
    return list(rows.select_related("place").order_by("place__code"))


def stations_of(contest: Contest, place: Place) -> list[StationState]:
    """The stations directly below a village, in the order of their codes."""
    rows = StationState.objects.filter(contest=contest, parent=place)
    return list(rows.select_related("place").order_by("place__code"))


def differing(contest: Contest, summary: Summary | None, limit: int = 20) -> list[StationState]:
    """The disputed stations at a place, the most votes touched first.

    Where there are many the index by votes is read from its top; where there are few, the index
    by place: each is slow where the other is quick.
    """
    if summary is None or not summary.states.get("disputed"):
        return []
    rows = StationState.objects.filter(contest=contest, state="disputed")
    rows = rows.select_related("place", "parent")
    if summary.states["disputed"] > _MANY:
        rows = rows.filter(place__path__startswith=summary.place.path).order_by("-votes_touched")
        return list(rows[:limit])
    few = sorted(
        rows.filter(below(summary.place.path)), key=lambda s: (-s.votes_touched, s.place_id)
    )
    return few[:limit]


def outlook_of(contest: Contest) -> ContestOutlook | None:
    """The outlook of a contest."""
    return ContestOutlook.objects.filter(contest=contest).first()


def recapitulations(contest: Contest, place: Place) -> dict[str, StoredForm]:
    """Per place (this one and those directly below): the official recapitulation in force."""
    places = [place.pk, *place.children.exclude(kind="tps").values_list("pk", flat=True)]
    rows = StoredForm.objects.filter(
        place__in=places, contest=contest, source="official", kind="d_hasil", current=True
    )
    return {f.place_id: f for f in rows}


def forms_of(user: Any, contest: Contest, place: Place) -> list[StoredForm]:
    """All versions of all forms at one place, sources in order, newest version first."""
    rows = visible_to(user).filter(contest=contest, place=place).select_related("upload")
    return sorted(rows, key=lambda f: (source_rank(f.source), f.kind, -f.version))


def source_rank(source: str) -> tuple[int, str]:
    """The order in which sources are shown: official, witnesses by number, others."""
    first = {"official": 0, "witness": 1, "supervisor": 2, "observer": 3, "recap": 4, "feed": 5}
    return first.get(source.split(":")[0], 9), source


@dataclass(frozen=True)
class FindingFilter:
    """What the findings page is narrowed to; every part stands in the address."""

    contest: str = ""
    place: str = ""
    code: str = ""
    severity: str = ""
    source: str = ""
    explained: str = ""

    @classmethod
    def from_query(cls, query: Any) -> FindingFilter:
        """From a request's query; unknown values narrow to nothing rather than to everything."""
        return cls(**{name: query.get(name, "")[:60] for name in cls.__dataclass_fields__})

    def apply(self, rows: QuerySet[StoredFinding]) -> QuerySet[StoredFinding]:
        """The findings that fit, most severe first, then the most votes at stake."""
        if self.contest:
            rows = rows.filter(contest=self.contest)
        if self.place:
            place = Place.objects.filter(code=self.place).first()
            rows = rows.filter(below(place.path)) if place else rows.none()
        if self.code:
            rows = rows.filter(code=self.code)
        if self.severity:
            known = self.severity in SEVERITIES
            rows = rows.filter(rank=SEVERITIES.index(self.severity)) if known else rows.none()
        if self.source:
            rows = rows.filter(sources__icontains=f'"{self.source}"')
        if self.explained in ("yes", "no"):
            rows = rows.filter(explained=self.explained == "yes")
        return rows.order_by("rank", "-votes_at_stake", "id")
