"""The small linear scorer: int8 weights over hashed features, one column per label."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from rukun.errors import UserError
from rukun.talk.screen.calibrate import Calibration
from rukun.talk.screen.features import BUCKETS
from rukun.talk.screen.lexicon import DATA

WEIGHTS: Final = DATA / "weights.npz"
SCORED: Final = ("hostile", "threat", "incite", "harm")
_FORMAT = 1


@dataclass(frozen=True)
class Scorer:
    """Weights (buckets × labels, int8) with a scale and an offset per label, and calibrations."""

    weights: NDArray[np.int8]
    scale: NDArray[np.float64]
    offset: NDArray[np.float64]
    curves: tuple[Calibration, ...]
    made_from: dict[str, object]

    def raw(self, text: NDArray[np.int64], frames: NDArray[np.int64]) -> NDArray[np.float64]:
        """The uncalibrated score per label; text features count as one unit together."""
        words = self.weights[text].sum(axis=0, dtype=np.int64) / max(1.0, float(len(text))) ** 0.5
        held = self.weights[frames].sum(axis=0, dtype=np.int64)
        result: NDArray[np.float64] = (words + held) * self.scale + self.offset
        return result

    def save(self, path: Path) -> None:
        """Write the weights; the same weights give the same bytes."""
        head = {"format": _FORMAT, "made_from": self.made_from}
        head["curves"] = [[c.slope, c.offset, c.decisions] for c in self.curves]
        np.savez_compressed(
            path,
            weights=self.weights,
            scale=self.scale,
            offset=self.offset,
            head=np.frombuffer(json.dumps(head, sort_keys=True).encode(), np.uint8),
        )


def load(path: Path | None = None) -> Scorer:
    """The scorer of ``path``, the shipped one where None. Raises ``UserError`` where it is none."""
    path = path or WEIGHTS
    try:
        with np.load(path, allow_pickle=False) as file:
            head = json.loads(file["head"].tobytes())
            weights, scale, offset = file["weights"], file["scale"], file["offset"]
    except (OSError, ValueError, KeyError, BadZipFile, EOFError) as err:
        hint = "Make it anew with rukun talk train."
        raise UserError("weights-file", f"is no weights file ({err}).", hint, str(path)) from err
    if head["format"] != _FORMAT or weights.shape != (BUCKETS, len(SCORED)):
        hint = "It is of another version; make it anew with rukun talk train."
        raise UserError("weights-version", "does not fit this version.", hint, str(path))
    curves = tuple(Calibration(a, b, int(n)) for a, b, n in head["curves"])
    return Scorer(weights, scale, offset, curves, head["made_from"])


@cache
def shipped() -> Scorer:
    """The shipped weights, read once."""
    return load()
