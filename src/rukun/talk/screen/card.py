"""The model card: what the screen was made from and how well it does, as figures and as a page.

``figures`` measures; they lie beside the weights as ``card.json``, so that the room shows them too.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from rukun.talk.screen import evaluate as ev
from rukun.talk.screen.calibrate import expected_error, reliability
from rukun.talk.screen.evaluate import Case, Line
from rukun.talk.screen.generator import generate, grammar
from rukun.talk.screen.judge import Screen, Verdict
from rukun.talk.screen.lexicon import DATA
from rukun.talk.screen.scorer import WEIGHTS

#: Seed of the sentences measured on: not the one trained with.
FRESH: Final = 99
KEPT: Final = DATA / "card.json"
_CRITICISM = ("criticism", "fraud", "recount", "lawful")
#: What is promised: code → (at least or at most, limit), and in words.
PROMISES: Final[Mapping[str, tuple[str, float]]] = {
    "recall": ("at least", 0.80),
    "protected": ("at most", 0.01),
    "criticism": ("at most", 0.0),
    "leet": ("at most", 0.03),
    "dotted": ("at most", 0.03),
    "swap": ("at most", 0.0),
    "budget": ("at least", 0.85),
    "ordinary": ("at most", 0.005),
}
WORDS: Final[Mapping[str, Mapping[str, str]]] = {
    "recall": {
        "en": "threats and incitement caught",
        "id": "ancaman dan hasutan yang tertangkap",
    },
    "protected": {
        "en": "protected speech wrongly flagged",
        "id": "ucapan terlindungi yang keliru ditandai",
    },
    "criticism": {
        "en": "of it criticism, fraud claims, recount demands, lawful protest",
        "id": "di antaranya kritik, klaim kecurangan, tuntutan hitung ulang, protes sah",
    },
    "leet": {"en": "lost by leet spelling", "id": "hilang karena ejaan angka"},
    "dotted": {"en": "lost by dotted spelling", "id": "hilang karena ejaan bertitik"},
    "swap": {
        "en": "verdicts changed by swapping the camps",
        "id": "putusan yang berubah bila kubu ditukar",
    },
    "budget": {
        "en": "caught in the first 5 % of a mixed stream",
        "id": "tertangkap dalam 5 % pertama dari arus campuran",
    },
    "ordinary": {
        "en": "ordinary real posts flagged",
        "id": "kiriman biasa sungguhan yang ditandai",
    },
}


def figures(
    screen: Screen, heldout: Mapping[str, Sequence[Case]], background: Sequence[str]
) -> dict[str, Any]:
    """Everything the card states. ``heldout``: sets of cases by name; ``background``: ordinary
    posts, without which two promises are left out."""
    made = [Case(s.text, s.label, s.kind, s.kind) for s in generate(FRESH)]
    ordinary = screen.many(background)
    return {
        "weights": digest(),
        "made_from": dict(screen.scorer.made_from),
        "kinds": len(grammar()[0]),
        "made": _lines(made, screen.many(c.text for c in made), "kind"),
        "sets": [_set(screen, name, cases, ordinary) for name, cases in heldout.items()],
    }


def _set(
    screen: Screen, name: str, cases: Sequence[Case], ordinary: Sequence[Verdict]
) -> dict[str, Any]:
    verdicts = screen.many(c.text for c in cases)
    table = reliability([v.score for v in verdicts], [c.harmful for c in cases])
    return {
        "name": name,
        "cases": len(cases),
        "promises": dict(_measured(screen, cases, verdicts, ordinary)),
        "groups": _lines(cases, verdicts, "group"),
        "kinds": _lines(cases, verdicts, "kind"),
        "reliability": [[b.said, b.came_true, b.count] for b in table],
        "error": expected_error(table),
    }


def _measured(
    screen: Screen, cases: Sequence[Case], verdicts: Sequence[Verdict], ordinary: Sequence[Verdict]
) -> Iterable[tuple[str, float]]:
    """Each promise with what was measured; those on ordinary posts only where these are given."""
    pairs = list(zip(cases, verdicts, strict=True))
    harm = [v for c, v in pairs if c.harmful]
    safe = [(c, v) for c, v in pairs if c.group == "protected"]
    yield "recall", sum(v.flagged for v in harm) / len(harm)
    yield "protected", _flagged([v for _, v in safe])
    yield "criticism", _flagged([v for c, v in safe if c.kind.startswith(_CRITICISM)])
    plain = [c for c in cases if not c.kind.startswith("spelling")]
    base = ev.recall(screen, plain)
    for spelling in ("leet", "dotted"):
        yield spelling, base - ev.disguised_recall(screen, plain, spelling)
    yield "swap", ev.swap_changes(screen, [c.text for c in cases])
    if ordinary:
        yield "budget", ev.found_in_budget(harm, ordinary)
        yield "ordinary", _flagged(ordinary)


def _lines(cases: Sequence[Case], verdicts: Sequence[Verdict], by: str) -> list[list[Any]]:
    """name, cases, harmful, caught, wrongly flagged; of kinds with their group before them."""

    def key(case: Case) -> str:
        same = by == "group" or case.group == case.kind
        return case.group if same else f"{case.group}: {case.kind}"

    return [_line(n) for n in ev.by(cases, verdicts, key)]


def _line(n: Line) -> list[Any]:
    return [n.name, n.cases, n.harmful, n.caught, n.flagged - n.caught]


def reached(code: str, measured: float) -> bool:
    """Whether a promise is kept."""
    side, limit = PROMISES[code]
    return measured >= limit if side == "at least" else measured <= limit


def write(found: Mapping[str, Any], path: Path = KEPT) -> None:
    """Keep the figures beside the weights."""
    path.write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def kept(path: Path = KEPT) -> dict[str, Any]:
    """The figures as they were last measured."""
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


def digest(path: Path = WEIGHTS) -> str:
    """The first sixteen digits of the weights' SHA-256."""
    return hashlib.sha256(path.read_bytes()).hexdigest()[:16]


def _flagged(verdicts: Sequence[Verdict]) -> float:
    return sum(v.flagged for v in verdicts) / max(1, len(verdicts))
