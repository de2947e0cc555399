"""Pages of the core: people, account, language, theme, health."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from rukun.web.core import queries, roles, services
from rukun.web.core.context import THEME_COOKIE, THEMES
from rukun.web.core.forms import ChangePersonForm, PersonForm
from rukun.web.core.models import User
from rukun.web.core.reading import needs


@login_not_required
@require_GET
def healthz(request: HttpRequest) -> HttpResponse:
    """“ok” when the database answers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok\n", content_type="text/plain; charset=utf-8")


@login_not_required
@require_POST
def set_theme(request: HttpRequest) -> HttpResponse:
    """Keep light, dark or auto in a cookie and go back to where the person was."""
    target = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(target, {request.get_host()}, request.is_secure())
    response = HttpResponseRedirect(target if safe else "/")
    theme = request.POST.get("theme", "")
    if theme in THEMES:
        response.set_cookie(
            THEME_COOKIE,
            theme,
            max_age=settings.LANGUAGE_COOKIE_AGE,
            secure=settings.RUKUN_SECURE,
            httponly=True,
            samesite="Lax",
        )
    return response


@require_GET
def account(request: HttpRequest) -> HttpResponse:
    """The person's own page: who they are here, password, second factor, sessions, look."""
    return render(request, "rukun/account.html", {"duty": roles.DUTIES[request.user.role]})


@login_not_required
@require_GET
def forgotten(request: HttpRequest) -> HttpResponse:
    """What to do about a forgotten password: there is no mail, the coordinator helps."""
    return render(request, "rukun/forgotten.html")


@needs("core.manage_people")
@require_GET
def people(request: HttpRequest) -> HttpResponse:
    """Everybody who may sign in."""
    found = queries.people_visible_to(request.user)
    return render(request, "rukun/people.html", {"people": found})


@needs("core.manage_people")
@require_http_methods(["GET", "POST"])
def add_person(request: HttpRequest) -> HttpResponse:
    """Let somebody in; the next page shows the link by which they choose a password."""
    form = PersonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        person = services.create_user(request.user, form.instance)
        return _with_link(request, person)
    return render(request, "rukun/person_new.html", {"form": form, "duties": _duties()})


@needs("core.manage_people")
@require_http_methods(["GET", "POST"])
def person(request: HttpRequest, pk: int) -> HttpResponse:
    """One person, to be changed."""
    found = get_object_or_404(queries.people_visible_to(request.user), pk=pk)
    form = ChangePersonForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        services.change_user(request.user, found, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("person", pk=pk)
    kept = get_object_or_404(User, pk=pk)
    return render(request, "rukun/person.html", {"form": form, "person": kept, "duties": _duties()})


@needs("core.manage_people")
@require_POST
def person_active(request: HttpRequest, pk: int) -> HttpResponse:
    """Disable somebody or let them in again."""
    found = get_object_or_404(queries.people_visible_to(request.user), pk=pk)
    active = request.POST.get("active") == "1"
    services.set_active(request.user, found, active)
    text = _("%(name)s may sign in again.") if active else _("%(name)s can no longer sign in.")
    messages.success(request, text % {"name": found.username})
    return redirect("person", pk=pk)


@needs("core.manage_people")
@require_POST
def person_link(request: HttpRequest, pk: int) -> HttpResponse:
    """A new link by which somebody chooses a password."""
    found = get_object_or_404(queries.people_visible_to(request.user), pk=pk, is_active=True)
    return _with_link(request, found)


def _with_link(request: HttpRequest, found: User) -> HttpResponse:
    link = request.build_absolute_uri(services.sign_in_link(request.user, found))
    return render(request, "rukun/person_link.html", {"person": found, "link": link})


def _duties() -> list[tuple[str, str]]:
    return [(roles.LABELS[role], roles.DUTIES[role]) for role in roles.ROLES]
