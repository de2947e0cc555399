"""Machines that fail under the talk of a room: killed works, full disks, a vault that is not there."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from rukun.errors import UserError
from rukun.talk.vault import KEY_FILE, Vault
from rukun.web.talk import storage
from rukun.web.talk.models import PostFile, Work
from rukun.web.talk.services import bringing, working
from tests.talk.readers.making import table
from tests.web.conftest import own_room, person, signed_in
from tests.web.room import all_three, bring, furnish

from .rooms import environ, manage

pytestmark = pytest.mark.django_db
__all__ = ["own_room", "person", "signed_in"]
CALL = "ayo kawan kita bakar kantor kpu kecamatan besok pagi jam delapan bawa bensin"
POST = {"platform": "facebook", "id": "1", "handle": "qzxnama", "text": CALL}
POST |= {"posted_at": "2024-11-27T14:00:00+08:00"}


def upload(**more: str) -> SimpleUploadedFile:
    """A file of one post."""
    return SimpleUploadedFile("a.csv", table([POST | more]))


def brought(**more: str) -> PostFile:
    """That file, taken in."""
    return bringing.store(None, bringing.preview(None, upload(**more)).pk)


# --- A work that is killed -------------------------------------------------------------------------

#: Begins a work and stops in the middle of it, where a signal finds it.
STUCK = """
import time, django; django.setup()
from rukun.web.talk.models import Work
from rukun.web.talk.services import keeping, working
def stuck(*args):
    print("stuck", flush=True)
    time.sleep(60)
