"""Every address of the count tried by people, methods and fields it is not meant for."""

from __future__ import annotations

import datetime as dt
import json

import polars as pl
import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from rukun.contests import Choice
from rukun.frame import Frame
from rukun.places import check_places
from rukun.web.core.models import LedgerEntry
from rukun.web.count import findings, services
from rukun.web.count.models import (
    Contest,
    Explanation,
    StationState,
    StoredFinding,
    StoredForm,
    Summary,
    Upload,
)
from tests.count.small import contest, frame, station
from tests.web.conftest import PASSWORD
from tests.web.room import all_three, bring, csv_file, furnish

pytestmark = pytest.mark.django_db
MAPPING = '[constants]\nplace = "A"\nkind = "d_hasil"'
AT = dt.datetime(2024, 11, 28, 1, tzinfo=dt.UTC)
FEED = {"place": "A", "source": "feed", "kind": "d_hasil", "tps_in": 5, "tps_total": 5}


@pytest.fixture
def room():
    """A station that differs, a held snapshot, and a file that waits."""
    furnish()
    bring(*all_three("A1a1", [1, 2]), station("A1a2", [5, 6]), station("A1a2", [5, 7], "witness:1"))
    bring(FEED | {"votes": [10, 20], "entered_at": AT})
    bring(FEED | {"votes": [0, 0], "entered_at": AT + dt.timedelta(hours=1)})
    return services.preview(None, csv_file(station("A2c1", [3, 4])))


def judging():
    """The addresses at which something is decided."""
    held = StoredForm.objects.get(held="F1")
    return [
        reverse("count:explain", args=[StoredFinding.objects.get(code="S1").mark]),
        reverse("count:accept", args=[held.pk]),
    ]


def bringing(upload):
    return [
        reverse(f"count:{name}", args=[upload.pk]) for name in ("upload_store", "upload_reject")
    ]


def untouched():
    assert not Explanation.objects.exists()
    assert StoredForm.objects.filter(held="F1").exists()
    assert not StoredForm.objects.filter(place="A2c1").exists()
    assert Upload.objects.get().state == Upload.State.PREVIEW


@pytest.mark.parametrize("role", ["viewer", "typist", "witness", "analyst", "liaison"])
def test_only_those_who_judge_decide(room, signed_in, role):
    client = signed_in(role, 1 if role == "witness" else None)
    for url in judging():
        assert client.post(url, {"reason": "because I say so"}).status_code == 403
    untouched()


@pytest.mark.parametrize(
    ("role", "status"),
    [("viewer", 403), ("analyst", 403), ("liaison", 403), ("typist", 404), ("witness", 404)],
)
def test_nobody_decides_on_anothers_file(room, signed_in, role, status):
    client = signed_in(role, 1 if role == "witness" else None)
    for url in bringing(room):
        assert client.post(url).status_code == status
    for name in ("upload", "upload_problems"):
        assert client.get(reverse(f"count:{name}", args=[room.pk])).status_code == status
    untouched()


def test_a_typist_stores_no_other_typists_file_past_the_page(room, person):
    with pytest.raises(PermissionDenied):
        services.store(person("typist"), room.pk)
    untouched()


def test_nothing_changes_by_opening_an_address(room, signed_in):
    client = signed_in("coordinator")
    for url in [*judging(), *bringing(room)]:
        assert client.get(url).status_code == 405
    untouched()


def test_nothing_changes_by_a_form_of_another_site(room, person):
    person("coordinator", username="c")
    client = Client(enforce_csrf_checks=True)
    assert client.login(username="c", password=PASSWORD)
    for url in [*judging(), *bringing(room)]:
        assert client.post(url, {"reason": "because I say so"}).status_code == 403
    untouched()


def test_fields_that_no_form_has_are_not_taken(room, signed_in):
    client = signed_in("typist")
    extra = {"state": "stored", "by": "1", "source": "official", "sha256": "0" * 64, "held": ""}
    client.post(reverse("count:uploads"), extra | {"file": csv_file(station("A2c2", [1, 2]))})
    made = Upload.objects.first()
    assert (made.state, made.by, made.decided_by) == ("preview", client.person, None)
    assert made.sha256 != "0" * 64
    assert not StoredForm.objects.filter(place="A2c2").exists()


