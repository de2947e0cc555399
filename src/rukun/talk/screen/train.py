"""Makes the scorer's weights: from the posts of several authors, the generator's sentences and, if
wanted, a user's own files.

Words and lists of one author do not carry over to the next. So the threshold and the calibration
come from posts whose author was left out of the learning, author by author.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
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
from rukun.talk.screen.features import BUCKETS, Ints, grouped
from rukun.talk.screen.frames import LABELS, MODES
from rukun.talk.screen.generator import generate
from rukun.talk.screen.generator.authored import PAIRED, Authored, authored
from rukun.talk.screen.judge import Screen
from rukun.talk.screen.leaning import leaning
from rukun.talk.screen.scorer import COARSE_BUCKETS, RARITY, SCORED, Floats, Scorer, weighed
from rukun.talk.screen.text import Reader, Word

SEED: Final = 20241127
FOLDS: Final = 5
#: Share of everyday posts that may stand above the threshold.
ORDINARY: Final = 0.004
#: Share of protected posts by an author left out that may stand above the threshold.
SPARED: Final = 0.01
#: Sentences of one kind that the generator gives, and what one counts beside an authored post.
MADE: Final = 40
_OF_MADE = 0.3
#: What a protected post counts: taking criticism for a threat is the worse mistake.
_OF_PROTECTED = 3.0
#: A feature counts from this many texts on.
_OFTEN = 2
#: Inverse strength of the regularisation, for harm and for the coarse table.
_STRENGTH = 30.0
_COARSE_STRENGTH = 4.0


@dataclass(frozen=True)
class Example:
    """A text with what it is, whose it is (a pattern's fold or an author), and what it counts."""

    text: str
    label: str
    mode: str
    fold: str
    weight: float = 1.0
    protected: bool = False


def examples(
    seed: int = SEED, extra: Sequence[Path] = (), without: Collection[str] = ()
) -> list[Example]:
    """The authored posts but those of the authors ``without``, the generator's sentences (whole
    patterns to a fold), and the rows of the user's files."""
    posts = [p for p in authored() if p.author not in without]
    found = [Example(p.text, p.label, p.mode, p.author, _weight(p), _counted(p)) for p in posts]
    made = generate(seed, MADE)
    patterns = {key: i for i, key in enumerate(sorted({(s.kind, s.group) for s in made}))}
    for s in made:
        fold = f"made-{patterns[s.kind, s.group] % FOLDS}"
        found.append(Example(s.text, s.label, s.mode, fold, _OF_MADE))
    for path in extra:
        found += [Example(t, y, "", f"own-{i % FOLDS}") for i, (t, y) in enumerate(_rows(path))]
    return found


def _weight(post: Authored) -> float:
    return _OF_PROTECTED if post.group == "protected" else 1.0


def _counted(post: Authored) -> bool:
    """Whether the threshold must spare the post."""
    return post.group == "protected" and post.author not in PAIRED


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
    without: Collection[str] = (),
) -> Scorer:
    """The scorer learned from ``examples``; threshold and curve from authors left out in turn.

    Needs scikit-learn (``rukun[train]``). The same seed and files give the same weights.
    """
    rows = examples(seed, extra, without)
    progress("features")
    table = _Table(rows, seed)
    progress("calibration")
    curve = table.curve()
    progress("weights")
    weights, offset = table.harm(table.all)
    coarse = table.coarse()
    sides = np.column_stack([c for c, _ in coarse])
    scale = np.append(np.abs(sides).max(axis=0), np.abs(weights).max()) / 127
    counts = {label: int(sum(e.label == label for e in rows)) for label in LABELS}
    written = sum("-" not in e.fold for e in rows)
    made_from = {"seed": seed, "sentences": len(rows) - written, "authored": written}
    return Scorer(
        table.rarity,
        np.rint(weights / scale[-1]).astype(np.int8),
        np.rint(sides / scale[:-1]).astype(np.int8),
        scale,
        np.append([b for _, b in coarse], offset),
        (curve,),
        made_from | {"labels": counts, "files": len(extra)},
    )


def spared(scorer: Scorer, posts: Sequence[str]) -> Scorer:
    """The scorer with its threshold raised, where it has to be, so that at most ``ORDINARY`` of
    these everyday posts reach it. Nothing else is learned from them."""
    if not posts:
        return scorer
    screen = Screen(lists.shipped(), grammar.shipped(), scorer)
    reached = float(np.quantile([screen(text).raw for text in posts], 1 - ORDINARY))
    curve = scorer.curves[-1]
    threshold = max(reached, -curve.offset / curve.slope)
    moved = replace(curve, offset=-curve.slope * threshold)
    told = {**scorer.made_from, "ordinary": len(posts)}
    return replace(scorer, curves=(*scorer.curves[:-1], moved), made_from=told)


