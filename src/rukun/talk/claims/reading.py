"""One post as the claims it makes: each with its place, its contest and its stance."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Final

from rukun.talk.claims import events, figures
from rukun.talk.claims.ballot import Ballot
from rukun.talk.claims.binding import bound_place
from rukun.talk.claims.drafts import Draft, Open
from rukun.talk.claims.schema import claim_code
from rukun.talk.claims.sentences import Sentence, lowered, sentences
from rukun.talk.claims.stance import denied_as_a_whole, stance, unreal
from rukun.talk.claims.words import ClaimWords
from rukun.talk.gazetteer import AMBIGUOUS, LIKELY, UNKNOWN, Gazetteer, Mention
from rukun.talk.place_words import ELSEWHERE
from rukun.talk.spelling import visible

#: A post without any of these says nothing about the count.
_WORTH: Final = re.compile(
    r"suara|swara|suwara|paslon|palson|pslon|tps|kotak|segel|\bdpt|c.?hasil|d.?hasil|plano|pemilih|hak pilih|"
    r"partisipasi|turnout|selisih|menang|unggul|kalah|kaon|nomor urut|\b0[1-9]\b|salinan|formulir",
    re.IGNORECASE,
)
_ELECTION: Final = re.compile(
    r"suara|swara|paslon|palson|pilkada|pilbup|pilgub|\btps|\bkpu|pemilih|hak pilih|\bdpt\b|coblos|bupati|gubernur|nomor urut|\b0[1-9]\b"
)
_VOTERS: Final = re.compile(r"hak pilih|coblos|\btps|suara|pemilih|absen|daftar hadir")
_YEAR: Final = re.compile(r"\b(?:pilkada|pemilu|pilbup|pilgub|tahun|thn|th)\s+(20\d\d)\b")
#: What lies behind so many letters, or names more places, is a list, not talk.
_TOO_LONG: Final = 20_000
_MOST_PLACES: Final = 300
#: Above its voter list by more than this a place cannot hold a figure.
_SPARE: Final = 1.04
_WEAK: Final = ("votes", "share", "margin", "altered")


@dataclass(frozen=True)
class Reader:
    """Reads posts by one gazetteer and one list of words."""

    gazetteer: Gazetteer
    words: ClaimWords

    @cached_property
    def ballot(self) -> Ballot:
        """The pairs and contests of the frame."""
        return Ballot(self.gazetteer.frame, self.words)

    def read(self, text: str, hint: str | None = None) -> list[dict[str, Any]]:
        """The claims of a post as rows of CLAIMS, without what is known of the post itself."""
        text = text[:_TOO_LONG]
        if not _WORTH.search(text):
            return []
        seen = visible(text)
        small = lowered(seen)
        if not _ELECTION.search(small) and not re.search("kotak|segel", small):
            return []
        mentions = self.gazetteer.find(seen, hint)[:_MOST_PLACES]
        told = sentences(seen, mentions, self.ballot, self.words)
        denied = denied_as_a_whole(small)
        rows = [
            self._row(text, told, at, draft, denied, small)
            for at, sentence in enumerate(told)
            if not self._elsewhere(sentence)
            for draft in self._drafts(sentence)
            if not self._supposed(sentence, draft) and self._grounded(sentence, draft)
        ]
        found = {(r["claim"], r["stance"]): r for r in reversed(rows) if r is not None}
        return sorted(found.values(), key=lambda r: (r["start"], r["end"], r["claim"]))

    def _elsewhere(self, sentence: Sentence) -> bool:
        """Whether a sentence is about another election, a forecast, a game."""
        if self.words.pattern("other.elections").search(sentence.masked):
            return True
        years = {str(c.date.year) for c in self.ballot.contests.values()}
        return any(m.group(1) not in years for m in _YEAR.finditer(sentence.masked))

    def _drafts(self, sentence: Sentence) -> Iterator[Draft]:
        open_ = Open(sentence, self.words)
        found = list(figures.changes(open_))
        found += events.over(open_)
        found += events.swapped(open_)
        found += events.moved(open_)
        found += figures.rows(open_)
        kinds = {d.kind for d in found}
        found += [*events.box(open_), *events.seal(open_)]
        if not kinds & {"altered", "swapped"}:
            found += events.form(open_)
        if not kinds & set(_WEAK):
            found += events.winner(open_)
        yield from found

    def _supposed(self, sentence: Sentence, draft: Draft) -> bool:
        if self.words.pattern("stance.denies").search(sentence.masked):
            return False
        at = draft.end if draft.kind in ("winner", "loser") else draft.start
        return unreal(sentence, at, self.words)

    def _grounded(self, sentence: Sentence, draft: Draft) -> bool:
        """Whether a figure of people or a margin is one of the election."""
        if draft.kind in ("voters", "registered"):
            plain = sentence.text.replace("DPT", "pemilih").lower()
            return bool(_VOTERS.search(plain)) or any(p.level == "tps" for p in sentence.places)
        if draft.kind == "margin":
            return bool(_ELECTION.search(sentence.masked)) or bool(sentence.choices)
        return True

    def _row(
        self, text: str, told: Sequence[Sentence], at: int, draft: Draft, denied: bool, small: str
    ) -> dict[str, Any] | None:
        sentence = told[at]
        mention = bound_place(told, at, draft)
        mention = self._sized(mention, draft) if mention else None
        contest, by = self._contest(draft, sentence, mention, small)
        numbers = self.ballot.contests[contest].numbers if contest else ()
        if contest and draft.choice and draft.choice not in numbers:
            return None
        why = _why_open(draft, mention)
        known = mention if mention is not None and mention.level != ELSEWHERE else None
        row: dict[str, Any] = {
            "kind": draft.kind,
            "place": known.code if known else None,
            "level": (known.level or None) if known else None,
            "place_sure": mention.sure if mention else None,
            "candidates": list(mention.candidates) if mention and not mention.code else [],
            "contest": contest,
            "contest_by": by,
            "choice": draft.choice,
            "figures": list(draft.figures),
            "stance": self._stance(sentence, draft, denied),
            "checkable": why is None,
            "why_open": why,
            "start": sentence.start + draft.start,
            "end": sentence.start + draft.end,
            "words": text[sentence.start : sentence.start + len(sentence.text)].strip(),
        }
        return {"claim": claim_code(row), **row}

    def _stance(self, sentence: Sentence, draft: Draft, denied: bool) -> str:
        found = stance(sentence, draft.start, self.words)
        if len(draft.figures) == 1 and found not in ("asks", "corrects"):
            found = self._beside_not(sentence, draft, found)
        if (draft.denied or denied) and found in ("asserts", "quotes"):
            return "denies"
        return found

    def _beside_not(self, sentence: Sentence, draft: Draft, found: str) -> str:
        """*Not A but B*: A is denied, B corrects."""
        said_not = re.search(r"(?:bukan|dudu|boya)\s+([\d.,]*\d)", sentence.masked)
        if not said_not:
            return found
        later = [n for n in sentence.numbers if said_not.end(1) <= n.start < draft.end]
        return "corrects" if later else "denies"

    def _contest(
        self, draft: Draft, sentence: Sentence, mention: Mention | None, small: str
    ) -> tuple[str | None, str | None]:
        said = draft.contest or self.ballot.contest(sentence.masked) or self.ballot.contest(small)
        if said:
            return said, "said"
        possible = self.ballot.covering(mention.code if mention else None)
        return (possible[0], "only") if len(possible) == 1 else (None, None)

    def _sized(self, mention: Mention, draft: Draft) -> Mention:
        """A name of several places, narrowed to those that are large enough for the figure."""
        if mention.code or len(mention.candidates) < 2:
            return mention
        counts = [f["value"] for f in draft.figures if not f["what"].startswith(("share", "turn"))]
        most = max(counts, default=0)
        fitting = [c for c in mention.candidates if self._holds(c, most)]
        if len(fitting) != 1:
            return mention
        level = self.gazetteer.level(fitting[0])
        return replace(mention, code=fitting[0], level=level, sure=LIKELY, candidates=())

    def _holds(self, place: str, figure: int) -> bool:
        listed = self._registered.get(place)
        return listed is None or figure <= listed * _SPARE

    @cached_property
    def _registered(self) -> dict[str, int]:
        places = self.gazetteer.frame.places
        known = places.filter(places["registered"].is_not_null() & (places["kind"] != "tps"))
        return dict(known.select("code", "registered").iter_rows())


def _why_open(draft: Draft, mention: Mention | None) -> str | None:
    """Why a claim cannot be laid beside a form; None where it can."""
    if mention is None:
        return "place"
    if mention.level == ELSEWHERE:
        return "elsewhere"
    if mention.code is None:
        return _open_place(mention)
    whats = {f["what"] for f in draft.figures}
    if whats & {"votes", "share"} and draft.kind in _WEAK:
        return "choice"
    return "row" if "ballots" in whats else None


def _open_place(mention: Mention) -> str:
    if mention.sure == AMBIGUOUS:
        return "place-ambiguous"
    numbered = mention.sure == UNKNOWN and mention.number is not None and mention.key
    return "station-unknown" if numbered else "place"
