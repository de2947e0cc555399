"""A desk's own calibration of the screen from its decisions, with what it changes, for a page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from rukun.errors import UserError
from rukun.talk.cases import Case
from rukun.talk.screen.calibrate import (
    DECISIONS,
    OF_EACH,
    Bin,
    Calibration,
    expected_error,
    platt,
    recalibrate,
    reliability,
)

#: Actions that say a post did need a person: all but “no action”.
NEEDED: Final = ("answer", "calm", "report", "refer", "help")


@dataclass(frozen=True, slots=True)
class Decided:
    """One decision: the screen's raw score of the post, and whether it needed a person."""

    raw: float
    needed: bool


@dataclass(frozen=True, slots=True)
class Missing:
    """How many decisions are still missing, in all and of each answer."""

    decisions: int
    needed: int
    not_needed: int

    @property
    def none(self) -> bool:
        """Whether there are enough."""
        return not (self.decisions or self.needed or self.not_needed)


@dataclass(frozen=True, slots=True)
class Recalibrated:
    """The new curve, or none with the reason; and what was said against what came true, before and
    after, with the mean gap (expected calibration error).

    ``after`` is worked out on decisions that the curve it is read from did not see: the decisions
    are dealt into ``FOLDS`` and each is judged by the curve of the others.
    """

    curve: Calibration | None
    missing: Missing
    refused: UserError | None
    before: tuple[Bin, ...]
    after: tuple[Bin, ...]
    error_before: float | None
    error_after: float | None


FOLDS: Final = 5


def decided(case: Case, raw: float) -> Decided | None:
    """What a case teaches about its post's score; None while no decision is in force, and for
    cases that are not about one post of the incitement queue."""
    if case.about != "post" or case.decision is None or not case.in_force:
        return None
    return Decided(raw, case.decision.action in NEEDED)


def missing(decisions: Sequence[Decided]) -> Missing:
    """How many more decisions a calibration needs."""
    yes = sum(d.needed for d in decisions)
    no = len(decisions) - yes
    return Missing(max(0, DECISIONS - yes - no), max(0, OF_EACH - yes), max(0, OF_EACH - no))


def recalibrated(decisions: Iterable[Decided], now: Calibration) -> Recalibrated:
    """The desk's own curve, if its decisions allow one, beside the curve in use (``now``)."""
    all_of_them = list(decisions)
    need = missing(all_of_them)
    before = _table(all_of_them, [now] * len(all_of_them))
    gap = expected_error(before) if before else None
    try:
        curve = _fitted(all_of_them)
    except UserError as error:
        return Recalibrated(None, need, _in_both(error, need), before, (), gap, None)
    after = _table(all_of_them, _others(all_of_them))
    return Recalibrated(curve, need, None, before, after, gap, expected_error(after))


def _fitted(decisions: Sequence[Decided]) -> Calibration:
    return recalibrate([d.raw for d in decisions], [d.needed for d in decisions])


def _in_both(error: UserError, need: Missing) -> UserError:
    """The refusal with its words in Indonesian."""
    if error.code != "too-few-decisions":
        message_id = "skor yang lebih tinggi tidak lebih sering dinyatakan perlu ditangani."
        hint_id = "Periksa lagi keputusannya sebelum kalibrasi memakainya."
    else:
        message_id = (
            f"keputusan masih kurang: {need.decisions} lagi secara keseluruhan, {need.needed} lagi "
            f"yang perlu dan {need.not_needed} lagi yang tidak perlu ditangani."
        )
        hint_id = f"Kalibrasi memerlukan {DECISIONS} keputusan, sedikitnya {OF_EACH} per jawaban."
    return UserError(error.code, error.message, error.hint, message_id=message_id, hint_id=hint_id)


def _others(decisions: Sequence[Decided]) -> list[Calibration]:
    """For each decision, the curve fitted to the folds it is not in. Yes and no are dealt out
    separately, so that both occur in every fold."""
    fold = [0] * len(decisions)
    for answer in (True, False):
        for n, i in enumerate(i for i, d in enumerate(decisions) if d.needed is answer):
            fold[i] = n % FOLDS
    rest = [[d for d, f in zip(decisions, fold, strict=True) if f != k] for k in range(FOLDS)]
    curves = [platt([d.raw for d in r], [d.needed for d in r]) for r in rest]
    return [curves[f] for f in fold]


def _table(decisions: Sequence[Decided], curves: Sequence[Calibration]) -> tuple[Bin, ...]:
    said = [curve(d.raw) for d, curve in zip(decisions, curves, strict=True)]
    return tuple(reliability(said, [d.needed for d in decisions])) if decisions else ()
