"""What a file says about how much of the whole it holds."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, NamedTuple

import polars as pl


class Told(NamedTuple):
    """One thing the file says about its own coverage, in both languages."""

    code: str
    en: str
    id: str


_MORE: Final = Told(
    "more-pages",
    "The file says that there are more pages which it does not hold.",
    "Berkas menyatakan masih ada halaman lain yang tidak dimuat.",
)


@dataclass(frozen=True)
class Coverage:
    """First and last post, first and last moment of collecting, and what the file says itself.

    None is not stated. That nothing is said does not mean that all is there: collection tools
    return fractions without saying so.
    """

    first_posted: dt.datetime | None = None
    last_posted: dt.datetime | None = None
    first_collected: dt.datetime | None = None
    last_collected: dt.datetime | None = None
    without_time: int = 0
    without_account: int = 0
    told: tuple[Told, ...] = ()


def coverage(posts: pl.DataFrame, counted: Mapping[str, int]) -> Coverage:
    """The coverage of a file's posts; ``counted`` is what its records state (see ``Format``)."""
    posted, collected = posts.get_column("posted_at"), posts.get_column("collected_at")
    return Coverage(
        *_ends(posted),
        *_ends(collected),
        without_time=posted.null_count(),
        without_account=posts.get_column("account").null_count(),
        told=tuple(_told(counted)),
    )


def _ends(times: pl.Series) -> tuple[dt.datetime | None, dt.datetime | None]:
    first, last = times.min(), times.max()
    return (
        first if isinstance(first, dt.datetime) else None,
        last if isinstance(last, dt.datetime) else None,
    )


def _told(counted: Mapping[str, int]) -> list[Told]:
    told = [_MORE] if counted.get("pages") else []
    stated, here = counted.get("replies", 0), counted.get("replies_here", 0)
    if stated > here:
        told.append(
            Told(
                "replies-missing",
                f"Its threads state {stated} replies; the file holds {here} of them.",
                f"Utasnya menyebut {stated} balasan; berkas memuat {here}.",
            )
        )
    return told
