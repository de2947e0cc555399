"""The desk's own calibration of the screen, from what its people decided about what it showed.

It moves the chance that is said beside a post, and with it the order of the queue. What a frame
flags stays flagged: no calibration hides a call to violence.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from django.utils import timezone

from rukun.talk.recalibration import Decided, Recalibrated, decided, recalibrated
from rukun.talk.screen import Calibration
from rukun.talk.screen.calibrate import DECISIONS
from rukun.talk.screen.scorer import shipped
from rukun.web.core.models import User
from rukun.web.core.services import change
from rukun.web.talk.models import Case, DeskCalibration
from rukun.web.talk.services.reviewing import pure


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a calibration would rest on: decisions so far (and how many said yes) of those wanted,
    and what it would change."""

    decisions: int
    yes: int
    wanted: int
    found: Recalibrated


def in_force() -> DeskCalibration | None:
    """The desk's own curve, where one is in force."""
    return DeskCalibration.objects.filter(ended_at__isnull=True).first()


def decisions() -> list[Decided]:
    """What each decided case about one post says of the screen's score, in the order of cases."""
    rows = Case.objects.filter(about="post", decision__isnull=False, raw_score__isnull=False)
    told = rows.select_related("holder").prefetch_related("steps").order_by("pk")
    said = (decided(pure(case), case.raw_score) for case in told)
    return [d for d in said if d is not None]


def proposal() -> Proposal:
    """What the decisions so far would give."""
    own = in_force()
    now = Calibration(own.slope, own.offset, own.decisions) if own else shipped().curves[-1]
    known = decisions()
    yes = sum(d.needed for d in known)
    return Proposal(len(known), yes, DECISIONS, recalibrated(known, now))


def use(user: Any) -> DeskCalibration:
    """Use the desk's own curve from the next working-out on; it ends the one before.

    Raises ``UserError`` where there are too few decisions, or they say nothing.
    """
    with change(user, "talk.tune") as log:
        made = proposal()
        found, curve = made.found, made.found.curve
        if curve is None:
            raise found.refused or ValueError("no curve and no refusal")
        fresh = User.objects.get(pk=user.pk)
        _end(fresh)
        errors = {"before": found.error_before, "after": found.error_after}
        tables = {"before": [asdict(b) for b in found.before]}
        tables |= {"after": [asdict(b) for b in found.after]}
        row = DeskCalibration.objects.create(
            slope=curve.slope,
            offset=curve.offset,
            decisions=made.decisions,
            table=tables | {"errors": errors},
            by=fresh,
        )
        facts = {"slope": curve.slope, "offset": curve.offset} | errors
        said = {name: f"{value:.4f}" for name, value in facts.items() if value is not None}
        log("talk.calibration.used", row, said | {"decisions": row.decisions})
    return row


def stop(user: Any) -> None:
    """Go back to the curve that the screen came with."""
    with change(user, "talk.tune") as log:
        ended = _end(User.objects.get(pk=user.pk))
        log("talk.calibration.ended", "talk.deskcalibration", {"ended": ended})


def _end(user: User) -> list[int]:
    rows = DeskCalibration.objects.select_for_update().filter(ended_at__isnull=True)
    ended = [r.pk for r in rows]
    DeskCalibration.objects.filter(pk__in=ended).update(ended_at=timezone.now(), ended_by=user)
    return ended
