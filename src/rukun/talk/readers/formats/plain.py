"""The plain table: our own column names, or those that a mapping leads to them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from rukun.talk.readers.format import Format
from rukun.talk.readers.targets import TARGETS

_OWN: Final = {t.name: (t.name,) for t in TARGETS}
_NOTES: Final = (
    "One row a post. `platform` and `text` are needed, the others may be left out; an empty cell is *not stated*.",
    "A time without a zone needs one in a mapping (`[time] zone`).",
)


PLAIN: Final = Format(
    code="plain",
    title="Plain table (CSV, XLSX)",
    tool="any spreadsheet or script",
    platform="",
    container="table",
    fields=_OWN,
    shape=(("platform", "text"),),
    notes=_NOTES,
)
PLAIN_JSON: Final = replace(
    PLAIN,
    code="plain-json",
    title="Plain records (NDJSON, JSON)",
    tool="any script",
    container="json",
    notes=_NOTES[:1],
)
FORMATS: Final = (PLAIN, PLAIN_JSON)


def mapped(form: Format, fields: Mapping[str, tuple[str, ...]]) -> Format:
    """The plain table, or plain records, with these places instead of our own names."""
    return replace(
        form, fields=fields, shape=tuple((p,) for places in fields.values() for p in places)
    )
