"""Charts and maps: plain rows in, an SVG without inline style, script or outside reference out.

Colours in the specification are placeholders (``INK`` …). ``svg`` puts the medium's own colours in
their place: custom properties of the style sheet on a page, so that light, dark and print follow
by themselves, plain colours on paper.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import altair as alt
import vl_convert

INK, MUTED, LINE, PAPER = "#010101", "#020202", "#030303", "#040404"
GOOD, WATCH, ALERT, NONE = "#050505", "#060606", "#070707", "#080808"
SERIES: Final = ("#0a0a0a", "#0b0b0b", "#0c0c0c", "#0d0d0d", "#0e0e0e", "#0f0f0f")

#: Placeholder → custom property of the site's style sheet.
PAGE: Final[Mapping[str, str]] = {
    INK: "var(--chart-ink)",
    MUTED: "var(--chart-muted)",
    LINE: "var(--chart-line)",
    PAPER: "var(--chart-paper)",
    GOOD: "var(--chart-good)",
    WATCH: "var(--chart-watch)",
    ALERT: "var(--chart-alert)",
    NONE: "var(--chart-none)",
    **{c: f"var(--chart-series-{i})" for i, c in enumerate(SERIES)},
}
#: Placeholder → colour on paper.
PRINT: Final[Mapping[str, str]] = {
    INK: "#1b1b1b",
    MUTED: "#5a5a5a",
    LINE: "#cfcfcf",
    PAPER: "#ffffff",
    GOOD: "#2f6f4f",
    WATCH: "#a86a00",
    ALERT: "#a3262a",
    NONE: "#8a8a8a",
    **dict(
        zip(SERIES, ("#1b1b1b", "#0b5fa5", "#b35900", "#5b7553", "#7d4f8c", "#6b6b6b"), strict=True)
    ),
}
#: Colour and shape of each status on a map of the count.
SIGNS: Final[Mapping[str, tuple[str, str]]] = {
    "agreed": (GOOD, "circle"),
    "partly": (NONE, "square"),
    "differs": (ALERT, "triangle-up"),
    "missing": (MUTED, "cross"),
}
_STYLE: Final = re.compile(r'\sstyle="[^"]*"')
#: vl-convert puts its own address before a link that starts at the root of a site.
_LINK: Final = re.compile(r'xlink:href="https?://[^"]*?//')
_FONT: Final = "system-ui, sans-serif"


@dataclass(frozen=True, slots=True)
class MapPlace:
    """One place on a map. ``status``: a key of its signs; ``size``: stations, or posts."""

    code: str
    name: str
    lat: float
    lon: float
    size: int
    status: str
    href: str
    text: str
    boundary: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Point:
    """Stations of one series that are in at a moment (local time)."""

    series: str
    at: dt.datetime
    stations: int


def chart(rows: Sequence[Mapping[str, Any]]) -> Any:
    """An empty chart of these rows."""
    return alt.Chart(alt.Data(values=[dict(r) for r in rows]))


def svg(drawing: alt.TopLevelMixin, colours: Mapping[str, str] = PAGE) -> str:
    """The chart as SVG, with the medium's colours and without style attributes."""
    text = str(vl_convert.vegalite_to_svg(drawing.to_dict()))
    text = _LINK.sub('xlink:href="/', _STYLE.sub("", text))
    for placeholder, colour in colours.items():
        text = text.replace(placeholder, colour)
    return text


def place_map(
    places: Sequence[MapPlace],
    statuses: Mapping[str, str],
    labels: Sequence[tuple[float, float, str]] = (),
    outlines: Sequence[Mapping[str, Any]] = (),
    width: int = 680,
    signs: Mapping[str, tuple[str, str]] = SIGNS,
) -> alt.TopLevelMixin:
    """A map of places: their outlines where known, a mark at each centre that links to its page.

    ``labels`` are names to print, with latitude and longitude; ``outlines`` geometries to draw
    below those of the places themselves. ``statuses`` gives the label of each status in the order of the legend. Status shows as colour
    *and* shape. North is up; without outlines the map is schematic.
    """
    rows = [
        {
            "code": p.code,
            "name": p.name,
            "lat": p.lat,
            "lon": p.lon,
            "size": p.size,
            "status": statuses[p.status],
            "href": p.href,
            "text": p.text,
        }
        for p in places
    ]
    marks = _marks(rows, statuses, signs)
    shapes = [*outlines, *(p.boundary for p in places if p.boundary)]
    features = [{"type": "Feature", "properties": {}, "geometry": dict(g)} for g in shapes]
    names = chart([{"lat": a, "lon": o, "name": n} for a, o, n in labels])
    named = names.mark_text(color=INK, fontSize=13, fontWeight="bold", stroke=PAPER, strokeWidth=3)
    plain = names.mark_text(color=INK, fontSize=13, fontWeight="bold")
    where = {"longitude": "lon:Q", "latitude": "lat:Q", "text": "name:N"}
    layers = [marks, named.encode(**where), plain.encode(**where)]
    if features:
        shape = chart(features)
        layers.insert(0, shape.mark_geoshape(fill=PAPER, stroke=LINE, strokeWidth=1))
    lat = [p.lat for p in places] or [0.0]
    lon = [p.lon for p in places] or [0.0]
    ratio = (max(lat) - min(lat)) / max(max(lon) - min(lon), 1e-6)
    height = int(min(max(width * ratio, 220), 520))
    return finish(
        alt.layer(*layers).project(type="mercator").properties(width=width, height=height)
    )


