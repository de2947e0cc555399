"""Rings in words: the verdict, each pair in one line, each shared act with its times."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from rukun.brief import talk_charts
from rukun.talk.coordination import FANS, LIMITS, NOTICE, describe_edge, describe_ring
from rukun.web.core.drawing import drawn
from rukun.web.talk.models import Narrative, Ring, StoredPost
from rukun.web.talk.words import lang

ACTS: Final = {
    "text": pgettext_lazy("act", "the same text"),
    "link": pgettext_lazy("act", "the same link"),
    "repost": pgettext_lazy("act", "reposted the same post"),
    "reply": pgettext_lazy("act", "answered the same post"),
}


def texts() -> dict[str, str]:
    """What stands on every page about acting together."""
    said = {"notice": NOTICE, "fans": FANS, "limits": LIMITS}
    return {name: words[lang()] for name, words in said.items()}


def described(ring: Ring) -> str:
    """The verdict on a ring in words."""
    row = {"verdict": ring.verdict, "known": ring.known, "reason": ring.reason}
    return describe_ring(row, lang())


def picture(ring: Ring) -> str:
    """The ring as a graph on a circle."""
    edges = [(e["a"], e["b"], e["seen"], e["verdict"]) for e in ring.edges]
    return drawn(talk_charts.ring, ring.accounts, edges) if edges else ""


@dataclass(frozen=True, slots=True)
class Pair:
    """One pair of accounts with the sentence about it."""

    a: str
    b: str
    verdict: str
    says: str
    seen: int
    expected: float


def pairs(ring: Ring) -> list[Pair]:
    """The pairs, those seen most often first."""
    rows = sorted(ring.edges, key=lambda e: (-e["seen"], e["a"], e["b"]))
    return [
        Pair(
            e["a"],
            e["b"],
            e["verdict"],
            describe_edge(e, lang()),
            e["seen"],
            round(e["expected"], 2),
        )
        for e in rows
    ]


@dataclass(frozen=True, slots=True)
class Act:
    """One act that two accounts shared: what, on what, when each, how far apart."""

    a: str
    b: str
    kind: str
    what: Any
    object: str
    narrative: Narrative | None
    text: str
    at_a: str
    at_b: str
    gap: str
    post_a: StoredPost | None
    post_b: StoredPost | None


def acts(
    rows: Sequence[Mapping[str, Any]],
    posts: Mapping[str, StoredPost],
    narratives: Mapping[str, Narrative],
) -> list[Act]:
    """The shared acts of one page."""
    return [_act(r, posts, narratives.get(r["object"])) for r in rows]


def _act(
    row: Mapping[str, Any], posts: Mapping[str, StoredPost], narrative: Narrative | None
) -> Act:
    same = {n: row[n] for n in ("a", "b", "kind", "at_a", "at_b")}
    own = posts.get(row["object"])
    shared = own.text if own else narrative.text if narrative else ""
    if row["kind"] in ("repost", "reply") and not shared and (found := posts.get(row["post_a"])):
        shared = found.text if row["kind"] == "repost" else ""
    return Act(
        **same,
        what=ACTS[row["kind"]],
        object=row["object"],
        narrative=narrative,
        text=shared,
        gap=_gap(row["gap"]),
        post_a=posts.get(row["post_a"]),
        post_b=posts.get(row["post_b"]),
    )


def _gap(seconds: float) -> str:
    text = f"{seconds:.1f}".replace(".", "," if lang() == "id" else ".")
    return _("%(n)s seconds") % {"n": text}
