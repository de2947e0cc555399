"""Where files of posts wait while they come in: in the vault, as they hold handles from the start.

Django would put them into the machine's temporary folder, where a kill leaves them. And whoever
is not signed in would fill a disk, since a form is read before it is known who sends it.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any, Final

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import (
    FileUploadHandler,
    SkipFile,
    StopFutureHandlers,
    StopUpload,
)
from django.http import HttpRequest

from rukun.errors import UserError
from rukun.talk.storage_words import refusal

#: How the names of unfinished files begin, and after how many seconds one was left by a kill.
PREFIX: Final = ".upload-"
LEFT: Final = 6 * 3600


class PostsUploadHandler(FileUploadHandler):
    """Takes the files of the page on which posts are brought; leaves those of other pages alone."""

    taken: UploadedFile | None = None

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Begin a file in the vault's folder; nothing is taken from who may not bring posts."""
        super().new_file(*args, **kwargs)
        match = self.request.resolver_match
        if match is None or match.view_name != "talk:files":
            return
        if not self.request.user.has_perm("talk.bring_posts"):
            raise StopUpload(connection_reset=True)
        with self._said():
            self.taken = waiting(self.file_name, self.content_type)
        raise StopFutureHandlers

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        """Write a piece."""
        if self.taken is None:
            return raw_data
        with self._said():
            self.taken.write(raw_data)
        return None

    def file_complete(self, file_size: int) -> UploadedFile | None:
        """The file, which is gone when it is closed."""
        made, self.taken = self.taken, None
        if made is not None:
            made.seek(0)
            made.size = file_size
        return made

    def upload_interrupted(self) -> None:
        """Nothing of it stays."""
        if self.taken is not None:
            self.taken.close()

    @contextmanager
    def _said(self) -> Iterator[None]:
        """Leave a file out that the disk does not take; the page says so, once it is its turn."""
        try:
            yield
        except OSError as err:
            self.upload_interrupted()
            self.taken = None
            told = refusal("vault-write", settings.VAULT_DIR, error=err.strerror or "?")
            self.request.upload_refused = told
            raise SkipFile from err


def must_be_taken(request: HttpRequest) -> None:
    """Raise the ``UserError`` for which a file of this form was left out, where one was."""
    told: UserError | None = getattr(request, "upload_refused", None)
    if told is not None:
        raise told


def waiting(name: str, content_type: str | None) -> UploadedFile:
    """An empty file in the vault's folder."""
    folder = Path(settings.VAULT_DIR)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    sweep(folder)
    return UploadedFile(NamedTemporaryFile(dir=folder, prefix=PREFIX), name, content_type, 0)


def sweep(folder: Path) -> None:
    """Delete what uploads that were killed left in the vault."""
    for path in folder.glob(f"{PREFIX}*"):
        if path.stat().st_mtime < time.time() - LEFT:
            path.unlink(missing_ok=True)
