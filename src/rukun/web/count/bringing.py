"""Folders and files on the room's own machine into the room: what the commands call."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.core.files import File

from rukun.errors import UserError
from rukun.frame import read_frame
from rukun.web.count import services
from rukun.web.count.models import Contest, Upload

#: Of an example folder: the real recapitulation first, then the exercise forms.
_EXAMPLE = (
    "recapitulation.csv",
    "exercise/official.csv",
    "exercise/witness-1.csv",
    "exercise/witness-2.csv",
    "exercise/recap.csv",
    "exercise/feed.csv",
)


def bring_frame(folder: Path) -> dict[str, int]:
    """Places, contests and boundaries of a frame folder into the room."""
    return services.load_frame(None, read_frame(folder), read_boundaries(folder))


def bring_file(path: Path, mapping: str = "") -> Upload:
    """A file of forms into the room in one go; the problems stay with the upload."""
    with path.open("rb") as handle:
        upload = services.preview(None, File(handle, name=path.name), mapping, largest=None)
    return services.store(None, upload.pk)


def bring_example(folder: Path) -> list[Upload]:
    """The example into an empty room; nothing where the room has its contests already."""
    if Contest.objects.exists():
        return []
    bring_frame(folder)
    return [bring_file(folder / name) for name in _EXAMPLE if (folder / name).is_file()]


def read_boundaries(folder: Path) -> dict[str, Any]:
    """Geometries by place code from ``boundaries/*.geojson`` (``properties.code``), as supplied.

    Raises ``UserError`` for a file that is not GeoJSON in degrees.
    """
    found: dict[str, Any] = {}
    for path in sorted((folder / "boundaries").glob("*.geojson")):
        try:
            features = json.loads(path.read_text(encoding="utf-8"))["features"]
            for feature in features:
                found[str(feature["properties"]["code"])] = _checked(feature["geometry"])
        except (OSError, ValueError, KeyError, TypeError) as err:
            raise UserError(
                "boundaries-file",
                f"this is not GeoJSON with a code in the properties of each feature ({err}).",
                "Every feature needs properties.code and a Polygon or MultiPolygon in degrees.",
                str(path),
            ) from err
    return found


def _checked(geometry: dict[str, Any]) -> dict[str, Any]:
    """A polygon whose rings are closed and whose first number is the longitude."""
    if geometry["type"] not in ("Polygon", "MultiPolygon"):
        raise ValueError(f"a {geometry['type']} is not an outline")
    polygons = geometry["coordinates"]
    for polygon in polygons if geometry["type"] == "MultiPolygon" else [polygons]:
        for ring in polygon:
            if ring[0] != ring[-1]:
                raise ValueError("a ring is not closed")
            if any(not (-180 <= p[0] <= 180 and -90 <= p[1] <= 90) for p in ring):
                raise ValueError("the coordinates are not longitude, latitude in degrees")
    return {"type": geometry["type"], "coordinates": polygons}
