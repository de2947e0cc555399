"""The example's folder, and its exercise made once for all tests."""

from __future__ import annotations

from functools import cache

import polars as pl

from rukun.exercise import Exercise, Settings, make_regency, read_settings
from rukun.exercise.regency import true_sheets
from rukun.frame import Frame, read_frame
from tests.house import ROOT

FOLDER = ROOT / "examples" / "jembrana-2024"
REGENT, GOVERNOR = "bupati-jembrana-2024", "gubernur-bali-2024"
#: The real recapitulation, typed once more: votes by kecamatan (510101 … 510105).
VOTES = {
    REGENT: ((21292, 11461, 7376, 12835, 12381), (28770, 26207, 9975, 19447, 21720)),
    GOVERNOR: ((24154, 13347, 7842, 14100, 14025), (25620, 24231, 9463, 18104, 19984)),
}
#: Of the regency: votes, valid, invalid, who voted.
TOTALS = {
    REGENT: (65345, 106119, 171464, 3040, 174504),
    GOVERNOR: (73468, 97402, 170870, 3692, 174562),
}
KECAMATAN = ("510101", "510102", "510103", "510104", "510105")


@cache
def frame() -> Frame:
    return read_frame(FOLDER)


@cache
def settings() -> Settings:
    return read_settings(FOLDER / "exercise.toml")


@cache
def recapitulation() -> pl.DataFrame:
    return pl.read_csv(FOLDER / "recapitulation.csv", schema_overrides={"place": pl.String})


@cache
def exercise() -> Exercise:
    return make_regency(frame(), recapitulation(), settings())


@cache
def sheets() -> dict[str, pl.DataFrame]:
    return true_sheets(frame(), recapitulation(), settings())


def by_kecamatan(table: pl.DataFrame, field: str) -> tuple[int, ...]:
    """The field of a table of stations summed over each kecamatan, in order of code."""
    sums = table.group_by(pl.col("place").str.slice(0, 6)).agg(pl.col(field).sum()).sort("place")
    return tuple(sums.get_column(field))
