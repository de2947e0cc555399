"""Files of posts of any length, one family of formats each, grown from the tests' example files."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from tests.talk.readers.made import MADE, People

#: So many records come from one account.
EACH: Final = 10
_FIGURES: Final = "0123456789"
#: Stands for the list of records in the document around it.
_HERE: Final = "<records>"


@dataclass(frozen=True, slots=True)
class Family:
    """Where a format's records stand (keys down to the list; none for lines and tables), which of
    the example's records is repeated, what in it is the record's own id, and what else than number
    and handle names the account."""

    code: str
    own: str
    keys: tuple[str | int, ...] = ()
    which: int = 0
    account: str = ""


#: Name of the family → one format of it.
FAMILIES: Final = {
    "plain CSV": Family("plain", "901"),
    "Telegram Desktop": Family("telegram-desktop", '"id": 2', ("messages",), 1),
    "X by Zeeschuimer": Family("zeeschuimer-x", "1861000000000000001"),
    "X API v2": Family("x-api", "1861000000000000001", ("data",)),
    "Instagram by Zeeschuimer": Family("zeeschuimer-instagram", "DLatihan001"),
    "TikTok by Zeeschuimer": Family("zeeschuimer-tiktok", "7441000000000000001"),
    "YouTube comments": Family("youtube-comments", "UgLatihan1", (0, "items")),
    "Bluesky": Family("bluesky", "latihan1", ("feed",), account="contohwargaaaaaaaaaaaaaa"),
    "Meta Content Library CSV": Family("mcl-csv", "1861000000000000001"),
    "4CAT CSV": Family("4cat-csv", "1861000000000000001"),
    "Junkipedia": Family("junkipedia", "901", ("data",), account='"channel_id": 77'),
    "CrowdTangle CSV": Family("crowdtangle-facebook", "/posts/901"),
}


def written(name: str, records: int, folder: Path) -> Path:
    """A file of the family ``name`` with so many records, no two alike."""
    family = FAMILIES[name]
    file, content = MADE[family.code](People())
    before, template, between, after = _parts(family, content.decode())
    path = folder / file
    with path.open("w", encoding="utf-8") as out:
        out.write(before)
        for number, record in enumerate(_records(family, template, records)):
            out.write(between + record if number else record)
        out.write(after)
    return path


def _records(family: Family, template: str, records: int) -> Iterator[str]:
    """The template under another id, account and handle each time."""
    people = People()
    for number in range(records):
        account = str(10**15 + number // EACH)
        record = template.replace(family.own, _another(family.own, number))
        record = record.replace(people.number, account)
        record = record.replace(people.handle, f"contoh_warga_{account}")
        if family.account:
            record = record.replace(family.account, family.account.rstrip(_FIGURES) + account)
        yield record


def _another(own: str, number: int) -> str:
    """An id of the same kind: other figures, at the length that the platform's ids have."""
    letters = own.rstrip(_FIGURES)
    first = 10**18 if len(own) - len(letters) > 15 else 10**8
    return f"{letters}{first + number}"


def _parts(family: Family, content: str) -> tuple[str, str, str, str]:
    """What stands before the records, one record, what stands between two, and after the last."""
    if family.keys:
        return _document(family, json.loads(content))
    lines = content.splitlines()
    if content.startswith("{"):
        return "", lines[family.which], "\n", "\n"
    return lines[0] + "\n", lines[family.which + 1], "\n", "\n"


def _document(family: Family, value: Any) -> tuple[str, str, str, str]:
    holder = value
    for key in family.keys[:-1]:
        holder = holder[key]
    record = holder[family.keys[-1]][family.which]
    holder[family.keys[-1]] = _HERE
    before, after = json.dumps(value, ensure_ascii=False).split(json.dumps(_HERE))
    return f"{before}[", json.dumps(record, ensure_ascii=False), ", ", f"]{after}"
