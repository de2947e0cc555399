"""How a table that is no known export is to be read: a small TOML mapping."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

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
from rukun.talk.readers.targets import BY_NAME
from rukun.talk.readers.times import Clock, zone

_PAGE: Final = "docs/how-to/bring-posts.md"
_SECTIONS: Final[dict[str, tuple[str, ...]]] = {
    "file": ("encoding", "delimiter", "sheet", "skip_rows"),
    "time": ("zone", "format"),
}
#: What may be the same in every row.
_CONSTANT: Final = ("platform", "kind", "place", "space_id", "space_name")
_TRANSLATED: Final = ("platform", "kind", "place")


@dataclass(frozen=True)
class PostMapping:
    """Headings to fields of a post, constants, translations of values, and how the file is written."""

    columns: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    constants: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    encoding: str = ""
    delimiter: str = ""
    sheet: str = ""
    skip_rows: int = 0
    zone: str = ""
    pattern: str = ""

    def fields(self) -> dict[str, tuple[str, ...]]:
        """Field of a post → the headings that state it, as a format has them."""
        out: dict[str, list[str]] = {}
        for heading, names in self.columns.items():
            for name in names:
                out.setdefault(name, []).append(heading)
        return {name: tuple(headings) for name, headings in out.items()}

    def clock(self, own: str, latest: dt.datetime) -> Clock:
        """How times are written: as stated here, else in the format's own zone."""
        return Clock(zone(self.zone or own), self.pattern, latest)


def post_mapping(source: Path | Mapping[str, Any] | PostMapping | None) -> PostMapping:
    """The mapping of a TOML file, or of its parsed content; ``UserError`` names the key."""
    if source is None:
        return PostMapping()
    if isinstance(source, PostMapping):
        return source
    if isinstance(source, Path):
        return _checked(read_toml(source, _PAGE), str(source))
    return _checked(source, "mapping")


def _checked(raw: Mapping[str, Any], where: str) -> PostMapping:
    check_sections(raw, ("columns", "constants", "values"), _SECTIONS, where)
    file, time = raw.get("file", {}), raw.get("time", {})
    named = text(time, "time", "zone", where)
    if named and zone(named) is None:
        hint = "It is one of WIB, WITA, WIT, UTC, +08:00."
        refuse("time", "zone", f"cannot be {named!r}.", hint, where)
    return PostMapping(
        columns=_columns(raw.get("columns", {}), where),
        constants=_constants(raw.get("constants", {}), where),
        values=_values(raw.get("values", {}), where),
        encoding=one_of(file, "file", "encoding", ENCODINGS, where),
        delimiter=one_of(file, "file", "delimiter", DELIMITERS, where),
        sheet=text(file, "file", "sheet", where),
        skip_rows=skipped(file, where),
        zone=named,
        pattern=text(time, "time", "format", where),
    )


def _columns(columns: Mapping[str, Any], where: str) -> dict[str, tuple[str, ...]]:
    out: dict[str, tuple[str, ...]] = {}
    for heading, names in columns.items():
        listed = names if isinstance(names, list) else [names]
        for name in listed:
            if not isinstance(name, str) or name not in BY_NAME:
                near = nearest(str(name), list(BY_NAME))
                hint = f"Did you mean “{near}”?" if near else f"There are: {', '.join(BY_NAME)}."
                refuse("columns", heading, f"leads to “{name}”, which is no field.", hint, where)
        out[heading.strip()] = tuple(listed)
    return out


def _constants(constants: Mapping[str, Any], where: str) -> dict[str, str]:
    for name, value in constants.items():
        if name not in _CONSTANT:
            hint = f"There are: {', '.join(_CONSTANT)}."
            refuse("constants", name, "cannot be the same in every row.", hint, where)
        if not isinstance(value, str):
            refuse("constants", name, "is not text.", f'Write {name} = "{value}"', where)
    return dict(constants)


def _values(values: Mapping[str, Any], where: str) -> dict[str, dict[str, str]]:
    for name, table in values.items():
        if name not in _TRANSLATED or not isinstance(table, Mapping):
            refuse("values", name, "is no field.", f"There are: {', '.join(_TRANSLATED)}.", where)
        texts(list(table.values()), f"values.{name}", name, where)
    return {name: dict(table) for name, table in values.items()}
