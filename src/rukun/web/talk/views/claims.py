"""Claims about the count: what is said, what the forms state, and the answer a person releases."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from rukun.errors import UserError
from rukun.web.core.reading import needs
from rukun.web.talk import words
from rukun.web.talk.models import Answer, Claim
from rukun.web.talk.presenters import claims as presenters
from rukun.web.talk.presenters.pages import pages
from rukun.web.talk.queries import claims as queries
from rukun.web.talk.queries import pulse
from rukun.web.talk.services import answering, areas, beside


@needs("talk.read")
@require_GET
def claims_page(request: HttpRequest) -> HttpResponse:
    """The claims with their verdicts by the forms that everybody may see, the same for all."""
    chosen = queries.Filter.of(request.GET)
    found, verdicts, now = queries.checkable(chosen)
    page = Paginator(found, queries.PAGE).get_page(request.GET.get("page"))
    apart = [] if any(vars(chosen).values()) or page.number > 1 else queries.open_ended()
    context = {
        "chosen": chosen,
        "rows": presenters.rows(page, verdicts, queries.released([c.pk for c in page])),
        "apart": presenters.open_rows(apart),
        "page": page,
        "now": now,
        "verdicts": queries.VERDICTS,
        "kinds": [(k, presenters.KINDS[k]) for k in queries.kinds()],
        "areas": areas.kecamatan(),
        "rests": pulse.rests_on(),
        "exercise": any(c.exercise for c in (*page, *apart)),
        **pages(request, page),
    }
    return render(request, "talk/claims.html", context)


@needs("talk.read")
@require_GET
def claim_page(request: HttpRequest, code: str) -> HttpResponse:
    """One claim beside the forms that this reader may see, and its answers."""
    return render(request, "talk/claim.html", _one(request, _claim(code)))


@needs("talk.answer")
@require_POST
def release(request: HttpRequest, code: str) -> HttpResponse:
    """Release an edited answer; where it is refused the page keeps what was written."""
    claim = _claim(code)
    texts = {n: request.POST.get(n, "")[: answering.LONGEST + 1] for n in ("text_id", "text_en")}
    try:
        answering.release(request.user, claim.pk, request.POST.get("mark", "")[:64], **texts)
    except UserError as err:
        if err.code == "answer-same":  # a double click
            return redirect("talk:claim", claim.pk)
        context = _one(request, claim) | {"error": words.told(err), "written": texts}
        return render(request, "talk/claim.html", context, status=400)
    messages.success(request, _("Released. Both camps read the same answer."))
    return redirect("talk:claim", claim.pk)


@needs("talk.answer")
@require_POST
def withdraw(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Take a released answer back, with the reason."""
    claim = _claim(code)
    answer = get_object_or_404(Answer, pk=number, claim=claim)
    try:
        answering.withdraw(request.user, answer.pk, request.POST.get("reason", "")[:2001])
    except UserError as err:
        context = _one(request, claim) | {"error": words.told(err)}
        return render(request, "talk/claim.html", context, status=400)
    messages.success(request, _("Withdrawn. It stays on the page, marked, with your reason."))
    return redirect("talk:claim", claim.pk)


def _claim(code: str) -> Claim:
    return get_object_or_404(Claim.objects.select_related("place", "place__parent"), pk=code)


def _one(request: HttpRequest, claim: Claim) -> dict[str, Any]:
    user = request.user
    found, at = answering.for_reader(user, claim)
    shared, _at = answering.for_everybody(claim)
    facts = answering.facts_of(shared)
    return {
        "claim": claim,
        "title": presenters.title(claim),
        "stances": presenters.stances(claim),
        "why": "" if claim.checkable else presenters.why_open(claim),
        "found": found,
        "says": found.draft(words.lang()),
        "shared": shared,
        "closed": facts != answering.facts_of(found),
        "mark": answering.mark_of(shared.verdict, facts),
        "tables": presenters.tables(claim, found, at),
        "stations": beside.stations(user, claim, {u.contest for u in found.used}),
        "answers": _answers(claim, shared),
        "posts": queries.posts_of(user, claim),
        "narratives": queries.narratives_of(user, claim),
        "case": queries.case_of(user, claim),
        "rests": pulse.rests_on(),
        "exercise": claim.exercise,
    }


def _answers(claim: Claim, shared: Any) -> list[dict[str, Any]]:
    return [
        {
            "answer": a,
            "facts": presenters.facts(a),
            "stale": a.withdrawn_at is None and answering.is_stale(a, shared),
            "says": a.text_id if words.lang() == "id" else a.text_en,
            "other": a.text_en if words.lang() == "id" else a.text_id,
            "other_lang": "en" if words.lang() == "id" else "id",
        }
        for a in queries.answers_of(claim)
    ]
