"""The screen over a whole table of posts: each distinct text is read once, on any engine."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from functools import cache, partial
from pathlib import Path
from typing import Final

import ibis
import polars as pl
import pyarrow as pa

from rukun.engine import Engine
from rukun.tables import Column
from rukun.talk.screen import Calibration, Screen, Verdict
from rukun.talk.screen import frames as grammar
from rukun.talk.screen import lexicon as lists
from rukun.talk.screen import scorer as scoring

SCORED: Final[tuple[Column, ...]] = (
    Column("post_id", pl.String, "code", False, "The post."),
    Column("label", pl.String, "word", False, "none, hostile, threat or incite."),
    Column("mode", pl.String, "word", False, "call, condition, assert, quote, negate, …"),
    Column("act", pl.String, "text", True, "Word of the act, where a frame holds."),
    Column("target", pl.String, "text", True, "Words of the target, where a frame holds."),
    Column("score", pl.Float64, "chance", False, "Calibrated chance of threat or incitement."),
    Column("raw_score", pl.Float64, "score", False, "The scorer's sum, for calibration."),
    Column("flagged", pl.Boolean, "yes/no", False, "Whether it may need a person's decision."),
    Column("claim", pl.Boolean, "yes/no", False, "Speaks of the count."),
    Column("help", pl.Boolean, "yes/no", False, "Speaks of harming oneself: help, not blame."),
    Column("reasons", pl.String, "JSON", False, "Spans with frame, label, mode and cues."),
)
_BY_TEXT: Final = pa.schema(
    [
        ("text", pa.string()),
        *((n, pa.string()) for n in ("label", "mode", "act", "target")),
        *((n, pa.float64()) for n in ("score", "raw_score")),
        *((n, pa.bool_()) for n in ("flagged", "claim", "help")),
        ("reasons", pa.string()),
    ]
)


@dataclass(frozen=True, slots=True)
class Recipe:
    """Which screen: the shipped one, with a desk's own word lists (files beside the shipped ones)
    and its own calibration. Small and hashable, so that other processes can make it again."""

    lists: tuple[str, ...] = ()
    calibration: Calibration | None = None

    def screen(self) -> Screen:
        """The screen of this recipe, made once a process."""
        return _made(self)


@cache
def _made(recipe: Recipe) -> Screen:
    packs = [lists.DATA / f"{name}.toml" for name in lists.LANGUAGES]
    own = [Path(p) for p in recipe.lists]
    lexicon = lists.load([*packs, *own]) if own else lists.shipped()
    return Screen(lexicon, grammar.shipped(), scoring.shipped(), recipe.calibration)


def scored(posts: ibis.Table, engine: Engine, recipe: Recipe | None = None) -> ibis.Table:
    """The verdict on each post (SCORED); ``posts`` needs post_id and text.

    A text that many posts carry is read once.
    """
    texts = posts.select("text").distinct()
    read = engine.map_batches(texts, partial(_verdicts, recipe or Recipe()), _BY_TEXT)
    joined = posts.select("post_id", "text").join(read, "text")
    return joined.select(*(c.name for c in SCORED))


def _verdicts(recipe: Recipe, batch: pa.RecordBatch) -> pa.RecordBatch:
    screen = recipe.screen()
    texts = batch.column("text").to_pylist()
    rows = [_row(text, screen(text)) for text in texts]
    return pa.RecordBatch.from_pylist(rows, schema=_BY_TEXT)


def _row(text: str, verdict: Verdict) -> dict[str, object]:
    return {
        "text": text,
        "label": verdict.label,
        "mode": verdict.mode,
        "act": verdict.act,
        "target": verdict.target,
        "score": verdict.score,
        "raw_score": verdict.raw,
        "flagged": verdict.flagged,
        "claim": verdict.claim,
        "help": verdict.help,
        "reasons": json.dumps([asdict(r) for r in verdict.reasons], ensure_ascii=False),
    }
