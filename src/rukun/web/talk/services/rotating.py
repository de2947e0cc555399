"""Another key for the aliases of a room that is at work: vault, archive and tables in one step."""

from __future__ import annotations

from typing import Any

from rukun.talk.vault import new_key
from rukun.web.core.services import change
from rukun.web.talk import renaming, storage
from rukun.web.talk.services import working


def rotate(user: Any) -> int:
    """Give every account, space and post another name; returns how many. The posts are then
    worked through again.

    A kill on the way leaves vault, archive and tables under the old key, or is finished when the
    vault is next opened. The ledger says that it was done, never which name was which.
    """
    with storage.store() as kept:
        with change(user, "talk.rotate") as log:
            pairs = kept.rotate(new_key(), renaming.ROOM)
            rows = renaming.rename(dict(pairs.iter_rows()))
            log("talk.key.changed", "talk.vault", {"names": pairs.height, "rows": rows})
        kept.vault.settled(renaming.ROOM)
    working.ask(user)
    return pairs.height
