"""What the pages read. Everything starts from ``visible_to(user)``.

A camp's own figures open to everybody else when the official form of the station is in: until
then a station's witnesses cannot have copied from each other, and neither camp sees more than the
other (``opening``). Sums, states and findings keep to the same. The desk (coordinator, verifier,
analyst) sees everything.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

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
from rukun.web.count.opening import open_to_all, shown_to_all
from rukun.web.count.permissions import own_source
from rukun.web.count.tables import batches, below

#: More disputed stations than this are looked up by votes, fewer by place.
_MANY = 2000


def visible_to(user: Any) -> QuerySet[StoredForm]:
    """The stored forms this person may read."""
    forms = StoredForm.objects.all()
    if is_desk(user):
        return forms
    opened = open_to_all(forms)
    return opened | forms.filter(source=own_source(user)) if own_source(user) else opened


def findings_visible_to(user: Any) -> QuerySet[StoredFinding]:
    """The findings this person may read: those that would show a camp's closed figures are not."""
    findings = StoredFinding.objects.all()
    return findings if is_desk(user) else findings.filter(closed=False)


def home_of(contest: Contest) -> Place:
    """The place a contest is shown at: its top, or below it where the frame holds only a part."""
    place = contest.place
    while contest.data.get("tps_elsewhere"):
        children = list(place.children.all()[:2])
        if len(children) != 1 or place.kind == "regency":
            break
        place = children[0]
    return place


def breadcrumb(contest: Contest, place: Place) -> list[Place]:
    """The places from the contest's top down to this one."""
    first = place.codes.index(contest.place_id) if contest.place_id in place.codes else 0
    return above(place)[first:]


def above(place: Place) -> list[Place]:
    """The places above, from the top down, this one included."""
    by_code = Place.objects.in_bulk(place.codes)
    return [by_code[c] for c in place.codes]


def contests_of(place: Place) -> QuerySet[Contest]:
    """The contests that are voted on at a place."""
    return Contest.objects.filter(place__in=place.codes)


def summary_at(user: Any, contest: Contest, place: Place) -> Summary | None:
    """The summary of a contest at a place above the stations."""
    rows = Summary.objects.filter(contest=contest, place=place).select_related("place")
    return next(iter(_shown(user, rows)), None)


def children_of(user: Any, contest: Contest, *places: Place) -> list[Summary]:
    """The summaries of the places directly below these, in the order of their codes."""
    below_these = list(Place.objects.filter(parent__in=places).exclude(kind="tps"))
    known = {p.pk: p for p in below_these}
    found: list[Summary] = []
    for some in batches(sorted(known)):
        # By place first: the index of places and contests serves it, whatever the planner guesses.
        found += Summary.objects.filter(place__in=some, contest=contest)
    for summary in found:
        summary.place = known[summary.place_id]
    return _shown(user, sorted(found, key=lambda s: s.place_id))


def findings_at(user: Any, contest: Contest, place: Place) -> list[StoredFinding]:
    """The findings of one place in a contest, most severe first."""
    rows = findings_visible_to(user).filter(place=place)
    here = [f for f in rows if f.contest_id == contest.pk]
    return sorted(here, key=lambda f: (f.rank, f.code, f.pk))


def stations_of(user: Any, contest: Contest, place: Place) -> list[StationState]:
    """The stations directly below a village, in the order of their codes."""
    rows = StationState.objects.filter(contest=contest, parent=place)
    return _shown(user, rows.select_related("place").order_by("place__code"))


def state_of(user: Any, contest: Contest, place: Place) -> StationState | None:
    """The state of one station; None for a witness whose own form is closed to the others."""
    row = StationState.objects.filter(contest=contest, place=place).first()
    told = row is not None and (not row.open or row.open["state"] == row.state)
    if row is None or (not told and own_source(user) in row.sources):
        return None
    return _shown(user, [row])[0]


def differing(
    user: Any, contest: Contest, summary: Summary | None, limit: int = 20
) -> list[StationState]:
    """The disputed stations at a place, the most votes touched first.

    Where there are many the index by votes is read from its top; where there are few, the index
    by place: each is slow where the other is quick.
    """
    if summary is None or not summary.states.get("disputed"):
        return []
    rows = StationState.objects.filter(contest=contest, state="disputed")
    if not is_desk(user):
        rows = rows.filter(Q(open__isnull=True) | Q(open__state="disputed"))
    if summary.states["disputed"] > _MANY:
        rows = rows.filter(place__path__startswith=summary.place.path).order_by("-votes_touched")
        return _shown(user, rows.select_related("place", "parent")[:limit])
    keys = rows.filter(below(summary.place.path)).values_list("pk", "votes_touched", "open")
    touched = {
        pk: votes if is_desk(user) or not opened else opened.get("votes_touched", votes)
        for pk, votes, opened in keys
    }
    first = sorted(touched, key=lambda pk: (-touched[pk], pk))[:limit]
    few = StationState.objects.filter(pk__in=first).select_related("place", "parent")
    return sorted(_shown(user, few), key=lambda s: (-s.votes_touched, s.place_id))


def outlook_of(user: Any, contest: Contest) -> ContestOutlook | None:
    """The outlook of a contest."""
    row = ContestOutlook.objects.filter(contest=contest).first()
    if row is not None and not is_desk(user):
        row.data["tps_disputed"] = row.data.get("tps_disputed_open")
    return row


def _shown(user: Any, rows: Iterable[Any]) -> list[Any]:
    return list(rows) if is_desk(user) else [shown_to_all(row) for row in rows]


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
        names = cls.__dataclass_fields__
        return cls(**{name: query.get(name, "").replace("\0", "")[:60] for name in names})

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
