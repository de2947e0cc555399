"""A small room of talk to test with: posts and cases put in by hand, steps through the services."""

from __future__ import annotations

import datetime as dt
from typing import Any

import polars as pl
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from rukun.talk import cases, threshold
from rukun.talk.posts import as_posts
from rukun.talk.referral import Request
from rukun.web.talk import storage
from rukun.web.talk.models import Case, Claim, Narrative, Pulse, Referral, Ring, StoredPost
from rukun.web.talk.services import referring, reviewing

AT = dt.datetime(2024, 11, 27, 12, tzinfo=dt.UTC)
ACCOUNT = "akun-AAAAAAAAAA"
SHA = "a" * 64
CALL = "Ayo bakar kantor KPU besok pagi"
#: The span of CALL that a screen would underline.
WHY = {
    "start": 4,
    "end": 20,
    "frame": "call-act-target",
    "label": "incite",
    "mode": "call",
    "act": "bakar",
    "target": "kantor",
    "cues": [],
}


def stored(code: str = "p1", text: str = CALL, **fields: Any) -> StoredPost:
    """A post of the room as a working-out would keep it."""
    facts: dict[str, Any] = {
        "platform": "x",
        "account": ACCOUNT,
        "posted_at": AT,
        "text": text,
        "label": "incite",
        "mode": "call",
        "score": 0.9,
        "raw_score": 4.0,
        "reasons": [WHY] if text == CALL else [],
        "origin": SHA,
        "origin_row": 1,
        "raw": SHA,
        "work": 1,
    }
    return StoredPost.objects.create(post_id=f"x:{code}", **facts | fields)


def narrative(size: int, code: str = "n1", **fields: Any) -> Narrative:
    """A narrative of so many posts, one of which is in the room."""
    post = stored(f"{code}-1", narrative=code)
    facts = {"text": CALL, "first_post": post.pk, "posts_shown": [post.pk], "label": "incite"}
    return Narrative.objects.create(
        code=code, size=size, accounts=size, platforms=["x"], score=0.9, work=1, **facts | fields
    )


def opened(subject: Any = None, label: str = "incite", **fields: Any) -> Case:
    """A case about a post (a new one where none is given) or a narrative."""
    subject = subject or stored(f"p{Case.objects.count() + 1}")
    about = "narrative" if isinstance(subject, Narrative) else "post"
    name, about = about, "self_harm" if label == "help" else about
    facts = {
        "state": "new",
        "score": subject.score,
        "raw_score": getattr(subject, "raw_score", 4.0),
        "opened_at": timezone.now(),
        "opened_by": "system",
    }
    return Case.objects.create(
        about=about,
        queue=cases.QUEUE_OF[about],
        label=label,
        **{name: subject},
        **facts | fields,
    )


def filled_test(level: str = "met") -> threshold.Threshold:
    """A threshold test in which every part has this level."""
    return tuple(threshold.Part(p, level, f"dasar {p}") for p in threshold.PARTS)


def take(user: Any, case: Case, step: str, **given: Any) -> Case:
    """One step through the service, on the case as it stands."""
    seen = Case.objects.get(pk=case.pk).version
    return reviewing.take_step(user, case.pk, step, seen, cases.Given(**given))


def proposed(first: Any, case: Case | None = None, action: str = "refer") -> Case:
    """A case that ``first`` claimed and decided for something a second person must confirm."""
    case = case or opened()
    take(first, case, "claim")
    return take(
        first, case, "propose", action=action, reason="Ajakan langsung.", threshold=filled_test()
    )


def confirmed(first: Any, second: Any, case: Case | None = None, action: str = "refer") -> Case:
    """A case that two people decided."""
    return take(second, proposed(first, case, action), "confirm")


def referred(user: Any, case: Case, **fields: Any) -> Referral:
    """A referral of the case's account to Bawaslu."""
    facts: dict[str, Any] = {
        "alias": ACCOUNT,
        "addressee": "bawaslu",
        "basis": ("uu10-2016-69c",),
        "purpose": "Laporan dugaan pelanggaran.",
    }
    return referring.request(user, case.pk, Request(**facts | fields))


def in_vault(
    alias: str = ACCOUNT, handle: str | None = "si_fulan_77", native: str = "998877"
) -> None:
    """One account in the vault of this room."""
    row = {
        "alias": alias,
        "what": "account",
        "platform": "x",
        "native_id": native,
        "handle": handle,
        "name": "Si Fulan",
        "url": f"https://x.com/{handle}",
    }
    with storage.vault() as vault:
        vault.add(pl.DataFrame([row], schema=dict.fromkeys(row, pl.String)), SHA)


