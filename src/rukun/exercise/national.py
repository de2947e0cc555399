"""An election of national size, for measurement: every figure of every station, some wrong.

Nothing in it is real but the proportions: stations per village, villages per kecamatan and so on
are those of 2024, the rate of wrong forms that of the election body's first publication of 2019
(5.83 % break one of the first identities).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np
import polars as pl

from rukun.contests import Choice, Contest
from rukun.count.forms import C_HASIL, figure_columns
from rukun.exercise import clock
from rukun.exercise.draws import Floats, Ints, bell, generator, part, rare
from rukun.exercise.misread import SHARES, SHEET
from rukun.exercise.plant import Cell, cells, one_cell, other_sheet, stated
from rukun.exercise.sheets import Count, by_sex, people, sheet
from rukun.frame import Frame
from rukun.places import check_places

#: Kinds of place under the country: how many of the level below one holds, digits of its number,
#: and the first number (villages are 2001, 2002, …; provinces begin at 11).
LEVELS: Final = (
    ("province", 13.7, 2, 11),
    ("regency", 14.1, 2, 1),
    ("kecamatan", 11.6, 2, 1),
    ("village", 5.2, 4, 2001),
    ("tps", 1.0, 3, 1),
)
COUNTRY: Final = "0"
#: Share of the forms of a source that hold an error, and of the witness forms that never arrive.
WRONG, ABSENT = 0.058, 0.02
#: Where the errors are: votes and valid votes; invalid votes and all cast; the other figures.
WHERE: Final = (0.34, 0.20, 0.46)


def national_frame(stations: int, seed: int) -> Frame:
    """Places and one contest of two choices for so many stations, under one country."""
    rng = generator(seed)
    levels = [_top()]
    counts = _counts(stations)
    for (kind, _, digits, first), count in zip(LEVELS, counts, strict=True):
        levels.append(_level(kind, count, levels[-1].get_column("code"), digits, first))
    lists = np.clip(np.rint(480 + 60 * bell(rng, stations)), 60, 600).astype(np.int64)
    levels[-1] = levels[-1].with_columns(registered=pl.Series(lists))
    places = check_places(pl.concat(levels, how="diagonal"), "exercise places")
    return Frame(places, {"exercise": _contest()})


def national_forms(frame: Frame, sources: int, seed: int) -> Iterator[tuple[str, pl.DataFrame]]:
    """``(source, forms)`` of the election body and ``sources − 1`` witnesses, one by one.

    One row per station with every figure stated, errors planted at ``WRONG`` of the forms.
    """
    rng = generator(seed + 1)
    contest = frame.contest("exercise")
    truth = _truth(rng, frame, contest)
    counted = clock.counted(rng, truth.height)
    for source in ["official", *(f"witness:{n}" for n in range(1, sources))]:
        minutes = clock.entered(rng, counted, source)
        rows = stated(truth, cells(_errors(rng, truth))).with_columns(
            clock.moments(minutes, contest.date, 7),
            contest=pl.lit(contest.code),
            source=pl.lit(source),
            kind=pl.lit(C_HASIL),
            version=pl.lit(1, pl.Int64),
            basis=pl.lit("exercise"),
            cited=pl.lit(f"exercise data, seed {seed}"),
        )
        arrived = rng.random(truth.height) >= (0 if source == "official" else ABSENT)
        identity = ["contest", "place", "source", "kind", "version", "entered_at"]
        yield (
            source,
            rows.filter(pl.Series(arrived)).select(
                *identity, *figure_columns(rows), "basis", "cited"
            ),
        )


def _top() -> pl.DataFrame:
    return pl.DataFrame(
        {"code": [COUNTRY], "name": ["Exercise"], "kind": ["country"], "zone": ["WIB"]}
    ).with_columns(basis=pl.lit("exercise"))


def _counts(stations: int) -> list[int]:
    """How many places there are of each level, from the provinces down to the stations."""
    counts = [stations]
    for _, held, _, _ in LEVELS[-2::-1]:
        counts.insert(0, max(1, round(counts[0] / held)))
    return counts


def _level(kind: str, count: int, above: pl.Series, digits: int, first: int) -> pl.DataFrame:
    """``count`` places spread evenly under those above, numbered within each."""
    at = np.arange(count) * len(above) // count
    number = np.arange(count) - np.searchsorted(at, at) + first
    parent = above[at]
    stem = pl.lit("") if kind == "province" else pl.col("parent")
    return pl.DataFrame({"parent": parent, "number": number}).select(
        (stem + pl.col("number").cast(pl.String).str.zfill(digits)).alias("code"),
        pl.format("{} {}", pl.lit(kind.capitalize()), "number").alias("name"),
        pl.lit(kind).alias("kind"),
        "parent",
        pl.lit("exercise").alias("basis"),
    )


def _contest() -> Contest:
    return Contest(
        code="exercise",
        name_en="Exercise",
        name_id="Latihan",
        place=COUNTRY,
        date=dt.date(2024, 11, 27),
        choices=(Choice(1, "Choice 1", "Choice 1"), Choice(2, "Choice 2", "Choice 2")),
        cited="exercise data",
    )


def _truth(rng: np.random.Generator, frame: Frame, contest: Contest) -> pl.DataFrame:
    """Every figure of every station, drawn around a turnout and a share of its village."""
    stations = frame.stations.select("place", "registered", "village")
    tetap = stations.get_column("registered").to_numpy()
    village = (stations.get_column("village").rle_id()).to_numpy()
    n, villages = tetap.size, int(village.max()) + 1
    tambahan, pindahan = rare(rng, n, 0.7), rare(rng, n, 0.4)
    turnout: Floats = np.clip(0.71 + 0.05 * bell(rng, villages), 0.4, 0.9)[village]
    share: Floats = np.clip(0.47 + 0.12 * bell(rng, villages), 0.05, 0.95)[village]
    came = part(rng, tetap, turnout)
    voters = came + tambahan + pindahan
    invalid = part(rng, voters, 0.02)
    first = part(rng, voters - invalid, share)
    votes = np.stack([first, voters - invalid - first])
    count = Count(by_sex(rng, pindahan), rare(rng, n, 0.4), invalid, votes)
    figures = sheet(people(rng, tetap, tambahan, came), count, contest.reserve_permille)
    return stations.select("place").hstack(figures)


def _errors(rng: np.random.Generator, truth: pl.DataFrame) -> list[Cell]:
    rows: Ints = np.flatnonzero(rng.random(truth.height) < WRONG)
    names, fields = list(SHARES), figure_columns(truth)
    kinds = [names[k] for k in _drawn(rng, list(SHARES.values()), rows.size)]
    found: list[Cell] = []
    for row, kind, field in zip(rows.tolist(), kinds, _fields(rng, fields, rows.size), strict=True):
        if kind == SHEET:
            found += other_sheet(truth, row, row - 1 if row else 1, fields)
        else:
            found.append(one_cell(rng, truth, row, field, kind))
    return found


def _fields(rng: np.random.Generator, fields: list[str], n: int) -> list[str]:
    """The figures that are wrong, in the proportions of ``WHERE``."""
    votes = [f for f in fields if f.startswith("votes_")] + ["valid"]
    result = ["invalid", "cast"]
    groups = (votes, result, [f for f in fields if f not in {*votes, *result}])
    at = rng.random(n)
    return [
        groups[g][int(x * len(groups[g]))] for g, x in zip(_drawn(rng, WHERE, n), at, strict=True)
    ]


def _drawn(rng: np.random.Generator, shares: Sequence[float], n: int) -> list[int]:
    """``n`` positions drawn with these shares."""
    at: list[int] = np.searchsorted(np.cumsum(shares)[:-1], rng.random(n), side="right").tolist()
    return at
