"""Bringing posts: every format through the page, decided on once, worked through, forgotten."""

from __future__ import annotations

import datetime as dt
import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone

from rukun.errors import UserError
from rukun.web.core.models import LedgerEntry
from rukun.web.talk import storage
from rukun.web.talk.models import Case, PostFile, StoredPost, Work
from rukun.web.talk.services import bringing, forgetting, working
from tests.house import ROOT
from tests.talk.readers.made import examples
from tests.web.room import furnish

pytestmark = pytest.mark.django_db

CSV = """id,account,posted_at,text,platform
1,warga_contoh_satu,2024-11-28T08:00:00Z,Ayo bakar posko paslon 2 malam ini juga kawan-kawan semua,x
2,warga_contoh_dua,2024-11-28T09:00:00Z,Selamat pagi semua semoga lancar rekapitulasinya hari ini,x
3,warga_contoh_dua,2024-11-28T09:05:00Z,Kritik saya untuk panitia yang lambat sekali menghitung suara,x
"""


def upload(text: str = CSV, name: str = "posts.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, text.encode(), "text/csv")


def brought(client, file, **more):
    return client.post(reverse("talk:files"), {"files": [file], **more})


def taken_in(person, text: str = CSV) -> PostFile:
    file = bringing.preview(person, upload(text))
    return bringing.store(person, file.pk)


def worked() -> Work:
    return working.work_out(Work.objects.filter(state=Work.WAITING).get().pk)


def test_one_file_of_each_format_goes_through_the_page(signed_in, tmp_path):
    client = signed_in("analyst")
    paths = sorted(examples(tmp_path / "made").values())
    assert len(paths) > 15
    for path in map(Path, paths):
        answer = brought(client, SimpleUploadedFile(path.name, path.read_bytes()))
        assert answer.status_code == 302, path.name
        file = PostFile.objects.first()
        assert file.counts["posts"] > 0, (path.name, file.problems)
        client.post(reverse("talk:file_store", args=[file.pk]))
        file.refresh_from_db()
        assert file.state == PostFile.State.STORED, path.name
        assert "contoh_warga" not in client.get(reverse("talk:file", args=[file.pk])).text
    assert storage.archive().posts().height > 15


def test_several_files_are_looked_at_at_once(signed_in):
    client = signed_in("verifier")
    files = [upload(name="a.csv"), upload(CSV.replace("lancar", "tertib"), "b.csv")]
    answer = client.post(reverse("talk:files"), {"files": files})
    assert answer.status_code == 302
    assert {f.name for f in PostFile.objects.all()} == {"a.csv", "b.csv"}


def test_files_that_wait_come_first_and_can_be_taken_in_together(signed_in):
    client = signed_in("analyst")
    other = CSV.replace("lancar", "tertib").replace("\n1,", "\n7,").replace("\n2,", "\n8,")
    client.post(reverse("talk:files"), {"files": [upload(name="a.csv"), upload(other, "b.csv")]})
    late = bringing.preview(client.person, upload(CSV.replace("lancar", "aman"), "c.csv"))
    html = client.get(reverse("talk:files")).text
    assert html.index('id="waiting"') < html.index('name="coverage"')
    assert "Take in all 3 files: 9 posts" in html
    seen = PostFile.objects.exclude(pk=late.pk).values_list("pk", flat=True)
    answer = client.post(reverse("talk:file_store_all"), {"file": [*seen, "x"]}, follow=True)
    assert "Taken in: 2 files with 5 new posts; 1 were known already." in answer.text
    assert PostFile.objects.get(state=PostFile.State.PREVIEW) == late
    assert "Take in all" not in answer.text
    decided = PostFile.objects.filter(state=PostFile.State.STORED)[0]
    page = client.get(reverse("talk:file", args=[decided.pk])).text
    assert "Next file that waits: c.csv" in page
    entries = LedgerEntry.objects.filter(action="talk.file.stored")
    assert entries.count() == 2


def test_a_file_that_holds_no_posts_says_why_in_the_readers_language(signed_in):
    for language, word in (("id", "halaman web"), ("en", "web page")):
        client = signed_in("analyst", language=language, username=f"a-{language}")
        page = brought(client, upload("<html><body>hai</body></html>")).headers["Location"]
        told = client.get(page).text
        assert word in told and "disabled" in told


@pytest.mark.parametrize(("role", "camp"), [("witness", 1), ("witness", 2), ("viewer", None)])
def test_only_the_desk_brings_posts(signed_in, role, camp):
    client = signed_in(role, camp)
    assert client.get(reverse("talk:files")).status_code == 403
    assert brought(client, upload()).status_code == 403
    assert not PostFile.objects.exists()


def test_nothing_is_taken_in_before_somebody_decides(person):
    bringing.preview(person("analyst"), upload())
    assert storage.archive().posts().height == 0


def test_a_file_is_decided_on_once(person):
    analyst = person("analyst")
    file = taken_in(analyst)
    with pytest.raises(UserError, match="decided"):
        bringing.store(analyst, file.pk)
    with pytest.raises(UserError, match="decided"):
        bringing.reject(analyst, file.pk)


def test_the_same_file_again_counts_nothing_twice(person):
    analyst = person("analyst")
    taken_in(analyst)
    again = bringing.preview(analyst, upload())
    assert again.counts["again"]
    bringing.store(analyst, again.pk)
    assert storage.archive().posts().height == 3


def test_a_file_turned_away_is_deleted_and_its_problems_stay(person):
    analyst = person("analyst")
    file = bringing.preview(analyst, upload(CSV + "4,warga,bukan waktu,halo,x\n"))
    bringing.reject(analyst, file.pk)
    file.refresh_from_db()
    with storage.vault() as vault:
        assert vault.original(file.sha256) is None
    assert file.forgotten_at and file.problems


def test_a_file_turned_away_stays_where_another_one_needs_it(person):
    analyst = person("analyst")
    taken_in(analyst)
    again = bringing.preview(analyst, upload())
    bringing.reject(analyst, again.pk)
    with storage.vault() as vault:
        assert vault.original(again.sha256) is not None


def test_handles_in_a_file_name_or_note_become_aliases(person):
    file = bringing.preview(
        person("analyst"), upload(name="ekspor @warga_contoh.csv"), coverage="dari @warga_contoh"
    )
    assert "warga_contoh" not in file.name + file.coverage


def test_taking_in_asks_for_work_and_the_work_opens_cases(person):
    furnish()
    taken_in(person("analyst"))
    work = worked()
    assert (work.state, work.posts) == (Work.DONE, 3)
    assert StoredPost.objects.filter(label="incite").count() == 1
    assert Case.objects.filter(queue="incitement").count() == 1
    assert LedgerEntry.objects.filter(action="talk.work.done").count() == 1


def test_working_again_opens_no_case_twice(person):
    furnish()
    analyst = person("analyst")
    taken_in(analyst)
    worked()
    working.ask(analyst)
    worked()
    assert Case.objects.count() == 1


def test_a_work_that_was_killed_is_done_by_the_next(person):
    furnish()
    analyst = person("analyst")
    taken_in(analyst)
    Work.objects.update(state=Work.RUNNING, beat=timezone.now())
    working.ask(analyst)
    assert worked().state == Work.DONE
    assert Work.objects.filter(state=Work.RUNNING).count() == 0


def test_two_works_never_run_at_once(person):
    analyst = person("analyst")
    waiting = working.ask(analyst)
    with working._alone() as alone:
        assert alone and working.work_out(waiting.pk) is None
    waiting.refresh_from_db()
    assert waiting.state == Work.WAITING


def test_a_broken_word_list_is_named_and_loses_nothing(signed_in, settings):
    furnish()
    client = signed_in("verifier")
    lists = Path(settings.DATA_DIR) / "lists"
    lists.mkdir()
    (lists / "kita.toml").write_text('language = "id"\n[cues]\ncall = [ayo]\n')
    taken_in(client.person)
    work = worked()
    assert work.state == Work.FAILED and "kita.toml" in work.digest["error"]["id"]
    assert "kita.toml" in client.get(reverse("talk:files")).text
    assert "kita.toml" in client.get(reverse("talk:screen")).text


def test_a_desks_own_list_is_used(signed_in, settings):
    client = signed_in("verifier")
    lists = Path(settings.DATA_DIR) / "lists"
    lists.mkdir()
    (lists / "kita.toml").write_text(
        'language = "id"\n[acts.kill]\nhard = true\nforms = ["dorkan"]\n', encoding="utf-8"
    )
    told = client.post(reverse("talk:screen"), {"text": "Ayo dorkan saksi paslon 2 malam ini"}).text
    assert "kita.toml" in told and 'class="why' in told


def test_a_sentence_that_is_tried_is_kept_nowhere(signed_in):
    client = signed_in("viewer")
    told = client.post(reverse("talk:screen"), {"text": "<b>Ayo bakar posko</b> paslon 2"}).text
    assert "&lt;b&gt;" in told and "<b>Ayo" not in told
    kept = json.dumps([e.data for e in LedgerEntry.objects.all()])
    assert "posko" not in kept and not StoredPost.objects.exists()


def test_posts_are_forgotten_but_for_those_of_cases(person):
    furnish()
    taken_in(person("analyst"))
    worked()
    after = timezone.now()
    went = forgetting.forget(person("coordinator"), after)
    assert int(went["posts"].sum()) == 2
    assert storage.archive().posts().height == 1
    assert list(StoredPost.objects.values_list("tied", flat=True)) == [True]
    assert LedgerEntry.objects.filter(action="talk.posts.forgotten").exists()


def test_nothing_is_forgotten_before_its_day():
    day = timezone.localdate() + dt.timedelta(days=1)
    with pytest.raises(CommandError, match="Nothing goes"):
        call_command("forget_posts", inaugurated=day, after=0)


class ThirdParty:
    """An endpoint on this machine that speaks the chat protocol and answers one word."""

    def __init__(self, word: str) -> None:
        self.word, self.asked = word, []

    def __enter__(self):
        asked, word = self.asked, self.word

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                size = int(self.headers["Content-Length"])
                asked.append(json.loads(self.rfile.read(size))["messages"][-1]["content"])
                body = json.dumps({"choices": [{"message": {"content": word}}]}).encode()
                self.send_response(200)
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.server.shutdown()

    def named(self) -> dict[str, str]:
        url = f"http://127.0.0.1:{self.server.server_port}/v1"
        return {"url": url, "model": "small", "key": "", "folder": ""}


def test_a_second_reader_is_asked_for_the_top_posts_only_and_changes_nothing(person, settings):
    furnish()
    taken_in(person("analyst"))
    with ThirdParty("quote") as reader:
        settings.RUKUN_SECOND = reader.named()
        worked()
    assert len(reader.asked) == 1 and "bakar posko" in reader.asked[0]
    post = StoredPost.objects.get(label="incite")
    assert post.second == {"reader": "small", "mode": "quote"} and post.mode == "call"


def test_no_second_reader_is_asked_unless_it_is_named(person, settings):
    furnish()
    taken_in(person("analyst"))
    assert not any(settings.RUKUN_SECOND.values())
    worked()
    assert set(StoredPost.objects.values_list("second", flat=True)) == {None}


def test_a_second_reader_that_does_not_answer_stops_nothing(person, settings):
    furnish()
    taken_in(person("analyst"))
    settings.RUKUN_SECOND = {"url": "http://127.0.0.1:9", "model": "x", "key": "", "folder": ""}
    assert worked().state == Work.DONE


def test_the_example_can_be_left_to_the_worker(db):
    call_command("load_example", ROOT / "examples" / "jembrana-2024")
    call_command("load_talk_example", ROOT / "examples" / "jembrana-2024", later=True)
    work = Work.objects.get()
    assert work.state == Work.WAITING and not Case.objects.exists()
    assert storage.archive().posts().height == PostFile.objects.get().counts["posts"]
    call_command("load_talk_example", ROOT / "examples" / "jembrana-2024", later=True)
    assert Work.objects.count() == 1


def test_a_work_that_nobody_took_up_can_be_asked_for_again(signed_in):
    client = signed_in("analyst")
    taken_in(client.person)
    waiting = Work.objects.get()
    assert "Ask again" in client.get(reverse("talk:files")).text
    client.post(reverse("talk:work"))
    assert Work.objects.get() == waiting
    Work.objects.update(state=Work.RUNNING)
    html = client.get(reverse("talk:files")).text
    assert "Ask again" not in html
    assert "Work through everything now" not in html


def test_what_is_brought_as_made_up_says_so_on_every_post_and_case(person):
    furnish()
    analyst = person("analyst")
    file = bringing.preview(analyst, upload(), exercise=True)
    bringing.store(analyst, file.pk)
    worked()
    assert set(StoredPost.objects.values_list("exercise", flat=True)) == {True}
    assert set(Case.objects.values_list("exercise", flat=True)) == {True}


def test_what_is_brought_as_real_is_not_marked(person):
    furnish()
    taken_in(person("analyst"))
    worked()
    assert set(StoredPost.objects.values_list("exercise", flat=True)) == {False}
