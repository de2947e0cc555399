"""An empty canonical table to fill in, with the stations of a contest where one is named."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Final

import xlsxwriter  # type: ignore[import-untyped]

from rukun.count.forms import C_HASIL, FIELDS, IDENTITY, PROVENANCE, vote_field
from rukun.count.readers.table import widest
from rukun.frame import Frame

_BEFORE: Final = ("contest", "place", "source", "kind", "entered_at")
_AFTER: Final = ("cited",)
_STATIONS_ONLY: Final = ("tps_in", "tps_total")
_MEANING_ID: Final = {
    "contest": "Kode pemilihan, seperti di contests.toml.",
    "place": "Kode wilayah resmi, sebagai teks dengan angka nolnya.",
    "source": "Siapa yang menyatakan: official, witness:1, witness:2, supervisor, observer, recap.",
    "kind": "c_hasil, c_hasil_recount atau c_hasil_psu di TPS; d_hasil di atasnya.",
    "entered_at": "Kapan dinyatakan: 2024-11-27 14:05, waktu setempat; boleh kosong.",
    "cited": "Asal angka, dengan kata-kata; boleh kosong.",
}


def write_template(path: Path, frame: Frame, contest: str | None = None) -> None:
    """Write an empty table: XLSX (with a page that explains each column) or CSV by its ending.

    With a contest, one row per station of it is filled in: contest, place and kind. Codes are
    text, and stay text.
    """
    choices = frame.contest(contest).numbers[-1] if contest else widest(frame)
    header = template_columns(choices)
    rows = _stations(frame, contest, header) if contest else []
    if path.suffix.lower() == ".xlsx":
        _write_xlsx(path, header, rows, choices)
        return
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows([header, *rows])


def template_columns(choices: int) -> list[str]:
    """The columns of a table to fill in for a ballot of ``choices``, in the order of the paper."""
    names = [f.name for f in FIELDS if f.name not in _STATIONS_ONLY]
    votes = [f"votes_{n}" for n in range(1, choices + 1)]
    at = names.index("valid")
    return [*_BEFORE, *names[:at], *votes, *names[at:], *_AFTER]


def _stations(frame: Frame, contest: str | None, header: list[str]) -> list[list[str]]:
    rows = frame.stations.filter(frame.stations.get_column("contest") == contest)
    blank = [""] * (len(header) - len(_BEFORE))
    return [
        [code, place, "", C_HASIL, "", *blank]
        for code, place in rows.select("contest", "place").sort("place").rows()
    ]


def _write_xlsx(path: Path, header: list[str], rows: list[list[str]], choices: int) -> None:
    with xlsxwriter.Workbook(str(path), {"strings_to_numbers": False}) as book:
        text = book.add_format({"num_format": "@"})
        bold = book.add_format({"bold": True, "num_format": "@"})
        forms = book.add_worksheet("forms")
        forms.set_column(0, len(_BEFORE) - 1, 18, text)
        forms.set_column(len(header) - 1, len(header) - 1, 30, text)
        forms.write_row(0, 0, header, bold)
        forms.freeze_panes(1, len(_BEFORE))
        for at, row in enumerate(rows, 1):
            for column, value in enumerate(row):
                if value:
                    forms.write_string(at, column, value, text)
        _write_fields(book, header, choices, bold)


def _write_fields(book: xlsxwriter.Workbook, header: list[str], choices: int, bold: object) -> None:
    """The page that explains each column, in Indonesian and English."""
    page = book.add_worksheet("fields")
    page.set_column(0, 1, 24)
    page.set_column(2, 3, 70)
    page.write_row(0, 0, ["kolom / column", "bagian / section", "Indonesia", "English"], bold)
    for at, row in enumerate(explained(header, choices), 1):
        page.write_row(at, 0, row)


def explained(header: list[str], choices: int) -> list[tuple[str, str, str, str]]:
    """Name, section on the paper, and meaning in Indonesian and English of each column."""
    figures = {f.name: f for f in (*FIELDS, *(vote_field(n) for n in range(1, choices + 1)))}
    words = {c.name: c.meaning for c in (*IDENTITY, *PROVENANCE)}
    return [
        (n, figures[n].section, figures[n].id, figures[n].en)
        if n in figures
        else (n, "", _MEANING_ID[n], words[n])
        for n in header
    ]
