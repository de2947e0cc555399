"""Exports that are put into a folder on the server: listed, worked through, nobody named."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.urls import reverse

from rukun.errors import UserError
from rukun.talk.watching import read_report
from rukun.web.core.models import LedgerEntry
from rukun.web.talk import storage
from rukun.web.talk.models import PostFile, Work
from rukun.web.talk.services import bringing, watching
from tests.talk.collected import HANDLE, NAME, row, write_csv

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "masuk").mkdir()
    return tmp_path / "masuk"


@pytest.fixture
def data(settings, tmp_path):
    """The room's own folder, beside the watched one."""
    settings.DATA_DIR = tmp_path / "ruang"
    settings.DATA_DIR.mkdir()
    return settings.DATA_DIR


@pytest.fixture
def look(folder, data, capsys):
    def once(**more) -> str:
        call_command("watch_posts", str(folder), "--once", "--interval", "0.01", **more)
        return capsys.readouterr().out

    return once


def test_a_file_put_into_the_folder_is_in_the_room_and_will_be_worked_through(
    folder, look, signed_in
):
    write_csv(folder / "a.csv", [row(1), row(2)])
    assert "./a.csv: taken, 2 posts, 2 new." in look(coverage="kata kunci TPS, tiap pagi")
    file = PostFile.objects.get()
    assert (file.state, file.by, file.coverage) == ("stored", None, "kata kunci TPS, tiap pagi")
    assert storage.archive().posts().height == 2
    assert Work.objects.get().state == Work.WAITING
    entry = LedgerEntry.objects.get(action="talk.file.stored")
    assert entry.actor == "system"
    page = signed_in("analyst").get(reverse("talk:file", args=[file.pk]))
    assert page.status_code == 200 and HANDLE not in page.text and NAME not in page.text


def test_the_same_content_under_another_name_is_counted_once(folder, look):
    write_csv(folder / "a.csv", [row(1)])
    look()
    write_csv(folder / "b.csv", [row(1)])
    assert "./b.csv: again" in look()
    assert storage.archive().posts().height == PostFile.objects.count() == 1


def test_a_file_without_posts_is_turned_away_with_its_reason(folder, look, data):
    (folder / "a.csv").write_text("<html><body>hai</body></html>", "utf-8")
    assert "./a.csv: refused" in look()
    assert read_report(data / "watch.csv")["./a.csv"].why
    file = PostFile.objects.get()
    assert file.state == PostFile.State.REJECTED and file.forgotten_at is not None
    assert not Work.objects.exists()


def _killed(*_):
    raise KeyboardInterrupt


def test_a_file_that_was_looked_at_and_not_decided_on_is_gone_on_with(folder, data, monkeypatch):
    path = write_csv(folder / "a.csv", [row(1)])
    with monkeypatch.context() as patched:
        patched.setattr(bringing, "store", _killed)
        with pytest.raises(KeyboardInterrupt):
            watching.take(path, watching.Told())
    assert PostFile.objects.get().state == PostFile.State.PREVIEW
    assert watching.take(path, watching.Told()).state == "taken"
    assert watching.take(path, watching.Told()).state == "again"
    assert PostFile.objects.get().state == PostFile.State.STORED


def test_what_is_too_large_for_the_page_is_told_where_it_can_go(folder, data):
    made = write_csv(folder / "a.csv", [row(1)])
    upload = SimpleUploadedFile("a.csv", made.read_bytes())
    with pytest.raises(UserError, match="watch_posts"):
        bringing.preview(None, upload, largest=3)
    assert bringing.preview(None, upload, largest=None).counts["posts"] == 1


def test_a_folder_that_is_not_there_is_said(data, tmp_path):
    with pytest.raises(CommandError, match="no such folder"):
        call_command("watch_posts", str(tmp_path / "tidak-ada"), "--once")
