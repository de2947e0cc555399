"""What people post, pass on and answer when nobody has planned it.

Activity, audience and popularity are heavy-tailed, the day has its rhythm, each camp mostly
passes on its own, and a post is passed on most in its first quarter of an hour.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Final

import numpy as np
from numpy.typing import NDArray

from rukun.exercise.draws import Floats, Ints, uniform
from rukun.exercise.posts_plan import Random

DAY: Final = 86_400.0
POST, REPOST, COMMENT = 0, 1, 2
NONE: Final = -1
#: Share of originals among all posts; of copies and answers among the rest, which are reposts.
ORIGINALS, COPIES, REPLIES = 0.42, 0.10, 0.30
#: Posts of an hour of the day, from midnight (local time of the regency).
RHYTHM: Final = (3, 2, 1, 1, 2, 5, 8, 9, 9, 8, 8, 9, 10, 9, 8, 8, 9, 10, 12, 15, 15, 13, 9, 5)
#: Universal Time is eight hours behind Central Indonesian Time.
WITA: Final = 8 * 3600.0
#: Half of the shares of a post come within so many seconds of it.
HALF: Final = 900.0
CAMPS: Final = 3


@dataclass(slots=True)
class Acts:
    """Posts as columns: who, when (seconds from the start), which kind; the post that is
    reposted or answered, the post whose text is taken, the link (each ``NONE`` where there is
    none), whether the text was edited, and the plant it belongs to."""

    account: Ints
    at: Floats
    kind: Ints
    target: Ints
    text_of: Ints
    link: Ints
    edited: NDArray[np.bool_]
    plant: Ints

    @property
    def size(self) -> int:
        """How many posts."""
        return int(self.at.size)


@dataclass(frozen=True, slots=True)
class Crowd:
    """Accounts: how active each is, how far its posts carry, and its camp."""

    activity: Floats
    audience: Floats
    camp: Ints

    @property
    def size(self) -> int:
        """How many accounts."""
        return int(self.activity.size)


def acts(account: Ints, at: Floats, kind: int, **more: Ints) -> Acts:
    """Posts of one kind; what is not given is ``NONE``."""
    n = at.size
    blank = {k: np.full(n, NONE, dtype=np.int64) for k in ("target", "text_of", "link", "plant")}
    edited = more.pop("edited", np.zeros(n, dtype=np.int64)).astype(bool)
    kinds = np.full(n, kind, dtype=np.int64)
    return Acts(account=account, at=at, kind=kinds, edited=edited, **(blank | more))


def joined(parts: list[Acts]) -> Acts:
    """All parts behind each other; a post's number is its row."""
    columns = [f.name for f in fields(Acts)]
    return Acts(**{c: np.concatenate([getattr(p, c) for p in parts]) for c in columns})


def crowd(rng: Random, n: int) -> Crowd:
    """``n`` accounts."""
    return Crowd(_heavy(rng, n, 250.0), _heavy(rng, n, 1_000.0), uniform(rng, n, 0, CAMPS))


def originals(rng: Random, people: Crowd, n: int, days: int) -> Acts:
    """Posts of people's own; one in six carries a link, most of them to a story of these days."""
    at = moments(rng, n, days)
    stories = max(20, n // 60)
    birth = np.sort(moments(rng, stories, days))
    with_link = np.flatnonzero(rng.random(n) < 1 / 6)
    story = picked(rng, _heavy(rng, stories, 200.0), with_link.size)
    link = np.full(n, NONE, dtype=np.int64)
    link[with_link] = story
    at[with_link] = _within(birth[story] + slow(rng, story.size, 8 * HALF), birth[story], days)
    return acts(picked(rng, people.activity, n), at, POST, link=link)


def shares(rng: Random, people: Crowd, first: Acts, n: int, days: int) -> Acts:
    """``n`` copies, answers and reposts of the originals ``first``."""
    number = [round(n * share) for share in (COPIES, REPLIES)]
    shared = _Shares(rng, people, first, _popularity(rng, people, first), days)
    copies = shared.drawn(number[0], POST, "text_of")
    copies.edited = rng.random(copies.size) < 0.5
    copies.link = first.link[copies.text_of]
    replies = shared.drawn(number[1], COMMENT, "target")
    return joined([copies, replies, shared.drawn(n - sum(number), REPOST, "target")])


def moments(rng: Random, n: int, days: int) -> Floats:
    """``n`` moments with the rhythm of the day, in seconds from the start (midnight UTC)."""
    hours = picked(rng, np.asarray(RHYTHM, dtype=float), n)
    local = hours * 3600.0 + rng.random(n) * 3600.0
    day: Floats = np.floor(rng.random(n) * days) * DAY
    return day + (local - WITA) % DAY


def picked(rng: Random, weight: Floats, n: int) -> Ints:
    """``n`` row numbers, each drawn in proportion to its weight."""
    total = np.cumsum(weight)
    found = np.searchsorted(total, rng.random(n) * total[-1], side="right")
    rows: Ints = np.minimum(found, weight.size - 1).astype(np.int64)
    return rows


def _heavy(rng: Random, n: int, most: float) -> Floats:
    """Values of at least 1 whose tail falls with the power 4/3, cut at ``most``."""
    root = np.sqrt(1.0 - rng.random(n))
    drawn: Floats = np.minimum(1.0 / (root * np.sqrt(root)), most)
    return drawn


def _popularity(rng: Random, people: Crowd, first: Acts) -> Floats:
    """How much each original is shared: its author's reach times its own luck."""
    weight = people.audience[first.account] * _heavy(rng, first.size, 1_000.0)
    capped: Floats = np.minimum(weight, weight.sum() * 0.002)
    return capped


def slow(rng: Random, n: int, half: float) -> Floats:
    """Log-logistic delays with this median: quick at first, with a tail of days."""
    u = rng.random(n)
    out: Floats = half * u / (1.0 - u)
    return out


def _within(at: Floats, start: Floats, days: int) -> Floats:
    """Moments past the end are folded back behind their start."""
    room = np.maximum(days * DAY - start, 1.0)
    folded: Floats = start + (at - start) % room
    return folded


@dataclass(frozen=True, slots=True)
class _Shares:
    """Draws acts that pick up an original: mostly one of the account's own camp."""

    rng: Random
    people: Crowd
    first: Acts
    weight: Floats
    days: int

    def drawn(self, n: int, kind: int, field: str) -> Acts:
        account = picked(self.rng, self.people.activity, n)
        target = picked(self.rng, self.weight, n)
        home = self.rng.random(n) < 0.7
        camp = self.people.camp[self.first.account]
        for c in range(CAMPS):
            own = np.flatnonzero(home & (self.people.camp[account] == c))
            target[own] = picked(self.rng, np.where(camp == c, self.weight, 0.0), own.size)
        start = self.first.at[target]
        at = _within(start + slow(self.rng, n, HALF), start, self.days)
        return acts(account, at, kind, **{field: target})
