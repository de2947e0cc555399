"""Times of posts: read in one way only, or said; UTC inside."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import Any, Final

from rukun.places import ZONES
from rukun.talk.readers.values import NOTHING, Odd

#: No platform that is read here has posts from before.
FIRST: Final = dt.datetime(2004, 1, 1, tzinfo=dt.UTC)
LAST: Final = dt.datetime(2100, 1, 1, tzinfo=dt.UTC)
#: Hours ahead of UTC of the zone names that exports use.
NAMED: Final = {
    **ZONES,
    **{"UTC": 0, "GMT": 0, "Z": 0},
    **{"EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7},
}
_MONTHS: Final = {
    **{"Jan": 1, "Feb": 2, "Mar": 3, "Apr": 4, "May": 5, "Jun": 6},
    **{"Jul": 7, "Aug": 8, "Sep": 9, "Oct": 10, "Nov": 11, "Dec": 12},
}
_MONTH_NAME: Final = re.compile(
    r"\w{3} (\w{3}) (\d\d) (\d\d):(\d\d):(\d\d) ([+-]\d\d)(\d\d) (\d{4})"
)
_NUMBER: Final = re.compile(r"\d+(?:\.\d+)?")
_ZONE: Final = re.compile(r"(.*\d)\s*([A-Z]{1,4})")
_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d")
_SERIAL: Final = re.compile(r"\d{5}(?:[.,]\d+)?")
_DAY_FIRST: Final = re.compile(r"\d{1,2}[/.-]\d{1,2}[/.-](?:\d{4}|\d{2})\b.*")
_OFFSET: Final = re.compile(r"([+-])(\d\d):?(\d\d)")
#: Above these, a number of seconds is one of milliseconds, microseconds, nanoseconds.
_UNITS: Final = ((1e17, 1e9), (1e14, 1e6), (1e11, 1e3))


@dataclass(frozen=True, slots=True)
class Clock:
    """How times are written: the zone of those that state none, a pattern, the latest there can be."""

    zone: dt.timezone | None = None
    pattern: str = ""
    latest: dt.datetime = LAST

    def read(self, value: Any) -> dt.datetime | None:
        """The moment in UTC; None where nothing is stated. Raises ``Odd`` where it is none."""
        if isinstance(value, bool):
            raise Odd("time-form")
        if isinstance(value, (int, float)):
            return self._possible(_moment(value))
        text = value.strip() if isinstance(value, str) else None
        if text is None or text in NOTHING:
            if text is None and value is not None:
                raise Odd("time-form")
            return None
        moment = self._by_pattern(text) if self.pattern else _text(text)
        if moment.tzinfo is None:
            if self.zone is None:
                raise Odd("time-naive")
            moment = moment.replace(tzinfo=self.zone)
        return self._possible(moment)

    def _by_pattern(self, text: str) -> dt.datetime:
        try:
            return dt.datetime.strptime(text, self.pattern)
        except ValueError as err:
            raise Odd("time-form") from err

    def _possible(self, moment: dt.datetime) -> dt.datetime:
        if not FIRST <= moment < self.latest:
            raise Odd("time-absurd")
        return moment if moment.tzinfo is dt.UTC else moment.astimezone(dt.UTC)


def zone(name: str) -> dt.timezone | None:
    """The zone of a name (WIB, UTC) or an offset (+07:00); None where it is neither."""
    if name in NAMED:
        return dt.timezone(dt.timedelta(hours=NAMED[name]))
    offset = _OFFSET.fullmatch(name)
    if offset is None or int(offset[2]) > 14 or int(offset[3]) > 59:
        return None
    ahead = dt.timedelta(hours=int(offset[2]), minutes=int(offset[3]))
    return dt.timezone(-ahead if offset[1] == "-" else ahead)


def _moment(number: float) -> dt.datetime:
    """Seconds, milliseconds, microseconds or nanoseconds since 1970."""
    try:
        for least, unit in _UNITS:
            if number >= least:
                number /= unit
                break
        return dt.datetime.fromtimestamp(number, dt.UTC)
    except (OverflowError, OSError, ValueError) as err:
        raise Odd("time-absurd") from err


def _text(text: str) -> dt.datetime:
    if text[0].isalpha():
        return _other(text)
    try:
        moment = dt.datetime.fromisoformat(text)
    except ValueError:
        return _other(text)
    if _DAY.fullmatch(text):
        raise Odd("time-day")
    if "-" not in text[:5]:
        return _other(text)
    return moment


def _other(text: str) -> dt.datetime:
    named = _MONTH_NAME.fullmatch(text)
    if named and named[1] in _MONTHS:
        return _with_month(named)
    if _SERIAL.fullmatch(text):
        raise Odd("time-serial")
    if _NUMBER.fullmatch(text):
        return _moment(float(text))
    if _DAY_FIRST.fullmatch(text):
        raise Odd("time-day-month")
    zoned = _ZONE.fullmatch(text)
    if zoned is None:
        raise Odd("time-form")
    ahead = zone(zoned[2])
    if ahead is None:
        raise Odd("time-zone")
    return _text(zoned[1]).replace(tzinfo=ahead)


def _with_month(found: re.Match[str]) -> dt.datetime:
    """“Wed Nov 27 13:05:00 +0000 2024”, as X writes it."""
    day, hour, minute, second, ahead, part, year = (int(found[n]) for n in (2, 3, 4, 5, 6, 7, 8))
    try:
        moment = dt.datetime(year, _MONTHS[found[1]], day, hour, minute, second)
    except ValueError as err:
        raise Odd("time-form") from err
    offset = dt.timedelta(hours=ahead, minutes=part if ahead >= 0 else -part)
    return moment.replace(tzinfo=dt.timezone(offset))
