"""Who acts together: counts inside the window, and the join by object and time bucket.

Tables here speak of numbers: ``who`` for accounts, ``what`` for objects, ``post`` for posts.
"""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from rukun.talk.coordination.acts import SECOND

#: Two account numbers in one: the smaller times this, and the larger.
PAIR = 2**31


def numbered(acts: ir.Table) -> ir.Table:
    """Acts with ``who`` and ``what``: the places of the account among all accounts and of the
    object among all objects, in alphabetical order."""
    told = acts.join(_placed(acts, ["account"], "who"), "account")
    return told.join(_placed(acts, ["kind", "object"], "what"), ["kind", "object"])


def _placed(acts: ir.Table, columns: list[str], name: str) -> ir.Table:
    each = acts.select(*columns).distinct()
    place = ibis.row_number().over(ibis.window(order_by=[each[c] for c in columns]))
    return each.mutate(place.cast("int64").name(name))


def inside(acts: ir.Table, seconds: float) -> ir.Table:
    """Acts with ``others``: how many acts of other accounts on the same object came before it,
    at most so many seconds. Of two at the same moment, the later row number counts the other."""
    reach = round(seconds * SECOND)
    all_before = _before(acts, [acts.what], reach)
    own_before = _before(acts, [acts.what, acts.who], reach)
    return acts.mutate(others=all_before - own_before)


def _before(acts: ir.Table, group: list[ir.Value], reach: int) -> ir.IntegerValue:
    """Acts of the group within reach up to this one, ties shared out by half."""
    span = ibis.range_window(group_by=group, order_by=acts.at, preceding=reach, following=0)
    same = ibis.window(group_by=[*group, acts.at])
    ties = (acts.count().over(same) - 1).cast("float64") / 2
    return acts.count().over(span) - 1 - ties


def lively(acts: ir.Table, seconds: float, fewest: int) -> ir.Table:
    """Only acts with a neighbour in time on their object, of accounts with ``fewest`` of those:
    no pair that shares so many objects is lost."""
    reach = round(seconds * SECOND)
    line = ibis.window(group_by=acts.what, order_by=acts.at)
    near = (acts.at - acts.at.lag().over(line) <= reach) | (
        acts.at.lead().over(line) - acts.at <= reach
    )
    close = acts.mutate(near=near.fill_null(False)).filter(ibis._.near).drop("near")
    objects = close.group_by("who").agg(objects=close.what.nunique())
    busy = objects.filter(objects.objects >= fewest)
    return close.semi_join(busy, "who")


def meetings(acts: ir.Table, seconds: float) -> ir.Table:
    """Pairs of acts of two accounts on one object at most so many seconds apart: pair, what,
    kind, source, object, gap (milliseconds), and the account, post and moment of the smaller
    number (a) and the larger (b)."""
    reach = round(seconds * SECOND)
    late = acts.mutate(bucket=acts.at // reach)
    early = late.union(late.mutate(bucket=late.bucket + 1)).select(
        what_="what", bucket_="bucket", who_="who", at_="at", post_="post", account_="account"
    )
    joined = late.join(
        early,
        [
            late.what == early.what_,
            late.bucket == early.bucket_,
            late.at >= early.at_,
            late.at - early.at_ <= reach,
            late.who != early.who_,
            (late.at > early.at_) | (late.who > early.who_),
        ],
    )
    first = joined.who < joined.who_
    return joined.select(
        "what", "kind", "source", "object",
        pair=ibis.least(joined.who, joined.who_) * PAIR + ibis.greatest(joined.who, joined.who_),
        gap=joined.at - joined.at_,
        post_a=ibis.ifelse(first, joined.post, joined.post_),
        post_b=ibis.ifelse(first, joined.post_, joined.post),
        at_a=ibis.ifelse(first, joined.at, joined.at_),
        at_b=ibis.ifelse(first, joined.at_, joined.at),
        a=ibis.ifelse(first, joined.account, joined.account_),
        b=ibis.ifelse(first, joined.account_, joined.account),
    )  # fmt: skip


def pairs_of(meetings: ir.Table, fewest: int) -> ir.Table:
    """The pairs that meet at least so often."""
    met = meetings.group_by("pair").agg(times=meetings.count())
    return met.filter(met.times >= fewest).select("pair")


def once(meetings: ir.Table) -> ir.Table:
    """Each object once per pair, with its smallest gap, its first moment and the first post (by
    code) of each account."""
    return meetings.group_by("pair", "what").agg(
        kind=meetings.kind.min(),
        source=meetings.source.min(),
        at=meetings.at_a.min(),
        gap=meetings.gap.min(),
        post_a=meetings.post_a.min(),
        post_b=meetings.post_b.min(),
    )
