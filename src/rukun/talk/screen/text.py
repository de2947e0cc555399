"""A post as words with their places in the original text, in two readings.

``readings`` gives the post as written and, where that differs, freed of disguises: digits and signs
for letters, dots and spaces inside words, drawn-out letters, left-out vowels, abbreviations.
In both, camps, mentions, links and numbers are masked, so that no camp is told from another.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, NamedTuple

from rukun.talk.screen.lexicon import BIT, Lexicon, listed

CAMP: Final = "_camp"
NUMBER: Final = "_num"
_TOKEN = re.compile(
    r"https?://\S+|www\.\S+|(?<![\w@])@\w[\w.]*"
    r"|[$]?\w(?:[\w\u0300-\u036f\u200b-\u200f\u2060'’@$!*.\-_·|+]*[\w\u0300-\u036f])?"
    r"|[“”\"«»„]|[.!?;:,\n…()]|[\u2600-\u27bf\U0001f300-\U0001faff]"
)
_INNER = re.compile(r"[^\W_]+(?:['’\-][^\W_]+)*")
_LETTERS_NUMBER = re.compile(r"([^\W\d_]{2,})(\d{1,2})$")
_OWNED_NUMBER = re.compile(r"(\d+)['’]s$")
_INVISIBLE = re.compile("[\u0300-\u036f\u200b-\u200f\u2060]")
_RUN = re.compile(r"(.)\1{2,}")
_PAIR = re.compile(r"(.)\1")
_LEET = str.maketrans("4103578960@$!|+", "aioestbggoasiit")
_LEET_L = str.maketrans("4103578960@$!|+", "aloestbggoasiit")
_CAMP_NOUNS = frozenset(
    listed(
        "paslon pasangan calon kubu cabup cagub kandidat nomor no nomer urut nmr tim timses relawan "
        "pendukung simpatisan loyalis massa pemilih saksi dukung mendukung pilih milih memilih coblos "
        "nyoblos mencoblos anak kaum orang barisan jagoan blok pangadeg pendukunge pendukungne wong "
        "nak rombongan konvoi posko jurkam fans buzzer kader"
    )
)
#: Camp nouns that say nothing more; the others stay beside the masked camp.
_MERGED = frozenset(
    listed("paslon pasangan calon kubu cabup cagub kandidat nomor no nomer urut nmr jagoan blok")
)
_ORDINALS = frozenset(
    listed("satu dua siji loro besik kalih dadua siki pertama kedua 1 2 01 02 3 03 o1 o2 i ii")
)
#: The most letters and signs that are read as words spelled out letter by letter.
_SPELLED: Final = 120
_ENDINGS = frozenset(("nya", "mu", "ku", "ne", "e", "lah", "lu"))
_LINKERS = frozenset(listed("nomor no nomer urut nmr calon ke si no. paslon pasangan kubu"))
_SINGLE_STOPS = {"!": "stop", ".": "stop", ";": "stop", "\n": "stop", "…": "stop"}
_SIGNS: Final[dict[str, int]] = {
    **{sign: BIT[name] for sign, name in _SINGLE_STOPS.items()},
    "?": BIT["stop"] | BIT["question"],
    **dict.fromkeys(",:()", BIT["comma"]),
    **dict.fromkeys('“”"«»„', BIT["quote"]),
}


class Word(NamedTuple):
    """One word of a reading: its form, its place in the post, its classes."""

    form: str
    start: int
    end: int
    bits: int


@dataclass(frozen=True, slots=True)
class Reading:
    """The words of a post in one reading; ``plain`` is the reading as written."""

    words: tuple[Word, ...]
    plain: bool


class _Letters(dict[int, str]):
    """Small letters without decoration, each as long as the letter it stands for."""

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        plain = unicodedata.normalize("NFKC", letter).lower()
        self[code] = found = plain if len(plain) == 1 else letter
        return found


_LETTERS = _Letters()
_LOOKALIKES = {"а": "a", "е": "e", "о": "o", "р": "p", "с": "c", "у": "y", "х": "x", "і": "i"}
_LETTERS.update({ord(k): v for k, v in _LOOKALIKES.items()})
#: What a phrase that denies nothing takes off its words.
_LOOSE = BIT["neg"] | BIT["neglong"] | BIT["speech"] | BIT["condemn"]
_Piece = tuple[str, int, int]


class Reader:
    """Splits posts into words by one lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self._plain = lru_cache(100_000)(self._plain_parts)
        self._undo = lru_cache(100_000)(self._undisguised)
        self._bits = lru_cache(100_000)(self._class_bits)

    def readings(self, text: str) -> tuple[Reading, ...]:
        """The post as written and, where it differs, without its disguises."""
        tokens = [(m.group(), *m.span()) for m in _TOKEN.finditer(text.translate(_LETTERS))]
        written = [p for t in tokens for p in self._parts(t)]
        freed = list(self._joined(tokens))
        first = Reading(self._finish(written), True)
        if freed == written:
            return (first,)
        return first, Reading(self._finish(freed), False)

    def _parts(self, token: _Piece) -> Iterator[_Piece]:
        form, start, end = token
        for part, a, b in self._plain(form):
            yield part, start + a, start + b if b >= 0 else end

    def _plain_parts(self, form: str) -> tuple[_Piece, ...]:
        """A token cut at signs inside it; a doubled word (kubu2) and a number set apart."""
        if form[0] in "@" or form.startswith(("http", "www.")):
            return ((("_user" if form[0] == "@" else "_url"), 0, len(form)),)
        if form in _SIGNS or (len(form) == 1 and not form.isalnum()):
            return ((form, 0, len(form)),)
        form_clean = form
        parts: list[_Piece] = []
        for found in _INNER.finditer(form_clean):
            if parts and "." in form[parts[-1][2] : found.start()]:
                parts.append((".", found.start() - 1, found.start()))
            parts += self._numbered(found.group(), found.start(), found.end())
        return tuple(parts)

    def _numbered(self, word: str, a: int, b: int) -> list[_Piece]:
        owned = _OWNED_NUMBER.match(word)
        if owned:
            return [(owned.group(1), a, a + owned.end(1)), ("s", b - 1, b)]
        found = _LETTERS_NUMBER.match(word)
        if not found:
            return [(word, a, b)]
        stem, number = found.groups()
        if number == "2" and stem not in _CAMP_NOUNS:
            return [(f"{stem}-{stem}", a, b)]
        return [(stem, a, a + len(stem)), (number, a + len(stem), b)]

    def _joined(self, tokens: list[_Piece]) -> Iterator[_Piece]:
        """The tokens with letters set apart brought together and each freed of its disguise."""
        i = 0
        while i < len(tokens):
            run = self._run(tokens, i)
            if run > 2:
                whole = "".join(t[0] for t in tokens[i : i + run] if t[0] not in _SIGNS)
                whole = whole.translate(_LEET)
                start, end = tokens[i][1], tokens[i + run - 1][2]
                yield from ((w, start, end) for w in self._segmented(whole))
                i += run
                continue
            form, start, end = tokens[i]
            if i + 1 < len(tokens) and self._halves(form, tokens[i + 1][0]):
                yield form + tokens[i + 1][0], start, tokens[i + 1][2]
                i += 2
                continue
            for part, a, b in self._undo(form):
                yield part, start + a, start + b
            i += 1

    def _run(self, tokens: list[_Piece], i: int) -> int:
        """How many tokens from ``i`` are single letters one sign or space apart."""
        j = i
        while j < min(len(tokens), i + _SPELLED) and len(tokens[j][0]) == 1:
            form = tokens[j][0]
            if not (form.isalpha() or form in "3450789" or (j > i and form in ".,")):
                break
            if j > i and tokens[j][1] - tokens[j - 1][2] > 3:
                break
            j += 1
        letters = sum(t[0].isalpha() for t in tokens[i:j])
        return j - i if letters > 2 and tokens[i][0].isalpha() else 0

    def _halves(self, left: str, right: str) -> bool:
        """Whether two tokens are one violent word with a space in it."""
        known = self.lexicon.known
        return (len(left) > 1 and 2 <= len(right) <= 6 and left.isalpha() and right.isalpha()) and (
            (left not in known or right not in known) and left + right in self.lexicon.harm
        )

    def _segmented(self, letters: str) -> list[str]:
        """Letters without spaces cut into the fewest known words; whole where that fails."""
        known = self.lexicon.known
        best: list[list[str] | None] = [[]] + [None] * len(letters)
        for end in range(1, len(letters) + 1):
            for start in range(max(0, end - 16), end):
                before, word = best[start], letters[start:end]
                if before is None or not (word in known or word in _CAMP_NOUNS):
                    continue
                if len(word) > 1 and (best[end] is None or len(before) + 1 < len(best[end] or [])):
                    best[end] = [*before, word]
        return best[-1] or [letters]

    def _undisguised(self, form: str) -> tuple[_Piece, ...]:
        plain = self._plain_parts(form)
        if not form[0].isalnum() and form[0] != "$":
            return plain
        whole = self._freed(form) if len(form) > 1 and not form.isdigit() else None
        if whole is not None:
            return ((whole, 0, len(form)),)
        return tuple((self._freed(p) or p, a, b) for p, a, b in plain)

    def _freed(self, form: str) -> str | None:
        """The word behind a disguised one, or None where the form may stay."""
        known = self.lexicon.known
        if form in known:
            return None if form in self.lexicon.guarded else self.lexicon.slang.get(form)
        bare = _INVISIBLE.sub("", form)
        for guess in self._guesses(bare):
            if guess in known or guess in _CAMP_NOUNS:
                return self.lexicon.slang.get(guess, guess)
            if guess in self.lexicon.disguised:
                return self.lexicon.disguised[guess]
        if "*" in bare:
            return self._starred(bare)
        squeezed = _RUN.sub(r"\1", bare)
        return squeezed if squeezed != form and squeezed.isalpha() else None

    def _guesses(self, form: str) -> Iterator[str]:
        """The form and what it may stand for, likelier guesses first."""
        letters = re.sub(r"[.\-_·*']", "", form)
        for text in dict.fromkeys((form, letters)):
            if not text or text.isdigit():
                continue
            for table in (_LEET, _LEET_L):
                swapped = text.translate(table) if not _LETTERS_NUMBER.match(text) else text
                if swapped.isalpha() or "-" in swapped:
                    yield swapped
                    yield _RUN.sub(r"\1", swapped)
                    yield _PAIR.sub(r"\1", _RUN.sub(r"\1", swapped))

    def _starred(self, form: str) -> str | None:
        """The violent word a form with asterisks fits, where there is exactly one length of it."""
        if form.count("*") > 2 or len(form) < 4:
            return None
        pattern = re.compile(re.escape(form.translate(_LEET)).replace(r"\*", "[a-z]") + "$")
        return min((w for w in self.lexicon.harm if pattern.match(w)), default=None)

    def _finish(self, pieces: list[_Piece]) -> tuple[Word, ...]:
        words = [Word(f, a, b, self._bits(f)) for f, a, b in _masked(pieces)]
        self._guard(words)
        if self.lexicon.phrases:
            self._mark_phrases(words)
        return tuple(words)

    def _class_bits(self, form: str) -> int:
        if form[0] == "_":
            camp = BIT["camp"] | BIT["mask"]
            special = {CAMP: camp, "_folk": camp | BIT["support"], NUMBER: BIT["number"]}
            return special.get(form, BIT["mask"])
        return _SIGNS.get(form, 0) or self.lexicon.bits(form)

    def _guard(self, words: list[Word]) -> None:
        """Words that two languages write alike take the classes of the post's language."""
        hits = [i for i, w in enumerate(words) if w.form in self.lexicon.guarded]
        if not hits:
            return
        forms = [w.form for w in words]
        marks = {k: sum(f in m for f in forms) for k, m in self.lexicon.markers.items()}
        for i in hits:
            for language, bits in self.lexicon.guarded[words[i].form]:
                others = max(n for k, n in marks.items() if k not in (language, "id"))
                if marks[language] > others and marks[language] > min(1, marks["id"]):
                    words[i] = words[i]._replace(bits=bits)

    def _mark_phrases(self, words: list[Word]) -> None:
        phrases = self.lexicon.phrases
        for i, word in enumerate(words):
            if word.form not in phrases or i + 1 == len(words):
                continue
            after = words[i + 1].form
            for parts, bits in phrases[word.form]:
                if parts[1] != "…" and not after.startswith(parts[1]):
                    continue
                end = _phrase_end(words, i, parts)
                if end:
                    self._mark(words, i, end, bits)

    @staticmethod
    def _mark(words: list[Word], i: int, end: int, bits: int) -> None:
        loose = _LOOSE if bits & BIT["nonneg"] else 0
        words[i] = words[i]._replace(bits=(words[i].bits & ~loose) | bits)
        for j in range(i + 1, end):
            words[j] = words[j]._replace(bits=words[j].bits & ~loose)


