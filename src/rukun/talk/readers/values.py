"""Single values of an export as they are kept: ids as text, counts, texts and names, links."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

#: Characters kept of a text, a name, an id and a link.
LONGEST_TEXT: Final = 65_536
LONGEST_NAME: Final = 200
LONGEST_ID: Final = 500
LONGEST_LINK: Final = 2_000
#: What other programs write for “nothing”.
NOTHING: Final = frozenset({"", "nan", "NaN", "None", "null", "NULL", "N/A", "<NA>"})

_CONTROL: Final = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"
_TURNING: Final = "\u200e\u200f\u202a-\u202e\u2066-\u2069"
_EMPTY: Final = "\u00ad\u200b\u2060-\u2064\u206a-\u206f\ufeff\ufff9-\ufffb"
_SURROGATE: Final = re.compile("[\ud800-\udfff]")
#: Joiners stay in a text, since emoji and Indonesian scripts need them, and go from a name.
_HIDDEN: Final = re.compile(f"[{_CONTROL}{_TURNING}{_EMPTY}]")
_HIDDEN_IN_NAMES: Final = re.compile(f"[{_CONTROL}{_TURNING}{_EMPTY}\u200c\u200d\ue000-\uf8ff]")
_DIGITS: Final = re.compile(r"\d{1,18}(?:\.0+)?|\d{1,3}(?:,\d{3})+")
_LOST: Final = re.compile(r"[+-]?\d(?:[.,]\d+)?[eE]\+?\d+")
_FLOATED: Final = re.compile(r"(\d{1,15})\.0")
_WEB: Final = re.compile(r"(?:https?://|www\.|[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}/)\S+", re.IGNORECASE)
_ONE: Final = re.compile(r"https?://[\x21\x23-\x26\x28-\x2b\x2d-\x3a\x3c-\x5a\x5e-\x7b\x7d\x7e]+")
_BETWEEN: Final = re.compile(r"(?<![\s,;|\"'\[\]])[\s,;|\"'\[\]]+(?=https?://|www\.|$)|[\s\"\[\]]+")
_LARGEST: Final = 2**63 - 1
_EXACT: Final = 2**53


class Odd(Exception):
    """A value that cannot be taken; ``code`` is the problem's."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def as_id(value: Any) -> str | None:
    """An id as text; None where nothing is stated. Raises ``Odd`` where digits are lost."""
    if isinstance(value, str):
        if value.isdecimal() and value.isascii():  # most ids
            return None if value == "0" else value[:LONGEST_ID]
        text = value if value.isprintable() else _HIDDEN_IN_NAMES.sub("", _whole(value))
        text = " ".join(text.split())
        if text in NOTHING or text == "0":
            return None
        if _LOST.fullmatch(text):
            raise Odd("id-lost")
        floated = _FLOATED.fullmatch(text)
        return floated[1] if floated else text[:LONGEST_ID]
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, int):
        return str(value) if value else None
    if isinstance(value, float) and value.is_integer() and abs(value) < _EXACT:
        return str(int(value)) if value else None
    raise Odd("id-lost")


def as_count(value: Any) -> int | None:
    """A count of acts; None where nothing is stated. Raises ``Odd`` where it is none."""
    if type(value) is int and 0 <= value <= _LARGEST:
        return value
    if isinstance(value, list):
        stated = [n for n in map(as_count, value) if n is not None]
        return sum(stated) if stated else None
    if isinstance(value, str):
        text = value.strip()
        if text in NOTHING:
            return None
        if not _DIGITS.fullmatch(text):
            raise Odd("count-odd")
        value = int(text.replace(",", "").partition(".")[0])
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= _LARGEST:
        raise Odd("count-odd")
    return value


def as_text(value: Any, glue: str = " ") -> str:
    """What is said, as it was written; only characters that hide or turn the text are taken out.

    A list (of texts, or of objects with a ``text``) is put together with ``glue``.
    """
    if isinstance(value, list):
        return glue.join(filter(None, (as_text(part, glue) for part in value)))
    if isinstance(value, dict):
        return as_text(value.get("text", ""), glue)
    text = value if isinstance(value, str) else "" if value is None else str(value)
    if text.isprintable():
        return text
    return _HIDDEN.sub("", _whole(text).replace("\r\n", "\n").replace("\r", "\n"))


def hides(value: Any) -> bool:
    """Whether a text holds characters that ``as_text`` takes out or replaces."""
    if not isinstance(value, str) or value.isprintable():
        return False
    return bool(_HIDDEN.search(value) or _SURROGATE.search(value))


def as_name(value: Any) -> str | None:
    """A name or handle on one line, nothing invisible in it; None where it is empty."""
    if type(value) is not str:
        if type(value) is not int:
            return None
        value = str(value)
    text = value
    if not text.isprintable():
        text = _HIDDEN_IN_NAMES.sub("", _whole(text))
    text = " ".join(text.split())
    return None if text in NOTHING else text[:LONGEST_NAME]


def as_links(value: Any) -> list[str]:
    """The web addresses of a value, of a list of them, or of a cell that holds several."""
    found = (link[:LONGEST_LINK] for text in _texts(value) for link in _split(text))
    return list(dict.fromkeys(found))


def _whole(text: str) -> str:
    """Half a character (a lone surrogate) becomes the sign for one that is lost."""
    return _SURROGATE.sub("\ufffd", text)


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for part in value:
            yield from _texts(part)


def _split(text: str) -> Iterator[str]:
    if _ONE.fullmatch(text):  # most links
        yield text
        return
    for part in _BETWEEN.split(as_text(text)):
        bare = part.strip(",;|\"'[]")
        if _WEB.fullmatch(bare):
            yield bare
