"""The exercise posts into an exercise room, worked through at once."""

from __future__ import annotations

import hashlib
from dataclasses import asdict
from pathlib import Path

import polars as pl
from django.utils import timezone

from rukun.exercise import read_settings
from rukun.exercise.talk import make_talk
from rukun.frame import read_frame
from rukun.web.core.services import SYSTEM, change
from rukun.web.talk import storage
from rukun.web.talk.models import PostFile, Work
from rukun.web.talk.services import bringing, working

#: As a desk would write it.
COVERAGE = "latihan: semua kiriman buatan selama tiga minggu"


def bring_example(folder: Path, later: bool = False) -> Work | None:
    """Make the posts of an example folder, take them in, and work through them, or leave that to
    the worker (``later``); None where the room has posts already."""
    if PostFile.objects.exists():
        return None
    settings = read_settings(folder / "exercise.toml")
    forms = pl.read_csv(folder / "exercise" / "official.csv", schema_overrides={"place": pl.String})
    made = make_talk(read_frame(folder).places, forms, settings.seed)
    name = f"kiriman-latihan-{settings.seed}"
    sha256 = hashlib.sha256(name.encode()).hexdigest()
    posts = made.posts.with_columns(origin=pl.lit(sha256))
    with storage.vault() as vault:
        vault.add(made.secrets, sha256)
    added = storage.archive().append(posts, sha256)
    with change(SYSTEM, "talk.bring_posts") as log:
        file = PostFile.objects.create(
            name=name,
            sha256=sha256,
            size=posts.estimated_size(),
            format="exercise",
            coverage=COVERAGE,
            exercise=True,
            state=PostFile.State.STORED,
            decided_at=timezone.now(),
            counts=bringing.counted(posts) | {"rows": added.rows, "added": asdict(added)},
        )
        log("talk.file.stored", file, {"file": name, "sha256": sha256, "counts": file.counts})
    work = working.ask(SYSTEM)
    return work if later else working.work_out(work.pk)
