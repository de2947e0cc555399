"""A second reader asked how the top few posts speak, where the operator named one.

Its opinion is kept beside the screen's and changes neither label nor order. Where it does not
answer, the work goes on without it and says so.
"""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any, Final

import polars as pl
from django.conf import settings

from rukun.errors import UserError
from rukun.reach import send
from rukun.talk.screen.second import SHARE, SecondReader, second_reader

log_lines = logging.getLogger(__name__)
#: However large the stream, no more posts than this are shown to it.
MOST: Final = 500


def reader() -> SecondReader | None:
    """The reader that the settings name."""
    named = settings.RUKUN_SECOND
    folder = Path(named["folder"]) if named["folder"] else None
    return second_reader(named["url"], named["model"], named["key"], folder, send)


def asked(top: pl.DataFrame, posts: pl.DataFrame, total: int) -> dict[str, dict[str, Any]]:
    """post_id → reader and mode, for the highest-scored few of ``top`` (verdicts, best first)."""
    try:
        second = reader()
        if second is None:
            return {}
        few = top.filter(~pl.col("help")).head(min(MOST, max(1, round(total * SHARE))))
        texts = few.join(posts.select("post_id", "text"), on="post_id", maintain_order="left")
        rows = texts.select("post_id", "text").iter_rows()
        return {key: {"reader": second.name, "mode": second.mode(text)} for key, text in rows}
    except UserError as err:
        log_lines.warning("the second reader was left out: %s", err.code)
        return {}
