"""Posts as acts upon objects: a text, a link, a reposted post, an answered post.

Every function takes and returns Ibis expressions; nothing here knows which engine runs.
"""

from __future__ import annotations

from typing import Final

import ibis
import ibis.expr.types as ir

from rukun.talk.coordination.settings import KINDS

#: Moments are whole milliseconds: what both engines can read from a time.
SECOND: Final = 1_000
#: All whose source is not in the data count as one source, so that they never look like many.
UNKNOWN: Final = "?"
_NOT_WORDS: Final = r"[^\p{L}\p{N}]+"
_TRACKING: Final = r"[?&](utm_[a-z]+|fbclid|igshid)=[^&#]*"


def acts(posts: ir.Table, clusters: ir.Table | None, words: int) -> ir.Table:
    """One row per post and object: kind (number in ``KINDS``), object, source, account, at
    (milliseconds), post.

    ``clusters`` (post_id, cluster) says which posts say the same; without it, texts of at least
    ``words`` words that are equal but for case and punctuation do. The source is the account that
    was reposted or answered, the site of a link, or the first to post a text.
    """
    usable = posts.filter(posts.account.notnull() & posts.posted_at.notnull())
    base = usable.select(
        "post_id", "account", "text", "links", "reply_to", "repost_of",
        at=usable.posted_at.truncate("s").epoch_seconds().cast("int64") * SECOND
        + usable.posted_at.millisecond().cast("int64"),
    )  # fmt: skip
    own = base.filter(base.repost_of.isnull())
    texts = _texts(own, words) if clusters is None else _clustered(own, clusters)
    return ibis.union(
        _kind(texts, "text", _first_account(texts)),
        _kind(_links(own), "link"),
        _kind(_towards(base, posts, "repost_of"), "repost"),
        _kind(_towards(base, posts, "reply_to"), "reply"),
    )


def _kind(table: ir.Table, kind: str, source: ir.StringValue | None = None) -> ir.Table:
    number = ibis.literal(KINDS.index(kind), "int64")
    return table.select(
        kind=number,
        object=table.object,
        source=(table.source if source is None else source).fill_null(UNKNOWN),
        account=table.account,
        at=table.at,
        post=table.post_id,
    )


def _texts(own: ir.Table, words: int) -> ir.Table:
    folded = own.text.lower().re_replace(_NOT_WORDS, " ").strip()
    table = own.select("post_id", "account", "at", object=folded)
    spaces = table.object.length() - table.object.replace(" ", "").length()
    return table.filter(spaces >= words - 1)


def _clustered(own: ir.Table, clusters: ir.Table) -> ir.Table:
    named = clusters.select(known=clusters.post_id, object=clusters.cluster.cast("string"))
    joined = own.join(named, own.post_id == named.known)
    return joined.filter(joined.object.notnull()).select("post_id", "account", "at", "object")


def _first_account(texts: ir.Table) -> ir.StringValue:
    first = ibis.window(group_by=texts.object, order_by=[texts.at, texts.post_id])
    return texts.account.first().over(first)


def _links(own: ir.Table) -> ir.Table:
    """Each link of a post; an empty one is no object."""
    each = own.select("post_id", "account", "at", link=own.links.unnest())
    bare = each.link.re_replace(_TRACKING, "").re_replace(r"#.*$", "").re_replace(r"/+$", "")
    table = each.select("post_id", "account", "at", object=bare.strip())
    site = table.object.re_extract(r"^[A-Za-z]+://([^/?#]+)", 1).lower()
    return table.filter(table.object.length() > 0).mutate(source=site.nullif("")).distinct()


def _towards(base: ir.Table, posts: ir.Table, field: str) -> ir.Table:
    """Acts upon another post; its author is the source where the data know it. Own posts picked
    up again count as well: who does so is one of the sharers."""
    rows = base.filter(base[field].notnull() & (base[field] != ""))
    known = posts.select(target=posts.post_id, source=posts.account)
    joined = rows.left_join(known, rows[field] == known.target)
    return joined.select("post_id", "account", "at", "source", object=joined[field])
