"""The pulse as people read it: what rose, what is as usual, and what nobody can say."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.urls import reverse

from rukun.web.talk.models import Pulse
from rukun.web.talk.queries import pulse as queries
from tests.web.room import furnish

from . import talkroom as room

pytestmark = pytest.mark.django_db
DAY = dt.date(2024, 12, 1)


def page(client, **query) -> str:
    answer = client.get(reverse("talk:pulse"), query)
    assert answer.status_code == 200
    return answer.content.decode()


def headline(html: str) -> str:
    return re.search(r'<p class="say">(.*?)</p>', html, re.S).group(1)


def two_kecamatan(first: str = "usual", second: str = "usual", **more) -> None:
    furnish()
    room.beat(None, DAY)
    room.beat("A", DAY)
    room.beat("A1", DAY, first, **more)
    room.beat("A2", DAY, second)


def test_what_is_not_known_is_said_and_never_called_calm(signed_in):
    two_kecamatan("unknown", "unknown")
    html = page(signed_in("viewer"))
    assert headline(html).startswith("Nothing can be said about hostile talk on this day.")
    assert "Too few earlier days" in headline(html)
    assert "as usual in" not in headline(html)


def test_one_unknown_place_among_usual_ones_is_named(signed_in):
    two_kecamatan("usual", "unknown")
    said = headline(page(signed_in("viewer")))
    assert "as usual in 1 of 2 kecamatan" in said
    assert "Nothing can be said about Kecamatan 2." in said


def test_a_rise_comes_first_with_the_day_since_when(signed_in):
    two_kecamatan("rise")
    html = page(signed_in("viewer"))
    assert headline(html).startswith(
        "Hostile talk is higher than usual in Kecamatan 1 (since 1 December)."
    )
    assert 'class="headline alert"' in html


def test_a_raised_place_is_neither_usual_nor_an_alarm(signed_in):
    two_kecamatan("raised")
    viewer = signed_in("viewer")
    said = headline(html := page(viewer))
    assert said.startswith(
        "Hostile talk is higher than usual, not beyond the alarm bar, in Kecamatan 1."
    )
    assert "It is as usual in 1 of 2 kecamatan." in said
    assert 'class="headline watch"' in html
    assert "raised, no alarm" in html
    assert "No rise is known" not in html
    room.beat("A1a", DAY, "raised")
    assert "in Village a is higher than usual, not beyond" in headline(page(viewer, place="A1a"))


def test_a_raised_place_beside_a_rise_is_counted_apart(signed_in):
    two_kecamatan("rise", "raised")
    html = page(signed_in("viewer"))
    assert "Higher, but not beyond the alarm bar: Kecamatan 2." in headline(html)
    assert 'class="headline alert"' in html


def test_an_alarm_of_one_village_is_said_before_a_kecamatan_that_is_only_raised(signed_in):
    two_kecamatan("raised")
    room.beat("A2c", DAY, "rise")
    said = headline(html := page(signed_in("viewer")))
    assert said.startswith("Hostile talk is higher than usual in Village c. Higher, but not beyond")
    assert said.count("Village c") == 1
    assert 'class="headline alert"' in html


def test_a_rise_of_one_village_is_not_lost_in_a_calm_kecamatan(signed_in):
    two_kecamatan()
    room.beat("A2c", DAY, "rise")
    html = page(signed_in("viewer"))
    assert "Within them it is higher than usual in Village c." in headline(html)
    assert 'class="headline alert"' in html


def test_a_regency_that_rose_is_not_counted_among_what_lies_within(signed_in):
    two_kecamatan()
    Pulse.objects.filter(place="A").delete()
    room.beat("A", DAY, "rise")
    said = headline(page(signed_in("viewer")))
    assert "Regency A (regency) as a whole is higher than usual." in said
    assert "Within them" not in said


def test_a_village_on_its_own_says_why_nothing_can_be_said(signed_in):
    two_kecamatan()
    room.beat("A1a", DAY, "unknown", reason="few_posts")
    said = headline(page(signed_in("viewer"), place="A1a"))
    assert "Village a" in said
    assert "Too few voices" in said


def test_the_false_alarms_that_are_borne_are_stated(signed_in):
    two_kecamatan()
    assert "False alarms expected in 30 days, over all places together: at most 1." in page(
        signed_in("viewer")
    )


def test_behind_a_rise_everybody_sees_narratives_and_only_reviewers_posts(signed_in):
    two_kecamatan("usual")
    told = room.narrative(5)
    post = room.stored("behind", text="Serbu mereka malam ini")
    carried = [{"narrative": told.pk, "hostile": 5, "usual": 0.5}]
    room.beat("A1a", DAY, "rise", narratives=carried, posts_shown=[post.pk])
    desk, witness = page(signed_in("analyst")), page(signed_in("witness", camp=1))
    link = reverse("talk:narrative", args=[told.pk])
    assert link in desk
    assert link in witness
    assert post.text in desk
    assert post.text not in witness


def test_both_camps_read_the_same_page(signed_in):
    two_kecamatan("rise", "unknown")
    texts = [_without_person(page(signed_in("witness", camp=c))) for c in (1, 2)]
    assert texts[0] == texts[1]


def _without_person(html: str) -> str:
    main = html[html.index("<main") : html.index("</main>")]
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", main)


def test_the_newest_day_of_which_something_is_known_is_shown_first(signed_in):
    two_kecamatan()
    after = DAY + dt.timedelta(days=1)
    for place in (None, "A", "A1", "A2"):
        room.beat(place, after, "unknown", reason="no_posts", posts=None)
    assert queries.chosen_day("", queries.days()) == DAY
    assert "Sunday, 1 December 2024" in page(signed_in("viewer"))
    assert "Monday, 2 December 2024" in page(signed_in("analyst"), day=after.isoformat())


@pytest.mark.parametrize("query", [{"day": "yesterday"}, {"place": "nowhere"}, {"day": "\0"}])
def test_an_odd_address_shows_the_usual_page(signed_in, query):
    two_kecamatan()
    assert "Hostile talk is as usual in all 2 kecamatan." in page(signed_in("viewer"), **query)


def test_figures_carry_what_they_rest_on(signed_in):
    two_kecamatan()
    html = page(signed_in("viewer"))
    assert "From 1 Dec 2024 to 1 Dec 2024." in html


def test_without_posts_the_page_says_what_will_stand_there(signed_in):
    furnish()
    desk, viewer = page(signed_in("analyst")), page(signed_in("viewer"))
    assert "There is no pulse yet." in desk
    assert reverse("talk:files") in desk[desk.index("<main") :]
    assert reverse("talk:files") not in viewer[viewer.index("<main") :]


def test_pictures_carry_no_style_of_their_own(signed_in):
    two_kecamatan("rise")
    html = page(signed_in("viewer"))
    assert "<svg" in html
    assert " style=" not in html


def test_a_narrative_in_which_somebody_may_need_help_is_not_named_behind_a_rise(signed_in):
    two_kecamatan()
    told = room.narrative(3, code="n-help")
    room.stored("help-1", text="Aku lelah", narrative=told.pk, help=True)
    row = room.beat(
        "A1a", DAY, "rise", narratives=[{"narrative": told.pk, "hostile": 3, "usual": 0.0}]
    )
    assert queries.narratives_behind(signed_in("witness", camp=1).person, row) == []
    assert queries.narratives_behind(signed_in("analyst").person, row) != []


def test_a_day_without_a_row_counts_as_unknown(signed_in):
    two_kecamatan()
    Pulse.objects.filter(place="A2").delete()
    assert "Nothing can be said about Kecamatan 2." in headline(page(signed_in("viewer")))
