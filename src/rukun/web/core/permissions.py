"""Who may do what. Predicates are shared; each app adds its own permissions from them.

A permission is asked with ``user.has_perm("app.verb", obj)``; nothing is granted by default, and
a disabled person has none.
"""

from __future__ import annotations

import rules
from django.conf import settings

from rukun.web.core import roles


def has_role(*wanted: str) -> rules.Predicate:
    """A predicate: an active person with one of these roles."""

    @rules.predicate(name="has_role:" + ",".join(wanted))
    def check(user: object) -> bool:
        return bool(getattr(user, "is_active", False) and getattr(user, "role", "") in wanted)

    return check


@rules.predicate
def is_signed_in(user: object) -> bool:
    """An active person, whatever the role."""
    return bool(getattr(user, "is_authenticated", False) and getattr(user, "is_active", False))


@rules.predicate
def reading_is_open(user: object) -> bool:
    """The operator lets anybody read as a viewer (RUKUN_OPEN_READING)."""
    return settings.RUKUN_OPEN_READING


def camp_of(user: object) -> int | None:
    """The pair this person stands for, or None."""
    return getattr(user, "camp", None) if has_role(roles.WITNESS)(user) else None


is_coordinator = has_role(roles.COORDINATOR)
is_desk = has_role(roles.COORDINATOR, roles.VERIFIER, roles.ANALYST)

rules.add_perm("core.read", is_signed_in | reading_is_open)
rules.add_perm("core.manage_people", is_coordinator)
rules.add_perm("core.see_ledger", is_signed_in)
rules.add_perm("core.see_whole_ledger", is_desk)
rules.add_perm("core.check_ledger", is_desk)
