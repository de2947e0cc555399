"""Claims in words, and what the forms state beside them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from rukun.brief.answer_drafts import Writer
from rukun.brief.answer_words import TEXTS, text
from rukun.brief.answers import Answer as Found
from rukun.brief.answers import Evidence
from rukun.count.rules import source_label
from rukun.web.talk.models import Answer, Claim
from rukun.web.talk.words import lang

KINDS: Final = {
    "votes": pgettext_lazy("claim", "votes of a pair"),
    "valid": pgettext_lazy("claim", "valid votes"),
    "invalid": pgettext_lazy("claim", "invalid votes"),
    "cast": pgettext_lazy("claim", "votes cast"),
    "voters": pgettext_lazy("claim", "people who voted"),
    "registered": pgettext_lazy("claim", "people on the voter list"),
    "ballots": pgettext_lazy("claim", "ballots"),
    "turnout": pgettext_lazy("claim", "turnout"),
    "share": pgettext_lazy("claim", "share of a pair"),
    "margin": pgettext_lazy("claim", "difference"),
    "altered": pgettext_lazy("claim", "a figure was changed"),
    "swapped": pgettext_lazy("claim", "votes were swapped"),
    "vanished": pgettext_lazy("claim", "votes vanished"),
    "added": pgettext_lazy("claim", "votes were added"),
    "over_voters": pgettext_lazy("claim", "more votes than voters"),
    "over_list": pgettext_lazy("claim", "more votes than names on the list"),
    "box_opened": pgettext_lazy("claim", "a ballot box was opened"),
    "seal_broken": pgettext_lazy("claim", "a seal was broken"),
    "winner": pgettext_lazy("claim", "who won"),
    "loser": pgettext_lazy("claim", "who lost"),
}
STANCES: Final = {
    "asserts": pgettext_lazy("stance", "say so"),
    "asks": pgettext_lazy("stance", "ask"),
    "denies": pgettext_lazy("stance", "deny it"),
    "corrects": pgettext_lazy("stance", "correct it"),
    "quotes": pgettext_lazy("stance", "pass it on"),
}
#: Words of figures need no forms.
_WRITERS: Final = {name: Writer(None, name) for name in ("id", "en")}  # type: ignore[arg-type]
_PAIR_KINDS: Final = ("winner", "loser", "vanished", "added", "swapped", "altered")


def title(claim: Claim) -> str:
    """The claim in a few words: “votes of pair 1: 118”."""
    figures = claim.data.get("figures") or []
    choice = claim.data.get("choice")
    parts = [_figure_said(f) for f in figures]
    if claim.kind in ("votes", "share") and choice:
        what = _("votes of pair %(n)d") if claim.kind == "votes" else _("share of pair %(n)d")
        return f"{what % {'n': choice}}: {', '.join(parts)}"
    said = str(KINDS[claim.kind])
    if choice and claim.kind in _PAIR_KINDS:
        said += _(" (pair %(n)d)") % {"n": choice}
    return f"{said}: {', '.join(parts)}" if parts else said


def _figure_said(figure: Mapping[str, Any]) -> str:
    value = figure_text(figure["what"], figure["value"])
    if figure.get("bound") == "least":
        return _("at least %(n)s") % {"n": value}
    if figure.get("bound") == "most":
        return _("at most %(n)s") % {"n": value}
    return _("about %(n)s") % {"n": value} if figure.get("within") else value


def figure_text(what: str, value: float) -> str:
    """A figure in words: grouped, or hundredths of a percent as a percentage."""
    exact = Fraction(value).limit_denominator(10_000)
    return _WRITERS[lang()].figure(what, exact)


def rows(
    claims: Iterable[Claim], verdicts: Mapping[str, str], answers: Mapping[str, Answer]
) -> list[dict[str, Any]]:
    """The claims of a list with verdict and released answer."""
    return [
        {
            "claim": c,
            "title": title(c),
            "verdict": verdicts.get(c.code, c.verdict),
            "answer": answers.get(c.code),
        }
        for c in claims
    ]


def open_rows(claims: Iterable[Claim]) -> list[dict[str, Any]]:
    """The claims that cannot be checked, each with why."""
    return [{"claim": c, "title": title(c), "why": why_open(c)} for c in claims]


def why_open(claim: Claim) -> str:
    """Why a claim cannot be laid beside forms."""
    code = claim.data.get("why_open") or "place"
    if code not in TEXTS or code == "place-ambiguous":
        return _("More than one place may be meant.")
    return text(code, lang())


def stances(claim: Claim) -> list[tuple[Any, int]]:
    """How the posts stand to the claim, with their numbers."""
    counted = [(word, int(claim.data.get(code) or 0)) for code, word in STANCES.items()]
    return [(word, n) for word, n in counted if n]


@dataclass(frozen=True)
class Row:
    """One figure: what is claimed, and what each source states; a cell is text and whether it is
    not what is claimed."""

    label: str
    claimed: str
    cells: list[tuple[str, bool]]


@dataclass(frozen=True)
class Table:
    """The figures of one contest that the answer rests on, source by source."""

    contest: str
    sources: list[str]
    rows: list[Row]
    exercise: bool


def tables(claim: Claim, found: Found, at: Evidence) -> list[Table]:
    """What the posts say beside what each source states, contest by contest."""
    contests = list(dict.fromkeys(u.contest for u in found.used))
    return [_table(claim, [u for u in found.used if u.contest == c], at, c) for c in contests]


def _table(claim: Claim, used: Sequence[Any], at: Evidence, contest: str) -> Table:
    writer = Writer(at, lang())
    said = {f["what"]: f for f in claim.data.get("figures") or []}
    columns = list(dict.fromkeys((u.source, u.kind) for u in used))
    stated = {(u.field, u.source, u.kind): u for u in used}
    made = []
    for what in dict.fromkeys(u.field for u in used):
        cells = [stated.get((what, *column)) for column in columns]
        made.append(
            Row(
                _capital(writer.label(what, contest)),
                _figure_said(said[what]) if what in said else "",
                [_cell(c, said.get(what)) for c in cells],
            )
        )
    names = [_column(source, kind) for source, kind in columns]
    name = at.frame.contest(contest).name(lang())
    return Table(name, names, made, any(u.exercise for u in used))


def _cell(used: Any, said: Mapping[str, Any] | None) -> tuple[str, bool]:
    if used is None:
        return "–", False
    plain = said is not None and not said.get("bound") and not said.get("within")
    return figure_text(used.field, used.value), bool(plain and said["value"] != used.value)


def _column(source: str, kind: str) -> str:
    if kind == "list":
        return _("Voter list")
    name = _capital(source_label(source, lang()))
    return _("%(source)s, sum of stations") % {"source": name} if kind == "sum" else name


def _capital(said: str) -> str:
    return said[:1].upper() + said[1:]


def facts(answer: Answer) -> list[str]:
    """The forms a released answer rests on, one line each."""
    said = []
    for f in answer.facts:
        version = _(" (version %(n)d)") % {"n": f["version"]} if (f["version"] or 1) > 1 else ""
        label, value = _WRITERS[lang()].label(f["field"]), figure_text(f["field"], f["value"])
        said.append(f"{_column(f['source'], f['kind'])}{version}: {label} {value}")
    return list(dict.fromkeys(said))
