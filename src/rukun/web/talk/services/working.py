"""Working through the posts: asked for by a person, done by the worker, safe to be killed.

A work reads the whole archive and replaces what the last one found, in one transaction. So a work
that dies loses nothing: the next one does it all.
"""

from __future__ import annotations

import fcntl
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import polars as pl
from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django_tasks import task

from rukun.engine import local
from rukun.errors import UserError
from rukun.places import zone_of_most
from rukun.talk.coordination import Known
from rukun.talk.digest import Digest, Wanted, digest
from rukun.talk.gazetteer import gazetteer
from rukun.talk.scored import Recipe
from rukun.talk.screen import Calibration
from rukun.web.core.logs import current
from rukun.web.core.services import SYSTEM, change
from rukun.web.count.services import full_frame
from rukun.web.talk import storage
from rukun.web.talk.models import DeskCalibration, KnownGroup, PostFile, Work
from rukun.web.talk.services import asking, claiming, keeping, opening, pulsing

log_lines = logging.getLogger(__name__)
#: Held by the work that runs; the system lets go of it where that is killed.
LOCK: Final = ".work.lock"


def ask(user: Any) -> Work:
    """Ask for the posts to be worked through; one that waits already is enough."""
    with change(user, "talk.bring_posts") as log:
        work = Work.objects.filter(state=Work.WAITING).first()
        if work is None:
            work = Work.objects.create(asked_by=user.username if user else "system")
        log("talk.work.asked", work)
    _send(work)
    return work


def _send(work: Work) -> None:
    transaction.on_commit(lambda: in_the_worker.enqueue(work.pk))


@task()
def in_the_worker(number: int) -> None:
    """``work_out``, done by ``manage db_worker`` beside the site."""
    work_out(number)


def work_out(number: int) -> Work | None:
    """Do a work that waits, or one that was killed; None where another one is running."""
    work = None
    try:
        with _alone() as alone:
            work = _begun(number) if alone else None
            return _done(work) if work else None
    finally:
        if work is not None:
            _send_following()


@contextmanager
def _alone() -> Iterator[bool]:
    """Whether no other work is running; none begins meanwhile."""
    with (Path(settings.DATA_DIR) / LOCK).open("ab") as held:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True


def _done(work: Work) -> Work:
    reference = f"work-{work.pk}"
    current.set(reference)
    try:
        _worked(work)
    except UserError as err:
        _stopped(work, err)
    except Exception:
        Work.objects.filter(pk=work.pk).update(
            state=Work.FAILED, ended_at=timezone.now(), reference=reference
        )
        log_lines.exception("work %s failed", work.pk)
        raise
    work.refresh_from_db()
    return work


def _send_following() -> None:
    """What was asked for while this one ran found no room; it is sent again."""
    following = Work.objects.filter(state=Work.WAITING).first()
    if following is not None:
        _send(following)


def _stopped(work: Work, err: UserError) -> None:
    """Keep what a person can put right: a word list that cannot be read, a damaged archive."""
    said = {lang: " ".join(filter(None, (err.where, *err.say(lang)))) for lang in ("id", "en")}
    work.state, work.ended_at, work.digest = Work.FAILED, timezone.now(), {"error": said}
    work.save(update_fields=["state", "ended_at", "digest"])


def _begun(number: int) -> Work | None:
    """Take the work, where it waits or was killed. Whatever else says that it runs was killed too:
    it does not hold the lock."""
    now, running = timezone.now(), Q(state=Work.RUNNING)
    with transaction.atomic():
        Work.objects.filter(running).exclude(pk=number).update(state=Work.FAILED, ended_at=now)
        taken = Work.objects.filter(Q(state=Work.WAITING) | running, pk=number).update(
            state=Work.RUNNING, started_at=now, beat=now
        )
    return Work.objects.get(pk=number) if taken else None


def _worked(work: Work) -> None:
    def progress(step: str) -> None:
        Work.objects.filter(pk=work.pk).update(step=step, beat=timezone.now())

    wanted = wanted_now()
    with storage.store():
        pass  # A change of the key that was broken off is finished before the archive is read.
    with local(memory=settings.RUKUN_MEMORY) as engine:
        table = storage.archive().read(engine)
        found = digest(table, engine, wanted, progress)
        progress("keeping")
        posts = engine.collect(table)
        second = asking.asked(keeping.worth_showing(found), posts, found.posts)
        _kept(work, found, posts, wanted, second)


def _overtaken() -> UserError:
    return UserError(
        "work-overtaken",
        "it was taken for dead, or the key of the aliases was changed meanwhile.",
        "Nothing of it was kept. The next one does it all.",
        message_id="pengolahan ini dikira mati, atau kunci alias diganti sementara ia berjalan.",
        hint_id="Hasilnya tidak disimpan. Pengolahan berikutnya mengerjakan semuanya.",
    )


def wanted_now() -> Wanted:
    """The room's screen, places and known groups as they are now."""
    known = [
        Known(g.name, frozenset(g.accounts), g.reason)
        for g in KnownGroup.objects.filter(ended_at__isnull=True)
    ]
    frame = full_frame()
    return Wanted(
        gazetteer(frame),
        recipe_now(),
        known,
        zone_of_most(frame.places),
        keeping.narratives_known(),
    )


def recipe_now() -> Recipe:
    """The screen with the desk's own lists and its calibration, where it has them."""
    own = DeskCalibration.objects.filter(ended_at__isnull=True).first()
    curve = Calibration(own.slope, own.offset, own.decisions) if own else None
    return Recipe(tuple(str(p) for p in storage.desk_lists()), curve)


def _kept(
    work: Work, found: Digest, posts: pl.DataFrame, wanted: Wanted, second: dict[str, Any]
) -> None:
    number, at = work.pk, timezone.now()
    with change(SYSTEM, "talk.bring_posts") as log:
        if not Work.objects.select_for_update().filter(pk=number, state=Work.RUNNING).exists():
            raise _overtaken()
        made = keeping.made_up(posts)
        members = keeping.narratives_into_room(found, posts, made, number)
        rings = keeping.rings_into_room(found.coordination, made, number)
        claims = claiming.claims_into_room(found, made, number)
        rises = pulsing.pulse_into_room(found, number)
        top = keeping.worth_showing(found)
        shown = keeping.posts_of(top, members, rings, claims, found)
        keeping.posts_into_room(shown, posts, found.verdicts, second, made, number)
        opened = opening.open_cases(found, top, at) + opening.open_claims(claims, at)
        counts = {
            "posts": found.posts,
            "narratives": members["narrative"].n_unique(),
            "rings": len(rings),
            "claims": len(claims),
            "rises": rises,
            "flagged": int(found.verdicts["flagged"].sum()),
            "cases_opened": opened,
            "second_opinions": len(second),
            "files": PostFile.objects.filter(state=PostFile.State.STORED).count(),
        }
        Work.objects.filter(pk=number).update(
            state=Work.DONE,
            ended_at=timezone.now(),
            step="",
            posts=found.posts,
            digest=counts | {"lists": len(wanted.recipe.lists)},
        )
        log("talk.work.done", work, counts)
