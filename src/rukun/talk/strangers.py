"""New names for what bears an alias and has no record in the vault, when its key is changed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial

from rukun.talk.aliases import Aliases


def strangers(
    names: Iterable[str], known: list[tuple[str, str]], fresh: Aliases
) -> list[tuple[str, str]]:
    """Old and new of the names that are not ``known``: new ones of the same form, made from them."""
    met = {old for old, _ in known} | {old.rpartition(":")[2] for old, _ in known}
    made: dict[str, Callable[[str], str]] = {
        "akun": lambda name: fresh.account("", name),
        "ruang": lambda name: fresh.space("", name),
    }
    return [
        (name, made.get(name.partition("-")[0], partial(_other_code, fresh))(name))
        for name in sorted(set(names) - met)
    ]


def _other_code(fresh: Aliases, name: str) -> str:
    platform, colon, code = name.rpartition(":")
    return f"{platform}{colon}{fresh.post(platform, code).rpartition(':')[2]}"
