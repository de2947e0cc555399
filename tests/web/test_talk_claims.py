"""Claims beside the forms: who sees which forms, and what a person releases."""

from __future__ import annotations

import json
import re

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from rukun.errors import UserError
from rukun.web.core.models import LedgerEntry
from rukun.web.talk.models import Answer, Case, Claim
from rukun.web.talk.services import answering, opening
from tests.count.small import station
from tests.web.room import bring, furnish

from . import talkroom as room

pytestmark = pytest.mark.django_db
STATION = "A1a1"
TEXTS = {"text_id": "Formulir resmi menyatakan 118.", "text_en": "The official form says 118."}


def furnished(official: list[int] | None = None, **camps: list[int]) -> None:
    """The small election with an official form and those of some camps."""
    furnish()
    rows = [station(STATION, official)] if official else []
    rows += [station(STATION, votes, f"witness:{camp[-1]}") for camp, votes in camps.items()]
    if rows:
        bring(*rows)


def page(client, claim: Claim, status: int = 200) -> str:
    answer = client.get(reverse("talk:claim", args=[claim.pk]))
    assert answer.status_code == status
    return answer.content.decode()


def listed(client, **query) -> str:
    answer = client.get(reverse("talk:claims"), query)
    assert answer.status_code == 200
    return answer.content.decode()


def chips(html: str) -> list[str]:
    return re.findall(r'class="chip verdict-(\w+)"', html)


def mark(client, claim: Claim) -> str:
    return re.search(r'name="mark" value="(\w+)"', page(client, claim)).group(1)


def send(client, claim: Claim, **fields):
    data = {"mark": mark(client, claim), **TEXTS} | fields
    return client.post(reverse("talk:claim_release", args=[claim.pk]), data)


# --- The verdict -----------------------------------------------------------------------------------


def test_a_claim_is_laid_beside_the_forms(signed_in):
    furnished([118, 90])
    right, wrong = room.claimed(STATION, 118), room.claimed(STATION, 181)
    client = signed_in("viewer")
    assert chips(page(client, right))[0] == "agrees"
    assert chips(page(client, wrong))[0] == "differs"
    assert "differs" in re.findall(r'<td class="num( differs)?">118<', page(client, wrong))[0]
    assert re.search(r'<td class="num claimed">181<', page(client, wrong))


def test_a_misprint_is_said_to_be_perhaps_one(signed_in):
    furnished([118, 90])
    html = page(signed_in("viewer"), room.claimed(STATION, 181))
    assert "it may be a slip of the pen, not a lie" in html


def test_without_forms_it_cannot_be_said(signed_in):
    furnished()
    claim = room.claimed(STATION, 118)
    client = signed_in("viewer")
    assert chips(page(client, claim))[0] == "cannot_be_said"
    assert chips(listed(client)) == ["cannot_be_said"]


def test_a_form_that_comes_in_changes_the_verdict_at_once(signed_in):
    furnished()
    room.claimed(STATION, 118)
    client = signed_in("viewer")
    assert chips(listed(client)) == ["cannot_be_said"]
    bring(station(STATION, [118, 90]))
    assert chips(listed(client)) == ["agrees"]
    assert len(chips(listed(client, verdict="agrees"))) == 1
    assert chips(listed(client, verdict="cannot_be_said")) == []


def test_where_there_are_very_many_the_list_shows_the_last_verdicts_and_says_so(
    signed_in, monkeypatch
):
    furnished([118, 90])
    room.claimed(STATION, 118, verdict="cannot_be_said")
    monkeypatch.setattr(answering, "MOST_NOW", 0)
    html = listed(signed_in("viewer"))
    assert chips(html) == ["cannot_be_said"]
    assert "when the posts were last worked through" in html


def test_a_camps_closed_figures_are_seen_by_the_desk_and_its_own_camp_only(signed_in):
    furnished(camp1=[777, 90])
    claim = room.claimed(STATION, 777)
    own, other = signed_in("witness", 1), signed_in("witness", 2)
    desk, viewer = signed_in("analyst"), signed_in("viewer")
    cell = r'<td class="num( differs)?">777<'
    for client in (own, desk):
        assert re.search(cell, page(client, claim)), client.person
        assert "not open to everybody yet" in page(client, claim)
    for client in (other, viewer):
        assert not re.search(cell, page(client, claim)), client.person
        assert "witnesses of pair 1" not in page(client, claim).lower()


