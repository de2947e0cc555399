"""The plain table: our own column names, or those that a mapping leads to them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from rukun.talk.readers.format import Format
from rukun.talk.readers.targets import TARGETS

_OWN: Final = {t.name: (t.name,) for t in TARGETS}
_NOTES: Final = (
    "One row a post. `platform` and `text` are needed, the others may be left out; an empty cell is *not stated*.",
    "A time without a zone needs one in a mapping (`[time] zone`).",
)


def plain(code: str, fields: Mapping[str, tuple[str, ...]]) -> Format:
    """The plain table with these columns."""
    return Format(
        code=code,
        title="Plain table (CSV, XLSX)",
        tool="any spreadsheet or script",
        platform="",
        container="table",
        fields=fields,
        shape=(("platform", "text"),),
        notes=_NOTES,
    )


PLAIN: Final = plain("plain", _OWN)
PLAIN_JSON: Final = Format(
    code="plain-json",
    title="Plain records (NDJSON, JSON)",
    tool="any script",
    platform="",
    container="json",
    fields=_OWN,
    shape=(("platform", "text"),),
    notes=_NOTES[:1],
)
FORMATS: Final = (PLAIN, PLAIN_JSON)
