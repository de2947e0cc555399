"""The exercise of a regency: forms of every source with planted errors, and the truth file."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from rukun.contests import Contest
from rukun.count.forms import C_HASIL, figure_columns
from rukun.exercise import clock
from rukun.exercise.draws import Ints, generator
from rukun.exercise.feed import published
from rukun.exercise.misread import SHEET
from rukun.exercise.plan import Plan, Slot, plans, sources
from rukun.exercise.plant import MISSING, TRUTH, Cell, cells, one_cell, other_sheet, stated
from rukun.exercise.recap import recapitulated
from rukun.exercise.regency import narrow_first, true_sheets
from rukun.exercise.settings import Settings
from rukun.frame import Frame
from rukun.places import ZONES, zone_of
from rukun.tables import conform


@dataclass(frozen=True)
class Exercise:
    """``forms`` of all sources and versions, and the ``truth`` of each error (schema ``TRUTH``)."""

    forms: pl.DataFrame
    truth: pl.DataFrame


def make_regency(frame: Frame, recapitulation: pl.DataFrame, settings: Settings) -> Exercise:
    """Forms and truth of an exercise that adds up to a real recapitulation.

    ``recapitulation`` holds the official totals by kecamatan and regency. The forms of a station
    come from the election body and from one witness per choice; the ``recap`` columns of the
    meetings and the snapshots of the ``feed`` state what is true. Everything is marked ``exercise`` with the seed.
    """
    sheets = true_sheets(frame, recapitulation, settings)
    rng = generator(settings.seed + 1)
    contests = narrow_first(frame)[::-1]
    stations = next(iter(sheets.values())).height
    counted: Ints | None = None
    forms, truth = [], []
    for contest, plan in zip(contests, plans(rng, contests, stations), strict=True):
        counted = clock.counted(rng, stations, counted)
        for source in sources(contest):
            rows, wrong = _source(rng, sheets[contest.code], plan, source, counted)
            mine = {"contest": pl.lit(contest.code), "source": pl.lit(source)}
            forms.append(_timed(rows.with_columns(**mine, kind=pl.lit(C_HASIL)), frame, contest))
            truth.append(wrong.with_columns(**mine))
            if source == "official":
                entered = rows.filter(pl.col("version") == 1).get_column("minute").to_numpy()
                feed = published(sheets[contest.code], entered, frame, contest)
                forms.append(_timed(feed, frame, contest))
        recap = recapitulated(rng, sheets[contest.code], frame, contest)
        forms.append(_timed(recap, frame, contest))
    return Exercise(_noted(forms, settings.seed), _facts(truth))


def _source(
    rng: np.random.Generator, sheet: pl.DataFrame, plan: Plan, source: str, counted: Ints
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """All versions of this source's forms with ``minute``, and the truth of its errors."""
    slots = [s for s in plan.slots if s.source == source]
    wrong = cells([c for s in slots for c in _cells(rng, sheet, s)])
    first = clock.entered(rng, counted, source)
    absent = plan.absent.get(source, [])
    kept = ~np.isin(np.arange(sheet.height), absent)
    version_1 = stated(sheet, wrong).with_columns(
        minute=pl.Series(first), version=pl.lit(1, pl.Int64)
    )
    mended = np.array(sorted(s.row for s in slots if s.corrected), dtype=np.int64)
    version_2 = sheet[mended].with_columns(
        minute=pl.Series(clock.corrected(rng, first[mended], source)),
        version=pl.lit(2, pl.Int64),
    )
    rows = pl.concat([version_1.filter(pl.Series(kept)), version_2])
    return rows, _truth(sheet, wrong, mended, absent)


def _cells(rng: np.random.Generator, sheet: pl.DataFrame, slot: Slot) -> list[Cell]:
    if slot.kind != SHEET:
        return [one_cell(rng, sheet, slot.row, slot.field, slot.kind)]
    return other_sheet(sheet, slot.row, _neighbour(sheet, slot.row), figure_columns(sheet))


def _neighbour(sheet: pl.DataFrame, row: int) -> int:
    """The next station of the village, or the one before at its end (stations are in order)."""
    village = sheet.get_column("place").str.slice(0, 10)
    after = row + 1
    return after if after < sheet.height and village[after] == village[row] else row - 1


def _truth(
    sheet: pl.DataFrame, wrong: pl.DataFrame, mended: Ints, absent: list[int]
) -> pl.DataFrame:
    places = sheet.select("place").with_row_index("row").cast({"row": pl.Int64})
    again = pl.DataFrame({"row": mended}).with_columns(corrected_by=pl.lit(2, pl.Int64))
    errors = wrong.with_columns(version=pl.lit(1, pl.Int64)).join(again, on="row", how="left")
    missing = pl.DataFrame({"row": absent}, {"row": pl.Int64}).with_columns(
        kind_of_error=pl.lit(MISSING)
    )
    return (
        pl.concat([errors, missing], how="diagonal").join(places, on="row", how="left").drop("row")
    )


def _timed(rows: pl.DataFrame, frame: Frame, contest: Contest) -> pl.DataFrame:
    """``rows`` with ``entered_at`` from ``minute`` in the contest's time zone."""
    zones = dict(zone_of(frame.places).iter_rows())
    ahead = ZONES[zones[contest.place] or "WIB"]
    minutes = rows.get_column("minute").to_numpy()
    return rows.drop("minute").with_columns(clock.moments(minutes, contest.date, ahead))


def _noted(parts: list[pl.DataFrame], seed: int) -> pl.DataFrame:
    identity = ["contest", "place", "source", "kind", "version", "entered_at"]
    rows = pl.concat(parts, how="diagonal")
    return (
        rows.select(*identity, *figure_columns(rows))
        .with_columns(basis=pl.lit("exercise"), cited=pl.lit(f"exercise data, seed {seed}"))
        .sort("contest", "place", "source", "kind", "version")
    )


def _facts(parts: list[pl.DataFrame]) -> pl.DataFrame:
    facts = conform(pl.concat(parts, how="diagonal"), TRUTH, "truth")
    return facts.sort("contest", "place", "source", "field", nulls_last=True)
