"""The pulse: how much of the public talk of a place and day is hostile, against its own usual.

A share, not a number of posts: a new file brings more posts, not a worse mood. Two things widen
every statement. Posts of one account are alike, so a day counts as fewer *voices* than posts:
n / (1 + (Σ m² / n − 1) τ), with m the posts of an account and τ how alike they are (the design
effect of Kish, *Survey Sampling*, 1965). And days differ by themselves:
earlier days give a robust share and an overdispersion (beta-binomial, Williams 1982), never the
day itself. A rise is a share beyond what such days give by chance, at a stated rate of false alarms
over all places together. A day below that bar whose interval lies above the usual share is
``raised``: no alarm, and not called usual either. What cannot be said is ``unknown``: it is never
calm.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Final

import numpy as np
import polars as pl

from rukun.places import ZONES, ancestors
from rukun.tables import UTC_TIME, Column, conform, empty
from rukun.talk.pulse_rises import Days, Settings, Verdicts, tested, weighed, wilson

#: Labels that count as hostile.
HOSTILE: Final = ("hostile", "threat", "incite")
#: Places that have a pulse, from the smallest; ``all`` is everything, placed or not.
KINDS: Final = ("village", "kecamatan", "regency", "all")
ALL: Final = "all"
STATES: Final = ("unknown", "usual", "raised", "rise")
#: Why a day is unknown, the first that holds.
REASONS: Final = ("no_posts", "coverage", "few_posts", "short_history")
#: What is counted of a place, day and stream.
COUNTED: Final = ("posts", "hostile", "squares", "several", "pairs")

READINGS: Final[tuple[Column, ...]] = (
    Column("post_id", pl.String, "code", False, "The post."),
    Column("posted_at", UTC_TIME, "UTC", True, "When; posts without a time are left out."),
    Column("place", pl.String, "code", True, "Place it speaks of or from, where that is known."),
    Column("label", pl.String, "word", False, "Label of the screen."),
    Column("score", pl.Float64, "chance", False, "Score of the screen; orders what is shown."),
    Column("account", pl.String, "alias", True, "Alias; without one a post is a voice of its own."),
    Column("stream", pl.String, "code", True, "What it was collected by: platform, query, file."),
    Column("narrative", pl.String, "code", True, "The narrative it belongs to, where known."),
)
DAILY: Final[tuple[Column, ...]] = (
    Column("place", pl.String, "code", False, "Code of the place; `all` for everything."),
    Column("kind", pl.String, "word", False, "village, kecamatan, regency or all."),
    Column("day", pl.Date, "local day", False, "Day in the zone that was given."),
    Column("stream", pl.String, "code", False, "Stream; empty where none was stated."),
    Column("posts", pl.Int64, "posts", False, "Posts of the place and all places below it."),
    Column("hostile", pl.Int64, "posts", False, "Those labelled hostile, threat or incite."),
    Column("squares", pl.Int64, "posts²", False, "Sum of the squared numbers per account."),
    Column("several", pl.Int64, "accounts", False, "Accounts with two posts or more."),
    Column("pairs", pl.Float64, "accounts", False, "Their pairs of posts that are both hostile."),
)
PULSE: Final[tuple[Column, ...]] = (
    Column("place", pl.String, "code", False, "Code of the place; `all` for everything."),
    Column("kind", pl.String, "word", False, "village, kecamatan, regency or all."),
    Column("day", pl.Date, "local day", False, "Day in the zone that was given."),
    Column("posts", pl.Int64, "posts", True, "Posts; null where no file covers the day."),
    Column("hostile", pl.Int64, "posts", True, "Hostile ones among them."),
    Column(
        "voices",
        pl.Float64,
        "voices",
        True,
        "What the posts weigh, as those of one account are alike.",
    ),
    Column("share", pl.Float64, "share", True, "Hostile share; null without posts."),
    Column("low", pl.Float64, "share", True, "Lower end of its 95 % interval (Wilson, by voices)."),
    Column("high", pl.Float64, "share", True, "Upper end."),
    Column("baseline", pl.Float64, "share", True, "Usual share of earlier days, robust."),
    Column("days", pl.Int64, "days", False, "Earlier days the baseline rests on."),
    Column("volume", pl.Float64, "ratio", True, "Posts over the usual number, same streams."),
    Column("chance", pl.Float64, "chance", True, "Chance of such a share on a usual day."),
    Column("state", pl.String, "word", False, "unknown, usual, raised or rise."),
    Column("reason", pl.String, "word", True, "Why it is unknown: one of REASONS."),
    Column("since", pl.Date, "local day", True, "First day of this run of rises."),
)


def daily(readings: pl.DataFrame, places: pl.DataFrame, zone: str) -> pl.DataFrame:
    """Counts per place, local day and stream (DAILY), each place with all places below it.

    ``readings`` is READINGS, ``places`` the area tree, ``zone`` WIB, WITA or WIT. A place that is
    not in the tree counts only to ``all``.
    """
    own = _per_voice(_dated(readings, zone), pl.len())
    above = ancestors(places).filter(pl.col("ancestor_kind").is_in(KINDS))
    placed = own.join(above, left_on="place", right_on="code", how="inner").select(
        pl.col("ancestor").alias("place"), *own.columns[1:]
    )
    voices = _per_voice(
        pl.concat([placed, own.with_columns(place=pl.lit(ALL))]), pl.col("posts").sum()
    )
    kinds = above.select(place="ancestor", kind="ancestor_kind").unique()
    counts = voices.group_by("place", "day", "stream").agg(
        pl.col("posts").sum(),
        pl.col("hostile").sum(),
        squares=(pl.col("posts") ** 2).sum().cast(pl.Int64),
        several=(pl.col("posts") > 1).sum().cast(pl.Int64),
        pairs=_pairs().sum(),
    )
    named = counts.join(kinds, on="place", how="left").with_columns(pl.col("kind").fill_null(ALL))
    return conform(named.sort("place", "kind", "day", "stream"), DAILY, "daily")


def _per_voice(table: pl.DataFrame, posts: pl.Expr) -> pl.DataFrame:
    """Posts and hostile ones of each voice of a place, day and stream."""
    return table.group_by("place", "day", "stream", "voice").agg(
        posts=posts.cast(pl.Int64), hostile=pl.col("hostile").sum().cast(pl.Int64)
    )


def _pairs() -> pl.Expr:
    """The part of an account's pairs of posts in which both are hostile; 0 without a pair."""
    all_pairs = pl.col("posts") * (pl.col("posts") - 1)
    both = pl.col("hostile") * (pl.col("hostile") - 1)
    return pl.when(all_pairs > 0).then(both / all_pairs).otherwise(0.0)


