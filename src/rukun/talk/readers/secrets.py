"""What stands behind the aliases of a file: for the vault, and for nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import polars as pl

from rukun.talk.aliases import Aliases, handle

#: What the vault is given: alias or code, what it stands for, and everything that names it.
SECRETS: Final = {
    "alias": pl.String,
    "what": pl.String,
    "platform": pl.String,
    "native_id": pl.String,
    "handle": pl.String,
    "name": pl.String,
    "url": pl.String,
}
#: An @name in a text, as aliases see one; what stands before it is cut off again.
_MENTION: Final = r"(?:^|[^\pL\pN])[@＠]\w(?:[\w.\-·]*\w)?"
REFERRED: Final = ("reply_to", "repost_of", "quote_of")


def secrets_of(
    part: pl.DataFrame,
    posts: pl.DataFrame,
    platform: str,
    handles: Mapping[str, str],
    aliases: Aliases,
) -> pl.DataFrame:
    """Accounts, spaces and posts of one platform, and accounts that are only mentioned.

    ``part`` are the posts in clear, with ``account`` the native id; ``posts`` the same with aliases.
    """
    accounts = _first(part, "account", handle="handle", name="name")
    named = _mentioned(part, handles, accounts.get_column("native_id"))
    people = pl.concat([accounts, named])
    spaces = _first(part, "space_id", name="space_name")
    own = part.select(native_id="id", url="url", alias=posts.get_column("post_id"))
    others = pl.concat([part.get_column(n).alias("native_id") for n in REFERRED])
    others = others.filter(~others.is_in(own.get_column("native_id").implode())).drop_nulls()
    others = others.unique(maintain_order=True)
    tables = [
        _told(people, "account", aliases.accounts(platform, people.get_column("native_id"))),
        _told(spaces, "space", aliases.spaces(platform, spaces.get_column("native_id"))),
        _told(own, "post", own.get_column("alias")),
        _told(others.to_frame(), "post", aliases.posts(platform, others)),
    ]
    return pl.concat(tables).with_columns(platform=pl.lit(platform)).select(list(SECRETS))


def _first(part: pl.DataFrame, key: str, **columns: str) -> pl.DataFrame:
    """Each native id with the first name, and handle, that the file gives it."""
    stated = part.filter(pl.col(key).is_not_null()).group_by(key, maintain_order=True)
    firsts = {n: pl.col(c).drop_nulls().first() for n, c in columns.items()}
    return stated.agg(**firsts).rename({key: "native_id"})


def _told(table: pl.DataFrame, what: str, codes: pl.Series) -> pl.DataFrame:
    """``table`` in the form of secrets, all but the platform."""
    missing = [n for n in SECRETS if n not in table.columns]
    whole = table.with_columns(pl.lit(None, pl.String).alias(n) for n in missing)
    return whole.with_columns(what=pl.lit(what), alias=codes).select(list(SECRETS))


def _mentioned(part: pl.DataFrame, handles: Mapping[str, str], have: pl.Series) -> pl.DataFrame:
    """Accounts that only texts name."""
    found = part.select(pl.col("text").str.extract_all(_MENTION)).to_series().explode()
    names = sorted({handle(_behind_at(m)) for m in found.drop_nulls().unique()})
    rows = [(handles.get(n, n), n, None) for n in names]
    schema = dict.fromkeys(("native_id", "handle", "name"), pl.String)
    table = pl.DataFrame(rows, schema=schema, orient="row")
    return table.filter(~pl.col("native_id").is_in(have.implode()))


def _behind_at(mention: str) -> str:
    return mention[mention.index("@" if "@" in mention else "＠") :]
