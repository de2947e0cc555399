"""What several formats need in order to look into a record."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from rukun.talk.readers.format import Found
from rukun.talk.readers.values import Odd, as_id


def inner(value: Any, *keys: str) -> Any:
    """What stands within objects within objects; None where one of them is missing."""
    for key in keys:
        if type(value) is not dict:
            return None
        value = value.get(key)
    return value


def know(found: Found, pairs: Iterable[tuple[Any, Any]]) -> None:
    """Remember handles whose stable ids the file states; pairs that lack one of them are nothing."""
    known = found.setdefault("known", {})
    for name, native in pairs:
        if name and native and isinstance(name, str):
            known[name] = native


def each(value: Any) -> list[Any]:
    """A list as it stands; nothing where it is none."""
    return value if isinstance(value, list) else []


def id_of(value: Any) -> str | None:
    """An id beside the field that a format names; None where it is none, or its digits are lost."""
    try:
        return as_id(value)
    except Odd:
        return None
