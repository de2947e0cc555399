"""A claim against the statements of forms: agrees, differs, or cannot be said and why.

*Agrees* and *differs* need the official form or two independent sources that state the same.
Where independent sources differ, nobody is said to be right. What is not stated is never 0.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any, Final

from rukun.brief.answer_evidence import Evidence, Used
from rukun.brief.answer_likeness import Likeness, likenesses, matches
from rukun.count.forms import C_RECOUNT, C_REVOTE

AGREES, DIFFERS, OPEN = "agrees", "differs", "cannot_be_said"
VERDICTS: Final = (AGREES, DIFFERS, OPEN)
#: Why it cannot be said, beside the reasons of ``talk.claims.schema.OPEN``.
REASONS: Final = (
    "no-form",
    "incomplete",
    "stations-differ",
    "not-stated",
    "one-source",
    "copy-only",
    "sources-differ",
    "contest",
    "not-on-form",
    "earlier-version",
    "replaced",
)
_EVENTS: Final = ("box_opened", "seal_broken")
_COPIES: Final = ("recap", "feed")


@dataclass(frozen=True)
class Judged:
    """A verdict with its reason, the statements it rests on and what the figure resembles."""

    verdict: str
    reason: str | None = None
    used: tuple[Used, ...] = ()
    likeness: tuple[Likeness, ...] = ()


def judged(evidence: Evidence, claim: Mapping[str, Any]) -> Judged:
    """The claim (a row of CLAIMS or GROUPED) laid beside the evidence."""
    if not claim["checkable"]:
        return Judged(OPEN, claim["why_open"])
    if claim["kind"] in _EVENTS:
        return Judged(OPEN, "not-on-form")
    contests = [claim["contest"]] if claim["contest"] else _contests(evidence, claim)
    if not contests:
        return Judged(OPEN, "no-form")
    return _joined([_in_contest(evidence, c, claim) for c in contests])


def _contests(evidence: Evidence, claim: Mapping[str, Any]) -> list[str]:
    """The contests of a place that have the claimed pair on the ballot."""
    scope = evidence.frame.scope
    codes = scope.filter(scope["place"] == claim["place"]).get_column("contest").to_list()
    choice = claim["choice"]
    return [c for c in codes if choice is None or choice in evidence.frame.contest(c).numbers]


def _joined(each: Sequence[Judged]) -> Judged:
    """One verdict where the contest is not said: only where it is the same in all of them."""
    used = tuple(u for j in each for u in j.used)
    if len({(j.verdict, j.reason) for j in each}) == 1:
        alike = len({tuple(k.kind for k in j.likeness) for j in each}) == 1
        return replace(each[0], used=used, likeness=each[0].likeness if alike else ())
    return Judged(OPEN, "contest", used)


def _in_contest(evidence: Evidence, contest: str, claim: Mapping[str, Any]) -> Judged:
    kind = claim["kind"]
    if kind in ("winner", "loser"):
        return _won(evidence, contest, claim)
    if kind in ("over_voters", "over_list"):
        return _over(evidence, contest, claim)
    if kind == "swapped":
        return _swapped(evidence, contest, claim["place"])
    if kind in ("vanished", "added", "altered"):
        return _moved(evidence, contest, claim)
    (figure,) = claim["figures"]
    return _figure(evidence, contest, claim["place"], figure)


def _figure(evidence: Evidence, contest: str, place: str, figure: dict[str, Any]) -> Judged:
    """One figure against every statement of it."""
    used = evidence.used(contest, place, figure["what"])
    basis = standing(evidence, contest, place, used)
    if isinstance(basis, str):
        return Judged(OPEN, basis, tuple(used))
    if matches(figure, basis):
        return Judged(AGREES, None, tuple(used))
    like = likenesses(evidence, contest, place, figure, basis)
    return Judged(DIFFERS, None, tuple(used), tuple(like))


def standing(evidence: Evidence, contest: str, place: str, used: Sequence[Used]) -> Fraction | str:
    """The figure that stands: stated by the official form or by two independent sources alike.

    Otherwise the reason why none does.
    """
    own = [u for u in used if u.independent]
    chain = [u for u in used if u.independent or u.source == "recap"]
    if own and len({u.value for u in chain}) > 1:
        return "sources-differ"
    if any(u.official for u in own) or len({u.source for u in own}) > 1:
        return own[0].value
    if own:
        return "one-source"
    if used and not evidence.disputed_below(contest, place):
        return "copy-only"
    return _missing(evidence, contest, place)


def _missing(evidence: Evidence, contest: str, place: str) -> str:
    """Why nobody states a figure: no form at all, not all stations, or not on the forms."""
    there, total = evidence.coverage(contest, place)
    if 0 < there < total:
        return "incomplete"
    if evidence.disputed_below(contest, place) and total > 1:
        return "stations-differ"
    rows = evidence.rows(contest, place)
    votes = evidence.frame.contest(contest).vote_fields
    later = [r for r in rows if r["kind"] in (C_RECOUNT, C_REVOTE)]
    if any(all(r.get(f) is None for f in votes) for r in later):
        return "replaced"
    return "not-stated" if rows else "no-form"


def _won(evidence: Evidence, contest: str, claim: Mapping[str, Any]) -> Judged:
    place = claim["place"]
    used = evidence.used(contest, place, "winner")
    basis = standing(evidence, contest, place, used)
    votes = tuple(
        u
        for f in evidence.frame.contest(contest).vote_fields
        for u in evidence.used(contest, place, f)
    )
    if isinstance(basis, str):
        return Judged(OPEN, basis, votes)
    ahead = basis == claim["choice"]
    true = ahead if claim["kind"] == "winner" else not ahead and basis != 0
    return Judged(AGREES if true else DIFFERS, None, votes)


def _over(evidence: Evidence, contest: str, claim: Mapping[str, Any]) -> Judged:
    """More votes than voters who came (H8), or than are on the list."""
    place = claim["place"]
    bound = "voters_j" if claim["kind"] == "over_voters" else "registered_tetap_j"
    counted = "cast" if evidence.used(contest, place, "cast") else "ballots_used"
    sides = [evidence.used(contest, place, f) for f in (counted, bound)]
    used = tuple(u for side in sides for u in side)
    values = [standing(evidence, contest, place, side) for side in sides]
    for value in values:
        if isinstance(value, str):
            return Judged(OPEN, value, used)
    more, less = (v for v in values if isinstance(v, Fraction))
    return Judged(AGREES if more > less else DIFFERS, None, used)


def _swapped(evidence: Evidence, contest: str, place: str) -> Judged:
    """Whether one paper has the votes of two pairs the other way round."""
    fields = evidence.frame.contest(contest).vote_fields
    used = tuple(u for f in fields for u in evidence.used(contest, place, f))
    stated = _by_source(used, fields)
    own = {s: v for s, v in stated.items() if s not in _COPIES}
    if len(set(own.values())) > 1:
        return Judged(OPEN, "sources-differ", used)
    return _against_copies(evidence, contest, place, used, stated, own, _crossed)


def _crossed(true: tuple[Fraction, ...], copy: tuple[Fraction, ...]) -> bool:
    return true != copy and sorted(true) == sorted(copy)


def _differ(true: tuple[Fraction, ...], copy: tuple[Fraction, ...]) -> bool:
    return true != copy


def _by_source(used: Sequence[Used], fields: Sequence[str]) -> dict[str, tuple[Fraction, ...]]:
    """The figures of each source that states all of these fields."""
    table: dict[str, dict[str, Fraction]] = {}
    for u in used:
        table.setdefault(u.source, {})[u.field] = u.value
    whole = {s: r for s, r in table.items() if len(r) == len(fields)}
    return {s: tuple(r[f] for f in fields) for s, r in whole.items()}


def _moved(evidence: Evidence, contest: str, claim: Mapping[str, Any]) -> Judged:
    """Whether a figure changed between the papers that are held."""
    place, choice = claim["place"], claim["choice"]
    fields = [f"votes_{choice}"] if choice else list(evidence.frame.contest(contest).vote_fields)
    named = {f["what"] for f in claim["figures"]} - {"votes"}
    fields = sorted(named) if named else fields
    used = tuple(u for f in fields for u in evidence.used(contest, place, f))
    stated = _by_source(used, fields)
    own = {s: v for s, v in stated.items() if s not in _COPIES}
    if len(set(own.values())) > 1:
        return Judged(OPEN, "sources-differ", used)
    found = _against_copies(evidence, contest, place, used, stated, own, _differ)
    return _as_told(found, claim, stated)


def _against_copies(
    evidence: Evidence, contest: str, place: str, used: tuple[Used, ...],
    stated: dict[str, tuple[Fraction, ...]], own: dict[str, tuple[Fraction, ...]], changed: Any,
) -> Judged:  # fmt: skip
    """What independent sources state alike, against the election body's copies of it."""
    if not own:
        reason = "copy-only" if stated else _missing(evidence, contest, place)
        return Judged(OPEN, reason, used)
    true = next(iter(own.values()))
    if any(changed(true, stated[c]) for c in _COPIES if c in stated):
        return Judged(AGREES, None, used)
    if len(stated) < 2:
        return Judged(OPEN, "one-source", used)
    return Judged(DIFFERS, None, used)


