"""Cases as people work on them. Every step is one of ``rukun.talk.cases``: the pure table says
whether it may be taken, this module keeps what it gives and writes it into the ledger."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any, Final

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.utils import timezone
from django.utils.translation import gettext as _

from rukun.errors import UserError
from rukun.talk import cases, referral
from rukun.talk.aliases import KEY_BYTES, Aliases
from rukun.talk.threshold import LEVELS, PARTS, Part, Threshold
from rukun.talk.workflow import LONGEST_TEXT, Event, Person, is_text
from rukun.web.core import roles
from rukun.web.core.models import User
from rukun.web.core.services import change
from rukun.web.talk.models import Case, Reading, Step, StoredPost

#: A right of the pure tables → the permission behind it.
RIGHTS: Mapping[str, str] = {
    cases.REVIEW: "talk.decide",
    cases.SECOND: "talk.second",
    referral.REQUEST: "talk.refer",
    referral.APPROVE: "talk.second",
}


#: Posts of one case that are tied to it and sealed with it.
MOST_POSTS: Final = 5_000
#: Any key will do to see whether a text names somebody.
_MASK = Aliases(bytes(KEY_BYTES))


def person(user: Any) -> Person:
    """Who acts, with the rights held at this moment."""
    rights = {right for right, perm in RIGHTS.items() if user.has_perm(perm)}
    if user.is_active and user.role == roles.COORDINATOR:
        rights.add(cases.MANAGE)
    return Person(user.username, frozenset(rights))


def pure(case: Case) -> cases.Case:
    """The case as the pure table knows it."""
    held = case.holder.username if case.holder and case.held_until else ""
    return cases.Case(
        id=str(case.pk),
        about=case.about,
        object=object_of(case),
        label=case.label,
        state=case.state,
        version=case.version,
        claim=cases.Claim(held, case.held_until) if held else None,
        decision=_decision(case.decision),
        second=case.second or None,
        relabelled_by=tuple(case.relabelled),
        history=tuple(
            Event(s.step, s.by, s.at, s.source, s.target, s.note, s.what) for s in case.steps.all()
        ),
    )


def object_of(case: Case) -> str:
    """The code of what the case is about."""
    return str(case.post_id or case.narrative_id or case.ring_id or case.claim_id)


def _decision(kept: Mapping[str, Any] | None) -> cases.Decision | None:
    if kept is None:
        return None
    test = tuple(Part(**p) for p in kept["threshold"])
    at = dt.datetime.fromisoformat(kept["at"])
    return cases.Decision(kept["action"], kept["reason"], kept["label"], kept["by"], at, test)


def open_case(user: Any, about: str, subject: Any, label: str, **facts: Any) -> Case:
    """A new case about a post, narrative, ring or claim; the one that is there, where one is."""
    name = {"self_harm": "post"}.get(about, about)
    known = Case.objects.filter(**{name: subject}).first()
    if known is not None:
        return known
    try:
        return _opened(user, about, {name: subject}, label, facts)
    except IntegrityError:
        # Somebody opened it at the same moment.
        return Case.objects.get(**{name: subject})


def _opened(
    user: Any, about: str, subject: Mapping[str, Any], label: str, facts: Mapping[str, Any]
) -> Case:
    (thing,) = subject.values()
    made = cases.opened("new", about, str(thing.pk), label)
    with change(user, "talk.decide") as log:
        _must_lie_in(user, facts.get("place_id"))
        case = Case.objects.create(
            about=about,
            queue=made.queue,
            state=made.state,
            label=label,
            opened_at=timezone.now(),
            opened_by=user.username if user else "system",
            exercise=thing.exercise,
            **subject,
            **facts,
        )
        tie(case)
        log("talk.case.opened", case, {"about": about, "object": object_of(case), "label": label})
    return case


def _must_lie_in(user: Any, place: str | None) -> None:
    """Who has an area opens cases in it, and about what has no place."""
    if user is not None:
        must_be_in_area(User.objects.get(pk=user.pk), Case(place_id=place))


def posts_of(case: Case) -> list[str]:
    """The posts that a case is about, at most ``MOST_POSTS``."""
    ids = [case.post_id] if case.post_id else []
    if case.narrative is not None:
        ids = [case.narrative.first_post, *case.narrative.posts_shown]
    if case.claim is not None:
        ids = case.claim.post_ids
    if case.ring is not None:
        ids = [p for row in case.ring.shared for p in (row["post_a"], row["post_b"])]
    return list(dict.fromkeys(ids))[:MOST_POSTS]


def tie(case: Case) -> None:
    """The posts of a case outlive the retention period."""
    StoredPost.objects.filter(pk__in=posts_of(case)).update(tied=True)


def take_step(user: Any, case_id: int, step: str, seen: int, given: cases.Given) -> Case:
    """One step of a case. Raises ``UserError`` where the table does not allow it now."""
    _must_be_fit_to_keep(given)
    with change(user, "talk.review") as log:
        case = Case.objects.select_for_update(of=("self",)).get(pk=case_id)
        fresh = User.objects.get(pk=user.pk)
        must_be_in_area(fresh, case)
        before = pure(case)
        after = cases.act(before, step, person(fresh), timezone.now(), seen, given)
        _keep(case, after, fresh)
        _reading(case, before, after, step, fresh)
        data = {"from": before.state, "to": after.state, "note": after.history[-1].note}
        if after.decision and step in ("settle", "propose"):
            data |= {"action": after.decision.action, "label": after.decision.label}
        log(f"talk.case.{step}", case, data)
    return case


def _must_be_fit_to_keep(given: cases.Given) -> None:
    """Every text of a form, also one that its step does not ask for, is kept for ever.

    People write aliases, as the room does.
    """
    texts = [given.reason, *(p.note for p in given.threshold)]
    for text in texts:
        if len(text) > LONGEST_TEXT:
            raise cases.FLOW.refuse("case-long", most=LONGEST_TEXT)
        if not is_text(text):
            raise cases.FLOW.refuse("case-text")
    refuse_names(*texts)


def refuse_names(*texts: str) -> None:
    """Raise ``UserError`` where a text names an account, a telephone or an address."""
    if any(_MASK.mask(t, "") != t for t in texts):
        raise UserError(
            "text-names",
            _("this text holds a handle, a profile link, a telephone number or an address."),
            _("Write the alias (akun-…) instead. Handles are shown in an approved referral only."),
        )


def in_area(user: Any, case: Case) -> bool:
    """Who has an area works on what lies in it, and on what has no place."""
    return not (user.place and case.place_id and user.place not in case.place.codes)


def must_be_in_area(user: Any, case: Case) -> None:
    """Raise ``PermissionDenied`` where the case lies outside this person's area."""
    if not in_area(user, case):
        raise PermissionDenied(user.place)


