"""What the pages show, put together from what ``queries`` read: plain values, no HTML."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils.translation import get_language, gettext

from rukun.brief.charts import MapPlace, Point
from rukun.count.compare import STATES
from rukun.count.rules import source_label
from rukun.web.core.marks import STATES as STATES_SHOWN
from rukun.web.core.templatetags.rukun import THIN, number
from rukun.web.count.models import (
    Contest,
    ContestOutlook,
    Place,
    StationState,
    StoredForm,
    Summary,
)
from rukun.web.count.queries import source_rank

#: The zone in which a place's times are shown.
ZONES = {"WIB": "Asia/Jakarta", "WITA": "Asia/Makassar", "WIT": "Asia/Jayapura"}
#: How the states of stations are gathered on a map.
SETTLED = ("agreed", "confirmed")
#: States that two independent sources or more had to be compared for.
COMPARED = (*SETTLED, "witnessed", "disputed")


def lang() -> str:
    """``id`` or ``en``."""
    return "en" if (get_language() or "id").startswith("en") else "id"


def place_url(contest: Contest, place: Place) -> str:
    """The page of a place in a contest."""
    return reverse("count:place", args=[contest.code, place.code])


@dataclass(frozen=True)
class Pair:
    """One choice with its votes in one sum; ``share`` is the part (0–1) of all choices' votes."""

    number: int
    name: str
    short: str
    votes: int | None
    share: float | None
    leads: bool


def pairs(contest: Contest, votes: Mapping[str, int] | None) -> list[Pair]:
    """Every choice of the ballot in its order; votes null where not all are known."""
    numbers = [str(c["number"]) for c in contest.choices]
    known = {n: votes[n] for n in numbers} if votes and all(n in votes for n in numbers) else {}
    total, best = sum(known.values()), max(known.values(), default=0)
    return [
        Pair(
            c["number"],
            c["name"],
            c["short"],
            known.get(str(c["number"])),
            known[str(c["number"])] / total if total else None,
            bool(total) and known.get(str(c["number"])) == best,
        )
        for c in contest.choices
    ]


def margin(some: Sequence[Pair]) -> int | None:
    """Votes between the first and the second; None where the votes are not known."""
    votes = sorted((p.votes for p in some if p.votes is not None), reverse=True)
    return votes[0] - votes[1] if len(votes) > 1 else None


def dispute(outlook: ContestOutlook | None) -> dict[str, str]:
    """The threshold of Pasal 158 in words: ``share`` of the valid votes, ``exact`` in votes."""
    data = outlook.data if outlook else {}
    if not data.get("dispute_permille") or data.get("dispute_limit_thousandths") is None:
        return {}
    mark = "," if lang() == "id" else "."
    permille, exact = data["dispute_permille"], data["dispute_limit_thousandths"]
    share = f"{permille // 10}{mark}{permille % 10}{THIN}%"
    return {"share": share, "exact": f"{number(exact // 1000)}{mark}{exact % 1000:03d}"}


@dataclass(frozen=True)
class StateCount:
    """How many stations are in one state, with its share of the bar in per cent."""

    state: str
    label: Any
    count: int
    start: float
    width: float


def state_bar(summary: Summary) -> list[StateCount]:
    """Stations by state in the order of how much is known; states without stations left out."""
    bar, start = [], 0.0
    for state in STATES:
        count = summary.states.get(state, 0)
        width = 100 * count / summary.tps_total if summary.tps_total else 0.0
        if count:
            bar.append(
                StateCount(state, STATES_SHOWN[state].word, count, round(start, 3), round(width, 3))
            )
        start += width
    return bar


@dataclass(frozen=True)
class SourceRow:
    """What one source has reported at a place."""

    source: str
    label: str
    tps_in: int
    pairs: list[Pair]
    figures: Mapping[str, int | None]


def source_rows(contest: Contest, summary: Summary) -> list[SourceRow]:
    """Each source with its stations in and its own sums, official first."""
    return [
        SourceRow(s, source_label(s, lang()), f["tps_in"], pairs(contest, f["votes"]), f)
        for s, f in sorted(summary.sources.items(), key=lambda item: source_rank(item[0]))
    ]


@dataclass(frozen=True)
class Headline:
    """The first numbers of a contest's page."""

    contest: Contest
    place: Place
    summary: Summary | None
    outlook: Mapping[str, Any]
    bar: list[StateCount] = field(default_factory=list)
    official: SourceRow | None = None
    sources: list[SourceRow] = field(default_factory=list)

    @property
    def nothing_in(self) -> bool:
        """Whether no form of any station is in, so that nothing can be said of them."""
        return self.summary is None or is_blank(self.summary)

    @property
    def compared(self) -> int:
        """Stations for which two independent sources or more have reported."""
        return sum(self.summary.states.get(s, 0) for s in COMPARED) if self.summary else 0

    @property
    def agreed(self) -> int:
        """Stations in which both camps' witnesses and the official form agree."""
        return self.summary.states.get("agreed", 0) if self.summary else 0

    @property
    def disputed(self) -> int:
        """Stations in which independent sources differ."""
        return self.summary.states.get("disputed", 0) if self.summary else 0

    @property
    def beyond(self) -> int:
        """Stations of the contest that are not in this room."""
        return int(self.contest.data.get("tps_elsewhere", 0))


