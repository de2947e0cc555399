"""Every address of talk tried by everybody it is not meant for, and who may never be referred."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.urls import reverse

from rukun.errors import UserError
from rukun.web.core import roles
from rukun.web.core import services as core
from rukun.web.core.models import LedgerEntry
from rukun.web.talk import storage
from rukun.web.talk.models import Answer, Case, KnownGroup, PostFile, Referral, StoredPost
from rukun.web.talk.services import answering, bringing, referring, reviewing
from rukun.web.talk.urls import urlpatterns
from tests.talk.readers.making import table
from tests.web import talkroom as room
from tests.web.conftest import PASSWORD, own_room, person, signed_in
from tests.web.room import furnish

pytestmark = pytest.mark.django_db
__all__ = ["own_room", "person", "signed_in"]

DECIDE = {"coordinator", "verifier", "analyst"}
BRING = DECIDE | {"typist"}
REVIEW = DECIDE | {"liaison"}
SECOND = {"coordinator", "verifier"}
EVERYBODY = set(roles.ROLES)
#: Name of an address → who may use it, and with what.
OPEN_TO = {
    **dict.fromkeys(("pulse", "narratives", "narrative", "claims", "claim"), EVERYBODY),
    **dict.fromkeys(("screen", "card"), EVERYBODY),
    **dict.fromkeys(("queue", "case", "rings", "ring", "ring_export"), REVIEW),
    **dict.fromkeys(("case_step", "agreement"), REVIEW),
    **dict.fromkeys(("case_open", "case_sealed", "blind", "blind_leave"), DECIDE),
    **dict.fromkeys(("claim_release", "claim_withdraw"), DECIDE),
    **dict.fromkeys(("ring_know", "group_end", "calibration_use", "calibration_end"), SECOND),
    **dict.fromkeys(("refer", "referrals", "referral", "referral_step", "referral_show"), SECOND),
    **dict.fromkeys(("files", "work", "work_state", "file", "file_problems"), BRING),
    **dict.fromkeys(("file_store", "file_reject", "file_store_all"), BRING),
}
POSTED = {"case_step", "case_open", "case_sealed", "blind_leave", "claim_release", "work"}
POSTED |= {"claim_withdraw", "ring_know", "group_end", "calibration_use", "calibration_end"}
POSTED |= {"referral_step", "referral_show", "file_store", "file_reject"}
POSTED |= {"file_store_all"}
#: What a form might try to set.
EXTRA = {"state": "closed", "second": "x", "decision": "{}", "label": "incite", "by": "1"}
EXTRA |= {"held_until": "2030-01-01", "step": "claim", "seen": "0", "user": "1", "tied": "1"}


@pytest.fixture
def filled(person):
    """A room with one of each; returns how each address is filled."""
    furnish()
    analyst, other = person("analyst", username="a0"), person("coordinator", username="c0")
    case = room.confirmed(analyst, other)
    referral = room.referred(other, case)
    claim, ring = room.claimed(None), room.ring()
    told = {"text_id": "x", "text_en": "x", "verdict": "agrees", "by": analyst, "at": room.AT}
    answer = Answer.objects.create(claim=claim, version=1, **told)
    group = KnownGroup.objects.create(name="Media", accounts=["akun-BBBBBBBBBB"], by=other)
    file = bringing.preview(None, SimpleUploadedFile("a.csv", table([POST])))
    numbers = dict.fromkeys(("case", "case_step", "case_sealed", "blind", "blind_leave"), case.pk)
    numbers |= dict.fromkeys(("refer",), case.pk) | {"group_end": group.pk}
    numbers |= dict.fromkeys(("referral", "referral_step", "referral_show"), referral.pk)
    numbers |= dict.fromkeys(("file", "file_problems", "file_store", "file_reject"), file.pk)
    codes = {"narrative": room.narrative(3).pk, "claim": claim.pk, "claim_release": claim.pk}
    codes |= {"ring": ring.pk, "ring_know": ring.pk}
    args = {name: [value] for name, value in (numbers | codes).items()}
    return args | {"ring_export": [ring.pk, "gexf"], "claim_withdraw": [claim.pk, answer.pk]}


POST = {"platform": "x", "id": "1", "handle": "qzxnama", "text": "halo"}


def state() -> list[object]:
    """Everything that a step could change."""
    models = (Case, Referral, Answer, KnownGroup, PostFile, StoredPost, LedgerEntry)
    return [list(m.objects.order_by("pk").values()) for m in models]


def knock(client: Client, name: str, filled: dict) -> int:
    """The status of an address for this client, as its own method."""
    address = reverse(f"talk:{name}", args=filled.get(name, []))
    sent = client.post(address, EXTRA) if name in POSTED else client.get(address)
    return sent.status_code


def test_every_address_says_here_who_may_use_it():
    assert {p.name for p in urlpatterns} == set(OPEN_TO)


@pytest.mark.parametrize("role", [r for r in roles.ROLES if r != "witness"])
def test_each_role_is_kept_from_what_is_not_its_own(filled, signed_in, role):
    client = signed_in(role)
    before = state()
    closed = [n for n, who in OPEN_TO.items() if role not in who]
    assert {n: knock(client, n, filled) for n in closed} == dict.fromkeys(closed, 403)
    assert state() == before
    reads = [n for n, who in OPEN_TO.items() if role in who and n not in POSTED]
    assert not {n for n in reads if knock(client, n, filled) not in (200, 302)}


def test_witnesses_of_both_camps_are_told_the_same(filled, signed_in):
    told = []
    for camp in (1, 2):
        client = signed_in("witness", camp=camp)
        told.append({n: knock(client, n, filled) for n in OPEN_TO})
    assert told[0] == told[1]
    assert {n for n, status in told[0].items() if status == 200} == {
        n for n, who in OPEN_TO.items() if who == EVERYBODY
    }


@pytest.mark.parametrize("reading", [False, True])
def test_nobody_without_a_name_reaches_talk(filled, settings, reading):
    settings.RUKUN_OPEN_READING = reading
    before = state()
    assert {n: knock(Client(), n, filled) for n in OPEN_TO} == dict.fromkeys(OPEN_TO, 302)
    assert state() == before


def test_a_disabled_person_reaches_nothing(filled, signed_in):
    client = signed_in("coordinator")
    core.set_active(None, client.person, False)
    before = state()
    assert {n: knock(client, n, filled) for n in OPEN_TO} == dict.fromkeys(OPEN_TO, 302)
    assert state() == before


def test_no_address_takes_a_step_when_it_is_opened_or_called_by_another_site(filled, person):
    strict = Client(enforce_csrf_checks=True)
    assert strict.login(username=person("coordinator").username, password=PASSWORD)
    before = state()
    for name in POSTED:
        assert strict.get(reverse(f"talk:{name}", args=filled.get(name, []))).status_code == 405
        assert knock(strict, name, filled) == 403
    assert state() == before


# --- Areas -----------------------------------------------------------------------------------------


def test_nobody_opens_a_case_or_answers_a_claim_outside_their_area(signed_in):
    furnish()
    post, claim = room.stored("away", place_id="A2c"), room.claimed("A2c")
    inside = room.stored("here", place_id="A1a")
    client = signed_in("verifier", place="A1")
    opening = reverse("talk:case_open")
    assert client.post(opening, {"about": "post", "object": post.pk}).status_code == 403
    assert client.post(opening, {"about": "claim", "object": claim.pk}).status_code == 403
    shared, _at = answering.for_everybody(claim)
    mark = answering.mark_of(shared.verdict, answering.facts_of(shared))
    answer = {"mark": mark, "text_id": "Sebuah jawaban.", "text_en": "Some answer here."}
    address = reverse("talk:claim_release", args=[claim.pk])
    assert client.post(address, answer).status_code == 403
    assert not Case.objects.exists() and not Answer.objects.exists()
    assert client.post(opening, {"about": "post", "object": inside.pk}).status_code == 302
    assert signed_in("analyst").post(address, answer).status_code == 302
    undone = reverse("talk:claim_withdraw", args=[claim.pk, Answer.objects.get().pk])
    assert client.post(undone, {"reason": "salah"}).status_code == 403


# --- Fair criticism --------------------------------------------------------------------------------


def mixed() -> Case:
    """A narrative that calls, with a copy that condemns the call and one that makes a claim."""
    told = room.narrative(3)
    loud = StoredPost.objects.get(pk=told.first_post)
    condemns = room.stored("condemns", f"JANGAN: {room.CALL}", account="akun-BBBBBBBBBB")
    claims = room.stored("claims", room.CALL, account="akun-CCCCCCCCCC")
    StoredPost.objects.filter(pk=condemns.pk).update(label="none")
    StoredPost.objects.filter(pk=claims.pk).update(label="claim")
    told.posts_shown = [loud.pk, condemns.pk, claims.pk]
    told.save()
    return room.opened(told)


@pytest.mark.parametrize("account", ["akun-BBBBBBBBBB", "akun-CCCCCCCCCC"])
def test_who_condemns_a_call_is_not_referred_with_those_who_make_it(person, account):
    case = room.confirmed(person("analyst"), person("verifier"), mixed())
    assert referring.accounts_of(case) == [room.ACCOUNT]
    with pytest.raises(UserError, match="alias"):
        room.referred(person("coordinator"), case, alias=account)


def test_a_narrative_that_a_person_relabelled_is_decided_as_that_person_held_it(person):
    first = person("analyst")
    case = mixed()
    Case.objects.filter(pk=case.pk).update(label="none")
    room.take(first, case, "claim")
    with pytest.raises(UserError):
        room.take(first, case, "propose", action="refer", reason="x", threshold=room.filled_test())
    room.take(first, case, "relabel", label="incite", reason="Semuanya ajakan.")
    room.take(
        first, case, "propose", action="refer", reason="Ajakan.", threshold=room.filled_test()
    )
    with pytest.raises(UserError):
        room.take(first, case, "confirm")
    case = room.take(person("verifier"), case, "confirm")
    assert len(referring.accounts_of(case)) == 3


@pytest.mark.parametrize("label", ["none", "claim"])
@pytest.mark.parametrize("action", ["report", "refer", "calm"])
def test_protected_speech_is_never_acted_on_under_its_own_label(signed_in, label, action):
    post = room.stored("p", "Suara kami hilang, hitung ulang", label=label)
    client = signed_in("verifier")
    client.post(reverse("talk:case_open"), {"about": "post", "object": post.pk, "label": "incite"})
    case = Case.objects.get()
    assert case.label == label
    room.send(client, case, "claim")
    extra = {"action": action, "reason": "Jelas.", "label": "incite", **room.form_of_test()}
    assert room.send(client, case, "decide", **extra).status_code == 400
    assert Case.objects.get().decision is None and Case.objects.get().label == label


# --- What people bring with a file -----------------------------------------------------------------

MAPPING = """
[columns]
teks = "text"
nomor = "id"
[constants]
platform = "telegram"
space_id = "qzxgrup77"
space_name = "Qzxgrup Rahasia"
"""


def anywhere(settings) -> str:
    """The database, and every file that lies outside the vault."""
    found = []
    with connection.cursor() as cursor:
        for name in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(name)}")
            found.append(str(cursor.fetchall()))
    for path in Path(settings.DATA_DIR).rglob("*"):
        if path.is_file() and settings.VAULT_DIR not in path.parents:
            found.append(path.name + path.read_bytes().decode("latin-1"))
    return "\n".join(found).lower()


def test_a_group_that_the_mapping_names_stands_in_the_vault_alone(signed_in, settings):
    client = signed_in("analyst")
    data = table([{"nomor": "5", "teks": "halo semua"}])
    sent = {"files": SimpleUploadedFile("a.csv", data), "mapping": MAPPING}
    assert client.post(reverse("talk:files"), sent).status_code == 302
    file = PostFile.objects.get()
    assert client.post(reverse("talk:file_store", args=[file.pk])).status_code == 302
    posts = storage.archive().posts()
    assert posts["space"].item().startswith("ruang-") and "qzxgrup" not in anywhere(settings)
    assert "qzxgrup" not in str(posts.to_dicts())
    with storage.vault() as vault:
        assert vault.reveal(posts["space"].item()).name == "Qzxgrup Rahasia"


def test_a_file_that_is_turned_away_takes_its_mapping_with_it(settings):
    data = table([{"nomor": "5", "teks": "halo"}])
    file = bringing.preview(None, SimpleUploadedFile("a.csv", data), MAPPING)
    kept = bringing.preview(None, SimpleUploadedFile("b.csv", data + b"6,dua\n"), MAPPING)
    bringing.reject(None, file.pk)
    assert bringing.store(None, kept.pk).counts["added"]["new"] == 2
    bad = SimpleUploadedFile("c.csv", b"nomor,teks\n7,tiga\n")
    with pytest.raises(UserError):
        bringing.preview(None, bad, "[columns\n")
    originals = Path(settings.VAULT_DIR) / "originals"
    assert {p.name for p in originals.iterdir()} == {kept.sha256, kept.mapping}


def test_a_file_in_which_nothing_can_be_read_does_not_stay(settings):
    file = bringing.preview(None, SimpleUploadedFile("a.csv", b"qzx,nama\n1,2\n"))
    assert bringing.store(None, file.pk).state == PostFile.State.REJECTED
    assert not list((Path(settings.VAULT_DIR) / "originals").iterdir())


def test_a_fault_of_ours_with_a_name_in_it_is_in_no_log(signed_in, monkeypatch, caplog):
    def broken(*_args: object) -> None:
        raise RuntimeError("qzxnama is no number")

    monkeypatch.setattr(bringing, "read_posts", broken)
    caplog.set_level(logging.DEBUG)
    sent = {"files": SimpleUploadedFile("a.csv", table([POST]))}
    answer = signed_in("analyst").post(reverse("talk:files"), sent)
    assert answer.status_code == 400 and "RuntimeError" in answer.content.decode()
    assert "qzxnama" not in answer.content.decode() + caplog.text


def test_a_large_file_is_not_named_by_who_is_in_its_name():
    large = SimpleUploadedFile("@qzxnama 081377007700.csv", b"a,b\n1,2\n")
    with pytest.raises(UserError, match="256 MiB") as told:
        bringing.preview(None, large, largest=5)
    assert "qzxnama" not in str(told.value) and "7700" not in str(told.value)


def test_a_case_that_nobody_may_open_is_opened_by_the_room_itself():
    post = room.stored("p")
    assert reviewing.open_case(None, "post", post, "incite").opened_by == "system"
