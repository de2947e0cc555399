"""What the pages of referrals read."""

from __future__ import annotations

from typing import Any, Final

from django.db.models import QuerySet
from django.utils import timezone

from rukun.talk import referral as flow
from rukun.talk.articles import Article, articles
from rukun.talk.workflow import Step
from rukun.web.talk.models import Referral
from rukun.web.talk.services import referring, reviewing

PAGE: Final = 20


def referrals_visible_to(user: Any) -> QuerySet[Referral]:
    """All referrals, for who may ask for one; the newest first."""
    rows = Referral.objects.select_related("case__place", "asked_by", "decided_by", "shown_by")
    return rows if user.has_perm("talk.refer") else rows.none()


def bases(codes: list[str]) -> list[Article]:
    """The articles of a referral, as far as they are still listed."""
    return [articles()[code] for code in codes if code in articles()]


def bases_for(action: str) -> list[Article]:
    """The articles that an addressee of this action may be given."""
    wanted = set(flow.ADDRESSEES.get(action, ()))
    return [a for a in articles().values() if a.in_force and wanted & set(a.addressees)]


def offered_to(user: Any, row: Referral) -> tuple[Step, ...]:
    """The steps this person may take now, none outside their area."""
    if not reviewing.in_area(user, row.case):
        return ()
    return flow.offered(referring.pure(row), reviewing.person(user), timezone.now())
