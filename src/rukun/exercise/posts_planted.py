"""The planted part of exercise posts: rings, virality, fans, each with its truth."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from rukun.exercise.draws import Floats, Ints, order
from rukun.exercise.posts_background import (
    COMMENT,
    DAY,
    HALF,
    POST,
    REPOST,
    Acts,
    Crowd,
    acts,
    moments,
    picked,
    slow,
)
from rukun.exercise.posts_plan import Fans, Random, Ring, Viral

#: A ring's acts by kind: it reposts, pushes links, pastes texts, floods answers.
KINDS: Final = ("repost", "repost", "link", "text", "repost", "reply")
#: Links of rings are numbered from here, far above those of the background.
RING_LINKS: Final = 10_000_000


@dataclass
class Planted:
    """What is planted: the posts (numbered from ``base`` on), and who belongs to which plant."""

    base: int
    days: int
    parts: list[Acts] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    members: list[Ints] = field(default_factory=list)

    @property
    def size(self) -> int:
        """Posts so far."""
        return sum(p.size for p in self.parts)

    def start(self, name: str, members: Ints) -> int:
        """Open a plant; its number."""
        self.names.append(name)
        self.members.append(members)
        return len(self.names) - 1

    def add(self, plant: int, part: Acts) -> int:
        """Take posts in; the number of the first of them."""
        first = self.base + self.size
        part.plant = np.full(part.size, plant, dtype=np.int64)
        part.at = np.clip(part.at, 0.0, self.days * DAY - 1e-3)
        self.parts.append(part)
        return first


def plant(
    rng: Random,
    people: Crowd,
    first: Acts,
    days: int,
    rings: tuple[Ring, ...],
    viral: tuple[Viral, ...],
    fans: tuple[Fans, ...],
) -> Planted:
    """Everything asked for, upon the originals ``first``; ring and fan accounts never overlap.

    Raises ``ValueError`` where there are not enough accounts for that.
    """
    out = Planted(first.size, days)
    free = _ordinary(rng, people)
    needed = sum(r.members + 1 for r in rings) + sum(f.members + f.favourites for f in fans)
    if needed > free.size:
        raise ValueError(f"the plants need {needed} accounts, and {free.size} can be had")
    for i, fan in enumerate(fans):
        free = _plant_fans(rng, out, fan, f"fans-{i + 1}", free, people)
    for i, ring in enumerate(rings):
        free = _plant_ring(rng, out, ring, f"ring-{i + 1}", free, people, first)
    for i, wave in enumerate(viral):
        _plant_viral(rng, out, wave, f"viral-{i + 1}", people)
    return out


def _ordinary(rng: Random, people: Crowd) -> Ints:
    """Accounts in random order, without the busiest: those live under everybody's eyes."""
    mixed = order(rng, people.size)
    return mixed[people.activity[mixed] < 40.0]


def _plant_fans(rng: Random, out: Planted, fan: Fans, name: str, free: Ints, people: Crowd) -> Ints:
    """Each fan reposts each post with some chance, after a delay of its own."""
    members, rest = free[: fan.members], free[fan.members :]
    favourites, rest = rest[: fan.favourites], rest[fan.favourites :]
    number = out.start(name, members)
    at = np.sort(moments(rng, fan.posts, out.days))
    begun = out.add(number, acts(favourites[np.arange(fan.posts) % fan.favourites], at, POST))
    who, what = np.nonzero(rng.random((members.size, fan.posts)) < fan.joins)
    u = rng.random(who.size)
    delay = fan.seconds * (u * u if fan.quick else u)
    out.add(number, acts(members[who], at[what] + delay, REPOST, target=begun + what))
    what = np.repeat(np.arange(fan.posts), fan.crowd)
    late = at[what] + slow(rng, what.size, HALF)
    others = picked(rng, people.activity, what.size)
    out.add(number, acts(others, late, REPOST, target=begun + what))
    return rest


def _plant_viral(rng: Random, out: Planted, wave: Viral, name: str, people: Crowd) -> None:
    """One post by anyone; its sharers are drawn by activity, each once."""
    author = picked(rng, people.activity, 1)
    number = out.start(name, np.empty(0, dtype=np.int64))
    at = moments(rng, 1, out.days)
    begun = out.add(number, acts(author, at, POST))
    who = np.unique(picked(rng, people.activity, 3 * wave.shares))
    who = who[order(rng, who.size)][: wave.shares]
    u = rng.random(who.size)
    part = acts(who, at + wave.minutes * 60.0 * u * np.sqrt(u), REPOST, target=_same(begun, who))
    out.add(number, part)


def _plant_ring(
    rng: Random,
    out: Planted,
    ring: Ring,
    name: str,
    free: Ints,
    people: Crowd,
    first: Acts,
) -> Ints:
    members, rest = free[: ring.members], free[ring.members :]
    number = out.start(name, members)
    if ring.sources == "one":
        _serve(rng, out, ring, number, int(rest[0]))
        return rest[1:]
    targets = _targets(rng, people, first, ring.acts)
    for i, (who, shift) in enumerate(_turns(rng, ring)):
        kind, target = KINDS[i % len(KINDS)], int(targets[i])
        later = first.at[target] + 30.0 + rng.random() * 6 * 3600.0
        begun = later if kind in ("repost", "reply") else moments(rng, 1, out.days)[0]
        _act(out, number, kind, members[who], begun + shift, target, number * 1000 + i)
    return rest


def _act(
    out: Planted, number: int, kind: str, who: Ints, at: Floats, target: int, link: int
) -> None:
    """One act of a ring. A pasted text is the first member's, and of the others a copy."""
    if kind == "text":
        begun = out.add(number, acts(who[:1], at[:1], POST))
        edited = np.arange(who.size - 1) % 2
        part = acts(who[1:], at[1:], POST, text_of=_same(begun, who[1:]), edited=edited)
    elif kind == "link":
        part = acts(who, at, POST, link=_same(RING_LINKS + link, who))
    else:
        part = acts(who, at, REPOST if kind == "repost" else COMMENT, target=_same(target, who))
    out.add(number, part)


def _serve(rng: Random, out: Planted, ring: Ring, number: int, master: int) -> None:
    """All acts are reposts of one account's posts, begun at any time within two hours."""
    at = np.sort(moments(rng, ring.acts, out.days))
    begun = out.add(number, acts(np.full(ring.acts, master), at, POST))
    members = out.members[number]
    for i, (who, shift) in enumerate(_turns(rng, ring)):
        later = at[i] + 10.0 + rng.random() * 2 * 3600.0 + shift
        out.add(number, acts(members[who], later, REPOST, target=_same(begun + i, who)))


def _turns(rng: Random, ring: Ring) -> Iterator[tuple[Ints, Floats]]:
    """For each act, the members in on it (two at least) and their shifts in seconds."""
    for _ in range(ring.acts):
        who = np.flatnonzero(rng.random(ring.members) < ring.joins)
        who = who if who.size > 1 else np.arange(min(2, ring.members))
        yield who, np.sort(rng.random(who.size)) * ring.seconds


def _targets(rng: Random, people: Crowd, first: Acts, n: int) -> Ints:
    """Posts a ring pushes: of accounts with some reach, not in the last day."""
    reach = np.minimum(people.audience[first.account], 50.0)
    reach[first.at > first.at.max() - DAY] = 0.0
    return picked(rng, reach, n)


def _same(value: int, like: Ints) -> Ints:
    return np.full(like.size, value, dtype=np.int64)