keeping.posts_into_room = stuck
working.work_out(Work.objects.first().pk)
"""
BROUGHT = """
import django; django.setup()
from django.core.files.uploadedfile import SimpleUploadedFile
from rukun.web.talk.services import bringing
from tests.faults.test_talk_machine import brought
brought()
"""
NEXT = """
import django; django.setup()
from rukun.web.talk.models import Case, Narrative, Work
from rukun.web.talk.services import working
asked = working.ask(None)
done = working.work_out(asked.pk)
print(done and done.state, Narrative.objects.count(), Case.objects.count())
"""


def run(folder: Path, code: str) -> str:
    """What a program printed in the room."""
    done = subprocess.run(
        [sys.executable, "-c", code], env=environ(folder), capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return done.stdout.strip()


def test_a_work_killed_in_the_middle_leaves_nothing_and_the_next_mends_it_at_once(tmp_path):
    assert manage(tmp_path, "migrate", "--verbosity=0").returncode == 0
    run(tmp_path, BROUGHT)
    stuck = subprocess.Popen(
        [sys.executable, "-c", STUCK], env=environ(tmp_path), stdout=subprocess.PIPE, text=True
    )
    try:
        assert stuck.stdout is not None and stuck.stdout.readline() == "stuck\n"
        # While it lives, a second worker leaves it alone.
        second = subprocess.run(
            [sys.executable, "-c", PROBE], env=environ(tmp_path), capture_output=True, text=True
        )
        assert second.stdout == "False\n", second.stderr
    finally:
        os.kill(stuck.pid, signal.SIGKILL)
        stuck.wait()
    assert run(tmp_path, NEXT) == "done 0 1"


PROBE = """
import django; django.setup()
from rukun.web.talk.services import working
with working._alone() as alone: print(alone)
"""


def test_who_waits_for_a_work_that_died_can_ask_again(signed_in):
    client = signed_in("verifier")
    work = Work.objects.create(asked_by="a", state=Work.RUNNING, beat=working.timezone.now())
    address = reverse("talk:files")
    assert reverse("talk:work") not in client.get(address).content.decode()
    Work.objects.filter(pk=work.pk).update(beat=work.asked_at.replace(year=2020))
    assert reverse("talk:work") in client.get(address).content.decode()


def test_what_was_asked_for_while_a_work_ran_is_sent_when_it_ends(monkeypatch):
    brought()
    first = Work.objects.get()
    sent: list[int] = []
    monkeypatch.setattr(working, "_send", lambda work: sent.append(work.pk))

    def meanwhile(work: Work) -> None:
        Work.objects.create(asked_by="b")
        assert working.work_out(Work.objects.first().pk) is None
        raise UserError("x", "broken")

    monkeypatch.setattr(working, "_worked", meanwhile)
    working.work_out(first.pk)
    assert sent == [Work.objects.get(state=Work.WAITING).pk]


# --- A vault that is not as it should be -----------------------------------------------------------


def gone(vault: Path) -> None:
    shutil.rmtree(vault)


def not_mounted(vault: Path) -> None:
    shutil.rmtree(vault)
    vault.mkdir(mode=0o700)


def open_to_all(vault: Path) -> None:
    vault.chmod(0o755)


def swapped(vault: Path) -> None:
    (vault / KEY_FILE).write_bytes(bytes(32))


def without_key(vault: Path) -> None:
    (vault / KEY_FILE).unlink()


def damaged(vault: Path) -> None:
    (vault / "handles.sqlite").write_bytes(b"no database" * 1000)


def a_file(vault: Path) -> None:
    shutil.rmtree(vault)
    vault.write_bytes(b"")


FAULTS = {
    gone: "vault-gone",
    not_mounted: "vault-gone",
    open_to_all: "vault-open",
    swapped: "vault-key",
    without_key: "vault-key",
    damaged: "vault-damaged",
    a_file: "vault-",
}


@pytest.mark.parametrize("fault", FAULTS, ids=lambda f: f.__name__)
def test_a_vault_that_is_wrong_is_said_and_the_rest_of_the_room_works(
    fault,
    signed_in,
    settings,
    monkeypatch,
):
    furnish()
    bring(*all_three("A1a1", [1, 2]))
    brought()
    waits = bringing.preview(None, upload(id="2"))
    before = storage.archive().posts()
    vault = Path(settings.VAULT_DIR)
    fault(vault)
    client = signed_in("coordinator")
    answer = client.post(reverse("talk:files"), {"files": upload(id="3")})
    assert answer.status_code == 400
    with pytest.raises(UserError) as told:
        bringing.preview(None, upload(id="3"))
    assert told.value.code.startswith(FAULTS[fault])
    for name in ("file_store", "file_reject"):
        assert client.post(reverse(f"talk:{name}", args=[waits.pk])).status_code == 400
    assert PostFile.objects.get(pk=waits.pk).state == PostFile.State.PREVIEW
    assert storage.archive().posts().equals(before)
    for name in ("talk:pulse", "talk:narratives", "talk:queue", "talk:files", "talk:claims"):
        assert client.get(reverse(name)).status_code == 200, name
    assert client.get(reverse("count:contest", args=["reg"])).status_code == 200


def test_no_new_vault_is_made_in_the_place_of_one_that_is_missed(settings):
    brought()
    vault = Path(settings.VAULT_DIR)
    shutil.move(vault, vault.with_name("elsewhere"))
    for _ in range(2):
        with pytest.raises(UserError):
            storage.vault()
    assert not vault.exists()
    shutil.move(vault.with_name("elsewhere"), vault)
    assert brought(id="2").state == PostFile.State.STORED


# --- A disk that is full ---------------------------------------------------------------------------


def full(*_: object, **__: object) -> None:
    raise OSError(28, os.strerror(28))


@pytest.mark.parametrize("where", ["keep", "add"])
def test_a_full_disk_of_the_vault_takes_nothing_in_and_leaves_nothing_lying(
    where, monkeypatch, settings
):
    before = bringing.preview(None, upload())
    with monkeypatch.context() as patched:
        patched.setattr(Vault, where, full)
        with pytest.raises((UserError, OSError)):
            bringing.preview(None, upload(id="2"))
            bringing.store(None, before.pk)
    vault = Path(settings.VAULT_DIR)
    assert not [p for p in vault.rglob("*") if p.name.startswith(".")]
    assert storage.archive().posts().is_empty()
    assert bringing.store(None, before.pk).counts["added"]["new"] == 1


def test_a_full_disk_of_the_archive_says_what_to_do_and_the_same_can_be_done_again(
    monkeypatch,
    signed_in,
):
    client = signed_in("coordinator")
    file = bringing.preview(None, upload())
    address = reverse("talk:file_store", args=[file.pk])
    with monkeypatch.context() as patched:
        patched.setattr("rukun.talk.manifest.write", full)
        answer = client.post(address)
    assert answer.status_code == 400 and "Make room on the disk" in answer.content.decode()
    assert PostFile.objects.get().state == PostFile.State.PREVIEW
    assert client.post(address).status_code == 302
    assert storage.archive().posts().height == 1


def test_an_archive_that_is_damaged_stops_the_work_with_the_part_named(settings):
    brought()
    part = next(Path(settings.DATA_DIR, "posts").rglob("*.parquet"))
    kept = part.read_bytes()
    part.unlink()
    work = working.work_out(Work.objects.first().pk)
    assert work.state == Work.FAILED and part.name in work.digest["error"]["id"]
    part.write_bytes(kept)
    assert working.work_out(working.ask(None).pk).state == Work.DONE


def test_a_kill_between_archive_and_database_is_mended_by_doing_it_again(monkeypatch):
    file = bringing.preview(None, upload())
    with monkeypatch.context() as patched:
        patched.setattr(bringing, "_decided", full)
        with pytest.raises(OSError, match="space"):
            bringing.store(None, file.pk)
    assert storage.archive().posts().height == 1
    assert bringing.store(None, file.pk).state == PostFile.State.STORED
    assert storage.archive().posts().height == 1
    assert Work.objects.exists()
