"""The queue and its cases as people meet them."""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import json
import zipfile

import pytest
from django.urls import reverse
from django.utils import timezone

from rukun.talk import cases
from rukun.talk.sealing_check import verify
from rukun.web.core import roles
from rukun.web.core.models import LedgerEntry
from rukun.web.talk.models import Case, PostFile, Step, Work
from rukun.web.talk.services import reviewing

from . import talkroom as room

QUEUE = "talk:queue"


def page(client, case) -> str:
    answer = client.get(reverse("talk:case", args=[case.pk]))
    assert answer.status_code == 200
    return answer.content.decode()


def queue(client, **query) -> str:
    answer = client.get(reverse(QUEUE), query)
    assert answer.status_code == 200
    return answer.content.decode()


def order(html: str) -> list[int]:
    """The numbers of the cases in the order of the page."""
    return [int(p.split("/")[0]) for p in html.split('class="case-link" href="/talk/review/')[1:]]


# --- Who may read ----------------------------------------------------------------------------------


@pytest.mark.parametrize("camp", [1, 2])
@pytest.mark.parametrize("name", ["queue", "case", "referrals", "agreement"])
def test_a_witness_of_either_camp_is_refused_alike(signed_in, camp, name):
    case = room.opened()
    client = signed_in(roles.WITNESS, camp=camp)
    args = [case.pk] if name == "case" else []
    assert client.get(reverse(f"talk:{name}", args=args)).status_code == 403


@pytest.mark.parametrize("role", [roles.TYPIST, roles.VIEWER])
def test_who_only_reads_or_types_sees_no_single_post_of_the_queue(signed_in, role):
    assert signed_in(role).get(reverse(QUEUE)).status_code == 403


def test_the_liaison_reads_cases_and_decides_nothing(signed_in, person):
    case = room.opened()
    client = signed_in(roles.LIAISON)
    html = page(client, case)
    assert "You read here; the desk decides." in html
    assert room.send(client, case, "claim").status_code == 400
    assert Case.objects.get().state == "new"


def test_the_liaison_first_sees_what_the_camps_were_asked_to_calm(signed_in, person):
    case = room.confirmed(person("verifier"), person("coordinator"), action="calm")
    room.opened()
    assert order(queue(signed_in(roles.LIAISON))) == [case.pk]


def test_who_may_need_help_is_not_shown_to_the_liaison(signed_in):
    case = room.opened(room.stored("h", "capek hidup", label="none", help=True), "help")
    client = signed_in(roles.LIAISON)
    assert order(queue(client, queue="help")) == []
    assert client.get(reverse("talk:case", args=[case.pk])).status_code == 404


# --- The queue -------------------------------------------------------------------------------------


def test_the_queue_is_ranked_by_score_and_size(signed_in):
    small, large = room.opened(room.narrative(2, "n2")), room.opened(room.narrative(900, "n9"))
    weak = room.opened(room.stored("weak", score=0.2))
    done = room.opened(room.narrative(5000, "n5"), state="closed")
    client = signed_in("verifier")
    assert order(queue(client)) == [large.pk, small.pk, weak.pk]
    assert order(queue(client, state="all")) == [large.pk, small.pk, weak.pk, done.pk]


def test_people_in_need_stand_in_the_order_of_their_waiting(signed_in):
    long_ago = timezone.now() - dt.timedelta(hours=5)
    young = room.opened(room.stored("h1", "capek", label="none"), "help")
    old = room.opened(room.stored("h2", "lelah", label="none"), "help", opened_at=long_ago)
    html = queue(signed_in("verifier"), queue="help")
    assert order(html) == [old.pk, young.pk]
    assert "5 hours" in html


def test_the_help_queue_says_help_first_and_accuses_nobody(signed_in):
    room.opened(room.stored("h", room.CALL, label="incite"), "help")
    html = queue(signed_in("verifier"), queue="help")
    assert "Help, not punishment." in html
    assert "label-incite" not in html and 'class="why' not in html


def test_a_page_has_twenty_cases_and_leads_on(signed_in):
    for n in range(23):
        room.opened(room.stored(f"q{n}", f"Ayo serbu {n}"))
    client = signed_in("verifier")
    assert len(order(queue(client))) == 20
    assert len(order(queue(client, page="2"))) == 3


def test_the_reasons_are_underlined_in_the_posts_own_words(signed_in):
    room.opened()
    assert '<mark class="why why-incite">bakar kantor KPU</mark>' in queue(signed_in("verifier"))


@pytest.mark.parametrize("label", cases.PROTECTED)
def test_protected_speech_never_looks_like_an_accusation(signed_in, label):
    case = room.opened(label=label)
    client = signed_in("verifier")
    for html in (queue(client), page(client, case)):
        assert "label-incite" not in html and 'class="why' not in html


