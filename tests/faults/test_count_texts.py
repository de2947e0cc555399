"""Texts that people bring, with everything in them that may harm a page, a file or the database."""

from __future__ import annotations

import io
import zipfile
from xml.etree import ElementTree

import polars as pl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from rukun.errors import UserError
from rukun.frame import Frame
from rukun.places import check_places
from rukun.web.count import blobs, services
from rukun.web.count.models import StoredForm, Upload
from tests.count.small import frame, station
from tests.web.conftest import own_room, person, signed_in
from tests.web.room import bring, csv_file, furnish

pytestmark = pytest.mark.django_db
__all__ = ["own_room", "person", "signed_in"]

MARKUP = "<script>alert(1)</script>"
TEXTS = {
    "markup": MARKUP,
    "template": "{{ 7|add:7 }}{% include 'rukun/base.html' %}",
    "formula": '=HYPERLINK("http://example.org")',
    "bidi": "abc\u202egpj.exe\u2069",
    "zero width": "a\u200bb\ufeffc",
    "emoji": "\U0001f600" * 20_000,
    "combining": "e" + "\u0301" * 3000,
    "nul": "a\0b",
    "new line": "a\r\nSet-Cookie: x=y",
    "digits": "9" * 5000,
    "path": "../../../etc/passwd",
}


def bytes_of(rows, **more):
    return csv_file(*[r | more for r in rows]).read()


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
@pytest.mark.parametrize("column", ["place", "votes_1", "source", "evidence", "odd"])
def test_text_in_any_column_is_shown_as_text_or_refused(signed_in, column, text):
    furnish()
    client = signed_in("typist")
    good = station("A1a1", [1, 2])
    file = SimpleUploadedFile("f.csv", bytes_of([good, good | {"place": "A1a2"} | {column: text}]))
    answer = client.post(reverse("count:uploads"), {"file": file}, follow=True)
    assert answer.status_code in (200, 400)
    assert MARKUP not in answer.content.decode()
    for upload in Upload.objects.all():
        for name in ("upload", "upload_problems"):
            shown = client.get(reverse(f"count:{name}", args=[upload.pk])).content.decode()
            assert MARKUP not in shown or name == "upload_problems"
            assert not {"\0", "\u202e"} & set(shown)
            assert '"=HYPERLINK' not in shown and "\n=HYPERLINK" not in shown


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_text_in_a_mapping_is_refused_with_what_to_do(signed_in, text):
    furnish()
    client = signed_in("typist")
    for mapping in (text, f"[constants]\nplace = '''{text}'''", "a = " + "[" * 5000):
        sent = {"file": csv_file(station("A1a1", [1, 2])), "mapping": mapping}
        answer = client.post(reverse("count:uploads"), sent, follow=True)
        assert answer.status_code in (200, 400)
        assert MARKUP not in answer.content.decode()
    assert not StoredForm.objects.exists()


@pytest.mark.parametrize("name", [*TEXTS.values(), "x" * 5000, "\udcff.csv"])
def test_a_file_name_is_kept_as_text_that_can_be_shown(person, name):
    furnish()
    upload = services.preview(
        person("typist"), SimpleUploadedFile(name, bytes_of([station("A1a1", [1, 2])]))
    )
    kept = Upload.objects.get(pk=upload.pk).name
    assert 0 < len(kept) <= 200 and kept.isprintable()
    assert blobs.path_of(upload.sha256).is_file()


@pytest.fixture
def named_by_a_prankster(signed_in):
    """A room whose places have names that would harm."""
    names = [MARKUP, TEXTS["formula"], TEXTS["bidi"], "Desa \u0301\u0301", "{{ 7 }}"]
    plain = frame()
    places = plain.places.to_dicts()
    for n, row in enumerate(places):
        row["name"] = names[n % len(names)]
    furnish(
        Frame(
            check_places(pl.from_dicts(places, schema=plain.places.schema)),
            plain.contests,
        )
    )
    bring(
        *[
            station(t, [5, 6], s, valid=3)
            for t in ("A1a1", "A1b1")
            for s in ("official", "witness:1")
        ]
    )
    return signed_in("verifier")


def test_names_of_places_stand_in_pages_as_text(named_by_a_prankster):
    for name, args in (
        ("overview", []),
        ("contest", ["reg"]),
        ("place", ["reg", "A"]),
        ("place", ["reg", "A1a1"]),
        ("findings", []),
    ):
        html = named_by_a_prankster.get(reverse(f"count:{name}", args=args)).content.decode()
        assert MARKUP not in html and "<script>alert" not in html, name


def test_names_of_places_stand_in_exports_as_text(named_by_a_prankster):
    url = reverse("count:findings_export", args=["csv"])
    csv = b"".join(named_by_a_prankster.get(url)).decode()
    assert ",=HYPERLINK" not in csv and ',"=HYPERLINK' not in csv
    book = named_by_a_prankster.get(reverse("count:findings_export", args=["xlsx"])).content
    with zipfile.ZipFile(io.BytesIO(book)) as parts:
        sheet = ElementTree.fromstring(parts.read("xl/worksheets/sheet1.xml"))
        assert "xl/externalLinks" not in "".join(parts.namelist())
    assert not [e for e in sheet.iter() if e.tag.endswith("}f")]


def test_a_full_disk_is_said_and_leaves_nothing(signed_in, monkeypatch):
    furnish()
    client = signed_in("typist")

    def full(*args):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(blobs.os, "fsync", full)
    answer = client.post(reverse("count:uploads"), {"file": csv_file(station("A1a1", [1, 2]))})
    assert answer.status_code == 400
    assert "No space left on device" in answer.content.decode()
    assert not Upload.objects.exists()
    assert [p for p in blobs.folder().rglob("*") if p.is_file()] == []


def test_a_file_that_is_not_the_one_looked_at_is_not_stored(person):
    furnish()
    user = person("typist")
    upload = services.preview(user, csv_file(station("A1a1", [1, 2])))
    blobs.path_of(upload.sha256).write_bytes(bytes_of([station("A1a1", [9, 9])]))
    with pytest.raises(UserError, match="not the one"):
        services.store(user, upload.pk)
    assert not StoredForm.objects.exists()
