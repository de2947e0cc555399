"""A regency's stations as they may have counted: exact in every total that is really known.

Takes the real recapitulation (votes by kecamatan, invalid votes and voters of the regency) and
draws, from a seed, one sheet per station and contest so that the sheets add up to it exactly and
obey every identity. What lies between the known totals is invented and says so.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from rukun.contests import Contest
from rukun.errors import UserError
from rukun.exercise.draws import Floats, Ints, apportion, bell, generator, rare, uniform
from rukun.exercise.settings import Settings
from rukun.exercise.sheets import Count, by_sex, people, sheet
from rukun.frame import Frame
from rukun.places import KINDS

#: Voters without an entry on the list, and moved voters, per station (Bali 2024: 0.16 % and
#: 0.08 % of the users).
TAMBAHAN, PINDAHAN = 0.55, 0.15


@dataclass(frozen=True)
class Known:
    """The real totals of one contest: votes (choice × kecamatan), and invalid votes and voters
    of the whole regency."""

    votes: Ints
    invalid: int
    voters: int


@dataclass(frozen=True)
class Ground:
    """The stations of the regency with, by position, their kecamatan and village."""

    places: pl.DataFrame
    kecamatan: Ints
    village: Ints
    kecamatan_codes: list[str]
    village_codes: list[str]

    @property
    def tetap(self) -> Ints:
        """Voters on the list of each station."""
        return self.places.get_column("registered").to_numpy().astype(np.int64)

    def sums(self, figures: Ints) -> Ints:
        """The figures added up by kecamatan."""
        return np.bincount(self.kecamatan, figures, len(self.kecamatan_codes)).astype(np.int64)

    def spread(self, weights: Floats, totals: Ints, most: Ints) -> Ints:
        """Each kecamatan's total shared out over its stations by weight, none above its most."""
        out = np.zeros(weights.size, dtype=np.int64)
        for k, total in enumerate(totals):
            here = self.kecamatan == k
            out[here] = apportion(weights[here], int(total), most[here])
        return out


def true_sheets(
    frame: Frame, recapitulation: pl.DataFrame, settings: Settings
) -> dict[str, pl.DataFrame]:
    """Per contest one row per station: ``place`` and every figure of its true form.

    The contest of the regency comes first, then the wider one, whose moved voters are never fewer
    (C2). Raises ``UserError`` where the frame or the recapitulation lacks a total.
    """
    rng = generator(settings.seed)
    contests = narrow_first(frame)
    ground = _ground(frame, contests[0])
    known = [_known(c, recapitulation, ground) for c in contests]
    pindahan, tambahan = (rare(rng, ground.tetap.size, m) for m in (PINDAHAN, TAMBAHAN))
    voters = _voters(rng, ground, known[0], pindahan + tambahan)
    who = people(rng, ground.tetap, tambahan, voters - pindahan - tambahan)
    moved = by_sex(rng, pindahan)
    sheets = {}
    for contest, totals in zip(contests, known, strict=True):
        more = _more(rng, voters.size, totals.voters - int(voters.sum()))
        voters, moved = voters + more, moved + by_sex(rng, more)
        lean = _lean(ground, settings.lean.get(contest.code, {}))
        invalid = _invalid(rng, ground, voters, totals)
        votes = _votes(rng, ground, voters - invalid, totals.votes, lean)
        returned = rare(rng, voters.size, 0.4)
        figures = sheet(who, Count(moved, returned, invalid, votes), contest.reserve_permille)
        sheets[contest.code] = ground.places.select("place").hstack(figures)
    return sheets


def narrow_first(frame: Frame) -> list[Contest]:
    """The contests of a frame, the one of the smallest area first."""
    rank = {kind: i for i, kind in enumerate(KINDS)}
    return sorted(frame.contests.values(), key=lambda c: (-rank[frame.kinds[c.place]], c.code))


def _ground(frame: Frame, contest: Contest) -> Ground:
    places = frame.stations.filter(pl.col("contest") == contest.code).sort("place")
    if places.is_empty() or places.get_column("registered").null_count():
        raise UserError(
            "exercise-stations",
            "the exercise needs every station with its voters on the list.",
            "Lay them out with: rukun exercise stations.",
            "places.csv",
        )
    codes = [places.get_column(k).unique().sort().to_list() for k in ("kecamatan", "village")]
    at = [
        places.get_column(k).replace_strict({c: i for i, c in enumerate(cs)}).to_numpy()
        for k, cs in zip(("kecamatan", "village"), codes, strict=True)
    ]
    return Ground(places, at[0], at[1], codes[0], codes[1])


