"""Small collections of posts: rows that can be counted by hand, files of them, secrets behind them."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import polars as pl

from rukun.tables import UTC_TIME
from rukun.talk.archive import Archive
from rukun.talk.posts import ENGAGEMENT, POSTS, as_posts
from rukun.talk.store import Store
from rukun.talk.vault import Vault

#: Names that must be nowhere but in the vault.
HANDLE, NAME, OTHER, NATIVE = "contoh_satu", "Nama Contoh Satu", "contoh_dua", "7700000000000000077"
HEADER = ("platform", "id", "account_id", "handle", "name", "text", "posted_at", "url")


def day(n: int, hour: int = 4) -> dt.datetime:
    """That day of November 2024."""
    return dt.datetime(2024, 11, n, hour, tzinfo=dt.UTC)


def posts(rows: Sequence[dict[str, Any]]) -> pl.DataFrame:
    """A table of posts; what a row does not say is ordinary."""
    made = [
        {
            "post_id": f"x:{i}",
            "platform": "x",
            "account": f"akun-{i}",
            "posted_at": day(27),
            "text": f"kata {i}",
            "links": [],
            "kind": "post",
            "origin": "0" * 64,
            "origin_row": i + 2,
            "raw": "r",
            "weak": False,
            **row,
        }
        for i, row in enumerate(rows)
    ]
    schema = {c.name: c.dtype for c in POSTS}
    assert schema["engagement"] == ENGAGEMENT and schema["posted_at"] == UTC_TIME
    return as_posts(pl.DataFrame(made, schema=schema))


def secrets(rows: Sequence[tuple[str, str, str, str | None]]) -> pl.DataFrame:
    """Secrets (alias, what, native id, handle) as a reader sets them apart."""
    columns = ("alias", "what", "native_id", "handle")
    made = [dict(zip(columns, r, strict=True)) | {"platform": "x"} for r in rows]
    names = ("alias", "what", "platform", "native_id", "handle", "name", "url")
    return pl.DataFrame(made, schema=dict.fromkeys(names, pl.String))


def write_csv(path: Path, rows: Sequence[Sequence[str]]) -> Path:
    """A plain table of posts; cells that are left out are empty."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([HEADER, *([*r, *[""] * (len(HEADER) - len(r))] for r in rows)])
    return path


def row(n: int, text: str = "halo", when: str = "2024-11-27T04:00:00Z") -> tuple[str, ...]:
    """A row that names an account in every way there is."""
    words = f"{text} {n} @{OTHER} https://x.com/{HANDLE}/status/{n}"
    url = f"https://x.com/{HANDLE}/status/{n}"
    return ("x", str(n), NATIVE, HANDLE, NAME, words, when, url)


def store(folder: Path) -> Store:
    """Archive and vault in the places where the commands put them."""
    return Store(Archive(folder / "posts"), Vault(folder / "vault"))
