"""What every template can use."""

from __future__ import annotations

from django.apps import apps
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

THEMES = ("auto", "light", "dark")
THEME_COOKIE = "rukun_theme"


def room(request: HttpRequest) -> dict[str, object]:
    """``nav`` (the menu for this person), ``theme``, and whether reading is open."""
    theme = request.COOKIES.get(THEME_COOKIE, "auto")
    return {
        "nav": menu(request),
        "theme": theme if theme in THEMES else "auto",
        "open_reading": settings.RUKUN_OPEN_READING,
    }


def menu(request: HttpRequest) -> list[dict[str, object]]:
    """The entries of every app's ``nav`` that this person may open, ``count`` before ``core``."""
    user = getattr(request, "user", None)
    if user is None:
        return []
    configs = [c for c in apps.get_app_configs() if hasattr(c, "nav")]
    entries = [entry for config in sorted(configs, key=_core_last) for entry in config.nav]
    return [
        {"url": reverse(name), "label": label, "here": _is_here(request.path, reverse(name))}
        for name, label, permission in entries
        if user.has_perm(permission)
    ]


def _core_last(config: object) -> bool:
    return config.label == "core"


def _is_here(path: str, url: str) -> bool:
    return path == url if url == "/" else path.startswith(url)
