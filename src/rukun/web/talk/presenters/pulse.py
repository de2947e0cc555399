"""The pulse in words and pictures."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext, pgettext_lazy

from rukun.brief import talk_charts
from rukun.brief.charts import MapPlace
from rukun.talk.pulse import STATES, Settings
from rukun.talk.pulse_words import NOTICES, REASON_WORDS
from rukun.web.core.drawing import drawn
from rukun.web.talk import marks
from rukun.web.talk.models import Pulse
from rukun.web.talk.words import lang

#: The axis of hostile shares ends here at least.
_LEAST_TOP: Final = 0.1
_MOST_NAMED: Final = 3
#: A day of which there is no row.
_FIGURES: Final = ("posts", "hostile", "share", "low", "high", "baseline", "days", "volume")
_NONE: Final[dict[str, Any]] = dict.fromkeys(_FIGURES)
#: What several places of a kind are called in a sentence.
_SEVERAL: Final = {
    "regency": pgettext_lazy("places", "regencies"),
    "kecamatan": pgettext_lazy("places", "kecamatan"),
    "village": pgettext_lazy("places", "villages"),
}


@dataclass(frozen=True)
class PlaceLine:
    """One place on the chosen day, with its chart. ``name`` is empty for everything together."""

    code: str
    name: str
    url: str
    day: Pulse | None
    chart: str = ""

    @property
    def state(self) -> str:
        """unknown, usual, raised or rise; a day without a row is unknown."""
        return self.day.state if self.day else "unknown"

    @property
    def figures(self) -> Mapping[str, Any]:
        """The figures of the day; null where there are none."""
        return _NONE | self.day.data if self.day else _NONE

    @property
    def reason(self) -> str:
        """Why nothing can be said, in words."""
        code = self.figures.get("reason") or "no_posts"
        return REASON_WORDS[code][lang()] if self.state == "unknown" else ""

    @property
    def since(self) -> dt.date | None:
        """The first day of the rise."""
        since = self.figures.get("since")
        return dt.date.fromisoformat(since) if since else None


def url_of(code: str, day: dt.date | None) -> str:
    """The page of a place on a day."""
    query = [f"{k}={v}" for k, v in (("place", code), ("day", day)) if v]
    return reverse("talk:pulse") + (f"?{'&'.join(query)}" if query else "")


def lines(
    places: Sequence[Any], series: Mapping[str | None, list[Pulse]], day: dt.date
) -> list[PlaceLine]:
    """The places (None is everything) on a day, each with its chart on a common axis."""
    shown = [rows for place in places for rows in [series.get(place.pk if place else None)] if rows]
    top = _top(shown)
    return [
        _line(place, series.get(place.pk if place else None) or [], day, top) for place in places
    ]


def _line(place: Any, rows: Sequence[Pulse], day: dt.date, top: float) -> PlaceLine:
    code, name = (place.pk, place.name) if place else ("", "")
    today = next((r for r in rows if r.day == day), None)
    chart = ""
    if any(r.data.get("share") is not None for r in rows):
        titles = (_("hostile share"), _("usual share"))
        beats = [_beat(r) for r in rows]
        chart = drawn(talk_charts.pulse, beats, state_words(), titles, top, day)
    return PlaceLine(code, name, url_of(code, day), today, chart)


def _beat(row: Pulse) -> talk_charts.Beat:
    shown = (row.data.get(n) for n in ("share", "low", "high", "baseline"))
    return talk_charts.Beat(row.day, *shown, row.state)


def _top(series: Sequence[Sequence[Pulse]]) -> float:
    """The upper end of the axis: no share is cut off, wide intervals may be."""
    shares = [r.data["share"] for rows in series for r in rows if r.data.get("share") is not None]
    return round(max(_LEAST_TOP, max(shares, default=0.0) * 1.15), 2)


def state_words() -> dict[str, str]:
    """The states in words, for legends."""
    return {name: str(mark.word) for name, mark in marks.PULSE.items()}


def headline(
    here: PlaceLine, below: Sequence[PlaceLine], kind: str, rises: Sequence[Pulse]
) -> tuple[str, str]:
    """The first sentences of the page and their tone. What is not known is said, never calm;
    ``rises`` are all of the day, so that one village's is not lost in its kecamatan."""
    parts = below or [here]
    by_state = {s: [p for p in parts if p.state == s] for s in STATES}
    rose, raised, usual, unknown = (by_state[s] for s in ("rise", "raised", "usual", "unknown"))
    tone = "alert" if rises or rose else "watch" if unknown or raised else ""
    if not below:
        return _alone(here), tone
    told = {p.code for p in (here, *parts)}
    others = [r for r in rises if r.place and r.place_id not in told]
    deeper = [r for r in others if told & set(r.place.codes)]
    alarms_first = bool(raised and deeper and not rose)
    said = [_rose([(p.name, p.since) for p in rose])] if rose else []
    said += [_alarm(deeper)] if alarms_first else []
    said += [_raised(raised, bool(rose) or alarms_first)] if raised else []
    said += [_usual(len(usual), len(parts), kind, bool(rose or raised))] if usual else []
    said += [_unknown(unknown, len(parts))] if unknown else []
    said += [_together(r) for r in others if r not in deeper]
    said += [_within(deeper)] if deeper and not alarms_first else []
    return " ".join(said), tone