def _keep(case: Case, after: cases.Case, user: Any) -> None:
    event = after.history[-1]
    case.state, case.label, case.version = after.state, after.label, after.version
    case.holder = User.objects.get(username=after.claim.by) if after.claim else None
    case.held_until = after.claim.until if after.claim else None
    case.decision = _kept(after.decision)
    case.second, case.relabelled = after.second or "", list(after.relabelled_by)
    case.closed_at = event.at if after.state == "closed" else None
    case.save()
    tie(case)
    Step.objects.create(
        case=case,
        step=event.step,
        source=event.source,
        target=event.target,
        by=user.username,
        role=user.role_code,
        at=event.at,
        note=event.note,
        what=event.what,
    )


def _kept(decision: cases.Decision | None) -> dict[str, Any] | None:
    if decision is None:
        return None
    return asdict(decision) | {
        "at": decision.at.isoformat(),
        "threshold": [asdict(p) for p in decision.threshold],
    }


def _reading(case: Case, before: cases.Case, after: cases.Case, step: str, user: Any) -> None:
    """What this step says about the case itself, for agreement and calibration."""
    made = after.decision if step in ("settle", "propose") else before.decision
    if made is None or step not in ("settle", "propose", "confirm", "return"):
        return
    own = step in ("settle", "propose")
    Reading.objects.create(
        case=case,
        part=Reading.FIRST if own else Reading.SECOND,
        by=user,
        role=user.role_code,
        at=after.history[-1].at,
        action=made.action,
        label=made.label,
        needed=made.action != "no_action",
        reason=after.history[-1].note or made.reason,
        test=[asdict(p) for p in made.threshold],
        outcome="" if own else step,
    )


def threshold_of(data: Mapping[str, str]) -> Threshold:
    """The threshold test of a form: ``level-context``, ``note-context``, …"""
    parts = [(p, data.get(f"level-{p}", ""), data.get(f"note-{p}", "")) for p in PARTS]
    known = [
        (p, level if level in LEVELS else "", note[: LONGEST_TEXT + 1]) for p, level, note in parts
    ]
    return tuple(Part(p, level, note) for p, level, note in known if level or note.strip())
