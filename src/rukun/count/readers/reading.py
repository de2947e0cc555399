"""A file in, forms and problems out."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import polars as pl

from rukun.count.forms import form_columns
from rukun.count.readers.columns import layout_of
from rukun.count.readers.mapping import TableMapping, table_mapping
from rukun.count.readers.parquet import read_parquet
from rukun.count.readers.problems import Notes, Refused
from rukun.count.readers.sirekap import forms_of_feed
from rukun.count.readers.table import forms_of, widest
from rukun.errors import Problem
from rukun.files.csvfile import read_csv
from rukun.files.kinds import kind_of
from rukun.files.xlsx import read_xlsx
from rukun.frame import Frame
from rukun.tables import empty

_MIB: Final = 1 << 20
#: The largest file of each kind that is read, in bytes.
LARGEST: Final = {"csv": 1536 * _MIB, "parquet": 1536 * _MIB, "xlsx": 64 * _MIB, "json": 32 * _MIB}


@dataclass(frozen=True)
class Reading:
    """What a file holds: good rows as forms, what is wrong with the others, and its hash.

    ``rows_read`` counts the rows (or places) that the file states, good or not.
    """

    forms: pl.DataFrame
    problems: list[Problem]
    sha256: str
    rows_read: int


def read_forms(
    path: Path,
    frame: Frame,
    mapping: Path | Mapping[str, Any] | None = None,
    name: str | None = None,
) -> Reading:
    """The forms of a CSV, XLSX, Parquet or feed (JSON) file, told apart by content.

    ``mapping`` is a TOML file or its parsed content; ``name`` what the file is called in problems
    where ``path`` is only where it is kept. Raises ``UserError`` only for the mapping: whatever
    is wrong with the file becomes a problem, and every good row is returned.
    """
    rules = table_mapping(mapping)
    notes = Notes(name or path.name)
    nothing = empty(form_columns(widest(frame)))
    try:
        data = _bytes(path)
    except Refused as err:
        notes.refuse(err)
        return Reading(nothing, notes.found, "", 0)
    sha256 = hashlib.sha256(data).hexdigest()
    try:
        forms, rows = _read(data, frame, rules, notes, sha256)
    except Refused as err:
        notes.refuse(err)
        return Reading(nothing, notes.found, sha256, 0)
    return Reading(forms, sorted(notes.found, key=lambda p: p.row), sha256, rows)


def read_sirekap(path: Path, frame: Frame, contest: str = "", place: str = "") -> Reading:
    """The forms of a feed file; ``contest`` and ``place`` where neither it nor its name says."""
    stated = {k: v for k, v in (("contest", contest), ("place", place)) if v}
    return read_forms(path, frame, {"constants": stated})


def _bytes(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            head = file.read(1024)
            if not head.strip(b"\0 \r\n\t\xef\xbb\xbf\xff\xfe"):
                _refuse_blank(head, path)
            most = LARGEST[kind_of(head)]
            size = path.stat().st_size
            if size > most:
                raise Refused("file-large", size=size // _MIB, most=most // _MIB)
            return head + file.read()
    except OSError as err:
        raise Refused("file-missing", error=err.strerror or "error") from err


def _refuse_blank(head: bytes, path: Path) -> None:
    if len(head) == path.stat().st_size:
        raise Refused("file-empty")


def _read(
    data: bytes, frame: Frame, mapping: TableMapping, notes: Notes, sha256: str
) -> tuple[pl.DataFrame, int]:
    kind = kind_of(data[:1024])
    if kind == "json":
        return forms_of_feed(data, frame, mapping, notes, sha256)
    if kind == "csv":
        sheet = read_csv(data, layout_of(mapping), notes)
    elif kind == "parquet":
        sheet = read_parquet(data)
    else:
        sheet = read_xlsx(data, layout_of(mapping), notes)
    del data
    rows = sheet.cells.height + (notes.kept_out().len() if kind == "csv" else 0)
    return forms_of(sheet, frame, mapping, notes, sha256), rows
