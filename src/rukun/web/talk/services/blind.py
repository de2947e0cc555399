"""The second reading of a case by somebody who has not seen the first: it measures how far the
desk agrees with itself. Which cases are read twice, nobody chooses."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from rukun.errors import UserError
from rukun.talk import cases
from rukun.talk.workflow import said
from rukun.web.core.models import User
from rukun.web.core.services import change
from rukun.web.talk.models import Case, Reading
from rukun.web.talk.services.reviewing import must_be_in_area, refuse_names

#: Labels that a blind reading may give, by queue.
LABELS = {"help": ("none", "help")}
READABLE = ("none", "claim", "hostile", "threat", "incite")


def labels(case: Case) -> tuple[str, ...]:
    """The labels a blind reading of this case may give."""
    return LABELS.get(case.queue, READABLE)


def waits_for(user: Any, case: Case) -> bool:
    """Whether this case waits for a blind reading by this person, who knows nothing of it yet."""
    if not case.read_twice or user.username in case.passed or not user.has_perm("talk.decide"):
        return False
    parts = {(r.part, r.by_id) for r in case.readings.all()}
    if not any(p == Reading.FIRST for p, _by in parts) or any(
        p == Reading.BLIND for p, _b in parts
    ):
        return False
    names = {s.by for s in case.steps.all()}
    return user.pk not in {by for _part, by in parts} and user.username not in names


def read(user: Any, case_id: int, label: str, needed: bool | None, reason: str) -> Reading:
    """Keep a reading that was made without seeing the first one."""
    refuse_names(reason)
    with change(user, "talk.decide") as log:
        case, fresh = _for(user, case_id)
        if label not in labels(case) or needed is None:
            raise cases.FLOW.refuse("case-label", str(case), label=label or "–")
        reading = Reading.objects.create(
            case=case,
            part=Reading.BLIND,
            by=fresh,
            role=fresh.role_code,
            at=timezone.now(),
            action="",
            label=label,
            needed=needed,
            reason=said(cases.FLOW, reason, "reason") if reason.strip() else "",
        )
        log("talk.case.read_blind", case, {"label": label, "needed": needed})
    return reading


def leave(user: Any, case_id: int) -> None:
    """Leave the blind reading to somebody else, and see the case as it stands."""
    with change(user, "talk.decide") as log:
        case, fresh = _for(user, case_id)
        case.passed = [*case.passed, fresh.username]
        case.save(update_fields=["passed"])
        log("talk.case.blind_left", case)


def _for(user: Any, case_id: int) -> tuple[Case, User]:
    case = Case.objects.select_for_update(of=("self",)).get(pk=case_id)
    fresh = User.objects.get(pk=user.pk)
    must_be_in_area(fresh, case)
    if not waits_for(fresh, case):
        raise UserError(
            "reading-not-asked",
            _("this case does not wait for your reading."),
            _("It was read already, you have seen it, or it is not among those read twice."),
        )
    return case, fresh
