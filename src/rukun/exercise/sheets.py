"""From what happened at a station to every figure on its form.

A sheet obeys the whole arithmetic of the law (H1–H11) because it is written from people and
ballots, not from sums. Arrays hold one entry per station; the first axis of a pair is l, p.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from rukun.exercise.draws import Ints, part, rare


@dataclass(frozen=True)
class People:
    """Who is on the lists of each station and who came; the same for both contests."""

    tetap: Ints
    tambahan: Ints
    came: Ints
    disabled: Ints
    disabled_came: Ints


@dataclass(frozen=True)
class Count:
    """What one contest's count found: moved voters, returned and invalid ballots, votes."""

    pindahan: Ints
    returned: Ints
    invalid: Ints
    votes: Ints


def by_sex(rng: np.random.Generator, whole: Ints, men: float = 0.4935) -> Ints:
    """Men and women of a whole."""
    first = part(rng, whole, men)
    return np.stack([first, whole - first])


def people(rng: np.random.Generator, tetap: Ints, tambahan: Ints, came: Ints) -> People:
    """Sexes and disabilities for stations with these voters listed, added, and come from the list.

    ``tetap`` and ``came`` count the voter list alone. About one voter in a hundred has a
    disability, and somewhat more than half of them vote.
    """
    listed = by_sex(rng, tetap)
    men = part(rng, came, listed[0] / np.maximum(tetap, 1))
    men = np.clip(men, came - listed[1], np.minimum(listed[0], came))
    voting = np.stack([men, came - men])
    disabled = np.stack([np.minimum(rare(rng, tetap.size, 2.5), s) for s in listed])
    disabled_came = np.stack(
        [np.minimum(part(rng, d, 0.55), v) for d, v in zip(disabled, voting, strict=True)]
    )
    return People(listed, by_sex(rng, tambahan), voting, disabled, disabled_came)


def reserve(tetap: Ints, permille: int) -> Ints:
    """Spare ballots of a voter list, rounded up (Pasal 87(4) UU 10/2016)."""
    return (tetap * permille + 999) // 1000


def sheet(who: People, count: Count, permille: int) -> pl.DataFrame:
    """Every figure of the form, one row per station (field names of ``count.forms``)."""
    out: dict[str, Ints] = {}
    out |= _lists("registered", who.tetap, count.pindahan, who.tambahan)
    out |= _lists("voters", who.came, count.pindahan, who.tambahan)
    out |= _sexes("disabled_registered_", who.disabled)
    out |= _sexes("disabled_voters_", who.disabled_came)
    valid = count.votes.sum(axis=0)
    cast = valid + count.invalid
    if (cast != out["voters_j"]).any():
        raise ValueError("the ballots in the box are not those of the voters")
    delivered = out["registered_tetap_j"] + reserve(out["registered_tetap_j"], permille)
    out["ballots_received"] = delivered
    out["ballots_used"] = cast
    out["ballots_returned"] = count.returned
    out["ballots_unused"] = delivered - cast - count.returned
    out |= {f"votes_{i}": v for i, v in enumerate(count.votes, start=1)}
    out |= {"valid": valid, "invalid": count.invalid, "cast": cast}
    return pl.DataFrame(out)


def _lists(what: str, tetap: Ints, pindahan: Ints, tambahan: Ints) -> dict[str, Ints]:
    return {
        **_sexes(f"{what}_tetap_", tetap),
        **_sexes(f"{what}_pindahan_", pindahan),
        **_sexes(f"{what}_tambahan_", tambahan),
        **_sexes(f"{what}_", tetap + pindahan + tambahan),
    }


def _sexes(stem: str, pair: Ints) -> dict[str, Ints]:
    return {f"{stem}l": pair[0], f"{stem}p": pair[1], f"{stem}j": pair[0] + pair[1]}
