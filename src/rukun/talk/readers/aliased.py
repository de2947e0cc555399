"""From posts in clear to posts with aliases, and to the secrets that only the vault may keep."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

import polars as pl

from rukun.talk.aliases import Aliases, handle
from rukun.talk.posts import as_posts
from rukun.talk.readers.formats.looking import id_of
from rukun.talk.readers.secrets import REFERRED, secrets_of


def aliased(
    clear: pl.DataFrame, known: Mapping[str, Mapping[str, Any]], aliases: Aliases, origin: str
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The posts of a file, and the secrets behind their aliases."""
    posts, secrets = [], []
    for part in clear.partition_by("platform", maintain_order=True):
        platform = str(part.item(0, "platform"))
        handles = _handles(part, known.get(platform, {}))
        part = _native(part, handles)
        posts.append(_posts(part, platform, handles, aliases))
        secrets.append(secrets_of(part, posts[-1], platform, handles, aliases))
    table = (
        pl.concat(posts).with_columns(origin=pl.lit(origin)).sort("origin_row", maintain_order=True)
    )
    return as_posts(table), pl.concat(secrets).unique(maintain_order=True)


def _handles(part: pl.DataFrame, known: Mapping[str, Any]) -> dict[str, str]:
    """Handle (in its one form) → stable id, wherever the file states both."""
    both = part.select("handle", "account_id").drop_nulls().unique()
    told = {handle(h): id_of(native) for h, native in known.items()}
    own = {handle(h): native for h, native in both.iter_rows()}
    return {h: native for h, native in {**told, **own}.items() if h and native}


def _native(part: pl.DataFrame, handles: Mapping[str, str]) -> pl.DataFrame:
    """``account``, the account's native id (its stable id, else that of its handle, else the
    handle, else the name), the post's id, and the original of a repost that names none."""
    part = part.with_columns(
        account=pl.coalesce(
            "account_id", _natives(part, "handle", handles), _natives(part, "name", {})
        )
    )
    source = _natives(part, "repost_from", handles)
    part = part.with_columns(source=source)
    part = part.with_columns(
        weak=pl.col("weak") | pl.col("id").is_null(),
        id=pl.coalesce("id", _made_up(part)),
    )
    return part.with_columns(repost_of=pl.coalesce("repost_of", _originals(part)))


def _natives(part: pl.DataFrame, column: str, handles: Mapping[str, str]) -> pl.Series:
    values = part.get_column(column)
    distinct = values.drop_nulls().unique()
    plain = [handle(v) for v in distinct]
    native = pl.Series([handles.get(p, p) for p in plain], dtype=pl.String)
    return values.replace_strict(distinct, native, default=None, return_dtype=pl.String)


def _made_up(part: pl.DataFrame) -> pl.Series:
    """Ids for posts that state none: of account, time and text; of the whole row where a file
    states neither account nor time, and then rows that are alike are told apart by their order."""
    lost = part.get_column("id").is_null()
    if not lost.any():
        return pl.Series([None] * part.height, dtype=pl.String)
    seen: dict[str, int] = {}
    made: list[str | None] = []
    rows = part.select("id", "account", "posted_at", "text", "raw").iter_rows()
    for native, account, posted_at, text, raw in rows:
        if native is not None:
            made.append(None)
        elif account is None and posted_at is None:
            seen[raw] = seen.get(raw, 0) + 1
            made.append(f"?{raw}#{seen[raw]}")
        else:
            made.append("?" + _digest(account or "", str(posted_at), text))
    return pl.Series(made, dtype=pl.String)


def _originals(part: pl.DataFrame) -> pl.Series:
    """For reposts that name no post: the one of that account with that text in this file, else a
    code that all reposts of it share."""
    weak = part.get_column("source").is_not_null() & part.get_column("repost_of").is_null()
    if not weak.any():
        return pl.Series([None] * part.height, dtype=pl.String)
    by_text: dict[str, str] = {}
    own = part.filter(pl.col("kind") != "repost").select("account", "name", "id", "text")
    for account, name, native, text in own.iter_rows():
        for who in (account, handle(name) if name else None):
            if who:
                by_text.setdefault(_said(who, text), native)
    found = [
        by_text.get(key := _said(who, text), f"?{key}") if is_weak else None
        for is_weak, who, text in zip(
            weak, part.get_column("source"), part.get_column("text"), strict=True
        )
    ]
    return pl.Series(found, dtype=pl.String)


def _said(who: str, text: str) -> str:
    return _digest(who, " ".join(text.split()).casefold())


def _digest(*parts: str) -> str:
    raw = "\0".join(parts).encode("utf-8", "surrogatepass")
    return hashlib.sha256(raw).hexdigest()


def _posts(
    part: pl.DataFrame, platform: str, handles: Mapping[str, str], aliases: Aliases
) -> pl.DataFrame:
    text = aliases.masks(part.get_column("text"), platform, handles)
    return part.select(
        aliases.posts(platform, part.get_column("id")).alias("post_id"),
        "platform",
        aliases.accounts(platform, part.get_column("account")).alias("account"),
        aliases.spaces(platform, part.get_column("space_id")).alias("space"),
        "posted_at",
        text.alias("text"),
        _links(part, platform, handles, aliases),
        *(aliases.posts(platform, part.get_column(n)).alias(n) for n in REFERRED),
        "kind",
        _engagement(),
        aliases.masks(part.get_column("place"), platform, handles).alias("place_hint"),
        "collected_at",
        pl.lit("").alias("origin"),
        pl.col("row").alias("origin_row"),
        "raw",
        "weak",
    )


def _links(
    part: pl.DataFrame, platform: str, handles: Mapping[str, str], aliases: Aliases
) -> pl.Series:
    links = part.get_column("links")
    distinct = links.explode().drop_nulls().unique()
    if distinct.is_empty():
        return links
    masked = pl.Series([aliases.link(u, platform, handles) for u in distinct], dtype=pl.String)
    return links.list.eval(pl.element().replace_strict(distinct, masked, return_dtype=pl.String))


def _engagement() -> pl.Expr:
    """The counts as one value, null where the file states none of them."""
    names = ("likes", "comments", "shares", "views")
    stated = pl.any_horizontal(pl.col(n).is_not_null() for n in names)
    return pl.when(stated).then(pl.struct(names)).alias("engagement")
