"""How a table that does not use the canonical columns is to be read: a small TOML mapping."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from rukun.count.forms import FIELD_NAMES, IDENTITY, PROVENANCE
from rukun.count.forms import field as form_field
from rukun.count.readers.numbers import MARKS
from rukun.files.mapping import (
    DELIMITERS,
    ENCODINGS,
    check_sections,
    nearest,
    one_of,
    read_toml,
    refuse,
    skipped,
    text,
    texts,
)
from rukun.places import ZONES

#: ``within``: code or name of an area in which the place must lie; checked, not kept.
WITHIN: Final = "within"
TEXT_FIELDS: Final = (*(c.name for c in IDENTITY), *(c.name for c in PROVENANCE), WITHIN)
_PAGE: Final = "docs/how-to/import-your-files.md"
_SECTIONS: Final[dict[str, tuple[str, ...]]] = {
    "file": ("encoding", "delimiter", "sheet", "skip_rows", "zone", "ignore"),
    "numbers": ("thousands",),
    "place": ("columns", "widths"),
}


@dataclass(frozen=True)
class TableMapping:
    """Headings to fields, constants, translations of values, and how the file is written."""

    columns: Mapping[str, str] = field(default_factory=dict)
    constants: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    thousands: str = ""
    encoding: str = ""
    delimiter: str = ""
    sheet: str = ""
    skip_rows: int = 0
    zone: str = ""
    ignore: tuple[str, ...] = ()
    place_columns: tuple[str, ...] = ()
    place_widths: tuple[int, ...] = ()


def table_mapping(source: Path | Mapping[str, Any] | TableMapping | None) -> TableMapping:
    """The mapping of a TOML file, or of its parsed content; ``UserError`` names the key."""
    if source is None:
        return TableMapping()
    if isinstance(source, TableMapping):
        return source
    if isinstance(source, Path):
        return _checked(read_toml(source, _PAGE), str(source))
    return _checked(source, "mapping")


def known_field(name: str) -> bool:
    """Whether a form has this field or column."""
    if name in TEXT_FIELDS:
        return True
    try:
        form_field(name)
    except KeyError:
        return False
    return True


def field_names(choices: int) -> list[str]:
    """Every column that a table may hold, for a ballot of ``choices``."""
    return [*TEXT_FIELDS, *FIELD_NAMES, *(f"votes_{n}" for n in range(1, choices + 1))]


def _checked(raw: Mapping[str, Any], where: str) -> TableMapping:
    check_sections(raw, ("columns", "constants", "values"), _SECTIONS, where)
    file, place = raw.get("file", {}), raw.get("place", {})
    columns, widths = _place(place, where)
    return TableMapping(
        columns=_fields(raw.get("columns", {}), where),
        constants=_constants(raw.get("constants", {}), where),
        values=_values(raw.get("values", {}), where),
        thousands=one_of(raw.get("numbers", {}), "numbers", "thousands", MARKS, where),
        encoding=one_of(file, "file", "encoding", ENCODINGS, where),
        delimiter=one_of(file, "file", "delimiter", DELIMITERS, where),
        sheet=text(file, "file", "sheet", where),
        skip_rows=skipped(file, where),
        zone=one_of(file, "file", "zone", tuple(ZONES), where),
        ignore=texts(file.get("ignore", []), "file", "ignore", where),
        place_columns=columns,
        place_widths=widths,
    )


def _fields(columns: Mapping[str, Any], where: str) -> dict[str, str]:
    seen: dict[str, str] = {}
    for heading, name in columns.items():
        if not isinstance(name, str) or not known_field(name):
            near = nearest(str(name), field_names(9))
            hint = f"Did you mean “{near}”?" if near else "docs/reference/fields.md lists all."
            refuse("columns", heading, f"leads to “{name}”, which is no field.", hint, where)
        if name in seen.values():
            hint = "Each field comes from one column."
            refuse("columns", heading, f"is the second column for {name}.", hint, where)
        seen[heading] = name
    return seen


def _constants(constants: Mapping[str, Any], where: str) -> dict[str, str]:
    for name, value in constants.items():
        if name not in TEXT_FIELDS:
            near = nearest(name, list(TEXT_FIELDS))
            hint = f"Did you mean “{near}”?" if near else "Figures are never constants."
            refuse("constants", name, "cannot be the same in every row.", hint, where)
        if not isinstance(value, str):
            refuse("constants", name, "is not text.", f'Write {name} = "{value}"', where)
    return dict(constants)


def _values(values: Mapping[str, Any], where: str) -> dict[str, dict[str, str]]:
    for name, table in values.items():
        if not known_field(name) or not isinstance(table, Mapping):
            refuse(
                "values", name, "is no field.", 'Write [values.source] "KPU" = "official"', where
            )
        texts(list(table.values()), f"values.{name}", name, where)
    return {name: dict(table) for name, table in values.items()}


def _place(place: Mapping[str, Any], where: str) -> tuple[tuple[str, ...], tuple[int, ...]]:
    columns = texts(place.get("columns", []), "place", "columns", where)
    widths = tuple(place.get("widths", []))
    if any(isinstance(w, bool) or not isinstance(w, int) or not 1 <= w <= 13 for w in widths):
        refuse("place", "widths", "are not digits per column.", "Write widths = [10, 3]", where)
    if widths and len(widths) != len(columns):
        refuse("place", "widths", "do not match the columns.", "One width for each.", where)
    return columns, widths