def test_the_list_is_the_same_for_everybody(signed_in):
    furnished(camp1=[777, 90])
    room.claimed(STATION, 777)
    clients = [signed_in("witness", 1), signed_in("witness", 2), signed_in("analyst")]
    mains = [h[h.index("<main") : h.index("</main>")] for h in map(listed, clients)]
    tables = {re.search(r"<table.*?</table>", m, re.S).group(0) for m in mains}
    assert len(tables) == 1


def test_what_names_no_place_stands_apart(signed_in):
    furnished()
    claim = room.claimed(None, 118, contest="")
    client = signed_in("viewer")
    html = listed(client)
    assert "Cannot be checked as they stand" in html
    assert "It is not said which place is meant." in html
    assert chips(html) == []
    assert "It cannot be checked as it stands." in page(client, claim)


def test_the_list_narrows_by_place_kind_and_answer(signed_in):
    furnished([118, 90])
    here, there = room.claimed(STATION, 118), room.claimed("A2c1", 5, kind="box_opened")
    client = signed_in("verifier")
    send(client, here)
    names = {c.pk: lambda h, c=c: reverse("talk:claim", args=[c.pk]) in h for c in (here, there)}
    for query, wanted in (
        ({"place": "A1"}, {here.pk}),
        ({"kind": "box_opened"}, {there.pk}),
        ({"released": "yes"}, {here.pk}),
        ({"released": "no"}, {there.pk}),
        ({}, {here.pk, there.pk}),
    ):
        html = listed(client, **query)
        assert {pk for pk, stands in names.items() if stands(html)} == wanted, query


# --- The answer ------------------------------------------------------------------------------------


def test_an_answer_is_released_with_the_figures_it_rests_on(signed_in):
    furnished([118, 90])
    claim, client = room.claimed(STATION, 118), signed_in("analyst")
    assert send(client, claim).status_code == 302
    made = Answer.objects.get()
    assert (made.version, made.verdict, made.by) == (1, "agrees", client.person)
    assert [(f["source"], f["field"], f["value"]) for f in made.facts] == [
        ("official", "votes_1", 118)
    ]
    entry = LedgerEntry.objects.get(action="talk.answer.released")
    assert json.loads(entry.data)["claim"] == claim.pk
    html = page(signed_in("witness", 2), claim)
    assert "version 1, released by analyst" in html
    assert TEXTS["text_en"] in html
    send(client, claim, text_en="The official form of this station says 118.")
    assert sorted(Answer.objects.values_list("version", flat=True)) == [1, 2]


def test_a_double_click_releases_once(signed_in):
    furnished([118, 90])
    claim, client = room.claimed(STATION, 118), signed_in("analyst")
    assert [send(client, claim).status_code for _ in range(2)] == [302, 302]
    assert Answer.objects.count() == 1


def test_an_answer_rests_on_open_forms_whoever_releases_it(signed_in):
    furnished(camp1=[118, 90], camp2=[118, 90])
    claim, client = room.claimed(STATION, 118), signed_in("coordinator")
    html = page(client, claim)
    assert chips(html)[0] == "agrees"
    draft = re.search(r'name="text_en".*?>(.*?)</textarea>', html, re.S).group(1)
    assert "itnesses" not in draft
    send(client, claim)
    made = Answer.objects.get()
    assert made.verdict == "cannot_be_said"
    assert made.facts == []


@pytest.mark.parametrize("role,camp", [("witness", 1), ("witness", 2), ("viewer", None),
                                       ("typist", None), ("liaison", None)])  # fmt: skip
def test_others_read_answers_and_release_none(signed_in, role, camp):
    furnished([118, 90])
    claim, client = room.claimed(STATION, 118), signed_in(role, camp)
    assert 'name="mark"' not in page(client, claim)
    address = reverse("talk:claim_release", args=[claim.pk])
    assert client.post(address, {"mark": "x", **TEXTS}).status_code == 403
    with pytest.raises(PermissionDenied):
        answering.release(client.person, claim.pk, "x", *TEXTS.values())
    assert not Answer.objects.exists()


