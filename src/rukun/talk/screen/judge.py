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
from rukun.talk.screen.features import frame_features, text_features
from rukun.talk.screen.frames import Frame, Grammar
from rukun.talk.screen.lexicon import ACT, BIT, Lexicon
from rukun.talk.screen.scorer import SCORED, Scorer
from rukun.talk.screen.text import Reader, Reading, Word

#: A post is flagged from here on.
FLAGGED: Final = 0.5
#: Without a frame, the scorer flags from this probability on where the post holds words of violence
#: or threat, speaks of the election or to somebody, and no scope disarms them. On 13,500 ordinary
#: posts this flags one.
ALONE: Final = 0.1
#: Where a post with such words stands in the queue at least while nothing disarms them: without
#: and with a word about the election or to somebody.
UNSETTLED: Final = (0.05, 0.1)
_EVIDENCE = BIT["threat"] | BIT["hint"] | BIT["incite"] | BIT["weapon"] | BIT["dox"] | ACT
_ABOUT = BIT["support"] | BIT["camp"] | BIT["official"] | BIT["group"] | BIT["ballot"] | BIT["you"]


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

    ``label`` is none, hostile, threat or incite; ``score`` (0 to 1) orders the queue and is the
    calibrated probability of threat or incitement; ``flagged`` where it reaches one half.
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
        """The verdict on one post: the stronger of its readings."""
        verdicts = [self._judge(text, r) for r in self.reader.readings(text)]
        best = max(verdicts, key=lambda v: (v.score, v.label != "none"))
        claim = any(v.claim for v in verdicts)
        return replace(best, claim=claim, help=any(v.help for v in verdicts))

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
        raw = self.scorer.raw(text_features(words), frame_features([f.name for _, f in judged]))
        bits = 0
        for word in words:
            bits |= word.bits
        disarmed = any(f.label == "none" for _, f in judged)
        best = max((f for _, f in judged), key=lambda f: f.strength, default=None)
        label, score = self._weighed(raw, best, bits, disarmed)
        reasons = tuple(_reason(text, words, p, f) for p, f in judged)
        first = next((r for r in reasons if best and r.frame == best.name), None)
        return Verdict(
            label=label,
            mode=best.mode if best else "assert",
            score=score,
            flagged=score >= FLAGGED,
            act=first.act if first else None,
            target=first.target if first else None,
            reasons=reasons,
            claim=bool(bits & BIT["claim"]),
            help=bool(bits & BIT["selfharm"]),
            disguised=not reading.plain,
            raw=float(raw[-1]),
        )

    def _weighed(
        self, raw: NDArray[np.float64], best: Frame | None, bits: int, disarmed: bool
    ) -> tuple[str, float]:
        """Label and score from the frames and the scorer together."""
        curve = self.local or self.scorer.curves[-1]
        score = curve(raw[-1])
        if best is not None and best.label in ("threat", "incite"):
            return best.label, max(score, FLAGGED + best.strength / 10)
        alone = bits & _EVIDENCE and bits & _ABOUT and not disarmed and score >= ALONE
        if alone:
            return SCORED[1 + int(np.argmax(raw[1:3]))], max(score, FLAGGED)
        label = best.label if best is not None else "none"
        if bits & _EVIDENCE and not disarmed:
            score = max(score, UNSETTLED[bool(bits & _ABOUT)] + score / 20)
        return label, min(score, FLAGGED - 0.01)


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