def test_the_queue_says_what_it_rests_on(signed_in):
    Work.objects.create(
        state=Work.DONE, asked_by="x", posts=1000, ended_at=room.AT, digest={"flagged": 21}
    )
    PostFile.objects.create(
        name="a.csv", sha256="b" * 64, size=1, state="stored", coverage="kata: pilkada"
    )
    html = queue(signed_in("verifier"))
    assert "2.1" in html and "27 Nov 2024" in html and "kata: pilkada" in html


def test_an_empty_queue_says_how_to_start(signed_in):
    assert "No posts have been worked through yet." in queue(signed_in("verifier"))


def test_the_filter_of_places_holds_what_lies_inside_and_what_has_no_place(signed_in):
    from .room import furnish

    furnish()
    inside = room.opened(place_id="A1a")
    room.opened(place_id="A2c")
    nowhere = room.opened()
    assert set(order(queue(signed_in("verifier"), place="A1"))) == {inside.pk, nowhere.pk}


def test_who_has_an_area_begins_there(signed_in):
    from .room import furnish

    furnish()
    room.opened(place_id="A2c")
    inside = room.opened(place_id="A1a")
    client = signed_in("verifier", place="A1")
    assert order(queue(client)) == [inside.pk]
    assert len(order(queue(client, place=""))) == 2


@pytest.mark.parametrize(
    "query", [{"state": "x\0"}, {"place": "%\0"}, {"page": "-4"}, {"queue": "z"}]
)
def test_an_odd_address_is_answered(signed_in, query):
    queue(signed_in("verifier"), **query)


# --- A case ----------------------------------------------------------------------------------------


def buttons(html: str) -> set[str]:
    """The steps a page offers."""
    names = {s.name for s in cases.FLOW.steps}
    found = {n for n in names if f'name="step" value="{n}"' in html}
    return found | ({"settle", "propose"} if 'name="step" value="decide"' in html else set())


@pytest.mark.parametrize("role", ["coordinator", "verifier", "analyst", "liaison"])
@pytest.mark.parametrize("state", ["new", "mine", "waiting", "confirmed", "decided"])
def test_the_buttons_are_the_steps_of_the_table(signed_in, person, role, state):
    other = person("verifier", username="lain")
    client = signed_in(role)
    case = room.opened()
    if state == "mine" and role != "liaison":
        room.take(client.person, case, "claim")
    if state == "waiting":
        room.proposed(other, case)
    if state == "confirmed":
        room.confirmed(other, person("coordinator", username="ketua"), case)
    if state == "decided":
        room.take(other, case, "claim")
        room.take(other, case, "settle", action="no_action", reason="Kritik.")
    kept = Case.objects.get()
    offered = cases.offered(reviewing.pure(kept), reviewing.person(client.person), timezone.now())
    assert buttons(page(client, case)) == {s.name for s in offered}


def test_a_case_goes_its_way_through_the_pages(signed_in):
    case = room.opened()
    first, second = signed_in("analyst"), signed_in("verifier")
    room.send(first, case, "claim", minutes="60")
    assert "60 minutes left" in page(first, case)
    room.send(
        first, case, "decide", action="refer", reason="Ajakan langsung.", **room.form_of_test()
    )
    assert Case.objects.get().state == "waiting_second"
    assert "It is not in force until a second person confirms it." in page(second, case)
    room.send(second, case, "confirm")
    html = page(second, case)
    assert "This decision is in force" in html and "Ask for a referral" in html
    room.send(second, case, "close", reason="Diteruskan.")
    assert Case.objects.get().state == "closed"
    steps = list(Step.objects.values_list("step", "what", "by"))
    assert steps == [
        ("claim", "", "analyst"),
        ("propose", "refer", "analyst"),
        ("confirm", "", "verifier"),
        ("close", "", "verifier"),
    ]
    logged = LedgerEntry.objects.filter(action__startswith="talk.case.")
    assert [e.action for e in logged] == [f"talk.case.{s}" for s, _w, _b in steps]


def test_help_takes_effect_at_once(signed_in):
    case = room.opened(room.stored("h", "capek hidup", label="none", help=True), "help")
    client = signed_in("analyst")
    room.send(client, case, "claim")
    html = page(client, case)
    assert 'value="report"' not in html and 'value="refer"' not in html
    room.send(client, case, "decide", action="help", reason="Keluarga dihubungi.")
    assert "This decision is in force" in page(client, case)


def test_a_report_without_its_threshold_test_is_refused_and_the_text_is_kept(signed_in):
    case = room.opened()
    client = signed_in("analyst")
    room.send(client, case, "claim")
    answer = room.send(client, case, "decide", action="report", reason="Ini alasan saya.")
    html = answer.content.decode()
    assert answer.status_code == 400
    assert "threshold test is not complete" in html and "Ini alasan saya." in html
    assert '<details class="threshold" open>' in html


