"""Where the posts of this room lie on disk: the archive, the vault, the desk's own lists."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings

from rukun.talk.archive import Archive
from rukun.talk.vault import Vault


def archive() -> Archive:
    """The room's archive of posts, under aliases."""
    return Archive(Path(settings.DATA_DIR) / "posts")


def vault() -> Vault:
    """The vault: key, handles, files as they came. To be closed; use it in a ``with`` block."""
    return Vault(Path(settings.VAULT_DIR))


def desk_lists() -> list[Path]:
    """Word lists that the desk put beside the shipped ones (``lists/*.toml``), by name."""
    return sorted((Path(settings.DATA_DIR) / "lists").glob("*.toml"))