def _together(rise: Pulse) -> str:
    """A larger place than those listed, such as the regency over its kecamatan."""
    said = _("%(place)s (%(kind)s) as a whole is higher than usual.")
    return said % {"place": rise.place.name, "kind": pgettext("place", rise.place.kind)}


def _alarm(rises: Sequence[Pulse]) -> str:
    """What goes beyond the bar comes before what does not."""
    said = _("Hostile talk is higher than usual in %(places)s.")
    return said % {"places": _few([r.place.name for r in rises])}


def _within(deeper: Sequence[Pulse]) -> str:
    said = _("Within them it is higher than usual in %(places)s.")
    return said % {"places": _few([r.place.name for r in deeper])}


def _alone(here: PlaceLine) -> str:
    if here.state == "rise":
        return _rose([(_name(here), here.since)])
    if here.state == "raised":
        said = _("Hostile talk in %(place)s is higher than usual, not beyond the alarm bar.")
        return said % {"place": _name(here)}
    if here.state == "usual":
        return _("Hostile talk in %(place)s is as usual.") % {"place": _name(here)}
    said = _("Nothing can be said about hostile talk in %(place)s on this day.")
    return f"{said % {'place': _name(here)}} {here.reason}"


def _name(line: PlaceLine) -> str:
    return line.name or _("all places")


def _rose(rose: Sequence[tuple[str, dt.date | None]]) -> str:
    parts = [
        _("%(place)s (since %(day)s)") % {"place": name, "day": date_format(since, "j F")}
        for name, since in rose
        if since
    ]
    return _("Hostile talk is higher than usual in %(places)s.") % {"places": _listed(parts)}


def _raised(raised: Sequence[PlaceLine], beside: bool) -> str:
    values = {"places": _few([p.name for p in raised])}
    if beside:
        return _("Higher, but not beyond the alarm bar: %(places)s.") % values
    return _("Hostile talk is higher than usual, not beyond the alarm bar, in %(places)s.") % values


def _few(names: Sequence[str]) -> str:
    """The first names, and how many more there are."""
    rest = len(names) - _MOST_NAMED
    more = [_("%(n)d more") % {"n": rest}] if rest > 0 else []
    return _listed([*names[:_MOST_NAMED], *more])


def _usual(n: int, total: int, kind: str, beside: bool) -> str:
    values = {"n": n, "total": total, "kind": _SEVERAL[kind]}
    if n == total:
        return _("Hostile talk is as usual in all %(total)d %(kind)s.") % values
    if beside:
        return _("It is as usual in %(n)d of %(total)d %(kind)s.") % values
    return _("Hostile talk is as usual in %(n)d of %(total)d %(kind)s.") % values


def _unknown(unknown: Sequence[PlaceLine], total: int) -> str:
    reason = unknown[0].reason
    if len(unknown) == total:
        return f"{_('Nothing can be said about hostile talk on this day.')} {reason}"
    if len(unknown) <= _MOST_NAMED:
        return _("Nothing can be said about %(places)s.") % {
            "places": _listed([u.name for u in unknown])
        }
    return ngettext(
        "Nothing can be said about %(n)d place.",
        "Nothing can be said about %(n)d places.",
        len(unknown),
    ) % {"n": len(unknown)}


def _listed(parts: Sequence[str]) -> str:
    *first, last = parts
    return (
        _("%(first)s and %(last)s") % {"first": ", ".join(first), "last": last} if first else last
    )


def map_of(
    places: Sequence[Any], today: Mapping[str, Pulse], parents: Sequence[Any], day: dt.date
) -> str:
    """The map of the day; empty where too few places have coordinates."""
    shown = [
        _on_map(p, today.get(p.pk), day) for p in places if p.lat is not None and p.lon is not None
    ]
    if len(shown) < 2:
        return ""
    labels = [(p.lat, p.lon, p.name) for p in parents if p.lat is not None]
    outlines = [p.boundary for p in parents if p.boundary]
    return drawn(talk_charts.pulse_map, shown, state_words(), labels, outlines)


def _on_map(place: Any, row: Pulse | None, day: dt.date) -> MapPlace:
    state = row.state if row else "unknown"
    posts = (row.data.get("posts") if row else None) or 0
    text = f"{place.name}: {marks.PULSE[state].word}"
    url = url_of(place.pk, day)
    return MapPlace(
        place.pk, place.name, place.lat, place.lon, posts, state, url, text, place.boundary
    )


def notices() -> dict[str, str]:
    """What stands on the page about the method: the share, voices, false alarms, raised days,
    coverage."""
    alarms = round(Settings().alarms * 30, 1)
    text = f"{alarms:g}".replace(".", "," if lang() == "id" else ".")
    return {k: words[lang()].format(alarms=text) for k, words in NOTICES.items()}
