"""Who sees and does what; both camps alike."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from rukun.errors import UserError
from rukun.web.core.models import LedgerEntry
from rukun.web.count import queries, services
from rukun.web.count.models import Contest, StoredFinding, StoredForm, Upload
from tests.count.small import station
from tests.web.room import all_three, bring, csv_file, furnish

pytestmark = pytest.mark.django_db


def sources(user, place="A1a1"):
    return sorted(
        queries.visible_to(user).filter(place=place, contest="reg").values_list("source", flat=True)
    )


@pytest.fixture
def before_the_official_form():
    furnish()
    bring(station("A1a1", [10, 20], "witness:1"), station("A1a1", [10, 21], "witness:2"))


@pytest.mark.parametrize("camp", [1, 2])
def test_a_witness_sees_the_own_form_only_until_the_official_one_is_in(
    before_the_official_form, person, camp
):
    user = person("witness", camp)
    assert sources(user) == [f"witness:{camp}"]
    bring(station("A1a1", [10, 20]))
    assert sources(user) == ["official", "witness:1", "witness:2"]


@pytest.mark.parametrize("role", ["viewer", "typist", "liaison"])
def test_others_see_no_camps_form_before_the_official_one(before_the_official_form, person, role):
    assert sources(person(role)) == []


@pytest.mark.parametrize("role", ["coordinator", "verifier", "analyst"])
def test_the_desk_sees_everything(before_the_official_form, person, role):
    assert sources(person(role)) == ["witness:1", "witness:2"]


def test_findings_do_not_show_what_the_forms_hide(before_the_official_form, person):
    assert StoredFinding.objects.filter(code="S1").count() == 1
    assert not queries.findings_visible_to(person("witness", 1)).filter(code="S1").exists()
    assert queries.findings_visible_to(person("verifier")).filter(code="S1").exists()


def test_the_station_page_of_one_camp_is_that_of_the_other_with_the_camps_swapped(
    before_the_official_form, signed_in
):
    url = reverse("count:place", args=["reg", "A1a1"])
    one, two = (signed_in("witness", camp).get(url).content.decode() for camp in (1, 2))
    assert "Witnesses of pair 1" in one and "Witnesses of pair 2" not in one
    assert "Witnesses of pair 2" in two and "Witnesses of pair 1" not in two


@pytest.mark.parametrize("camp", [1, 2])
def test_a_witness_brings_only_the_own_camps_forms(person, camp):
    furnish()
    user = person("witness", camp)
    rows = [station("A1a1", [1, 2], s) for s in ("official", "witness:1", "witness:2")]
    upload = services.preview(user, csv_file(*rows))
    assert upload.counts["new"] == 1
    assert {p["code"] for p in upload.problems} == {"not-yours"}
    services.store(user, upload.pk)
    assert list(StoredForm.objects.values_list("source", flat=True)) == [f"witness:{camp}"]


def test_someone_with_an_area_brings_forms_of_that_area_only(person):
    furnish()
    user = person("typist", place="A1a")
    upload = services.preview(user, csv_file(station("A1a1", [1, 2]), station("A2c1", [3, 4])))
    assert (upload.counts["new"], upload.counts["problems"]) == (1, 1)


@pytest.mark.parametrize("role", ["viewer", "analyst", "liaison"])
def test_readers_bring_nothing(person, role):
    furnish()
    with pytest.raises(PermissionDenied):
        services.preview(person(role), csv_file(station("A1a1", [1, 2])))
    assert not Upload.objects.exists()


def test_a_witness_cannot_store_anothers_file(person):
    furnish()
    upload = services.preview(person("witness", 1), csv_file(station("A1a1", [1, 2], "witness:1")))
    with pytest.raises(PermissionDenied):
        services.store(person("witness", 2), upload.pk)
    assert not StoredForm.objects.exists()


def test_someone_disabled_since_the_page_was_opened_stores_nothing(person):
    furnish()
    user = person("typist")
    upload = services.preview(user, csv_file(station("A1a1", [1, 2])))
    type(user).objects.filter(pk=user.pk).update(is_active=False)
    with pytest.raises(PermissionDenied):
        services.store(user, upload.pk)
    assert not StoredForm.objects.exists()


def test_a_file_is_stored_once_however_often_the_button_is_pressed(person):
    furnish()
    user = person("typist")
    upload = services.preview(user, csv_file(station("A1a1", [1, 2])))
    services.store(user, upload.pk)
    with pytest.raises(UserError, match="decided on already"):
        services.store(user, upload.pk)
    assert StoredForm.objects.count() == 1


def test_the_same_file_again_changes_nothing(person):
    furnish()
    user = person("typist")
    for _ in range(2):
        services.store(user, services.preview(user, csv_file(station("A1a1", [1, 2]))).pk)
    assert StoredForm.objects.count() == 1


def test_a_correction_is_a_new_version_and_the_old_one_stays(person):
    furnish()
    user = person("typist")
    for votes in ([1, 2], [1, 3]):
        services.store(user, services.preview(user, csv_file(station("A1a1", votes))).pk)
    rows = StoredForm.objects.order_by("version").values_list("version", "votes", "current")
    assert list(rows) == [(1, {"1": 1, "2": 2}, False), (2, {"1": 1, "2": 3}, True)]


def test_only_verifier_and_coordinator_explain_findings(before_the_official_form, person):
    finding = StoredFinding.objects.get(code="S1")
    for role in ("viewer", "typist", "analyst", "liaison"):
        with pytest.raises(PermissionDenied):
            services.explain(person(role), finding.mark, "looked at the paper")
    services.explain(person("verifier"), finding.mark, "looked at the paper")
    assert StoredFinding.objects.get(code="S1").explained


def test_an_explanation_outlives_a_new_working_out(before_the_official_form, person):
    services.explain(person("verifier"), StoredFinding.objects.get(code="S1").mark, "paper says 21")
    bring(station("A1a2", [5, 5]))
    assert StoredFinding.objects.get(code="S1").explained


def test_an_explanation_needs_a_reason(before_the_official_form, person):
    with pytest.raises(UserError, match="a reason is needed"):
        services.explain(person("verifier"), StoredFinding.objects.get(code="S1").mark, " ")


def test_every_change_stands_in_the_ledger(person):
    furnish()
    user = person("typist")
    stored = services.preview(user, csv_file(station("A1a1", [1, 2]), name="a.csv"))
    services.store(user, stored.pk)
    turned_away = services.preview(user, csv_file(station("A1a2", [1, 2]), name="b.csv"))
    services.reject(user, turned_away.pk)
    actions = list(
        LedgerEntry.objects.filter(action__startswith="count.").values_list("action", flat=True)
    )
    assert actions == [
        "count.frame.loaded",
        "count.upload.previewed",
        "count.upload.stored",
        "count.upload.previewed",
        "count.upload.rejected",
    ]


def test_a_failure_while_storing_leaves_neither_forms_nor_entry(person, monkeypatch):
    furnish()
    user = person("typist")
    upload = services.preview(user, csv_file(station("A1a1", [1, 2])))
    entries = LedgerEntry.objects.count()

    def full_disk(*args):
        raise OSError("no space left on device")

    monkeypatch.setattr(Upload, "save", full_disk)
    with pytest.raises(OSError, match="no space"):
        services.store(user, upload.pk)
    assert not StoredForm.objects.exists()
    assert LedgerEntry.objects.count() == entries


def test_two_contests_of_one_place_do_not_mix(person):
    furnish()
    reader = person("viewer")
    bring(
        *all_three("A1a1", [10, 20]),
        *[{**r, "contest": "gov", "votes": [7, 8]} for r in all_three("A1a1", [0, 0])],
    )
    assert {
        c.pk: queries.summary_at(reader, c, c.place).sources["official"]["votes"]
        for c in Contest.objects.all()
    } == {
        "reg": {"1": 10, "2": 20},
        "gov": {"1": 7, "2": 8},
    }
