"""When a form was entered: read in one way only, or refused; UTC inside."""

from __future__ import annotations

import datetime as dt
from typing import Final

import polars as pl

from rukun.count.readers.problems import Notes
from rukun.frame import Frame
from rukun.places import ZONES, zone_of
from rukun.tables import UTC_TIME

_ISO: Final = (
    r"^(?P<day>\d{4}-\d{2}-\d{2})[T ](?P<clock>\d{2}:\d{2})(?P<second>:\d{2})?(?:\.\d{1,9})? ?"
    r"(?P<zone>Z|[+-]\d{2}:?\d{2}|WIB|WITA|WIT)?$"
)
_SERIAL: Final = r"^\d{5}([.,]\d+)?$"
_DAY_FIRST: Final = r"^\d{1,2}[/.-]\d{1,2}[/.-](\d{4}|\d{2})\b"
#: A form may be entered from the day of the vote until all proceedings are long over.
_LATEST: Final = dt.timedelta(days=730)


def check_times(table: pl.DataFrame, frame: Frame, zone: str, notes: Notes) -> pl.DataFrame:
    """``table`` with ``entered_at`` in UTC. A time without zone is the place's own."""
    if "entered_at" not in table.columns:
        return table
    if table.schema["entered_at"] == pl.String:
        table = table.with_columns(pl.col("entered_at").str.strip_chars().replace("", None))
    stated = table.filter(pl.col("entered_at").is_not_null()).select(
        "row", "place", "contest", "entered_at"
    )
    if stated.is_empty():
        return table.with_columns(pl.lit(None, dtype=UTC_TIME).alias("entered_at"))
    known = _with_offset(stated, frame, zone, notes)
    known = known.with_columns(utc=pl.col("local") - pl.duration(minutes=pl.col("minutes")))
    _absurd(known, frame, notes)
    times = known.select("row", utc=pl.col("utc").dt.replace_time_zone("UTC").cast(UTC_TIME))
    joined = table.drop("entered_at").join(times, on="row", how="left", maintain_order="left")
    return joined.rename({"utc": "entered_at"})


def _with_offset(stated: pl.DataFrame, frame: Frame, zone: str, notes: Notes) -> pl.DataFrame:
    """``local`` (naive) and ``minutes`` ahead of UTC for each row whose time can be read."""
    dtype = stated.schema["entered_at"]
    if isinstance(dtype, pl.Datetime) and dtype.time_zone:
        utc = pl.col("entered_at").dt.convert_time_zone("UTC").dt.replace_time_zone(None)
        return stated.with_columns(local=utc, minutes=pl.lit(0, dtype=pl.Int64))
    parts = stated.with_columns(zone=pl.lit(None, dtype=pl.String), local=pl.col("entered_at"))
    if dtype == pl.String:
        parts = _read(stated, notes)
    said = pl.coalesce("zone", pl.lit(zone or None, dtype=pl.String))
    if parts.select(said.null_count()).item():
        own = zone_of(frame.places).select(place="code", own="zone")
        parts = parts.join(own, on="place", how="left")
        said = pl.coalesce(said, "own")
    parts = parts.with_columns(minutes=_minutes(said))
    lost = parts.filter(pl.col("minutes").is_null())
    notes.add_rows("time-zone", lost.get_column("row"), "entered_at", lost.get_column("entered_at"))
    return parts.filter(pl.col("minutes").is_not_null())


def _read(stated: pl.DataFrame, notes: Notes) -> pl.DataFrame:
    groups = stated.with_columns(pl.col("entered_at").str.extract_groups(_ISO).alias("g")).unnest(
        "g"
    )
    text = pl.concat_str(
        pl.col("day"), pl.lit(" "), pl.col("clock"), pl.col("second").fill_null(":00")
    )
    parts = groups.with_columns(
        local=text.str.to_datetime("%Y-%m-%d %H:%M:%S", strict=False, time_unit="us")
    )
    bad = parts.filter(pl.col("local").is_null())
    cell = pl.col("entered_at")
    for code, rows in (
        ("time-no-such", pl.col("day").is_not_null()),
        ("time-serial", cell.str.contains(_SERIAL)),
        ("time-day-month", cell.str.contains(_DAY_FIRST)),
    ):
        hit = bad.filter(rows)
        notes.add_rows(code, hit.get_column("row"), "entered_at", hit.get_column("entered_at"))
        bad = bad.filter(~rows)
    notes.add_rows("time-form", bad.get_column("row"), "entered_at", bad.get_column("entered_at"))
    return parts.filter(pl.col("local").is_not_null())


def _minutes(zone: pl.Expr) -> pl.Expr:
    """Minutes ahead of UTC of a zone name or an offset."""
    digits = zone.str.replace(":", "")
    sign = pl.when(zone.str.starts_with("-")).then(-1).otherwise(1)
    hours = digits.str.slice(1, 2).cast(pl.Int64, strict=False)
    rest = digits.str.slice(3, 2).cast(pl.Int64, strict=False)
    named = zone.replace_strict(
        {"Z": 0, **{z: h * 60 for z, h in ZONES.items()}}, default=None, return_dtype=pl.Int64
    )
    numeric = pl.when(zone.str.contains(r"^[+-]") & (hours <= 14) & (rest < 60)).then(
        sign * (hours * 60 + rest)
    )
    return pl.coalesce(named, numeric)


def _absurd(known: pl.DataFrame, frame: Frame, notes: Notes) -> None:
    """Times before the day of the vote, or years after it."""
    for contest in frame.contests.values():
        first = dt.datetime.combine(contest.date, dt.time()) - dt.timedelta(hours=9)
        last = first + _LATEST
        rows = known.filter(
            (pl.col("contest") == contest.code) & ~pl.col("utc").is_between(first, last)
        )
        notes.add_rows(
            "time-absurd",
            rows.get_column("row"),
            "entered_at",
            rows.get_column("entered_at"),
            first=contest.date.isoformat(),
            last=last.date().isoformat(),
        )
