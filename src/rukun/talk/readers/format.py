"""What a format is: where each field of a post stands in it, and how it is recognised."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Literal

from rukun.talk.readers.targets import BY_NAME

Record = Mapping[str, Any]
Found = dict[str, Any]
Look = Callable[[Any], Any]
Container = Literal["json", "table"]

#: A path that starts with this is looked up in what surrounds the record (page, chat, envelope).
AROUND: Final = "^"
#: A text path that starts with this is added to what was found before it.
ALSO: Final = "+"


@dataclass(frozen=True)
class Format:
    """One format of an export.

    ``fields`` leads from a field of a post to the places where it may stand, the first that states
    something holds; ``a.b`` is b within a, ``a[].b`` the b of each a. ``shape`` holds sets of
    places: a record that has all of one set is of this format. ``unfold`` takes the records out of
    a larger one, ``passed`` gives the reason to pass over a record, ``fix`` does what paths cannot.
    """

    code: str
    title: str
    tool: str
    platform: str
    container: Container
    fields: Mapping[str, tuple[str, ...]]
    shape: tuple[tuple[str, ...], ...]
    zone: str = ""
    comment: bool = False
    glue: str = " "
    whole: bool = False
    notes: tuple[str, ...] = ()
    passed: Callable[[Record, Record], str] | None = None
    unfold: Callable[[Record, Record], Iterable[tuple[Record, Record]] | None] | None = None
    fix: Callable[[Found, Record, Record], None] | None = None
    covers: Callable[[Record, Record], Mapping[str, int]] | None = None
    _shapes: list[list[tuple[Look, bool]]] = field(default_factory=list, init=False, repr=False)

    def __post_init__(self) -> None:
        unknown = [t for t in self.fields if t not in BY_NAME]
        if unknown:
            raise ValueError(f"{self.code}: no fields of a post: {unknown}")
        flat = self.container == "table"
        for paths in self.shape:
            self._shapes.append([(look(p, flat), p.startswith(AROUND)) for p in paths])

    def fits(self, record: Record, around: Record) -> bool:
        """Whether the record has everything by which this format is recognised."""
        for looks in self._shapes:
            if all(get(around if far else record) is not None for get, far in looks):
                return True
        return False

    def paths(self) -> set[str]:
        """Every place this format reads, without the marks before it."""
        return {bare(p) for paths in self.fields.values() for p in paths}


def bare(path: str) -> str:
    """A path without the marks before it."""
    return path.lstrip(AROUND + ALSO)


def look(path: str, flat: bool) -> Look:
    """The function that looks a path up; in a ``flat`` record every path is one key."""
    plain = bare(path)
    steps = (plain,) if flat else tuple(plain.split("."))
    if any(s.endswith("[]") for s in steps):
        return _spread(steps)
    return _one(steps[0]) if len(steps) == 1 else _deep(steps)


def _one(key: str) -> Callable[[Record], Any]:
    return lambda record: record.get(key)


def _deep(steps: tuple[str, ...]) -> Callable[[Record], Any]:
    def get(value: Any) -> Any:
        for key in steps:
            if type(value) is not dict:
                return None
            value = value.get(key)
        return value

    return get


def _spread(steps: tuple[str, ...]) -> Callable[[Record], Any]:
    """Looks up each element of the lists on the way; a list of what is there, or None."""

    def get(value: Any, at: int = 0) -> list[Any]:
        for n in range(at, len(steps)):
            key, each = steps[n].removesuffix("[]"), steps[n].endswith("[]")
            value = value.get(key) if isinstance(value, dict) else None
            if each:
                parts = value if isinstance(value, list) else []
                return [v for part in parts for v in get(part, n + 1)]
        return [] if value is None else [value]

    return lambda record: get(record) or None
