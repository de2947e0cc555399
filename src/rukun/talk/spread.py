"""How a narrative travelled: first seen, path, speed, and which aliases carried it far.

An order of sightings and a lag curve, not a tree: platforms point every repost at the root, so
who copied from whom is not in the data. "First" always means earliest in this data.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Final

import ibis
import numpy as np
import polars as pl

from rukun.engine import Engine
from rukun.errors import UserError
from rukun.tables import UTC_TIME, Column, conform

#: Ends of the steps of the lag curve, in seconds; after 30 days each is twice the one before.
LAG_STEPS: Final = (
    *(0, 60, 300, 900, 1_800, 3_600, 7_200, 10_800, 21_600, 43_200),
    *(day * 86_400 for day in (1, 2, 3, 7, 14, 21, 30)),
)
#: Carriers shown by posts, and by engagement.
CARRIERS_SHOWN: Final = 20

ENGAGEMENT: Final = pl.Struct(
    {"likes": pl.Int64, "comments": pl.Int64, "shares": pl.Int64, "views": pl.Int64}
)
PATH: Final[tuple[Column, ...]] = (
    Column("order", pl.Int64, "rank", False, "1 for where it was seen first."),
    Column("platform", pl.String, "code", False, "Platform."),
    Column("place", pl.String, "code", True, "Place hinted at; null where the posts name none."),
    Column("first_post", pl.String, "code", False, "Earliest post there."),
    Column("first_seen", UTC_TIME, "UTC", False, "Its time."),
    Column("lag", pl.Int64, "seconds", False, "After the first post of all."),
    Column("posts", pl.Int64, "posts", False, "Posts there that have a time."),
)
LAGS: Final[tuple[Column, ...]] = (
    Column("lag", pl.Int64, "seconds", False, "After the first post."),
    Column("posts", pl.Int64, "posts", False, "Posts up to then."),
    Column("share", pl.Float64, "share", False, "Of all posts that have a time."),
)
HOURS: Final[tuple[Column, ...]] = (
    Column("hour", UTC_TIME, "UTC", False, "Beginning of an hour with posts."),
    Column("posts", pl.Int64, "posts", False, "Posts in it."),
    Column("total", pl.Int64, "posts", False, "Posts up to its end."),
)
_STATED: Final = ("likes", "comments", "shares", "views")
CARRIERS: Final[tuple[Column, ...]] = (
    Column("account", pl.String, "alias", False, "Alias."),
    Column("posts", pl.Int64, "posts", False, "Its posts of the narrative."),
    Column("first_seen", UTC_TIME, "UTC", True, "Its earliest post."),
    *(Column(n, pl.Int64, n, True, f"Sum of {n}; null where none is stated.") for n in _STATED),
    Column("engagement", pl.Int64, "acts", True, "Likes, comments and shares together."),
    Column("by_posts", pl.Int64, "rank", False, "Rank by posts; equals share a rank."),
    Column("by_engagement", pl.Int64, "rank", True, "Rank by engagement, where it is stated."),
)
COVERAGE: Final[tuple[Column, ...]] = (
    Column("field", pl.String, "field", False, "Field of the posts."),
    Column("stated", pl.Int64, "posts", False, "Posts that state it."),
    Column("posts", pl.Int64, "posts", False, "All posts of the narrative."),
)
_NEEDED: Final[tuple[Column, ...]] = (
    Column("post_id", pl.String, "code", False, "Platform and the post's own id."),
    Column("posted_at", UTC_TIME, "UTC", True, "When it was posted."),
    Column("platform", pl.String, "code", False, "Platform."),
    Column("account", pl.String, "code", True, "Alias of the account."),
    Column("place_hint", pl.String, "code", True, "Place, where the post names one."),
    Column("engagement", ENGAGEMENT, "acts", True, "What the platform counted."),
)
_CAVEATS: Final = {
    "en": (
        "“First” means the earliest in this data, which need not be the first in the world: "
        "collection sees only a part of what is posted, and clocks differ. The path is an order "
        "of sightings and does not show who copied from whom. Of {posts} posts, {posted_at} "
        "state a time, {account} an account, {place_hint} a place, {engagement} any engagement."
    ),
    "id": (
        "“Pertama” berarti yang paling awal dalam data ini, belum tentu yang pertama di dunia: "
        "pengumpulan hanya menangkap sebagian unggahan, dan jam perangkat dapat berbeda. Jalur "
        "ini urutan kemunculan, bukan bukti siapa menyalin dari siapa. Dari {posts} unggahan, "
        "{posted_at} menyebut waktu, {account} akun, {place_hint} tempat, {engagement} jumlah "
        "reaksi."
    ),
}


@dataclass(frozen=True)
class Spread:
    """How one narrative travelled.

    ``median_lag``: half of the later posts came within so many seconds of the first; null where
    there is none. ``peak``: the most posts in any 60 minutes, from ``peak_from``. The tables are
    PATH, LAGS, HOURS, CARRIERS and COVERAGE.
    """

    first_post: str | None
    first_seen: dt.datetime | None
    median_lag: float | None
    peak: int
    peak_from: dt.datetime | None
    path: pl.DataFrame
    lags: pl.DataFrame
    hours: pl.DataFrame
    carriers: pl.DataFrame
    coverage: pl.DataFrame

    def caveat(self, lang: str) -> str:
        """What stands beside every figure of this, in ``id`` or ``en``."""
        counts = dict(self.coverage.select("field", "stated").iter_rows())
        counts["posts"] = self.coverage.item(0, "posts")
        return _CAVEATS[lang].format(
            **{k: f"{n:,}".replace(",", "\u202f") for k, n in counts.items()}
        )


def posts_of(
    posts: pl.DataFrame | ibis.Table,
    members: pl.DataFrame,
    narrative: str,
    engine: Engine | None = None,
) -> pl.DataFrame:
    """The posts of one narrative, ready for ``spread``. An Ibis table needs its engine.

    Raises ``UserError`` (``narrative-unknown``) where no post belongs to it.
    """
    wanted = members.filter(pl.col("narrative") == narrative).select("post_id")
    if wanted.is_empty():
        raise UserError(
            "narrative-unknown",
            "there is no such narrative in this data.",
            "Take the id from the table of narratives.",
            narrative,
        )
    if isinstance(posts, pl.DataFrame):
        return posts.join(wanted, on="post_id", how="semi").sort("post_id")
    if engine is None:
        raise TypeError("an Ibis table needs the engine it belongs to")
    return engine.collect(posts.semi_join(engine.load(wanted), "post_id"), by=["post_id"])


def spread(posts: pl.DataFrame) -> Spread:
    """How the narrative that consists of these posts travelled (a post listed twice counts once)."""
    table = conform(posts, _NEEDED, "posts").select(c.name for c in _NEEDED)
    table = table.sort("posted_at", "post_id", nulls_last=True).unique(
        "post_id", keep="first", maintain_order=True
    )
    dated = table.filter(pl.col("posted_at").is_not_null()).with_columns(
        lag=(pl.col("posted_at") - pl.col("posted_at").min()).dt.total_seconds()
    )
    peak, peak_from = _peak(dated.get_column("posted_at"))
    first = dated.row(0, named=True) if dated.height else {}
    return Spread(
        first_post=first.get("post_id"),
        first_seen=first.get("posted_at"),
        median_lag=_median(dated.get_column("lag")),
        peak=peak,
        peak_from=peak_from,
        path=conform(_path(dated), PATH, "path"),
        lags=conform(_lags(dated.get_column("lag")), LAGS, "lags"),
        hours=conform(_hours(dated), HOURS, "hours"),
        carriers=conform(_carriers(table), CARRIERS, "carriers"),
        coverage=conform(_coverage(table), COVERAGE, "coverage"),
    )


def _median(lags: pl.Series) -> float | None:
    """Of the posts after the first."""
    later = lags.slice(1).median()
    return float(later) if isinstance(later, int | float) else None


def _peak(times: pl.Series) -> tuple[int, dt.datetime | None]:
    """The most posts within 60 minutes of one of them, and from when."""
    if times.is_empty():
        return 0, None
    ordered = times.dt.epoch("us").to_numpy()
    ends = np.searchsorted(ordered, ordered + 3_600_000_000, side="left")
    counts = ends - np.arange(ordered.size)
    best = int(counts.argmax())
    begun: dt.datetime = times[best]
    return int(counts[best]), begun


def _path(dated: pl.DataFrame) -> pl.DataFrame:
    stops = dated.group_by("platform", place="place_hint").agg(
        pl.col("post_id").first().alias("first_post"),
        pl.col("posted_at").first().alias("first_seen"),
        pl.col("lag").first(),
        pl.len().cast(pl.Int64).alias("posts"),
    )
    ordered = stops.sort("first_seen", "first_post").with_row_index("order", offset=1)
    return ordered.select(pl.col(c.name).cast(c.dtype) for c in PATH)


def _lags(lags: pl.Series) -> pl.DataFrame:
    if lags.is_empty():
        return pl.DataFrame(schema={c.name: c.dtype for c in LAGS})
    steps, longest = list(LAG_STEPS), int(lags[-1])
    while steps[-1] < longest:
        steps.append(2 * steps[-1])
    last = next(n for n, step in enumerate(steps) if step >= longest)
    posts = pl.Series(np.searchsorted(lags.to_numpy(), steps[: last + 1], side="right"))
    return pl.DataFrame({"lag": steps[: last + 1], "posts": posts, "share": posts / lags.len()})


def _hours(dated: pl.DataFrame) -> pl.DataFrame:
    hours = dated.group_by(hour=pl.col("posted_at").dt.truncate("1h")).agg(
        posts=pl.len().cast(pl.Int64)
    )
    return hours.sort("hour").with_columns(total=pl.col("posts").cum_sum())


def _carriers(table: pl.DataFrame) -> pl.DataFrame:
    """The accounts with most posts and those with most engagement."""
    stated = (_total(pl.col("engagement").struct.field(n)).alias(n) for n in _STATED)
    out = (
        table.filter(pl.col("account").is_not_null())
        .group_by("account")
        .agg(
            pl.len().cast(pl.Int64).alias("posts"),
            pl.col("posted_at").min().alias("first_seen"),
            *stated,
        )
    )
    acts = pl.col("likes", "comments", "shares")
    known = pl.any_horizontal(acts.is_not_null())
    out = out.with_columns(engagement=pl.when(known).then(pl.sum_horizontal(acts)))
    out = out.with_columns(
        by_posts=pl.col("posts").rank("min", descending=True).cast(pl.Int64),
        by_engagement=pl.col("engagement").rank("min", descending=True).cast(pl.Int64),
    ).sort("by_posts", "by_engagement", "account", nulls_last=True)
    shown = out.with_row_index().filter(
        (pl.col("index") < CARRIERS_SHOWN)
        | (pl.col("by_engagement") <= CARRIERS_SHOWN).fill_null(False)
    )
    return shown.select(c.name for c in CARRIERS)


def _total(values: pl.Expr) -> pl.Expr:
    """The sum; null, not 0, where nothing is stated."""
    return pl.when(values.count() > 0).then(values.sum())


def _coverage(table: pl.DataFrame) -> pl.DataFrame:
    counted = pl.any_horizontal(pl.col("engagement").struct.field(n).is_not_null() for n in _STATED)
    stated = table.select(
        pl.col("posted_at", "account", "place_hint").count(), counted.sum().alias("engagement")
    )
    rows = [(name, int(stated.item(0, name)), table.height) for name in stated.columns]
    return pl.DataFrame(rows, schema=[c.name for c in COVERAGE], orient="row")
