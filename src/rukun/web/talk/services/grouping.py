"""Accounts that act together openly: put down by a person, with the reason, and ended again."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from rukun.errors import UserError
from rukun.web.core.models import User
from rukun.web.core.services import change
from rukun.web.talk.models import KnownGroup, Ring
from rukun.web.talk.services import working
from rukun.web.talk.services.reviewing import refuse_names

_LONGEST_NAME = 120
_LONGEST = 2000


def know(user: Any, code: str, name: str, reason: str) -> KnownGroup:
    """Put down that the accounts of a ring act together openly: it is no finding from then on."""
    refuse_names(name, reason)
    with change(user, "talk.second") as log:
        ring = Ring.objects.select_for_update().get(pk=code)
        accounts = sorted(ring.accounts)
        if any(set(accounts) <= set(g.accounts) for g in known_groups()):
            raise UserError(
                "group-known",
                _("these accounts are known as a group already."),
                _("Look at the list of known groups."),
            )
        group = KnownGroup.objects.create(
            name=_said(name, _LONGEST_NAME),
            accounts=accounts,
            reason=_said(reason, _LONGEST),
            by=User.objects.get(pk=user.pk),
        )
        log("talk.group.known", group, {"name": group.name, "accounts": accounts, "ring": code})
    _anew(user)
    return group


def end(user: Any, number: int, why: str) -> KnownGroup:
    """A known group counts as one no more; why, stays with it."""
    refuse_names(why)
    with change(user, "talk.second") as log:
        group = KnownGroup.objects.select_for_update(of=("self",)).get(pk=number)
        if group.ended_at is not None:
            raise UserError(
                "group-ended",
                _("this group was ended already."),
                _("Load the page again to see who did it, and why."),
            )
        group.ended_at, group.ended_why = timezone.now(), _said(why, _LONGEST)
        group.ended_by = User.objects.get(pk=user.pk)
        group.save()
        log("talk.group.ended", group, {"name": group.name, "reason": group.ended_why})
    _anew(user)
    return group


def known_groups() -> list[KnownGroup]:
    """The groups that count as known now."""
    return list(KnownGroup.objects.filter(ended_at=None).select_related("by"))


def _anew(user: Any) -> None:
    """Who is known changes what is found: the posts are worked through again."""
    if user.has_perm("talk.bring_posts"):
        working.ask(user)


def _said(text: str, longest: int) -> str:
    plain = "".join(c for c in text if c.isprintable() or c in "\n\t").strip()
    if len(plain) < 3:
        raise UserError(
            "group-empty",
            _("a name or a reason is missing."),
            _("Say in a few words who they are."),
        )
    return plain[:longest]
