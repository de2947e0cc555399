"""Talk in a real browser: from an export to the queue, from a post to a handle shown once, a claim
beside its station's forms, a ring with its acts, the pulse of a place."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.e2e.conftest import dress
from tests.talk.readers.made import People, examples

pytestmark = pytest.mark.browser
NOBODY = People(handle="orang_khayal_satu", name="Orang Khayal", other="orang_khayal_dua")


@pytest.fixture
def english(page, room):
    dress(page, room, "en")
    return page


def leave(page) -> None:
    """Sign out, so that the next person can sign in."""
    page.context.clear_cookies()


def as_person(page, room, sign_in, name: str) -> None:
    leave(page)
    sign_in(name)
    dress(page, room, "en")


def open_first(page, queue: str = "incitement", label: str = "incitement") -> str:
    """The page of the first case of a queue that bears this label."""
    page.goto(f"/talk/review/?queue={queue}")
    row = page.locator(f"main :is(article, li, section):has(.chip:text-is('{label}'))").first
    row.locator("a:text-matches('^Case \\\\d+$')").first.click()
    return page.url


def test_exports_go_from_the_page_into_the_queue(english, room, sign_in, tmp_path):
    sign_in("analis")
    dress(english, room, "en")
    files = [str(p) for p in sorted(examples(tmp_path, NOBODY).values())]
    english.goto("/talk/bring/")
    english.set_input_files("input[type=file]", files[:20])
    english.check("input[name=exercise]")
    english.click("text=Look at the files")
    assert "Looked at 20 files" in english.inner_text("main")
    english.click("main table a >> nth=0")
    english.click("button:has-text('Take in')")
    assert "Taken in" in english.inner_text("main")
    english.goto("/talk/bring/")
    assert "Waiting for the worker" in english.inner_text("#work")
    room.manage("db_worker", "--batch", "--no-startup-delay", "--interval", "0.1")
    english.goto("/talk/bring/")
    text = english.inner_text("#work")
    assert "Waiting" not in text and "Last worked out" in text
    assert "orang_khayal" not in english.content()


def test_a_post_goes_through_two_people_and_its_handle_is_shown_once(english, room, sign_in):
    as_person(english, room, sign_in, "verifikator")
    case = open_first(english)
    english.click("button[value=claim]")
    english.check("input[value=refer]")
    english.fill("#reason", "A call to burn a post, with a time; three groups passed it on.")
    english.click("details.threshold summary")
    for part in ("context", "speaker", "intent", "content", "extent", "likelihood"):
        english.select_option(f"select[name=level-{part}]", "met")
        english.fill(f"textarea[name=note-{part}]", "Seen in the post and in its copies.")
    english.click("main button:text-is('Decide')")
    assert "Waiting for a second person" in english.inner_text("main")
    assert english.locator("button[value=confirm]").count() == 0

    as_person(english, room, sign_in, "koordinator")
    english.goto(case)
    english.click("button[value=confirm]")
    assert "in force" in english.inner_text("main")

    as_person(english, room, sign_in, "verifikator")
    english.goto(case)
    english.click("text=Ask for a referral")
    alias = english.locator("#alias option").last.get_attribute("value")
    english.select_option("#alias", alias)
    english.check("input[name=addressee][value=bawaslu]")
    english.locator("input[name=basis]").first.check()
    english.fill("#purpose", "For the supervisor's file on this post.")
    english.click("main button:text-is('Ask')")
    referral = english.url
    assert "akun_latihan_" not in english.content()

    as_person(english, room, sign_in, "koordinator")
    english.goto(referral)
    english.click("button[value=approve]")
    assert "akun_latihan_" not in english.content()

    as_person(english, room, sign_in, "verifikator")
    english.goto(referral)
    english.click("form[action$='/show/'] button")
    assert english.content().count("akun_latihan_") == 1
    english.goto(referral)
    assert "akun_latihan_" not in english.content()
    assert english.locator("form[action$='/show/']").count() == 0


def test_a_person_in_need_is_offered_help_and_nothing_else(english, room, sign_in):
    as_person(english, room, sign_in, "verifikator")
    open_first(english, "help", "in need")
    english.click("button[value=claim]")
    offered = english.eval_on_selector_all("input[name=action]", "e => e.map(i => i.value)")
    assert sorted(offered) == ["help", "no_action"]


def test_a_claim_stands_beside_its_stations_forms_and_is_answered(english, room, sign_in):
    as_person(english, room, sign_in, "verifikator")
    english.goto("/talk/claims/?verdict=differs")
    english.locator("main a[href^='/talk/claims/k-']").first.click()
    claim = english.url
    text = english.inner_text("main")
    assert "Official form" in text and "Witnesses of pair 1" in text.replace(
        "itness of", "itnesses of"
    )
    assert "EXERCISE" in text
    english.click("button:has-text('Release')")
    assert "verifikator" in english.inner_text("main")
    pages = []
    for witness in ("saksi1", "saksi2"):
        as_person(english, room, sign_in, witness)
        english.goto(claim)
        pages.append(english.inner_text("main"))
    assert pages[0] == pages[1] and "EXERCISE" in pages[0]


def test_a_ring_lists_every_act_and_can_be_taken_along(english, room, sign_in):
    as_person(english, room, sign_in, "analis")
    english.goto("/talk/rings/")
    english.locator("main a[href^='/talk/rings/r-']").first.click()
    text = english.inner_text("main")
    assert "Acting together is neither fake nor a crime" in text
    assert re.search(r"expected .* times, seen \d+", text)
    assert english.locator("main svg").count() >= 1
    with english.expect_download() as waiting:
        english.click("text=GraphML")
    graph = Path(waiting.value.path()).read_text("utf-8")
    assert "akun-" in graph and "akun_latihan_" not in graph


def test_both_camps_witnesses_read_the_same_pulse(english, room, sign_in):
    read = []
    for witness in ("saksi1", "saksi2"):
        as_person(english, room, sign_in, witness)
        english.goto("/talk/")
        read.append(english.inner_text("main"))
        assert english.goto("/talk/review/").status == 403
    assert read[0] == read[1]


def test_every_page_of_talk_fits_the_screen_in_both_languages(page, room, sign_in, shoot):
    sign_in("verifikator")
    addresses = {
        "pulse": "/talk/",
        "narratives": "/talk/narratives/",
        "claims": "/talk/claims/",
        "rings": "/talk/rings/",
        "review": "/talk/review/",
        "help": "/talk/review/?queue=help",
        "referrals": "/talk/referrals/",
        "agreement": "/talk/review/agreement/",
        "bring": "/talk/bring/",
        "screen": "/talk/screen/",
        "card": "/talk/screen/card/",
    }
    for start, link in (
        ("/talk/narratives/", "main a[href^='/talk/narratives/n-']"),
        ("/talk/claims/", "main a[href^='/talk/claims/k-']"),
        ("/talk/rings/", "main a[href^='/talk/rings/r-']"),
        ("/talk/review/", "main a[href^='/talk/review/']:text-matches('\\\\d')"),
    ):
        page.goto(start)
        name = "one-" + start.strip("/").split("/")[-1]
        addresses[name] = page.locator(link).first.get_attribute("href")
    for name, address in addresses.items():
        assert shoot(address, f"talk-{name}")
