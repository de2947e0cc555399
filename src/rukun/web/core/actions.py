"""The actions of the ledger in words. Each app adds its own with ``register``.

The ledger keeps the dotted name only; the words are found when a page is read, so that they can
be translated and put better without touching what was recorded.
"""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

_LABELS: dict[str, Promise] = {}


def register(labels: dict[str, Promise]) -> None:
    """Add labels by dotted action name."""
    _LABELS.update(labels)


def describe(action: str) -> str:
    """The action in words, or its dotted name where no label is registered."""
    return str(_LABELS.get(action, action))


register(
    {
        "core.user.created": _("let a person in"),
        "core.user.changed": _("changed a person"),
        "core.user.disabled": _("disabled a person"),
        "core.user.enabled": _("let a person in again"),
        "core.user.link_made": _("made a link to choose a password"),
        "core.session.opened": _("signed in"),
        "core.session.closed": _("signed out"),
        "core.password.changed": _("changed the own password"),
        "core.password.chosen": _("chose a password by link"),
        "core.second_factor.added": _("added a second factor"),
        "core.second_factor.removed": _("removed a second factor"),
        "core.second_factor.renewed": _("renewed the recovery codes"),
        "core.ledger.checked": _("checked the ledger"),
    }
)
