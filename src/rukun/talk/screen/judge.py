"""The screen itself: a post in, a verdict with its reasons out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray

from rukun.talk.screen import frames as grammar
from rukun.talk.screen import lexicon as lists
from rukun.talk.screen import scorer as scoring
from rukun.talk.screen.calibrate import Calibration
from rukun.talk.screen.cues import Place, places
from rukun.talk.screen.features import Ints, grouped
from rukun.talk.screen.frames import MODES, Frame, Grammar
from rukun.talk.screen.leaning import leaning
from rukun.talk.screen.lexicon import BIT, Lexicon
from rukun.talk.screen.scorer import Scorer
from rukun.talk.screen.telling import loudest
from rukun.talk.screen.text import Reader, Reading, Word

#: A post is flagged from here on.
FLAGGED: Final = 0.5
HARMFUL: Final = ("threat", "incite")
#: Frame named where the words together weigh enough and no frame of the grammar says why.
LEARNED: Final = "learned"


@dataclass(frozen=True, slots=True)
class Reason:
    """One span of the original text and what is said of it."""

    start: int
    end: int
    frame: str
    label: str
    mode: str
    act: str | None
    target: str | None
    cues: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the screen makes of a post.

    ``label`` is none, hostile, threat or incite; ``score`` (0 to 1) orders the queue and rises with
    the chance of threat or incitement; ``flagged`` where it reaches one half, which is set so that
    hardly any protected post does. A flagged post has at least one span.
    ``spans`` are offsets in the original text. ``claim``: speaks of the count; ``help``: speaks of
    harming oneself. The screen decides nothing: a person does.
    """

    label: str
    mode: str
    score: float
    flagged: bool
    act: str | None
    target: str | None
    reasons: tuple[Reason, ...]
    claim: bool
    help: bool
    disguised: bool
    raw: float

    @property
    def spans(self) -> tuple[tuple[int, int], ...]:
        """Where the reasons stand in the original text."""
        return tuple((r.start, r.end) for r in self.reasons)


@dataclass(frozen=True)
class Screen:
    """The screen with its lists, grammar, weights and calibration, all shipped by default."""

    lexicon: Lexicon
    grammar: Grammar
    scorer: Scorer
    local: Calibration | None = None

    @cached_property
    def reader(self) -> Reader:
        """Splits posts by this screen's lists."""
        return Reader(self.lexicon)

    def __call__(self, text: str) -> Verdict:
        """The verdict on one post, read freed of its disguises."""
        readings = self.reader.readings(text)
        verdict = self._judge(text, readings[-1])
        bits = _or(readings)
        return replace(verdict, claim=bool(bits & BIT["claim"]), help=bool(bits & BIT["selfharm"]))

    def many(self, texts: Iterable[str]) -> list[Verdict]:
        """The verdicts on several posts, in order."""
        return [self(text) for text in texts]

    def calibrated(self, local: Calibration) -> Screen:
        """This screen with a desk's own calibration for the order of the queue."""
        return replace(self, local=local)

    def _judge(self, text: str, reading: Reading) -> Verdict:
        words = reading.words
        found = [(p, self.grammar.judge(p.cues)) for p in places(words)]
        judged = [(p, f) for p, f in found if f is not None]
        features = grouped(words)
        raw = self.scorer.raw(features)
        harm = float(raw[-1]) + leaning((f for _, f in judged), features)
        flagged = self.scorer.curves[-1](harm) >= FLAGGED
        best = self._best([f for _, f in judged], flagged)
        reasons = [_reason(text, words, p, f) for p, f in judged]
        if flagged and (best is None or best.label not in HARMFUL):
            reasons += self._told(text, words, features)
        first = next((r for r in reasons if best and r.frame == best.name), None)
        return Verdict(
            label=self._label(raw, flagged, best),
            mode=self._mode(raw, best),
            score=self._score(harm, flagged),
            flagged=flagged,
            act=first.act if first else None,
            target=first.target if first else None,
            reasons=tuple(reasons),
            claim=False,
            help=False,
            disguised=not reading.plain,
            raw=harm,
        )

    def _score(self, harm: float, flagged: bool) -> float:
        """Where the post stands in the queue: a desk's own curve orders it and lifts nothing over
        the threshold."""
        score = (self.local or self.scorer.curves[-1])(harm)
        return max(score, FLAGGED) if flagged else min(score, FLAGGED - 0.01)

    @staticmethod
    def _best(judged: Sequence[Frame], flagged: bool) -> Frame | None:
        """The frame that says most: of a flagged post one of harm, of another one of none."""
        fitting = [f for f in judged if (f.label in HARMFUL) == flagged]
        return max(fitting, key=lambda f: f.strength, default=None)

    @staticmethod
    def _label(raw: NDArray[np.float64], flagged: bool, best: Frame | None) -> str:
        if flagged:
            return best.label if best else HARMFUL[int(np.argmax(raw[1:3]))]
        return "hostile" if (best and best.label == "hostile") or raw[0] > 0 else "none"

    @staticmethod
    def _mode(raw: NDArray[np.float64], best: Frame | None) -> str:
        if best is not None:
            return best.mode
        return MODES[int(np.argmax(raw[3 : 3 + len(MODES)]))]

    def _told(self, text: str, words: Sequence[Word], features: Ints) -> list[Reason]:
        """The words that weighed most, where no frame says why."""
        start, end = loudest(words, self.scorer.telling(features))
        return [Reason(start, min(end, len(text)), LEARNED, "threat", "assert", None, None, ())]


def shipped() -> Screen:
    """The screen as it comes with Rukun."""
    return Screen(lists.shipped(), grammar.shipped(), scoring.shipped())


def _reason(text: str, words: Sequence[Word], place: Place, frame: Frame) -> Reason:
    word, target = words[place.index], place.target
    return Reason(
        start=place.start,
        end=min(place.end, len(text)),
        frame=frame.name,
        label=frame.label,
        mode=frame.mode,
        act=word.form,
        target=text[target.start : target.end] if target else None,
        cues=tuple(sorted(place.cues)),
    )


def _or(readings: Iterable[Reading]) -> int:
    """The classes of all words."""
    bits = 0
    for reading in readings:
        for word in reading.words:
            bits |= word.bits
    return bits
