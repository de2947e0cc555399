"""What a figure that differs may have come from: a slip of the pen, or another row, pair, place.

The likely slips and how often they occur are those of two independent entries of the same forms
(one digit substituted 72 %, dropped or added 15 %, neighbours swapped 4.5 %, the sheet of another
station). A likeness is offered, never claimed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Final

from rukun.brief.answer_evidence import Evidence, Used
from rukun.count.forms import FIELD_NAMES

ONE_DIGIT, SWAPPED, DROPPED, ADDED, SEVERAL = "one-digit", "swapped", "dropped", "added", "several"
DIGITS: Final = (ONE_DIGIT, SWAPPED, DROPPED, ADDED, SEVERAL)
OTHER_CHOICE, OTHER_ROW, OTHER_CONTEST, OTHER_PLACE, TURNOUT = (
    "other-choice",
    "other-row",
    "other-contest",
    "other-place",
    "turnout-as-share",
)
#: Small numbers are alike by chance.
_LEAST: Final = 20
_LONG: Final = 5
_SHOWN: Final = 3


@dataclass(frozen=True, slots=True)
class Likeness:
    """``kind`` of likeness; ``used`` is the statement that has the claimed figure, if one has."""

    kind: str
    used: Used | None = None


def digits(claimed: int, true: int) -> str | None:
    """How two whole numbers differ in their digits, where it is a common slip; else None."""
    a, b = str(claimed), str(true)
    if len(a) == len(b):
        apart = [i for i in range(len(a)) if a[i] != b[i]]
        if len(apart) == 1:
            return ONE_DIGIT
        if len(apart) == 2 and apart[1] == apart[0] + 1 and _crossed(a, b, *apart):
            return SWAPPED
    elif abs(len(a) - len(b)) == 1 and len(min(a, b, key=len)) > 1 and _within(a, b):
        return DROPPED if len(a) < len(b) else ADDED
    return SEVERAL if min(len(a), len(b)) >= _LONG and _distance(a, b) == 2 else None


def _crossed(a: str, b: str, i: int, j: int) -> bool:
    return a[i] == b[j] and a[j] == b[i]


def _within(a: str, b: str) -> bool:
    short, long = sorted((a, b), key=len)
    return any(long[:i] + long[i + 1 :] == short for i in range(len(long)))


def _distance(a: str, b: str) -> int:
    """Optimal string alignment: substitutions, one more, one less, neighbours swapped."""
    rows = [list(range(len(b) + 1))]
    for i, x in enumerate(a, 1):
        row = [i]
        for j, y in enumerate(b, 1):
            best = min(rows[-1][j] + 1, row[-1] + 1, rows[-1][j - 1] + (x != y))
            if i > 1 and j > 1 and x == b[j - 2] and a[i - 2] == y:
                best = min(best, rows[-2][j - 2] + 1)
            row.append(best)
        rows.append(row)
    return rows[-1][-1]


def likenesses(
    evidence: Evidence, contest: str, place: str, figure: dict[str, Any], true: Fraction
) -> list[Likeness]:
    """What the claimed figure resembles, the strongest first, three at most."""
    value = int(figure["value"])
    if figure["within"] or figure["bound"] or value < _LEAST:
        return []
    found = [Likeness(k, u) for k, u in _same_elsewhere(evidence, contest, place, figure)]
    if true.denominator == 1 and not _percent(figure["what"]):
        slip = digits(value, int(true))
        found += [Likeness(slip)] if slip and not (found and slip == SEVERAL) else []
    return found[:_SHOWN]


def _percent(what: str) -> bool:
    return what == "turnout" or what.startswith("share_")


def _same_elsewhere(
    evidence: Evidence, contest: str, place: str, figure: dict[str, Any]
) -> Iterator[tuple[str, Used]]:
    """Official statements with exactly the claimed figure: other pair, row, contest, place."""
    what = figure["what"]
    for kind, other in _other_fields(evidence, contest, what):
        yield from _equal(evidence, kind, contest, place, other, figure)
    for code in evidence.frame.contests:
        if code != contest:
            yield from _equal(evidence, OTHER_CONTEST, code, place, what, figure)
    for near in _near(evidence, place):
        yield from _equal(evidence, OTHER_PLACE, contest, near, what, figure)


def _other_fields(evidence: Evidence, contest: str, what: str) -> list[tuple[str, str]]:
    votes = evidence.frame.contest(contest).vote_fields
    if what.startswith("share_"):
        shares = [f"share_{v[6:]}" for v in votes]
        return [(TURNOUT, "turnout"), *((OTHER_CHOICE, s) for s in shares if s != what)]
    if what in votes:
        others = [(OTHER_CHOICE, v) for v in votes if v != what]
        return [*others, *((OTHER_ROW, f) for f in ("valid", "cast", "voters_j"))]
    if what in FIELD_NAMES:
        rows = ("valid", "invalid", "cast", "voters_j", "registered_tetap_j", "registered_j")
        return [(OTHER_ROW, f) for f in rows if f != what]
    return []


def _equal(
    evidence: Evidence, kind: str, contest: str, place: str, what: str, figure: dict[str, Any]
) -> Iterator[tuple[str, Used]]:
    for used in evidence.used(contest, place, what):
        if used.official and matches(figure, used.value):
            yield kind, used
            return


def matches(figure: dict[str, Any], true: Fraction) -> bool:
    """Whether a claimed figure fits a stated one, rounded or bounded as it was claimed.

    A share in hundredths of a percent may be rounded or cut off.
    """
    value: int = figure["value"]
    within: int = figure["within"]
    if figure["bound"] == "least":
        return true >= value
    if figure["bound"] == "most":
        return true <= value
    if within:
        return abs(true - value) < within
    return value in (true.__floor__(), int(true + Fraction(1, 2)))


def _near(evidence: Evidence, place: str) -> list[str]:
    """The places that share the place above."""
    places = evidence.frame.places
    above = places.filter(places["code"] == place)
    if above.is_empty() or above.item(0, "parent") is None:
        return []
    beside = places.filter(places["parent"] == above.item(0, "parent"))
    return [c for c in beside.get_column("code") if c != place]