def _marks(
    rows: list[dict[str, Any]], statuses: Mapping[str, str], signs: Mapping[str, tuple[str, str]]
) -> alt.Chart:
    names = list(statuses.values())
    colours = [signs[s][0] for s in statuses]
    shapes = [signs[s][1] for s in statuses]
    legend = alt.Legend(
        orient="top", direction="horizontal", title=None, columns=2, columnPadding=48
    )
    return (
        chart(rows)
        .mark_point(filled=True, opacity=0.9, stroke=PAPER, strokeWidth=1)
        .encode(
            longitude="lon:Q",
            latitude="lat:Q",
            size=alt.Size("size:Q", scale=alt.Scale(range=[60, 420], zero=True), legend=None),
            color=alt.Color(
                "status:N", scale=alt.Scale(domain=names, range=colours), legend=legend
            ),
            shape=alt.Shape("status:N", scale=alt.Scale(domain=names, range=shapes), legend=legend),
            href="href:N",
            description="text:N",
            order=alt.Order("size:Q", sort="descending"),
        )
    )


def coverage(
    points: Sequence[Point],
    order: Sequence[str],
    total: int,
    labels: tuple[str, str],
    width: int = 680,
) -> alt.TopLevelMixin:
    """How many stations each source had reported, over local time, against all of them.

    ``order`` names the series in the order of the legend; ``labels`` are the titles of the axes
    (time, stations). Series differ in colour and in dash.
    """
    rows = [
        {"series": p.series, "at": p.at.replace(tzinfo=None).isoformat(), "stations": p.stations}
        for p in points
    ]
    dashes = [[1, 0], [6, 2], [2, 2], [8, 3, 2, 3], [4, 4], [1, 3]]
    span = len(order)
    legend = alt.Legend(
        orient="top", direction="horizontal", title=None, symbolStrokeWidth=3, columnPadding=48
    )
    lines = (
        chart(rows)
        .mark_line(interpolate="step-after", strokeWidth=2.2)
        .encode(
            x=alt.X(
                "at:T",
                title=labels[0],
                axis=alt.Axis(format="%d %b %H:%M", labelOverlap=True, tickCount=6, grid=False),
            ),
            y=alt.Y(
                "stations:Q",
                title=labels[1],
                scale=alt.Scale(domain=[0, total]),
                axis=alt.Axis(tickCount=5),
            ),
            color=alt.Color(
                "series:N",
                scale=alt.Scale(domain=list(order), range=list(SERIES[:span])),
                legend=legend,
            ),
            strokeDash=alt.StrokeDash(
                "series:N", scale=alt.Scale(domain=list(order), range=dashes[:span]), legend=legend
            ),
        )
    )
    rule = chart([{"all": total}]).mark_rule(color=MUTED, strokeDash=[3, 3]).encode(y="all:Q")
    return finish(alt.layer(rule, lines).properties(width=width, height=220))


def finish(drawing: alt.LayerChart | alt.FacetChart) -> alt.TopLevelMixin:
    """The chart in the project's type and colours."""
    return (
        drawing.configure(background="transparent", font=_FONT, padding=4)
        .configure_view(stroke=None)
        .configure_axis(
            labelColor=INK,
            titleColor=INK,
            gridColor=LINE,
            domainColor=LINE,
            tickColor=LINE,
            labelFontSize=12,
            titleFontSize=12,
            titleFontWeight="normal",
        )
        .configure_legend(labelColor=INK, titleColor=INK, labelFontSize=12, symbolSize=110)
    )
