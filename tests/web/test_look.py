"""Language, theme, headers, error pages, numbers: what every page has."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
from django.template import Context, Template
from django.urls import reverse
from django.utils import translation

from rukun.count.compare import STATES
from rukun.count.findings import SEVERITIES
from rukun.errors import UserError
from rukun.web.core import errors, marks
from rukun.web.core.templatetags.rukun import moment, number, percent, signed


def test_the_first_language_is_indonesian(client, db):
    page = client.get(reverse("account_login")).content.decode()
    assert '<html lang="id"' in page and "Masuk" in page


def test_the_language_is_switched_by_a_form_and_kept(client, db):
    home = reverse("account_login")
    answer = client.post(reverse("set_language"), {"language": "en", "next": home})
    assert answer["Location"] == home
    assert '<html lang="en"' in client.get(home).content.decode()


def test_the_theme_is_switched_by_a_form_and_kept(client, db):
    home = reverse("account_login")
    assert 'data-theme="auto"' in client.get(home).content.decode()
    assert client.post(reverse("set_theme"), {"theme": "dark", "next": home})["Location"] == home
    assert 'data-theme="dark"' in client.get(home).content.decode()


@pytest.mark.parametrize("theme", ["", "red", '"><script>'])
def test_an_unknown_theme_is_ignored(client, db, theme):
    client.post(reverse("set_theme"), {"theme": theme})
    client.cookies["rukun_theme"] = theme
    assert 'data-theme="auto"' in client.get(reverse("account_login")).content.decode()


@pytest.mark.parametrize(
    "target", ["https://elsewhere.example/", "//elsewhere.example", "javascript:x"]
)
def test_a_switch_leads_nowhere_else(client, db, target):
    answer = client.post(reverse("set_theme"), {"theme": "dark", "next": target})
    assert answer["Location"] == "/"


def test_the_policy_allows_nothing_inline_and_nobody_else(client, db):
    policy = client.get(reverse("account_login"))["Content-Security-Policy"]
    rules = dict(part.strip().split(" ", 1) for part in policy.split(";"))
    assert rules["default-src"] == rules["frame-ancestors"] == rules["object-src"] == "'none'"
    assert rules["script-src"] == rules["style-src"] == rules["form-action"] == "'self'"
    assert not re.search(r"unsafe|https?:|\*", policy)


def test_every_answer_carries_the_security_headers(client, db):
    answer = client.get(reverse("account_login"))
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "camera=()" in answer["Permissions-Policy"]
    assert "no-store" in answer["Cache-Control"]


def test_no_page_of_the_core_has_inline_script_or_style(signed_in):
    client = signed_in("coordinator")
    for name in (
        "people",
        "person_new",
        "ledger",
        "account",
        "mfa_index",
        "account_change_password",
    ):
        page = client.get(reverse(name)).content.decode()
        assert not re.search(
            r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=|https?://(?!www\.w3)", page
        )


@pytest.mark.parametrize(
    ("language", "says"), [("id", "Halaman ini tidak ada"), ("en", "no such page")]
)
def test_a_missing_page_says_so_in_both_languages_with_a_reference(signed_in, language, says):
    answer = signed_in("viewer", language=language).get("/nowhere/")
    assert answer.status_code == 404
    assert says in answer.content.decode()
    assert re.search(r"<code>[0-9a-f]{4}-[0-9a-f]{4}</code>", answer.content.decode())


@pytest.mark.parametrize(
    ("language", "says"), [("id", "kesalahan di pihak kami"), ("en", "on our side")]
)
def test_a_fault_says_so_without_asking_the_database(rf, language, says):
    request = rf.get("/")
    request.reference = "12ab-34cd"
    with translation.override(language):
        answer = errors.server_error(request)
    assert answer.status_code == 500
    assert says in answer.content.decode() and "12ab-34cd" in answer.content.decode()


def test_a_user_error_says_where_and_what_to_do(signed_in, monkeypatch):
    from rukun.web.core import queries

    def refuse(*args, **kwargs):
        raise UserError("forms-row", "the row is empty.", "Fill it in.", "forms.csv, row 7")

    monkeypatch.setattr(queries, "ledger_page", refuse)
    answer = signed_in("coordinator").get(reverse("ledger"))
    page = answer.content.decode()
    assert answer.status_code == 400
    assert all(text in page for text in ("forms.csv, row 7", "the row is empty.", "Fill it in."))


def test_every_state_and_severity_has_icon_word_and_meaning():
    assert set(marks.STATES) == set(STATES)
    assert set(marks.SEVERITIES) == set(SEVERITIES)
    for mark in (*marks.STATES.values(), *marks.SEVERITIES.values()):
        assert mark.icon and str(mark.word) and str(mark.meaning)


def test_the_exercise_banner_is_words_on_the_page():
    page = Template("{% include 'rukun/parts/exercise.html' %}").render(Context())
    assert "Data latihan" in page or "Exercise data" in page


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (None, "–"),
        (0, "0"),
        (40774, "40\u202f774"),
        (-1234567, "−1\u202f234\u202f567"),
        ("07", "07"),
    ],
)
def test_numbers_are_grouped_thinly_and_null_is_not_zero(value, shown):
    assert number(value) == shown


@pytest.mark.parametrize(("value", "shown"), [(3, "+3"), (-12, "−12"), (0, "0"), (None, "–")])
def test_a_difference_has_its_sign(value, shown):
    assert signed(value) == shown


@pytest.mark.parametrize(("language", "shown"), [("id", "60,2"), ("en", "60.2")])
def test_a_share_has_the_decimal_mark_of_the_reader(language, shown):
    with translation.override(language):
        assert percent(0.6019) == f"{shown}\u202f%"
        assert percent(None) == "–"


def test_a_time_is_shown_in_the_zone_of_the_room_by_name():
    with translation.override("id"):
        shown = moment(datetime(2024, 11, 27, 13, 4, tzinfo=UTC))
    assert "27 Nov 2024, 21.04 WITA" in shown
