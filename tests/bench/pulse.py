"""False alarms, power and delay of the pulse, by simulation: ``python -m tests.bench.pulse``.

Quiet streams are made to be hard: a few accounts write most posts and have a mood of their own,
some burst on single days, volume and share have a weekly rhythm, and every place and day has a
mood too (beta-binomial). Nothing is written; the figures are kept in docs/explanation/pulse.md.
"""

from __future__ import annotations

import argparse
import datetime as dt
import sys
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import polars as pl

from rukun.tables import UTC_TIME
from rukun.talk.pulse import daily, pulse
from rukun.talk.pulse_rises import Settings
from tests.bench import machine

FIRST: Final = dt.date(2024, 11, 1)
SEED: Final = 20241127
#: Places of a regency of Jembrana's size: 5 kecamatan, 51 villages.
VILLAGES: Final = 51
KECAMATAN: Final = 5


@dataclass(frozen=True, slots=True)
class World:
    """A quiet stream. ``posts`` a day; ``accounts`` with Zipf's activity of exponent ``tail``;
    ``burst`` is the standard deviation of an account's daily log activity; ``own`` the correlation
    of posts of one account; ``mood`` that of posts of one place and day; ``week`` the relative
    change of share on weekends; ``share`` is what is hostile in all."""

    posts: int = 1_500
    accounts: int = 3_000
    tail: float = 0.8
    burst: float = 1.0
    own: float = 0.15
    mood: float = 0.01
    week: float = 0.2
    share: float = 0.05
    days: int = 42


@dataclass(frozen=True, slots=True)
class Change:
    """From day ``day`` on, the chance of a hostile post is ``times`` as high in ``where``."""

    day: int
    times: float
    where: str


WORLDS: Final[dict[str, World]] = {
    "usual": World(),
    "few posts": World(posts=300, accounts=800),
    "many posts": World(posts=8_000, accounts=12_000),
    "few write most": World(tail=1.1),
    "very few voices": World(accounts=300, tail=1.3, burst=1.5),
    "moody days": World(mood=0.04),
    "strong weekends": World(week=0.5),
    "little hostile": World(share=0.01),
    "much hostile": World(share=0.2),
}
#: Kind of place → the place in which the change is planted.
PLANTED: Final = {"village": "5101010001", "kecamatan": "510101", "regency": "5101"}


def places() -> pl.DataFrame:
    """A regency, its kecamatan and villages; codes are of the form only."""
    rows = [("5101", "Regency", "regency", None)]
    rows += [(f"51010{k}", f"Kecamatan {k}", "kecamatan", "5101") for k in range(1, KECAMATAN + 1)]
    for v in range(VILLAGES):
        above = f"51010{1 + v % KECAMATAN}"
        rows.append((f"{above}{1 + v // KECAMATAN:04}", f"Village {v}", "village", above))
    return pl.DataFrame(rows, schema=["code", "name", "kind", "parent"], orient="row")


def stream(world: World, seed: int, change: Change | None = None) -> pl.DataFrame:
    """Readings of one simulated stream."""
    chance = np.random.default_rng(seed)
    tree = places().filter(pl.col("kind") == "village")
    codes = tree["code"].to_numpy()
    size = 1 / np.arange(1, VILLAGES + 1) ** 0.8
    home = chance.choice(VILLAGES, world.accounts, p=size / size.sum())
    activity = 1 / np.arange(1, world.accounts + 1) ** world.tail
    temper = _beta(chance, np.full(world.accounts, world.share), world.own)
    days = [
        _day(world, chance, d, home, activity, temper, size, codes, change)
        for d in range(world.days)
    ]
    table = pl.concat(days)
    return table.with_columns(post_id=pl.int_range(pl.len()).cast(pl.String), score=pl.lit(0.5))


def _day(
    world: World,
    chance: np.random.Generator,
    day: int,
    home: np.ndarray,
    activity: np.ndarray,
    temper: np.ndarray,
    size: np.ndarray,
    codes: np.ndarray,
    change: Change | None,
) -> pl.DataFrame:
    weekend = (FIRST + dt.timedelta(days=day)).weekday() >= 5
    number = chance.poisson(world.posts * (1.4 if weekend else 0.9) * chance.lognormal(0, 0.25))
    today = activity * chance.lognormal(0, world.burst, world.accounts)
    account = chance.choice(world.accounts, number, p=today / today.sum())
    away = chance.random(number) < 0.2
    place = np.where(away, chance.choice(VILLAGES, number, p=size / size.sum()), home[account])
    mood = _beta(chance, np.full(VILLAGES, 0.5), world.mood)[place] / 0.5
    everywhere = float(_beta(chance, np.array([0.5]), world.mood / 4)[0]) / 0.5
    rhythm = 1 + world.week * (5 / 7 if weekend else -2 / 7)
    p = temper[account] * mood * everywhere * rhythm
    if change and day >= change.day:
        inside = np.char.startswith(codes.astype(str), change.where)[place]
        p = np.where(inside, p * change.times, p)
    hostile = chance.random(number) < np.minimum(p, 1)
    noon = dt.datetime.combine(FIRST + dt.timedelta(days=day), dt.time(4), dt.UTC)
    return pl.DataFrame(
        {
            "account": np.char.add("a", account.astype(str)),
            "place": codes[place],
            "label": np.where(hostile, "hostile", "none"),
        }
    ).with_columns(posted_at=pl.lit(noon).cast(UTC_TIME))


