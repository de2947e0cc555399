"""The queue and a case: what waits, what it rests on, and the steps a person may take."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any, Final

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from rukun.errors import UserError
from rukun.talk import cases, threshold
from rukun.talk.referral import NEVER
from rukun.talk.workflow import LONGEST_TEXT
from rukun.web.core.reading import needs
from rukun.web.talk import words
from rukun.web.talk.models import Case, Claim, Narrative, Ring, StoredPost
from rukun.web.talk.presenters.pages import pages
from rukun.web.talk.queries import case as reading
from rukun.web.talk.queries import review as queries
from rukun.web.talk.services import reviewing, sealing

#: Minutes for which a case may be taken.
MINUTES: Final = (15, 30, 60, 120, 480)
#: Steps by what their form asks for: a time, a reason, nothing.
TAKING: Final = ("claim", "take_over")
REASONED: Final = ("return", "close", "reopen")
BARE: Final = ("release", "take_back")
#: What a case may be opened about by hand.
SUBJECTS: Final = {"post": StoredPost, "narrative": Narrative, "ring": Ring, "claim": Claim}


@needs("talk.review")
@require_GET
def queue_page(request: HttpRequest) -> HttpResponse:
    """One queue, what deserves a look first."""
    user = request.user
    chosen = queries.Filter.of(user, request.GET)
    rows = chosen.apply(queries.cases_visible_to(user)).prefetch_related("steps", "readings")
    page = Paginator(queries.ranked(rows, chosen.queue), queries.PAGE).get_page(
        request.GET.get("page")
    )
    shown = queries.rows_of(user, list(page))
    context = {
        "chosen": chosen,
        "tabs": [(t, n) for t, n in queries.open_counts(user).items()],
        "rows": shown,
        "page": page,
        "basis": queries.basis(),
        "areas": queries.areas(user),
        "states": cases.STATES,
        "exercise": any(row.case.exercise for row in shown),
        **pages(request, page),
    }
    return render(request, "talk/queue.html", context)


@needs("talk.review")
@require_GET
def case_page(request: HttpRequest, number: int) -> HttpResponse:
    """One case; who is asked for a blind reading gives that first."""
    case = _case(request, number)
    if reading.must_read_blind(request.user, case):
        return redirect("talk:blind", number)
    return render(request, "talk/case.html", _context(request, case))


@needs("talk.review")
@require_POST
def step(request: HttpRequest, number: int) -> HttpResponse:
    """Take one step; where it is refused the page says why and keeps what was written."""
    case, seen = _case(request, number), _number(request.POST.get("seen", ""))
    name = request.POST.get("step", "")[:20]
    if name == "decide":
        name = cases.step_of(request.POST.get("action", ""))
    if _was_sent_twice(request, case, name, seen):
        return redirect("talk:case", number)
    try:
        reviewing.take_step(request.user, number, name, seen, _given(request.POST))
    except UserError as err:
        case = _case(request, number)
        context = _context(request, case, request.POST) | {"error": words.told(err)}
        if err.code == "case-changed":
            context["changes"] = reading.changed_since(case, seen)
        status = 409 if err.code == "case-changed" else 400
        return render(request, "talk/case.html", context, status=status)
    messages.success(request, _("Kept: %(step)s.") % {"step": words.word(name, "step")})
    return redirect("talk:case", number)


def _was_sent_twice(request: HttpRequest, case: Case, name: str, seen: int) -> bool:
    """A double click: this person's same step is the one that changed the case."""
    last = case.steps.last()
    mine = last is not None and last.by == request.user.username and last.step == name
    return mine and case.version == seen + 1


@needs("talk.decide")
@require_POST
def open_case(request: HttpRequest) -> HttpResponse:
    """Open a case about a post, narrative, ring or claim that has none; else go to the one it has."""
    about = request.POST.get("about", "")
    subject = get_object_or_404(
        SUBJECTS.get(about, StoredPost), pk=request.POST.get("object", "").replace("\0", "")
    )
    if about == "post" and subject.help:
        about = "self_harm"
    label = {"self_harm": "help", "claim": "claim"}.get(about) or getattr(subject, "label", "none")
    facts = {"score": getattr(subject, "score", 0), "place_id": getattr(subject, "place_id", None)}
    made = reviewing.open_case(request.user, about, subject, label, **facts)
    return redirect("talk:case", made.pk)


@needs("talk.decide")
@require_POST
def sealed(request: HttpRequest, number: int) -> HttpResponse:
    """The evidence of a case as a sealed folder, under aliases."""
    case = _case(request, number)
    made = sealing.sealed_folder(request.user, case.pk)
    response = HttpResponse(made.data, content_type="application/zip")
    response.headers["Content-Disposition"] = f'attachment; filename="{made.name}"'
    return response


def _case(request: HttpRequest, number: int) -> Case:
    return get_object_or_404(queries.cases_visible_to(request.user), pk=number)


def _number(text: str) -> int:
    """What the form says was seen; anything else was never seen."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else -1


def _given(data: Mapping[str, str]) -> cases.Given:
    minutes = _number(data.get("minutes", ""))
    until = timezone.now() + dt.timedelta(minutes=minutes) if minutes in MINUTES else None
    return cases.Given(
        reason=data.get("reason", "")[: LONGEST_TEXT + 1],
        action=data.get("action", "")[:20],
        threshold=reviewing.threshold_of(data),
        label=data.get("label", "")[:20],
        until=until,
    )


def _context(
    request: HttpRequest, case: Case, written: Mapping[str, str] | None = None
) -> dict[str, Any]:
    """Everything the page shows; ``written`` is what a refused form held."""
    post = reading.post_of(case)
    known = reviewing.pure(case)
    can = [s.name for s in reading.offered_to(request.user, case)]
    return {
        "case": case,
        "exercise": case.exercise,
        "post": post,
        "size": queries.size_of(case),
        "sample": reading.sample_of(case, post),
        "thread": reading.thread_of(post),
        "screened": reading.screened(case),
        "reasons": reading.reasons_of(reading.screened(case), words.lang()),
        "steps": case.steps.all(),
        "held": reading.held_of(case),
        "can": can,
        "take": [s for s in TAKING if s in can],
        "with_reason": [s for s in REASONED if s in can],
        # Giving it back stands beside more time, for who has the case.
        "bare": [s for s in BARE if s in can and not (s == "release" and "extend" in can)],
        "written": written or {},
        "in_force": known.in_force,
        "may_refer": _may_refer(request.user, case),
        "minutes": MINUTES,
        **_form(known, case, written or {}),
    }


def _form(known: cases.Case, case: Case, written: Mapping[str, str]) -> dict[str, Any]:
    return {
        "actions": cases.actions(known),
        "grave_offered": set(cases.GRAVE) & set(cases.actions(known)),
        "levels": threshold.LEVELS,
        "labels": [w for w in cases.LABELS if w not in ("help", case.label)],
        "parts": [
            (p, written.get(f"level-{p}", ""), written.get(f"note-{p}", ""))
            for p in threshold.PARTS
        ],
        "kept_parts": reading.kept_parts(case),
    }


def _may_refer(user: Any, case: Case) -> bool:
    decided = case.decision or {}
    grave = decided.get("action") in cases.GRAVE and case.label not in NEVER
    return bool(grave and case.state in ("confirmed", "closed") and user.has_perm("talk.refer"))
