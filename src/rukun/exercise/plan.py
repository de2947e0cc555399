"""Which stations and sources of an exercise get which kind of error.

How many errors there are is set, not drawn, so that the room shows each kind of difference; what
they are is drawn from the error model (``misread``). Each camp's witnesses get as many as the
other's, and errors in votes take the choices in turn.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from rukun.contests import Contest
from rukun.exercise.draws import order, uniform
from rukun.exercise.misread import SHEET, kinds

#: In votes? Put right later? How many by the election body, and by each camp's witnesses.
ERRORS: Final = ((True, False, 2, 2), (False, False, 1, 1), (True, True, 4, 2), (False, True, 2, 1))
#: Forms of each camp's witnesses that never arrive.
ABSENT: Final = 2
#: Figures beside the votes that are often written wrongly; all have two digits or more.
BESIDE: Final = (
    "registered_tetap_l",
    "registered_tetap_p",
    "registered_j",
    "voters_tetap_l",
    "voters_tetap_p",
    "voters_tetap_j",
    "voters_j",
    "ballots_received",
    "ballots_used",
    "ballots_unused",
)


@dataclass(frozen=True)
class Slot:
    """One error to plant: the station (row), source, figure, kind, and whether it is put right."""

    row: int
    source: str
    field: str
    kind: str
    corrected: bool


@dataclass(frozen=True)
class Plan:
    """The errors of one contest, and per source the rows whose forms never arrive."""

    slots: list[Slot]
    absent: dict[str, list[int]]


def sources(contest: Contest) -> list[str]:
    """Who states the stations' forms: the election body and one witness per choice."""
    return ["official", *(f"witness:{n}" for n in contest.numbers)]


def plans(rng: np.random.Generator, contests: Sequence[Contest], stations: int) -> list[Plan]:
    """One plan per contest, no station twice in it; the kinds are shared out over all of them.

    The sheet of another station is always an error in votes that nobody puts right.
    """
    drafts = [_draft(rng, c) for c in contests]
    drawn = kinds(rng, sum(map(len, drafts)))
    sheets, single = [k for k in drawn if k == SHEET], [k for k in drawn if k != SHEET]
    out = []
    for contest, draft in zip(contests, drafts, strict=True):
        rows = order(rng, stations).tolist()
        slots = []
        for source, field, corrected in draft:
            whole = sheets and field.startswith("votes_") and not corrected
            kind = (sheets if whole else single).pop()
            slots.append(Slot(rows.pop(), source, field, kind, corrected))
        witnesses = [s for s in sources(contest) if s != "official"]
        out.append(Plan(slots, {s: [rows.pop() for _ in range(ABSENT)] for s in witnesses}))
    return out


def _draft(rng: np.random.Generator, contest: Contest) -> list[tuple[str, str, bool]]:
    """Source, figure and whether it is put right, of every error of a contest, in random order."""
    listed = []
    for in_votes, corrected, official, witness in ERRORS:
        for source in sources(contest):
            for i in range(official if source == "official" else witness):
                field = contest.vote_fields[i % len(contest.vote_fields)] if in_votes else ""
                listed.append((source, field or _beside(rng), corrected))
    return [listed[i] for i in order(rng, len(listed))]


def _beside(rng: np.random.Generator) -> str:
    return BESIDE[int(uniform(rng, 1, 0, len(BESIDE))[0])]
