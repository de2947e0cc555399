"""The drawing of a workflow's table: a small SVG without style or script, the same every time.

States stand in a column. Steps to the next state run straight down, further steps down on the
right, steps back up on the left; steps that stay are written into the box.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final
from xml.sax.saxutils import escape

from rukun.talk.workflow import Flow, Lang

_BOX, _PORT, _GAP, _LANE, _TEXT = 300, 22, 46, 12, 190
_ARROW: Final = (
    '<marker id="{name}-tip" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="8" markerHeight="8" '
    'orient="auto-start-reverse"><path d="M0 0L8 4L0 8z" fill="{ink}"/></marker>'
)


@dataclass(frozen=True, slots=True)
class _Edge:
    source: int
    target: int
    label: str

    @property
    def side(self) -> str:
        if self.target == self.source + 1:
            return "down"
        return "right" if self.target > self.source else "left"


@dataclass(frozen=True, slots=True)
class _Box:
    top: int
    height: int


def drawing(flow: Flow, lang: Lang, ink: str = "currentColor", paper: str = "none") -> str:
    """The flow as SVG in one language, with its colours as given."""
    edges = list(_edges(flow, lang))
    boxes = _boxes(flow, edges)
    lanes = {side: _lanes([e for e in edges if e.side == side]) for side in ("left", "right")}
    left = _beside(lanes["left"])
    width = left + _BOX + _beside(lanes["right"])
    height = boxes[-1].top + boxes[-1].height + 10
    parts = [_ARROW.format(name=flow.name, ink=ink)]
    parts += [_state(flow, lang, i, box, left) for i, box in enumerate(boxes)]
    parts += _arrows(flow.name, edges, boxes, lanes, left)
    title = escape(" · ".join(flow.state_words[s][lang] for s in flow.states))
    body = "\n".join(parts)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" '
        f'height="{height}" role="img" font-family="system-ui, sans-serif" font-size="12">\n'
        f'<title>{title}</title>\n<rect width="100%" height="100%" fill="{paper}"/>\n'
        f'<g fill="none" stroke="{ink}" color="{ink}">\n{body}\n</g>\n</svg>\n'
    )


def _beside(lanes: dict[_Edge, int]) -> int:
    """The room beside the boxes: labels and lanes, or a margin where no edge runs there."""
    return _TEXT + _LANE * (1 + max(lanes.values())) if lanes else 10


def _edges(flow: Flow, lang: Lang) -> Iterable[_Edge]:
    """One edge for each pair of states, with all the steps that join them."""
    order = {s: i for i, s in enumerate(flow.states)}
    joined: dict[tuple[int, int], list[str]] = {}
    for step in flow.steps:
        for source in step.sources:
            pair = order[source], order[step.target]
            joined.setdefault(pair, []).append(flow.step_words[step.name][lang])
    return (_Edge(a, b, ", ".join(names)) for (a, b), names in joined.items() if a != b)


def _boxes(flow: Flow, edges: list[_Edge]) -> list[_Box]:
    boxes, top = [], 10
    for i in range(len(flow.states)):
        ports = max(len(_ports(edges, i, side)) for side in ("left", "right"))
        height = max(46, _PORT * (ports + 1))
        boxes.append(_Box(top, height))
        top += height + _GAP
    return boxes


def _ports(edges: list[_Edge], state: int, side: str) -> list[_Edge]:
    """The edges that touch a box on one side, from the top: first those that go up."""
    touching = [e for e in edges if e.side == side and state in (e.source, e.target)]
    return sorted(touching, key=lambda e: (e.source + e.target - state, e.source == state))


def _lanes(edges: list[_Edge]) -> dict[_Edge, int]:
    """The lane of each edge on one side, 1 nearest to the boxes; the short ones lie inside."""
    lanes: dict[_Edge, int] = {}
    for edge in sorted(edges, key=lambda e: (abs(e.source - e.target), e.source, e.target)):
        taken = {lanes[o] for o in lanes if _overlap(edge, o)}
        lanes[edge] = next(n for n in range(1, len(edges) + 1) if n not in taken)
    return lanes


def _overlap(a: _Edge, b: _Edge) -> bool:
    return min(a.source, a.target) <= max(b.source, b.target) and min(b.source, b.target) <= max(
        a.source, a.target
    )


def _state(flow: Flow, lang: Lang, index: int, box: _Box, left: int) -> str:
    state = flow.states[index]
    stay = [flow.step_words[s.name][lang] for s in flow.leaving(state) if s.target == state]
    middle, centre = box.top + box.height // 2, left + _BOX // 2
    name = _text(centre, middle + (-3 if stay else 4), flow.state_words[state][lang], bold=True)
    frame = f'<rect x="{left}" y="{box.top}" width="{_BOX}" height="{box.height}" rx="6"/>'
    loops = _text(centre, middle + 14, "↻ " + ", ".join(stay), size=10) if stay else ""
    return frame + name + loops


def _text(
    x: int, y: int, words: str, *, anchor: str = "middle", bold: bool = False, size: int = 12
) -> str:
    weight = ' font-weight="bold"' if bold else ""
    return (
        f'<text x="{x}" y="{y}" text-anchor="{anchor}" font-size="{size}"{weight} '
        f'fill="currentColor" stroke="none">{escape(words)}</text>'
    )


def _arrows(
    name: str,
    edges: list[_Edge],
    boxes: list[_Box],
    lanes: dict[str, dict[_Edge, int]],
    left: int,
) -> list[str]:
    out = []
    for edge in edges:
        if edge.side == "down":
            x, top = left + _BOX // 2, boxes[edge.source].top + boxes[edge.source].height
            path = f"M{x} {top}V{boxes[edge.target].top}"
            words = _text(x + 8, top + _GAP // 2 + 4, edge.label, anchor="start")
        else:
            path, words = _round(edge, edges, boxes, lanes[edge.side][edge], left)
        out.append(f'<path d="{path}" marker-end="url(#{name}-tip)"/>{words}')
    return out


def _round(
    edge: _Edge, edges: list[_Edge], boxes: list[_Box], lane: int, left: int
) -> tuple[str, str]:
    """The path of an edge that runs beside the boxes, and its label where it leaves."""
    right = edge.side == "right"
    x = left + _BOX if right else left
    away = x + (_TEXT + _LANE * lane) * (1 if right else -1)
    start, end = (_port(edge, edges, boxes, state) for state in (edge.source, edge.target))
    anchor, at = ("start", x + 8) if right else ("end", x - 8)
    return f"M{x} {start}H{away}V{end}H{x}", _text(at, start - 4, edge.label, anchor=anchor)


def _port(edge: _Edge, edges: list[_Edge], boxes: list[_Box], state: int) -> int:
    ports = _ports(edges, state, edge.side)
    box = boxes[state]
    return box.top + box.height * (ports.index(edge) + 1) // (len(ports) + 1)
