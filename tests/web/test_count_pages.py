"""The pages of the count show what was stored, and lead to the form behind every figure."""

from __future__ import annotations

import pytest
from django.urls import reverse

from tests.count.small import TPS, contest, frame, station
from tests.web.room import all_three, bring, furnish

pytestmark = pytest.mark.django_db


@pytest.fixture
def room():
    furnish()
    bring(
        *all_three("A1a1", [120, 80], invalid=3),
        station("A1a2", [50, 61]),
        station("A1a2", [50, 16], "witness:2"),
    )


def page(client, name, *args):
    response = client.get(reverse(name, args=args))
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def test_overview_says_in_how_many_stations_everybody_agrees(room, signed_in):
    html = page(signed_in("viewer"), "count:overview")
    assert "In <b>1 of 5</b> stations both camps’ own witnesses" in html
    assert "the difference touches <b>45</b> votes" in html


def test_overview_of_an_empty_room_says_how_to_start(signed_in):
    assert "There is no contest in this room yet." in page(signed_in("viewer"), "count:overview")


def test_contest_without_forms_shows_no_figure(signed_in):
    furnish()
    html = page(signed_in("viewer"), "count:contest", "reg")
    assert "No form is in yet." in html
    assert "No official form is in yet: nothing can be said." in html


def test_contest_page_says_what_could_still_change(room, signed_in):
    html = page(signed_in("viewer"), "count:contest", "reg")
    assert "the order could change" in html
    assert "(1 disputed)" in html


def test_every_level_links_down_to_the_station(room, signed_in):
    client = signed_in("viewer")
    for code, below in (("A", "A1"), ("A1", "A1a"), ("A1a", "A1a1")):
        assert reverse("count:place", args=["reg", below]) in page(
            client, "count:place", "reg", code
        )


def test_station_marks_the_cells_that_differ(room, signed_in):
    html = page(signed_in("viewer"), "count:place", "reg", "A1a2")
    assert html.count('class="num differs"') == 1
    assert "<b>1</b> of 2 compared cells differ; <b>45</b> votes are touched." in html


def test_station_says_which_rules_cannot_be_checked(room, signed_in):
    assert "cannot be checked: figures are not stated" in page(
        signed_in("viewer"), "count:place", "reg", "A1a1"
    )


def test_a_figure_that_is_not_stated_is_a_dash_and_never_zero(room, signed_in):
    html = page(signed_in("viewer"), "count:contest", "reg")
    row = html.split("Official form")[1].split("</tr>")[0]
    assert "(1 stations)" in row  # invalid votes are known of one of the two stations
    furnish(frame(contest(code="third")))
    assert "0 of" not in page(signed_in("viewer", username="v2"), "count:contest", "third")


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("role", ["coordinator", "witness", "viewer"])
def test_every_page_opens_in_both_languages_for(room, signed_in, role, language):
    client = signed_in(role, 1 if role == "witness" else None, language=language)
    for name, args in (
        ("overview", []),
        ("contest", ["reg"]),
        ("place", ["reg", "A"]),
        ("place", ["reg", "A1a"]),
        ("place", ["gov", TPS[0]]),
        ("trail", ["reg", 1]),
        ("findings", []),
        ("rules", []),
        ("rule", ["H5"]),
    ):
        page(client, f"count:{name}", *args)


def test_unknown_place_contest_rule_and_choice_are_not_found(room, signed_in):
    client = signed_in("viewer")
    for name, args in (
        ("contest", ["no"]),
        ("place", ["reg", "no"]),
        ("rule", ["X9"]),
        ("trail", ["reg", 9]),
    ):
        assert client.get(reverse(f"count:{name}", args=args)).status_code == 404


def test_reading_asks_for_a_sign_in_unless_the_room_is_open(room, anybody, settings):
    assert anybody.get("/").status_code == 302
    settings.RUKUN_OPEN_READING = True
    assert anybody.get("/").status_code == 200
    assert anybody.get(reverse("count:uploads")).status_code == 302


def test_exercise_data_says_so_on_every_page_that_shows_it(signed_in):
    furnish()
    bring(*all_three("A1a1", [120, 80], basis="exercise", valid=1))
    client = signed_in("viewer")
    for name, args in (
        ("overview", []),
        ("contest", ["reg"]),
        ("place", ["reg", "A1"]),
        ("place", ["reg", "A1a1"]),
        ("trail", ["reg", 1]),
        ("findings", []),
    ):
        assert "Exercise data" in page(client, f"count:{name}", *args), name
    assert "Exercise data" not in page(client, "count:rules")


def test_real_figures_do_not_say_exercise(room, signed_in):
    assert "Exercise data" not in page(signed_in("viewer"), "count:contest", "reg")


def test_the_real_recapitulation_says_where_it_comes_from(signed_in):
    furnish()
    bring(station("A1", [10, 20], kind="d_hasil", valid=30, cited="recapitulation of 5 December"))
    assert "recapitulation of 5 December" in page(signed_in("viewer"), "count:place", "reg", "A1")


def test_the_trail_names_the_step_at_which_votes_moved(room, signed_in):
    bring(station("A1a1", [125, 80], "recap", kind="d_hasil"))
    html = page(signed_in("viewer"), "count:trail", "reg", 1)
    assert "+5" in html
    assert reverse("count:place", args=["reg", "A1a1"]) in html
