"""Referrals as people work on them, and the one place of the site that shows a handle.

The step, its ledger entry and the look into the vault are one transaction: where the vault has no
handle or cannot be read, the one look is not used up.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict, dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from rukun.errors import UserError
from rukun.talk import referral as flow
from rukun.talk.referral import Request
from rukun.talk.workflow import Event, Person
from rukun.web.core.models import User
from rukun.web.core.services import SYSTEM, change
from rukun.web.talk import storage
from rukun.web.talk.models import Case, Referral, StoredPost
from rukun.web.talk.services import reviewing


@dataclass(frozen=True, slots=True)
class Shown:
    """What is shown once: the account's name on its platform, or its number where it has none."""

    platform: str
    handle: str

    def __repr__(self) -> str:
        # A log that prints it must name nobody.
        return f"Shown({self.platform})"


def accounts_of(case: Case) -> list[str]:
    """The aliases whose posts the case is about, or that form its ring.

    Beside a call stand copies that condemn or quote it: unless a person gave the case its label,
    whose posts are held to be protected is not among them.
    """
    if case.ring is not None:
        return sorted(case.ring.accounts)
    posts = StoredPost.objects.filter(pk__in=reviewing.posts_of(case)).exclude(account="")
    if not case.relabelled:
        posts = posts.exclude(label__in=flow.NEVER)
    return sorted(set(posts.values_list("account", flat=True)))


def request(user: Any, case_id: int, form: Request) -> Referral:
    """Ask for one handle of a case to be shown. Raises ``UserError`` for what is missing."""
    reviewing.refuse_names(form.purpose)
    with change(user, "talk.refer") as log:
        case = Case.objects.select_for_update(of=("self",)).get(pk=case_id)
        fresh, at = User.objects.get(pk=user.pk), timezone.now()
        reviewing.must_be_in_area(fresh, case)
        made = flow.requested(
            "new", reviewing.pure(case), accounts_of(case), form, reviewing.person(fresh), at
        )
        _only_one(case, made.alias)
        row = Referral.objects.create(
            case=case,
            account=made.alias,
            addressee=made.addressee,
            basis=list(made.basis),
            purpose=made.purpose,
            state=made.state,
            asked_by=fresh,
            asked_at=at,
            expires_at=made.until,
        )
        log("talk.referral.requested", row, _facts(row) | {"purpose": made.purpose})
    return row


def _only_one(case: Case, alias: str) -> None:
    """A second request for the same account, while one is open, is a double click."""
    if case.referrals.filter(account=alias, state__in=flow.OPEN).exists():
        raise UserError(
            "referral-twice",
            _("a referral of this account in this case is open already."),
            _("Look at it in the list of referrals."),
        )


def _facts(row: Referral) -> dict[str, Any]:
    return {
        "case": row.case_id,
        "account": row.account,
        "addressee": row.addressee,
        "basis": row.basis,
        "until": row.expires_at.isoformat(),
    }


def pure(row: Referral) -> flow.Referral:
    """The referral as the pure table knows it."""
    return flow.Referral(
        id=str(row.pk),
        case=str(row.case_id),
        alias=row.account,
        addressee=row.addressee,
        basis=tuple(row.basis),
        purpose=row.purpose,
        requested_by=row.asked_by.username,
        requested_at=row.asked_at,
        until=row.expires_at,
        state=row.state,
        version=row.version,
        approved_by=row.decided_by.username if row.decided_by else None,
        history=tuple(Event(**e | {"at": dt.datetime.fromisoformat(e["at"])}) for e in row.history),
    )


def take_step(user: Any, number: int, step: str, seen: int, reason: str = "") -> Referral:
    """Approve, refuse or withdraw. To show is ``show``, and time alone expires."""
    reviewing.refuse_names(reason)
    if step in ("show", "expire"):
        raise flow.FLOW.refuse("referral-step", step=step)
    with change(user, "talk.refer") as log:
        row = _locked(number)
        _step(User.objects.get(pk=user.pk), row, step, seen, reason)
        log(
            f"talk.referral.{step}",
            row,
            {"account": row.account, "reason": row.history[-1]["note"]},
        )
    return row


def show(user: Any, number: int, seen: int) -> Shown:
    """The handle, this once. Nothing of it is kept: not in the ledger, a log or the session."""
    with change(user, "talk.refer") as log, storage.vault() as vault:
        row = _locked(number)
        _step(User.objects.get(pk=user.pk), row, "show", seen)
        found = vault.reveal(row.account)
        if found is None:
            raise UserError(
                "referral-no-handle",
                _("the vault holds no name behind this alias."),
                _("The look is not used up. The file it came from may have been forgotten."),
            )
        log("talk.referral.show", row, {"account": row.account, "addressee": row.addressee})
    return Shown(found.platform, found.handle or found.native_id)


def expire_due() -> int:
    """Mark the open referrals whose time is over; how many."""
    at = timezone.now()
    due = Referral.objects.filter(state__in=flow.OPEN, expires_at__lte=at)
    numbers = list(due.values_list("pk", flat=True))
    for number in numbers:
        _expire(number, at)
    return len(numbers)


def _expire(number: int, at: dt.datetime) -> None:
    with transaction.atomic():
        row = _locked(number)
        if row.state not in flow.OPEN:
            return
        with change(SYSTEM, "talk.refer") as log:
            by = Person("system", frozenset())
            case = reviewing.pure(row.case)
            _keep(row, flow.act(pure(row), "expire", by, at, row.version, case))
            log("talk.referral.expire", row, {"account": row.account})


def _locked(number: int) -> Referral:
    return Referral.objects.select_for_update(of=("self",)).get(pk=number)


def _step(user: User, row: Referral, step: str, seen: int, reason: str = "") -> None:
    """Take the step and keep it. The case is read, and held, as it stands now."""
    case = Case.objects.select_for_update(of=("self",)).get(pk=row.case_id)
    reviewing.must_be_in_area(user, case)
    at, by = timezone.now(), reviewing.person(user)
    after = flow.act(pure(row), step, by, at, seen, reviewing.pure(case), reason)
    if step in ("approve", "refuse"):
        row.decided_by, row.decided_at = user, at
    if step == "show":
        row.shown_by, row.shown_at = user, at
    _keep(row, after)


def _keep(row: Referral, after: flow.Referral) -> None:
    row.state, row.version = after.state, after.version
    row.history = [asdict(e) | {"at": e.at.isoformat()} for e in after.history]
    if after.history[-1].note:
        row.decided_why = after.history[-1].note
    row.save()
