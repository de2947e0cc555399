"""A referral: the only way a handle is ever shown. One alias of one decided case, an addressee,
a legal basis, a purpose and an end; a second person approves; then it is shown once.

This module knows no handle: it says whether one may be shown now. The caller writes the step to
the ledger and reads the vault in the same transaction. ``FLOW`` is the table of the workflow.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Final

from rukun.talk.aliases import ALIAS
from rukun.talk.articles import articles
from rukun.talk.cases import GRAVE, PROTECTED, Case
from rukun.talk.referral_words import REFUSALS, STATE_WORDS, STEP_WORDS
from rukun.talk.workflow import Event, Flow, Guard, Person, Step, must_be_allowed, refusal, said

REQUEST, APPROVE, MANAGE = "refer", "approve_referral", "manage"
#: Who may receive a referral, by the action the case was decided for.
ADDRESSEES: Final[Mapping[str, tuple[str, ...]]] = {
    "refer": ("bawaslu", "gakkumdu", "police"),
    "report": ("platform", "komdigi"),
}
#: A referral ends by itself: within the seven days in which Bawaslu takes a report.
USUAL: Final = dt.timedelta(days=3)
LONGEST: Final = dt.timedelta(days=7)

STATES: Final = ("requested", "approved", "shown", "refused", "withdrawn", "expired")
#: Labels under which nobody is ever referred.
NEVER: Final = frozenset((*PROTECTED, "help"))
#: States in which something may still happen.
OPEN: Final = ("requested", "approved")

FLOW: Final = Flow(
    "referral",
    STATES,
    (
        Step("approve", ("requested",), "approved", APPROVE, "another"),
        Step("show", ("approved",), "shown", REQUEST, "requester"),
        Step("refuse", ("requested",), "refused", APPROVE, "another", ("reason",)),
        Step("withdraw", OPEN, "withdrawn", "", "requester_or_manager", ("reason",)),
        Step("expire", OPEN, "expired", "", "nobody_in_time"),
    ),
    STATE_WORDS,
    STEP_WORDS,
    REFUSALS,
)


@dataclass(frozen=True, slots=True)
class Referral:
    """One request to see one handle, as it stands after ``version`` steps."""

    id: str
    case: str
    alias: str
    addressee: str
    basis: tuple[str, ...]
    purpose: str
    requested_by: str
    requested_at: dt.datetime
    until: dt.datetime
    state: str = "requested"
    version: int = 0
    approved_by: str | None = None
    history: tuple[Event, ...] = ()


@dataclass(frozen=True, slots=True)
class Request:
    """What the form of a referral holds. ``until`` where left out is three days away."""

    alias: str
    addressee: str
    basis: tuple[str, ...]
    purpose: str
    until: dt.datetime | None = None


def requested(
    id: str, case: Case, accounts: Collection[str], form: Request, by: Person, at: dt.datetime
) -> Referral:
    """A new referral, or a ``UserError`` that says what is missing.

    ``accounts`` are the aliases that occur in the case. The case must stand decided by two people
    for a report or a referral, under a label that is not protected.
    """
    if REQUEST not in by.rights:
        raise FLOW.refuse("referral-right", id, step=STEP_WORDS["request"])
    _must_stand(case)
    if not ALIAS.fullmatch(form.alias) or form.alias not in accounts:
        raise FLOW.refuse("referral-alias", id)
    _must_fit(case, form)
    until = form.until or at + USUAL
    if not at < until <= at + LONGEST:
        raise FLOW.refuse("referral-until", id, days=LONGEST.days)
    purpose = said(FLOW, form.purpose, "purpose")
    return Referral(
        id, case.id, form.alias, form.addressee, form.basis, purpose, by.name, at, until
    )


def _must_stand(case: Case) -> None:
    decision = case.decision
    if decision is None or case.second is None or case.state not in ("confirmed", "closed"):
        raise FLOW.refuse("referral-case", case.id)
    if decision.action not in GRAVE or NEVER & {case.label, decision.label}:
        raise FLOW.refuse("referral-case", case.id)


def _must_fit(case: Case, form: Request) -> None:
    """The addressee must fit the decision, and every article the addressee."""
    action = case.decision.action if case.decision else ""
    if form.addressee not in ADDRESSEES.get(action, ()):
        raise FLOW.refuse("referral-addressee", case.id, addressee=form.addressee)
    known = articles()
    if not form.basis:
        raise FLOW.refuse("referral-basis-none", case.id)
    if len(set(form.basis)) != len(form.basis):
        raise FLOW.refuse("referral-basis", case.id, basis="–")
    for code in form.basis:
        article = known.get(code)
        if article is None or not article.in_force or form.addressee not in article.addressees:
            raise FLOW.refuse("referral-basis", case.id, basis=code)


def offered(referral: Referral, by: Person, at: dt.datetime) -> tuple[Step, ...]:
    """The steps this person may take now: the buttons of the page."""
    return tuple(s for s in FLOW.steps if not refusal(FLOW, GUARDS, referral, s, by, at))


def act(
    referral: Referral,
    step: str,
    by: Person,
    at: dt.datetime,
    seen: int,
    case: Case,
    reason: str = "",
) -> Referral:
    """The referral after one step, or a ``UserError``. Only ``show`` allows one look at one handle:
    the state after it is an end, so that there is no second.

    ``case`` is the case as it stands now: where it was opened again, nothing is approved or shown.
    """
    row = FLOW.step(step)
    must_be_allowed(FLOW, GUARDS, referral, row, by, at, seen)
    if case.id != referral.case:
        raise ValueError("the case is not the referral's own")
    if row.target in ("approved", "shown"):
        _must_stand(case)
    note = said(FLOW, reason, "reason") if "reason" in row.needs else reason.strip()
    event = Event(step, by.name, at, referral.state, row.target, note)
    return replace(
        referral,
        state=row.target,
        version=referral.version + 1,
        approved_by=by.name if step == "approve" else referral.approved_by,
        history=(*referral.history, event),
    )


def _in_time(referral: Referral, at: dt.datetime) -> str:
    return "" if at < referral.until else "referral-expired"


def _another(referral: Referral, by: Person, at: dt.datetime) -> str:
    if by.name == referral.requested_by:
        return "referral-second-is-first"
    return _in_time(referral, at)


def _requester(referral: Referral, by: Person, at: dt.datetime) -> str:
    if by.name != referral.requested_by:
        return "referral-not-yours"
    return _in_time(referral, at)


def _requester_or_manager(referral: Referral, by: Person, at: dt.datetime) -> str:
    own = by.name == referral.requested_by
    return "" if own or MANAGE in by.rights else "referral-not-yours"


def _nobody_in_time(referral: Referral, by: Person, at: dt.datetime) -> str:
    return "" if at >= referral.until else "referral-not-over"


#: ``Step.who`` → its guard.
GUARDS: Final[Mapping[str, Guard[Referral]]] = {
    "another": _another,
    "requester": _requester,
    "requester_or_manager": _requester_or_manager,
    "nobody_in_time": _nobody_in_time,
}