@pytest.mark.parametrize(
    "target", ["https://example.org/", "//example.org", "javascript:alert(1)", "/\\example.org"]
)
def test_after_an_explanation_one_stays_in_the_room(room, signed_in, target):
    sent = {"reason": "looked at the paper", "next": target}
    answer = signed_in("verifier").post(judging()[0], sent)
    assert (answer.status_code, answer["Location"]) == (302, reverse("count:findings"))


def test_a_line_break_in_next_makes_no_header(room, signed_in):
    sent = {"reason": "looked at the paper", "next": "/findings/\r\nSet-Cookie: a=b"}
    answer = signed_in("verifier").post(judging()[0], sent)
    assert answer.status_code == 302 and "Set-Cookie: a=b" not in str(answer.headers)


def test_who_has_an_area_judges_in_it_only(room, signed_in):
    finding = StoredFinding.objects.get(code="S1")
    url = reverse("count:explain", args=[finding.mark])
    elsewhere = signed_in("verifier", username="v2", place="A2")
    assert elsewhere.post(url, {"reason": "not mine"}).status_code == 403
    untouched()
    assert signed_in("verifier", place="A1").post(url, {"reason": "mine"}).status_code == 302
    assert StoredFinding.objects.get(code="S1").explained


def test_an_area_is_its_whole_code_and_not_the_end_of_another(person):
    furnish()
    upload = services.preview(person("typist", place="1"), csv_file(station("A1a1", [1, 2])))
    assert (upload.counts["new"], upload.problems[0]["code"]) == (0, "not-yours")


def test_an_explanation_finds_its_finding_though_forms_came_in_meanwhile(room, signed_in):
    url = judging()[0]
    bring(station("A1b1", [7, 7]))
    assert signed_in("verifier").post(url, {"reason": "paper looked at"}).status_code == 302
    assert StoredFinding.objects.get(code="S1").explained


def test_an_explanation_of_a_finding_that_is_gone_says_so(room, signed_in):
    url = judging()[0]
    bring(station("A1a2", [5, 6], "witness:1"))
    answer = signed_in("verifier").post(url, {"reason": "paper looked at"})
    assert answer.status_code == 400
    assert "does not stand any more" in answer.content.decode()
    assert not Explanation.objects.exists()


@pytest.mark.parametrize("odd", ["%00", "'", "%25", "_", "9" * 5000, "a%00b", "%ED%A0%80", "<b>"])
def test_odd_filters_narrow_to_nothing_and_break_nothing(room, signed_in, odd):
    client = signed_in("viewer")
    for name in ("contest", "place", "code", "severity", "source"):
        answer = client.get(f"{reverse('count:findings')}?{name}=x{odd}&page={odd}")
        assert answer.status_code == 200
        assert "No finding fits." in answer.content.decode(), name


@pytest.mark.parametrize("number", ["9" * 30, "9" * 5000, "0"])
def test_a_number_that_nothing_has_is_not_found(room, signed_in, number):
    client = signed_in("coordinator")
    assert client.get(f"/bring/{number}/").status_code == 404
    assert client.post(f"/forms/{number}/accept/", {"reason": "why not"}).status_code == 404


def test_a_place_where_nobody_votes_in_the_contest_is_not_found(signed_in):
    furnish(frame(contest(), contest(code="vil", place="A1a")))
    client = signed_in("viewer")
    assert client.get(reverse("count:place", args=["vil", "A2c1"])).status_code == 404
    page = client.get(reverse("count:place", args=["reg", "A2c1"])).content.decode()
    assert reverse("count:place", args=["vil", "A2c1"]) not in page


def test_a_new_list_of_places_counts_at_once(room):
    more = frame(contest(), contest(code="gov"))
    rows = more.places.filter(more.places["code"] != "A2c2")
    furnish(type(more)(rows, more.contests))
    assert Contest.objects.get(pk="reg").summary_set.get(place="A").tps_total == 5


def test_places_may_get_a_province_above_them_when_forms_are_in(room):
    """Everything worked out stands at the old path then, and must not stay."""
    plain = frame(contest(), contest(code="gov", place="P"))
    top = plain.places.filter(plain.places["code"] == "A")
    under = top.with_columns(parent=pl.lit("P"))
    over = top.with_columns(code=pl.lit("P"), kind=pl.lit("province"))
    rest = plain.places.filter(plain.places["code"] != "A")
    furnish(Frame(check_places(pl.concat([over, under, rest])), plain.contests))
    assert Summary.objects.get(contest="gov", place="P").tps_total == 5
    assert set(StationState.objects.values_list("path", flat=True)) >= {"P/A/A1/A1a/A1a1/"}
    assert not StationState.objects.filter(path__startswith="A/").exists()


