"""The small linear scorer: how sure it is of harm, and what kind and mode of speech it takes it for.

Harm is weighed on all features, each group as a unit vector of tf-idf weights; the kinds and modes,
which only describe a post, on a coarser table of the same features.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Final
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from rukun.errors import UserError
from rukun.talk.screen.calibrate import Calibration
from rukun.talk.screen.features import BITS, BUCKETS, GROUPS, Ints
from rukun.talk.screen.frames import MODES
from rukun.talk.screen.lexicon import DATA

WEIGHTS: Final = DATA / "weights.npz"
SCORED: Final = ("hostile", "threat", "incite", "harm")
#: Columns of the coarse table: kinds of speech, then modes.
COARSE: Final = (*SCORED[:-1], *MODES)
COARSE_BUCKETS: Final = 1 << 14
#: Steps in which a feature's rarity is kept.
RARITY: Final = 20.0
_FORMAT = 2
_GROUP = np.array([1.0, 1.0, 1.0, 1.0, 0.7])
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Scorer:
    """Rarity and weight of every bucket, the coarse table, and calibrations; all small integers."""

    rarity: NDArray[np.uint8]
    weights: NDArray[np.int8]
    coarse: NDArray[np.int8]
    scale: Floats
    offset: Floats
    curves: tuple[Calibration, ...]
    made_from: dict[str, object]

    @cached_property
    def _weights(self) -> Floats:
        return self.weights.astype(np.float64)

    @cached_property
    def _coarse(self) -> Floats:
        return self.coarse.astype(np.float64)

    def raw(self, features: Ints) -> Floats:
        """The uncalibrated scores: hostile, threat, incite, each mode, and last harm."""
        known, values = weighed(features, self.rarity)
        sides = values @ self._coarse[known & (COARSE_BUCKETS - 1)]
        harm = values @ self._weights[known & (BUCKETS - 1)]
        result: Floats = np.append(sides, harm) * self.scale + self.offset
        return result

    def telling(self, features: Ints) -> dict[int, float]:
        """What each feature adds to the score of harm."""
        known, values = weighed(features, self.rarity)
        adds = values * self.weights[known % BUCKETS] * self.scale[-1]
        return dict(zip(known.tolist(), adds.tolist(), strict=True))

    def save(self, path: Path) -> None:
        """Write the weights; the same weights give the same bytes."""
        head = {"format": _FORMAT, "made_from": self.made_from}
        head["curves"] = [[c.slope, c.offset, c.decisions] for c in self.curves]
        held = np.flatnonzero(self.rarity)
        np.savez_compressed(
            path,
            gaps=np.diff(held, prepend=0).astype(np.uint16),
            rarity=self.rarity[held],
            weights=self.weights[held],
            coarse=self.coarse,
            scale=self.scale,
            offset=self.offset,
            head=np.frombuffer(json.dumps(head, sort_keys=True).encode(), np.uint8),
        )


def weighed(features: Ints, rarity: NDArray[np.uint8]) -> tuple[Ints, Floats]:
    """The features that are known, and their values: each group as a vector of one length."""
    rare = rarity[features & (BUCKETS - 1)]
    held = rare > 0
    known, values = features[held], rare[held] / RARITY
    group = known >> BITS
    lengths = np.sqrt(np.bincount(group, values * values, len(GROUPS)))
    lengths[lengths == 0] = 1
    result: Floats = values * (_GROUP / lengths)[group]
    return known, result


def load(path: Path | None = None) -> Scorer:
    """The scorer of ``path``, the shipped one where None. Raises ``UserError`` where it is none."""
    path = path or WEIGHTS
    try:
        with np.load(path, allow_pickle=False) as file:
            head = json.loads(file["head"].tobytes())
            parts = {name: file[name] for name in file.files}
    except (OSError, ValueError, KeyError, BadZipFile, EOFError) as err:
        hint = "Make it anew with rukun talk train."
        raise UserError("weights-file", f"is no weights file ({err}).", hint, str(path)) from err
    if head["format"] != _FORMAT or parts["coarse"].shape != (COARSE_BUCKETS, len(COARSE)):
        hint = "It is of another version; make it anew with rukun talk train."
        raise UserError("weights-version", "does not fit this version.", hint, str(path))
    held = np.cumsum(parts["gaps"], dtype=np.int64)
    rarity, weights = np.zeros(BUCKETS, np.uint8), np.zeros(BUCKETS, np.int8)
    rarity[held], weights[held] = parts["rarity"], parts["weights"]
    curves = tuple(Calibration(a, b, int(n)) for a, b, n in head["curves"])
    return Scorer(
        rarity, weights, parts["coarse"], parts["scale"], parts["offset"], curves, head["made_from"]
    )


@cache
def shipped() -> Scorer:
    """The shipped weights, read once."""
    return load()
