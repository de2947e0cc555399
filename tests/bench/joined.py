"""Who acts together inside a window, as edges with weights, to be laid beside another tool's."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import ibis
import ibis.expr.types as ir

from rukun.engine import local
from rukun.talk.coordination.acts import acts
from rukun.talk.coordination.settings import KINDS
from rukun.talk.coordination.together import meetings, numbered
from tests.bench.others.gauge import begun, taken

#: Kind of object → what coordination-network-toolkit calls its network.
NAMES: Final = {"link": "co_link", "repost": "co_retweet", "reply": "co_reply", "text": "co_tweet"}
#: How that toolkit reads a text: small letters, mentions left out, one space between words.
_MENTIONS: Final = r"@[^\s]*"


def edges(path: Path, window: float, folder: Path) -> dict[str, dict[str, float]]:
    """Write the edges of each kind as Parquet; seconds of each step.

    ``weight`` is how many posts of ``user_1`` meet one of ``user_2``, as the toolkit counts.
    """
    steps = {}
    with local() as engine:
        posts = engine.read(path)
        since = begun()
        table = engine.keep(numbered(acts(posts, _texts(posts), 1)))
        steps["load"] = taken(since)
        for kind, name in NAMES.items():
            since = begun()
            some = table.filter(table.kind == KINDS.index(kind))
            found = engine.keep(_edges(some, window))
            steps[name] = taken(since)
            engine.write(found, folder / f"{name}.parquet")
    return steps


def _texts(posts: ir.Table) -> ir.Table:
    """Which posts say the same, in the toolkit's reading."""
    bare = posts.text.lower().re_replace(_MENTIONS, "").re_replace(r"\s+", " ").strip()
    return posts.select("post_id", cluster=bare)


def _edges(table: ir.Table, window: float) -> ir.Table:
    met = meetings(table, window)
    both = ibis.union(
        met.select(user_1=met.a, user_2=met.b, post=met.post_a),
        met.select(user_1=met.b, user_2=met.a, post=met.post_b),
    )
    return both.group_by("user_1", "user_2").agg(weight=both.post.nunique())