def snapshot(hour, *votes):
    """A snapshot of the election body's feed as it publishes it: all of five stations in."""
    progress = {"total": 5, "persen": 100.0, "progres": 5}
    chart = {str(1000831 + n): v for n, v in enumerate(votes, 1)} | {"progres": progress}
    page = {"mode": "hhcw", "tungsura": {"chart": chart}, "psu": "Reguler"}
    body = json.dumps(page | {"ts": f"2024-11-28 0{hour}:00:00"}).encode()
    return SimpleUploadedFile("A.json", body, "application/json")


def test_a_file_is_decided_on_once_from_two_tabs(signed_in):
    furnish()
    client = signed_in("typist")
    upload = services.preview(client.person, csv_file(station("A1a1", [1, 2])))
    first = client.post(reverse("count:upload_store", args=[upload.pk]))
    second = client.post(reverse("count:upload_reject", args=[upload.pk]))
    assert (first.status_code, second.status_code) == (302, 400)
    assert Upload.objects.get().state == Upload.State.STORED


def test_a_zeroed_feed_is_brought_held_shown_and_accepted_with_a_reason(signed_in):
    pairs = (Choice(n, f"Pair {n}", f"P{n}", feed_id=str(1000831 + n)) for n in (1, 2))
    furnish(frame(contest(ballot=tuple(pairs))))
    client = signed_in("verifier")
    for file in (snapshot(1, 100, 200), snapshot(2, 0, 0)):
        client.post(reverse("count:uploads"), {"file": file, "mapping": MAPPING})
        upload = Upload.objects.first()
        client.post(reverse("count:upload_store", args=[upload.pk]))
    assert (
        "1 version is held"
        in client.get(reverse("count:upload", args=[upload.pk])).content.decode()
    )
    assert StoredForm.objects.get(current=True).votes == {"1": 100, "2": 200}
    assert ">F1<" in client.get(reverse("count:findings") + "?place=A").content.decode()
    held = StoredForm.objects.get(held="F1")
    url = reverse("count:accept", args=[held.pk])
    assert client.post(url, {"reason": ""}).status_code == 400
    assert client.post(url, {"reason": "the body confirmed it by letter"}).status_code == 302
    assert StoredForm.objects.get(current=True).pk == held.pk
    entry = LedgerEntry.objects.order_by("-seq").first()
    assert entry.action == "count.form.accepted"
    assert entry.content["reason"] == "the body confirmed it by letter"
    assert client.post(url, {"reason": "once more"}).status_code == 400


def test_more_findings_than_a_worksheet_has_rows_are_not_cut_silently(room, signed_in, monkeypatch):
    monkeypatch.setattr(findings, "_SHEET_ROWS", 1)
    answer = signed_in("verifier").get(reverse("count:findings_export", args=["xlsx"]))
    assert answer.status_code == 400
    assert "more findings than a worksheet has rows" in answer.content.decode()


def test_accepting_an_older_version_says_that_a_later_one_stands(room, signed_in):
    bring(FEED | {"votes": [11, 21], "entered_at": AT + dt.timedelta(hours=2)})
    answer = signed_in("verifier").post(judging()[1], {"reason": "checked"}, follow=True)
    assert "a later one stands in force" in answer.content.decode()
    assert StoredForm.objects.get(source="feed", current=True).votes == {"1": 11, "2": 21}


def test_the_hidden_file_name_of_an_upload_is_its_last_part(signed_in):
    furnish()
    client = signed_in("typist")
    name = "../../etc/<b>\u202egpj.csv"
    body = csv_file(station("A1a1", [1, 2])).read()
    client.post(reverse("count:uploads"), {"file": SimpleUploadedFile(name, body)})
    upload = Upload.objects.get()
    assert "/" not in upload.name and "\u202e" not in upload.name
    html = client.get(reverse("count:upload", args=[upload.pk])).content.decode()
    assert "<b>gpj" not in html
    assert json.dumps(upload.counts)
