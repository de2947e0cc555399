"""From a score to a probability, and a desk's own calibration from its decisions.

Platt scaling after Lin, Lin and Weng (2007), *A note on Platt's probabilistic outputs*: a logistic
curve fitted by Newton's method on smoothed targets, so that few decisions do not overfit.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp
from typing import Final

import numpy as np
from numpy.typing import NDArray

from rukun.errors import UserError

#: Decisions that a local calibration needs, in all and of each answer.
DECISIONS: Final = 200
OF_EACH: Final = 10
_STEPS = 100
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Calibration:
    """The curve 1 / (1 + exp(−(slope · score + offset))), and from how many decisions it came."""

    slope: float = 1.0
    offset: float = 0.0
    decisions: int = 0

    def __call__(self, score: float) -> float:
        """The probability that a person decides "yes" at this score."""
        return 1.0 / (1.0 + exp(-max(-50.0, min(50.0, self.slope * score + self.offset))))


@dataclass(frozen=True, slots=True)
class Bin:
    """One step of the reliability table: what was said, what came true, of how many."""

    said: float
    came_true: float
    count: int


def platt(scores: Sequence[float], truths: Sequence[bool]) -> Calibration:
    """The curve that fits scores to truths best. Both answers must occur."""
    x, y = np.asarray(scores, float), np.asarray(truths, bool)
    yes, no = int(y.sum()), int((~y).sum())
    if not yes or not no:
        raise ValueError("both answers must occur")
    target = np.where(y, (yes + 1) / (yes + 2), 1 / (no + 2))
    weights = np.array([0.0, np.log((yes + 1) / (no + 1))])
    design = np.column_stack([x, np.ones_like(x)])
    for _ in range(_STEPS):
        p = 1 / (1 + np.exp(-np.clip(design @ weights, -50, 50)))
        slope = design.T @ (p - target)
        curve = (design.T * (p * (1 - p))) @ design + 1e-9 * np.eye(2)
        step = np.linalg.solve(curve, slope)
        weights = weights - step / max(1.0, float(np.abs(step).max()))
        if np.abs(step).max() < 1e-10:
            break
    return Calibration(float(weights[0]), float(weights[1]), len(x))


def recalibrate(scores: Sequence[float], decisions: Sequence[bool]) -> Calibration:
    """A desk's own curve from its decisions ("needed a person" or not) on posts it was shown.

    Raises ``UserError`` (``too-few-decisions``) below 200 decisions or 10 of each answer, or where
    higher scores were answered "no" more often: then the decisions say nothing the screen can use.
    """
    yes = sum(map(bool, decisions))
    if len(decisions) < DECISIONS or min(yes, len(decisions) - yes) < OF_EACH:
        raise UserError(
            "too-few-decisions",
            f"{len(decisions)} decisions, {yes} of them yes.",
            f"A calibration needs {DECISIONS} decisions with at least {OF_EACH} of each answer.",
        )
    fitted = platt(scores, decisions)
    if fitted.slope <= 0:
        hint = "Look at the decisions again before calibrating by them."
        raise UserError("decisions-turned", "higher scores were answered no more often.", hint)
    return fitted


def reliability(
    probabilities: Sequence[float], truths: Sequence[bool], bins: int = 10
) -> list[Bin]:
    """Said against come true in steps of equal width; empty steps are left out."""
    p, y = np.asarray(probabilities, float), np.asarray(truths, float)
    step = np.minimum((p * bins).astype(int), bins - 1)
    return [
        Bin(float(p[step == b].mean()), float(y[step == b].mean()), int((step == b).sum()))
        for b in range(bins)
        if (step == b).any()
    ]


def expected_error(table: Sequence[Bin]) -> float:
    """Expected calibration error: the mean gap between said and come true, by count."""
    total = sum(b.count for b in table)
    return sum(abs(b.said - b.came_true) * b.count for b in table) / total
