"""The pulse as pages read it: days, places, what stands behind a rise, and what it rests on."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Count, Q

from rukun.web.talk.models import Narrative, PostFile, Pulse, StoredPost, Work
from rukun.web.talk.queries.helped import narratives_visible_to

#: Days that charts show, and days to choose from.
DAYS_SHOWN: Final = 42
#: Narratives named behind a rise, and posts.
NARRATIVES_NAMED: Final = 5
POSTS_NAMED: Final = 8
FILES_NAMED: Final = 3


@dataclass(frozen=True, slots=True)
class Day:
    """One day to choose: how many places rose, and whether anything at all can be said of it."""

    day: dt.date
    rises: int
    known: bool


def days() -> list[Day]:
    """The last days of the pulse, the newest last."""
    known = Count("pk", filter=~Q(state="unknown"))
    rows = Pulse.objects.values("day").annotate(
        rises=Count("pk", filter=Q(alert=True)), known=known
    )
    latest = rows.order_by("-day").values_list("day", "rises", "known")[:DAYS_SHOWN]
    return [Day(day, rises, known > 0) for day, rises, known in reversed(list(latest))]


def chosen_day(text: str, among: Sequence[Day]) -> dt.date | None:
    """The day of an address where there is such a day; else the newest of which something can be
    said, else the newest."""
    wanted = next((d.day for d in among if d.day.isoformat() == text), None)
    known = [d.day for d in among if d.known]
    return wanted or (known[-1] if known else among[-1].day if among else None)


def series(codes: Iterable[str | None], since: dt.date) -> dict[str | None, list[Pulse]]:
    """The days of these places (None is everything) from a day on, in order."""
    wanted = set(codes)
    rows = Pulse.objects.filter(day__gte=since).order_by("day")
    places = Q(place__in=[c for c in wanted if c]) | (Q(place=None) if None in wanted else Q())
    found: dict[str | None, list[Pulse]] = defaultdict(list)
    for row in rows.filter(places):
        found[row.place_id].append(row)
    return found


def on_day(codes: Iterable[str], day: dt.date) -> dict[str, Pulse]:
    """The pulse of one day by place."""
    rows = Pulse.objects.filter(day=day, place__in=list(codes))
    return {row.place_id: row for row in rows}


def rises(day: dt.date, path: str) -> list[Pulse]:
    """The rises of one day at or below a path (everywhere where it is empty)."""
    rows = Pulse.objects.filter(day=day, alert=True).select_related("place")
    if path:
        rows = rows.filter(place__path__startswith=path)
    return sorted(rows, key=lambda r: (len(r.place.path) if r.place else 0, r.place_id or ""))


def raised(day: dt.date, codes: Iterable[str | None]) -> list[Pulse]:
    """Which of these places (None is everything) are raised on a day without an alarm."""
    rows = Pulse.objects.filter(day=day, state="raised").select_related("place")
    wanted = set(codes)
    return sorted((r for r in rows if r.place_id in wanted), key=lambda r: r.place_id or "")


def narratives_behind(user: Any, row: Pulse) -> list[tuple[Narrative, dict[str, Any]]]:
    """The narratives that grew most on the day of a rise, with their figures."""
    told = row.data.get("narratives", [])[:NARRATIVES_NAMED]
    found = narratives_visible_to(user).filter(stands=True).in_bulk([t["narrative"] for t in told])
    return [(found[t["narrative"]], t) for t in told if t["narrative"] in found]


def posts_behind(user: Any, row: Pulse) -> list[StoredPost]:
    """The hostile posts of a rise, for who reviews posts."""
    if not user.has_perm("talk.review"):
        return []
    rows = StoredPost.objects.select_related("place").filter(pk__in=row.posts_shown, help=False)
    return sorted(rows, key=lambda p: (-p.score, p.pk))[:POSTS_NAMED]


@dataclass(frozen=True, slots=True)
class Rests:
    """What the figures rest on: the newest working-out, the files, and the days they cover."""

    work: Work | None
    files: list[PostFile]
    more: int
    first: dt.date | None
    last: dt.date | None
    running: bool
    exercise: bool


def rests_on() -> Rests:
    """What the figures rest on now."""
    files = PostFile.objects.filter(state=PostFile.State.STORED)
    named = list(files[:FILES_NAMED])
    covered = Pulse.objects.filter(place=None).exclude(data__posts=None).exclude(data__posts=0)
    days = list(covered.order_by("day").values_list("day", flat=True))
    return Rests(
        work=Work.objects.filter(state=Work.DONE).first(),
        files=named,
        more=max(files.count() - len(named), 0),
        first=days[0] if days else None,
        last=days[-1] if days else None,
        running=Work.objects.filter(state__in=(Work.WAITING, Work.RUNNING)).exists(),
        exercise=files.filter(exercise=True).exists(),
    )
