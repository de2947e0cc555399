"""What a sheet's own XML says about cells that would otherwise read as empty."""

from __future__ import annotations

import re
import zipfile
from typing import Final
from xml.etree import ElementTree

from rukun.files.archive import read_part
from rukun.files.problems import Refused

_MAIN: Final = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_REL: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_CELL: Final = re.compile(rb"<c\b([^>]*)>(<f\b[^>]*/>|<f\b[^>]*>[^<]*</f>)?(<v>[^<]+</v>)?")
_AT: Final = re.compile(rb'\br="([A-Z]{1,3})([0-9]{1,7})"')


def odd_cells(archive: zipfile.ZipFile, sheet: str) -> list[tuple[str, int, int]]:
    """(problem code, row, column from 0) of cells with an error or a formula without result."""
    part = _part_of(archive, sheet)
    if part not in archive.namelist():
        return []
    xml = read_part(archive, part)
    if b"<f" not in xml and b't="e"' not in xml:
        return []
    found = []
    for cell in _CELL.finditer(xml):
        attributes, formula, value = cell.groups()
        code = _odd(attributes, formula, value)
        at = _AT.search(attributes)
        if code and at:
            found.append((code, int(at.group(2)), _column(at.group(1).decode())))
    return found


def _odd(attributes: bytes, formula: bytes | None, value: bytes | None) -> str:
    if b't="e"' in attributes:
        return "cell-error"
    if formula and not value and b't="str"' not in attributes:
        return "formula-empty"
    return ""


def _part_of(archive: zipfile.ZipFile, sheet: str) -> str:
    """The part that holds a sheet; declared entities were ruled out before."""
    book = _tree(archive, "xl/workbook.xml")
    ids = {s.get("name"): s.get(_REL) for s in book.iter(f"{_MAIN}sheet")}
    links = _tree(archive, "xl/_rels/workbook.xml.rels")
    for link in links:
        if link.get("Id") == ids.get(sheet):
            target = link.get("Target", "")
            return target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    return ""


def _tree(archive: zipfile.ZipFile, part: str) -> ElementTree.Element:
    try:
        return ElementTree.fromstring(read_part(archive, part))
    except ElementTree.ParseError as err:
        raise Refused("file-broken", error=f"{part}: {err}") from err


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1
