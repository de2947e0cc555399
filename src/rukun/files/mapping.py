"""Mappings: small TOML files that say how a table is to be read. What all of them share."""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from rukun.errors import UserError
from rukun.files.words_mapping import in_indonesian

ENCODINGS: Final = ("utf-8", "utf-16", "cp1252", "latin-1")
DELIMITERS: Final = (",", ";", "\t", "|")


def read_toml(path: Path, page: str) -> Mapping[str, Any]:
    """The content of a TOML file; ``page`` is where mappings are explained."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as err:
        hint = f"Compare with {page}; save it as UTF-8."
        raise refusal(
            "mapping-file", f"the mapping cannot be read ({err}).", hint, str(path)
        ) from err


def check_sections(
    raw: Mapping[str, Any],
    free: tuple[str, ...],
    fixed: Mapping[str, tuple[str, ...]],
    where: str,
) -> None:
    """Refuse a section, or a key of a section with ``fixed`` keys, that is not known."""
    sections = (*free, *fixed)
    for name, content in raw.items():
        if name not in sections or not isinstance(content, Mapping):
            near = nearest(name, list(sections))
            raise refusal(
                "mapping-section",
                f"“{name}” is not a section of a mapping.",
                f"Did you mean [{near}]?" if near else f"There are: {', '.join(sections)}.",
                where,
            )
    for section, keys in fixed.items():
        for key in raw.get(section, {}):
            if key not in keys:
                refuse(section, key, "is not known.", f"There are: {', '.join(keys)}.", where)


def nearest(name: str, known: list[str]) -> str:
    """The known name that is spelt most like ``name``; empty where none is near."""
    lowered = {k.lower(): k for k in known}
    near = difflib.get_close_matches(name.strip().lower(), list(lowered), n=1, cutoff=0.75)
    return lowered[near[0]] if near else ""


def refuse(section: str, key: str, why: str, hint: str, where: str) -> None:
    """Refuse one key of a mapping."""
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


def one_of(
    table: Mapping[str, Any], section: str, key: str, allowed: tuple[str, ...], where: str
) -> str:
    """The value of a key that is one of ``allowed``, or empty."""
    value = table.get(key, "")
    if value != "" and value not in allowed:
        listed = ", ".join(repr(a) for a in allowed)
        refuse(section, key, f"cannot be {value!r}.", f"It is one of {listed}.", where)
    return str(value)


def text(table: Mapping[str, Any], section: str, key: str, where: str) -> str:
    """The text of a key; empty where none is stated."""
    return texts([table.get(key, "")], section, key, where)[0]


def texts(values: Any, section: str, key: str, where: str) -> tuple[str, ...]:
    """A list of texts."""
    if not isinstance(values, list) or not all(isinstance(v, str) for v in values):
        refuse(section, key, "is not text.", "Write it in quotes.", where)
    return tuple(values)


def skipped(table: Mapping[str, Any], where: str) -> int:
    """How many rows stand above the headings (``skip_rows``)."""
    value = table.get("skip_rows", 0)
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= 1000:
        refuse("file", "skip_rows", f"cannot be {value!r}.", "Write a number, 0 to 1000.", where)
    return int(value)
