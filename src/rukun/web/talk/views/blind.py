"""A second reading by somebody who sees the text and nothing that was made of it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from rukun.errors import UserError
from rukun.talk.workflow import LONGEST_TEXT
from rukun.web.core.reading import needs
from rukun.web.talk import words
from rukun.web.talk.models import Case
from rukun.web.talk.queries import case as reading
from rukun.web.talk.queries import review as queries
from rukun.web.talk.services import blind

ANSWERS = {"yes": True, "no": False}


@needs("talk.decide")
@require_http_methods(["GET", "POST"])
def blind_page(request: HttpRequest, number: int) -> HttpResponse:
    """The text alone, and the reading of it."""
    case = _case(request, number)
    if not reading.must_read_blind(request.user, case):
        return redirect("talk:case", number)
    if request.method == "GET":
        return render(request, "talk/blind.html", _context(case))
    data = request.POST
    needed, reason = ANSWERS.get(data.get("needed", "")), data.get("reason", "")[: LONGEST_TEXT + 1]
    try:
        blind.read(request.user, number, data.get("label", "")[:20], needed, reason)
    except UserError as err:
        context = _context(case) | {"error": words.told(err), "written": data}
        return render(request, "talk/blind.html", context, status=400)
    messages.success(request, _("Your reading is kept. Now you see the case as it stands."))
    return redirect("talk:case", number)


@needs("talk.decide")
@require_POST
def leave(request: HttpRequest, number: int) -> HttpResponse:
    """See the case at once; somebody else gives the blind reading."""
    case = _case(request, number)
    if reading.must_read_blind(request.user, case):
        blind.leave(request.user, number)
    return redirect("talk:case", number)


def _case(request: HttpRequest, number: int) -> Case:
    return get_object_or_404(queries.cases_visible_to(request.user), pk=number)


def _context(case: Case) -> dict[str, Any]:
    post = reading.screened(case)
    text = post.text if post else case.narrative.text if case.narrative else ""
    if case.claim:
        text = case.claim.text
    return {
        "case": case,
        "exercise": case.exercise,
        "text": text,
        "post": post,
        "ring": case.ring,
        "labels": blind.labels(case),
        "written": {},
    }
