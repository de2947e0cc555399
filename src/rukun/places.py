"""The area tree: country › province › regency › kecamatan › village › tps.

Codes are the official ones, kept as text with their zeros; a tps is the ten digits of its
village and three of its own. Coordinates are degrees (WGS 84). ``registered`` is the voter list
(DPT) of a tps where it is known before the vote.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

import polars as pl

from rukun.errors import UserError
from rukun.tables import Column, conform

KINDS: Final = ("country", "province", "regency", "kecamatan", "village", "tps")
#: Hours ahead of UTC of the Indonesian time zones (Keppres 41/1987).
ZONES: Final = {"WIB": 7, "WITA": 8, "WIT": 9}

PLACES: Final[tuple[Column, ...]] = (
    Column("code", pl.String, "code", False, "Official code, text."),
    Column("name", pl.String, "text", False, "Name as the election body writes it."),
    Column(
        "kind", pl.String, "word", False, "country, province, regency, kecamatan, village, tps."
    ),
    Column("parent", pl.String, "code", True, "Code of the place above; empty at the top."),
    Column("lat", pl.Float64, "degrees", True, "Latitude, WGS 84."),
    Column("lon", pl.Float64, "degrees", True, "Longitude, WGS 84."),
    Column("registered", pl.Int64, "persons", True, "Voters on the list (DPT) before the vote."),
    Column("zone", pl.String, "word", True, "WIB, WITA or WIT; inherited where empty."),
    Column(
        "basis", pl.String, "word", True, "'exercise' where made up, 'estimate' where inferred."
    ),
)


def read_places(path: Path) -> pl.DataFrame:
    """The places of a CSV file, checked. Raises ``UserError`` naming the row and the code."""
    try:
        raw = pl.read_csv(path, infer_schema=False, encoding="utf8")
    except (OSError, pl.exceptions.PolarsError) as err:
        raise UserError(
            "places-file",
            "the list of places cannot be read.",
            f"Save it as UTF-8 CSV ({err}).",
            str(path),
        ) from err
    text = raw.select(pl.all().str.strip_chars().replace("", None))
    numbers = {"lat": pl.Float64, "lon": pl.Float64, "registered": pl.Int64}
    for name, dtype in numbers.items():
        if name in text.columns:
            _refuse(
                text.filter(
                    pl.col(name).is_not_null() & pl.col(name).cast(dtype, strict=False).is_null()
                ),
                "places-number",
                f"{name} is not a number.",
                "Write plain digits, with a point in degrees.",
                path,
            )
            text = text.with_columns(pl.col(name).cast(dtype))
    return check_places(text, str(path))


def check_places(places: pl.DataFrame, where: str = "places") -> pl.DataFrame:
    """``places`` in its schema, or a ``UserError``: kinds, unique codes, parents, zones, degrees."""
    out = conform(places, PLACES, where)
    tests = (
        (
            ~pl.col("kind").is_in(KINDS),
            "places-kind",
            "unknown kind of place.",
            f"Use one of {', '.join(KINDS)}.",
        ),
        (
            pl.col("code").is_duplicated(),
            "places-twice",
            "this code stands twice.",
            "Keep one row for a place.",
        ),
        (
            pl.col("parent").is_not_null()
            & ~pl.col("parent").is_in(out.get_column("code").implode()),
            "places-parent",
            "the parent is not in the list.",
            "Add the parent, or correct its code (codes are text: keep their zeros).",
        ),
        (
            pl.col("zone").is_not_null() & ~pl.col("zone").is_in(list(ZONES)),
            "places-zone",
            "unknown time zone.",
            "Use WIB, WITA or WIT.",
        ),
        (
            (pl.col("lat").abs() > 90) | (pl.col("lon").abs() > 180),
            "places-degrees",
            "the coordinates are not on the globe.",
            "Latitude first, then longitude.",
        ),
        (
            pl.col("registered") < 0,
            "places-registered",
            "registered voters are negative.",
            "Leave it empty where unknown.",
        ),
    )
    for broken, code, message, hint in tests:
        _refuse(out.filter(broken), code, message, hint, where)
    _refuse_order(out, where)
    return out


def _refuse(rows: pl.DataFrame, code: str, message: str, hint: str, where: Path | str) -> None:
    if not rows.is_empty():
        raise UserError(code, message, hint, f"{where}, place {rows.item(0, 'code')}")


def _refuse_order(places: pl.DataFrame, where: str) -> None:
    """A child's kind must stand below its parent's: this also rules out circles."""
    rank = {k: i for i, k in enumerate(KINDS)}
    ranked = places.with_columns(
        pl.col("kind").replace_strict(rank, return_dtype=pl.Int64).alias("rank")
    )
    child = ranked.join(
        ranked.select(parent=pl.col("code"), above=pl.col("rank")), on="parent", how="inner"
    ).filter(pl.col("above") >= pl.col("rank"))
    _refuse(
        child,
        "places-order",
        "the parent is not of a higher kind.",
        "A village lies in a kecamatan, a kecamatan in a regency, …",
        where,
    )


def ancestors(places: pl.DataFrame) -> pl.DataFrame:
    """One row per place and each place above it (itself included).

    Columns: ``code``, ``ancestor``, ``ancestor_kind``. A tree of depth *d* gives at most *d* rows
    a place.
    """
    parents = places.select(ancestor=pl.col("code"), above=pl.col("parent"))
    kinds = places.select(ancestor=pl.col("code"), ancestor_kind=pl.col("kind"))
    here = places.select("code", ancestor=pl.col("code"))
    layers = [here]
    for _ in KINDS:
        here = (
            here.join(parents, on="ancestor", how="inner")
            .filter(pl.col("above").is_not_null())
            .select("code", ancestor=pl.col("above"))
        )
        layers.append(here)
    return pl.concat(layers).join(kinds, on="ancestor", how="inner")


def zone_of_most(places: pl.DataFrame) -> str:
    """The zone of the most places, in which a day of all of them begins; WITA where none is stated."""
    zones = zone_of(places)["zone"].drop_nulls()
    known = zones.filter(zones.is_in(list(ZONES)))
    return str(known.mode().sort()[0]) if known.len() else "WITA"


def zone_of(places: pl.DataFrame) -> pl.DataFrame:
    """``code``, ``zone`` for each place: its own, else that of the nearest place above it."""
    rank = {k: i for i, k in enumerate(KINDS)}
    stated = places.filter(pl.col("zone").is_not_null()).select(
        ancestor=pl.col("code"), zone=pl.col("zone")
    )
    nearest = (
        ancestors(places)
        .join(stated, on="ancestor", how="inner")
        .sort(pl.col("ancestor_kind").replace_strict(rank, return_dtype=pl.Int64), descending=True)
        .unique("code", keep="first")
        .select("code", "zone")
    )
    return places.select("code").join(nearest, on="code", how="left")
