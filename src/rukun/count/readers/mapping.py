"""How a table that does not use the canonical columns is to be read: a small TOML mapping."""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from rukun.count.forms import FIELD_NAMES, IDENTITY, PROVENANCE
from rukun.count.forms import field as form_field
from rukun.count.readers.numbers import MARKS
from rukun.count.readers.words_mapping import in_indonesian
from rukun.errors import UserError
from rukun.places import ZONES

#: ``within``: code or name of an area in which the place must lie; checked, not kept.
WITHIN: Final = "within"
TEXT_FIELDS: Final = (*(c.name for c in IDENTITY), *(c.name for c in PROVENANCE), WITHIN)
ENCODINGS: Final = ("utf-8", "utf-16", "cp1252", "latin-1")
DELIMITERS: Final = (",", ";", "\t", "|")
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
        return _checked(_toml(source), str(source))
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


def nearest(name: str, known: list[str]) -> str:
    """The known name that is spelt most like ``name``; empty where none is near."""
    lowered = {k.lower(): k for k in known}
    near = difflib.get_close_matches(name.strip().lower(), list(lowered), n=1, cutoff=0.75)
    return lowered[near[0]] if near else ""


def field_names(choices: int) -> list[str]:
    """Every column that a table may hold, for a ballot of ``choices``."""
    return [*TEXT_FIELDS, *FIELD_NAMES, *(f"votes_{n}" for n in range(1, choices + 1))]


def _toml(path: Path) -> Mapping[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as err:
        hint = "Compare with docs/how-to/import-your-files.md; save it as UTF-8."
        raise refusal(
            "mapping-file", f"the mapping cannot be read ({err}).", hint, str(path)
        ) from err


def _checked(raw: Mapping[str, Any], where: str) -> TableMapping:
    sections = ("columns", "constants", "values", *_SECTIONS)
    for name, content in raw.items():
        if name not in sections or not isinstance(content, Mapping):
            near = nearest(name, list(sections))
            raise refusal(
                "mapping-section",
                f"“{name}” is not a section of a mapping.",
                f"Did you mean [{near}]?" if near else f"There are: {', '.join(sections)}.",
                where,
            )
    for section, keys in _SECTIONS.items():
        for key in raw.get(section, {}):
            if key not in keys:
                _refuse(section, key, "is not known.", f"There are: {', '.join(keys)}.", where)
    file, place = raw.get("file", {}), raw.get("place", {})
    columns, widths = _place(place, where)
    return TableMapping(
        columns=_fields(raw.get("columns", {}), where),
        constants=_constants(raw.get("constants", {}), where),
        values=_values(raw.get("values", {}), where),
        thousands=_one_of(raw.get("numbers", {}), "numbers", "thousands", MARKS, where),
        encoding=_one_of(file, "file", "encoding", ENCODINGS, where),
        delimiter=_one_of(file, "file", "delimiter", DELIMITERS, where),
        sheet=_text(file, "file", "sheet", where),
        skip_rows=_count(file, where),
        zone=_one_of(file, "file", "zone", tuple(ZONES), where),
        ignore=_texts(file.get("ignore", []), "file", "ignore", where),
        place_columns=columns,
        place_widths=widths,
    )


def _refuse(section: str, key: str, why: str, hint: str, where: str) -> None:
    raise refusal("mapping-key", f"“{key}” {why}", hint, f"{where}, [{section}]")


def refusal(code: str, message: str, hint: str, where: str) -> UserError:
    """The error about a mapping, in both languages."""
    return UserError(
        code,
        message,
        hint,
        where,
        message_id=in_indonesian(message),
        hint_id=in_indonesian(hint),
    )


def _fields(columns: Mapping[str, Any], where: str) -> dict[str, str]:
    seen: dict[str, str] = {}
    for heading, name in columns.items():
        if not isinstance(name, str) or not known_field(name):
            near = nearest(str(name), field_names(9))
            hint = f"Did you mean “{near}”?" if near else "docs/reference/fields.md lists all."
            _refuse("columns", heading, f"leads to “{name}”, which is no field.", hint, where)
        if name in seen.values():
            hint = "Each field comes from one column."
            _refuse("columns", heading, f"is the second column for {name}.", hint, where)
        seen[heading] = name
    return seen


def _constants(constants: Mapping[str, Any], where: str) -> dict[str, str]:
    for name, value in constants.items():
        if name not in TEXT_FIELDS:
            near = nearest(name, list(TEXT_FIELDS))
            hint = f"Did you mean “{near}”?" if near else "Figures are never constants."
            _refuse("constants", name, "cannot be the same in every row.", hint, where)
        if not isinstance(value, str):
            _refuse("constants", name, "is not text.", f'Write {name} = "{value}"', where)
    return dict(constants)


def _values(values: Mapping[str, Any], where: str) -> dict[str, dict[str, str]]:
    for name, table in values.items():
        if not known_field(name) or not isinstance(table, Mapping):
            _refuse(
                "values", name, "is no field.", 'Write [values.source] "KPU" = "official"', where
            )
        _texts(list(table.values()), f"values.{name}", name, where)
    return {name: dict(table) for name, table in values.items()}


def _place(place: Mapping[str, Any], where: str) -> tuple[tuple[str, ...], tuple[int, ...]]:
    columns = _texts(place.get("columns", []), "place", "columns", where)
    widths = tuple(place.get("widths", []))
    if any(isinstance(w, bool) or not isinstance(w, int) or not 1 <= w <= 13 for w in widths):
        _refuse("place", "widths", "are not digits per column.", "Write widths = [10, 3]", where)
    if widths and len(widths) != len(columns):
        _refuse("place", "widths", "do not match the columns.", "One width for each.", where)
    return columns, widths


def _one_of(
    table: Mapping[str, Any], section: str, key: str, allowed: tuple[str, ...], where: str
) -> str:
    value = table.get(key, "")
    if value != "" and value not in allowed:
        listed = ", ".join(repr(a) for a in allowed)
        _refuse(section, key, f"cannot be {value!r}.", f"It is one of {listed}.", where)
    return str(value)


def _text(table: Mapping[str, Any], section: str, key: str, where: str) -> str:
    return _texts([table.get(key, "")], section, key, where)[0]


def _texts(values: Any, section: str, key: str, where: str) -> tuple[str, ...]:
    if not isinstance(values, list) or not all(isinstance(v, str) for v in values):
        _refuse(section, key, "is not text.", "Write it in quotes.", where)
    return tuple(values)


def _count(table: Mapping[str, Any], where: str) -> int:
    value = table.get("skip_rows", 0)
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= 1000:
        _refuse("file", "skip_rows", f"cannot be {value!r}.", "Write a number, 0 to 1000.", where)
    return int(value)
