"""Who, where and what: contest, place, source and kind of each row against the frame."""

from __future__ import annotations

import re
from typing import Final

import polars as pl

from rukun.contests import Contest
from rukun.count.forms import KEY, KINDS, SOURCE_PATTERN, STATION_KINDS
from rukun.count.readers.mapping import WITHIN
from rukun.count.readers.problems import LISTED, Notes
from rukun.files.sheet import Sheet
from rukun.frame import Frame

_EXPONENT: Final = re.compile(r"\d[.,]?\d*[eE]\+?\d+|\d{16,}|\d+\.0+")
_INVISIBLE: Final = r"[\p{Cc}\p{Cf}\p{Co}]"


def check_codes(table: pl.DataFrame, sheet: Sheet, frame: Frame, notes: Notes) -> pl.DataFrame:
    """``table`` with trimmed codes; rows whose codes do not hold are listed and refused."""
    table = table.with_columns(pl.col(k).cast(pl.String).str.strip_chars() for k in KEY)
    table = table.with_columns(pl.when(pl.col(k) != "").then(pl.col(k)) for k in KEY).with_columns(
        pl.col("source", "kind").str.to_lowercase()
    )
    for key in KEY:
        _empty(table, key, sheet, notes)
        _invisible(table, key, notes)
    known = pl.col("contest").is_in(list(frame.contests))
    names = ", ".join(sorted(frame.contests))
    _list(table.filter(~known), "contest-unknown", "contest", notes, known=names)
    _list(table.filter(~pl.col("kind").is_in(list(KINDS))), "kind-unknown", "kind", notes)
    _places(table, frame, notes)
    for contest in frame.contests.values():
        _sources(table, contest, notes)
    _within(table, frame, notes)
    return table


def _list(rows: pl.DataFrame, code: str, column: str, notes: Notes, **slots: object) -> None:
    notes.add_rows(code, rows.get_column("row"), column, rows.get_column(column), **slots)


def _empty(table: pl.DataFrame, key: str, sheet: Sheet, notes: Notes) -> None:
    rows = table.filter(pl.col(key).is_null()).get_column("row")
    if rows.is_empty():
        return
    at = next((i for i, h in enumerate(sheet.header) if h.strip().lower() == key), -1)
    merged = {r for first, last, c in sheet.merged if c == at for r in range(first, last + 1)}
    notes.add_all("identity-merged", [r for r in rows if r in merged], key)
    notes.add_all("identity-empty", [r for r in rows if r not in merged], key)


def _invisible(table: pl.DataFrame, key: str, notes: Notes) -> None:
    for row, value in table.filter(pl.col(key).str.contains(_INVISIBLE)).select("row", key).rows():
        found = next(c for c in value if not c.isprintable())
        notes.add("text-control", row, key, value, character=f"U+{ord(found):04X}")


def _places(table: pl.DataFrame, frame: Frame, notes: Notes) -> None:
    """Unknown places, places outside the contest, kinds of form that do not fit the place."""
    scope = frame.scope.select("contest", "place", level=pl.col("kind"))
    here = table.select("row", *KEY).join(scope, on=["contest", "place"], how="left")
    strange = here.filter(pl.col("level").is_null() & pl.col("place").is_not_null())
    if not strange.is_empty():
        everywhere = pl.col("place").is_in(frame.places.get_column("code").implode())
        _unknown_places(strange.filter(~everywhere), frame, notes)
        outside = strange.filter(everywhere & pl.col("contest").is_in(list(frame.contests)))
        for (code,), rows in outside.partition_by("contest", as_dict=True).items():
            top = frame.contests[str(code)].place
            _list(rows, "place-outside", "place", notes, contest=code, top=top)
    station = pl.col("kind").is_in(STATION_KINDS)
    wanted = (pl.col("level") == "tps") & (pl.col("source") != "recap")
    wrong = here.filter(
        pl.col("level").is_not_null()
        & pl.col("kind").is_in(list(KINDS))
        & pl.col("source").is_not_null()
        & (station != wanted)
    )
    for (level,), rows in wrong.partition_by("level", as_dict=True).items():
        place = rows.item(0, "place") if rows.height == 1 else "the place"
        _list(rows, "kind-level", "kind", notes, place=place, level=level)


def _unknown_places(rows: pl.DataFrame, frame: Frame, notes: Notes) -> None:
    lengths = frame.places.get_column("code").str.len_chars().unique().sort().to_list()
    stated = ", ".join(str(n) for n in lengths)
    for row, place in rows.head(LISTED).select("row", "place").rows():
        code, slots = _why_unknown(place, frame.kinds, set(lengths))
        notes.add(code, row, "place", place, lengths=stated, length=len(place), **slots)
    _list(rows.slice(LISTED), "place-unknown", "place", notes, near="", near_id="")


def _why_unknown(
    place: str, kinds: dict[str, str], lengths: set[int]
) -> tuple[str, dict[str, str]]:
    """The kind of mistake in an unknown code, and what it could have been."""
    if _EXPONENT.fullmatch(place):
        return "place-exponent", {}
    for wanted in _with_zeros(place, lengths):
        if wanted in kinds:
            return "place-zeros", {"wanted": wanted}
    above = next((place[:n] for n in sorted(lengths, reverse=True) if place[:n] in kinds), "")
    near = {"near": f"{kinds[above]} {above} is known." if above else "", "near_id": ""}
    near["near_id"] = f"Wilayah {above} ada." if above else ""
    return ("place-unknown" if len(place) in lengths else "place-length"), near


def _with_zeros(place: str, lengths: set[int]) -> list[str]:
    """The code with zeros put back in front, or before its station number; dots taken out."""
    bare = place.replace(".", "")
    front = [bare.zfill(n) for n in sorted(lengths) if len(bare) < n]
    station = [bare[:10] + bare[10:].zfill(3)] if 10 < len(bare) < 13 else []
    return [*([bare] if bare != place else []), *station, *front]


def _sources(table: pl.DataFrame, contest: Contest, notes: Notes) -> None:
    rows = table.filter(pl.col("contest") == contest.code)
    stated = rows.get_column("source").drop_nulls().unique().to_list()
    unknown = [s for s in stated if not SOURCE_PATTERN.match(s)]
    _list(rows.filter(pl.col("source").is_in(unknown)), "source-unknown", "source", notes)
    pairs = {f"witness:{c.number}" for c in contest.choices if not c.empty_box}
    foreign = [s for s in stated if s.startswith("witness:") and s not in pairs | set(unknown)]
    wrong = rows.filter(pl.col("source").is_in(foreign))
    _list(wrong, "source-choice", "source", notes, contest=contest.code)


def _within(table: pl.DataFrame, frame: Frame, notes: Notes) -> None:
    """Where the table names an area beside the place, the place must lie in it."""
    if WITHIN not in table.columns:
        return
    names = frame.places.select(ancestor=pl.col("code"), name=pl.col("name").str.to_lowercase())
    above = frame.ancestors.join(names, on="ancestor", how="left")
    allowed = pl.concat(
        [above.select("code", area="ancestor"), above.select("code", area="name")]
    ).unique()
    stated = table.select(
        "row", code="place", shown=WITHIN, area=pl.col(WITHIN).str.strip_chars().str.to_lowercase()
    ).filter(pl.col("area") != "")
    wrong = stated.join(allowed, on=["code", "area"], how="anti").filter(
        pl.col("code").is_in(frame.places.get_column("code").implode())
    )
    for row, code, area in wrong.select("row", "code", "shown").rows():
        notes.add("place-within", row, "place", code, within=area)
