"""A small room to test with: the small election of ``tests.count.small`` in the database."""

from __future__ import annotations

import csv
import datetime as dt
import io
from typing import Any

import polars as pl
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction

from rukun.frame import Frame
from rukun.web.count import services, storing
from tests.count.small import contest, forms, frame, station

AT = dt.datetime(2024, 11, 27, 12, tzinfo=dt.UTC)


def two_contests() -> Frame:
    """The small election with a contest of the regent and one of the governor."""
    return frame(contest(), contest(code="gov", name_en="Governor", name_id="Gubernur"))


def furnish(a_frame: Frame | None = None) -> Frame:
    """Places and contests into the room."""
    made = a_frame or two_contests()
    services.load_frame(None, made, {})
    return made


def bring(*rows: dict[str, Any], choices: int = 2) -> storing.Stored:
    """Forms into the room, without an upload."""
    table: pl.DataFrame = forms(*rows, choices=choices)
    with transaction.atomic():
        return storing.store_forms(table, services.full_frame(), None, AT)


def csv_file(*rows: dict[str, Any], name: str = "forms.csv") -> SimpleUploadedFile:
    """A canonical CSV file as a browser would send it."""
    filled = []
    for row in rows:
        given = {"contest": "reg", "source": "official", "kind": "c_hasil", **row}
        for number, votes in enumerate(given.pop("votes", []), 1):
            given[f"votes_{number}"] = votes
        filled.append(given)
    names = list(dict.fromkeys(k for r in filled for k in r))
    out = io.StringIO()
    writer = csv.DictWriter(out, names)
    writer.writeheader()
    writer.writerows(filled)
    return SimpleUploadedFile(name, out.getvalue().encode(), "text/csv")


def all_three(place: str, votes: list[int], **more: Any) -> list[dict[str, Any]]:
    """The same votes from the official form and both camps' witnesses."""
    return [station(place, votes, s, **more) for s in ("official", "witness:1", "witness:2")]
