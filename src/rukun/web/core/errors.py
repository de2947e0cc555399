"""Error pages: what happened, what to do, and a reference that also stands in the log."""

from __future__ import annotations

import logging

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from rukun.errors import UserError

logger = logging.getLogger("rukun.web")


def _page(request: HttpRequest, status: int, title: str, text: str, **more: str) -> HttpResponse:
    context = {"status": status, "title": title, "text": text, **more}
    context["reference"] = getattr(request, "reference", "")
    return render(request, "rukun/error.html", context, status=status)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: the request itself was not understood (a wrong host name, a damaged form)."""
    return _plain(
        request,
        400,
        _("This request could not be understood."),
        _("Go back, load the page again and repeat the step."),
    )


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: signed in, but not allowed."""
    return _page(
        request,
        403,
        _("You may not do this here."),
        _("Your role does not include it. The coordinator of the desk can change that."),
    )


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: no such page, or not for this person."""
    return _page(
        request,
        404,
        _("There is no such page."),
        _("The address may be mistyped, or what it named is not open to you."),
    )


def server_error(request: HttpRequest) -> HttpResponse:
    """500: a bug. Needs neither database nor session to say so."""
    return _plain(
        request,
        500,
        _("Something went wrong on our side."),
        _("Nothing was half saved. Try again; if it stays, give the reference to the operator."),
    )


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form sent from elsewhere, or from a page opened before signing in."""
    logger.warning("form refused: %s", reason)
    return _page(
        request,
        403,
        _("This form was opened too long ago."),
        _("Nothing was saved. Load the page again and repeat the step."),
    )


def user_error(request: HttpRequest, error: UserError) -> HttpResponse:
    """400 with the message, the place and the advice of a ``UserError``."""
    logger.info("user error %s at %s", error.code, error.where)
    message, hint = error.say(get_language() or "id")
    return _page(
        request,
        400,
        _("This could not be done."),
        message,
        where=error.where,
        hint=hint,
        code=error.code,
    )


def _plain(request: HttpRequest, status: int, title: str, text: str) -> HttpResponse:
    """A page that asks nothing of the database, the session or the request."""
    context = {"status": status, "title": title, "text": text}
    context["reference"] = getattr(request, "reference", "")
    return HttpResponse(render_to_string("rukun/error_plain.html", context), status=status)
