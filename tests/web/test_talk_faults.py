"""What people and machines do wrong on the pages of review, and what becomes of it."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys

import pytest
from django.urls import reverse
from django.utils import timezone

from rukun.errors import UserError
from rukun.web.core import services as core
from rukun.web.core.models import LedgerEntry
from rukun.web.talk.models import Case, Reading, Step
from tests.faults.postgres import server
from tests.faults.rooms import environ, manage

from . import talkroom as room

MARKUP = '<script>alert("1")</script>{{ 7 }}{% load x %}'


def test_a_double_click_takes_one_step(signed_in):
    case = room.opened()
    client = signed_in("verifier")
    answers = [room.send(client, case, "claim", seen=0) for _ in range(2)]
    assert [a.status_code for a in answers] == [302, 302]
    assert Step.objects.count() == 1


def test_the_second_of_two_is_told_what_changed_and_keeps_the_text(signed_in):
    case = room.opened()
    first, second = signed_in("analyst"), signed_in("verifier")
    room.send(first, case, "claim", seen=0)
    answer = room.send(second, case, "claim", seen=0)
    html = answer.content.decode()
    assert answer.status_code == 409
    assert "What happened since you opened this page" in html and "Claim, analyst" in html
    assert Case.objects.get().holder == first.person


def test_a_text_written_on_an_old_page_is_not_lost(signed_in):
    case = room.opened()
    client = signed_in("analyst")
    room.send(client, case, "claim")
    room.send(client, case, "extend", minutes="60")
    answer = room.send(client, case, "decide", seen=1, action="no_action", reason="Panjang sekali.")
    assert answer.status_code == 409 and "Panjang sekali." in answer.content.decode()
    assert not Reading.objects.exists()


@pytest.mark.parametrize("seen", ["-1", "99", "0x1", "1e3", "", "٣", "9" * 400, "0\0"])
def test_a_forged_version_is_refused(signed_in, seen):
    case = room.opened()
    answer = room.send(signed_in("verifier"), case, "claim", seen=seen)
    assert answer.status_code == 409 and Case.objects.get().version == 0


@pytest.mark.parametrize("name", ["", "delete", "claim\0", "__class__", "show", "x" * 4000])
def test_a_step_that_does_not_exist_is_refused(signed_in, name):
    case = room.opened()
    assert room.send(signed_in("verifier"), case, name).status_code == 400
    assert Case.objects.get().version == 0


def test_the_second_person_is_another_one(signed_in):
    client = signed_in("verifier")
    case = room.proposed(client.person)
    answer = room.send(client, case, "confirm")
    assert answer.status_code == 400 and Case.objects.get().state == "waiting_second"


def test_who_changed_the_label_is_not_the_second_person(signed_in, person):
    other, client = person("analyst"), signed_in("verifier")
    case = room.opened(label="hostile")
    room.take(client.person, case, "claim")
    room.take(client.person, case, "relabel", label="incite", reason="Ada ajakan.")
    room.take(client.person, case, "release")
    room.proposed(other, case)
    assert room.send(client, case, "confirm").status_code == 400


def test_an_approver_demoted_between_opening_and_sending_confirms_nothing(signed_in, person):
    case = room.proposed(person("analyst"))
    client = signed_in("verifier")
    assert 'value="confirm"' in client.get(reverse("talk:case", args=[case.pk])).content.decode()
    for role, status in (("liaison", 400), ("typist", 403)):
        client.person.role = role
        client.person.save()
        assert room.send(client, case, "confirm").status_code == status
    assert Case.objects.get().state == "waiting_second"


def test_a_person_demoted_within_the_request_is_refused(person):
    """The page's person is old; the service reads who acts anew."""
    stale = person("verifier")
    case = room.proposed(person("analyst"))
    type(stale).objects.filter(pk=stale.pk).update(role="liaison")
    with pytest.raises(UserError, match="does not allow"):
        room.take(stale, case, "confirm")


def test_a_disabled_person_takes_no_step(signed_in):
    case = room.opened()
    client = signed_in("verifier")
    core.set_active(None, client.person, False)
    assert room.send(client, case, "claim").status_code == 302
    assert Case.objects.get().version == 0


