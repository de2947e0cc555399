"""A handle is shown once, to who asked, after somebody else agreed; otherwise never."""

from __future__ import annotations

import ast
import datetime as dt
import io

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from rukun.errors import UserError
from rukun.talk import referral as flow
from rukun.web.core.models import LedgerEntry
from rukun.web.talk.models import Case, Referral
from rukun.web.talk.services import referring, reviewing
from tests.house import SOURCES

from . import talkroom as room

HANDLE = "si_fulan_77"


@pytest.fixture
def asked(signed_in):
    """Two clients, and a referral that the first one asked for; the account is in the vault."""
    first, second = signed_in("verifier", username="satu"), signed_in("verifier", username="dua")
    case = room.confirmed(first.person, second.person)
    room.in_vault(handle=HANDLE)
    return first, second, room.referred(first.person, case)


def step(client, row, name, seen=None, **fields):
    """The form of one step of a referral."""
    version = Referral.objects.get(pk=row.pk).version if seen is None else seen
    address = reverse("talk:referral_step", args=[row.pk])
    return client.post(address, {"step": name, "seen": version, **fields})


def show(client, row, seen=None):
    """The button that shows the handle."""
    version = Referral.objects.get(pk=row.pk).version if seen is None else seen
    return client.post(reverse("talk:referral_show", args=[row.pk]), {"seen": version})


def test_a_handle_is_shown_once_to_who_asked_after_somebody_else_agreed(asked):
    first, second, row = asked
    assert show(first, row).status_code == 400
    assert step(second, row, "approve").status_code == 302
    assert HANDLE not in show(second, row).content.decode()
    answer = show(first, row)
    assert answer.content.decode().count(HANDLE) == 1
    again = show(first, row)
    assert again.status_code == 400 and HANDLE not in again.content.decode()
    kept = Referral.objects.get()
    assert (kept.state, kept.shown_by, kept.decided_by) == ("shown", first.person, second.person)


def test_the_answer_with_the_handle_is_kept_by_nobody(asked, caplog):
    first, second, row = asked
    step(second, row, "approve")
    answer = show(first, row)
    assert "no-store" in answer["Cache-Control"]
    assert HANDLE not in str(dict(first.session)) and HANDLE not in caplog.text
    assert "Location" not in answer
    entry = LedgerEntry.objects.get(action="talk.referral.show")
    assert HANDLE not in entry.data and room.ACCOUNT in entry.data
    for name in ("talk:referral", "talk:referrals", "ledger"):
        args = [row.pk] if name == "talk:referral" else []
        assert HANDLE not in first.get(reverse(name, args=args)).content.decode()


def test_the_page_that_shows_is_reached_by_a_form_only(asked):
    first, second, row = asked
    step(second, row, "approve")
    assert first.get(reverse("talk:referral_show", args=[row.pk])).status_code == 405
    assert Referral.objects.get().state == "approved"


def test_a_handle_that_is_not_in_the_vault_does_not_use_up_the_look(asked):
    first, second, row = asked
    step(second, row, "approve")
    with room.storage.vault() as vault:
        vault.forget([], [room.ACCOUNT])
    answer = show(first, row)
    assert answer.status_code == 400 and "not used up" in answer.content.decode()
    assert Referral.objects.get().state == "approved"
    assert not LedgerEntry.objects.filter(action="talk.referral.show").exists()
    room.in_vault(handle=HANDLE)
    assert HANDLE in show(first, row).content.decode()


def test_a_vault_that_cannot_be_read_does_not_use_up_the_look(asked, settings):
    first, second, row = asked
    step(second, row, "approve")
    settings.VAULT_DIR.chmod(0o755)
    assert show(first, row).status_code == 400
    settings.VAULT_DIR.chmod(0o700)
    assert Referral.objects.get().state == "approved"
    assert HANDLE in show(first, row).content.decode()


def test_an_account_without_a_handle_is_shown_by_its_number(asked):
    first, second, row = asked
    with room.storage.vault() as vault:
        vault.forget([], [room.ACCOUNT])
    room.in_vault(handle=None, native="998877")
    step(second, row, "approve")
    assert '<p class="copy">998877</p>' in show(first, row).content.decode()


def test_who_asked_does_not_agree(asked):
    first, _second, row = asked
    answer = step(first, row, "approve")
    assert answer.status_code == 400 and Referral.objects.get().state == "requested"
    assert (
        'value="approve"' not in first.get(reverse("talk:referral", args=[row.pk])).content.decode()
    )


