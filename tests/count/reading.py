"""A village of Jembrana to read files against, and files to read."""

from __future__ import annotations

import datetime as dt
import io
from pathlib import Path
from typing import Any

import polars as pl
import xlsxwriter

from rukun.contests import Choice, Contest
from rukun.count.readers import Reading, read_forms
from rukun.errors import Problem
from rukun.frame import Frame
from rukun.places import check_places

VILLAGE = "5101011006"
TPS = tuple(f"{VILLAGE}{n:03d}" for n in (1, 2, 3, 10))
HEADER = "contest,place,source,kind,votes_1,votes_2,valid,entered_at,cited"
_TREE = [
    ("51", "Bali", "province", None, "WITA"),
    ("5101", "Jembrana", "regency", "51", None),
    ("510101", "Negara", "kecamatan", "5101", None),
    ("510102", "Mendoyo", "kecamatan", "5101", None),
    (VILLAGE, "Baler Bale Agung", "village", "510101", None),
    *((code, f"TPS {code[-3:]}", "tps", VILLAGE, None) for code in TPS),
]


def contest(**changes: Any) -> Contest:
    """The contest of the regent of Jembrana, two pairs, with the feed's ids."""
    fields: dict[str, Any] = {
        "code": "bupati",
        "name_en": "Regent",
        "name_id": "Bupati",
        "place": "5101",
        "date": dt.date(2024, 11, 27),
        "choices": (
            Choice(1, "Pair 1", "1", feed_id="1000832"),
            Choice(2, "Pair 2", "2", feed_id="1000833"),
        ),
        "feed": "pkwkk",
    }
    return Contest(**{**fields, **changes})


def frame(*contests: Contest) -> Frame:
    """Bali, Jembrana, two kecamatan, one village with four stations."""
    schema = dict.fromkeys(("code", "name", "kind", "parent", "zone"), pl.String)
    places = check_places(pl.DataFrame(_TREE, schema=schema, orient="row"))
    return Frame(places, {c.code: c for c in contests or (contest(),)})


def read(
    folder: Path,
    content: bytes | str,
    name: str = "forms.csv",
    mapping: dict[str, Any] | None = None,
    on: Frame | None = None,
) -> Reading:
    """Write the content to a file and read it."""
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return read_forms(path, on or frame(), mapping)


def row(
    place: str = TPS[0],
    votes: tuple[object, object] = (10, 20),
    valid: object = 30,
    source: str = "official",
    kind: str = "c_hasil",
    at: str = "",
    cited: str = "",
) -> str:
    """One row under ``HEADER``."""
    cells = ("bupati", place, source, kind, *votes, valid, at, cited)
    return ",".join(str(c) for c in cells)


def table(*rows: str) -> str:
    """A canonical CSV file with these rows."""
    return "\n".join([HEADER, *rows]) + "\n"


def workbook(*sheets: list[list[object]], **names: str) -> bytes:
    """An XLSX file with these sheets, named ``forms``, ``sheet2`` …"""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        for n, rows in enumerate(sheets, 1):
            sheet = book.add_worksheet(names.get(f"sheet{n}", "forms" if n == 1 else f"sheet{n}"))
            for at, cells in enumerate(rows):
                sheet.write_row(at, 0, cells)
    return out.getvalue()


def cells(*rows: list[object]) -> list[list[object]]:
    """The canonical headings and rows of cells for a sheet."""
    return [list(HEADER.split(",")), *rows]


def places(reading: Reading) -> list[str]:
    """The places that were read, in order."""
    return reading.forms.get_column("place").to_list()


def only(reading: Reading, code: str) -> Problem:
    """The one problem with this code."""
    found = [p for p in reading.problems if p.code == code]
    assert len(found) == 1, [str(p) for p in reading.problems]
    return found[0]