def test_it_is_refused_where_the_forms_changed_while_it_was_written(signed_in):
    furnished([118, 90])
    claim, client = room.claimed(STATION, 118), signed_in("analyst")
    before = mark(client, claim)
    bring(station(STATION, [120, 90], version=2))
    answer = client.post(reverse("talk:claim_release", args=[claim.pk]), {"mark": before, **TEXTS})
    assert answer.status_code == 400
    html = answer.content.decode()
    assert "The forms have changed since this page was opened." in html
    assert TEXTS["text_id"] in html
    assert not Answer.objects.exists()


@pytest.mark.parametrize(
    "text", ["", "  \n", "Kata @si_fulan_77 di akunnya tidak benar.", "x" * 4001]
)
def test_an_answer_says_something_and_names_nobody(signed_in, text):
    furnished([118, 90])
    claim, client = room.claimed(STATION, 118), signed_in("analyst")
    assert send(client, claim, text_id=text).status_code == 400
    assert not Answer.objects.exists()
    assert not LedgerEntry.objects.filter(action="talk.answer.released").exists()


def test_it_is_marked_when_the_forms_change_after_its_release(signed_in):
    furnished([118, 90])
    claim, client = room.claimed(STATION, 118), signed_in("analyst")
    send(client, claim)
    assert "The forms have changed since." not in page(client, claim)
    bring(station(STATION, [120, 90], version=2))
    assert "The forms have changed since." in page(client, claim)


def test_it_is_withdrawn_with_a_reason_and_stays_marked(signed_in):
    furnished([118, 90])
    claim, client = room.claimed(STATION, 118), signed_in("verifier")
    send(client, claim)
    made = Answer.objects.get()
    address = reverse("talk:claim_withdraw", args=[claim.pk, made.pk])
    assert client.post(address, {"reason": ""}).status_code == 400
    assert client.post(address, {"reason": "Salah formulir."}).status_code == 302
    html = page(signed_in("viewer"), claim)
    assert "Salah formulir." in html
    assert TEXTS["text_en"] in html
    assert LedgerEntry.objects.get(action="talk.answer.withdrawn").data.count("Salah formulir.")
    with pytest.raises(UserError, match="withdrawn already"):
        answering.withdraw(client.person, made.pk, "Sekali lagi.")
    assert listed(client, released="yes").count(reverse("talk:claim", args=[claim.pk])) == 0


def test_posts_are_shown_to_reviewers_only(signed_in):
    furnished([118, 90])
    post = room.stored("claim", text="Suara paslon 1 di TPS 1 itu 118", label="none")
    claim = room.claimed(STATION, 118, post_ids=[post.pk])
    assert post.text in page(signed_in("analyst"), claim)
    assert post.text not in page(signed_in("witness", 1), claim)


# --- Its case --------------------------------------------------------------------------------------


def test_one_case_is_opened_for_each_claim_that_can_be_checked(signed_in):
    furnished()
    claim, open_ended = room.claimed(STATION, 118), room.claimed(None, 5, contest="")
    assert opening.open_claims([claim, open_ended], room.AT) == 1
    assert opening.open_claims([claim, open_ended], room.AT) == 0
    case = Case.objects.get()
    assert (case.queue, case.about, case.claim, case.label) == ("claims", "claim", claim, "claim")
    assert reverse("talk:case", args=[case.pk]) in page(signed_in("analyst"), claim)
    assert reverse("talk:case", args=[case.pk]) not in page(signed_in("viewer"), claim)


def test_the_queue_shows_what_the_forms_contradict_first_with_the_claim_in_words(signed_in):
    furnished([118, 90])
    many = room.claimed(STATION, 118, posts=9)
    open_ = room.claimed("A2c1", 50, posts=7)
    few, most = room.claimed(STATION, 181, posts=2), room.claimed(STATION, 200, posts=5)
    opening.open_claims([many, open_, few, most], room.AT)
    answer = signed_in("verifier").get(reverse("talk:queue"), {"queue": "claims"})
    html = answer.content.decode()
    assert chips(html) == ["differs", "differs", "cannot_be_said", "agrees"]
    shown = [reverse("talk:claim", args=[c.pk]) for c in (most, few, open_, many)]
    assert re.findall(r'<a href="(/talk/claims/k-[^"]+)"', html) == shown
    assert "Votes of pair 1: 200" in html and "said in 5 posts" in html
    assert "comes first" in html
