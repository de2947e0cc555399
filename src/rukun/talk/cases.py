"""The review of a case: one person claims and decides it, a second one stands behind whatever
goes beyond an answer. ``FLOW`` is the table that drives code, buttons, drawing and tests.

Nothing is decided by the screen. Two rules hold whatever a person enters: in the help queue (posts
about harming oneself) nothing punitive is offered; and what is labelled as criticism or as a claim
about the count can be answered, not reported or referred, unless a reviewer first gives it another
label and says why.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Final

from rukun.talk import threshold
from rukun.talk.case_words import PART_WORDS, REFUSALS, STATE_WORDS, STEP_WORDS
from rukun.talk.threshold import Threshold
from rukun.talk.workflow import Event, Flow, Guard, Person, Step, must_be_allowed, refusal, said

REVIEW, SECOND, MANAGE = "review", "second", "manage"
#: What a case is about, and the queue it waits in.
QUEUE_OF: Final[Mapping[str, str]] = {
    "post": "incitement",
    "narrative": "incitement",
    "ring": "incitement",
    "claim": "claims",
    "self_harm": "help",
}
QUEUES: Final = ("incitement", "claims", "help")
LABELS: Final = ("none", "claim", "hostile", "threat", "incite", "help")
#: Labels of protected speech: criticism, and claims about the count.
PROTECTED: Final = ("none", "claim")
ACTIONS: Final = ("no_action", "answer", "calm", "report", "refer", "help")
#: Actions one person may decide.
LIGHT: Final = ("no_action", "answer")
#: Actions directed against an account: they need the threshold test.
GRAVE: Final = ("report", "refer")
#: Actions that are carried out at once, while the second person still looks at them.
AT_ONCE: Final = ("help",)
#: How long a claim lasts where nothing is said, and at most.
CLAIM: Final = dt.timedelta(minutes=30)
LONGEST_CLAIM: Final = dt.timedelta(hours=8)

STATES: Final = (
    "new",
    "claimed",
    "waiting_second",
    "returned",
    "confirmed",
    "decided",
    "closed",
)
#: States in which somebody still has to decide.
OPEN: Final = ("new", "claimed", "waiting_second", "returned")

FLOW: Final = Flow(
    "case",
    STATES,
    (
        Step("claim", ("new", "returned"), "claimed", REVIEW),
        Step("take_over", ("claimed",), "claimed", REVIEW, "expired"),
        Step("extend", ("claimed",), "claimed", REVIEW, "holder"),
        Step("release", ("claimed",), "new", REVIEW, "holder_or_manager"),
        Step("relabel", ("claimed",), "claimed", REVIEW, "holder_of_speech", ("label", "reason")),
        Step("settle", ("claimed",), "decided", REVIEW, "holder", ("decision", "reason")),
        Step("propose", ("claimed",), "waiting_second", REVIEW, "holder", ("decision", "reason")),
        Step("take_back", ("waiting_second",), "claimed", REVIEW, "first"),
        Step("confirm", ("waiting_second",), "confirmed", SECOND, "another"),
        Step("return", ("waiting_second",), "returned", SECOND, "another", ("reason",)),
        Step("close", ("confirmed", "decided"), "closed", REVIEW, "anyone", ("reason",)),
        Step("reopen", ("confirmed", "decided", "closed"), "new", MANAGE, "anyone", ("reason",)),
    ),
    STATE_WORDS,
    STEP_WORDS,
    REFUSALS,
)


@dataclass(frozen=True, slots=True)
class Claim:
    """Who works on the case, and until when (UTC)."""

    by: str
    until: dt.datetime


@dataclass(frozen=True, slots=True)
class Decision:
    """What one person decided, why, under which label, and the threshold test if one was made."""

    action: str
    reason: str
    label: str
    by: str
    at: dt.datetime
    threshold: Threshold = ()


@dataclass(frozen=True, slots=True)
class Case:
    """Something a person must decide, as it stands after ``version`` steps.

    ``object`` is the code of the post, narrative, ring or claim; ``label`` what it is held to be;
    ``relabelled_by`` those who changed the label; ``second`` who confirmed the decision.
    """

    id: str
    about: str
    object: str
    label: str
    state: str = "new"
    version: int = 0
    claim: Claim | None = None
    decision: Decision | None = None
    second: str | None = None
    relabelled_by: tuple[str, ...] = ()
    history: tuple[Event, ...] = ()

    @property
    def queue(self) -> str:
        """The queue it waits in: incitement, claims or help."""
        return QUEUE_OF[self.about]

    @property
    def in_force(self) -> bool:
        """Whether the decision may be carried out: settled, confirmed, or help at once."""
        if self.decision is None:
            return False
        at_once = self.state == "waiting_second" and self.decision.action in AT_ONCE
        return at_once or self.state in ("decided", "confirmed", "closed")


@dataclass(frozen=True, slots=True)
class Given:
    """What a form holds. Each step reads what it ``needs``; ``until`` is for claims."""

    reason: str = ""
    action: str = ""
    threshold: Threshold = ()
    label: str = ""
    until: dt.datetime | None = None


def opened(id: str, about: str, object: str, label: str) -> Case:
    """A new case. A post about harming oneself goes to the help queue and bears that label."""
    if about not in QUEUE_OF:
        raise FLOW.refuse("case-about", id, about=about)
    if label not in LABELS or (label == "help") != (about == "self_harm"):
        raise FLOW.refuse("case-label", id, label=label)
    return Case(id, about, object, label)


def actions(case: Case) -> tuple[str, ...]:
    """The actions that may be chosen for this case, mildest first."""
    if case.queue == "help":
        return ("no_action", "help")
    if case.label in PROTECTED:
        return (*LIGHT, "help")
    return ACTIONS


def step_of(action: str) -> str:
    """The step that decides this action: ``settle`` alone, or ``propose`` to a second person."""
    return "settle" if action in LIGHT else "propose"


def offered(case: Case, by: Person, at: dt.datetime) -> tuple[Step, ...]:
    """The steps this person may take now: the buttons of the page."""
    return tuple(s for s in FLOW.steps if not refusal(FLOW, GUARDS, case, s, by, at))


def act(
    case: Case, step: str, by: Person, at: dt.datetime, seen: int, given: Given | None = None
) -> Case:
    """The case after one step, or a ``UserError`` that says why not.

    ``seen`` is the version the person looked at: where two act at once, the later one is refused
    (``case-changed``). ``at`` is the moment, with its zone. The case given is never changed.
    """
    row, form = FLOW.step(step), given or Given()
    must_be_allowed(FLOW, GUARDS, case, row, by, at, seen)
    note = said(FLOW, form.reason, "reason") if "reason" in row.needs else form.reason.strip()
    change = _CHANGES.get(step, _nothing)
    after = change(case, by, at, replace(form, reason=note))
    event = Event(step, by.name, at, case.state, row.target, note, _chosen(step, case, form))
    return replace(
        after, state=row.target, version=case.version + 1, history=(*case.history, event)
    )


def _chosen(step: str, case: Case, form: Given) -> str:
    if step == "relabel":
        return f"{case.label}→{form.label}"
    return form.action if step in ("settle", "propose") else ""


def _anyone(case: Case, by: Person, at: dt.datetime) -> str:
    return ""


def _holder(case: Case, by: Person, at: dt.datetime) -> str:
    if case.claim is None or case.claim.by != by.name:
        return "case-not-yours"
    return "case-claim-expired" if case.claim.until <= at else ""


def _expired(case: Case, by: Person, at: dt.datetime) -> str:
    return "case-taken" if case.claim and case.claim.until > at else ""


def _holder_or_manager(case: Case, by: Person, at: dt.datetime) -> str:
    own = case.claim is not None and case.claim.by == by.name
    return "" if own or MANAGE in by.rights else "case-not-yours"


def _holder_of_speech(case: Case, by: Person, at: dt.datetime) -> str:
    return _holder(case, by, at) or ("case-help-label" if case.queue == "help" else "")


def _first(case: Case, by: Person, at: dt.datetime) -> str:
    return "" if case.decision and case.decision.by == by.name else "case-not-yours"


def _another(case: Case, by: Person, at: dt.datetime) -> str:
    own = case.decision is None or case.decision.by == by.name or by.name in case.relabelled_by
    return "case-second-is-first" if own else ""


#: ``Step.who`` → its guard.
GUARDS: Final[Mapping[str, Guard[Case]]] = {
    "anyone": _anyone,
    "holder": _holder,
    "expired": _expired,
    "holder_or_manager": _holder_or_manager,
    "holder_of_speech": _holder_of_speech,
    "first": _first,
    "another": _another,
}


def _nothing(case: Case, by: Person, at: dt.datetime, form: Given) -> Case:
    return case


def _claimed(case: Case, by: Person, at: dt.datetime, form: Given) -> Case:
    until = form.until or at + CLAIM
    if not at < until <= at + LONGEST_CLAIM:
        raise FLOW.refuse("case-claim-length", hours=LONGEST_CLAIM.seconds // 3600)
    return replace(case, claim=Claim(by.name, until), decision=None, second=None)


def _released(case: Case, by: Person, at: dt.datetime, form: Given) -> Case:
    return replace(case, claim=None)


def _relabelled(case: Case, by: Person, at: dt.datetime, form: Given) -> Case:
    if form.label not in LABELS or form.label in ("help", case.label):
        raise FLOW.refuse("case-label", case.id, label=form.label)
    return replace(case, label=form.label, relabelled_by=(*case.relabelled_by, by.name))


def _decided(step: str) -> Callable[[Case, Person, dt.datetime, Given], Case]:
    def decided(case: Case, by: Person, at: dt.datetime, form: Given) -> Case:
        _must_be_open_to(case, form, step)
        test = threshold.kept(form.threshold)
        decision = Decision(form.action, form.reason, case.label, by.name, at, test)
        return replace(case, decision=decision, claim=None)

    return decided


def _must_be_open_to(case: Case, form: Given, step: str) -> None:
    """Refuse an action that is not offered, at another step, or without its threshold test."""
    if form.action not in ACTIONS or step_of(form.action) != step:
        raise FLOW.refuse("case-action", case.id, action=form.action)
    if form.action not in actions(case):
        code = "case-help-only" if case.queue == "help" else "case-protected"
        raise FLOW.refuse(code, case.id)
    if form.action not in GRAVE:
        return
    absent = threshold.missing(form.threshold)
    if absent:
        raise FLOW.refuse("case-threshold", case.id, parts=_listed(absent))
    unmet = threshold.not_met(form.threshold)
    if form.action == "refer" and unmet:
        raise FLOW.refuse("case-threshold-unmet", case.id, parts=_listed(unmet))


def _listed(parts: tuple[str, ...]) -> dict[str, str]:
    return {lang: ", ".join(PART_WORDS[p][lang].lower() for p in parts) for lang in ("en", "id")}


def _confirmed(case: Case, by: Person, at: dt.datetime, form: Given) -> Case:
    return replace(case, second=by.name)


def _reopened(case: Case, by: Person, at: dt.datetime, form: Given) -> Case:
    return replace(case, claim=None, decision=None, second=None)


_CHANGES: Final[Mapping[str, Callable[[Case, Person, dt.datetime, Given], Case]]] = {
    "claim": _claimed,
    "take_over": _claimed,
    "extend": _claimed,
    "take_back": _claimed,
    "release": _released,
    "relabel": _relabelled,
    "settle": _decided("settle"),
    "propose": _decided("propose"),
    "confirm": _confirmed,
    "reopen": _reopened,
}