def archived(*posts: StoredPost) -> None:
    """These posts in the archive too."""
    rows = [
        {
            **{n: getattr(p, n) for n in ("post_id", "platform", "account", "posted_at", "text")},
            "links": [],
            "kind": "post",
            "origin": SHA,
            "origin_row": 1,
            "raw": SHA,
            "weak": False,
        }
        for p in posts
    ]
    table = pl.DataFrame(rows, schema_overrides={"links": pl.List(pl.String)})
    storage.archive().append(as_posts(table), SHA)


def send(client: Client, case: Case, step: str, seen: int | None = None, **fields: Any) -> Any:
    """The form of one step, as a browser sends it."""
    version = Case.objects.get(pk=case.pk).version if seen is None else seen
    data = {"step": step, "seen": version, **fields}
    return client.post(reverse("talk:case_step", args=[case.pk]), data)


def form_of_test(level: str = "met") -> dict[str, str]:
    """The threshold test as form fields."""
    levels = {f"level-{p}": level for p in threshold.PARTS}
    return levels | {f"note-{p}": f"dasar {p}" for p in threshold.PARTS}


def beat(place: str | None, day: dt.date, state: str = "usual", **figures: Any) -> Pulse:
    """One place on one day of the pulse; ``None`` is everything together."""
    rise = state == "rise"
    data: dict[str, Any] = {
        "posts": 40,
        "hostile": 12 if rise else 2,
        "share": 0.3 if rise else 0.05,
        "low": 0.02,
        "high": 0.4,
        "baseline": None if state == "unknown" else 0.05,
        "days": 0 if state == "unknown" else 9,
        "volume": 1.2,
        "reason": "short_history" if state == "unknown" else None,
        "since": day.isoformat() if rise else None,
        "narratives": figures.pop("narratives", []),
    }
    shown = figures.pop("posts_shown", [])
    return Pulse.objects.create(
        place_id=place,
        day=day,
        state=state,
        alert=rise,
        data=data | figures,
        posts_shown=shown,
        work=1,
    )


def claimed(place: str | None, votes: int = 118, choice: int = 1, **fields: Any) -> Claim:
    """The claim that a pair got so many votes at a place."""
    figure = {"what": f"votes_{choice}", "value": votes, "within": 0, "bound": None, "on": None}
    data = {
        "place": place,
        "level": "tps" if place else None,
        "candidates": [],
        "choice": choice,
        "figures": [figure],
        "checkable": place is not None,
        "why_open": None if place else "place",
        "narratives": [],
        "asserts": 3,
    }
    facts: dict[str, Any] = {
        "code": f"k-{Claim.objects.count() + 1:012d}",
        "kind": "votes",
        "contest": "reg",
        "text": f"Suara paslon {choice} {votes}",
        "posts": 3,
        "accounts": 2,
        "first_seen": AT,
        "last_seen": AT,
        "checkable": place is not None,
        "work": 1,
    }
    return Claim.objects.create(place_id=place, data=data, **facts | fields)


#: Four accounts that act together.
MEMBERS = tuple(f"akun-{letter * 10}" for letter in "BCDE")


def ring(verdict: str = "strong", code: str = "r-1", **fields: Any) -> Ring:
    """A ring of four accounts in which each pair shared one link and one text."""
    pairs = [(a, b) for i, a in enumerate(MEMBERS) for b in MEMBERS[i + 1 :]]
    figures = {"pairs": 6, "density": 1.0, "window": 60.0, "objects": 9, "sources": 5}
    figures |= {"close_share": 0.9, "expected": 0.04, "seen": 9.0, "shared": 2 * len(pairs)}
    acts = [("link", "https://berita.example/1"), ("repost", "x:asal")]
    facts: dict[str, Any] = {
        "accounts": list(MEMBERS),
        "members": len(MEMBERS),
        "figures": figures,
        "edges": [_edge(a, b, verdict, code) for a, b in pairs],
        "shared": [_act(a, b, kind, thing) for a, b in pairs for kind, thing in acts],
        "first_at": AT,
        "last_at": AT,
        "work": 1,
    }
    return Ring.objects.create(code=code, verdict=verdict, **facts | fields)


def _edge(a: str, b: str, verdict: str, code: str) -> dict[str, Any]:
    figures = {"seen": 9, "expected": 0.04, "p_all": 1e-9, "q": 1e-9, "close": 8, "usual": 0.2}
    places = {"objects": 9, "sources": 5, "top_share": 0.3, "ring": code}
    return {"a": a, "b": b, "verdict": verdict, **figures, **places}


def _act(a: str, b: str, kind: str, thing: str) -> dict[str, Any]:
    later = (AT + dt.timedelta(seconds=4)).isoformat()
    times = {"at_a": AT.isoformat(), "at_b": later, "gap": 4.0}
    posts = {"post_a": f"x:{a[-3:]}", "post_b": f"x:{b[-3:]}", "source": "?"}
    return {"a": a, "b": b, "kind": kind, "object": thing, **posts, **times}
