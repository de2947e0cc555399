"""The tables that come out: edges, rings, shared acts."""

from __future__ import annotations

from typing import Final

import polars as pl

from rukun.tables import UTC_TIME, Column

_NAMES: Final = pl.List(pl.String)

EDGES: Final[tuple[Column, ...]] = (
    Column("a", pl.String, "alias", False, "The account whose alias comes first."),
    Column("b", pl.String, "alias", False, "The other account."),
    Column("verdict", pl.String, "word", False, "strong, look or known."),
    Column("known", pl.String, "name", True, "Which known group both belong to."),
    Column("text", pl.Int64, "count", False, "Texts both posted inside the window."),
    Column("link", pl.Int64, "count", False, "Links both posted inside the window."),
    Column("repost", pl.Int64, "count", False, "Posts both reposted inside the window."),
    Column("reply", pl.Int64, "count", False, "Posts both answered inside the window."),
    Column("objects", pl.Int64, "count", False, "Objects of all kinds."),
    Column("seen", pl.Int64, "count", False, "Objects, each pair of posts counted once."),
    Column("expected", pl.Float64, "count", False, "What chance would give."),
    Column("p", pl.Float64, "chance", False, "Chance of at least so many."),
    Column("p_all", pl.Float64, "chance", False, "p over all pairs of accounts (Bonferroni)."),
    Column("q", pl.Float64, "chance", False, "p over all pairs (Benjamini–Hochberg)."),
    Column("close", pl.Int64, "count", False, "Objects acted on inside the close window."),
    Column("wide", pl.Int64, "count", False, "Objects acted on inside the wide window."),
    Column("usual", pl.Float64, "share", False, "Close meetings usual with these sources."),
    Column("p_close", pl.Float64, "chance", False, "Chance of so many close meetings."),
    Column("q_close", pl.Float64, "chance", False, "p_close over the pairs it was asked of."),
    Column("sources", pl.Int64, "count", False, "Accounts and sites the objects come from."),
    Column("fresh", pl.Int64, "count", False, "Sources that not both are regulars of."),
    Column("top_share", pl.Float64, "share", False, "Share of the objects from one source."),
    Column("p_sources", pl.Float64, "chance", False, "Chance of so many fresh sources."),
    Column("beyond", pl.Boolean, "yes/no", False, "More than chance over all pairs gives."),
    Column("closer", pl.Boolean, "yes/no", False, "Closer in time than is usual, as a pair."),
    Column("pooled", pl.Boolean, "yes/no", False, "Closer in time, both with all their pairs."),
    Column(
        "spans", pl.Boolean, "yes/no", False, "Nearly each object from a fresh source of its own."
    ),
    Column("triangles", pl.Int64, "count", False, "Third accounts that close a triangle."),
    Column("ring", pl.String, "code", True, "The ring it belongs to."),
)

RINGS: Final[tuple[Column, ...]] = (
    Column("ring", pl.String, "code", False, "Code of the ring in this run."),
    Column("verdict", pl.String, "word", False, "strong, look or known."),
    Column("known", pl.String, "name", True, "Name of the known group."),
    Column("reason", pl.String, "text", True, "Why the group is known, as a person wrote it."),
    Column("accounts", _NAMES, "aliases", False, "Its members, in order."),
    Column("members", pl.Int64, "count", False, "How many."),
    Column("pairs", pl.Int64, "count", False, "Pairs among them that act together."),
    Column("density", pl.Float64, "share", False, "Those pairs among all pairs of members."),
    Column("window", pl.Float64, "seconds", False, "Window of acting together."),
    Column("objects", pl.Int64, "count", False, "Objects they acted on together."),
    Column("sources", pl.Int64, "count", False, "Sources of these objects."),
    Column("close_share", pl.Float64, "share", False, "Share of close meetings."),
    Column("expected", pl.Float64, "count", False, "Mean expected per pair."),
    Column("seen", pl.Float64, "count", False, "Mean seen per pair."),
    Column("first_at", UTC_TIME, "time", False, "First act together."),
    Column("last_at", UTC_TIME, "time", False, "Last act together."),
)

SHARED: Final[tuple[Column, ...]] = (
    Column("a", pl.String, "alias", False, "The account whose alias comes first."),
    Column("b", pl.String, "alias", False, "The other account."),
    Column("kind", pl.String, "word", False, "text, link, repost or reply."),
    Column("object", pl.String, "key", False, "The text or cluster, link, or post acted upon."),
    Column("source", pl.String, "key", False, "Account or site it comes from; ? if not known."),
    Column("post_a", pl.String, "code", False, "Post of a."),
    Column("post_b", pl.String, "code", False, "Post of b."),
    Column("at_a", UTC_TIME, "time", False, "When a acted, to the millisecond."),
    Column("at_b", UTC_TIME, "time", False, "When b acted, to the millisecond."),
    Column("gap", pl.Float64, "seconds", False, "Time between the two."),
)