def headline(
    contest: Contest, place: Place, summary: Summary | None, outlook: ContestOutlook | None
) -> Headline:
    """The headline of a contest at one place."""
    data = outlook.data if outlook else {}
    if summary is None:
        return Headline(contest, place, None, data)
    rows = source_rows(contest, summary)
    official = next((r for r in rows if r.source == "official"), None)
    return Headline(contest, place, summary, data, state_bar(summary), official, rows)


@dataclass(frozen=True)
class PlaceRow:
    """One line of the table by place."""

    place: Place
    url: str
    tps_total: int
    official_in: int
    states: Mapping[str, int]
    bar: list[StateCount]
    votes_touched: int
    errors: int
    blank: bool
    pairs: list[Pair]
    recap: StoredForm | None
    recap_pairs: list[Pair]


def place_rows(
    contest: Contest, summaries: Iterable[Summary], recaps: Mapping[str, StoredForm]
) -> list[PlaceRow]:
    """The places below with their states, official sums and official recapitulation."""
    rows = []
    for s in summaries:
        official = s.sources.get("official") or {"tps_in": 0, "votes": None}
        recap = recaps.get(s.place_id)
        rows.append(
            PlaceRow(
                s.place,
                place_url(contest, s.place),
                s.tps_total,
                official["tps_in"],
                s.states,
                state_bar(s),
                s.votes_touched,
                s.findings.get("error", 0),
                is_blank(s),
                pairs(contest, official["votes"]),
                recap,
                pairs(contest, recap.votes if recap else None),
            )
        )
    return rows


def is_blank(summary: Summary) -> bool:
    """Whether no form of any station below is in."""
    return summary.states.get("missing", 0) == summary.tps_total


@dataclass(frozen=True)
class StationRow:
    """One station in the table of a village, or of the stations that differ."""

    state: StationState
    label: Any
    url: str
    pairs: list[Pair]


def station_rows(contest: Contest, states: Iterable[StationState]) -> list[StationRow]:
    """Stations with their official votes and state."""
    return [
        StationRow(
            s, STATES_SHOWN[s.state].word, place_url(contest, s.place), pairs(contest, s.votes)
        )
        for s in states
    ]


def map_places(contest: Contest, summaries: Iterable[Summary]) -> list[MapPlace]:
    """The places of a map; those without coordinates are left out."""
    places = []
    for s in summaries:
        if s.place.lat is None or s.place.lon is None:
            continue
        text = f"{s.place.name}: {s.states.get('agreed', 0)} / {s.tps_total}"
        places.append(
            MapPlace(
                s.place.code,
                s.place.name,
                s.place.lat,
                s.place.lon,
                s.tps_total,
                map_status(s),
                place_url(contest, s.place),
                text,
                s.place.boundary,
            )
        )
    return places


def map_status(summary: Summary) -> str:
    """agreed (every station agreed or confirmed), differs, missing (nothing in) or partly."""
    if summary.states.get("disputed", 0):
        return "differs"
    if sum(summary.states.get(s, 0) for s in SETTLED) == summary.tps_total:
        return "agreed"
    if is_blank(summary):
        return "missing"
    return "partly"


def map_labels() -> dict[str, str]:
    """The words of a map's legend."""
    return {
        "agreed": gettext("all stations agree"),
        "partly": gettext("not all compared yet"),
        "differs": gettext("sources differ somewhere"),
        "missing": gettext("no form in"),
    }


def coverage_points(points: Sequence[tuple[str, dt.datetime, int]], zone: str) -> list[Point]:
    """Stations in by source, added up over local time, each starting from none."""
    local = ZoneInfo(ZONES.get(zone, "Asia/Makassar"))
    sums: dict[str, int] = defaultdict(int)
    drawn: list[Point] = []
    last = max((p[1] for p in points), default=None)
    for source, hour, stations in points:
        label = source_label(source, lang())
        if source not in sums:
            drawn.append(Point(label, hour.astimezone(local), 0))
        sums[source] += stations
        drawn.append(Point(label, (hour + dt.timedelta(hours=1)).astimezone(local), sums[source]))
    for source, total in sums.items():
        if last is not None:
            end = (last + dt.timedelta(hours=1)).astimezone(local)
            drawn.append(Point(source_label(source, lang()), end, total))
    return drawn
