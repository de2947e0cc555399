"""The draft answer in plain words: what is said, what the forms state, what is not known."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Final

from rukun.brief.answer_checks import OPEN, Judged
from rukun.brief.answer_evidence import LIST, SUM, Evidence, Used
from rukun.brief.answer_likeness import DIGITS, Likeness
from rukun.brief.answer_words import MONTHS, TEXTS, text
from rukun.count.forms import D_HASIL, STATION_KINDS
from rukun.count.rules import describe, field_label, source_label
from rukun.count.rules.describe import grouped
from rukun.places import ZONES
from rukun.talk.claims.schema import EVENT_KINDS

_FINDINGS_SHOWN: Final = 2
_CANDIDATES_SHOWN: Final = 6


@dataclass(frozen=True)
class Writer:
    """Writes drafts in one language."""

    evidence: Evidence
    lang: str

    def draft(
        self,
        claim: Mapping[str, Any],
        found: Judged,
        findings: Sequence[Mapping[str, Any]],
        exercise: bool,
    ) -> str:
        """The whole draft, one sentence after the other."""
        parts = [self._say("exercise")] if exercise else []
        parts += [self._told(claim), *self._statements(found.used), self._verdict(claim, found)]
        parts += self._reason(claim, found)
        parts += [self._likeness(k) for k in found.likeness]
        parts += self._findings(findings, found)
        kinds = {u.kind for u in found.used}
        if kinds & set(STATION_KINDS) and D_HASIL not in kinds:
            parts.append(self._say("interim"))
        return " ".join(parts)

    def place(self, code: str) -> str:
        """A place in words; a station with its village."""
        places = self.evidence.frame.places
        row = places.filter(places["code"] == code)
        if row.is_empty():
            return code
        name, kind, parent = row.select("name", "kind", "parent").row(0)
        return f"{name}, {self.place(parent)}" if kind == "tps" and parent else str(name)

    def moment(self, at: dt.datetime, place: str) -> str:
        """A time as the clock of the place showed it."""
        zone = self.evidence.zone(place)
        local = at + dt.timedelta(hours=ZONES[zone] if zone else 0)
        month = MONTHS[self.lang].split()[local.month - 1]
        clock = f"{local:%H.%M}" if self.lang == "id" else f"{local:%H:%M}"
        joint = " pukul " if self.lang == "id" else ", "
        return f"{local.day} {month} {local.year}{joint}{clock} {zone or 'UTC'}"

    def _say(self, key: str, **parts: object) -> str:
        return text(key, self.lang, **parts)

    def _told(self, claim: Mapping[str, Any]) -> str:
        what = self._statement(claim)
        if not claim["place"]:
            return self._say("told", what=what)
        place = self.place(claim["place"])
        if claim["contest"]:
            name = self.evidence.frame.contest(claim["contest"]).name(self.lang)
            place += self._say("in_contest", contest=name)
        return self._say("told_of", what=what, place=place)

    def _verdict(self, claim: Mapping[str, Any], found: Judged) -> str:
        event = claim["kind"] in EVENT_KINDS and claim["kind"] not in ("winner", "loser")
        return self._say(
            f"{found.verdict}_event" if event and found.verdict != OPEN else found.verdict
        )

    def _statement(self, claim: Mapping[str, Any]) -> str:
        kind, contest = claim["kind"], claim["contest"]
        values = [self._claimed(f) for f in claim["figures"]]
        if kind in ("winner", "loser"):
            return self._say(kind, number=claim["choice"])
        key = f"{kind}_votes" if f"{kind}_votes" in TEXTS else kind
        if kind in EVENT_KINDS or not values:
            said = self._say(key)
            labels = list(dict.fromkeys(f["what"] for f in claim["figures"]))
            if labels:
                said += " – " + ", ".join(self.label(w, contest) for w in labels)
            return f"{said}: {self._then(values)}" if values else said
        return f"{self.label(claim['figures'][0]['what'], contest)}: {values[0]}"

    def _then(self, values: Sequence[str]) -> str:
        return self._say("to", first=values[0], second=values[1]) if len(values) == 2 else values[0]

    def _claimed(self, figure: Mapping[str, Any]) -> str:
        value = self.figure(figure["what"], Fraction(figure["value"]))
        loose = figure["bound"] or ("about" if figure["within"] else "")
        return self._say(loose, value=value) if loose else value

    def label(self, what: str, contest: str | None = None) -> str:
        """What a figure counts, in words."""
        head, _, number = what.partition("_")
        if head == "votes" and number:
            return self._say(
                "box" if self._is_box(int(number), contest) else "votes", number=number
            )
        if head == "share" and number:
            return self._say("share", number=number)
        if what in ("turnout", "margin", "voters_j", "registered_tetap_j"):
            return self._say(what)
        return field_label(what, self.lang)

    def _is_box(self, number: int, contest: str | None) -> bool:
        if contest is None:
            return False
        held = self.evidence.frame.contest(contest)
        return any(c.number == number and c.empty_box for c in held.choices)

    def figure(self, what: str, value: Fraction) -> str:
        """A figure in words: grouped, or as a percentage with two places."""
        if what == "turnout" or what.startswith("share"):
            hundredths = int(value + Fraction(1, 2))
            mark = "," if self.lang == "id" else "."
            return f"{hundredths // 100}{mark}{hundredths % 100:02d} %"
        return grouped(int(value))

    def _statements(self, used: Sequence[Used]) -> list[str]:
        """One sentence for all forms that state the same figures."""
        forms: dict[tuple[Any, ...], list[Used]] = {}
        for u in used:
            contest = None if u.kind == LIST else u.contest
            forms.setdefault((contest, u.source, u.kind, u.version), []).append(u)
        alike: dict[tuple[Any, ...], list[list[Used]]] = {}
        for (contest, *_), group in forms.items():
            figures = {u.field: u.value for u in group}
            alike.setdefault((contest, *figures.items()), []).append(group)
        several = len({u.contest for u in used}) > 1
        return [self._alike(groups, several) for groups in alike.values()]

    def _alike(self, groups: Sequence[Sequence[Used]], several: bool) -> str:
        stated = {u.field: u for u in groups[0]}.values()
        figures = ", ".join(
            f"{self.label(u.field, u.contest)} {self.figure(u.field, u.value)}" for u in stated
        )
        sources = "; ".join(self._with_details(g[0], several) for g in groups)
        return self._say("form", sources=sources[0].upper() + sources[1:], figures=figures)

    def _with_details(self, used: Used, several: bool) -> str:
        details = self._details(used, several)
        return self._source(used) + (f" ({', '.join(details)})" if details else "")

    def _source(self, used: Used) -> str:
        return self._say("list") if used.kind == LIST else source_label(used.source, self.lang)

    def _details(self, used: Used, several: bool) -> list[str]:
        out = []
        if several and used.kind != LIST:
            out.append(self.evidence.frame.contest(used.contest).name(self.lang))
        if used.kind == SUM:
            out.append(self._say("sum"))
        elif used.kind != LIST:
            version = used.version or 1
            form = self._say(used.kind)
            out.append(self._say("version", form=form, version=version) if version > 1 else form)
        if used.derived and used.kind != SUM:
            out.append(self._say("worked_out"))
        if used.entered_at is not None:
            out.append(self.moment(used.entered_at, used.place))
        return out

    def _reason(self, claim: Mapping[str, Any], found: Judged) -> list[str]:
        if found.reason is None:
            return []
        sources = dict.fromkeys(self._source(u) for u in found.used)
        names = [self.place(c) for c in claim["candidates"][:_CANDIDATES_SHOWN]]
        contest = claim["contest"] or next(iter(self.evidence.frame.contests), "")
        there, total = self.evidence.coverage(contest, claim["place"]) if contest else (0, 0)
        differing = self.evidence.disputed_below(contest, claim["place"])
        return [
            self._say(
                found.reason,
                sources=", ".join(sources),
                candidates="; ".join(names),
                there=grouped(there),
                total=grouped(total),
                differing=grouped(differing),
            )
        ]

    def _likeness(self, like: Likeness) -> str:
        if like.kind in DIGITS or like.used is None:
            return self._say(like.kind)
        used = like.used
        return self._say(
            like.kind,
            value=self.figure(used.field, used.value),
            field=self.label(used.field, used.contest),
            contest=self.evidence.frame.contest(used.contest).name(self.lang),
            place=self.place(used.place),
        )

    def _findings(self, findings: Sequence[Mapping[str, Any]], found: Judged) -> list[str]:
        """The first findings of weight about the figures that the answer shows."""
        if found.reason == "sources-differ":
            return []
        fields = {u.field for u in found.used}
        heavy = [f for f in findings if f["severity"] == "error" and f["field"] in fields]
        said = list(dict.fromkeys(describe(f, self.lang) for f in heavy))[:_FINDINGS_SHOWN]
        return [self._say("findings", list=" ".join(said))] if said else []