@pytest.mark.parametrize("role", ["analyst", "liaison", "typist", "viewer"])
@pytest.mark.parametrize("name", ["referral", "referral_step", "referral_show"])
def test_who_may_not_refer_gets_nothing(asked, signed_in, role, name):
    client = signed_in(role)
    address = reverse(f"talk:{name}", args=[asked[2].pk])
    answer = (
        client.get(address) if name == "referral" else client.post(address, {"step": "approve"})
    )
    assert answer.status_code == 403


@pytest.mark.parametrize("camp", [1, 2])
def test_witnesses_of_both_camps_get_nothing_alike(asked, signed_in, camp):
    client = signed_in("witness", camp=camp)
    assert client.post(reverse("talk:referral_show", args=[asked[2].pk])).status_code == 403


def test_refusing_and_withdrawing_need_a_reason(asked):
    first, second, row = asked
    assert step(second, row, "refuse").status_code == 400
    step(second, row, "refuse", reason="Dasarnya kurang.")
    html = first.get(reverse("talk:referral", args=[row.pk])).content.decode()
    assert "Refused" in html and "Dasarnya kurang." in html
    assert step(first, row, "withdraw", reason="Keliru.").status_code == 400


def test_what_is_over_is_marked_when_it_is_listed_and_shows_nothing(asked):
    first, second, row = asked
    step(second, row, "approve")
    Referral.objects.update(expires_at=timezone.now() - dt.timedelta(seconds=1))
    answer = show(first, row)
    assert answer.status_code == 400 and HANDLE not in answer.content.decode()
    assert "Expired" in first.get(reverse("talk:referrals")).content.decode()
    assert Referral.objects.get().state == "expired"
    assert LedgerEntry.objects.get(action="talk.referral.expire").actor == "system"


def test_a_command_marks_what_is_over_once(asked):
    Referral.objects.update(expires_at=timezone.now() - dt.timedelta(seconds=1))
    out = io.StringIO()
    call_command("expire_referrals", stdout=out)
    call_command("expire_referrals", stdout=out)
    assert out.getvalue() == "expired referrals: 1\nexpired referrals: 0\n"
    assert LedgerEntry.objects.filter(action="talk.referral.expire").count() == 1


def test_a_case_that_was_opened_again_shows_nothing(asked, person):
    first, second, row = asked
    step(second, row, "approve")
    room.take(person("coordinator"), Case.objects.get(), "reopen", reason="Ada bukti baru.")
    answer = show(first, row)
    assert answer.status_code == 400 and HANDLE not in answer.content.decode()
    assert Referral.objects.get().state == "approved"


def test_an_approver_who_is_no_longer_one_is_refused(asked):
    _first, second, row = asked
    second.get(reverse("talk:referral", args=[row.pk]))
    second.person.role = "analyst"
    second.person.save()
    assert step(second, row, "approve").status_code == 403
    assert Referral.objects.get().state == "requested"


def test_a_form_sent_from_an_old_page_is_refused(asked):
    first, second, row = asked
    step(second, row, "approve", seen=0)
    answer = step(second, row, "refuse", seen=0, reason="Terlambat.")
    assert answer.status_code == 409
    assert show(first, row, seen=0).status_code == 409
    assert Referral.objects.get().state == "approved"


@pytest.mark.parametrize("name", ["show", "expire", "shown", ""])
def test_no_other_step_leads_to_a_handle(asked, name):
    first, second, row = asked
    step(second, row, "approve")
    answer = step(first, row, name)
    assert answer.status_code == 400 and HANDLE not in answer.content.decode()
    assert Referral.objects.get().state == "approved"


# --- Asking ----------------------------------------------------------------------------------------


def form(**fields):
    """The form of a request."""
    facts = {"alias": room.ACCOUNT, "addressee": "bawaslu", "basis": ["uu10-2016-69c"]}
    return facts | {"purpose": "Laporan dugaan pelanggaran.", "days": "3"} | fields


