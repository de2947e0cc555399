"""The fields of a form, the same in tables, files, code and docs.

A form is the figures of one contest at one place *as one source states them*. Field names
follow the sections of C.HASIL-KWK; ``tetap``, ``pindahan`` and ``tambahan`` are the three voter
lists of Perbawaslu 15/2024 Art. 22. Null is *not stated*, never 0.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, Literal

import polars as pl

from rukun.tables import UTC_TIME, Column

Unit = Literal["persons", "ballots", "votes", "stations"]

C_HASIL: Final = "c_hasil"
C_RECOUNT: Final = "c_hasil_recount"
C_REVOTE: Final = "c_hasil_psu"
D_HASIL: Final = "d_hasil"

#: Kinds of form. Among the station's own forms a later kind replaces an earlier one as a whole:
#: a recount replaces the count, a repeated vote (PSU) replaces both.
KINDS: Final[dict[str, int]] = {C_HASIL: 0, C_RECOUNT: 1, C_REVOTE: 2, D_HASIL: 0}
STATION_KINDS: Final = (C_HASIL, C_RECOUNT, C_REVOTE)

#: ``official``: the election body's form. ``recap``: the column that the recapitulation form of
#: the level above prints for this place. ``feed``: the election body's quick publication.
SOURCE_PATTERN: Final = re.compile(r"^(official|supervisor|observer|recap|feed|witness:[1-9]\d?)$")


@dataclass(frozen=True, slots=True)
class Field:
    """One number on a form: name, section and row on the paper, unit, labels."""

    name: str
    section: str
    unit: Unit
    en: str
    id: str


_SEX: Final = {"l": ("men", "laki-laki"), "p": ("women", "perempuan"), "j": ("all", "jumlah")}
_LISTS: Final = {
    "tetap_": ("on the voter list", "dalam DPT", "1"),
    "pindahan_": ("moved voters", "pemilih pindahan", "2"),
    "tambahan_": ("added voters (identity card)", "pemilih tambahan (KTP-el)", "3"),
    "": ("all voters", "seluruh pemilih", "4"),
}
_PEOPLE: Final = {
    "registered": ("I.A", "registered", "data pemilih"),
    "voters": ("I.B", "who voted", "pengguna hak pilih"),
}


def _people_fields() -> list[Field]:
    return [
        Field(
            f"{what}_{kind}{sex}",
            f"{part}.{row}",
            "persons",
            f"{en}, {what_en}: {sex_en}",
            f"{what_id}, {id_}: {sex_id}",
        )
        for what, (part, what_en, what_id) in _PEOPLE.items()
        for kind, (en, id_, row) in _LISTS.items()
        for sex, (sex_en, sex_id) in _SEX.items()
    ]


def _disabled_fields() -> list[Field]:
    return [
        Field(
            f"disabled_{what}_{sex}",
            "III",
            "persons",
            f"voters with a disability, {en}: {sex_en}",
            f"pemilih disabilitas, {id_}: {sex_id}",
        )
        for what, en, id_ in (
            ("registered", "registered", "terdaftar"),
            ("voters", "who voted", "menggunakan hak pilih"),
        )
        for sex, (sex_en, sex_id) in _SEX.items()
    ]


_BALLOTS: Final = [
    Field(
        "ballots_received",
        "II",
        "ballots",
        "ballots received, with the reserve",
        "surat suara diterima, termasuk cadangan",
    ),
    Field("ballots_used", "II", "ballots", "ballots used", "surat suara digunakan"),
    Field(
        "ballots_returned",
        "II",
        "ballots",
        "ballots returned (damaged or mis-marked)",
        "surat suara dikembalikan (rusak/keliru coblos)",
    ),
    Field(
        "ballots_unused",
        "II",
        "ballots",
        "ballots not used, with the rest of the reserve",
        "surat suara tidak digunakan, termasuk sisa cadangan",
    ),
]
_RESULT: Final = [
    Field("valid", "V.A", "votes", "valid votes", "suara sah"),
    Field("invalid", "V.B", "votes", "invalid votes", "suara tidak sah"),
    Field("cast", "V.C", "votes", "valid and invalid votes", "suara sah dan tidak sah"),
]
_STATIONS: Final = [
    Field("tps_in", "–", "stations", "stations counted in", "TPS yang sudah masuk"),
    Field("tps_total", "–", "stations", "stations in all", "jumlah seluruh TPS"),
]

#: Every field but the votes, in the order of the paper.
FIELDS: Final[tuple[Field, ...]] = (
    *_people_fields(),
    *_BALLOTS,
    *_disabled_fields(),
    *_RESULT,
    *_STATIONS,
)
FIELD_NAMES: Final[tuple[str, ...]] = tuple(f.name for f in FIELDS)
#: Fields that add up the chain (the two station counters are checked by A3 and C5 instead).
ADDITIVE: Final[tuple[str, ...]] = tuple(f.name for f in FIELDS if f.unit != "stations")
_VOTE: Final = re.compile(r"^votes_([1-9]\d?)$")

IDENTITY: Final[tuple[Column, ...]] = (
    Column("contest", pl.String, "code", False, "Contest code, as in contests.toml."),
    Column(
        "place", pl.String, "code", False, "Official code of the place, as text with its zeros."
    ),
    Column("source", pl.String, "code", False, "Who states it: official, witness:1, recap, feed …"),
    Column("kind", pl.String, "code", False, "c_hasil, c_hasil_recount, c_hasil_psu or d_hasil."),
    Column("version", pl.Int64, "count", False, "1 for the first statement, then upward."),
    Column("entered_at", UTC_TIME, "UTC", True, "When the source stated it."),
)
PROVENANCE: Final[tuple[Column, ...]] = (
    Column("evidence", pl.List(pl.String), "sha256", True, "Hashes of photos or papers."),
    Column("origin", pl.String, "sha256", True, "Hash of the file the row came from."),
    Column("origin_row", pl.Int64, "row", True, "Row in that file, as a person counts it."),
    Column(
        "basis", pl.String, "word", True, "'exercise' where the figures are made up, else empty."
    ),
    Column("cited", pl.String, "text", True, "Where the figures come from, in words."),
)
#: What makes two rows statements of the same form.
KEY: Final = ("contest", "place", "source", "kind")


def vote_field(number: int) -> Field:
    """The field of the choice with this ballot number."""
    return Field(
        f"votes_{number}", "IV", "votes", f"votes for choice {number}", f"suara pilihan {number}"
    )


def field(name: str) -> Field:
    """The field with this name, votes included; ``KeyError`` where there is none."""
    if match := _VOTE.match(name):
        return vote_field(int(match.group(1)))
    return _BY_NAME[name]


_BY_NAME: Final = {f.name: f for f in FIELDS}


def vote_columns(table: pl.DataFrame) -> list[str]:
    """The ``votes_n`` columns of a table, in the order of the ballot."""
    return sorted((c for c in table.columns if _VOTE.match(c)), key=lambda c: int(c[6:]))


def form_columns(choices: int) -> tuple[Column, ...]:
    """The declared schema of a ``forms`` table whose widest contest has ``choices`` choices."""
    votes = [vote_field(n) for n in range(1, choices + 1)]
    figures = [Column(f.name, pl.Int64, f.unit, True, f.en) for f in (*FIELDS, *votes)]
    return (*IDENTITY, *figures, *PROVENANCE)


def figure_columns(table: pl.DataFrame) -> list[str]:
    """The columns of a forms table that hold figures, in the order of the paper."""
    names = [n for n in FIELD_NAMES if n in table.columns]
    at = names.index("valid") if "valid" in names else len(names)
    return [*names[:at], *vote_columns(table), *names[at:]]
