"""Another key for a room at work: what belonged together still does, and no old name is left."""

from __future__ import annotations

import json

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone

from rukun.errors import UserError
from rukun.talk.narratives import narrative_id
from rukun.talk.vault import new_key
from rukun.web.core.models import LedgerEntry
from rukun.web.talk import renaming, storage
from rukun.web.talk.models import Case, Narrative, Referral, StoredPost, Work
from rukun.web.talk.services import bringing, forgetting, grouping, referring, rotating, working

from . import talkroom as room
from .test_talk_bring import taken_in, upload, worked

HANDLE = "warga_contoh_satu"
CALL = "Ayo bakar posko paslon 2 malam ini juga kawan-kawan semua"
LINK = "https://x.com/warga_contoh_tiga/status/1700000000000000001"
HEAD = "id,account_id,handle,posted_at,text,platform\n"


def csv_of(first: int, day: int) -> str:
    """A call, twice in the same words by two accounts, and a link to a third one's post."""
    rows = [
        f"{first},7001,{HANDLE},2024-11-{day}T08:00:00Z,{CALL} {LINK},x",
        f"{first + 1},7002,warga_contoh_dua,2024-11-{day}T09:00:00Z,{CALL} {LINK},x",
    ]
    return HEAD + "\n".join(rows) + "\n"


@pytest.fixture
def referred(person) -> tuple[object, Referral]:
    """A room with posts, a case that two people decided, and a referral that was agreed to."""
    first, second = person("verifier", username="satu"), person("verifier", username="dua")
    taken_in(first, csv_of(1, 27))
    worked()
    case = room.confirmed(first, second, Case.objects.get(about="narrative"))
    account = StoredPost.objects.get(pk=case.narrative.first_post).account
    row = room.referred(first, case, alias=account, purpose=f"Laporan tentang {account}.")
    return first, referring.take_step(second, row.pk, "approve", row.version)


def everything() -> str:
    """Every row of talk's tables, as text."""
    models = apps.get_app_config("talk").get_models()
    return json.dumps([list(m._default_manager.values()) for m in models], default=str)


def names_on_disk() -> set[str]:
    named = storage.archive().named()
    return {p.rpartition(":")[2] for p in named.posts} | set(named.accounts)


def test_open_cases_and_referrals_go_on_and_the_same_account_joins(person, referred):
    first, row = referred
    before = names_on_disk()
    narrative = row.case.narrative_id
    assert rotating.rotate(person("coordinator")) > 0
    assert not [n for n in (*before, narrative) if n in everything()]
    row.refresh_from_db()
    case = Case.objects.get(pk=row.case_id)
    assert case.narrative_id == narrative_id(case.narrative.first_post)
    assert StoredPost.objects.filter(pk__in=case.narrative.posts_shown, tied=True).count() == 2
    bringing.store(first, bringing.preview(first, upload(csv_of(3, 28))).pk)
    worked()
    assert Case.objects.count() == 1
    assert Narrative.objects.get().size == 4
    assert storage.archive().posts()["account"].n_unique() == 2
    assert not before & names_on_disk()
    shown = referring.show(first, row.pk, row.version)
    assert shown.handle == HANDLE


def test_posts_of_a_case_are_kept_after_the_key_was_changed(person, referred):
    rotating.rotate(person("coordinator"))
    forgetting.forget(None, timezone.now())
    assert storage.archive().posts().height == 2
    assert StoredPost.objects.count() == 2


def test_known_groups_keep_their_accounts(person):
    coordinator = person("coordinator")
    taken_in(coordinator, csv_of(1, 27))
    accounts = sorted(storage.archive().posts()["account"])
    room.ring(code="r1", accounts=accounts)
    grouping.know(coordinator, "r1", "Redaksi", f"Akun {accounts[0]} milik redaksi.")
    rotating.rotate(coordinator)
    (group,) = grouping.known_groups()
    assert set(group.accounts) == set(storage.archive().posts()["account"])
    assert accounts[0] not in group.reason and "akun-" in group.reason


def test_a_change_that_was_killed_before_the_tables_followed_is_finished(
    referred, django_capture_on_commit_callbacks
):
    _first, row = referred
    before = names_on_disk()
    with storage.store() as kept:
        kept.rotate(new_key(), renaming.ROOM)
    assert any(n in everything() for n in before)
    with django_capture_on_commit_callbacks(execute=True):
        working.work_out(working.ask(None).pk)
    assert not [n for n in before if n in everything()]
    assert (
        Case.objects.count() == 1 and Narrative.objects.get().pk == Case.objects.get().narrative_id
    )
    assert LedgerEntry.objects.filter(action="talk.key.followed").count() == 1
    with storage.vault() as vault:
        assert vault.moved(renaming.ROOM).is_empty()
        assert vault.reveal(Referral.objects.get(pk=row.pk).account).handle == HANDLE


def test_the_key_is_not_changed_twice_before_the_room_followed(person, referred):
    with storage.store() as kept:
        kept.rotate(new_key(), renaming.ROOM)
        with pytest.raises(UserError) as err:
            kept.rotate(new_key(), renaming.ROOM)
    assert err.value.code == "vault-moving"


def test_what_a_work_found_under_the_names_on_disk_is_not_kept(person, referred, monkeypatch):
    coordinator, before = person("coordinator"), names_on_disk()
    asked = working.asking.asked

    def changed_meanwhile(*given):
        rotating.rotate(coordinator)
        return asked(*given)

    monkeypatch.setattr(working.asking, "asked", changed_meanwhile)
    work = working.work_out(working.ask(None).pk)
    assert work.state == Work.FAILED and "taken for dead" in work.digest["error"]["en"]
    assert not [n for n in before if n in everything()]
    assert Work.objects.filter(state=Work.WAITING).count() == 1


def test_the_ledger_says_that_the_key_was_changed_and_no_name(person, referred):
    person("coordinator", username="kepala")
    before = names_on_disk()
    call_command("rotate_key", "--by", "Kepala")
    entry = LedgerEntry.objects.get(action="talk.key.changed")
    assert (entry.actor, set(json.loads(entry.data))) == ("kepala", {"names", "rows"})
    assert not [n for n in before | names_on_disk() if n in str(entry.data)]


@pytest.mark.parametrize("who", ["satu", "nobody"])
def test_only_a_coordinator_changes_the_key(referred, who):
    before = names_on_disk()
    with pytest.raises(CommandError, match=who):
        call_command("rotate_key", "--by", who)
    assert names_on_disk() == before


def test_case_and_referral_pages_open_after_the_key_was_changed(client, person, referred):
    first, row = referred
    rotating.rotate(person("coordinator"))
    client.force_login(first)
    assert client.get(reverse("talk:case", args=[row.case_id])).status_code == 200
    page = client.get(reverse("talk:referral", args=[row.pk]))
    assert page.status_code == 200 and Referral.objects.get(pk=row.pk).account in page.text
