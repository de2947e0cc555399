"""Where posts speak of: the place a post or its file names, as a code of the frame."""

from __future__ import annotations

from functools import partial
from typing import Final

import ibis
import pyarrow as pa

from rukun.engine import Engine
from rukun.talk.gazetteer import Gazetteer

_SCHEMA: Final = pa.schema([(n, pa.string()) for n in ("text", "place_hint", "place")])
#: Stations belong to their village: talk is counted by village and above.
_STATION: Final = "tps"


def located(posts: ibis.Table, gazetteer: Gazetteer, engine: Engine) -> ibis.Table:
    """post_id and ``place`` of each post: what it is said to be about, else the one place its
    text names; null where none or several are named. Stations count as their village."""
    pairs = posts.select("text", "place_hint").distinct()
    known = engine.map_batches(pairs, partial(_places, gazetteer), _SCHEMA)
    same_hint = posts.place_hint.identical_to(known.place_hint)
    joined = posts.select("post_id", "text", "place_hint").join(
        known, [posts.text == known.text, same_hint]
    )
    return joined.select("post_id", "place")


def _places(gazetteer: Gazetteer, batch: pa.RecordBatch) -> pa.RecordBatch:
    texts, hints = (batch.column(n).to_pylist() for n in ("text", "place_hint"))
    found = [place_of(gazetteer, t, h) for t, h in zip(texts, hints, strict=True)]
    columns = [batch.column("text"), batch.column("place_hint"), pa.array(found, pa.string())]
    return pa.RecordBatch.from_arrays([c.cast(pa.string()) for c in columns], schema=_SCHEMA)


def place_of(gazetteer: Gazetteer, text: str, hint: str | None) -> str | None:
    """The place of one post, or None."""
    stated = gazetteer.place(hint) if hint else None
    if stated is not None and stated.code:
        return _village(gazetteer, stated.code)
    named = {m.code for m in gazetteer.find(text, hint) if m.code}
    villages = {_village(gazetteer, code) for code in named}
    return villages.pop() if len(villages) == 1 else None


def _village(gazetteer: Gazetteer, code: str) -> str:
    return code[:-3] if gazetteer.level(code) == _STATION else code
