"""The room's tables after a change of the vault's key: every alias and code under its new name.

Codes of posts are primary keys that cases point at, and stand in JSON and in texts that people
wrote; so every field of every row is gone through, in one transaction. Doing it again changes
nothing. What stands in the ledger stays as it was written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any, Final

from django.apps import apps
from django.db import models, transaction
from django.utils import timezone

from rukun.talk.aliases import NAME
from rukun.talk.narratives import narrative_id
from rukun.talk.vault import Vault
from rukun.web.core.services import SYSTEM, change
from rukun.web.talk.models import Narrative, Work

#: How the vault calls the room among those who bear its aliases.
ROOM: Final = "room"
_NAMES: Final = re.compile(rf"{NAME.pattern}|\bn-[0-9a-f]{{16}}\b")
Names = Mapping[str, str]


def follow(vault: Vault) -> None:
    """Finish a change of the key that was broken off before the room's tables followed it."""
    pairs = vault.moved(ROOM)
    if pairs.is_empty():
        return
    with change(SYSTEM, "talk.rotate") as log:
        rows = rename(dict(pairs.iter_rows()))
        log("talk.key.followed", "talk.vault", {"rows": rows})
        # Not before the tables are kept: the vault then forgets which name was which.
        transaction.on_commit(partial(_settled, vault.folder))


def _settled(folder: Path) -> None:
    with Vault(folder) as vault:
        vault.settled(ROOM)


def rename(pairs: Names) -> int:
    """Put the new name for each old one in all tables of talk; returns the rows that changed.

    A working-out that read the posts under their old names is stopped: what it found may not be
    kept.
    """
    bare = {old.rpartition(":")[2]: new.rpartition(":")[2] for old, new in pairs.items()}
    running = Work.objects.filter(state=Work.RUNNING)
    running.update(state=Work.FAILED, ended_at=timezone.now())
    names = bare | dict(_narratives(bare))
    return sum(_renamed(model, names) for model in apps.get_app_config("talk").get_models())


def _narratives(names: Names) -> Iterator[tuple[str, str]]:
    """Narratives bear a code that is made from their first post."""
    for code, first in Narrative.objects.values_list("code", "first_post"):
        if code == narrative_id(first):
            yield code, narrative_id(swapped(first, names))


def _renamed(model: type[models.Model], names: Names) -> int:
    changed = 0
    for row in model._default_manager.values():
        fresh = {field: swapped(value, names) for field, value in row.items()}
        differs = {f: v for f, v in fresh.items() if v != row[f]}
        if differs:
            own = {model._meta.pk.attname: row[model._meta.pk.attname]}
            model._default_manager.filter(**own).update(**differs)
            changed += 1
    return changed


def swapped(value: Any, names: Names) -> Any:
    """``value`` (JSON) with the new name for each old one, wherever it stands."""
    if isinstance(value, str):
        return _NAMES.sub(lambda found: names.get(found.group(), found.group()), value)
    if isinstance(value, list):
        return [swapped(v, names) for v in value]
    if isinstance(value, dict):
        return {swapped(k, names): swapped(v, names) for k, v in value.items()}
    return value
