"""One case as its page shows it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from django.utils import timezone

from rukun.talk import cases
from rukun.talk.screen.frames import shipped as grammar
from rukun.talk.threshold import PARTS
from rukun.talk.workflow import Lang, Step
from rukun.web.core.models import User
from rukun.web.talk.models import Case, StoredPost
from rukun.web.talk.queries.review import as_case, representatives
from rukun.web.talk.services import blind, reviewing

#: Further posts of a narrative or claim, and of a thread, that the page lists.
SAMPLE: Final = 5
THREAD: Final = 8


@dataclass(frozen=True)
class Said:
    """One of the screen's reasons in words: the span, what it means, how it is said."""

    span: str
    meaning: str
    mode: str


@dataclass(frozen=True)
class Thread:
    """What the post answers or passes on, and others in the room that answer the same or it."""

    before: list[StoredPost]
    after: list[StoredPost]

    def __bool__(self) -> bool:
        return bool(self.before or self.after)


@dataclass(frozen=True)
class Held:
    """Who works on the case, until when, and the whole minutes that are left."""

    by: User
    minutes: int

    @property
    def over(self) -> bool:
        """Whether the time is over."""
        return self.minutes <= 0


def post_of(case: Case) -> StoredPost | None:
    """The post that stands for the case, as the case is labelled now."""
    post = representatives([case]).get(case.pk)
    return as_case(post, case) if post else None


def post_by(case: Case, account: str) -> StoredPost | None:
    """What this account itself wrote, of the posts of a case: the highest scored one."""
    posts = StoredPost.objects.select_related("place").filter(pk__in=reviewing.posts_of(case))
    post = posts.filter(account=account).order_by("-score", "pk").first()
    return as_case(post, case) if post else None


def screened(case: Case) -> StoredPost | None:
    """The same post as the screen reads it."""
    return representatives([case]).get(case.pk)


def sample_of(case: Case, shown: StoredPost | None) -> list[StoredPost]:
    """Further posts of a narrative, claim or ring; each text once."""
    ids: list[str] = []
    if case.narrative:
        ids = case.narrative.posts_shown
    if case.claim:
        ids = case.claim.post_ids
    if case.ring:
        ids = list(dict.fromkeys(r["post_a"] for r in case.ring.shared))
    posts = StoredPost.objects.filter(pk__in=ids[:200]).select_related("place")
    seen, found = {shown.text} if shown else set(), []
    for post in posts.order_by("-score", "pk"):
        if post.text not in seen and len(found) < SAMPLE:
            seen.add(post.text)
            found.append(as_case(post, case))
    return found


def thread_of(post: StoredPost | None) -> Thread:
    """The rest of the conversation, as far as it is in the room."""
    if post is None:
        return Thread([], [])
    above = [p for p in (post.reply_to, post.repost_of) if p]
    before = StoredPost.objects.filter(pk__in=above).select_related("place")
    under = StoredPost.objects.filter(reply_to__in=[post.pk, *above]).exclude(pk=post.pk)
    after = under.select_related("place").order_by("posted_at", "pk")
    return Thread(list(before), list(after[:THREAD]))


def reasons_of(post: StoredPost | None, lang: Lang) -> list[Said]:
    """The screen's reasons, each in the words of its frame; those that disarm too."""
    if post is None:
        return []
    shipped = grammar()
    words = {f.name: f.say(lang) for f in (*shipped.scopes, *shipped.frames)}
    return [
        Said(post.text[r["start"] : r["end"]], words.get(r["frame"], r["frame"]), r["mode"])
        for r in post.reasons
    ]


def kept_parts(case: Case) -> list[tuple[str, dict[str, str]]]:
    """The parts of the threshold test that the decision rests on, in their order."""
    kept = {p["part"]: p for p in (case.decision or {}).get("threshold", [])}
    return [(p, kept[p]) for p in PARTS if p in kept]


def held_of(case: Case) -> Held | None:
    """Who has the case now."""
    if case.holder is None or case.held_until is None:
        return None
    left = (case.held_until - timezone.now()).total_seconds()
    return Held(case.holder, int(-(-left // 60)))


def offered_to(user: Any, case: Case) -> tuple[Step, ...]:
    """The steps this person may take now, none outside their area."""
    if not reviewing.in_area(user, case):
        return ()
    return cases.offered(reviewing.pure(case), reviewing.person(user), timezone.now())


def changed_since(case: Case, seen: int) -> list[Any]:
    """The steps that were taken after somebody looked at version ``seen``."""
    return list(case.steps.all())[max(seen, 0) :]


def must_read_blind(user: Any, case: Case) -> bool:
    """Whether this person is asked for a reading before the case is shown."""
    return reviewing.in_area(user, case) and blind.waits_for(user, case)