class _Table:
    """The examples as a matrix of features, and what is learned from it."""

    def __init__(self, rows: Sequence[Example], seed: int) -> None:
        self.rows, self.seed = rows, seed
        reader = Reader(lists.shipped())
        words = [reader.readings(e.text)[-1].words for e in rows]
        read = [grouped(w) for w in words]
        self.leaning = np.array([_leaning(w, f) for w, f in zip(words, read, strict=True)])
        self.rarity = _rarity(read)
        known = [weighed(features, self.rarity) for features in read]
        self.fine = _sparse([(k % BUCKETS, v) for k, v in known], BUCKETS)
        self.rough = _sparse([(k % COARSE_BUCKETS, v) for k, v in known], COARSE_BUCKETS)
        self.labels = np.array([e.label for e in rows])
        self.truth = np.isin(self.labels, ("threat", "incite"))
        self.folds = np.array([e.fold for e in rows])
        self.weights = np.array([e.weight for e in rows])
        self.all = np.ones(len(rows), bool)

    def harm(self, chosen: NDArray[np.bool_]) -> tuple[Floats, float]:
        """Weights and offset of harm, learned from the chosen rows."""
        return self._fit(self.fine, self.truth, chosen, _STRENGTH)

    def coarse(self) -> list[tuple[Floats, float]]:
        """Weights and offset of every kind of speech and every mode."""
        modes = np.array([e.mode for e in self.rows])
        told = modes != ""
        kinds = [(self.labels == name, self.all) for name in SCORED[:-1]]
        asked = [*kinds, *((modes == name, told) for name in MODES)]
        return [self._fit(self.rough, truth, rows, _COARSE_STRENGTH) for truth, rows in asked]

    def left_out(self) -> tuple[Floats, NDArray[np.bool_]]:
        """The score of every authored post by what was learned without its author."""
        scores, held = np.zeros(len(self.rows)), np.zeros(len(self.rows), bool)
        for author in sorted({e.fold for e in self.rows if "-" not in e.fold}):
            out = self.folds == author
            weights, offset = self.harm(~out)
            scores[out] = self.fine[out] @ weights + offset + self.leaning[out]
            held |= out
        return scores, held

    def curve(self) -> Calibration:
        """Platt's curve over the posts left out, moved so that one half lies at the threshold."""
        scores, held = self.left_out()
        safe = held & np.array([e.protected for e in self.rows])
        threshold = float(np.quantile(scores[safe], 1 - SPARED, method="higher"))
        found = platt(scores[held].tolist(), self.truth[held].tolist())
        return Calibration(found.slope, -found.slope * threshold, found.decisions)

    def _fit(
        self, matrix: Any, truth: NDArray[np.bool_], chosen: NDArray[np.bool_], strength: float
    ) -> tuple[Floats, float]:
        model = _needed("sklearn.linear_model").LogisticRegression(
            solver="liblinear", C=strength, random_state=self.seed
        )
        model.fit(matrix[chosen], truth[chosen], sample_weight=self.weights[chosen])
        return model.coef_[0].astype(np.float64), float(model.intercept_[0])


def _leaning(words: Sequence[Word], features: Ints) -> float:
    found = (grammar.shipped().judge(p.cues) for p in places(words))
    return leaning((f for f in found if f is not None), features)


def _rarity(read: Sequence[Ints]) -> NDArray[np.uint8]:
    """Inverse document frequency of each bucket in small steps; 0 where too few texts have it."""
    texts = np.bincount(np.concatenate([np.unique(f % BUCKETS) for f in read]), minlength=BUCKETS)
    rare = np.log((len(read) + 1) / (texts + 1)) + 1
    return np.where(texts >= _OFTEN, np.rint(rare * RARITY), 0).astype(np.uint8)


def _sparse(rows: Sequence[tuple[Ints, Floats]], width: int) -> Any:
    starts = np.cumsum([0, *(len(columns) for columns, _ in rows)])
    columns = np.concatenate([c for c, _ in rows])
    values = np.concatenate([v for _, v in rows])
    return _needed("scipy.sparse").csr_matrix((values, columns, starts), shape=(len(rows), width))


def _needed(module: str) -> Any:
    """A part of the training extra, with a word on how to get it."""
    try:
        return import_module(module)
    except ImportError as err:
        hint = "Install it with: pip install 'rukun[train]'"
        raise UserError("train-extra", "training needs scikit-learn.", hint) from err