def _known(contest: Contest, recapitulation: pl.DataFrame, ground: Ground) -> Known:
    """The official totals of this contest. The regency is the place that holds the kecamatan."""
    rows = recapitulation.filter(
        (pl.col("contest") == contest.code) & (pl.col("source") == "official")
    )
    by_place = {row["place"]: row for row in rows.iter_rows(named=True)}
    regency = ground.places.item(0, "regency")
    needs = [(k, f) for k in ground.kecamatan_codes for f in contest.vote_fields]
    for place, field in [*needs, (regency, "invalid"), (regency, "voters_j")]:
        if by_place.get(place, {}).get(field) is None:
            raise UserError(
                "exercise-total",
                f"{field} of place {place} is not stated.",
                "State it in the recapitulation.",
                f"contest {contest.code}",
            )
    votes = [[by_place[k][f] for k in ground.kecamatan_codes] for f in contest.vote_fields]
    top = by_place[regency]
    return Known(np.array(votes, dtype=np.int64), top["invalid"], top["voters_j"])


def _voters(rng: np.random.Generator, ground: Ground, known: Known, beside: Ints) -> Ints:
    """Who voted at each station: turnout differs by village, and less by station."""
    valid = known.votes.sum(axis=0)
    invalid = apportion(valid.astype(np.float64), known.invalid, valid)
    village = 0.035 * bell(rng, len(ground.village_codes))[ground.village]
    turnout = np.clip(0.71 + village + 0.02 * bell(rng, ground.tetap.size), 0.5, 0.92)
    weights: Floats = ground.tetap * turnout + beside
    return ground.spread(weights, valid + invalid, ground.tetap)


def _more(rng: np.random.Generator, n: int, total: int) -> Ints:
    """Moved voters of the wider contest, one by one at stations drawn at random."""
    if total < 0:
        raise UserError("exercise-voters", "the wider contest has fewer voters.", "Correct it.")
    return np.bincount(uniform(rng, total, 0, n), minlength=n).astype(np.int64)


def _invalid(rng: np.random.Generator, ground: Ground, voters: Ints, known: Known) -> Ints:
    weights = np.clip(1 + 0.35 * bell(rng, voters.size), 0.2, 2.5) * voters
    return ground.spread(weights, ground.sums(voters) - known.votes.sum(axis=0), voters)


def _lean(ground: Ground, shares: Mapping[str, float]) -> Floats:
    """The share of choice 1 to draw around, by station; not a number where none is set."""
    each = np.array([shares.get(v, np.nan) for v in ground.village_codes])
    lean: Floats = each[ground.village]
    return lean


def _votes(
    rng: np.random.Generator, ground: Ground, valid: Ints, totals: Ints, lean: Floats
) -> Ints:
    """Votes by choice: shares differ by village and station, and meet every kecamatan's total."""
    left, votes = valid, []
    for i, total in enumerate(totals[:-1]):
        share = (total / totals[i:].sum(axis=0))[ground.kecamatan]
        share = share + 0.055 * bell(rng, len(ground.village_codes))[ground.village]
        share = np.where(np.isnan(lean) | (i > 0), share, lean)
        share = np.clip(share + 0.025 * bell(rng, valid.size), 0.03, 0.97)
        weights = _balanced(ground, left * share, total, ~np.isnan(lean) & (i == 0))
        votes.append(ground.spread(weights, total, left))
        left = left - votes[-1]
    return np.stack([*votes, left])


def _balanced(ground: Ground, weights: Floats, totals: Ints, fixed: NDArray[np.bool_]) -> Floats:
    """Weights whose kecamatan sums are the totals, without moving those that are fixed."""
    held = np.bincount(ground.kecamatan, np.where(fixed, weights, 0.0))
    free = np.bincount(ground.kecamatan, np.where(fixed, 0.0, weights))
    scale = (totals - held) / np.maximum(free, 1e-9)
    return np.where(fixed, weights, weights * scale[ground.kecamatan])
