"""What is planted into exercise posts: rings, organic virality, loyal fans."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np

Random: TypeAlias = np.random.Generator
Sources = Literal["many", "one"]


@dataclass(frozen=True, slots=True)
class Ring:
    """Accounts that act together: ``members`` of them over ``acts`` objects, each member in on
    an act with chance ``joins``, all within ``seconds`` of each other.

    ``sources`` says whom they repost and answer: many accounts, or one alone.
    """

    members: int = 10
    acts: int = 14
    seconds: float = 8.0
    joins: float = 0.85
    sources: Sources = "many"


@dataclass(frozen=True, slots=True)
class Viral:
    """One post shared by ``shares`` accounts within ``minutes``: nobody's plan."""

    shares: int = 2_000
    minutes: float = 10.0


@dataclass(frozen=True, slots=True)
class Fans:
    """``members`` who repost each of the ``posts`` of their favourite with chance ``joins`` within
    ``seconds``, each for themselves.

    ``quick`` draws most delays short instead of evenly; ``favourites`` share the posts among
    them; a ``crowd`` of others reposts each post as any other popular post, over hours.
    """

    members: int = 60
    posts: int = 25
    seconds: float = 120.0
    joins: float = 0.7
    quick: bool = False
    favourites: int = 1
    crowd: int = 0


def usual_rings(n_posts: int) -> tuple[Ring, ...]:
    """Rings in keeping with so many posts: 5 to 16 members, 10 to 20 acts, 3 to 12 seconds; one
    in three works for one account alone. About 1 % of the posts."""
    number = max(2, round(n_posts**0.5 / 26))
    return tuple(
        Ring(
            members=5 + (i * 5) % 12,
            acts=10 + (i * 3) % 11,
            seconds=3.0 + (i * 2) % 10,
            sources="one" if i % 3 == 2 else "many",
        )
        for i in range(number)
    )


def usual_viral(n_posts: int) -> tuple[Viral, ...]:
    """Virality in keeping with so many posts: thousands of shares within minutes at 100 k."""
    most = max(20, n_posts // 40)
    return tuple(Viral(min(4_000, most), m) for m in (5.0, 10.0, 20.0))


def usual_fans(n_posts: int) -> tuple[Fans, ...]:
    """Fans in keeping with so many posts; half of the groups quick."""
    number = max(1, round(n_posts**0.5 / 80))
    members = max(8, min(80, n_posts // 400))
    return tuple(Fans(members, posts=20 + 5 * (i % 4), quick=i % 2 == 1) for i in range(number))
