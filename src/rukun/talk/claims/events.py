"""Events at a station: box, seal, form, votes swapped, lost or added, more votes than voters."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from rukun.talk.claims.ballot import Choices
from rukun.talk.claims.drafts import Draft, Open, stated
from rukun.talk.claims.schema import what_of
from rukun.talk.claims.stance import negated, stance

_FAR: Final = r".{0,60}?"


def box(open_: Open) -> Iterator[Draft]:
    """A ballot box opened where or when it should not be; opening it to count is no claim."""
    m = open_.search(rf"{{events.box}}{_FAR}(?P<act>{{events.opened}})") or open_.search(
        rf"(?P<act>{{events.opened}}){_FAR}kotak\s+suara"
    )
    if not m or not _about_election(open_) or open_.search(r"{choice.empty_box}"):
        return
    denied = negated(open_.masked, m.start("act"), open_.words)
    if open_.search(r"{events.lawful}") and not open_.search(r"tanpa|paksa|diam|sebelum|sadurung"):
        return
    doubted = stance(open_.sentence, m.start(), open_.words) in ("asks", "denies")
    if doubted or denied or open_.search(r"{events.irregular}"):
        yield Draft("box_opened", m.start(), m.end(), denied=denied)


def seal(open_: Open) -> Iterator[Draft]:
    """A seal broken, missing or opened."""
    if open_.search(r"{other.seals}") or not _about_election(open_):
        return
    m = open_.search(rf"{{events.seal}}{_FAR}(?P<act>{{events.broken}})")
    m = m or open_.search(r"(?P<act>{events.broken})\s+{events.seal}")
    bare = open_.search(r"{events.unsealed}")
    if m:
        denied = negated(open_.masked, m.start("act"), open_.words)
        yield Draft("seal_broken", m.start(), m.end(), denied=denied)
    elif bare:
        yield Draft("seal_broken", bare.start(), bare.end())
    elif whole := open_.search(rf"{{events.seal}}{_FAR}{{events.intact}}"):
        yield Draft("seal_broken", whole.start(), whole.end(), denied=True)


def _about_election(open_: Open) -> bool:
    if open_.search(r"{other.boxes}"):
        return False
    return bool(open_.search(r"{events.places}") or "tps" in open_.sentence.text.lower())


def form(open_: Open) -> Iterator[Draft]:
    """A form changed, or different from another copy of it, without figures."""
    if not open_.sentence.places:
        return
    m = open_.search(rf"(?:{{events.form}}|{{change.feed}}){_FAR}(?P<act>{{events.form_changed}})")
    if m:
        denied = negated(open_.masked, m.start("act"), open_.words)
        choice = _only(open_)
        yield Draft("altered", m.start(), m.end(), _n(choice), _c(choice), denied=denied)


def swapped(open_: Open) -> Iterator[Draft]:
    """The votes of two pairs exchanged."""
    m = open_.search(r"{events.swapped}")
    if not m or open_.search(r"{events.bartered}"):
        return
    pairs = {c.number for c in open_.sentence.choices}
    spoken = open_.search(r"{votes.word}|angka|perolehan|hasil|c\W?hasil|paslon|kedua paslon")
    if not spoken or not (len(pairs) == 2 or open_.sentence.places):
        return
    if len(pairs) < 2 and not open_.search(r"paslon|pasangan|kandidat|kedua|{votes.word}"):
        return
    open_.take(*open_.free())
    yield Draft("swapped", m.start(), m.end(), denied=negated(open_.masked, m.start(), open_.words))


def moved(open_: Open) -> Iterator[Draft]:
    """Votes of a pair lost or added on the way."""
    for kind in ("vanished", "added"):
        m = open_.search(rf"{{events.{kind}}}")
        if not m or not open_.search(r"{votes.word}"):
            continue
        choice = _nearest(open_, m.start())
        counts = [n for n in open_.free() if not n.percent and abs(n.start - m.start()) < 60]
        if not counts and not (choice and open_.sentence.places):
            continue
        if counts and choice is None and not open_.sentence.places:
            continue
        if counts and not _of_votes(open_, counts[0].start, counts[0].end, m.start()):
            counts = []
        if not counts and choice is None:
            continue
        open_.take(*counts[:1])
        what = what_of("votes", _n(choice))
        figures = tuple(stated(n, what) for n in counts[:1])
        denied = negated(open_.masked, m.start(), open_.words)
        yield Draft(kind, m.start(), m.end(), _n(choice), _c(choice), figures, denied)


def _of_votes(open_: Open, start: int, end: int, at: int) -> bool:
    """Whether a figure counts votes: *50 suara … hilang*, or *… hilang 50*."""
    return bool(open_.behind(end, r"\s*{votes.word}")) or (
        at < start
        and bool(
            open_.before(start, r"{events.vanished}{between}{0,3}|{events.added}{between}{0,3}")
        )
    )


def over(open_: Open) -> Iterator[Draft]:
    """More ballots or votes than voters who came, or than are on the list."""
    gap = r"[^,;]{0,45}?"
    m = open_.search(
        rf"{{events.counted}}{gap}(?P<act>{{events.more}}){gap}(?P<who>{{events.list}}|{{events.people}})"
    )
    if m:
        listed = bool(open_.words.compiled(r"{events.list}").search(m.group("who")))
        listed = listed or "dpt" in open_.masked[m.end() : m.end() + 12]
        open_.take(*[n for n in open_.free() if not n.percent])
        denied = negated(open_.masked, m.start("act"), open_.words)
        yield Draft("over_list" if listed else "over_voters", m.start(), m.end(), denied=denied)
        return
    yield from _over_in_figures(open_)


def _over_in_figures(open_: Open) -> Iterator[Draft]:
    """*Surat suara terpakai 312 padahal yang hadir 298*: the figures say it."""
    gap = r"[^\d]{0,25}"
    m = open_.search(
        rf"{{events.counted}}{gap}(?P<a>\d[\d.]*)[^\d]{{0,12}}(?:padahal|sedangkan|tapi|tetapi|kok|nanging|sementara)"
        rf"[^\d]{{0,30}}(?P<who>{{events.people}}|{{events.list}}){gap}(?P<b>\d[\d.]*)"
    )
    if not m:
        return
    at = {n.start: n for n in open_.free()}
    more, less = at.get(m.start("a")), at.get(m.start("b"))
    if more is None or less is None or more.value <= less.value:
        return
    listed = open_.words.compiled(r"{events.list}").fullmatch(m.group("who")) is not None
    counted = "ballots_used" if "surat" in m.group() or "kertas" in m.group() else "cast"
    open_.take(more, less)
    other = "registered_tetap_j" if listed else "voters_j"
    figures = (stated(more, counted), stated(less, other))
    yield Draft("over_list" if listed else "over_voters", m.start(), m.end(), figures=figures)


def winner(open_: Open) -> Iterator[Draft]:
    """Who won at a place, where the sentence gives no figure for it."""
    if not open_.sentence.places:
        return
    for choice in open_.sentence.choices:
        for kind, verb in (("winner", "win"), ("loser", "lose")):
            m = open_.behind(choice.end, rf"\s+(?:\w+\s+){{0,2}}?(?P<act>{{events.{verb}}})")
            if m and not _partly(open_, m.end()):
                denied = negated(open_.masked, m.start("act"), open_.words)
                yield Draft(kind, choice.start, m.end(), choice.number, choice.contest, (), denied)
                return


def _partly(open_: Open, at: int) -> bool:
    """Whether the win is one at some or each of the places below: *menang di 5 desa*."""
    parts = r".{0,20}?\b(?:\d+|semua|seluruh|sebagian|beberapa|sejumlah|mayoritas|hampir|banyak|tiap|setiap|dua|tiga|empat|lima)\s+"
    return bool(
        open_.behind(
            at, parts + r"(?:desa|tps|kecamatan|kelurahan|kabupaten|banjar|daerah|wilayah|titik)"
        )
    )


def _only(open_: Open) -> Choices | None:
    numbers = {c.number for c in open_.sentence.choices}
    return open_.sentence.choices[0] if len(numbers) == 1 else None


def _nearest(open_: Open, at: int) -> Choices | None:
    choices = open_.sentence.choices
    return min(choices, key=lambda c: min(abs(c.start - at), abs(c.end - at)), default=None)


def _n(choice: Choices | None) -> int | None:
    return choice.number if choice else None


def _c(choice: Choices | None) -> str | None:
    return choice.contest if choice else None
