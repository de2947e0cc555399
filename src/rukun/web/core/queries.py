"""Every read of the core starts here, from what this person may see."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet

from rukun.web.core.models import LedgerEntry, User

#: Entries on one page of the ledger.
PAGE = 50
CHECKED = "core.ledger.checked"


def entries_visible_to(user: User) -> QuerySet[LedgerEntry]:
    """The whole ledger for the desk; their own entries for everybody else."""
    if user.has_perm("core.see_whole_ledger"):
        return LedgerEntry.objects.all()
    if user.has_perm("core.see_ledger"):
        return LedgerEntry.objects.filter(actor=user.username)
    return LedgerEntry.objects.none()


def people_visible_to(user: User) -> QuerySet[User]:
    """Everybody, for who manages people; raises ``PermissionDenied`` for others."""
    if not user.has_perm("core.manage_people"):
        raise PermissionDenied("core.manage_people")
    return User.objects.order_by("-is_active", "username")


@dataclass(frozen=True)
class LedgerPage:
    """One page of entries, newest first, and the sequence numbers that lead on."""

    entries: list[LedgerEntry]
    older: int | None
    newer: bool


def ledger_page(
    user: User, actor: str = "", action: str = "", before: int | None = None
) -> LedgerPage:
    """Entries before a sequence number, filtered by who acted and by action or its prefix."""
    rows = entries_visible_to(user).order_by("-seq")
    if actor:
        rows = rows.filter(actor=actor)
    if action:
        rows = rows.filter(action__startswith=action)
    if before:
        rows = rows.filter(seq__lt=before)
    found = list(rows[: PAGE + 1])
    older = found[PAGE - 1].seq if len(found) > PAGE else None
    return LedgerPage(found[:PAGE], older, before is not None)


def ledger_filters(user: User) -> dict[str, list[str]]:
    """The names and actions that occur, for the filter form."""
    rows = entries_visible_to(user)
    return {
        "actors": list(rows.order_by("actor").values_list("actor", flat=True).distinct()),
        "actions": list(rows.order_by("action").values_list("action", flat=True).distinct()),
    }


@dataclass(frozen=True)
class ChainState:
    """How long the ledger is, and what the last check of the whole chain found."""

    count: int
    head: str
    checked: LedgerEntry | None

    @property
    def since(self) -> int:
        """Entries written after the last check."""
        return self.count - self.checked.seq if self.checked else self.count


def chain_state() -> ChainState:
    """The end of the chain and its last check, by two index look-ups."""
    last = LedgerEntry.objects.order_by("-seq").first()
    checked = LedgerEntry.objects.filter(action=CHECKED).order_by("-seq").first()
    return ChainState(last.seq if last else 0, last.hash if last else "", checked)