def _dated(readings: pl.DataFrame, zone: str) -> pl.DataFrame:
    """Readings with a local day, a stream and a voice (the account, or the post itself)."""
    table = conform(readings, READINGS, "readings")
    local = (pl.col("posted_at") + pl.duration(hours=ZONES[zone])).dt.date()
    return table.filter(pl.col("posted_at").is_not_null()).select(
        "post_id",
        "place",
        "score",
        "narrative",
        day=local,
        stream=pl.col("stream").fill_null(""),
        voice=pl.coalesce("account", "post_id").hash(),  # whole numbers group faster
        hostile=pl.col("label").is_in(HOSTILE),
    )


def pulse(counts: pl.DataFrame, settings: Settings | None = None) -> pl.DataFrame:
    """The pulse (PULSE) of each place that occurs, for every day from the first to the last.

    Only streams that bring posts today and brought some on enough earlier days are compared, so
    that a new file can neither raise nor hide anything.
    """
    if counts.is_empty():
        return empty(PULSE)
    rules = settings or Settings()
    days = _dense(conform(counts, DAILY, "daily"))
    verdicts = tested(days, rules)
    table = _rows(days, verdicts).drop("known", "run").sort("day", "kind", "place")
    return conform(table, PULSE, "pulse")


def _dense(counts: pl.DataFrame) -> Days:
    """The counts as arrays stream × place × day, with a day for each date of the span."""
    first, last = counts["day"].min(), counts["day"].max()
    assert isinstance(first, dt.date) and isinstance(last, dt.date)
    places = counts.select("place", "kind").unique().sort("place")
    streams = counts["stream"].unique().sort()
    at = (
        counts["stream"].replace_strict(streams, range(len(streams)), return_dtype=pl.Int64),
        counts["place"].replace_strict(places["place"], range(len(places)), return_dtype=pl.Int64),
        (counts["day"] - first).dt.total_days(),
    )
    shape = len(streams), len(places), (last - first).days + 1
    filled = []
    for name in COUNTED:
        cells = np.zeros(shape)
        cells[tuple(a.to_numpy() for a in at)] = counts[name].to_numpy()
        filled.append(cells)
    return Days(first, tuple(places["place"]), tuple(places["kind"]), *filled)


