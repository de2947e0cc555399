"""The count in a real browser: from any number down to the form, and a file from upload to page."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.e2e.conftest import ROOT, dress

pytestmark = pytest.mark.browser
REGENT = "/c/bupati-jembrana-2024/"
EXERCISE = ROOT / "examples" / "jembrana-2024" / "exercise"


def spaced(number: int) -> str:
    return f"{number:,}".replace(",", "\u202f")


@pytest.fixture
def english(page, room):
    dress(page, room, "en")
    return page


def test_the_real_result_stands_on_the_overview_with_its_source(english):
    english.goto("/")
    text = english.inner_text("main")
    for figure in (65_345, 106_119, 171_464, 73_468, 97_402):
        assert spaced(figure) in text
    assert "487" in text
    assert text.count("Source: KPU Jembrana: recapitulation of 5 December 2024") == 2


def test_the_governors_page_says_that_the_rest_of_bali_is_not_in_this_room(english):
    english.goto("/c/gubernur-bali-2024/")
    text = english.inner_text("main")
    assert f"{spaced(6_308)} further stations of this contest are not in this room." in text
    assert "Yes, it can." in text


def test_any_number_leads_down_to_the_row_of_the_file_behind_it(english):
    english.goto("/")
    english.click("article.contest >> nth=0 >> h2 a")
    for name in ("Negara", "Berangbang", "TPS 008"):
        english.click(f"main table a:text-matches('^{name}$') >> nth=0")
    assert english.inner_text("h1") == "TPS 008, Berangbang"
    versions = english.inner_text("section:has-text('All versions') >> nth=-1")
    row, sha = re.search(r"official\.csv, row (\d+) ([0-9a-f]{12})", versions).groups()
    line = (EXERCISE / "official.csv").read_text().splitlines()[int(row) - 1]
    assert line.startswith("bupati-jembrana-2024,5101012005008,official,")
    assert len(sha) == 12


def test_a_mark_on_the_map_leads_to_its_village(english):
    english.goto(REGENT)
    english.locator(".chart a[*|href*='/p/5101']").first.click()
    assert re.search(r"/c/bupati-jembrana-2024/p/5101\d{6}/$", english.url)


def test_findings_keep_their_filter_in_the_address_with_and_without_script(english, browser, room):
    english.goto("/findings/")
    english.select_option("[name=code]", "S1")
    english.wait_for_url("**/findings/?*code=S1*")
    assert set(english.locator("#list tbody code").all_inner_texts()) == {"S1"}
    bare = browser.new_context(java_script_enabled=False, base_url=room.url, locale="en").new_page()
    bare.goto("/findings/?code=S1&severity=error")
    bare.click(".filters button")
    assert "code=S1" in bare.url
    assert set(bare.locator("#list tbody code").all_inner_texts()) == {"S1"}
    bare.context.close()


def test_findings_download_with_the_same_filter(english):
    english.goto("/findings/?code=S1")
    with english.expect_download() as got:
        english.click("text=CSV")
    lines = Path(got.value.path()).read_text(encoding="utf-8-sig").splitlines()
    assert lines[0].startswith("code,severity,contest,place")
    assert {line.split(",")[0] for line in lines[1:]} == {"S1"}


def test_a_correction_from_upload_to_the_stations_page(english, room, sign_in, tmp_path):
    head, *rows = (EXERCISE / "witness-2.csv").read_text().splitlines()
    wrong = next(r for r in rows if ",5101012005008,witness:2," in r and r.startswith("bupati"))
    cells = dict(zip(head.split(","), wrong.split(","), strict=False))
    assert cells["votes_1"] == "939"
    fixed = {
        n: cells[n]
        for n in ("contest", "place", "source", "kind", "votes_2", "valid", "invalid", "cast")
    }
    fixed |= {"votes_1": "139", "entered_at": "2024-11-28T09:00:00+08:00", "basis": "exercise"}
    spoilt = fixed | {"place": "5101012005007", "votes_1": "1.39"}
    table = tmp_path / "fix.csv"
    table.write_text(
        "\n".join([",".join(fixed), ",".join(fixed.values()), ",".join(spoilt.values())])
    )
    sign_in("saksi2")
    dress(english, room, "en")
    english.goto("/bring/")
    english.set_input_files("[name=file]", str(table))
    english.click("text=Look at the file")
    shown = english.inner_text("main")
    assert "1 of them correct a form that is known" in shown
    assert "votes_1" in shown and "1.39" in shown
    english.click("text=Store 1 form")
    english.goto(f"{REGENT}p/5101012005008/")
    assert "version 2" in english.inner_text("table.sides thead")
    assert english.locator("td.differs").count() == 0


PAGES = {
    "overview": "/",
    "contest": REGENT,
    "kecamatan": f"{REGENT}p/510101/",
    "village": f"{REGENT}p/5101012005/",
    "disputed-station": f"{REGENT}p/5101051005001/",
    "trail": f"{REGENT}trail/1/",
    "findings": "/findings/",
    "bring": "/bring/",
    "rules": "/rules/",
    "rule": "/rules/H5/",
}


@pytest.mark.parametrize("name", PAGES)
def test_it_fits_every_screen(name, sign_in, shoot):
    sign_in("koordinator")
    assert len(shoot(PAGES[name], f"count-{name}")) == 8