def test_nobody_acts_outside_their_area(signed_in):
    from .room import furnish

    furnish()
    case = room.opened(place_id="A2c")
    client = signed_in("verifier", place="A1")
    html = client.get(reverse("talk:case", args=[case.pk])).content.decode()
    assert 'name="step"' not in html
    assert room.send(client, case, "claim").status_code == 403
    answer = client.post(reverse("talk:case_sealed", args=[case.pk]))
    assert answer.status_code == 403
    assert Case.objects.get().version == 0


@pytest.mark.parametrize("camp", [1, 2])
@pytest.mark.parametrize("name", ["case_step", "case_sealed", "blind", "blind_leave", "refer"])
def test_every_step_is_closed_to_witnesses_of_both_camps(signed_in, camp, name):
    case = room.opened()
    client = signed_in("witness", camp=camp)
    assert (
        client.post(reverse(f"talk:{name}", args=[case.pk]), {"step": "claim"}).status_code == 403
    )


def test_no_extra_field_sets_anything(signed_in):
    case = room.opened()
    extra = {"state": "closed", "holder": "1", "second": "x", "decision": "{}", "version": "9"}
    extra |= {"by": "koordinator", "label": "none", "in_force": "1", "score": "0"}
    room.send(signed_in("verifier"), case, "claim", **extra)
    kept = Case.objects.get()
    assert (kept.state, kept.version, kept.label, kept.score) == ("claimed", 1, "incite", 0.9)
    assert (kept.decision, kept.second, kept.holder.username) == (None, "", "verifier")


@pytest.mark.parametrize(
    "reason",
    [
        "",
        "  \n",
        "x" * 2001,
        "x" * 400_000,
        "a\0b",
        "a\u202eb",
        "a\ud800b".encode("utf-8", "surrogatepass"),
    ],
    ids=["empty", "blank", "long", "huge", "nul", "turned", "surrogate"],
)
def test_a_reason_that_cannot_be_kept_is_refused(signed_in, reason):
    case = room.opened()
    client = signed_in("verifier")
    room.send(client, case, "claim")
    answer = room.send(client, case, "decide", action="no_action", reason=reason)
    if isinstance(reason, bytes):
        # Not text at all: what stands in its place can be kept.
        assert answer.status_code in (302, 400)
        return
    assert answer.status_code == 400 and Case.objects.get().state == "claimed"


def test_a_text_that_its_step_does_not_ask_for_is_looked_at_too(signed_in):
    case = room.opened()
    client = signed_in("verifier")
    for bad in ({"reason": "a\0b"}, {"note-intent": "a\0b"}, {"note-intent": "x" * 2001}):
        assert room.send(client, case, "claim", **bad).status_code == 400
    assert Case.objects.get().version == 0


def test_markup_in_a_reason_is_shown_as_text(signed_in):
    case = room.opened()
    client = signed_in("verifier")
    room.send(client, case, "claim")
    room.send(client, case, "decide", action="no_action", reason=MARKUP)
    html = client.get(reverse("talk:case", args=[case.pk])).content.decode()
    assert "<script>alert" not in html and "&lt;script&gt;alert" in html


def test_markup_in_a_post_is_shown_as_text(signed_in):
    post = room.stored("m", MARKUP, reasons=[room.WHY | {"start": 0, "end": 8}])
    client = signed_in("verifier")
    for address in (reverse("talk:queue"), reverse("talk:case", args=[room.opened(post).pk])):
        html = client.get(address).content.decode()
        assert "<script>alert" not in html and "&lt;script&gt;" in html


@pytest.mark.parametrize(
    "named",
    [
        "ini akun @budi_s",
        "lihat https://facebook.com/budi.s",
        "telepon 0812-3456-7890",
        "b@contoh.id",
    ],
)
@pytest.mark.parametrize("field", ["reason", "note-speaker"])
def test_a_handle_written_into_a_form_is_refused(signed_in, named, field):
    case = room.opened()
    client = signed_in("verifier")
    room.send(client, case, "claim")
    fields = {"action": "report", "reason": "Jelas.", **room.form_of_test()} | {field: named}
    answer = room.send(client, case, "decide", **fields)
    assert answer.status_code == 400 and "Write the alias" in answer.content.decode()
    assert not any(named in e.data for e in LedgerEntry.objects.all())