def _beta(chance: np.random.Generator, mean: np.ndarray, correlation: float) -> np.ndarray:
    if correlation == 0:
        return mean
    scale = (1 - correlation) / correlation
    return chance.beta(mean * scale, (1 - mean) * scale)


def verdicts(
    world: World, seed: int, rules: Settings, change: Change | None = None
) -> pl.DataFrame:
    """The pulse of one simulated stream."""
    return pulse(daily(stream(world, seed, change), places(), "WITA"), rules)


@dataclass(frozen=True, slots=True)
class Quiet:
    """What happened on quiet days: days with a verdict, false alarms, the part that is unknown."""

    days: int
    alarms: int
    tested: int
    rows: int

    @property
    def rate(self) -> float:
        """False alarms a day, over all places."""
        return self.alarms / self.days if self.days else 0.0


def quiet(world: World, runs: int, rules: Settings, seed: int = SEED) -> Quiet:
    """False alarms on ``runs`` quiet streams."""
    days = alarms = tested = rows = 0
    for run in range(runs):
        table = verdicts(world, seed + run, rules)
        said = table.filter(pl.col("state") != "unknown")
        days += said["day"].n_unique()
        alarms += said.filter(pl.col("state") == "rise").height
        tested, rows = tested + said.height, rows + table.height
    return Quiet(days, alarms, tested, rows)


def delays(
    world: World, kind: str, times: float, runs: int, rules: Settings, seed: int = SEED
) -> list[int | None]:
    """Days from a planted change to its first alert at its own place (0: the same day); None where
    there is none within a week."""
    out: list[int | None] = []
    change = Change(21, times, PLANTED[kind])
    for run in range(runs):
        table = verdicts(replace(world, days=28), 10_000 + seed + run, rules, change)
        begin = FIRST + dt.timedelta(days=change.day)
        rises = table.filter(
            (pl.col("place") == change.where)
            & (pl.col("state") == "rise")
            & (pl.col("day") >= begin)
        )
        first = rises["day"].min()
        out.append((first - begin).days if isinstance(first, dt.date) else None)
    return out


def power_row(world: World, kind: str, times: float, runs: int, rules: Settings) -> str:
    """One line on a planted change: found the same day, within three days, within a week."""
    found = delays(world, kind, times, runs, rules)
    within = [sum(d is not None and d <= most for d in found) / runs for most in (0, 2, 6)]
    return f"{kind:12}{times:5.1f}" + "".join(f"{w:12.2f}" for w in within)


def main() -> int:
    """Print the figures; 1 where the false-alarm rate is above what is stated."""
    asked = argparse.ArgumentParser(prog="python -m tests.bench.pulse", description=__doc__)
    asked.add_argument("--runs", type=int, default=100)
    asked.add_argument("--alarms", type=float, default=Settings().alarms)
    options = asked.parse_args()
    rules = Settings(alarms=options.alarms)
    print("\n".join(machine.described()), f"seed {SEED}, {options.runs} streams each", sep="\n")
    print(f"{'quiet':18}{'days':>8}{'alarms':>8}{'a day':>9}{'stated':>9}{'unknown':>9}")
    broken = 0
    for name, world in WORLDS.items():
        q = quiet(world, options.runs, rules)
        unknown = 1 - q.tested / q.rows
        print(
            f"{name:18}{q.days:8}{q.alarms:8}{q.rate:9.4f}{rules.alarms:9.4f}{unknown:9.2f}",
            flush=True,
        )
        broken += q.rate > rules.alarms
    print(f"{'planted':12}{'times':>5}{'same day':>12}{'3 days':>12}{'7 days':>12}")
    for kind in PLANTED:
        for times in (2.0, 3.0):
            print(power_row(WORLDS["usual"], kind, times, options.runs, rules), flush=True)
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
