"""The same form again: what is new, what is known, what stands, and what a feed did in time.

Totals may fall after a correction, so nothing is overwritten: every statement is a version. A
version that shows a fault of the feed is *held*: the last good one stays in force until a person
accepts it.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

import polars as pl

from rukun.count.feed import HOLDING, feed_faults
from rukun.count.forms import KEY, figure_columns
from rukun.count.readers.problems import problem
from rukun.errors import Problem

__all__ = ["Merge", "content_hash", "feed_faults", "hold_faulty", "in_force", "merge"]


@dataclass(frozen=True)
class Merge:
    """What incoming forms add: ``new`` versions, ``unchanged`` rows, and rows kept out."""

    new: pl.DataFrame
    unchanged: pl.DataFrame
    problems: list[Problem]


def content_hash(forms: pl.DataFrame) -> pl.Series:
    """SHA-256 of the figures of each row; the same for any order of columns.

    Only stated figures enter, so a column that is null everywhere changes nothing.
    """
    if forms.is_empty():
        return pl.Series("content", [], dtype=pl.String)
    stated = [
        pl.when(pl.col(c).is_not_null()).then(pl.format(c + "={};", pl.col(c)))
        for c in sorted(figure_columns(forms))
    ]
    text = forms.select(pl.concat_str(stated, ignore_nulls=True)).to_series()
    digests = [hashlib.sha256(t.encode()).hexdigest() for t in text]
    return pl.Series("content", digests, dtype=pl.String)


def in_force(forms: pl.DataFrame) -> pl.DataFrame:
    """One row per form: its highest version that is not held (Boolean column ``held``, if any)."""
    if "held" in forms.columns:
        forms = forms.filter(~pl.col("held").fill_null(value=False))
    if forms.is_empty() or forms.get_column("version").max() == 1:
        return forms
    return forms.filter(pl.col("version") == pl.col("version").max().over(KEY))


def hold_faulty(forms: pl.DataFrame, faults: pl.DataFrame) -> pl.DataFrame:
    """``forms`` with ``held`` true also for the feed versions that a fault keeps out of force."""
    key = ["contest", "place", "kind", "version"]
    bad = faults.filter(pl.col("code").is_in(HOLDING)).select(*key).unique()
    bad = bad.with_columns(source=pl.lit("feed"), _bad=pl.lit(value=True))
    held = pl.col("held").fill_null(value=False) if "held" in forms.columns else pl.lit(value=False)
    marked = forms.join(bad, on=[*key, "source"], how="left", maintain_order="left")
    return marked.with_columns(held=held | pl.col("_bad").fill_null(value=False)).drop("_bad")


def merge(stored: pl.DataFrame, incoming: pl.DataFrame, name: str = "") -> Merge:
    """Compare incoming forms with all stored versions; several of one form go by ``entered_at``.

    The figures of the newest version again: unchanged. Figures of a version that was replaced, or
    a statement entered before the newest one: a problem, and kept out, unless ``entered_at`` says
    that it is later. Anything else is the next version. ``name`` is the file in problems.
    """
    numbered = incoming.with_row_index("_at")
    known = stored.join(incoming.select(KEY).unique(), on=KEY, how="semi")
    again = numbered.join(known.select(KEY).unique(), on=KEY, how="semi").get_column("_at")
    several = numbered.select(pl.struct(KEY).is_duplicated()).to_series()
    open_ = several | numbered.get_column("_at").is_in(again.implode())
    first = numbered.filter(~open_).with_columns(version=pl.lit(1, dtype=pl.Int64))
    judged = _in_turn(numbered.filter(open_), _history(known))
    verdict = pl.col("_verdict")
    new = pl.concat([first, judged.filter(verdict == "new").select(first.columns)]).sort("_at")
    same = judged.filter(verdict == "same")
    columns = incoming.columns
    return Merge(new.select(columns), same.select(columns), _problems(judged, name))


def _in_turn(rows: pl.DataFrame, history: pl.DataFrame) -> pl.DataFrame:
    """Every row judged, the statements of one form one after the other."""
    asked = rows.sort("entered_at", "version", "_at", nulls_last=True).with_columns(
        _turn=pl.int_range(pl.len()).over(KEY)
    )
    asked = asked.with_columns(content_hash(asked).alias("_content"))
    parts = [_judged(asked.clear(), history)]
    for _, turn in sorted(asked.partition_by("_turn", as_dict=True).items()):
        parts.append(_judged(turn, history))
        fresh = parts[-1].filter(pl.col("_verdict") == "new")
        history = pl.concat([history, fresh.select(history.columns)])
    return pl.concat(parts)


def _history(forms: pl.DataFrame) -> pl.DataFrame:
    """Key, version, time and content of every version."""
    content = content_hash(forms).alias("_content")
    return forms.select(*KEY, "version", "entered_at").with_columns(content)


def _judged(turn: pl.DataFrame, history: pl.DataFrame) -> pl.DataFrame:
    """Each row (one per form) with its ``_verdict`` and, where new, its version."""
    newest = history.group_by(KEY).agg(
        _current=pl.col("version").max(),
        _content_now=pl.col("_content").sort_by("version").last(),
        _latest=pl.col("entered_at").max(),
    )
    before = history.group_by(*KEY, "_content").agg(_earlier=pl.col("version").max())
    rows = turn.join(newest, on=KEY, how="left", maintain_order="left").join(
        before, on=[*KEY, "_content"], how="left", maintain_order="left"
    )
    later = pl.col("entered_at").is_not_null() & (
        pl.col("_latest").is_null() | (pl.col("entered_at") > pl.col("_latest"))
    )
    verdict = (
        pl.when(pl.col("_content") == pl.col("_content_now"))
        .then(pl.lit("same"))
        .when(pl.col("_earlier").is_not_null() & ~later)
        .then(pl.lit("older"))
        .when(pl.col("entered_at") < pl.col("_latest"))
        .then(pl.lit("late"))
        .otherwise(pl.lit("new"))
    )
    current = pl.col("_current").fill_null(0)
    return rows.with_columns(
        _verdict=verdict,
        version=pl.when(verdict == "new").then(current + 1).otherwise(pl.col("version")),
    )


def _problems(judged: pl.DataFrame, name: str) -> list[Problem]:
    out = []
    kept_out = judged.filter(pl.col("_verdict").is_in(["older", "late"]))
    for r in kept_out.iter_rows(named=True):
        slots = {
            "version": r["_earlier"],
            "current": r["_current"],
            "at": _time(r["_latest"]),
            "entered": _time(r["entered_at"]),
        }
        code = "version-older" if r["_verdict"] == "older" else "version-late"
        file = name or f"{r['contest']} {r['place']} {r['source']}"
        out.append(problem(code, file, r.get("origin_row") or 0, "", r["place"], "", slots))
    return out


def _time(at: object) -> str:
    return f"{at:%Y-%m-%d %H:%M:%S} UTC" if at else "—"
