"""The coordinator lets people in, changes them and shuts them out."""

from __future__ import annotations

import re

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse

from rukun.web.core import services
from rukun.web.core.models import LedgerEntry, User

NEW = {"username": "Wayan", "role": "witness", "camp": "2"}


def test_a_person_is_let_in_with_a_link_and_chooses_the_password(signed_in):
    coordinator = signed_in("coordinator")
    page = coordinator.post(reverse("person_new"), NEW).content.decode()
    link = re.search(r"http://testserver(/\S+?)<", page).group(1)
    visitor = Client(headers={"accept-language": "en"})
    form = visitor.get(link, follow=True)
    chosen = {"password1": "laut-tenang-senja-3", "password2": "laut-tenang-senja-3"}
    visitor.post(form.request["PATH_INFO"], chosen)
    assert visitor.login(username="wayan", password="laut-tenang-senja-3")
    made = User.objects.get(username="wayan")
    assert (made.role, made.camp) == ("witness", 2)


def test_a_link_works_once(signed_in, person):
    coordinator, made = signed_in("coordinator"), person("typist", username="sari")
    link = services.sign_in_link(coordinator.person, made)
    made.set_password("laut-tenang-senja-3")
    made.save()
    assert "password1" not in Client().get(link, follow=True).content.decode()


def test_a_weak_password_is_refused_in_words(person):
    made = person("typist", username="sari")
    visitor = Client(headers={"accept-language": "id"})
    form = visitor.get(services.sign_in_link(None, made), follow=True)
    answer = visitor.post(form.request["PATH_INFO"], {"password1": "12345", "password2": "12345"})
    assert "terlalu pendek" in answer.content.decode()


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"camp": ""}, "camp"),
        ({"role": "viewer"}, "camp"),
        ({"role": "king"}, "role"),
        ({"username": "COORDINATOR"}, "username"),
        ({"username": "a b"}, "username"),
        ({"username": "na\0me"}, "username"),
        ({"place": "51.01"}, "place"),
        ({"email": "no-address"}, "email"),
        ({"first_name": "x" * 151}, "first_name"),
    ],
)
def test_what_does_not_fit_is_said_at_its_field_and_nobody_is_made(signed_in, change, field):
    answer = signed_in("coordinator").post(reverse("person_new"), NEW | change)
    assert answer.status_code == 200
    assert field in answer.context["form"].errors
    assert User.objects.count() == 1


def test_extra_fields_change_nothing(signed_in, person):
    made = person("viewer")
    extra = {
        "role": "viewer",
        "is_superuser": "1",
        "is_staff": "1",
        "is_active": "",
        "password": "x",
    }
    signed_in("coordinator").post(reverse("person", args=[made.pk]), extra)
    kept = User.objects.get(pk=made.pk)
    assert (kept.is_superuser, kept.is_staff, kept.is_active) == (False, False, True)
    assert kept.password == made.password


def test_a_change_of_role_is_recorded_with_before_and_after(signed_in, person):
    made = person("viewer")
    signed_in("coordinator").post(reverse("person", args=[made.pk]), {"role": "typist"})
    entry = LedgerEntry.objects.get(action="core.user.changed")
    assert (entry.content["before"]["role"], entry.content["after"]["role"]) == ("viewer", "typist")
    assert (entry.actor, entry.object) == ("coordinator", f"core.user:{made.pk}")


def test_nobody_disables_themselves(signed_in):
    client = signed_in("coordinator")
    page = reverse("person_active", args=[client.person.pk])
    assert client.post(page, {"active": "0"}).status_code == 403
    assert User.objects.get(pk=client.person.pk).is_active


def test_a_coordinator_who_was_demoted_meanwhile_changes_nothing(person):
    boss, made = person("coordinator"), person("viewer")
    services.change_user(None, boss, role="analyst")
    with pytest.raises(PermissionDenied):
        services.set_active(boss, made, False)
    assert User.objects.get(pk=made.pk).is_active


@pytest.mark.django_db
@pytest.mark.parametrize(("role", "camp"), [("witness", None), ("viewer", 1), ("witness", 0)])
def test_only_a_witness_has_a_camp_and_each_has_one(role, camp):
    with pytest.raises(ValidationError):
        services.create_user(None, User(username="x", role=role, camp=camp), "sawah-hijau-9")
    assert LedgerEntry.objects.count() == 0


def test_a_change_without_an_entry_is_rolled_back(person):
    boss, made = person("coordinator"), person("viewer")
    with (
        pytest.raises(RuntimeError, match="not written to the ledger"),
        services.change(boss, "core.manage_people"),
    ):
        User.objects.filter(pk=made.pk).update(role="analyst")
    assert User.objects.get(pk=made.pk).role == "viewer"


def test_markup_in_a_name_is_shown_as_text(signed_in, person):
    person("viewer", first_name="<script>alert(1)</script>{{ 7|add:7 }}")
    page = signed_in("coordinator").get(reverse("people")).content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;{{ 7|add:7 }}" in page
