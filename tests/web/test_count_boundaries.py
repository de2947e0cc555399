"""Outlines that a user supplies are drawn on the map, with the marks and their links."""

from __future__ import annotations

import json
import shutil

import pytest
from django.urls import reverse

from rukun.web.count.bringing import bring_frame
from rukun.web.count.models import Place
from tests.house import ROOT

pytestmark = pytest.mark.django_db


def test_supplied_outlines_are_drawn_and_marks_link_to_their_places(signed_in, tmp_path):
    for name in ("places.csv", "contests.toml"):
        shutil.copy(ROOT / "examples" / "jembrana-2024" / name, tmp_path)
    (tmp_path / "boundaries").mkdir()
    ring = [[114.6, -8.3], [114.7, -8.3], [114.7, -8.2], [114.6, -8.2], [114.6, -8.3]]
    feature = {
        "type": "Feature",
        "properties": {"code": "5101011006"},
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }
    file = tmp_path / "boundaries" / "villages.geojson"
    file.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}))
    bring_frame(tmp_path)
    assert Place.objects.get(pk="5101011006").boundary["coordinates"] == [ring]
    client = signed_in("viewer")
    from tests.web.room import bring

    bring({"contest": "bupati-jembrana-2024", "place": "5101011006001", "votes": [1, 2]})
    html = client.get(reverse("count:contest", args=["bupati-jembrana-2024"])).content.decode()
    drawn = html.split('<div class="chart">')[-1]
    assert "mark-shape role-mark" in drawn
    assert "/c/bupati-jembrana-2024/p/5101011006/" in drawn
    assert 'style="' not in drawn.split("</svg>")[0]
