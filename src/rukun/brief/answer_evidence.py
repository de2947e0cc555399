"""What the forms that a reader may see state about one figure at one place."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any, Final

import polars as pl

from rukun.contests import Contest
from rukun.count.compare import compare
from rukun.count.findings import FINDINGS
from rukun.count.forms import D_HASIL, FIELD_NAMES
from rukun.count.rules import check
from rukun.count.standing import INDEPENDENT, station_forms
from rukun.count.tally import tally
from rukun.frame import Frame
from rukun.places import ZONES, zone_of

OFFICIAL: Final = "official"
#: Not a form: the official voter list of the frame, and the sum of official station forms.
LIST, SUM = "list", "sum"
_HUNDREDTHS: Final = 10_000
_INDEPENDENT: Final = re.compile(INDEPENDENT)


@dataclass(frozen=True, slots=True)
class Used:
    """One statement that an answer rests on: which form, which version, which field, what figure.

    ``value`` is exact: a whole number, or hundredths of a percent as a fraction. ``kind`` is the
    form's kind, or ``list`` or ``sum``. ``derived``: worked out from other fields of the form.
    """

    contest: str
    place: str
    source: str
    kind: str
    version: int | None
    field: str
    value: Fraction
    entered_at: dt.datetime | None
    exercise: bool
    derived: bool = False
    cited: str | None = None

    @property
    def independent(self) -> bool:
        """Whether the source read the count for itself; a copy of the official form did not."""
        return bool(_INDEPENDENT.match(self.source))

    @property
    def official(self) -> bool:
        """Whether the election body's own form, list or complete sum states it."""
        return self.source == OFFICIAL


@dataclass(frozen=True)
class Evidence:
    """Forms in force that the reader may see, with states and findings of the count."""

    frame: Frame
    forms: pl.DataFrame
    states: pl.DataFrame
    findings: pl.DataFrame

    @classmethod
    def of(
        cls,
        forms: pl.DataFrame,
        frame: Frame,
        states: pl.DataFrame | None = None,
        findings: pl.DataFrame | None = None,
    ) -> Evidence:
        """The evidence of ``forms`` (in force, only those the reader may see); what is not given
        is worked out from these forms alone."""
        if states is None or findings is None:
            found = compare(forms, frame)
            states = found.states if states is None else states
            findings = (
                pl.concat([check(forms, frame), found.findings]) if findings is None else findings
            )
        return cls(frame, forms, states, findings)

    def used(self, contest: str, place: str, what: str) -> list[Used]:
        """Every statement of one figure at a place: official first, then by source."""
        held = self.frame.contest(contest)
        found = [
            _used(row, what, value, derived)
            for row in self.rows(contest, place)
            if (measured := self._measure(row, held, what)) is not None
            for value, derived in [measured]
        ]
        if not any(u.official for u in found):
            found += self._summed(held, place, what)
        if what == "registered_tetap_j" and not any(u.official for u in found):
            found += self._listed(contest, place)
        return sorted(found, key=lambda u: (not u.official, not u.independent, u.source, u.kind))

    def rows(self, contest: str, place: str) -> list[dict[str, Any]]:
        """The forms that stand at a place, as rows."""
        return [r for r in self._at(place) if r["contest"] == contest]

    def found(self, contest: str, place: str) -> list[dict[str, Any]]:
        """The findings about a place, errors first."""
        if self.findings.is_empty():
            return []
        at = (pl.col("contest") == contest) & (pl.col("place") == place)
        rank = {"error": 0, "warning": 1, "notice": 2}
        rows = self.findings.filter(at).select(c.name for c in FINDINGS).to_dicts()
        return sorted(rows, key=lambda r: (rank[r["severity"]], r["code"], r["field"]))

    def coverage(self, contest: str, place: str) -> tuple[int, int]:
        """Stations of which the official form is in, and stations in all."""
        row = self._sums.get((contest, place))
        held = self.frame.contest(contest)
        elsewhere = held.tps_elsewhere if place == held.place else 0
        total = self._stations.get((contest, place), 0) + elsewhere
        return (int(row["tps_in"]) if row else 0, total)

    def disputed_below(self, contest: str, place: str) -> int:
        """Stations below a place of which independent sources differ."""
        return self._disputed.get((contest, place), 0)

    def zone(self, place: str) -> str | None:
        """WIB, WITA or WIT at a place."""
        return self._zones.get(place)

    def _at(self, place: str) -> list[dict[str, Any]]:
        if place not in self._cache:
            self._cache[place] = self._table.filter(pl.col("place") == place).to_dicts()
        return self._cache[place]

    @cached_property
    def _cache(self) -> dict[str, list[dict[str, Any]]]:
        return {}

    @cached_property
    def _table(self) -> pl.DataFrame:
        above = self.forms.filter((pl.col("kind") == D_HASIL) | (pl.col("source") == "recap"))
        return pl.concat([station_forms(self.forms), above])

    @cached_property
    def _zones(self) -> dict[str, str | None]:
        zones = zone_of(self.frame.places).select("code", "zone")
        return {code: zone for code, zone in zones.iter_rows() if zone in ZONES}

    @cached_property
    def _sums(self) -> dict[tuple[str, str], dict[str, Any]]:
        official = self.forms.filter(pl.col("source") == OFFICIAL)
        if official.is_empty():
            return {}
        sums = tally(official, self.frame).filter(pl.col("kind") != "tps")
        return {(r["contest"], r["place"]): r for r in sums.iter_rows(named=True)}

    @cached_property
    def _stations(self) -> dict[tuple[str, str], int]:
        return self._counted(self.frame.stations)

    @cached_property
    def _disputed(self) -> dict[tuple[str, str], int]:
        return self._counted(self.states.filter(pl.col("state") == "disputed"))

    def _counted(self, stations: pl.DataFrame) -> dict[tuple[str, str], int]:
        """How many of these stations lie under each place above them, per contest."""
        below = self.frame.ancestors.select(place="code", above="ancestor")
        joined = stations.select("contest", "place").join(below, on="place")
        counted = joined.group_by("contest", "above").len()
        return {(c, p): int(n) for c, p, n in counted.iter_rows()}

    def _measure(
        self, row: Mapping[str, Any], contest: Contest, what: str
    ) -> tuple[Fraction, bool] | None:
        """The figure of a form and whether it had to be worked out; None where not stated."""
        if row.get(what) is not None and (what in FIELD_NAMES or what in contest.vote_fields):
            return Fraction(row[what]), False
        listed = self._registered.get(row["place"])
        value = derive(row, contest, what, listed)
        return None if value is None else (value, True)

    def _summed(self, contest: Contest, place: str, what: str) -> list[Used]:
        """The sum of the official station forms, only where every station is in and states it,
        and no other source differs from one of them."""
        row = self._sums.get((contest.code, place))
        there, total = self.coverage(contest.code, place)
        if not row or there < total or self.disputed_below(contest.code, place):
            return []
        whole = {
            k: v
            for k, v in row.items()
            if v is not None and row.get(f"{k}_in", row["tps_total"]) == row["tps_total"]
        }
        value = whole.get(what)
        exact = Fraction(value) if isinstance(value, int) else None
        exact = (
            derive(whole, contest, what, self._registered.get(place)) if exact is None else exact
        )
        if exact is None:
            return []
        made_up = self._exercise_below(contest.code)
        return [Used(contest.code, place, OFFICIAL, SUM, None, what, exact, None, made_up, True)]

    def _exercise_below(self, contest: str) -> bool:
        own = self.forms.filter((pl.col("contest") == contest) & (pl.col("kind") != D_HASIL))
        return bool((own.get_column("basis") == "exercise").any())

    def _listed(self, contest: str, place: str) -> list[Used]:
        value = self._registered.get(place)
        if value is None:
            return []
        made_up = place in self._made_up
        return [
            Used(
                contest, place, OFFICIAL, LIST, None, "registered_tetap_j", Fraction(value), None,
                made_up,
            )
        ]  # fmt: skip

    @cached_property
    def _registered(self) -> dict[str, int]:
        known = self.frame.places.filter(pl.col("registered").is_not_null())
        return dict(known.select("code", "registered").iter_rows())

    @cached_property
    def _made_up(self) -> frozenset[str]:
        places = self.frame.places
        return frozenset(places.filter(pl.col("basis").is_not_null()).get_column("code"))


