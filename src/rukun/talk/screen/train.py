"""Makes the scorer's weights from the generator's sentences and, if wanted, a user's own files."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any, Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from rukun.errors import UserError
from rukun.talk.screen import frames as grammar
from rukun.talk.screen import lexicon as lists
from rukun.talk.screen.calibrate import Calibration, platt
from rukun.talk.screen.cues import places
from rukun.talk.screen.features import BUCKETS, frame_features, text_features
from rukun.talk.screen.frames import LABELS
from rukun.talk.screen.generator import generate
from rukun.talk.screen.scorer import SCORED, Scorer
from rukun.talk.screen.text import Reader

SEED: Final = 20241127
FOLDS: Final = 5
#: Share of the training rows in which the frames are hidden, so that the words learn as well.
HIDDEN: Final = 0.5
_STRENGTH = 4.0


@dataclass(frozen=True)
class Example:
    """A text with its label, and the fold it is left out with."""

    text: str
    label: str
    fold: int


def examples(seed: int = SEED, extra: Sequence[Path] = ()) -> list[Example]:
    """The generator's sentences, whole patterns to a fold, and the rows of the user's files."""
    made = generate(seed)
    patterns = {key: i for i, key in enumerate(sorted({(s.kind, s.group) for s in made}))}
    found = [Example(s.text, s.label, patterns[s.kind, s.group] % FOLDS) for s in made]
    for path in extra:
        found += [Example(t, y, i % FOLDS) for i, (t, y) in enumerate(_rows(path))]
    return found


def _rows(path: Path) -> list[tuple[str, str]]:
    """Columns ``text`` and ``label`` of a CSV or Parquet file."""
    try:
        table = pl.read_parquet(path) if path.suffix == ".parquet" else pl.read_csv(path)
    except (OSError, pl.exceptions.PolarsError) as err:
        raise UserError("train-file", f"cannot be read ({err}).", "", str(path)) from err
    if not {"text", "label"} <= set(table.columns):
        hint = "Give a CSV or Parquet file with these two columns."
        raise UserError("train-columns", "has no columns text and label.", hint, str(path))
    strange = set(table.get_column("label").cast(pl.String)) - set(LABELS)
    if strange:
        names = ", ".join(sorted(map(str, strange)))
        raise UserError("train-label", f"labels {names}.", f"Use {', '.join(LABELS)}.", str(path))
    return list(table.select("text", "label").cast(pl.String).drop_nulls().iter_rows())


def train(
    seed: int = SEED,
    extra: Sequence[Path] = (),
    progress: Callable[[str], None] = lambda _: None,
) -> Scorer:
    """The scorer learned from ``examples``; calibrated on patterns left out of the learning.

    Needs scikit-learn (``rukun[train]``). The same seed and files give the same weights.
    """
    rows = examples(seed, extra)
    progress("features")
    matrix, bare = _matrices([e.text for e in rows])
    truths = _truths(rows)
    folds = np.array([e.fold for e in rows])
    progress("calibration")
    curves = [_curve(matrix, bare, truths[:, k], folds, seed) for k in range(len(SCORED))]
    progress("weights")
    columns = [_fit(matrix, bare, truths[:, k], seed) for k in range(len(SCORED))]
    weights = np.column_stack([c for c, _ in columns])
    scale = np.abs(weights).max(axis=0) / 127
    counts = {label: int(sum(e.label == label for e in rows)) for label in LABELS}
    return Scorer(
        np.rint(weights / scale).astype(np.int8),
        scale,
        np.array([b for _, b in columns]),
        tuple(curves),
        {"seed": seed, "sentences": len(rows), "labels": counts, "files": len(extra)},
    )


def _truths(rows: Sequence[Example]) -> NDArray[np.bool_]:
    labels = np.array([e.label for e in rows])
    harm = np.isin(labels, ("threat", "incite"))
    return np.column_stack([*(labels == name for name in SCORED[:-1]), harm])


def _matrices(texts: Sequence[str]) -> tuple[Any, Any]:
    """Rows of features with the frames and without; the last reading stands for the text."""
    reader, frames = Reader(lists.shipped()), grammar.shipped()
    words, held = [], []
    for text in texts:
        reading = reader.readings(text)[-1]
        found = [frames.judge(p.cues) for p in places(reading.words)]
        words.append(text_features(reading.words))
        held.append(frame_features([f.name for f in found if f is not None]))
    none = [np.empty(0, np.int64)] * len(texts)
    return _sparse(words, held), _sparse(words, none)


def _sparse(words: Sequence[NDArray[np.int64]], held: Sequence[NDArray[np.int64]]) -> Any:
    starts = np.cumsum([0, *(len(a) + len(b) for a, b in zip(words, held, strict=True))])
    pairs = list(zip(words, held, strict=True))
    columns = np.concatenate([np.concatenate(p) for p in pairs])
    values = [np.r_[np.full(len(a), max(1, len(a)) ** -0.5), np.ones(len(b))] for a, b in pairs]
    shape = (len(pairs), BUCKETS)
    return _sparse_module().csr_matrix((np.concatenate(values), columns, starts), shape=shape)


def _sparse_module() -> Any:
    return _needed("scipy.sparse")


def _needed(module: str) -> Any:
    """A part of the training extra, with a word on how to get it."""
    try:
        return import_module(module)
    except ImportError as err:
        hint = "Install it with: pip install 'rukun[train]'"
        raise UserError("train-extra", "training needs scikit-learn.", hint) from err


def _fit(
    matrix: Any, bare: Any, truth: NDArray[np.bool_], seed: int
) -> tuple[NDArray[np.float64], float]:
    """Logistic regression on the rows, a share of them once more with the frames hidden."""
    again = np.random.default_rng(seed).random(len(truth)) < HIDDEN
    model = _needed("sklearn.linear_model").LogisticRegression(
        solver="liblinear", C=_STRENGTH, random_state=seed
    )
    model.fit(_sparse_module().vstack([matrix, bare[again]]), np.r_[truth, truth[again]])
    return model.coef_[0].astype(np.float64), float(model.intercept_[0])


def _curve(
    matrix: Any, bare: Any, truth: NDArray[np.bool_], folds: NDArray[np.int64], seed: int
) -> Calibration:
    """The calibration from scores of sentences whose pattern was left out of the learning."""
    scores = np.zeros(len(truth))
    for fold in range(FOLDS):
        out = folds == fold
        weights, offset = _fit(matrix[~out], bare[~out], truth[~out], seed)
        scores[out] = matrix[out] @ weights + offset
    return platt(scores.tolist(), truth.tolist())