def _as_told(
    found: Judged, claim: Mapping[str, Any], stated: Mapping[str, tuple[Fraction, ...]]
) -> Judged:
    """A change that is there, but is it the one that is told; and a change that left no trace."""
    values = {v for figures in stated.values() for v in figures}
    told = [f["value"] for f in claim["figures"]]
    if claim["kind"] == "altered":
        if found.verdict == AGREES and told and not set(told) <= values:
            return replace(found, verdict=DIFFERS)
        if found.verdict == DIFFERS and told and told[-1] in values:
            return replace(found, verdict=OPEN, reason="earlier-version")
        return found
    if found.verdict != AGREES:
        return found
    return found if _told_amount(claim, stated) else replace(found, verdict=DIFFERS)


def _told_amount(claim: Mapping[str, Any], stated: Mapping[str, tuple[Fraction, ...]]) -> bool:
    """Whether a copy lost (or gained) what is told against the forms."""
    true = next(v for s, v in stated.items() if s not in _COPIES)
    sign = -1 if claim["kind"] == "vanished" else 1
    for copy in (stated[c] for c in _COPIES if c in stated):
        moves = [sign * (b - a) for a, b in zip(true, copy, strict=True)]
        for figure in claim["figures"] or [None]:
            if any(m > 0 and (figure is None or matches(figure, m)) for m in moves):
                return True
    return False
