"""Who gets in, who stays out, and how."""

from __future__ import annotations

import pytest
from django.urls import URLPattern, get_resolver, reverse

from rukun.web.core import roles, services

from .conftest import PASSWORD

#: Pages of the core and of allauth that answer without a sign-in, and why that is right.
OPEN = {
    "healthz": "says only “ok”",
    "set_language": "a cookie",
    "set_theme": "a cookie",
    "account_login": "the way in",
    "account_signup": "says whom to ask",
    "account_reset_password": "says whom to ask",
    "account_inactive": "says that the log-in is disabled",
    "account_logout": "sends on",
}


def own_patterns():
    """The patterns of the core that take no argument."""
    core = get_resolver().url_patterns[0]
    return [p for p in core.url_patterns if isinstance(p, URLPattern) and "<" not in str(p.pattern)]


@pytest.mark.parametrize("name", [p.name for p in own_patterns() if p.name not in OPEN])
def test_nobody_reads_a_page_of_the_core_without_signing_in(anybody, name):
    answer = anybody.get(reverse(name))
    assert answer.status_code == 302
    assert answer["Location"].startswith(reverse("account_login"))


@pytest.mark.parametrize(
    "name",
    [
        "mfa_index",
        "mfa_activate_totp",
        "mfa_generate_recovery_codes",
        "usersessions_list",
        "account_change_password",
        "account_reauthenticate",
    ],
)
def test_nobody_reads_a_page_of_an_account_without_signing_in(anybody, name):
    answer = anybody.get(reverse(name))
    assert answer.status_code == 302
    assert answer["Location"].startswith(reverse("account_login"))


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize(
    ("name", "args"),
    [
        ("ledger", ()),
        ("ledger_entry", (1,)),
        ("ledger_check", ()),
        ("people", ()),
        ("person_new", ()),
        ("person", (1,)),
        ("person_active", (1,)),
        ("person_link", (1,)),
    ],
)
def test_open_reading_opens_nothing_of_the_core(anybody, settings, person, method, name, args):
    settings.RUKUN_OPEN_READING = True
    person("viewer")
    answer = getattr(anybody, method)(reverse(name, args=args))
    assert answer.status_code == 302
    assert reverse("account_login") in answer["Location"]


@pytest.mark.parametrize("role", [r for r in roles.ROLES if r != roles.COORDINATOR])
@pytest.mark.parametrize(
    ("method", "name", "args"),
    [
        ("get", "people", ()),
        ("post", "person_new", ()),
        ("post", "person", (1,)),
        ("post", "person_active", (1,)),
        ("post", "person_link", (1,)),
    ],
)
def test_only_the_coordinator_manages_people(signed_in, role, method, name, args):
    client = signed_in(role, camp=1 if role == roles.WITNESS else None)
    assert getattr(client, method)(reverse(name, args=args)).status_code == 403


@pytest.mark.parametrize("login", ["sari", "SARI", "sari@contoh.id"])
def test_a_person_signs_in_by_name_or_by_address(anybody, person, login):
    person("typist", username="sari", email="sari@contoh.id")
    answer = anybody.post(reverse("account_login"), {"login": login, "password": PASSWORD})
    assert answer.status_code == 302
    assert anybody.get(reverse("account")).status_code == 200


def test_nobody_signs_up(anybody):
    filled = {"username": "x", "password1": PASSWORD, "password2": PASSWORD, "email": "x@x.id"}
    assert anybody.post(reverse("account_signup"), filled).status_code == 405
    assert "coordinator" in anybody.get(reverse("account_signup")).content.decode()


def test_a_wrong_name_and_a_wrong_password_read_the_same(anybody, person):
    person("typist", username="sari")
    page = reverse("account_login")
    wrong = anybody.post(page, {"login": "sari", "password": "not-this-one"})
    unknown = anybody.post(page, {"login": "siapa", "password": "not-this-one"})
    assert wrong.context["form"].errors == unknown.context["form"].errors != {}


def test_a_flood_of_guesses_is_stopped_even_with_the_right_password_at_its_end(anybody, person):
    person("typist", username="sari")
    page = reverse("account_login")
    for _ in range(6):
        anybody.post(page, {"login": "sari", "password": "not-this-one"})
    answer = anybody.post(page, {"login": "sari", "password": PASSWORD})
    assert answer.status_code != 302


def test_a_flood_from_one_address_gets_429_in_our_own_words(anybody):
    page = reverse("account_login")
    answers = [anybody.post(page, {"login": f"n{i}", "password": "x"}) for i in range(32)]
    assert answers[-1].status_code == 429
    assert "Too many attempts" in answers[-1].content.decode()


def test_a_disabled_person_is_out_at_the_next_click(signed_in):
    client = signed_in("verifier")
    assert client.get(reverse("account")).status_code == 200
    services.set_active(None, client.person, False)
    assert client.get(reverse("account")).status_code == 302
    services.set_active(None, client.person, True)
    assert client.get(reverse("account")).status_code == 302, "the old session is gone for good"


def test_a_disabled_person_does_not_get_back_in(anybody, person):
    services.set_active(None, person("typist", username="sari"), False)
    anybody.post(reverse("account_login"), {"login": "sari", "password": PASSWORD})
    assert anybody.get(reverse("account")).status_code == 302


def test_a_form_without_its_token_is_refused_in_words(person, client):
    from django.test import Client

    strict = Client(enforce_csrf_checks=True, headers={"accept-language": "en"})
    answer = strict.post(reverse("set_theme"), {"theme": "dark"})
    assert answer.status_code == 403
    assert "opened too long ago" in answer.content.decode()


def test_a_foreign_host_name_is_refused(anybody):
    answer = anybody.get(reverse("account_login"), headers={"host": "elsewhere.example"})
    assert answer.status_code == 400


def test_after_signing_in_nobody_is_sent_elsewhere(anybody, person):
    person("typist", username="sari")
    page = reverse("account_login") + "?next=https://elsewhere.example/"
    answer = anybody.post(page, {"login": "sari", "password": PASSWORD})
    assert answer["Location"] == "/"
