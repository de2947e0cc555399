"""Referrals: asked for, agreed to by somebody else, and then the one look at one handle."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any, Final

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from rukun.errors import UserError
from rukun.talk import referral as flow
from rukun.talk.workflow import LONGEST_TEXT
from rukun.web.core.reading import needs
from rukun.web.talk import words
from rukun.web.talk.models import Case, Referral
from rukun.web.talk.queries import referrals as queries
from rukun.web.talk.queries.case import kept_parts, post_by, post_of
from rukun.web.talk.queries.review import cases_visible_to
from rukun.web.talk.services import referring

#: Days after which a referral may end.
DAYS: Final = (1, 2, 3, 5, 7)


@needs("talk.refer")
@require_GET
def referrals_page(request: HttpRequest) -> HttpResponse:
    """All referrals; those whose time is over are marked first."""
    referring.expire_due()
    page = Paginator(queries.referrals_visible_to(request.user), queries.PAGE).get_page(
        request.GET.get("page")
    )
    context = {
        "page": page,
        "newer": request.path if page.has_previous() else "",
        "older": f"?page={page.number + 1}" if page.has_next() else "",
        "exercise": any(row.case.exercise for row in page),
    }
    return render(request, "talk/referrals.html", context)


@needs("talk.refer")
@require_http_methods(["GET", "POST"])
def request_page(request: HttpRequest, number: int) -> HttpResponse:
    """Ask for one handle of a case that two people decided."""
    case = get_object_or_404(cases_visible_to(request.user), pk=number)
    if request.method == "GET":
        return render(request, "talk/refer.html", _request_context(case, QueryDict()))
    try:
        made = referring.request(request.user, number, _wanted(request.POST))
    except UserError as err:
        context = _request_context(case, request.POST) | {"error": words.told(err)}
        return render(request, "talk/refer.html", context, status=400)
    messages.success(request, _("Kept. Somebody else looks at it now."))
    return redirect("talk:referral", made.pk)


def _wanted(data: QueryDict) -> flow.Request:
    days = data.get("days", "")
    until = timezone.now() + dt.timedelta(days=int(days)) if days in map(str, DAYS) else None
    return flow.Request(
        alias=data.get("alias", "")[:30],
        addressee=data.get("addressee", "")[:30],
        basis=tuple(code[:40] for code in data.getlist("basis")[:50]),
        purpose=data.get("purpose", "")[: LONGEST_TEXT + 1],
        until=until,
    )


def _request_context(case: Case, data: QueryDict) -> dict[str, Any]:
    action = (case.decision or {}).get("action", "")
    bases = queries.bases_for(action)
    return {
        "case": case,
        "exercise": case.exercise,
        "post": post_of(case),
        "accounts": [(a, post_by(case, a)) for a in referring.accounts_of(case)],
        "addressees": flow.ADDRESSEES.get(action, ()),
        "articles": [(a, a.name(words.lang()), a.about(words.lang())) for a in bases],
        "unchecked": any(not a.checked for a in bases),
        "days": DAYS,
        "usual": flow.USUAL.days,
        "written": data,
        "chosen": data.getlist("basis"),
    }


@needs("talk.refer")
@require_GET
def referral_page(request: HttpRequest, number: int) -> HttpResponse:
    """One referral: what was asked, what is decided, and the buttons this person has."""
    referring.expire_due()
    row = _referral(request, number)
    return render(request, "talk/referral.html", _context(request, row))


@needs("talk.refer")
@require_POST
def step(request: HttpRequest, number: int) -> HttpResponse:
    """Approve, refuse or withdraw."""
    name, data = request.POST.get("step", "")[:20], request.POST
    try:
        referring.take_step(
            request.user, _referral(request, number).pk, name, _seen(data), _reason(data)
        )
    except UserError as err:
        return _refused(request, number, err)
    messages.success(request, _("Kept: %(step)s.") % {"step": words.word(name, "referral_step")})
    return redirect("talk:referral", number)


@needs("talk.refer")
@require_POST
@never_cache
@sensitive_variables()
def show(request: HttpRequest, number: int) -> HttpResponse:
    """The handle, in this one answer and nowhere else."""
    try:
        shown = referring.show(request.user, _referral(request, number).pk, _seen(request.POST))
    except UserError as err:
        return _refused(request, number, err)
    row = _referral(request, number)
    context = _context(request, row) | {"shown": shown}
    return render(request, "talk/referral_shown.html", context)


def _refused(request: HttpRequest, number: int, error: UserError) -> HttpResponse:
    context = _context(request, _referral(request, number)) | {
        "error": words.told(error),
        "written": request.POST,
    }
    status = 409 if error.code == "referral-changed" else 400
    return render(request, "talk/referral.html", context, status=status)


def _referral(request: HttpRequest, number: int) -> Referral:
    return get_object_or_404(queries.referrals_visible_to(request.user), pk=number)


def _seen(data: Mapping[str, str]) -> int:
    text = data.get("seen", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else -1


def _reason(data: Mapping[str, str]) -> str:
    return data.get("reason", "")[: LONGEST_TEXT + 1]


def _context(request: HttpRequest, row: Referral) -> dict[str, Any]:
    lang = words.lang()
    found = queries.bases(row.basis)
    can = [s.name for s in queries.offered_to(request.user, row)]
    return {
        "referral": row,
        "case": row.case,
        "post": post_by(row.case, row.account),
        "kept_parts": kept_parts(row.case),
        "exercise": row.case.exercise,
        "articles": [(a, a.name(lang), a.about(lang)) for a in found],
        "can": can,
        "with_reason": [s for s in ("refuse", "withdraw") if s in can],
        "history": row.history,
    }
