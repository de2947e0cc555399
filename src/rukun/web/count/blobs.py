"""Files as they came: kept under their SHA-256, written once, never changed."""

from __future__ import annotations

import hashlib
import os
import tempfile
from pathlib import Path

from django.conf import settings
from django.core.files import File
from django.utils.translation import gettext as _

from rukun.errors import UserError


def folder() -> Path:
    """Where the files lie."""
    return Path(settings.DATA_DIR) / "evidence"


def path_of(sha256: str) -> Path:
    """The path of the file with this hash."""
    return folder() / sha256[:2] / sha256


def keep(upload: File) -> tuple[str, int]:
    """Keep a file that was sent; returns its SHA-256 and its size in bytes.

    Raises ``UserError`` where the disk does not take it.
    """
    try:
        return _written(upload)
    except OSError as err:
        raise UserError(
            "upload-not-kept",
            _("the file could not be kept on the server (%(why)s).") % {"why": err.strerror},
            _("Nothing was stored. Tell the operator: the disk may be full."),
        ) from err


def _written(upload: File) -> tuple[str, int]:
    folder().mkdir(parents=True, exist_ok=True)
    digest, size = hashlib.sha256(), 0
    handle, name = tempfile.mkstemp(dir=folder())
    try:
        with os.fdopen(handle, "wb") as out:
            for chunk in upload.chunks():
                digest.update(chunk)
                size += len(chunk)
                out.write(chunk)
            out.flush()
            os.fsync(out.fileno())
        target = path_of(digest.hexdigest())
        target.parent.mkdir(exist_ok=True)
        Path(name).replace(target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    return digest.hexdigest(), size