def test_another_label_needs_a_reason_and_stands_in_the_timeline(signed_in):
    case = room.opened()
    client = signed_in("analyst")
    room.send(client, case, "claim")
    assert room.send(client, case, "relabel", label="none").status_code == 400
    room.send(client, case, "relabel", label="none", reason="Hanya kritik.")
    html = page(client, case)
    assert "Incitement → Criticism or other free speech" in html and "Hanya kritik." in html
    assert 'value="report"' not in html


def test_a_claim_that_is_over_can_be_taken_over(signed_in):
    case = room.opened()
    first, second = signed_in("analyst"), signed_in("verifier")
    room.send(first, case, "claim")
    Case.objects.update(held_until=timezone.now() - dt.timedelta(minutes=1))
    assert "That time is over." in page(second, case)
    room.send(second, case, "take_over")
    assert Case.objects.get().holder == second.person


def test_the_thread_around_a_post_is_shown_as_far_as_it_is_in_the_room(signed_in):
    above = room.stored("above", "Hasil TPS 3 berbeda?", label="none")
    post = room.stored("mine", room.CALL, reply_to=above.pk)
    room.stored("beside", "Tenang dulu, kawan.", reply_to=above.pk, label="none")
    html = page(signed_in("verifier"), room.opened(post))
    assert "Hasil TPS 3 berbeda?" in html and "Tenang dulu, kawan." in html


def test_the_screens_reasons_are_said_in_words_and_decide_nothing(signed_in):
    html = page(signed_in("verifier"), room.opened())
    assert "decides nothing" in html
    assert "<q" in html and "bakar kantor KPU</q>" in html


def test_a_case_opened_by_hand_is_opened_once(signed_in):
    made = room.narrative(4)
    client = signed_in("verifier")
    for _ in range(2):
        answer = client.post(reverse("talk:case_open"), {"about": "narrative", "object": made.pk})
        assert answer.status_code == 302
    case = Case.objects.get()
    assert (case.about, case.label, case.queue) == ("narrative", "incite", "incitement")
    nothing = client.post(reverse("talk:case_open"), {"about": "ring", "object": "x\0"})
    assert nothing.status_code == 404


# --- Evidence --------------------------------------------------------------------------------------


def test_the_sealed_folder_is_sound_and_its_hash_is_in_the_ledger(signed_in, person, tmp_path):
    post = room.stored()
    room.archived(post)
    case = room.confirmed(person("analyst"), person("coordinator"), room.opened(post))
    answer = signed_in("verifier").post(reverse("talk:case_sealed", args=[case.pk]))
    assert answer["Content-Type"] == "application/zip"
    entry = LedgerEntry.objects.get(action="talk.case.sealed")
    assert entry.content["sha256"] == hashlib.sha256(answer.content).hexdigest()
    with zipfile.ZipFile(io.BytesIO(answer.content)) as opened:
        posts = json.loads(opened.read(f"rukun-{case.pk}/posts.json"))
    assert [(p["text"], p["account"]) for p in posts] == [(room.CALL, room.ACCOUNT)]
    file = tmp_path / "sealed.zip"
    file.write_bytes(answer.content)
    assert verify(file, entry.content["sha256"]).sound


def test_the_liaison_takes_no_evidence_away(signed_in):
    case = room.opened()
    answer = signed_in("liaison").post(reverse("talk:case_sealed", args=[case.pk]))
    assert answer.status_code == 403


def test_who_gets_a_case_back_reads_why_above_the_proposal(signed_in, person):
    case = room.proposed(person("analyst"))
    second = signed_in("coordinator")
    room.send(second, case, "return", reason="Dasar bagian niat belum jelas.")
    html = page(signed_in("verifier"), case)
    assert "gave it back:" in html
    assert html.index("Dasar bagian niat") < html.index('id="do"')
    assert (
        f"{reverse(QUEUE)}?queue=incitement" not in html
    )  # it can be taken, so there is work here


def test_a_decided_case_leads_back_to_what_waits_and_tells_the_liaison_what_to_do(
    signed_in, person
):
    case = room.confirmed(person("analyst"), person("coordinator"), action="calm")
    html = page(signed_in("liaison"), case)
    assert "asks it to speak to its own supporters" in html
    assert f"{reverse(QUEUE)}?queue=incitement" in html


def test_an_empty_room_shows_no_choices_where_there_is_nothing_to_choose(signed_in):
    client = signed_in("verifier")
    for name in (QUEUE, "talk:narratives", "talk:claims"):
        assert 'class="filters"' not in client.get(reverse(name)).text
