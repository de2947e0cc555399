"""Files of posts into the room: looked at first, then taken in or turned away.

A file as it came holds handles, so it lies in the vault from the first moment. What the database
and the pages hold of it are counts and problems in which nobody is named.
"""

from __future__ import annotations

import datetime as dt
import os
import tempfile
import tomllib
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

import polars as pl
from django.core.exceptions import PermissionDenied
from django.core.files import File
from django.core.files.base import ContentFile
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from rukun.errors import UserError
from rukun.talk.aliases import KEY_BYTES, Aliases
from rukun.talk.readers import PostReading, read_posts
from rukun.talk.storage_words import refusal
from rukun.talk.vault import Vault
from rukun.web.core.services import change
from rukun.web.count.services import printable
from rukun.web.talk import storage
from rukun.web.talk.models import PostFile
from rukun.web.talk.services import working

#: Problems kept with a file; their whole number is kept too.
PROBLEMS_KEPT: Final = 500
LARGEST: Final = 256 * 1024 * 1024


def preview(
    user: Any,
    upload: File,
    mapping: str = "",
    format: str = "",
    coverage: str = "",
    exercise: bool = False,
    largest: int | None = LARGEST,
) -> PostFile:
    """Keep a file in the vault and say what taking it in would do; no post is taken in."""
    if user is not None and not user.has_perm("talk.bring_posts"):
        raise PermissionDenied("talk.bring_posts")
    if largest is not None and (upload.size or 0) > largest:
        raise UserError(
            "upload-large",
            _("the file is larger than this page takes (256 MiB)."),
            _("Tell the operator: watch_posts takes it from a folder on the server."),
            _unnamed(printable(upload.name), Aliases(bytes(KEY_BYTES))),
        )
    with storage.vault() as vault:
        name = _unnamed(printable(upload.name or "file", 200), Aliases(vault.key))
        file = PostFile(name=name, size=upload.size or 0, by=user)
        file.coverage = _unnamed(printable(coverage, 500), Aliases(vault.key))
        file.format, file.exercise = format, exercise
        file.sha256 = _kept(upload, vault)
        try:
            # A mapping may name a group: it lies in the vault as well, and its hash here.
            file.mapping = _kept(ContentFile(mapping.encode()), vault) if mapping.strip() else ""
            _look(file, _read(file, vault))
        except UserError:
            _gone(file, vault)
            raise
    with change(user, "talk.bring_posts") as log:
        file.save()
        log("talk.file.previewed", file, _said(file))
    return file


def _unnamed(text: str, aliases: Aliases) -> str:
    return aliases.mask(text, "")


def _kept(upload: File, vault: Vault) -> str:
    """The upload in the vault, by way of a file that only the vault's owner may read."""
    handle, path = tempfile.mkstemp(dir=vault.folder, prefix=".upload-")
    try:
        with os.fdopen(handle, "wb") as out:
            for chunk in upload.chunks():
                out.write(chunk)
        return vault.keep(Path(path))
    except OSError as err:
        raise UserError(
            "upload-not-kept",
            _("the file could not be kept on the server (%(why)s).") % {"why": err.strerror},
            _("Nothing was taken in. Tell the operator: the disk may be full."),
        ) from err
    finally:
        Path(path).unlink(missing_ok=True)


def _gone(file: PostFile, vault: Vault) -> None:
    """Delete the file and its mapping from the vault, unless another one rests on them."""
    others = PostFile.objects.exclude(pk=file.pk).exclude(state=PostFile.State.REJECTED)
    used = {h for row in others.values_list("sha256", "mapping") for h in row}
    vault.forget([], [], {h for h in (file.sha256, file.mapping) if h} - used)


def _read(file: PostFile, vault: Vault) -> PostReading:
    path = _original(file, file.sha256, vault)
    told = _mapping(file, vault)
    try:
        return read_posts(path, vault.key, told, file.format or None, file.name, timezone.now())
    except UserError:
        raise
    except Exception as err:
        # What a fault of ours says may hold a name, and would stand in the log; its kind does not.
        raise refusal("file-fault", file.name, kind=type(err).__name__) from None


