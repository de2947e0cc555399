"""Pages that may be read without signing in, where the operator allows it."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

View = Callable[..., HttpResponse]


def needs(permission: str) -> Callable[[View], View]:
    """Only for people with this permission; anonymous people are sent to sign in.

    Every view not marked so, or ``login_not_required``, asks for a sign-in by the middleware.
    """

    def wrap(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
            if request.user.has_perm(permission):
                return view(request, *args, **kwargs)
            if request.user.is_authenticated:
                raise PermissionDenied(permission)
            return redirect_to_login(request.get_full_path())

        return login_not_required(guarded)

    return wrap


#: For pages that anonymous people may read as viewers under RUKUN_OPEN_READING.
reading = needs("core.read")
