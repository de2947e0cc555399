"""Small tables of posts in which everything can be counted by hand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

import polars as pl

NOON = dt.datetime(2024, 11, 28, 4, tzinfo=dt.UTC)
_TIME = pl.Datetime("us", "UTC")
_SCHEMA = {
    "post_id": pl.String,
    "account": pl.String,
    "posted_at": _TIME,
    "text": pl.String,
    "links": pl.List(pl.String),
    "reply_to": pl.String,
    "repost_of": pl.String,
}


def posts(rows: Sequence[tuple[str, float, dict[str, Any]]]) -> pl.DataFrame:
    """A table of posts from (account, seconds after noon, further fields)."""
    made = [
        {
            "post_id": f"x:{i}",
            "account": account,
            "posted_at": NOON + dt.timedelta(seconds=at),
            "text": "",
            "links": [],
            "reply_to": None,
            "repost_of": None,
            **more,
        }
        for i, (account, at, more) in enumerate(rows)
    ]
    return pl.DataFrame(made, schema=_SCHEMA)


def reposts(account: str, *acts: tuple[str, float]) -> list[tuple[str, float, dict[str, Any]]]:
    """Reposts by one account: (post, seconds after noon)."""
    return [(account, at, {"repost_of": post}) for post, at in acts]
