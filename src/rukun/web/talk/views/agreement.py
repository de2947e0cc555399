"""How far the desk agrees with itself, and its own calibration of the screen."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from rukun.web.core.reading import needs
from rukun.web.talk import words
from rukun.web.talk.models import Case
from rukun.web.talk.queries import agreement as queries
from rukun.web.talk.services import calibrating, working


@needs("talk.review")
@require_GET
def agreement_page(request: HttpRequest) -> HttpResponse:
    """Agreement of first and blind readings; decisions so far, and what a calibration gives."""
    found = calibrating.proposal()
    context = {
        "agreement": queries.agreement_now(),
        "proposal": found,
        # A curve is a function: a template would call it.
        "usable": found.found.curve is not None,
        "in_force": calibrating.in_force(),
        "refusal": words.told(found.found.refused) if found.found.refused else None,
        "exercise": Case.objects.filter(exercise=True).exists(),
    }
    return render(request, "talk/agreement.html", context)


@needs("talk.tune")
@require_POST
def use(request: HttpRequest) -> HttpResponse:
    """Use the desk's own calibration, and work the posts through again with it."""
    calibrating.use(request.user)
    working.ask(request.user)
    messages.success(request, _("The calibration is in use. The posts are worked through again."))
    return redirect("talk:agreement")


@needs("talk.tune")
@require_POST
def end(request: HttpRequest) -> HttpResponse:
    """Go back to the curve the screen came with."""
    calibrating.stop(request.user)
    working.ask(request.user)
    messages.success(request, _("The screen’s own curve is in use again."))
    return redirect("talk:agreement")
