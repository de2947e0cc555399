"""Odd texts in posts: whatever stands in them, the reader of claims ends soon and invents nothing."""

from __future__ import annotations

import time

import polars as pl
import pytest

from rukun.brief.answers import Evidence, answers
from rukun.talk.claims import CLAIMS, extract
from rukun.talk.gazetteer import gazetteer
from tests.count.small import forms, frame, station
from tests.talk.claim_cases import jembrana, reader

MOST_SECONDS = 3.0
GOOD = "TPS 7 Yehembang paslon 1 dapat 108 suara"
ODD = {
    "empty": "",
    "nul": "TPS 7\0 Yehembang\0",
    "surrogate": "paslon 1 \udcff suara \ud800 TPS 7",
    "bidi": "\u202eTPS 7 Yehembang\u2069 suara",
    "zero width": "p\u200ba\u200bslon 1 TP\u200bS 7 " * 500,
    "emoji": "\U0001f600" * 20_000 + " suara paslon 1",
    "combining": "suara paslon 1 TPS 7 e" + "\u0301" * 20_000,
    "capital that grows": "İ" * 5_000 + " paslon 1 dapat 108 suara",
    "digits": "paslon 1 dapat " + "9" * 5_000 + " suara",
    "grouped digits": "paslon 1 " + "999." * 5_000 + "999 suara",
    "spaces": "paslon 1 dapat" + " " * 20_000 + "suara",
    "new lines": "TPS 7\n" * 4_000 + "suara",
    "stations": "TPS " + ", ".join(["7"] * 5_000) + " suara",
    "stations again": "tps 1 dan tps 2 " * 1_500,
    "pairs": "paslon 1 dan 2 " * 1_500,
    "labels": "surat suara tidak sah " * 1_000 + "12",
    "between": "dpt " + "di pada untuk dengan yang " * 1_000 + "x",
    "dots": "c.h.a.s.i.l" * 2_000,
    "brackets": "paslon 1 " + "(((((" * 4_000 + "108 suara",
    "boxes": "kotak suara " * 2_000,
    "seals": "segel " * 3_000 + "kotak",
    "more": "suara lebih " * 2_000 + "dpt",
    "changes": "dari 1 jadi 2 " * 1_500 + "suara paslon 1",
    "villages": "Yehembang, " * 2_000 + "suara 12",
    "one word": "suara" * 4_000,
    "markup": "<script>alert(1)</script> {{ suara }} paslon 1",
    "formula": '=HYPERLINK("http://example.org") suara paslon 1',
    "path": "../../../etc/passwd suara paslon 1",
}


@pytest.mark.parametrize("text", ODD.values(), ids=ODD)
def test_an_odd_text_ends_soon_and_places_stay_inside_it(text):
    begun = time.process_time()
    found = reader().read(text)
    assert time.process_time() - begun < MOST_SECONDS
    for claim in found:
        assert 0 <= claim["start"] < claim["end"] <= len(text)
        assert all(0 <= f["value"] < 10**10 for f in claim["figures"])


@pytest.mark.parametrize("text", ODD.values(), ids=ODD)
def test_an_odd_text_takes_no_good_one_with_it(text):
    posts = pl.DataFrame({"post_id": ["x:1", "x:2"], "text": [_storable(text), GOOD]})
    claims = extract(posts, gazetteer(jembrana()))
    assert claims.columns == [c.name for c in CLAIMS]
    assert claims.filter(pl.col("post_id") == "x:2").height == 1


def _storable(text: str) -> str:
    """What a table can hold: a lone surrogate is not text in UTF-8."""
    return text.encode("utf-8", "replace").decode("utf-8")


def test_a_figure_of_five_thousand_digits_is_no_claim():
    assert reader().read("TPS 7 Yehembang paslon 1 dapat " + "9" * 5_000 + " suara") == []


def test_invisible_signs_do_not_hide_a_claim():
    seen = reader().read("TPS 7 Yehem\u200bbang paslon 1 dapat 108 suara")
    assert [c["place"] for c in seen] == ["5101022008007"]


def test_wide_digits_are_digits():
    (claim,) = reader().read("TPS 7 Yehembang paslon 1 dapat １０８ suara")
    assert claim["figures"][0]["value"] == 108


def test_markup_in_a_post_is_only_ever_text_in_an_answer():
    posts = pl.DataFrame({"post_id": ["x:1"], "text": ["<b>paslon 1 120 suara</b> Village a"]})
    claims = extract(posts, gazetteer(frame()))
    table = answers(claims, Evidence.of(forms(station("A1a1", [1, 2])), frame()))
    assert claims.height == table.height == 1
    assert not any("<b>" in d for d in (*table["draft_en"], *table["draft_id"]))
