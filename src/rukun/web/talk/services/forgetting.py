"""The end of the retention period: posts that belong to no case go, with their handles."""

from __future__ import annotations

import datetime as dt
from typing import Any

import polars as pl
from django.db.models import Q
from django.utils import timezone

from rukun.web.core.services import change
from rukun.web.talk import storage
from rukun.web.talk.models import Claim, Narrative, Pulse, Ring, StoredPost
from rukun.web.talk.models import PostFile as File


def forget(user: Any, before: dt.datetime) -> pl.DataFrame:
    """Delete the posts from before a moment, but those tied to a case; returns what went by day
    and platform. What was worked out from them goes too, unless somebody worked on it."""
    with change(user, "talk.forget") as log:
        with storage.store() as kept:
            tied = list(StoredPost.objects.filter(tied=True).values_list("pk", flat=True))
            went = kept.forget(before, tied)
            files = File.objects.filter(forgotten_at=None)
            gone = [f for f in files if not kept.vault.original(f.sha256)]
        File.objects.filter(pk__in=[f.pk for f in gone]).update(forgotten_at=timezone.now())
        _from_the_room(before)
        counts = {"posts": int(went["posts"].sum()), "kept": len(tied), "files": len(gone)}
        log("talk.posts.forgotten", "talk.posts", counts | {"before": before.isoformat()})
    return went


def _from_the_room(before: dt.datetime) -> None:
    old = Q(posted_at__lt=before) | Q(posted_at=None)
    StoredPost.objects.filter(old, tied=False).delete()
    seen = Q(last_seen__lt=before) | Q(last_seen=None)
    Narrative.objects.filter(seen, cases=None).delete()
    Claim.objects.filter(seen, cases=None, answers=None).delete()
    Ring.objects.filter(last_at__lt=before, cases=None).delete()
    Pulse.objects.filter(day__lt=before.date()).delete()
