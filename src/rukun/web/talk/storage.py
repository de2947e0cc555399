"""Where the posts of this room lie on disk: the archive, the vault, the desk's own lists."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

from rukun.talk.archive import Archive
from rukun.talk.storage_words import refusal
from rukun.talk.store import Store
from rukun.talk.vault import Vault
from rukun.web.talk import renaming


def archive() -> Archive:
    """The room's archive of posts, under aliases."""
    return Archive(Path(settings.DATA_DIR) / "posts")


def vault() -> Vault:
    """The vault: key, handles, files as they came. To be closed; use it in a ``with`` block.

    Raises ``UserError`` (``vault-gone``) where there is none and the archive rests on one.
    Where a change of its key was broken off, the room's tables follow it first.
    """
    folder = Path(settings.VAULT_DIR)
    if archive().origins() and not Vault.stands_in(folder):
        # A disk that is not there. A new key would give every account a second alias.
        raise refusal("vault-gone", folder)
    opened = Vault(folder)
    try:
        renaming.follow(opened)
    except BaseException:
        opened.close()
        raise
    return opened


@contextmanager
def store() -> Iterator[Store]:
    """Archive and vault together, both under the same key."""
    with vault() as opened:
        yield Store(archive(), opened)


def desk_lists() -> list[Path]:
    """Word lists that the desk put beside the shipped ones (``lists/*.toml``), by name."""
    return sorted((Path(settings.DATA_DIR) / "lists").glob("*.toml"))
