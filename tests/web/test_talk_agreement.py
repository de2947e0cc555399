"""Cases read twice blind, how far the desk agrees, and its calibration of the screen."""

from __future__ import annotations

import pytest
from django.urls import reverse

from rukun.web.core.models import LedgerEntry
from rukun.web.talk.models import Case, Claim, DeskCalibration, Reading, Work
from rukun.web.talk.services import blind, calibrating, opening

from . import talkroom as room


def page(client, case) -> str:
    answer = client.get(reverse("talk:case", args=[case.pk]))
    assert answer.status_code == 200
    return answer.content.decode()


# --- Read twice ------------------------------------------------------------------------------------


def test_a_blind_reading_hides_the_first_one_and_every_hint(signed_in, person):
    case = room.proposed(person("analyst", username="satu"), room.opened(read_twice=True))
    client = signed_in("verifier")
    assert client.get(reverse("talk:case", args=[case.pk])).status_code == 302
    html = client.get(reverse("talk:blind", args=[case.pk])).content.decode()
    assert room.CALL in html
    for hint in (
        "satu",
        "Ajakan langsung.",
        "why-incite",
        "chip label-",
        "Refer to the supervisor",
    ):
        assert hint not in html
    row = client.get(reverse("talk:queue")).content.decode()
    assert "Waits for a second reading" in row and "why-incite" not in row


def test_after_the_blind_reading_the_case_is_open(signed_in, person):
    case = room.proposed(person("analyst", username="satu"), room.opened(read_twice=True))
    client = signed_in("verifier")
    address = reverse("talk:blind", args=[case.pk])
    assert client.post(address, {"label": "help", "needed": "yes"}).status_code == 400
    assert client.post(address, {"label": "hostile"}).status_code == 400
    assert client.post(address, {"label": "hostile", "needed": "yes"}).status_code == 302
    kept = Reading.objects.get(part=Reading.BLIND)
    assert (kept.label, kept.needed, kept.by) == ("hostile", True, client.person)
    assert 'value="confirm"' in page(client, case)
    assert client.post(address, {"label": "none", "needed": "no"}).status_code == 302
    assert Reading.objects.filter(part=Reading.BLIND).count() == 1


def test_who_leaves_the_blind_reading_to_others_cannot_give_it_later(signed_in, person):
    case = room.proposed(person("analyst", username="satu"), room.opened(read_twice=True))
    client = signed_in("verifier")
    client.post(reverse("talk:blind_leave", args=[case.pk]))
    assert "Ajakan langsung." in page(client, case)
    client.post(reverse("talk:blind", args=[case.pk]), {"label": "none", "needed": "no"})
    assert not Reading.objects.filter(part=Reading.BLIND).exists()
    assert blind.waits_for(person("coordinator"), Case.objects.get())


def test_who_worked_on_a_case_does_not_read_it_blind(person):
    first, other = person("analyst"), person("verifier")
    case = room.opened(read_twice=True)
    room.take(other, case, "claim")
    room.take(other, case, "release")
    room.proposed(first, case)
    kept = Case.objects.get()
    assert not blind.waits_for(first, kept) and not blind.waits_for(other, kept)


def read_twice(person, count: int) -> None:
    """So many cases with a first and a blind reading; one in five differs."""
    first, second = person("analyst", username="a"), person("verifier", username="b")
    for n in range(count):
        case = room.opened(read_twice=True)
        label = "incite" if n % 2 else "none"
        for by, part, said in (
            (first, Reading.FIRST, label),
            (second, Reading.BLIND, "hostile" if n % 5 == 0 else label),
        ):
            Reading.objects.create(
                case=case, part=part, by=by, role="x", at=room.AT, label=said, needed=bool(n % 2)
            )


def test_agreement_is_shown_with_its_interval_once_enough_was_read_twice(signed_in, person):
    read_twice(person, 20)
    html = signed_in("liaison").get(reverse("talk:agreement")).content.decode()
    assert "80.0" in html and "kappa" in html and "more cases read twice" not in html


def test_agreement_of_few_cases_shows_no_figures(signed_in, person):
    read_twice(person, 3)
    html = signed_in("liaison").get(reverse("talk:agreement")).content.decode()
    assert "17 more cases read twice are needed" in html and "Same answer" not in html


# --- Calibration -----------------------------------------------------------------------------------


def decisions(count: int, user) -> None:
    """So many decided cases: the higher the score, the more often somebody was needed."""
    for n in range(count):
        post = room.stored(f"d{n}", f"Kiriman {n}", raw_score=n % 10 - 5.0)
        needed = n % 10 + n * 3 % 7 > 7
        action = "answer" if needed else "no_action"
        kept = {"action": action, "reason": "x", "label": "incite", "by": user.username}
        kept |= {"at": room.AT.isoformat(), "threshold": []}
        room.opened(post, state="decided", decision=kept)


def test_a_calibration_needs_two_hundred_decisions(signed_in, person):
    decisions(40, person("analyst"))
    client = signed_in("verifier")
    html = client.get(reverse("talk:agreement")).content.decode()
    assert "40 of 200 decisions" in html and "Use this calibration" not in html
    assert client.post(reverse("talk:calibration_use")).status_code == 400
    assert not DeskCalibration.objects.exists()


def test_a_calibration_is_used_ended_by_the_next_and_switched_off(signed_in, person):
    decisions(200, person("analyst"))
    client = signed_in("verifier")
    html = client.get(reverse("talk:agreement")).content.decode()
    assert "Use this calibration" in html and "With your calibration" in html
    for _ in range(2):
        assert client.post(reverse("talk:calibration_use")).status_code == 302
    newest, older = DeskCalibration.objects.all()
    assert newest.ended_at is None and older.ended_by == client.person
    assert calibrating.in_force() == newest
    assert Work.objects.filter(state=Work.WAITING).count() == 1
    client.post(reverse("talk:calibration_end"))
    assert calibrating.in_force() is None
    actions = LedgerEntry.objects.filter(action__startswith="talk.calibration")
    assert [e.action.split(".")[-1] for e in actions] == ["used", "used", "ended"]


@pytest.mark.parametrize("role", ["analyst", "liaison"])
@pytest.mark.parametrize("name", ["calibration_use", "calibration_end"])
def test_only_who_tunes_the_screen_calibrates_it(signed_in, role, name):
    assert signed_in(role).post(reverse(f"talk:{name}")).status_code == 403


def test_which_cases_are_read_twice_rests_on_the_rooms_own_key(db, settings):
    def drawn(key: str) -> list[bool]:
        settings.SECRET_KEY = key
        claims = [room.claimed(None, code=f"k-{i}", checkable=True) for i in range(60)]
        assert opening.open_claims(claims, room.AT) == 60
        found = list(Case.objects.order_by("-pk").values_list("read_twice", flat=True)[:60])
        Case.objects.all().delete()
        Claim.objects.all().delete()
        return found

    first, again, other = drawn("satu" * 20), drawn("satu" * 20), drawn("dua" * 20)
    assert first == again != other
    assert 3 <= sum(first) <= 24 and 3 <= sum(other) <= 24
