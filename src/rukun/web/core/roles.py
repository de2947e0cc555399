"""The roles people have in the room. A person has one; a witness also has a camp."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

COORDINATOR, VERIFIER, TYPIST, WITNESS, ANALYST, LIAISON, VIEWER = ROLES = (
    "coordinator",
    "verifier",
    "typist",
    "witness",
    "analyst",
    "liaison",
    "viewer",
)

LABELS: dict[str, Promise] = {
    COORDINATOR: pgettext_lazy("role", "coordinator"),
    VERIFIER: pgettext_lazy("role", "verifier"),
    TYPIST: pgettext_lazy("role", "typist"),
    WITNESS: pgettext_lazy("role", "witness"),
    ANALYST: pgettext_lazy("role", "analyst"),
    LIAISON: pgettext_lazy("role", "liaison"),
    VIEWER: pgettext_lazy("role", "viewer"),
}

#: What each role is there for, shown where a role is chosen.
DUTIES: dict[str, Promise] = {
    COORDINATOR: _("leads the desk: lets people in, takes forms in, decides"),
    VERIFIER: _("takes forms in and checks what others entered"),
    TYPIST: _("enters forms and uploads files"),
    WITNESS: _("hands in the forms of one camp’s own witnesses"),
    ANALYST: _("reads everything and works out what it means"),
    LIAISON: _("stands between the desk and the camps"),
    VIEWER: _("reads"),
}


def choices() -> list[tuple[str, Promise]]:
    """(role, label) in the order of the desk, for forms."""
    return [(role, LABELS[role]) for role in ROLES]
