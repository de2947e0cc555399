"""A small frame, a form that adds up, and the shape of a boundary case for the rule tests."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

import polars as pl

from rukun.contests import Choice, Contest
from rukun.count.forms import form_columns
from rukun.count.rules import check
from rukun.frame import Frame
from rukun.places import check_places

#: Village A has six stations, village B three; the second kecamatan has one village, C, with two.
VILLAGES = {"5101011001": 6, "5101012002": 3, "5101022001": 2}
A, B, C = VILLAGES
KEC, KEC2, REG, PROV = "510101", "510102", "5101", "51"


def tps(village: str, number: int) -> str:
    return f"{village}{number:03d}"


A1 = tps(A, 1)


def _places() -> pl.DataFrame:
    rows = [
        (PROV, "province", None),
        (REG, "regency", PROV),
        ("5102", "regency", PROV),
        (KEC, "kecamatan", REG),
        (KEC2, "kecamatan", REG),
        *((v, "village", v[:6]) for v in VILLAGES),
        *((tps(v, i), "tps", v) for v, n in VILLAGES.items() for i in range(1, n + 1)),
    ]
    table = pl.DataFrame(rows, ["code", "kind", "parent"], orient="row")
    return check_places(table.with_columns(name=pl.col("code")))


def _contest(code: str, place: str, date: dt.date, choices: int, **more: Any) -> Contest:
    listed = tuple(Choice(n, f"Pair {n}", f"{n}") for n in range(1, choices + 1))
    return Contest(code, code, code, place, date, more.pop("listed", listed), **more)


VOTE_DAY, FEBRUARY = dt.date(2024, 11, 27), dt.date(2024, 2, 14)
PAIR_AND_BOX = (Choice(1, "Pair", "Pair"), Choice(2, "Kotak kosong", "kosong", empty_box=True))
CONTESTS = {
    c.code: c
    for c in (
        _contest("gov", PROV, VOTE_DAY, 2),
        _contest("reg", REG, VOTE_DAY, 2),
        _contest("box", REG, dt.date(2025, 8, 27), 2, listed=PAIR_AND_BOX),
        _contest("pres", PROV, FEBRUARY, 3, reserve_permille=20, voters_per_tps=300),
    )
}
FRAME = Frame(_places(), CONTESTS)

#: A form of 501 listed voters on which every rule holds. ⌈2.5 % of 501⌉ = ⌈12.525⌉ = 13.
GOOD: dict[str, int] = {
    "registered_tetap_l": 250, "registered_tetap_p": 251, "registered_tetap_j": 501,
    "registered_pindahan_l": 2, "registered_pindahan_p": 1, "registered_pindahan_j": 3,
    "registered_tambahan_l": 1, "registered_tambahan_p": 3, "registered_tambahan_j": 4,
    "registered_l": 253, "registered_p": 255, "registered_j": 508,
    "voters_tetap_l": 180, "voters_tetap_p": 190, "voters_tetap_j": 370,
    "voters_pindahan_l": 2, "voters_pindahan_p": 1, "voters_pindahan_j": 3,
    "voters_tambahan_l": 1, "voters_tambahan_p": 3, "voters_tambahan_j": 4,
    "voters_l": 183, "voters_p": 194, "voters_j": 377,
    "ballots_received": 514, "ballots_used": 377, "ballots_returned": 2, "ballots_unused": 135,
    "disabled_registered_l": 3, "disabled_registered_p": 4, "disabled_registered_j": 7,
    "disabled_voters_l": 2, "disabled_voters_p": 2, "disabled_voters_j": 4,
    "votes_1": 200, "votes_2": 170, "valid": 370, "invalid": 7, "cast": 377,
}  # fmt: skip


def row(place: str = A1, contest: str = "reg", **changes: Any) -> dict[str, Any]:
    """One form; figures not given are not stated. ``source``, ``kind`` may be given too."""
    at_station = len(place) == 13
    head = {"source": "official", "kind": "c_hasil" if at_station else "d_hasil", "version": 1}
    return head | {"contest": contest, "place": place} | changes


def good(place: str = A1, contest: str = "reg", **changes: Any) -> dict[str, Any]:
    """The form that adds up, with changes."""
    return row(place, contest, **(GOOD | changes))


def table(*rows: dict[str, Any]) -> pl.DataFrame:
    """A forms table of these rows; figures that are not given are null."""
    columns = form_columns(3)
    names = [c.name for c in columns]
    return pl.DataFrame(
        [{n: r.get(n) for n in names} for r in rows], {c.name: c.dtype for c in columns}
    )


@dataclass(frozen=True)
class Case:
    """What one rule says of some forms: ``(field, expected, found, votes at stake)`` each."""

    code: str
    name: str
    rows: list[dict[str, Any]]
    findings: list[tuple[str, int | None, int | None, int | None]] = field(default_factory=list)

    @property
    def id(self) -> str:
        return f"{self.code}-{self.name}"


def told(case: Case) -> list[tuple[Any, ...]]:
    """The findings of the case's rule on the case's forms."""
    found = check(table(*case.rows), FRAME).filter(pl.col("code") == case.code)
    return sorted(found.select("field", "expected", "found", "votes_at_stake").iter_rows(), key=str)
