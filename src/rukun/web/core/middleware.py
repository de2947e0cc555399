"""What every request and answer carries."""

from __future__ import annotations

import secrets
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from rukun.errors import UserError
from rukun.web.core import errors, logs

Handler = Callable[[HttpRequest], HttpResponse]

_PERMISSIONS = (
    "accelerometer=(), camera=(), geolocation=(), gyroscope=(), microphone=(), payment=(), usb=()"
)


def reference(get_response: Handler) -> Handler:
    """Give the request a short reference that stands in the log and on an error page."""

    def middleware(request: HttpRequest) -> HttpResponse:
        code = secrets.token_hex(4)
        request.reference = f"{code[:4]}-{code[4:]}"
        token = logs.current.set(request.reference)
        try:
            return get_response(request)
        finally:
            logs.current.reset(token)

    return middleware


def headers(get_response: Handler) -> Handler:
    """Headers Django has no setting for; pages of signed-in people are not kept by caches."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Permissions-Policy", _PERMISSIONS)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.headers.setdefault("Cache-Control", "private, no-store")
        return response

    return middleware


class user_errors:
    """Answer a ``UserError`` with a page that says what to do."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """The page for a ``UserError``; anything else is a bug and goes on."""
        return errors.user_error(request, error) if isinstance(error, UserError) else None
