"""Outlines of places from GeoJSON files that the user supplies: ``boundaries/*.geojson``."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

import polars as pl

from rukun.errors import UserError

#: Names under which GeoJSON of before 2016 says that it is in longitude and latitude (WGS 84).
_WGS84: Final = ("CRS84", "4326")
#: Degrees by which a place's point may lie outside its outline's box (about 20 km).
_NEAR: Final = 0.2
_HINT: Final = (
    "Each feature needs properties.code and a Polygon or MultiPolygon in longitude, latitude "
    "(WGS 84), every ring closed."
)
_HINT_ID: Final = (
    "Setiap feature memerlukan properties.code dan Polygon atau MultiPolygon dalam bujur, lintang "
    "(WGS 84), setiap cincin tertutup."
)


def read_boundaries(folder: Path, places: pl.DataFrame) -> dict[str, dict[str, Any]]:
    """Geometry (GeoJSON) by place code; outlines of places that are not in the frame are left out.

    Raises ``UserError`` (``boundaries-file``) naming the file and the place: not GeoJSON, another
    coordinate system, swapped axes, open rings, an outline far from the place's own point.
    """
    points = {c: (lat, lon) for c, lat, lon in places.select("code", "lat", "lon").iter_rows()}
    found: dict[str, dict[str, Any]] = {}
    for path in sorted((folder / "boundaries").glob("*.geojson")):
        for code, geometry in _features(path):
            if code in points:
                found[code] = _checked(geometry, points[code], f"{path}, place {code}")
    return found


def _features(path: Path) -> Iterator[tuple[str, Mapping[str, Any]]]:
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        system = str(data.get("crs", {}).get("properties", {}).get("name", "CRS84"))
        features = [(str(f["properties"]["code"]), f["geometry"]) for f in data["features"]]
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as err:
        raise _refused("this is not GeoJSON with a code for each feature", str(path)) from err
    if not system.endswith(_WGS84):
        raise _refused(f"the coordinates are in another system ({system[:60]})", str(path))
    yield from features


def _checked(
    geometry: Mapping[str, Any], point: tuple[float | None, float | None], where: str
) -> dict[str, Any]:
    try:
        kind, coordinates = geometry["type"], geometry["coordinates"]
        polygons = {"Polygon": [coordinates], "MultiPolygon": coordinates}[kind]
        rings = [[(float(p[0]), float(p[1])) for p in ring] for poly in polygons for ring in poly]
    except (KeyError, TypeError, ValueError, IndexError) as err:
        raise _refused("the outline is no Polygon or MultiPolygon", where) from err
    if not rings or any(len(ring) < 4 or ring[0] != ring[-1] for ring in rings):
        raise _refused("a ring of the outline is not closed", where)
    _refuse_elsewhere([p for ring in rings for p in ring], point, where)
    return {"type": kind, "coordinates": coordinates}


def _refuse_elsewhere(
    corners: list[tuple[float, float]], point: tuple[float | None, float | None], where: str
) -> None:
    lons, lats = [p[0] for p in corners], [p[1] for p in corners]
    on_globe = all(-180 <= x <= 180 for x in lons) and all(-90 <= y <= 90 for y in lats)
    if not on_globe:
        raise _refused("the coordinates are not longitude, latitude in degrees", where)
    lat, lon = point
    if lat is None or lon is None:
        return
    inside = min(lons) - _NEAR <= lon <= max(lons) + _NEAR
    if not inside or not min(lats) - _NEAR <= lat <= max(lats) + _NEAR:
        raise _refused("the outline lies far from the place: are the axes swapped?", where)


_IN_INDONESIAN: Final = {
    "this is not GeoJSON": "ini bukan GeoJSON dengan kode untuk setiap feature.",
    "the coordinates are in another": "koordinatnya memakai sistem lain.",
    "the outline is no": "batas wilayah bukan Polygon atau MultiPolygon.",
    "a ring of the outline": "ada cincin batas wilayah yang tidak tertutup.",
    "the coordinates are not": "koordinatnya bukan bujur, lintang dalam derajat.",
    "the outline lies far": "batas wilayah jauh dari tempatnya: apakah sumbunya tertukar?",
}


def _refused(why: str, where: str) -> UserError:
    words = next(text for start, text in _IN_INDONESIAN.items() if why.startswith(start))
    end = "" if why.endswith("?") else "."
    return UserError("boundaries-file", why + end, _HINT, where, message_id=words, hint_id=_HINT_ID)