def test_an_alias_may_be_written(signed_in):
    case = room.opened()
    client = signed_in("verifier")
    room.send(client, case, "claim")
    reason = f"@{room.ACCOUNT} hanya mengutip."
    assert room.send(client, case, "decide", action="no_action", reason=reason).status_code == 302


@pytest.mark.parametrize("minutes", ["0", "-5", "99999", "abc", "30\0"])
def test_a_time_that_is_not_offered_becomes_the_usual_one(signed_in, minutes):
    room.send(signed_in("verifier"), room.opened(), "claim", minutes=minutes)
    left = Case.objects.get().held_until - timezone.now()
    assert dt.timedelta(minutes=29) < left <= dt.timedelta(minutes=30)


def test_a_form_from_elsewhere_is_refused(person):
    from django.test import Client

    from .conftest import PASSWORD

    strict = Client(enforce_csrf_checks=True)
    assert strict.login(username=person("verifier").username, password=PASSWORD)
    assert room.send(strict, room.opened(), "claim").status_code == 403


@pytest.mark.parametrize("number", [0, 999_999, 2**63 - 1])
def test_a_case_that_is_not_there_is_not_found(signed_in, number):
    client = signed_in("verifier")
    for name in ("case", "blind", "refer"):
        assert client.get(reverse(f"talk:{name}", args=[number])).status_code == 404


# --- At the same time, on real databases -----------------------------------------------------------

#: Eight people claim, then all but the holder confirm, at the same moment.
RACE = """
import sys, threading, django; django.setup()
from django.db import connections
from rukun.errors import UserError
from rukun.web.core.models import LedgerEntry, User
from rukun.web.core.services import create_user
from rukun.web.talk.models import Case, Referral, Step
from rukun.web.talk.services import referring
from tests.web import talkroom as room

people = [User(username=f"p{n}", role="verifier") for n in range(8)]
for one in people: create_user(None, one, None)
case = room.opened()

def at_once(do, who):
    gate, done = threading.Barrier(len(who)), []
    def go(user):
        gate.wait()
        try: do(user); done.append("done")
        except UserError as err: done.append(err.code)
        finally: connections.close_all()
    threads = [threading.Thread(target=go, args=(u,)) for u in who]
    for t in threads: t.start()
    for t in threads: t.join()
    assert len(done) == len(who), done
    return sorted(done)

def step(name, seen):
    from rukun.talk import cases
    from rukun.web.talk.services import reviewing
    return lambda u: reviewing.take_step(u, case.pk, name, seen, cases.Given())

print(at_once(step("claim", 0), people))
holder = Case.objects.get().holder
room.take(holder, case, "propose", action="refer", reason="Ajakan.", threshold=room.filled_test())
others = [p for p in people if p.pk != holder.pk]
print(at_once(step("confirm", 2), others))
print(at_once(lambda u: room.referred(u, Case.objects.get()), people))
row = Referral.objects.get()
room.in_vault()
second = next(p for p in people if p.pk != row.asked_by_id)
referring.take_step(second, row.pk, "approve", 0)
print(at_once(lambda u: referring.show(u, row.pk, 1), [row.asked_by] * 6))
print(Step.objects.count(), LedgerEntry.objects.filter(action="talk.referral.show").count())
"""
EXPECTED = [
    str(sorted(["done"] + ["case-changed"] * 7)),
    str(sorted(["done"] + ["case-changed"] * 6)),
    str(sorted(["done"] + ["referral-twice"] * 7)),
    str(sorted(["done"] + ["referral-changed"] * 5)),
    "3 1",
]


def raced(folder, database: str = "") -> list[str]:
    """What the race printed in a room of its own."""
    done = manage(folder, "migrate", "--verbosity=0", database=database)
    assert done.returncode == 0, done.stderr
    race = subprocess.run(
        [sys.executable, "-c", RACE], env=environ(folder, database), capture_output=True, text=True
    )
    assert race.returncode == 0, race.stderr[-3000:]
    return race.stdout.splitlines()


def test_of_several_at_once_one_is_first_on_sqlite(tmp_path):
    assert raced(tmp_path) == EXPECTED


def test_of_several_at_once_one_is_first_on_postgresql(tmp_path):
    with server() as address:
        assert raced(tmp_path, address) == EXPECTED
