"""The queue: which cases this person may read, in which order, with the text of each."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, replace
from typing import Any, Final

from django.db.models import Case as When
from django.db.models import Count, F, FloatField, Q, QuerySet, Value
from django.db.models import When as If
from django.db.models.functions import Cast, Coalesce, Ln
from django.utils import timezone

from rukun.talk import cases
from rukun.web.talk.models import Case, Claim, PostFile, StoredPost, Work
from rukun.web.talk.services import answering, blind
from rukun.web.talk.services import areas as areas_of
from rukun.web.talk.services.keeping import BUDGET

PAGE: Final = 20
#: The queue of what the camps were asked to calm, for who speaks with them.
CALM: Final = "calm"
#: What the forms say of a claim, in the order in which claims are read.
VERDICTS: Final = ("differs", "cannot_be_said", "agrees")
TABS: Final = (*cases.QUEUES, CALM)
#: Names of files that are listed as what the queue rests on.
FILES_NAMED: Final = 5


def cases_visible_to(user: Any) -> QuerySet[Case]:
    """All cases for the desk; who only speaks with the camps does not see who may need help."""
    rows = Case.objects.select_related(
        "post", "narrative", "ring", "claim", "place", "place__parent", "holder"
    )
    if user.has_perm("talk.decide"):
        return rows
    return rows.exclude(queue="help") if user.has_perm("talk.review") else rows.none()


def tab_of(user: Any, wanted: str) -> str:
    """The queue that is shown: the wanted one where this person may see it, else the first."""
    shown = tabs_of(user)
    return wanted if wanted in shown else shown[0]


def tabs_of(user: Any) -> tuple[str, ...]:
    """The queues this person sees; what the camps were asked comes first for who asks them."""
    if user.has_perm("talk.decide"):
        return TABS
    return (CALM, "incitement", "claims")


@dataclass(frozen=True)
class Filter:
    """What the queue is narrowed to; every part stands in the address."""

    queue: str
    state: str = "open"
    place: str = ""

    @classmethod
    def of(cls, user: Any, query: Mapping[str, str]) -> Filter:
        """From a request; who has an area begins there."""
        place = query.get("place", user.place).replace("\0", "")[:13]
        state = query.get("state", "open").replace("\0", "")[:16]
        return cls(tab_of(user, query.get("queue", "")), state, place)

    def apply(self, rows: QuerySet[Case]) -> QuerySet[Case]:
        """The cases that fit; an unknown state narrows to nothing."""
        rows = _in_tab(rows, self.queue)
        if self.place:
            rows = rows.filter(
                Q(place__path__startswith=f"{self.place}/")
                | Q(place__path__contains=f"/{self.place}/")
                | Q(place__isnull=True)
            )
        if self.state == "all":
            return rows
        if self.state == "open":
            return rows.filter(state__in=_open(self.queue))
        return rows.filter(state=self.state)


def _in_tab(rows: QuerySet[Case], tab: str) -> QuerySet[Case]:
    if tab == CALM:
        decided = ("confirmed", "closed")
        return rows.filter(decision__action="calm", state__in=decided)
    return rows.filter(queue=tab)


def _open(tab: str) -> tuple[str, ...]:
    return ("confirmed",) if tab == CALM else cases.OPEN


def ranked(rows: QuerySet[Case], tab: str) -> QuerySet[Case]:
    """Open ones first. Then incitement by score × log size, claims by what the forms say and by
    size, and people in need by how long they have waited."""
    size = Cast(Coalesce("narrative__size", "ring__members", "claim__posts", 1), FloatField())
    is_open = When(If(state__in=_open(tab), then=Value(0)), default=Value(1))
    spread = Ln(size + 1.0)
    rows = rows.annotate(shut=is_open, size=size)
    if tab == "claims":
        return rows.annotate(verdict=_verdict_order()).order_by("shut", "verdict", "-size", "pk")
    rank = {"incitement": F("score") * spread}.get(tab)
    if rank is None:
        return rows.order_by("shut", "opened_at", "pk")
    return rows.annotate(rank=rank).order_by("shut", "-rank", "pk")


def _verdict_order() -> When:
    """Claims that the forms contradict first, then those they do not settle, then the others."""
    now = verdicts_now()
    steps = [
        If(claim__in=[c for c, v in now.items() if v == verdict], then=Value(place))
        for place, verdict in enumerate(VERDICTS)
    ]
    return When(*steps, default=Value(len(VERDICTS)))


def verdicts_now() -> dict[str, str]:
    """What the forms say of each claim: now, or at the last working-out where there are very
    many claims."""
    now = answering.verdicts_now()
    return dict(Claim.objects.values_list("code", "verdict")) if now is None else now


def open_counts(user: Any) -> dict[str, int]:
    """How many cases wait in each queue this person sees."""
    rows = cases_visible_to(user)
    waiting = rows.filter(state__in=cases.OPEN).order_by().values_list("queue")
    counts = dict(waiting.annotate(n=Count("pk")))
    counts[CALM] = _in_tab(rows, CALM).filter(state="confirmed").count()
    return {tab: counts.get(tab, 0) for tab in tabs_of(user)}


@dataclass(frozen=True)
class Row:
    """One case of the list: the text that stands for it, copies, who has it; of a claim, what the
    forms say (empty where it is not known)."""

    case: Case
    post: StoredPost | None
    text: str
    size: int
    blind: bool
    over: bool
    verdict: str = ""


def rows_of(user: Any, page: Sequence[Case]) -> list[Row]:
    """The cases of one page with their texts."""
    posts, now = representatives(page), timezone.now()
    said = verdicts_now() if any(c.claim_id for c in page) else {}
    rows = [_row(user, case, posts.get(case.pk), now) for case in page]
    return [replace(r, verdict=said.get(r.case.claim_id or "", "")) for r in rows]


def _row(user: Any, case: Case, post: StoredPost | None, now: dt.datetime) -> Row:
    told = post and as_case(post, case)
    text = ""
    if told is None:
        text = case.narrative.text if case.narrative else case.claim.text if case.claim else ""
    over = bool(case.held_until and case.held_until <= now)
    return Row(case, told, text, size_of(case), blind.waits_for(user, case), over)


def size_of(case: Case) -> int:
    """How many posts (or members, of a ring) a case stands for."""
    if case.narrative:
        return case.narrative.size
    return case.ring.members if case.ring else case.claim.posts if case.claim else 1


def as_case(post: StoredPost, case: Case) -> StoredPost:
    """The post as its case is labelled now. What is held to be protected speech, and a person in
    need, carry no mark of an accusation."""
    told = copy(post)
    told.label = case.label
    if case.label in cases.PROTECTED or case.queue == "help":
        told.reasons, told.mode = [], ""
    return told


def representatives(rows: Iterable[Case]) -> dict[int, StoredPost]:
    """Per case (by number) the post that stands for it; of a narrative the highest scored one."""
    told = {c.narrative_id: c.pk for c in rows if c.narrative_id}
    found = {c.pk: c.post for c in rows if c.post is not None}
    best: dict[str, tuple[float, str]] = {}
    kept = StoredPost.objects.filter(narrative__in=told).values_list("narrative", "score", "pk")
    for narrative, score, pk in kept:
        best[narrative] = max(best.get(narrative, (-1.0, "")), (score, pk))
    posts = StoredPost.objects.select_related("place").in_bulk([pk for _s, pk in best.values()])
    return found | {told[n]: posts[pk] for n, (_score, pk) in best.items()}


@dataclass(frozen=True)
class Basis:
    """What the queue rests on: the newest working-out, how much of it is shown, from which files."""

    work: Work | None
    running: bool
    share: float | None
    budget: float
    files: list[PostFile]
    more_files: int


def basis() -> Basis:
    """What the queue rests on now."""
    work = Work.objects.filter(state=Work.DONE).first()
    flagged = work.digest.get("flagged") if work else None
    share = flagged / work.posts if work and work.posts and flagged is not None else None
    files = PostFile.objects.filter(state=PostFile.State.STORED)
    named = list(files[:FILES_NAMED])
    return Basis(
        work=work,
        running=Work.objects.filter(state__in=(Work.WAITING, Work.RUNNING)).exists(),
        share=share,
        budget=BUDGET,
        files=named,
        more_files=max(files.count() - len(named), 0),
    )


def areas(user: Any) -> list[tuple[str, str]]:
    """(code, name) of the kecamatan that have cases."""
    rows = cases_visible_to(user).exclude(place=None).order_by()
    return areas_of.above(rows.values_list("place__path", flat=True).distinct())