def _original(file: PostFile, sha256: str, vault: Vault) -> Path:
    path = vault.original(sha256)
    if path is None:
        raise UserError(
            "upload-gone",
            _("the file is not on the server any more."),
            _("Bring it again."),
            file.name,
        )
    return path


def _mapping(file: PostFile, vault: Vault) -> dict[str, Any] | None:
    if not file.mapping:
        return None
    try:
        return tomllib.loads(_original(file, file.mapping, vault).read_text("utf-8"))
    except (tomllib.TOMLDecodeError, RecursionError) as err:
        raise UserError(
            "mapping-toml",
            _("the mapping is not TOML (%(error)s).") % {"error": printable(err)},
            _("Compare with the page on bringing posts; save it as UTF-8."),
        ) from err


def _look(file: PostFile, found: PostReading) -> None:
    known = storage.archive().origins()
    file.format = found.format
    file.counts = counted(found.posts) | {
        "rows": found.rows_read,
        "again": file.sha256 in known,
        "problems": len(found.problems),
        "unmapped": found.unmapped,
        "told": [{"id": t.id, "en": t.en} for t in found.coverage.told],
    }
    file.problems = [asdict(p) for p in found.problems[:PROBLEMS_KEPT]]


def counted(posts: pl.DataFrame) -> dict[str, Any]:
    """What a table of posts holds, as a file's page shows it."""
    first, last = posts["posted_at"].min(), posts["posted_at"].max()
    return {
        "posts": posts.height,
        "problems": 0,
        "kinds": dict(posts.group_by("kind").len().sort("kind").iter_rows()),
        "accounts": posts["account"].drop_nulls().n_unique(),
        "without_time": posts["posted_at"].null_count(),
        "first": first.isoformat() if isinstance(first, dt.datetime) else None,
        "last": last.isoformat() if isinstance(last, dt.datetime) else None,
    }


def store(user: Any, number: int) -> PostFile:
    """Take in the good rows of a file that was looked at, and ask for them to be worked through."""
    if user is not None and not user.has_perm("talk.bring_posts"):
        raise PermissionDenied("talk.bring_posts")
    with storage.store() as kept:
        found = _read(_waiting(PostFile.objects.all(), number), kept.vault)
        with change(user, "talk.bring_posts") as log:
            file = _waiting(PostFile.objects.select_for_update(of=("self",)), number)
            added = kept.take(
                _original(file, file.sha256, kept.vault), lambda _path, _key: found
            ).added
            file.counts["added"] = asdict(added) if added else None
            _decided(file, user, PostFile.State.STORED if added else PostFile.State.REJECTED)
            if not added:
                _turned_away(file, kept.vault)
            log("talk.file.stored" if added else "talk.file.rejected", file, _said(file))
    if added:
        working.ask(user)
    return file


def reject(user: Any, number: int) -> PostFile:
    """Turn a file away; it is deleted from the vault, its counts and problems are kept."""
    with change(user, "talk.bring_posts") as log:
        file = _waiting(PostFile.objects.select_for_update(of=("self",)), number)
        _decided(file, user, PostFile.State.REJECTED)
        with storage.vault() as vault:
            _turned_away(file, vault)
        log("talk.file.rejected", file, _said(file))
    return file


def _turned_away(file: PostFile, vault: Vault) -> None:
    _gone(file, vault)
    if vault.original(file.sha256) is None:
        file.forgotten_at = timezone.now()
        file.save()


def _waiting(rows: QuerySet[PostFile], number: int) -> PostFile:
    file = rows.get(pk=number)
    if file.state != PostFile.State.PREVIEW:
        raise UserError(
            "upload-decided",
            _("this file has been decided on already."),
            _("Look at the list of files."),
        )
    return file


def _decided(file: PostFile, user: Any, state: str) -> None:
    file.state, file.decided_by, file.decided_at = state, user, timezone.now()
    file.save()


def _said(file: PostFile) -> dict[str, Any]:
    return {"file": file.name, "sha256": file.sha256, "format": file.format, "counts": file.counts}
