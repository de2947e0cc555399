"""Outlines that a user supplies: each fault is named with its file and place."""

from __future__ import annotations

import json

import polars as pl
import pytest

from rukun.boundaries import read_boundaries
from rukun.errors import UserError

PLACES = pl.DataFrame({"code": ["510101", "510102"], "lat": [-8.33, None], "lon": [114.6, None]})
SQUARE = [[114.5, -8.4], [114.7, -8.4], [114.7, -8.2], [114.5, -8.2], [114.5, -8.4]]


def polygon(ring, code="510101", kind="Polygon"):
    coordinates = [ring] if kind == "Polygon" else [[ring]]
    return {"properties": {"code": code}, "geometry": {"type": kind, "coordinates": coordinates}}


@pytest.fixture
def write(tmp_path):
    def put(*features, text=None, **more):
        (tmp_path / "boundaries").mkdir()
        data = {"type": "FeatureCollection", "features": list(features), **more}
        path = tmp_path / "boundaries" / "kec.geojson"
        path.write_text(json.dumps(data) if text is None else text)
        return tmp_path

    return put


@pytest.mark.parametrize("kind", ["Polygon", "MultiPolygon"])
def test_good_outlines_are_kept_as_they_are(write, kind):
    found = read_boundaries(write(polygon(SQUARE, kind=kind), polygon(SQUARE, "999999")), PLACES)
    assert found == {"510101": polygon(SQUARE, kind=kind)["geometry"]}


def test_no_folder_is_no_outlines(tmp_path):
    assert read_boundaries(tmp_path, PLACES) == {}


BAD = {
    "swapped-axes": ([polygon([p[::-1] for p in SQUARE])], {}, "not longitude, latitude"),
    "swapped-axes-still-on-the-globe": (
        [polygon([[y, x - 114] for x, y in SQUARE])],
        {},
        "axes swapped",
    ),
    "open-ring": ([polygon(SQUARE[:-1])], {}, "not closed"),
    "two-points": ([polygon(SQUARE[:2])], {}, "not closed"),
    "nothing": ([polygon([])], {}, "not closed"),
    "other-system": (
        [polygon(SQUARE)],
        {"crs": {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::32750"}}},
        "another system",
    ),
    "metres": ([polygon([[x * 1000, y * 1000] for x, y in SQUARE])], {}, "not longitude, latitude"),
    "a-point": (
        [{"properties": {"code": "510101"}, "geometry": {"type": "Point", "coordinates": [1, 2]}}],
        {},
        "no Polygon",
    ),
    "words": ([polygon([["a", "b"]] * 4)], {}, "no Polygon"),
    "no-code": ([{"properties": {}, "geometry": None}], {}, "not GeoJSON"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_faulty_outline_is_refused_with_its_file_and_what_to_do(write, name):
    features, more, why = BAD[name]
    with pytest.raises(UserError, match=why) as refused:
        read_boundaries(write(*features, **more), PLACES)
    assert "kec.geojson" in refused.value.where
    assert refused.value.hint
    assert refused.value.say("id")[0] != refused.value.say("en")[0]


@pytest.mark.parametrize("text", ["", "[]", "<html>", '{"features": 3}', "[" * 100_000])
def test_a_file_that_is_no_geojson_is_refused(write, text):
    with pytest.raises(UserError, match="not GeoJSON"):
        read_boundaries(write(text=text), PLACES)


def test_the_old_name_of_longitude_and_latitude_is_accepted(write):
    named = {"crs": {"type": "name", "properties": {"name": "urn:ogc:def:crs:OGC:1.3:CRS84"}}}
    assert read_boundaries(write(polygon(SQUARE), **named), PLACES)
