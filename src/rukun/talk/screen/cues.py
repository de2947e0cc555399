"""The cues around each place of a post where an act, a weapon or a set phrase stands.

Scope is decided here: how far a “jangan” reaches, what stands inside quotation marks, whose act it
is. What the cues together mean is said in ``data/frames.toml``.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Final

from rukun.talk.screen.lexicon import ACT, BIT, TARGET, listed
from rukun.talk.screen.text import Word

B: Final = BIT
_PEOPLE = B["anyone"] | B["support"] | B["official"] | B["group"] | B["you"] | B["person"]
_STRONG = B["support"] | B["camp"] | B["official"] | B["group"] | B["house"] | B["place"]
_STRONG |= B["property"] | B["you"]
_ANCHOR = B["support"] | B["camp"] | B["official"] | B["group"] | B["ballot"]
_NAMED = B["support"] | B["camp"] | B["official"]
_TRIGGER = (
    ACT
    | B["weapon"]
    | B["threat"]
    | B["hint"]
    | B["incite"]
    | B["dox"]
    | B["insult"]
    | B["dehuman"]
)
_AWAY = B["sport"] | B["food"] | B["ritual"] | B["game"] | B["everyday"]
_RETOLD = B["condemn"] | B["neglong"] | B["peace"] | B["report"] | B["lawful"]
_OTHER = B["camp"] | B["support"] | B["official"] | B["person"] | B["group"]
_BEFORE_ORDER = TARGET | ACT | B["call"] | B["time"] | B["gather"] | B["nonneg"] | B["where"]
_BEFORE_ORDER |= B["quote"] | B["deontic"] | B["future"] | B["number"] | B["mask"] | B["cond"]
_SENTENCE = listed(
    "call gather deontic cond future self we neg report past time where you support camp official "
    "group person house place property question"
)
_FORMS = B["bare"] | B["active"] | B["passive"] | B["noun"] | B["selfact"]
_PARTICLES = frozenset(
    listed("saja aja ae wae gen dogen lah dah sudah yuk yok ayo bareng rame-rame")
)
_AGENTS = frozenset(listed("icang cang tiang titiang"))
#: First words of “ada yang …”: they open what is told and never close it.
_WHO = frozenset(listed("ada orang akun masih kok masa"))
_SAID_AFTER = 8


@dataclass(frozen=True, slots=True)
class Place:
    """A word or phrase that may be a threat, with the cues around it and the span that shows it."""

    index: int
    cues: frozenset[str]
    start: int
    end: int
    target: Word | None


@dataclass(frozen=True, slots=True)
class Post:
    """A reading with what is true of the whole post."""

    words: Sequence[Word]
    bits: int
    acts: int
    quotes: tuple[bool, ...]


def places(words: Sequence[Word]) -> list[Place]:
    """Every place of a reading that the grammar should judge."""
    whole = _or(words)
    if not whole & _TRIGGER:
        return []
    acts = sum(1 for w in words if w.bits & ACT)
    post = Post(words, whole, acts, _quoted(words))
    return [p for i, w in enumerate(words) if w.bits & _TRIGGER for p in _at(post, i)]


def _or(words: Iterable[Word]) -> int:
    bits = 0
    for word in words:
        bits |= word.bits
    return bits


def _quoted(words: Sequence[Word]) -> tuple[bool, ...]:
    """For each word whether it stands between quotation marks that are closed again."""
    marks = [i for i, w in enumerate(words) if w.bits & B["quote"]]
    inside = [False] * len(words)
    for a, b in zip(marks[::2], marks[1::2], strict=False):
        inside[a:b] = [True] * (b - a)
    return tuple(inside)


def _at(post: Post, i: int) -> list[Place]:
    start, end = _sentence(post.words, i)
    view = _View(post, i, start, end)
    return [view.place(kind) for kind in view.kinds()]


def _sentence(words: Sequence[Word], i: int) -> tuple[int, int]:
    start, end = i, i
    while start and not words[start - 1].bits & B["stop"]:
        start -= 1
    while end < len(words) and not words[end].bits & B["stop"]:
        end += 1
    return start, min(end + 1, len(words))


class _View:
    """One place in its sentence; each method answers one question about it."""

    def __init__(self, post: Post, i: int, start: int, end: int) -> None:
        self.post, self.i, self.start, self.end = post, i, start, end
        self.words, self.bits = post.words, post.words[i].bits
        self.clause = self._clause()
        self.said = _or(self.words[j] for j in range(start, end) if j != i)
        self.left = [self.words[j] for j in range(i - 1, self.clause - 1, -1)]
        self.right = list(self.words[i + 1 : end])
        self.target = self._target()

    def kinds(self) -> list[str]:
        """What the place is: act, weapon, threat_phrase, incite_phrase, dox, insult, dehuman."""
        names = {"weapon": "weapon", "threat": "threat_phrase", "incite": "incite_phrase"}
        names["hint"] = "hint_phrase"
        names |= {n: n for n in ("dox", "insult", "dehuman")}
        return ["act"] * bool(self.bits & ACT) + [n for b, n in names.items() if self.bits & B[b]]

    def place(self, kind: str) -> Place:
        cues = {kind, *_names(self.bits & (ACT | _FORMS | B["hard"])), *self._around()}
        if kind != "act":
            cues -= {"act", *_names(_FORMS)}
        cues |= self._subject() | self._protection(kind)
        cues |= self._combined(cues)
        left = self.left[0] if kind == "weapon" and self.left else self.words[self.i]
        ends = [self.words[self.i].end, self.target.end if self.target else 0]
        begin = min(left.start, self.target.start if self.target else left.start)
        return Place(self.i, frozenset(cues), begin, max(ends), self.target)

    def _clause(self) -> int:
        for j in range(self.i - 1, self.start - 1, -1):
            if self.words[j].bits & B["but"]:
                return j + 1
        return self.start

    def _target(self) -> Word | None:
        near = [*self.right[:7], *self.left[:5]]
        return next((w for w in near if w.bits & TARGET and not w.bits & ACT), None)

    def _around(self) -> set[str]:
        """Cues of the sentence and of the post."""
        cues = {name for name in _SENTENCE if self.said & B[name]}
        for bit, name in ((B["lawful"], "lawful_post"), (B["peace"], "peace_post")):
            if self.post.bits & bit:
                cues.add(name)
        if self.post.bits & _STRONG:
            cues.add("far_target")
        if self.post.bits & B["call"]:
            cues.add("call")
        if self.post.acts > bool(self.bits & ACT):
            cues.add("act_post")
            cues.add("visit")
        if self.said & B["weapon"] and not self.bits & B["weapon"] and self._weapon_meant():
            cues.add("weapon_near")
        if any(w.bits & B["carry"] for w in [*self.left[:4], *self.right[:4]]):
            cues.add("carried")
        if self.post.bits & _ANCHOR:
            cues |= {"anchored", "meant"}
        sharp = B["hard"] | B["threat"] | B["incite"]
        near = self.right[:3] + (self.left[:5] if self.bits & B["passive"] else [])
        if self.bits & sharp and any(w.bits & (B["you"] | B["person"]) for w in near):
            cues.add("meant")
        if self.target is not None:
            cues.add("target")
            cues |= self._of_target(self.target.bits)
        return cues

    def _weapon_meant(self) -> bool:
        """Whether a weapon of the sentence is not the one told to be left at home."""
        denied = B["neg"] | B["neglong"]
        return any(
            self.words[j].bits & B["weapon"]
            and not _or(self.words[max(self.start, j - 4) : j]) & denied
            for j in range(self.start, self.end)
        )

    @staticmethod
    def _of_target(bits: int) -> set[str]:
        kinds = (("people", _PEOPLE), ("private", B["house"]))
        return {name for name, kind in kinds if bits & kind}

    def _subject(self) -> set[str]:
        """Who acts: the speaker, someone else, or nobody named (an order)."""
        if not self.bits & ACT:
            return set()
        cues: set[str] = set()
        near = self._own_part()[:4]
        first = next((w for w in near if w.bits & (B["self"] | _OTHER | B["you"])), None)
        if first is not None and not self.bits & B["passive"]:
            if first.bits & B["self"]:
                cues.add("self_subject")
            elif first in near[:2] and not self._particle_follows():
                cues.add("subject_you" if first.bits & B["you"] else "subject_other")
        if self._agent_follows():
            cues = {"self_subject"}
        if near and near[0].form == "di" and self.bits & B["bare"]:
            cues.add("passive")
        if self.bits & B["bare"] and not cues and self._orders(near):
            cues.add("imperative")
        return cues

    def _orders(self, near: list[Word]) -> bool:
        """Whether a bare act may be an order: nothing, or no subject, stands before it."""
        return not near or bool(near[0].bits & _BEFORE_ORDER) or self._particle_follows()

    def _own_part(self) -> list[Word]:
        """The words before the place up to the nearest comma, nearest first."""
        part: list[Word] = []
        for word in self.left:
            if word.bits & B["comma"]:
                break
            part.append(word)
        return part

    def _particle_follows(self) -> bool:
        return bool(self.right) and self.right[0].form in _PARTICLES

    def _combined(self, cues: set[str]) -> set[str]:
        more: set[str] = set()
        we = any(w.bits & B["we"] for w in self._own_part()[:3])
        if "call" in cues or "gather" in cues or (we and not {"past", "cond"} & cues):
            more.add("callish")
        if {"bare", "selfact", "future", "self_subject"} & cues:
            more.add("bare_or_future")
        if self.words[self.i].form.endswith("mu") and not self.bits & ACT:
            more.add("you")
        if {"you", "support", "official", "camp"} & cues:
            more.add("addressed")
        if {"cond", "anchored"} <= cues:
            more.add("cond_anchored")
        if {"hard", "assault"} & cues:
            more.add("violent")
        return more

    def _protection(self, kind: str) -> set[str]:
        """What takes the sting out: each question is one method."""
        questions = {
            "negated": self._negated(),
            "quoted": self._retold(),
            "report_form": kind == "act" and self._reported(),
            "benign_object": kind == "act" and self._benign_object(),
            "elsewhere": self._elsewhere(),
            "metaphor_near": bool(self.said & B["metaphor"]),
            "lawful_object": bool(
                self.said & B["lawful"] and (kind == "incite_phrase" or self.bits & B["soft"])
            ),
            "joking": self._joking(),
            "peaceful_tool": bool(self.post.bits & (_AWAY | B["peace"])),
            "antecedent": self._antecedent(),
            "critique": bool(self.post.bits & (B["lawful"] | B["speech"] | B["peace"])),
        }
        return {name for name, answer in questions.items() if answer}

    def _negated(self) -> bool:
        for distance, word in enumerate(self.left[:7]):
            if word.bits & (B["nonneg"] | B["comma"] | B["quote"]):
                return False
            if distance and word.bits & (B["self"] | B["neg"]) and self.said & B["cond"]:
                return False
            listed = any(w.bits & ACT for w in self.left[:distance])
            short = word.bits & B["neg"] and self._short_reaches()
            if word.bits & B["neglong"] or ((distance < 3 or listed) and short):
                return True
        return self._denied_after()

    def _short_reaches(self) -> bool:
        """A “tidak” before a phrase of threat is part of it (“tidak akan tidur tenang”)."""
        if self.bits & ACT or not self.bits & (B["threat"] | B["hint"]):
            return True
        first = next((w for w in self.left if w.bits & (B["self"] | TARGET)), None)
        return first is None or bool(first.bits & B["self"])

    def _denied_after(self) -> bool:
        """“Membakar rumah bukan solusi”: the denial follows the act it is about."""
        if not self.bits & (B["noun"] | B["active"]) or self.post.bits & B["call"]:
            return False
        return any(w.bits & (B["neglong"] | B["neg"]) for w in self.right[:8])

    def _retold(self) -> bool:
        if self.post.quotes[self.i]:
            pairs = zip(self.words, self.post.quotes, strict=True)
            rest = _or(w for w, inside in pairs if not inside)
            if rest & B["endorse"] and not rest & B["condemn"]:
                return False
            return bool(rest & (_RETOLD | B["speech"]))
        speech = [w for w in self._speech_part() if w.bits & B["speech"]]
        after = [w for w in self.right if w.bits & B["speech"] and w.form not in _WHO]
        if not speech and not (after and self._after_comma(after[0])):
            return False
        others = _or(w for w in self.words if w not in speech)
        if others & B["endorse"] and not others & B["condemn"]:
            return False
        return bool(others & _RETOLD)

    def _speech_part(self) -> list[Word]:
        part = self.left[:_SAID_AFTER]
        selves = [k for k, w in enumerate(part) if w.bits & B["self"] and w.bits & B["we"]]
        return part[: selves[0]] if selves else part

    def _after_comma(self, word: Word) -> bool:
        before = [w for w in self.right if w.start < word.start]
        return any(w.bits & (B["comma"] | B["quote"]) for w in before)

    def _reported(self) -> bool:
        said = self.said
        own = self._own_part()
        if any(w.bits & B["hyp"] for w in self.left):
            return True
        meant = said & (B["call"] | B["deontic"] | B["cond"] | B["future"])
        if self.bits & B["noun"]:
            return not said & B["call"]
        if self._victims_are_ours() and not any(w.bits & B["self"] for w in own[:2]):
            return not said & (B["call"] | B["deontic"])
        if self.bits & B["passive"] and self._suffered():
            return not said & B["cond"] or bool(said & B["question"])
        if self.bits & B["passive"] or (own and own[0].form == "di"):
            retold = said & B["speech"] and not said & (B["call"] | B["self"] | B["you"])
            return bool(retold) or (not meant and not self.right_you())
        if self.bits & B["active"]:
            mine = any(w.bits & B["self"] for w in own[:4])
            return not (said & (B["call"] | B["deontic"])) and not (mine and meant)
        news = bool(said & (B["report"] | B["past"])) and not meant
        return news and any(w.bits & _OTHER for w in own[:3]) and not self._particle_follows()

    def right_you(self) -> bool:
        """Whether the one addressed follows within the sentence."""
        return any(w.bits & B["you"] for w in self.right[:4])

    def _victims_are_ours(self) -> bool:
        """“Membakar posko kami”: the speaker's side suffers the act."""
        if self.bits & B["passive"] or not self.right:
            return False
        near = self.right[:3]
        owned = pairwise(near)
        mine = near[0].bits & B["self"] and not self._agent_follows()
        return bool(mine) or any(a.bits & TARGET and b.bits & B["self"] for a, b in owned)

    def _suffered(self) -> bool:
        """“Saya mau dibunuh”: the nearest noun before a passive is the speaker."""
        nouns = B["self"] | TARGET
        first = next((w for w in self._own_part()[:4] if w.bits & nouns), None)
        return first is not None and bool(first.bits & B["self"])

    def _agent_follows(self) -> bool:
        """“Cai lakar matiang icang” (Balinese, Javanese): who acts stands behind the act."""
        follows = bool(self.right) and bool(self.right[0].bits & B["self"])
        if follows and self.right[0].form in _AGENTS and self.said & (B["cond"] | B["future"]):
            return True
        return follows and any(w.bits & B["you"] for w in [*self.left, *self.right[1:3]])

    def _benign_object(self) -> bool:
        for word in self.right[:3]:
            if word.bits & B["number"] and word is self.right[0]:
                return True
            if word.bits & B["benign"]:
                return not any(w.bits & _NAMED for w in self.right[:3])
            if word.bits & (TARGET | B["stop"] | B["comma"]):
                break
        return any(w.bits & B["benign"] for w in self.left[: 3 if self.bits & B["passive"] else 1])

    def _elsewhere(self) -> bool:
        whole = self.post.bits
        if whole & (B["sport"] | B["game"]) and not whole & _NAMED:
            return True
        if sum(1 for w in self.words if w.bits & _AWAY) > 2 and not whole & (_NAMED | B["group"]):
            return True
        return bool(whole & _AWAY) and not whole & (_NAMED | B["house"] | B["you"] | B["group"])

    def _joking(self) -> bool:
        if not self.post.bits & B["joke"]:
            return False
        return not self.post.bits & _NAMED or bool(self.bits & B["soft"])

    def _antecedent(self) -> bool:
        """“Kalau rumah dibakar, lapor polisi”: the act is the feared event, not the threat."""
        own = self._own_part()
        after_if = any(w.bits & B["cond"] for w in own)
        if not after_if or any(w.bits & B["self"] for w in own[:3]):
            return False
        return bool(_or(self.right) & (B["condemn"] | B["lawful"] | B["report"] | B["peace"]))


@lru_cache(4096)
def _names(bits: int) -> frozenset[str]:
    return frozenset(name for name, bit in BIT.items() if bits & bit)
