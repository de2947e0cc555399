"""Files of posts on their way in: in the vault from the first byte, and from nobody unknown."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import pytest
from django.core.files.uploadedfile import (
    SimpleUploadedFile,
    TemporaryUploadedFile,
    UploadedFile,
)
from django.test import Client
from django.urls import reverse

from rukun.web.talk import uploads
from rukun.web.talk.models import PostFile
from rukun.web.talk.services import bringing
from tests.talk.readers.making import table
from tests.web.conftest import PASSWORD, own_room, person, signed_in

pytestmark = pytest.mark.django_db
__all__ = ["own_room", "person", "signed_in"]
POST = {"platform": "x", "id": "1", "handle": "qzxnama", "text": "halo " * 700_000}


@pytest.fixture
def watched(monkeypatch):
    """What Django's own handlers would have put into the machine's temporary folder."""
    made: list[str] = []
    real = TemporaryUploadedFile.__init__

    def noted(self, name, *args, **kwargs):
        made.append(name)
        real(self, name, *args, **kwargs)

    monkeypatch.setattr(TemporaryUploadedFile, "__init__", noted)
    return made


def large(name: str = "a.csv") -> SimpleUploadedFile:
    """A file too large to wait in memory."""
    return SimpleUploadedFile(name, table([POST]))


def test_a_large_file_never_lies_outside_the_vault_and_nothing_is_left_of_its_way(
    signed_in, watched, settings, monkeypatch
):
    seen: list[str] = []
    real = bringing.preview

    def looked(user, upload, *args, **kwargs):
        seen.extend(p.name for p in Path(settings.VAULT_DIR).glob(f"{uploads.PREFIX}*"))
        return real(user, upload, *args, **kwargs)

    monkeypatch.setattr(bringing, "preview", looked)
    before = set(Path(tempfile.gettempdir()).iterdir())
    answer = signed_in("analyst").post(reverse("talk:files"), {"files": large()})
    assert answer.status_code == 302 and seen and watched == []
    file = PostFile.objects.get()
    assert file.counts["posts"] == 1 and file.size > 3_000_000
    after = set(Path(tempfile.gettempdir()).iterdir())
    assert not [p for p in after - before if "upload" in p.name]
    assert not list(Path(settings.VAULT_DIR).glob(f"{uploads.PREFIX}*"))


@pytest.mark.parametrize("role", ["viewer", "liaison", None])
def test_nothing_is_taken_from_who_may_not_bring_posts(role, signed_in, watched, settings):
    client = signed_in(role) if role else Client()
    client.handler.enforce_csrf_checks = True
    answer = client.post(reverse("talk:files"), {"files": large()})
    assert answer.status_code in (302, 403) and watched == []
    assert not Path(settings.VAULT_DIR).exists() and not PostFile.objects.exists()


def test_what_a_kill_left_goes_with_a_later_upload(signed_in, settings):
    vault = Path(settings.VAULT_DIR)
    vault.mkdir(mode=0o700)
    old, new = vault / f"{uploads.PREFIX}old", vault / f"{uploads.PREFIX}new"
    for path in (old, new):
        path.write_bytes(b"qzxnama")
    os.utime(old, (0, 0))
    small = SimpleUploadedFile("a.csv", table([POST | {"text": "halo"}]))
    signed_in("analyst").post(reverse("talk:files"), {"files": small})
    assert new.exists() and not old.exists()


def test_several_files_come_in_together_and_other_pages_are_as_they_were(signed_in):
    client = signed_in("analyst")
    two = [SimpleUploadedFile(f"{n}.csv", table([POST | {"id": n, "text": n}])) for n in "ab"]
    assert client.post(reverse("talk:files"), {"files": two}).status_code == 302
    assert sorted(PostFile.objects.values_list("name", flat=True)) == ["a.csv", "b.csv"]
    form = SimpleUploadedFile("forms.csv", b"contest,place\nreg,A\n")
    assert signed_in("typist").post(reverse("count:uploads"), {"file": form}).status_code in (
        200,
        302,
        400,
    )


def test_a_vault_that_cannot_be_made_is_said_before_the_form_is_looked_at(person, settings):
    """Where forms of other sites are refused, the form is read before the page has its turn."""
    Path(settings.VAULT_DIR).write_bytes(b"")
    client = Client(enforce_csrf_checks=True, headers={"accept-language": "en"})
    assert client.login(username=person("analyst").username, password=PASSWORD)
    client.get(reverse("talk:files"))
    sent = {"files": large(), "csrfmiddlewaretoken": client.cookies["csrftoken"].value}
    answer = client.post(reverse("talk:files"), sent)
    assert answer.status_code == 400 and "vault" in answer.content.decode()


def test_a_disk_that_fills_while_a_file_comes_in_is_said_and_leaves_nothing(
    signed_in, settings, monkeypatch
):
    def full(*_: object) -> None:
        raise OSError(28, os.strerror(28))

    client = signed_in("analyst")
    with monkeypatch.context() as patched:
        patched.setattr(UploadedFile, "write", full, raising=False)
        answer = client.post(reverse("talk:files"), {"files": large()})
    assert answer.status_code == 400 and "Make room on the disk" in answer.content.decode()
    assert not list(Path(settings.VAULT_DIR).glob(f"{uploads.PREFIX}*"))
    assert client.post(reverse("talk:files"), {"files": large()}).status_code == 302
