"""Charts of talk: the pulse of a place, how a narrative travelled, who acts together."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import altair as alt

from rukun.brief.charts import (
    ALERT,
    GOOD,
    INK,
    LINE,
    MUTED,
    NONE,
    PAPER,
    WATCH,
    MapPlace,
    chart,
    finish,
    place_map,
)

#: Colour and shape of the state of a place's pulse.
SIGNS: Final[Mapping[str, tuple[str, str]]] = {
    "rise": (ALERT, "triangle-up"),
    "raised": (WATCH, "diamond"),
    "usual": (GOOD, "circle"),
    "unknown": (MUTED, "cross"),
}
#: More names than this around a circle cannot be read.
NAMED: Final = 48
#: More lines than this are drawn fainter.
_MANY: Final = 80
_RING_WIDTH: Final = 660


@dataclass(frozen=True, slots=True)
class Beat:
    """One day of a place: hostile share with its interval, the usual share, the state."""

    day: dt.date
    share: float | None
    low: float | None
    high: float | None
    usual: float | None
    state: str


def pulse(
    beats: Sequence[Beat],
    words: Mapping[str, str],
    titles: tuple[str, str],
    top: float,
    day: dt.date,
    width: int = 330,
    height: int = 150,
) -> alt.TopLevelMixin:
    """Hostile share by day with its interval and the usual share; each day's state by its sign.

    ``words`` names the states, ``titles`` the axes' figures (share, usual share); ``top`` is the
    upper end of the axis, the same for charts that stand side by side. ``day`` is marked.
    """
    rows = [_beat(b, words) for b in beats]
    base = chart([r for r in rows if r["share"] is not None])
    x = alt.X(
        "day:T",
        title=None,
        axis=alt.Axis(format="%d/%m", tickCount=5, labelOverlap=True, grid=False),
        scale=alt.Scale(domain=[_noon(beats[0].day, -1), _noon(beats[-1].day, 1)]),
    )
    y = alt.Y(
        "share:Q",
        title=titles[0],
        scale=alt.Scale(domain=[0, top], clamp=True),
        axis=alt.Axis(format=".0%", tickCount=4),
    )
    here = chart([{"day": _noon(day)}])
    layers = [
        here.mark_rule(color=LINE, strokeWidth=9, opacity=0.7).encode(x="day:T"),
        base.mark_rule(color=NONE, strokeWidth=5, opacity=0.45).encode(x=x, y="low:Q", y2="high:Q"),
        _usual(rows).encode(x=x, y=y),
        _signs(base, words).encode(x=x, y=y),
    ]
    return finish(alt.layer(*layers).properties(width=width, height=height))


def _beat(beat: Beat, words: Mapping[str, str]) -> dict[str, Any]:
    return {
        "day": _noon(beat.day),
        "share": beat.share,
        "low": beat.low,
        "high": beat.high,
        "usual": beat.usual,
        "state": words[beat.state],
    }


def _noon(day: dt.date, days: int = 0) -> str:
    """Noon, so that a clock's zone never moves a mark to another day."""
    return f"{day + dt.timedelta(days=days)}T12:00:00"


def _usual(rows: Sequence[Mapping[str, Any]]) -> Any:
    values = [{"day": r["day"], "share": r["usual"]} for r in rows if r["usual"] is not None]
    return chart(values).mark_line(
        color=INK, strokeDash=[5, 3], strokeWidth=1.6, interpolate="step"
    )


def _signs(base: Any, words: Mapping[str, str]) -> Any:
    names = [words[s] for s in SIGNS]
    return base.mark_point(filled=True, opacity=1, size=62, stroke=PAPER, strokeWidth=0.8).encode(
        color=alt.Color(
            "state:N",
            legend=None,
            scale=alt.Scale(domain=names, range=[c for c, _s in SIGNS.values()]),
        ),
        shape=alt.Shape(
            "state:N",
            legend=None,
            scale=alt.Scale(domain=names, range=[s for _c, s in SIGNS.values()]),
        ),
        description="state:N",
    )


def pulse_map(
    places: Sequence[MapPlace],
    words: Mapping[str, str],
    labels: Sequence[tuple[float, float, str]] = (),
    outlines: Sequence[Mapping[str, Any]] = (),
) -> alt.TopLevelMixin:
    """The places of a day by state; a mark is larger where there are more posts."""
    return place_map(places, {s: words[s] for s in SIGNS}, labels, outlines, signs=SIGNS)


def hours(
    points: Sequence[tuple[dt.datetime, int]], titles: tuple[str, str], width: int = 450
) -> alt.TopLevelMixin:
    """Posts per hour (local time) of a narrative."""
    rows = [
        {
            "from": at.replace(tzinfo=None).isoformat(),
            "to": (at.replace(tzinfo=None) + dt.timedelta(hours=1)).isoformat(),
            "posts": posts,
            "none": 0,
        }
        for at, posts in points
    ]
    axis = alt.Axis(format="%d/%m %H:%M", tickCount=4, labelOverlap=True, grid=False)
    bars = (
        chart(rows)
        .mark_bar(color=INK, opacity=0.85, minBandSize=3)
        .encode(
            x=alt.X("from:T", title=titles[0], axis=axis),
            x2="to:T",
            y2="none:Q",
            y=alt.Y(
                "posts:Q", title=titles[1], axis=alt.Axis(tickCount=4, tickMinStep=1, format="d")
            ),
        )
    )
    return finish(alt.layer(bars).properties(width=width, height=170))