def _phrase_end(words: list[Word], i: int, parts: tuple[str, ...]) -> int:
    """The index after the phrase that starts at ``i``, or 0; “…” spans up to four words."""
    at, skip = i + 1, 0
    for part in parts[1:]:
        if part == "…":
            skip = 4
            continue
        while at < len(words) and skip and not _fits(words[at], part) and not _stops(words[at]):
            at, skip = at + 1, skip - 1
        if at >= len(words) or not _fits(words[at], part):
            return 0
        at, skip = at + 1, 0
    return at


def _fits(word: Word, part: str) -> bool:
    """Whether a word is the part of a phrase, be it with a possessive ending."""
    form = word.form
    return form == part or (form.startswith(part) and form[len(part) :] in _ENDINGS)


def _stops(word: Word) -> bool:
    return bool(word.bits & BIT["stop"])


def _masked(pieces: list[_Piece]) -> Iterator[_Piece]:
    """Camps as ``_camp`` or, with a noun for people, ``_folk``; other numbers as ``_num``."""
    i = 0
    while i < len(pieces):
        form, start, end = pieces[i]
        after = _camp_end(pieces, i)
        if after:
            if form not in _MERGED:
                yield pieces[i]
                start = pieces[i + 1][1]
            yield ("_folk" if form == "kubu" else CAMP), start, pieces[after - 1][2]
            i = after
        elif form in ("01", "02", "03") and not _counts(pieces, i):
            yield CAMP, start, end
            i += 1
        else:
            yield (NUMBER if form.isdigit() else form), start, end
            i += 1


def _camp_end(pieces: list[_Piece], i: int) -> int:
    """The index after “paslon nomor urut 2” and its like, or 0."""
    if pieces[i][0] not in _CAMP_NOUNS:
        return 0
    j = i + 1
    while j < len(pieces) and j < i + 4 and pieces[j][0] in _LINKERS:
        j += 1
    return j + 1 if j < len(pieces) and pieces[j][0] in _ORDINALS else 0


def _counts(pieces: list[_Piece], i: int) -> bool:
    """Whether the number counts a station, an hour, a neighbourhood or a day."""
    before = pieces[i - 1][0] if i else ""
    return before in {"tps", "jam", "pukul", "rt", "rw", "tanggal", "tgl", ":", "."}
