"""Contests, their choices and the parameters of their election, from ``contests.toml``."""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from rukun.errors import UserError

#: Pasal 158 UU 10/2016: population up to (inclusive) → threshold in permille of valid votes.
DISPUTE_BRACKETS: Final[Mapping[str, tuple[tuple[int | None, int], ...]]] = {
    "province": ((2_000_000, 20), (6_000_000, 15), (12_000_000, 10), (None, 5)),
    "regency": ((250_000, 20), (500_000, 15), (1_000_000, 10), (None, 5)),
}


@dataclass(frozen=True, slots=True)
class Choice:
    """One line of the ballot: a pair, or the empty box (*kotak kosong*)."""

    number: int
    name: str
    short: str
    empty_box: bool = False
    feed_id: str = ""


@dataclass(frozen=True, slots=True)
class Contest:
    """One race, with what the law sets for it.

    ``reserve_permille``: spare ballots per 1,000 on the voter list (25 in Pilkada, 20 in general
    elections), rounded up per tps. ``voters_per_tps``: the most voters a tps may have.
    ``dispute_permille``: the threshold of Pasal 158, None where it is not known.
    ``more_than_half``: whether the winner needs more than half of the valid votes.
    ``tps_elsewhere``, ``registered_elsewhere``: stations of this contest that are not in the
    frame, and the voters on their lists; they stay outstanding as long as they are not in it.
    """

    code: str
    name_en: str
    name_id: str
    place: str
    date: dt.date
    choices: tuple[Choice, ...]
    reserve_permille: int = 25
    voters_per_tps: int = 600
    population: int | None = None
    dispute_permille: int | None = None
    more_than_half: bool = False
    feed: str = ""
    cited: str = ""
    tps_elsewhere: int = 0
    registered_elsewhere: int = 0
    numbers: tuple[int, ...] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "numbers", tuple(c.number for c in self.choices))

    @property
    def vote_fields(self) -> tuple[str, ...]:
        """The form fields that hold this contest's votes, in ballot order."""
        return tuple(f"votes_{n}" for n in self.numbers)

    @property
    def single(self) -> bool:
        """Whether one pair stands against the empty box."""
        return any(c.empty_box for c in self.choices)

    @property
    def ballots_elsewhere(self) -> int:
        """The most ballots delivered outside the frame: the reserve is rounded up per tps."""
        voters = self.registered_elsewhere
        if not voters:
            voters = self.tps_elsewhere * self.voters_per_tps
        return voters + (voters * self.reserve_permille) // 1000 + self.tps_elsewhere

    def choice(self, number: int) -> Choice:
        """The choice with this ballot number; ``KeyError`` where there is none."""
        for c in self.choices:
            if c.number == number:
                return c
        raise KeyError(number)

    def name(self, lang: str) -> str:
        """The contest's name in ``id`` or ``en``."""
        return self.name_id if lang == "id" else self.name_en


def dispute_permille(kind: str, population: int) -> int:
    """Pasal 158: permille of all valid votes within which a petition may be filed."""
    for limit, permille in DISPUTE_BRACKETS[kind]:
        if limit is None or population <= limit:
            return permille
    raise AssertionError("the last bracket has no limit")


def read_contests(path: Path, kind_of: Mapping[str, str]) -> dict[str, Contest]:
    """Contests by code. ``kind_of`` maps place codes to kinds.

    Raises ``UserError`` that names the contest and the key.
    """
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as err:
        raise UserError(
            "contests-file",
            f"the contests cannot be read ({err}).",
            "Compare with examples/jembrana-2024/contests.toml.",
            str(path),
        ) from err
    election = raw.get("election", {})
    contests = [
        _contest({**election, **item}, kind_of, str(path)) for item in raw.get("contest", [])
    ]
    if not contests:
        raise UserError(
            "contests-none", "there is no [[contest]] in the file.", "Add one per race.", str(path)
        )
    if len({c.code for c in contests}) < len(contests):
        raise UserError(
            "contests-twice", "two contests have the same code.", "Give each its own.", str(path)
        )
    return {c.code: c for c in contests}


def _contest(item: Mapping[str, Any], kind_of: Mapping[str, str], path: str) -> Contest:
    where = f"{path}, contest {item.get('code', '(without a code)')}"
    for key, wanted in (
        ("code", str),
        ("name_en", str),
        ("name_id", str),
        ("place", str),
        ("date", dt.date),
        ("choice", list),
    ):
        if not isinstance(item.get(key), wanted):
            raise UserError(
                "contests-key",
                f"“{key}” is missing or of the wrong kind.",
                f"Write it as {wanted.__name__}; codes and names in quotes.",
                where,
            )
    if item["place"] not in kind_of:
        raise UserError(
            "contests-place",
            f"the place {item['place']} is not in places.csv.",
            "Correct the code, or add the place.",
            where,
        )
    permille = _number(item, "dispute_permille", where, None)
    population = _number(item, "population", where, None)
    kind = kind_of[item["place"]]
    if permille is None and population is not None and kind in DISPUTE_BRACKETS:
        permille = dispute_permille(kind, population)
    choices = tuple(_choice(c, where) for c in item["choice"])
    if len({c.number for c in choices}) < len(choices) or len(choices) < 2:
        raise UserError(
            "contests-choices",
            "a contest needs two or more choices with different numbers.",
            "A single pair stands against the empty box: empty_box = true.",
            where,
        )
    return Contest(
        code=item["code"],
        name_en=item["name_en"],
        name_id=item["name_id"],
        place=item["place"],
        date=item["date"],
        choices=tuple(sorted(choices, key=lambda c: c.number)),
        reserve_permille=_number(item, "reserve_permille", where, 25) or 0,
        voters_per_tps=_number(item, "voters_per_tps", where, 600) or 0,
        population=population,
        dispute_permille=permille,
        more_than_half=bool(item.get("more_than_half", any(c.empty_box for c in choices))),
        feed=str(item.get("feed", "")),
        cited=str(item.get("cited", "")),
        tps_elsewhere=_number(item, "tps_elsewhere", where, 0) or 0,
        registered_elsewhere=_number(item, "registered_elsewhere", where, 0) or 0,
    )


def _number(item: Mapping[str, Any], key: str, where: str, default: int | None) -> int | None:
    value = item.get(key, default)
    if value is not None and (isinstance(value, bool) or not isinstance(value, int) or value < 0):
        raise UserError(
            "contests-number",
            f"“{key}” must be a whole number, not {value!r}.",
            "Write plain digits.",
            where,
        )
    return value


def _choice(item: Mapping[str, Any], where: str) -> Choice:
    number = item.get("number")
    if (
        isinstance(number, bool)
        or not isinstance(number, int)
        or not 1 <= number <= 99
        or not isinstance(item.get("name"), str)
    ):
        raise UserError(
            "contests-choice",
            "a choice needs number = 1 … 99 and name.",
            "The number is the one on the ballot.",
            where,
        )
    return Choice(
        number=number,
        name=item["name"],
        short=str(item.get("short", item["name"])),
        empty_box=bool(item.get("empty_box", False)),
        feed_id=str(item.get("feed_id", "")),
    )
