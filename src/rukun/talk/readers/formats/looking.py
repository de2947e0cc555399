"""What several formats need in order to look into a record."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from rukun.talk.aliases import handle
from rukun.talk.readers.format import Found
from rukun.talk.readers.values import as_id


def inner(value: Any, *keys: str) -> Any:
    """What stands within objects within objects; None where one of them is missing."""
    for key in keys:
        value = value.get(key) if isinstance(value, dict) else None
    return value


def know(found: Found, pairs: Iterable[tuple[Any, Any]]) -> None:
    """Remember handles whose stable ids the file states."""
    for name, native in pairs:
        key = as_id(native)
        if isinstance(name, str) and name and key:
            found.setdefault("known", {})[handle(name)] = key


def each(value: Any) -> list[Any]:
    """A list as it stands; nothing where it is none."""
    return value if isinstance(value, list) else []
