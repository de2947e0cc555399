"""The table of posts: one row a public post, whatever file it came from, accounts as aliases."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import polars as pl

from rukun.tables import UTC_TIME, Column, conform, keep

#: What a post is: written by the account, passed on, or written under something else.
KINDS: Final = ("post", "repost", "comment")
#: Acts counted by the platform; null where it states none, never 0.
COUNTED: Final = ("likes", "comments", "shares", "views")
ENGAGEMENT: Final = pl.Struct(dict.fromkeys(COUNTED, pl.Int64))

POSTS: Final[tuple[Column, ...]] = (
    Column("post_id", pl.String, "code", False, "Platform, “:” and a keyed code of its own id."),
    Column(
        "platform", pl.String, "code", False, "Platform, in small letters: facebook, x, tiktok."
    ),
    Column("account", pl.String, "alias", True, "Alias of the account; null where none is stated."),
    Column("space", pl.String, "alias", True, "Alias of the group, channel or page it stands in."),
    Column("posted_at", UTC_TIME, "UTC", True, "When it was posted, by the platform's clock."),
    Column("text", pl.String, "text", False, "What it says; mentions are aliases. May be empty."),
    Column(
        "links", pl.List(pl.String), "URLs", False, "Links in it; links to profiles are aliased."
    ),
    Column("reply_to", pl.String, "code", True, "Post (or video) it answers."),
    Column("repost_of", pl.String, "code", True, "Post it passes on."),
    Column("quote_of", pl.String, "code", True, "Post it quotes."),
    Column("kind", pl.String, "word", False, "post, repost or comment."),
    Column(
        "engagement", ENGAGEMENT, "acts", True, "What the platform counted; null is not stated."
    ),
    Column("place_hint", pl.String, "text", True, "Place as the post or its file states it."),
    Column("collected_at", UTC_TIME, "UTC", True, "When it was collected, where that is stated."),
    Column("origin", pl.String, "sha256", False, "File it came from."),
    Column("origin_row", pl.Int64, "row", False, "Row or record of that file, counted from 1."),
    Column("raw", pl.String, "sha256", False, "The raw row or record."),
    Column("weak", pl.Boolean, "yes/no", False, "Its id, or what it reposts, was worked out."),
)
NAMES: Final = tuple(c.name for c in POSTS)
#: Platforms of posts that are made up for practice begin with this, and so do the posts' codes.
EXERCISE: Final = "latihan"


def is_exercise(names: Iterable[str]) -> bool:
    """Whether any of these platforms, or codes of posts, is of what is made up for practice."""
    return any(name.startswith(EXERCISE) for name in names)


def as_posts(table: pl.DataFrame) -> pl.DataFrame:
    """``table`` as a table of posts: every column in order, nothing further.

    Raises ``UserError`` (``table-schema``) naming the column that does not fit.
    """
    return conform(table, POSTS, "posts").select(NAMES)


def once(posts: pl.DataFrame) -> pl.DataFrame:
    """Each post once, as it was collected last; what came first decides between equals.

    A post that stands in several files is one post: the latest reading holds its latest counts.
    """
    latest = posts.sort("collected_at", descending=True, nulls_last=True, maintain_order=True)
    chosen = latest.unique("post_id", keep="first", maintain_order=True)
    return chosen.sort("posted_at", "post_id", nulls_last=True)


def told(posts: pl.DataFrame) -> pl.DataFrame:
    """Only the posts that say something in words."""
    return keep(posts, pl.col("text").str.strip_chars() != "")