def derive(
    row: Mapping[str, Any], contest: Contest, what: str, listed: int | None
) -> Fraction | None:
    """A figure that is worked out from a form's fields; None where one of them is not stated."""
    votes = [row.get(f) for f in contest.vote_fields]
    full = [int(v) for v in votes if v is not None]
    whole = len(full) == len(votes)
    valid = row.get("valid") if row.get("valid") is not None else (sum(full) if whole else None)
    if what == "valid":
        return None if valid is None else Fraction(valid)
    if what == "cast" and valid is not None and row.get("invalid") is not None:
        return Fraction(valid + row["invalid"])
    if what == "turnout":
        stated = row.get("registered_tetap_j")
        return _ratio(row.get("voters_j"), listed if stated is None else stated)
    if what.startswith("share_"):
        return _ratio(row.get(f"votes_{what[6:]}"), valid)
    ranked = sorted(full, reverse=True)
    if what == "margin" and whole:
        return Fraction(ranked[0] - ranked[1])
    if what == "winner" and whole:
        tied = ranked[0] == ranked[1]
        return Fraction(0 if tied else contest.numbers[full.index(ranked[0])])
    return None


def _ratio(part: int | None, whole: int | None) -> Fraction | None:
    return Fraction(part * _HUNDREDTHS, whole) if part is not None and whole else None


def _used(row: Mapping[str, Any], what: str, value: Fraction, derived: bool) -> Used:
    return Used(
        row["contest"],
        row["place"],
        row["source"],
        row["kind"],
        row["version"],
        what,
        value,
        row.get("entered_at"),
        row.get("basis") == "exercise",
        derived,
        row.get("cited"),
    )
