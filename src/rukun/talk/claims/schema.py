"""The table of claims: what a post states about the count that forms can answer."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any, Final

import polars as pl

from rukun.tables import UTC_TIME, Column

#: Figures of one row of the form: the kind of the claim is the name of what is counted.
FIGURE_KINDS: Final = (
    "votes",
    "valid",
    "invalid",
    "cast",
    "voters",
    "registered",
    "ballots",
    "turnout",
    "share",
    "margin",
)
#: Events and relations; their figures are what the post adds to them.
EVENT_KINDS: Final = (
    "altered",
    "swapped",
    "vanished",
    "added",
    "over_voters",
    "over_list",
    "box_opened",
    "seal_broken",
    "winner",
    "loser",
)
KINDS: Final = (*FIGURE_KINDS, *EVENT_KINDS)
STANCES: Final = ("asserts", "asks", "denies", "corrects", "quotes")
#: Why a claim cannot be laid beside a form.
OPEN: Final = ("place", "place-ambiguous", "station-unknown", "elsewhere", "choice", "row")

FIGURE: Final = pl.Struct(
    {
        "what": pl.String,
        "value": pl.Int64,
        "within": pl.Int64,
        "bound": pl.String,
        "on": pl.String,
    }
)
CLAIMS: Final[tuple[Column, ...]] = (
    Column("claim", pl.String, "code", False, "k-…, the same for the same statement."),
    Column("post_id", pl.String, "code", False, "Post that makes it."),
    Column("kind", pl.String, "word", False, "One of KINDS."),
    Column("place", pl.String, "code", True, "Place it is about; null where not known for sure."),
    Column("level", pl.String, "word", True, "Kind of that place."),
    Column("place_sure", pl.String, "word", True, "sure, likely, ambiguous or unknown."),
    Column("candidates", pl.List(pl.String), "codes", False, "What an ambiguous place may be."),
    Column("contest", pl.String, "code", True, "Contest, where said or the only one there is."),
    Column("contest_by", pl.String, "word", True, "said (words, names) or only (no other there)."),
    Column("choice", pl.Int64, "number", True, "Number on the ballot."),
    Column(
        "figures",
        pl.List(FIGURE),
        "field's",
        False,
        "what: field of the form, or turnout, share_n, margin (share and turnout in hundredths of "
        "a percent); within: how far off a rounded figure may be; bound: least, most or null; "
        "on: the paper it is said to stand on, or before and after.",
    ),
    Column("stance", pl.String, "word", False, "One of STANCES."),
    Column("checkable", pl.Boolean, "yes/no", False, "Whether it can be laid beside forms."),
    Column("why_open", pl.String, "word", True, "One of OPEN where it cannot."),
    Column("start", pl.Int64, "letters", False, "Where the words begin in the post."),
    Column("end", pl.Int64, "letters", False, "Where they end."),
    Column("words", pl.String, "text", False, "The sentence that makes the claim."),
    Column("posted_at", UTC_TIME, "UTC", True, "When it was posted."),
    Column("account", pl.String, "alias", True, "Alias of the account."),
)
GROUPED: Final[tuple[Column, ...]] = (
    *(c for c in CLAIMS[:1]),
    *(c for c in CLAIMS[2:11]),
    *(c for c in CLAIMS if c.name in ("checkable", "why_open")),
    Column("text", pl.String, "text", False, "The sentence most posts make it in, as first seen."),
    Column("posts", pl.Int64, "posts", False, "Posts that make it."),
    Column("accounts", pl.Int64, "accounts", False, "Different accounts; posts without one apart."),
    Column("first_seen", UTC_TIME, "UTC", True, "Time of the earliest such post."),
    Column("last_seen", UTC_TIME, "UTC", True, "Time of the latest."),
    Column("narratives", pl.List(pl.String), "codes", False, "Narratives those posts belong to."),
    *(Column(s, pl.Int64, "posts", False, f"Posts of which the stance is: {s}.") for s in STANCES),
)


def claim_code(claim: Mapping[str, Any]) -> str:
    """The code of a claim: of its kind, place, contest, choice and figures, nothing else."""
    place = claim["place"] or sorted(claim["candidates"])
    figures = [[f["what"], f["value"], f["bound"], f["on"]] for f in claim["figures"]]
    key = [claim["kind"], place, claim["contest"], claim["choice"], figures]
    return "k-" + hashlib.sha256(json.dumps(key).encode()).hexdigest()[:12]


def figure(
    what: str, value: int, within: int = 0, bound: str | None = None, on: str | None = None
) -> dict[str, Any]:
    """One figure of a claim as a row of FIGURE."""
    return {"what": what, "value": value, "within": within, "bound": bound, "on": on}


def what_of(kind: str, choice: int | None) -> str:
    """The field that a figure of this kind counts."""
    fields = {
        "votes": f"votes_{choice}" if choice else "votes",
        "share": f"share_{choice}" if choice else "share",
        "voters": "voters_j",
        "registered": "registered_tetap_j",
    }
    return fields.get(kind, kind)
