"""The formats that are read, in the order in which a file is tried against them."""

from __future__ import annotations

from typing import Final

from rukun.talk.readers.format import Format
from rukun.talk.readers.formats import (
    archives,
    bluesky,
    fourcat,
    instagram,
    meta,
    plain,
    telegram,
    tiktok,
    x,
    youtube,
)

#: The most particular shapes first; the plain table last.
FORMATS: Final[tuple[Format, ...]] = (
    *telegram.FORMATS,
    *x.FORMATS,
    *instagram.FORMATS,
    *tiktok.FORMATS,
    *youtube.FORMATS,
    *bluesky.FORMATS,
    *meta.FORMATS,
    *fourcat.FORMATS,
    *archives.FORMATS,
    *plain.FORMATS,
)
BY_CODE: Final = {f.code: f for f in FORMATS}