def lags(
    points: Sequence[tuple[str, float]], titles: tuple[str, str], width: int = 450
) -> alt.TopLevelMixin:
    """How soon after the first post the others came: (step in words, share up to then)."""
    rows = [{"lag": name, "share": share} for name, share in points]
    base = chart(rows).encode(
        x=alt.X(
            "lag:O",
            sort=[name for name, _share in points],
            title=titles[0],
            axis=alt.Axis(labelAngle=-40, grid=False),
        ),
        y=alt.Y(
            "share:Q",
            title=titles[1],
            scale=alt.Scale(domain=[0, 1]),
            axis=alt.Axis(format=".0%", tickCount=5),
        ),
    )
    line = base.mark_line(color=INK, strokeWidth=2)
    dots = base.mark_point(filled=True, color=INK, size=40, opacity=1)
    return finish(alt.layer(line, dots).properties(width=width, height=170))


def ring(
    accounts: Sequence[str], edges: Sequence[tuple[str, str, int, str]], width: int = _RING_WIDTH
) -> alt.TopLevelMixin:
    """Accounts on a circle, a line for each pair that acts together: (a, b, times seen, verdict).

    The wider the line the more often; a pair that is only to be looked at is dashed. The same
    pairs give the same picture.
    """
    at = _circle(accounts, edges)
    lines = [
        {"x": at[a][0], "y": at[a][1], "x2": at[b][0], "y2": at[b][1], "seen": n, "verdict": v}
        for a, b, n, v in edges
    ]
    nodes = [{"x": x, "y": y, "name": name} for name, (x, y) in at.items()]
    rules = (
        chart(lines)
        .mark_rule(opacity=0.55 if len(lines) <= _MANY else 0.3)
        .encode(
            x=_place("x"),
            y=_place("y"),
            x2="x2:Q",
            y2="y2:Q",
            strokeWidth=alt.StrokeWidth(
                "seen:Q", scale=alt.Scale(range=[0.8, 5]), legend=None
            ),
            strokeDash=alt.StrokeDash(
                "verdict:N", legend=None,
                scale=alt.Scale(domain=["strong", "look", "known"], range=[[1, 0], [4, 3], [1, 0]]),
            ),
            color=alt.Color(
                "verdict:N", legend=None,
                scale=alt.Scale(domain=["strong", "look", "known"], range=[WATCH, MUTED, GOOD]),
            ),
        )
    )  # fmt: skip
    dots = (
        chart(nodes)
        .mark_circle(size=90, color=INK, opacity=1)
        .encode(x=_place("x"), y=_place("y"), description="name:N")
    )
    layers = [rules, dots, *(_names(nodes) if len(nodes) <= NAMED else [])]
    return finish(alt.layer(*layers).properties(width=width, height=int(width * 0.72)))


def _place(name: str) -> Any:
    scale = alt.Scale(domain=[-1.5, 1.5] if name == "x" else [-1.15, 1.15])
    return (alt.X if name == "x" else alt.Y)(f"{name}:Q", scale=scale, axis=None)


def _names(nodes: Sequence[Mapping[str, Any]]) -> list[Any]:
    """The aliases outside the circle, on the side where their dot stands."""
    sides = [
        ("left", 9, [n for n in nodes if n["x"] >= 0]),
        ("right", -9, [n for n in nodes if n["x"] < 0]),
    ]
    return [
        chart(some)
        .mark_text(align=align, dx=dx, color=INK, fontSize=11, baseline="middle")
        .encode(x=_place("x"), y=_place("y"), text="name:N")
        for align, dx, some in sides
        if some
    ]


def _circle(
    accounts: Sequence[str], edges: Sequence[tuple[str, str, int, str]]
) -> dict[str, tuple[float, float]]:
    """Who is tied most strongly stands beside each other: a walk that always takes the strongest
    tie to an account not placed yet, the first in order where ties are equal."""
    tie: dict[str, dict[str, int]] = {a: {} for a in accounts}
    for a, b, seen, _verdict in edges:
        if a in tie and b in tie:
            tie[a][b] = tie[b][a] = seen
    left = sorted(accounts, key=lambda a: (-sum(tie[a].values()), a))
    order: list[str] = []
    while left:
        here = tie[order[-1]] if order else {}
        order.append(min(left, key=lambda a: (-here.get(a, 0), left.index(a))))
        left.remove(order[-1])
    step = 2 * math.pi / max(1, len(order))
    # no account stands right at the top, where its name would lie over the next one's
    first = step / 2 if len(order) % 4 == 0 else 0.0
    return {
        name: (round(math.cos(i * step + first), 4), round(math.sin(i * step + first), 4))
        for i, name in enumerate(order)
    }
