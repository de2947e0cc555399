"""The frame: places and contests of one election, read from a folder.

A frame folder holds ``places.csv``, ``contests.toml`` and, where the user supplies them,
``boundaries/*.geojson`` (polygons with the official code in ``properties.code``).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import polars as pl

from rukun.contests import Contest, read_contests
from rukun.errors import UserError
from rukun.places import KINDS, ancestors, read_places


@dataclass(frozen=True)
class Frame:
    """Places (schema ``rukun.places.PLACES``) and contests by code."""

    places: pl.DataFrame
    contests: dict[str, Contest]

    @cached_property
    def ancestors(self) -> pl.DataFrame:
        """``code``, ``ancestor``, ``ancestor_kind``: every place under each place above it."""
        return ancestors(self.places)

    @cached_property
    def kinds(self) -> dict[str, str]:
        """Kind of each place by its code."""
        return dict(self.places.select("code", "kind").iter_rows())

    def contest(self, code: str) -> Contest:
        """The contest with this code, or a ``UserError`` that lists those there are."""
        try:
            return self.contests[code]
        except KeyError:
            raise UserError(
                "contest-unknown",
                f"there is no contest “{code}”.",
                f"There are: {', '.join(sorted(self.contests))}.",
            ) from None

    @cached_property
    def stations(self) -> pl.DataFrame:
        """Each tps of each contest with the place above it of every kind.

        Columns: ``contest``, ``place``, ``registered`` (DPT, null where unknown), and one column
        per kind above tps holding the ancestor's code (null where the tree has no such level).
        """
        wide = self._station_places
        parts = [
            wide.filter(
                pl.any_horizontal(pl.col(k) == c.place for k in KINDS[:-1])
                | (pl.col("place") == c.place)
            ).select(pl.lit(c.code).alias("contest"), pl.all())
            for c in self.contests.values()
        ]
        return pl.concat(parts or [wide.select(pl.lit("").alias("contest"), pl.all()).clear()])

    @cached_property
    def _station_places(self) -> pl.DataFrame:
        tps = self.places.filter(pl.col("kind") == "tps").select(
            place=pl.col("code"), registered=pl.col("registered")
        )
        above = self.ancestors.join(tps.select(code=pl.col("place")), on="code", how="semi")
        for kind in KINDS[:-1]:
            level = above.filter(pl.col("ancestor_kind") == kind).select(
                place=pl.col("code"), **{kind: pl.col("ancestor")}
            )
            tps = tps.join(level, on="place", how="left")
        return tps

    @cached_property
    def scope(self) -> pl.DataFrame:
        """Every place that belongs to a contest: ``contest``, ``place``, ``kind``, ``parent``, ``name``.

        The contest's top place is the first; places above it do not belong to it.
        """
        below = self.ancestors.select(place=pl.col("code"), top=pl.col("ancestor"))
        info = self.places.select(
            place=pl.col("code"), kind=pl.col("kind"), parent=pl.col("parent"), name=pl.col("name")
        )
        parts = [
            below.filter(pl.col("top") == c.place).select(pl.lit(c.code).alias("contest"), "place")
            for c in self.contests.values()
        ]
        return pl.concat(parts).join(info, on="place", how="left")


def read_frame(folder: Path) -> Frame:
    """The frame of a folder. Raises ``UserError`` naming file, row and field."""
    if not (folder / "places.csv").is_file():
        raise UserError(
            "frame-folder",
            "there is no places.csv in this folder.",
            "Give --frame the folder with places.csv and contests.toml.",
            str(folder),
        )
    places = read_places(folder / "places.csv")
    kinds = dict(places.select("code", "kind").iter_rows())
    return Frame(places=places, contests=read_contests(folder / "contests.toml", kinds))
