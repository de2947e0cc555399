"""The incitement screen: which public posts may need a person's decision, and why.

``screen(text)`` gives a ``Verdict`` with label, mode, act, target, score and the spans of the
original text that led to it. How it is made and how well it does: docs/reference/model-card.md.
"""

from __future__ import annotations

from functools import cache

from rukun.talk.screen.calibrate import Calibration, recalibrate
from rukun.talk.screen.frames import LABELS, MODES
from rukun.talk.screen.judge import FLAGGED, Reason, Screen, Verdict, shipped

__all__ = [
    "FLAGGED",
    "LABELS",
    "MODES",
    "Calibration",
    "Reason",
    "Screen",
    "Verdict",
    "default",
    "recalibrate",
    "screen",
]


@cache
def default() -> Screen:
    """The shipped screen, loaded once."""
    return shipped()


def screen(text: str) -> Verdict:
    """The shipped screen's verdict on one post."""
    return default()(text)