def test_a_referral_is_asked_for_on_the_page_of_its_case(signed_in, person):
    client = signed_in("verifier")
    case = room.confirmed(client.person, person("coordinator"))
    address = reverse("talk:refer", args=[case.pk])
    html = client.get(address).content.decode()
    assert "nobody is called guilty" in html and "Possible Article 69(c)" in html
    assert client.post(address, form()).status_code == 302
    row = Referral.objects.get()
    assert (row.account, row.addressee, row.basis) == (room.ACCOUNT, "bawaslu", ["uu10-2016-69c"])
    assert row.expires_at - row.asked_at < dt.timedelta(days=3, seconds=5)
    twice = client.post(address, form())
    assert twice.status_code == 400 and Referral.objects.count() == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"alias": "akun-ZZZZZZZZZZ"},
        {"alias": ""},
        {"addressee": "platform"},
        {"basis": []},
        {"basis": ["uu-0"]},
        {"purpose": ""},
        {"purpose": "x" * 2001},
        {"purpose": "a\0b"},
        {"purpose": "akun @si_fulan_77"},
    ],
)
def test_what_is_missing_is_said_and_nothing_is_asked_for(signed_in, person, wrong):
    client = signed_in("verifier")
    case = room.confirmed(client.person, person("coordinator"))
    answer = client.post(reverse("talk:refer", args=[case.pk]), form(**wrong))
    assert answer.status_code == 400 and 'role="alert"' in answer.content.decode()
    assert not Referral.objects.exists()


@pytest.mark.parametrize("action", ["calm", "no_action"])
def test_only_a_case_decided_to_be_reported_or_referred_leads_to_a_referral(person, action):
    first, second = person("verifier"), person("coordinator")
    case = room.opened()
    if action == "calm":
        room.confirmed(first, second, case, action)
    else:
        room.take(first, case, "claim")
        room.take(first, case, "settle", action=action, reason="Kritik.")
    with pytest.raises(UserError, match="does not stand decided"):
        room.referred(first, case)


def test_a_ring_gives_its_members_and_a_narrative_the_authors_that_are_in_the_room(db):
    made = room.narrative(40)
    assert referring.accounts_of(room.opened(made)) == [room.ACCOUNT]


# --- Who reads the vault ---------------------------------------------------------------------------


def test_only_the_service_of_referrals_looks_behind_an_alias():
    """``vault.reveal`` occurs in one module of the site, and in one function of it."""
    callers = {}
    for path in SOURCES:
        if "web" not in path.parts:
            continue
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for function in (n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef)):
            names = {n.attr for n in ast.walk(function) if isinstance(n, ast.Attribute)}
            if "reveal" in names:
                callers[path.name] = function.name
    assert callers == {"referring.py": "show"}


def test_what_is_shown_does_not_print_itself():
    assert HANDLE not in repr(referring.Shown("x", HANDLE))


def test_the_stored_referral_is_the_pure_one(asked):
    _first, second, row = asked
    step(second, row, "approve")
    kept = Referral.objects.get()
    pure = referring.pure(kept)
    assert (pure.state, pure.version, pure.approved_by) == ("approved", 1, "dua")
    assert {
        s.name for s in flow.offered(pure, reviewing.person(asked[0].person), timezone.now())
    } == {
        "show",
        "withdraw",
    }


def test_who_agrees_sees_the_post_the_test_the_basis_and_the_purpose(asked):
    _first, second, row = asked
    html = second.get(reverse("talk:referral", args=[row.pk])).content.decode()
    for said in ("bakar kantor KPU", "dasar intent", "Possible Article 69(c)", row.purpose):
        assert said in html


def test_who_agrees_reads_what_that_account_wrote_and_not_the_loudest_copy(signed_in, person):
    first, second = "akun-AAAAAAAAAA", "akun-BBBBBBBBBB"
    told = room.narrative(2)
    loud = room.stored("loud", room.CALL + " segera", narrative=told.pk, account=first, score=0.99)
    own = room.stored("own", room.CALL + " nanti", narrative=told.pk, account=second, score=0.9)
    told.first_post, told.posts_shown = loud.pk, [loud.pk, own.pk]
    told.save()
    agreeing, asking = signed_in("coordinator"), signed_in("verifier")
    case = room.confirmed(person("analyst"), agreeing.person, room.opened(told))
    form = asking.get(reverse("talk:refer", args=[case.pk])).text
    assert f"{first}: {loud.text}"[:60] in form
    assert f"{second}: {own.text}"[:60] in form
    row = room.referred(asking.person, case, alias=second)
    page = agreeing.get(reverse("talk:referral", args=[row.pk])).text
    assert "segera" not in page
    assert "nanti" in page
