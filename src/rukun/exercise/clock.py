"""When forms were stated on the evening of the vote and in the days of recapitulation."""

from __future__ import annotations

import datetime as dt
from typing import Final

import numpy as np
import polars as pl

from rukun.exercise.draws import Ints, bell, uniform
from rukun.tables import UTC_TIME

#: Minutes after midnight of the day of the vote, local time: the polls close.
CLOSE: Final = 13 * 60
DAY: Final = 24 * 60
#: Days after the vote on which the kecamatan add up (28 November to 3 December), and their hours.
KECAMATAN_DAYS: Final = (1, 7)
HOURS: Final = (9 * 60, 20 * 60)
#: The meetings of regency (5 December, noon) and province (8 December, 11:29).
REGENCY: Final = 8 * DAY + 12 * 60
PROVINCE: Final = 11 * DAY + 11 * 60 + 29


def counted(rng: np.random.Generator, n: int, earlier: Ints | None = None) -> Ints:
    """When each station had counted: the second contest follows the first."""
    if earlier is not None:
        return earlier + uniform(rng, n, 40, 100)
    return CLOSE + np.clip(150 + 40 * bell(rng, n), 60, 330).astype(np.int64)


def entered(rng: np.random.Generator, done: Ints, source: str) -> Ints:
    """When a source stated the form: witnesses within the hour, the election body later; one
    official form in twenty-five only the next morning."""
    n = done.size
    if source != "official":
        return done + uniform(rng, n, 5, 60)
    same_night = done + uniform(rng, n, 20, 170)
    next_day = uniform(rng, n, DAY + 7 * 60, DAY + 11 * 60)
    return np.where(rng.random(n) < 0.04, next_day, same_night)


def corrected(rng: np.random.Generator, first: Ints, source: str) -> Ints:
    """When a wrong form was put right: witnesses within a day, officials at the recapitulation."""
    if source != "official":
        return first + uniform(rng, first.size, 90, 900)
    return meeting(rng, first.size)


def meeting(rng: np.random.Generator, n: int) -> Ints:
    """A time in the meetings of the kecamatan."""
    return uniform(rng, n, *KECAMATAN_DAYS) * DAY + uniform(rng, n, *HOURS)


def moments(minutes: Ints, date: dt.date, hours_ahead: int) -> pl.Series:
    """Local minutes after the midnight that begins ``date``, as UTC times."""
    start = dt.datetime.combine(date, dt.time(), dt.UTC) - dt.timedelta(hours=hours_ahead)
    micros = int(start.timestamp()) * 1_000_000 + minutes * 60_000_000
    return pl.Series("entered_at", micros).cast(UTC_TIME)
