"""Whether a day's hostile share lies beyond what earlier days of the same place give by chance."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from math import exp, lgamma
from typing import Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
UNKNOWN, USUAL, RAISED, RISE = 0, 1, 2, 3
NO_POSTS, COVERAGE, FEW_POSTS, SHORT, NONE = 0, 1, 2, 3, 4
#: Above so many voices a further one tells nothing; keeps the tail sums short.
_MOST_VOICES: Final = 20_000
#: Huber's bound: days further out than this many standard deviations weigh less.
_BOUND: Final = 2.0
_ROUNDS: Final = 6
#: Fewest accounts with several posts from which their likeness is taken.
_PAIRS: Final = 100
_Z95: Final = 1.959964


@dataclass(frozen=True, slots=True)
class Settings:
    """``alarms``: false alarms a day that are borne over all places together, 1/30 is one a month.
    ``window``: earlier days that make the baseline; the ``gap`` of days just before the day is left
    out, so that a change does not hide itself (as in EARS C2). ``history``: how many of them must hold posts,
    with ``past`` voices in all. ``voices``: fewest on the day itself. ``covered``: least part of
    the day's posts that comes from streams with a history. ``sure``: one-sided normal deviate of
    the upper bound that is used for the overdispersion."""

    alarms: float = 1 / 30
    window: int = 28
    gap: int = 2
    history: int = 7
    past: float = 50.0
    voices: float = 10.0
    covered: float = 0.5
    sure: float = 1.645


@dataclass(frozen=True, slots=True)
class Days:
    """Counts as arrays stream × place × day; ``first`` is the date of day 0."""

    first: dt.date
    places: tuple[str, ...]
    kinds: tuple[str, ...]
    posts: Floats
    hostile: Floats
    squares: Floats
    several: Floats
    pairs: Floats

    @property
    def arrays(self) -> tuple[Floats, ...]:
        """The counts, in the order they are declared."""
        return self.posts, self.hostile, self.squares, self.several, self.pairs


@dataclass(frozen=True, slots=True)
class Verdicts:
    """What is said of each place and day; NaN where nothing can be said. ``alike`` is how alike
    the posts of one account were taken to be on each day."""

    baseline: Floats
    days: Ints
    volume: Floats
    chance: Floats
    state: Ints
    reason: Ints
    alike: Floats


@dataclass(frozen=True, slots=True)
class _Past:
    """The baseline of each place on one day: share, overdispersion with all uncertainty in it."""

    share: Floats
    spread: Floats
    days: Ints
    voices: Floats
    posts: Floats


def tested(days: Days, rules: Settings) -> Verdicts:
    """The verdict on every place and day, each against earlier days only."""
    shape = days.posts.shape[1:]
    nan = [np.full(shape, np.nan) for _ in range(3)]
    ints = [np.zeros(shape, np.int64) for _ in range(3)]
    out = Verdicts(nan[0], ints[0], nan[1], nan[2], ints[1], ints[2], np.ones(shape[1]))
    for day in range(shape[1]):
        _day(days, rules, day, out)
    return out


def _day(days: Days, rules: Settings, day: int, out: Verdicts) -> None:
    end = max(0, day - rules.gap)
    shown = [*range(max(0, end - rules.window), end), day]
    streams = _comparable(days.posts[:, :, shown], rules)
    posts, hostile, squares, several, pairs = (
        a[streams][:, :, shown].sum(axis=0) for a in days.arrays
    )
    out.alike[day] = alike = _alike(posts, hostile, several, pairs)
    voices = weighed(posts, squares, alike)
    share = np.divide(hostile, posts, out=np.zeros_like(posts), where=posts > 0)
    past = _past(share[:, :-1] * voices[:, :-1], voices[:, :-1], posts[:, :-1], days.kinds, rules)
    reason = _reasons(days.posts[:, :, day].sum(axis=0), posts[:, -1], voices[:, -1], past, rules)
    out.reason[:, day] = reason
    out.days[:, day] = past.days
    can = np.flatnonzero(reason == NONE)
    has = past.days >= rules.history
    out.baseline[has, day] = past.share[has]
    usual = np.where(has & (past.posts > 0), past.posts, np.nan)
    out.volume[:, day] = np.where(posts[:, -1] > 0, posts[:, -1] / usual, np.nan)
    for place in can:
        out.chance[place, day] = tail(
            share[place, -1], voices[place, -1], past.share[place], past.spread[place]
        )
    bar = rules.alarms * _parts(days.kinds, can)
    low, _high = wilson(share[can, -1], voices[can, -1])
    below = np.where(low > past.share[can], RAISED, USUAL)
    out.state[can, day] = np.where(out.chance[can, day] <= bar, RISE, below)


def _parts(kinds: tuple[str, ...], can: NDArray[np.intp]) -> Floats:
    """Each test's part of the false alarms that are borne: the kinds of places share them evenly,
    and within a kind its places (a weighted Bonferroni), so that fifty villages do not make the
    regency deaf."""
    of = [kinds[i] for i in can]
    count = {kind: of.count(kind) for kind in of}
    return np.array([1 / (len(count) * count[kind]) for kind in of])


def wilson(share: Floats, voices: Floats, z: float = _Z95) -> tuple[Floats, Floats]:
    """Wilson's interval (1927) of a share seen among so many independent voices."""
    n = np.where(voices > 0, voices, np.nan)
    middle = (share + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * np.sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    return np.clip(middle - half, 0, 1), np.clip(middle + half, 0, 1)


def weighed(posts: Floats, squares: Floats, alike: float | Floats) -> Floats:
    """How many independent voices so many posts are worth: n / (1 + (Σ m² / n − 1) τ)."""
    mean = np.divide(squares, posts, out=np.ones_like(posts), where=posts > 0)
    return np.asarray(posts / (1 + (mean - 1) * alike), float)


def _alike(posts: Floats, hostile: Floats, several: Floats, pairs: Floats) -> float:
    """τ, the correlation of two posts of one account on a day: what pairs of them agree in beyond
    chance, an account and day having one vote. Earlier days only; 1 where there are too few."""
    n, many = posts[:, :-1].sum(axis=1), several[:, :-1].sum(axis=1)
    enough = many >= _PAIRS
    if not enough.any():
        return 1.0
    p = np.divide(hostile[:, :-1].sum(axis=1), n, out=np.zeros_like(n), where=n > 0)
    both = (many * p * p)[enough].sum()
    room = (many * p * (1 - p))[enough].sum()
    found = (pairs[enough, :-1].sum() - both) / room if room > 0 else 1.0
    return float(np.clip(found, 0.0, 1.0))


def _comparable(posts: Floats, rules: Settings) -> NDArray[np.bool_]:
    """Streams that bring posts on the last day and brought some on enough of the others."""
    active = posts.sum(axis=1) > 0
    enough = active[:, :-1].sum(axis=1) >= rules.history
    return np.asarray(enough & active[:, -1], bool)


def _reasons(
    all_posts: Floats, posts: Floats, voices: Floats, past: _Past, rules: Settings
) -> Ints:
    """Why nothing can be said of each place on this day; ``NONE`` where something can."""
    short = (past.days < rules.history) | (past.voices < rules.past)
    out = np.where(short, SHORT, NONE)
    out = np.where(voices < rules.voices, FEW_POSTS, out)
    out = np.where(posts < rules.covered * all_posts, np.where(short, SHORT, COVERAGE), out)
    return np.where(all_posts == 0, NO_POSTS, out).astype(np.int64)


def _past(
    hits: Floats, voices: Floats, posts: Floats, kinds: tuple[str, ...], rules: Settings
) -> _Past:
    """Baselines of all places (rows) from their earlier days (columns).

    Robust quasi-likelihood: days weigh by voices / (1 + (voices − 1) ρ), far ones less (Huber).
    ρ is pooled over the places of a kind and taken at its upper bound; a place whose own days
    differ more keeps its own.
    """
    days = (voices > 0).sum(axis=1)
    groups = [np.array([k == kind for k in kinds]) for kind in dict.fromkeys(kinds)]
    spread = np.zeros(len(voices))
    robust = np.ones_like(voices)
    for _ in range(_ROUNDS):
        weight = robust / (1 + np.maximum(voices - 1, 0) * spread[:, None])
        total = (weight * voices).sum(axis=1)
        share = ((weight * hits).sum(axis=1) + 0.5) / (total + 1)
        plain = np.divide(
            hits - voices * share[:, None],
            np.sqrt(voices * (share * (1 - share))[:, None]),
            out=np.zeros_like(hits),
            where=voices > 0,
        )
        far = np.abs(plain) / np.sqrt(1 + np.maximum(voices - 1, 0) * spread[:, None])
        robust = np.minimum(1, _BOUND / np.maximum(far, 1e-9))
        clipped = plain * np.minimum(1, 1.5 * _BOUND / np.maximum(far, 1e-9))
        spread = _spread(clipped**2, voices, days, groups, rules.sure)
    usual = _median_where(posts, posts > 0)
    return _Past(
        share, np.clip(spread + 1 / (total + 1), 1e-5, 0.9), days, voices.sum(axis=1), usual
    )


def _spread(
    squares: Floats, voices: Floats, days: Ints, groups: list[NDArray[np.bool_]], sure: float
) -> Floats:
    """ρ of each place by moments: what the squared residuals hold beyond the binomial."""
    seen = voices > 0
    # one degree of freedom a place went into its share
    held = squares.sum(axis=1) * days / np.maximum(days - 1, 1)
    room = np.where(seen, np.maximum(voices - 1, 0), 0).sum(axis=1)
    own = np.divide(held - days, room, out=np.zeros_like(held), where=room > 0)
    out = np.zeros(len(voices))
    for group in groups:
        free = int(np.maximum(days[group] - 1, 0).sum())
        upper = held[group].sum() * _upper(free, sure) - days[group].sum()
        pooled = upper / room[group].sum() if room[group].sum() > 0 else 0.0
        out[group] = np.maximum(pooled, own[group])
    return np.clip(out, 0.0, 0.9)


def _upper(free: int, z: float) -> float:
    """By how much a variance with so many degrees of freedom may be underestimated: ν over the
    lower quantile of χ² (Wilson and Hilferty, 1931)."""
    if free < 2:
        return 10.0
    root = 1 - 2 / (9 * free) - z * (2 / (9 * free)) ** 0.5
    return float(min(10.0, 1 / max(root, 1e-3) ** 3))


def _median_where(values: Floats, keep: NDArray[np.bool_]) -> Floats:
    """The median of each row over the cells that are kept; NaN where there is none."""
    out = np.full(len(values), np.nan)
    for i in np.flatnonzero(keep.any(axis=1)):
        out[i] = np.median(values[i, keep[i]])
    return out


def tail(share: float, voices: float, usual: float, spread: float) -> float:
    """The chance of this share or a higher one among so many voices on a usual day.

    The upper tail of a beta-binomial with mean ``usual`` and correlation ``spread``; hits are
    rounded down, so that the chance is never understated.
    """
    n = int(min(_MOST_VOICES, max(1, round(voices))))
    hits = int(share * n + 1e-9)
    if hits <= 0:
        return 1.0
    scale = (1 - spread) / spread
    a, b = usual * scale, (1 - usual) * scale
    start = lgamma(n + b) - lgamma(n + a + b) + lgamma(a + b) - lgamma(b)
    k = np.arange(n)
    steps = np.log((n - k) / (k + 1) * (k + a) / (n - k - 1 + b))
    logs = start + np.concatenate([[0.0], np.cumsum(steps)])
    top = float(logs[hits:].max())
    return float(min(1.0, exp(top) * np.exp(logs[hits:] - top).sum()))
