"""Accounts that act together, as pages read them. Only for who reviews posts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet

from rukun.web.talk.models import Case, KnownGroup, Narrative, Ring, StoredPost
from rukun.web.talk.queries.helped import posts_visible_to

#: In the order of the page.
VERDICTS: Final = ("strong", "look", "known")
#: Shared acts on one page.
PAGE: Final = 20


def visible_to(user: Any) -> QuerySet[Ring]:
    """Every ring, for who reviews posts; raises ``PermissionDenied`` for others."""
    if not user.has_perm("talk.review"):
        raise PermissionDenied("talk.review")
    return Ring.objects.all()


def by_verdict(user: Any) -> list[tuple[str, list[Ring]]]:
    """The rings that stand, verdict by verdict, the largest first."""
    rows = visible_to(user).filter(stands=True).order_by("-members", "code")
    return [(v, [r for r in rows if r.verdict == v]) for v in VERDICTS]


def groups() -> list[KnownGroup]:
    """Known groups, those in force first."""
    rows = KnownGroup.objects.select_related("by", "ended_by").order_by("-at")
    return sorted(rows, key=lambda g: g.ended_at is not None)


def posts_of(acts: Iterable[Mapping[str, Any]], user: Any) -> dict[str, StoredPost]:
    """The posts of these shared acts that the room keeps, and those they acted upon."""
    wanted = {act[name] for act in acts for name in ("post_a", "post_b", "object")}
    return {p.pk: p for p in posts_visible_to(user).filter(pk__in=wanted)}


def narratives_of(acts: Sequence[Mapping[str, Any]]) -> dict[str, Narrative]:
    """The narratives that shared texts belong to."""
    return Narrative.objects.in_bulk({a["object"] for a in acts if a["kind"] == "text"})


def case_of(ring: Ring) -> Case | None:
    """The case about a ring."""
    return Case.objects.filter(ring=ring).first()
