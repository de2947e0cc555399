"""The election body's feed (Sirekap JSON): a snapshot of one place and of those below it.

Votes and administration arrive independently: a half that is null is *not stated*. Candidate
keys are absent until something is counted; an absent key is null, never 0. ``ts`` is the feed's
clock, WIB.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

import polars as pl

from rukun.contests import Contest
from rukun.count.forms import C_HASIL, D_HASIL, form_columns
from rukun.count.readers.jsontext import Node, parse_json
from rukun.count.readers.mapping import TableMapping
from rukun.count.readers.numbers import LARGEST
from rukun.count.readers.problems import Notes, Refused, shown
from rukun.frame import Frame
from rukun.places import ZONES
from rukun.tables import conform

_LISTS: Final = {
    "pemilih_dpt": "registered_tetap",
    "pengguna_dpt": "voters_tetap",
    "pengguna_dptb": "voters_pindahan",
    "pengguna_non_dpt": "voters_tambahan",
    "pengguna_total": "voters",
}
#: Keys of ``administrasi`` → fields. The feed's dptb are moved voters, its non_dpt added ones.
ADMINISTRATION: Final = {
    **{f"{key}_{sex}": f"{name}_{sex}" for key, name in _LISTS.items() for sex in "lpj"},
    "suara_sah": "valid",
    "suara_tidak_sah": "invalid",
    "suara_total": "cast",
}
_STATIONS: Final = {"progres": "tps_in", "total": "tps_total"}
_QUIET: Final = {"null", "progres", "persen", "psu", "status_progress"}
_LATEST: Final = dt.timedelta(days=730)


@dataclass(frozen=True)
class _Snapshot:
    """What all places of one file share."""

    frame: Frame
    contests: list[Contest]
    scope: dict[tuple[str, str], str]
    at: dt.datetime
    notes: Notes
    outside: list[str] = field(default_factory=list)


def forms_of_feed(
    data: bytes, frame: Frame, mapping: TableMapping, notes: Notes, sha256: str
) -> tuple[pl.DataFrame, int]:
    """Forms of one snapshot (source ``feed``) and the number of places it states.

    Contest and place come from the mapping's constants, else from the candidates, the table and
    the name of the file. Raises ``Refused`` where the file holds no results.
    """
    page = _results(parse_json(data))
    body = page.get("tungsura", page)
    if not isinstance(body, Node):
        raise Refused("feed-not", what="tungsura is empty", what_id="tungsura kosong")
    if body.twice:
        raise Refused("json-key-twice", value=body.twice[0])
    contests = _contests(frame, mapping, notes.file)
    snapshot = _Snapshot(frame, contests, _scope(frame), _time(page, contests), notes)
    rows: list[dict[str, Any]] = []
    nodes = list(_nodes(body, _top(body, frame, mapping, notes.file)))
    for place, node, administration in nodes:
        row = _form(place, node, administration, snapshot)
        if row is not None:
            rows.append(row | {"origin": sha256, "basis": mapping.constants.get("basis")})
    for place in getattr(body.get("table"), "twice", []):
        notes.add("json-key-twice", 0, place, place)
    if snapshot.outside:
        notes.add("feed-outside", 0, "", snapshot.outside[0], count=len(snapshot.outside))
    return _table(rows, frame), len(nodes)


def _widest(frame: Frame) -> int:
    return max((max(c.numbers) for c in frame.contests.values()), default=2)


def _table(rows: list[dict[str, Any]], frame: Frame) -> pl.DataFrame:
    columns = form_columns(_widest(frame))
    table = pl.DataFrame(rows, schema={c.name: c.dtype for c in columns})
    return conform(table, columns, "forms")


def _results(page: Any) -> Node:
    """The page itself if it holds results; error pages and lists are refused by what they are."""
    if not isinstance(page, Node):
        kind = ("an empty list", "daftar kosong") if page == [] else ("a list", "daftar")
        raise Refused("feed-not", what=kind[0], what_id=kind[1])
    if page.twice:
        raise Refused("json-key-twice", value=page.twice[0])
    if not {"tungsura", "chart", "administrasi"} & set(page):
        keys = shown(", ".join(list(page)[:3]))
        raise Refused("feed-not", what=f"keys: {keys}", what_id=f"kunci: {keys}")
    return page


def _contests(frame: Frame, mapping: TableMapping, name: str) -> list[Contest]:
    """The contests the file may be about: stated, named by the file, or all."""
    if code := mapping.constants.get("contest"):
        return [frame.contest(code)]
    words = re.split(r"[^0-9a-z]+", name.lower())
    named = [c for c in frame.contests.values() if c.feed and c.feed.lower() in words]
    return named or list(frame.contests.values())


def _scope(frame: Frame) -> dict[tuple[str, str], str]:
    rows = frame.scope.select("contest", "place", "kind").iter_rows()
    return {(contest, place): kind for contest, place, kind in rows}


def _time(page: Node, contests: list[Contest]) -> dt.datetime:
    """``ts`` (WIB) in UTC, if a snapshot of these contests can be of that time."""
    stated = page.get("ts")
    try:
        local = dt.datetime.strptime(str(stated), "%Y-%m-%d %H:%M:%S")
    except ValueError as err:
        raise Refused("feed-time", value=shown(stated)) from err
    first = min(c.date for c in contests)
    last = max(c.date for c in contests) + _LATEST
    if not first <= local.date() <= last:
        raise Refused("feed-time", value=shown(stated))
    return (local - dt.timedelta(hours=ZONES["WIB"])).replace(tzinfo=dt.UTC)


def _top(body: Node, frame: Frame, mapping: TableMapping, name: str) -> str:
    """The place that the file is about."""
    if place := mapping.constants.get("place"):
        return place
    named = [n for n in re.findall(r"\d+", name) if n in frame.kinds]
    table = body.get("table")
    above = _parent_of(list(table), frame) if isinstance(table, Node) else ""
    if above and named and above not in named:
        raise Refused("feed-place-differs", named=", ".join(named), found=above)
    place = above or max(named, key=len, default="") or _digits(name)
    if not place:
        raise Refused("feed-place")
    return place


def _digits(name: str) -> str:
    """A code of 2 to 13 digits that the name ends in, even of a place outside the frame."""
    found = re.search(r"(?:^|\D)(\d{2,13})\.json$", name)
    return found.group(1) if found else ""


def _parent_of(codes: list[str], frame: Frame) -> str:
    """The place right above the children of the table, where the frame knows one of them."""
    known = frame.places.filter(pl.col("code").is_in(codes)).get_column("parent").drop_nulls()
    return str(known[0]) if known.n_unique() == 1 else ""


def _nodes(body: Node, top: str) -> Iterator[tuple[str, Any, Any]]:
    """(place, votes, administration) of the place itself and of every child in the table."""
    yield top, body.get("chart"), body.get("administrasi")
    table = body.get("table")
    if isinstance(table, Node):
        for place, node in table.items():
            if place not in table.twice:
                yield place, node, None


def _form(place: str, node: Any, administration: Any, s: _Snapshot) -> dict[str, Any] | None:
    """One form row; None where the place is outside, states nothing, or has a problem."""
    inside = [c for c in s.contests if (c.code, place) in s.scope]
    if not inside:
        s.outside.append(place)
        return None
    if not _is_whole(place, node, administration, s.notes):
        return None
    contest = _contest_of(place, node or {}, inside, s.notes)
    if contest is None:
        return None
    tps = s.scope[contest.code, place] == "tps"
    figures = _figures(place, node or {}, administration or {}, contest, tps, s.notes)
    if figures is None:
        return None
    if not figures:
        s.notes.add("feed-nothing", 0, place)
        return None
    kind = C_HASIL if tps else D_HASIL
    key = {"contest": contest.code, "place": place, "source": "feed", "kind": kind}
    return {**key, "version": 1, "entered_at": s.at, **figures}


def _is_whole(place: str, node: Any, administration: Any, notes: Notes) -> bool:
    """Whether the parts of a place are objects in which no key stands twice."""
    progress = node.get("progres") if isinstance(node, Node) else None
    for part in (node, administration, progress):
        if part is not None and not isinstance(part, Node):
            notes.add("feed-number", 0, place, type(part).__name__)
            return False
        if part is not None and part.twice:
            notes.add("json-key-twice", 0, place, part.twice[0])
            return False
    return True


def _contest_of(
    place: str, node: Node | dict[str, Any], inside: list[Contest], notes: Notes
) -> Contest | None:
    """The contest whose candidates the node names; the only one there is where it names none."""
    ids = {k for k in node if k.isdigit()}
    by_id = [c for c in inside if ids & {x.feed_id for x in c.choices}]
    found = by_id or inside
    if len(found) == 1:
        return found[0]
    notes.add("feed-contest", 0, place)
    return None


def _figures(
    place: str, node: Any, administration: Any, contest: Contest, tps: bool, notes: Notes
) -> dict[str, int] | None:
    """Fields and figures that the two halves state; None where one of them cannot be."""
    votes = {c.feed_id: f"votes_{c.number}" for c in contest.choices if c.feed_id}
    unknown = [k for k in node if k.isdigit() and k not in votes]
    if unknown:
        notes.add("feed-candidate", 0, place, unknown[0], contest=contest.code)
        return None
    progress = node.get("progres")
    stations = progress if isinstance(progress, Node) and not tps else {}
    out: dict[str, int] = {}
    for source, names in ((node, votes), (administration, ADMINISTRATION), (stations, _STATIONS)):
        for key, value in source.items():
            if key not in names:
                _unknown_key(key, place, source is stations, notes)
            elif value is not None:
                if (
                    isinstance(value, bool)
                    or not isinstance(value, int)
                    or not 0 <= value <= LARGEST
                ):
                    notes.add("feed-number", 0, f"{place} {key}", value)
                    return None
                out[names[key]] = value
    return out


def _unknown_key(key: str, place: str, counter: bool, notes: Notes) -> None:
    if not counter and key not in _QUIET:
        notes.add("feed-key", 0, place, key)
