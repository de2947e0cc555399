"""How a narrative travelled, in words and pictures."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rukun.brief import talk_charts
from rukun.web.core.drawing import drawn
from rukun.web.talk.models import Narrative
from rukun.web.talk.services import areas
from rukun.web.talk.words import lang

_ORDER: Final = ("incite", "threat", "hostile", "none")
_UNITS: Final = ((86_400, "day"), (3_600, "hour"), (60, "minute"))
CARRIERS_SHOWN: Final = 12


@dataclass(frozen=True, slots=True)
class Part:
    """One label of the bar: its posts, where it begins and how wide it is, in per cent."""

    label: str
    count: int
    start: float
    width: float


def mix_of(narrative: Narrative) -> list[Part]:
    """The posts by label, the gravest first; labels without posts left out."""
    total = sum(narrative.labels.values())
    parts, at = [], 0.0
    for label in _ORDER:
        count = narrative.labels.get(label, 0)
        width = 100 * count / total if total else 0.0
        if count:
            parts.append(Part(label, count, round(at, 3), round(width, 3)))
        at += width
    return parts


def rows(narratives: Iterable[Narrative], places: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The narratives of a list, each with its bar and the names of its places."""
    return [
        {"narrative": n, "mix": mix_of(n), "places": names(n.places, places)} for n in narratives
    ]


def names(codes: Iterable[str], places: Mapping[str, Any]) -> list[str]:
    """Places by name; a place that the posts only name in words stays as written."""
    return [_named(c, places) for c in codes]


def duration(seconds: float | None) -> str:
    """A time span in words, in its largest unit: “3 hours”."""
    if seconds is None:
        return "–"
    for size, unit in _UNITS:
        if seconds >= size:
            return _spans(round(seconds / size), unit)
    return _("at once") if seconds < 1 else _spans(round(seconds), "second")


def _spans(n: int, unit: str) -> str:
    said = {
        "day": ngettext("%(n)d day", "%(n)d days", n),
        "hour": ngettext("%(n)d hour", "%(n)d hours", n),
        "minute": ngettext("%(n)d minute", "%(n)d minutes", n),
        "second": ngettext("%(n)d second", "%(n)d seconds", n),
    }
    return said[unit] % {"n": n}


def way_of(narrative: Narrative, places: Mapping[str, Any]) -> dict[str, Any]:
    """The path, speed and carriers of a narrative, with its charts and the caveat beside."""
    way = narrative.spread
    path = [
        {**stop, "lag": duration(stop["lag"]), "place": _named(stop["place"], places)}
        for stop in way.get("path", [])
    ]
    return {
        "path": path,
        "half": duration(way.get("median_lag")) if way.get("median_lag") is not None else "",
        "peak": way.get("peak"),
        "peak_from": way.get("peak_from"),
        "carriers": way.get("carriers", [])[:CARRIERS_SHOWN],
        "caveat": way.get("caveat", {}).get(lang(), ""),
        "hours": _hours(way.get("hours", [])),
        "hour_rows": way.get("hours", []),
        "lags": _lags(way.get("lags", [])),
        "lag_rows": [{**r, "lag": duration(r["lag"])} for r in way.get("lags", [])],
    }


def _named(code: str | None, places: Mapping[str, Any]) -> str:
    return "–" if not code else areas.said(places[code]) if code in places else code


def _hours(hours: Sequence[Mapping[str, Any]]) -> str:
    points = [(_local(h["hour"]), h["posts"]) for h in hours]
    zone = timezone.localtime().tzname()
    titles = (_("local time (%(zone)s)") % {"zone": zone}, _("posts per hour"))
    return drawn(talk_charts.hours, points, titles) if len(points) > 1 else ""


def _local(text: str) -> dt.datetime:
    when = parse_datetime(text)
    assert when is not None
    return timezone.localtime(when)


def _lags(lags: Sequence[Mapping[str, Any]]) -> str:
    points = [(duration(row["lag"]), row["share"]) for row in lags]
    titles = (_("time after the first post"), _("posts until then"))
    return drawn(talk_charts.lags, points, titles) if len(points) > 2 else ""


def joins_of(narrative: Narrative, found: Mapping[str, Narrative]) -> list[dict[str, Any]]:
    """Texts that may say the same and that a person may join, where this reader may see them."""
    return [
        {**join, "narrative": found[join["narrative"]]}
        for join in narrative.spread.get("suggested", [])
        if join["narrative"] in found
    ]
