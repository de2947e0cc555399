"""The problems of a file are told in the reader's language, on the page and as CSV."""

from __future__ import annotations

import pytest
from django.urls import reverse

from rukun.web.count import services
from tests.count.small import station
from tests.web.room import csv_file, furnish

pytestmark = pytest.mark.django_db

SAID = {"id": "bukan bilangan bulat", "en": "is not a whole number"}


@pytest.mark.parametrize("lang", SAID)
def test_problems_are_told_in_the_readers_language(signed_in, lang):
    furnish()
    client = signed_in("typist", language=lang)
    upload = services.preview(client.person, csv_file(station("A1a1", ["x", 2])))
    other = SAID["en" if lang == "id" else "id"]
    for name in ("count:upload", "count:upload_problems"):
        text = client.get(reverse(name, args=[upload.pk])).content.decode()
        assert SAID[lang] in text and other not in text
