"""The evidence of a case as a sealed folder: under aliases, its hash in the ledger."""

from __future__ import annotations

import json
from typing import Any

import polars as pl
from django.conf import settings
from django.utils import timezone

from rukun.engine import local
from rukun.talk import sealing
from rukun.talk.posts import NAMES
from rukun.talk.screen import FLAGGED
from rukun.web.core import chain
from rukun.web.core.models import User
from rukun.web.core.services import change
from rukun.web.talk import storage
from rukun.web.talk.models import Case, StoredPost
from rukun.web.talk.services.reviewing import must_be_in_area, posts_of, pure


def sealed_folder(user: Any, case_id: int) -> sealing.Sealed:
    """The sealed folder of a case as it stands now. Raises ``UserError`` where it has no posts."""
    with change(user, "talk.decide") as log:
        case = Case.objects.select_for_update(of=("self",)).get(pk=case_id)
        must_be_in_area(User.objects.get(pk=user.pk), case)
        head = chain.newest().head()
        ids = posts_of(case)
        made = sealing.seal(pure(case), _posts(ids), _scored(ids), {}, head, timezone.now())
        log("talk.case.sealed", case, {"sha256": made.sha256, "bytes": len(made.data)})
    return made


def _posts(ids: list[str]) -> pl.DataFrame:
    """The case's posts as they lie in the archive."""
    with local(memory=settings.RUKUN_MEMORY) as engine:
        table = storage.archive().read(engine)
        return engine.collect(table.filter(table.post_id.isin(ids or [""])).select(*NAMES))


def _scored(ids: list[str]) -> pl.DataFrame:
    """What the screen said of those that are in the room."""
    same = ("post_id", "label", "mode", "act", "target", "score", "claim", "help")
    rows = [
        {
            **{n: getattr(p, n) for n in same},
            "flagged": p.score >= FLAGGED,
            "reasons": json.dumps(p.reasons),
        }
        for p in StoredPost.objects.filter(pk__in=ids)
    ]
    texts = ("post_id", "label", "mode", "act", "target", "reasons")
    schema = dict.fromkeys(texts, pl.String) | {"score": pl.Float64}
    schema |= dict.fromkeys(("flagged", "claim", "help"), pl.Boolean)
    return pl.DataFrame(rows, schema=schema)