def _rows(days: Days, verdicts: Verdicts) -> pl.DataFrame:
    posts, hostile, squares, *_ = (a.sum(axis=0) for a in days.arrays)
    covered = posts.sum(axis=0) > 0
    many, length = posts.shape
    known = np.broadcast_to(covered, posts.shape).ravel()
    voices = weighed(posts, squares, verdicts.alike)
    share = np.divide(hostile, posts, out=np.full_like(posts, np.nan), where=posts > 0)
    low, high = wilson(share, voices)
    table = pl.DataFrame(
        {
            "place": np.repeat(days.places, length),
            "kind": np.repeat(days.kinds, length),
            "day": [days.first + dt.timedelta(days=d) for d in range(length)] * many,
            "posts": pl.Series(posts.ravel()).cast(pl.Int64),
            "hostile": pl.Series(hostile.ravel()).cast(pl.Int64),
            "voices": voices.ravel(),
            "share": share.ravel(),
            "low": low.ravel(),
            "high": high.ravel(),
            "baseline": verdicts.baseline.ravel(),
            "days": pl.Series(verdicts.days.ravel()).cast(pl.Int64),
            "volume": verdicts.volume.ravel(),
            "chance": verdicts.chance.ravel(),
            "state": np.array(STATES)[verdicts.state.ravel()],
            "reason": np.array([*REASONS, ""])[verdicts.reason.ravel()],
            "known": known,
        }
    )
    shown = [pl.when("known").then(c).alias(c) for c in ("posts", "hostile", "voices")]
    return _since(table.with_columns(*shown, pl.col("reason").replace("", None))).with_columns(
        pl.col(pl.Float64).fill_nan(None)
    )


def _since(table: pl.DataFrame) -> pl.DataFrame:
    """Each rise with the first day of the run of rises it stands in."""
    run = (pl.col("state") != pl.col("state").shift(1).over("place")).fill_null(True)
    runs = table.sort("place", "day").with_columns(run=run.cum_sum().over("place"))
    first = pl.col("day").min().over("place", "run")
    return runs.with_columns(since=pl.when(pl.col("state") == "rise").then(first))


@dataclass(frozen=True, slots=True)
class Carrier:
    """A narrative behind a rise: its hostile posts that day, and a day before that on average."""

    narrative: str
    hostile: int
    usual: float


@dataclass(frozen=True, slots=True)
class Behind:
    """What stands behind a rise: its hostile posts, highest score first, and the narratives that
    grew most."""

    place: str
    day: dt.date
    posts: tuple[str, ...]
    narratives: tuple[Carrier, ...]


def behind(
    readings: pl.DataFrame,
    places: pl.DataFrame,
    zone: str,
    rises: pl.DataFrame,
    most: int = 20,
    window: int = 28,
) -> list[Behind]:
    """The posts and narratives behind each row of ``rises`` (rows of PULSE)."""
    hostile = _dated(readings, zone).filter("hostile")
    below = ancestors(places).group_by("ancestor").agg("code")
    inside = dict(below.iter_rows())
    out = []
    for place, day in rises.select("place", "day").iter_rows():
        here = hostile if place == ALL else hostile.filter(pl.col("place").is_in(inside[place]))
        out.append(_behind(here, place, day, most, window))
    return out


def _behind(here: pl.DataFrame, place: str, day: dt.date, most: int, window: int) -> Behind:
    today = here.filter(pl.col("day") == day).sort("score", "post_id", descending=[True, False])
    earlier = here.filter(pl.col("day").is_between(day - dt.timedelta(days=window), day, "left"))
    days = max(1, earlier["day"].n_unique())
    before = dict(_per_narrative(earlier).iter_rows())
    now = [(n, c, before.get(n, 0) / days) for n, c in _per_narrative(today).iter_rows()]
    grown = sorted((g for g in now if g[1] > g[2]), key=lambda g: (g[2] - g[1], g[0]))
    carriers = tuple(Carrier(*g) for g in grown[:most])
    return Behind(place, day, tuple(today["post_id"].head(most)), carriers)


def _per_narrative(posts: pl.DataFrame) -> pl.DataFrame:
    return posts.filter(pl.col("narrative").is_not_null()).group_by("narrative").len("count")
