"""Who reads single posts and narratives. Those in which somebody may need help are for the desk."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from rukun.web.talk.models import Narrative, StoredPost


def posts_visible_to(user: Any) -> QuerySet[StoredPost]:
    """Single posts, for who reviews posts; no others see any."""
    rows = StoredPost.objects.select_related("place")
    if not user.has_perm("talk.review"):
        return rows.none()
    return rows if user.has_perm("talk.decide") else rows.filter(help=False)


def narratives_visible_to(user: Any) -> QuerySet[Narrative]:
    """Narratives, also those that stand no more and are kept because somebody worked on them."""
    rows = Narrative.objects.all()
    if user.has_perm("talk.decide"):
        return rows
    return rows.exclude(code__in=StoredPost.objects.filter(help=True).values("narrative"))
