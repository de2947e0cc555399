"""Nobody is named: not on a page, in an export, the ledger, a log, a file or the database.

Files of every format go in with names that occur nowhere else; everything is worked out, decided
and referred; then every address of the site is opened as every role, and each answer is searched.
An address that is new, and takes something, fails here until it says what it is to be filled with.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse

from rukun.web.core import roles
from rukun.web.core.models import LedgerEntry, User
from rukun.web.count.models import Contest, StoredFinding, StoredForm, Upload
from rukun.web.talk.models import (
    Answer,
    Case,
    Claim,
    KnownGroup,
    Narrative,
    PostFile,
    Referral,
    Ring,
    StoredPost,
    Work,
)
from rukun.web.talk.services import bringing, reviewing, working
from tests.count.small import station
from tests.talk.readers.made import MADE, People, examples, table

from . import talkroom as room
from .room import bring, furnish

#: As unlike any word of the site as can be.
PLANTED = People(
    handle="qzxhandlea",
    name="Qzxnama Pertama",
    number="70077007700770071",
    other="qzxhandleb",
    other_name="Qzxnama Kedua",
    other_number="70077007700770073",
    group="qzxgrupnya",
    group_name="Qzxgrup Rahasia",
    group_number="1770077007701",
    phone="081377007700",
    did="did:plc:qzxdidaaaaaaaaaaaaaaaaaa",
    other_did="did:plc:qzxdidbbbbbbbbbbbbbbbbbb",
)
#: How every planted name begins; long enough that no random token of a page holds one.
STEMS = ("qzxhandle", "qzxnama", "qzxgrup", "qzxpost", "qzxdid", "qzxbroken")
#: Copies of one call from several accounts; a threat; a claim; somebody in need; a broken row.
CALL = "ayo kawan @qzxhandleb kita bakar kantor kpu kecamatan besok pagi jam delapan bawa bensin"
SAID = (
    *(CALL,) * 4,
    "Awas kau @qzxhandleb, kalau datang ke TPS habis kau, telepon 081377007700",
    "Suara paslon 1 di TPS 1 Village a hilang 50, kata @qzxhandlea https://facebook.com/qzxhandlea",
    "aku capek hidup, ingin mati saja, hubungi 081377007700",
)


#: What a ring's page says of it.
FIGURES = {"pairs": 1, "density": 1.0, "window": 60.0, "objects": 9, "sources": 3}
FIGURES |= {"close_share": 1.0, "expected": 0.1, "seen": 9.0, "shared": 1}
EDGE = {"verdict": "strong", "known": None, "text": 9, "link": 0, "repost": 0, "reply": 0}
EDGE |= {"objects": 9, "seen": 9, "expected": 0.1, "p": 0.0, "p_all": 0.0, "q": 0.0, "ring": "r-1"}
EDGE |= {"close": 9, "wide": 9, "usual": 0.1, "p_close": 0.0, "q_close": 0.0, "sources": 3}
EDGE |= {"fresh": 3, "top_share": 0.4, "p_sources": 0.0, "beyond": True, "closer": True}
EDGE |= {"pooled": True, "spans": False, "triangles": 0}


def names_in(text: str) -> set[str]:
    """Everything of the planted people that can be read in a text."""
    low = text.lower()
    return {n for n in (*PLANTED.all(), *STEMS) if n.lower() in low}


def rows() -> list[dict[str, Any]]:
    """The canonical table: every column that can name somebody does."""
    made = []
    for n, text in enumerate(SAID):
        number = str(int(PLANTED.number) + 100 + n)
        row = {"platform": "facebook", "id": f"qzxpost{n}", "account_id": number}
        row |= {"handle": f"qzxhandle{n}", "name": f"Qzxnama {n}", "text": text}
        row |= {"space_id": PLANTED.group_number, "space_name": PLANTED.group_name}
        row |= {"posted_at": f"2024-11-27T14:0{n}:00+08:00", "kind": "post"}
        row |= {"links": "https://www.facebook.com/qzxhandleb/posts/12", "likes": "3"}
        made.append(row | {"url": f"https://www.facebook.com/qzxhandle{n}/posts/{n}"})
    return [*made, made[0] | {"id": "qzxbroken", "posted_at": "@qzxhandlea", "likes": "qzxhandleb"}]


def brought(folder: Path, user: User) -> None:
    """A file of each format, looked at and taken in, and one that is turned away."""
    paths = [p for code, p in examples(folder, PLANTED).items() if code in MADE]
    (folder / "table.csv").write_bytes(table(rows()))
    for path in [*paths, folder / "table.csv"]:
        upload = SimpleUploadedFile(path.name, path.read_bytes())
        file = bringing.preview(user, upload, coverage="akun @qzxhandlea, telepon 081377007700")
        bringing.store(user, file.pk)
    upload = SimpleUploadedFile("@qzxhandlea.csv", b"id;text\n1;@qzxhandleb\n")
    bringing.reject(user, bringing.preview(user, upload).pk)


@pytest.fixture
def full(person, tmp_path, settings, caplog):
    """A room in which everything there is to see can be seen, and its people by role."""
    caplog.set_level("DEBUG")
    furnish()
    bring(station("A1a1", [300, 20]), station("A1a2", [100, 90]))
    staff = {role: person(role) for role in roles.ROLES if role != roles.WITNESS}
    staff |= {f"witness{camp}": person(roles.WITNESS, camp=camp) for camp in (1, 2)}
    folder = tmp_path / "vault" / "exports"
    folder.mkdir(parents=True, mode=0o700)
    (tmp_path / "vault").chmod(0o700)
    brought(folder, staff["coordinator"])
    working.work_out(Work.objects.filter(state=Work.WAITING).first().pk)
    acted(staff)
    return staff


def acted(staff: dict[str, User]) -> None:
    """What people do with it: a ring, a claim and an answer, cases decided, a referral asked for."""
    post = StoredPost.objects.filter(text__contains="bakar kantor").first()
    other = StoredPost.objects.filter(text=post.text).exclude(pk=post.pk).first()
    a, b = sorted((post.account, other.account))
    act = {"a": a, "b": b, "kind": "text", "object": "n1", "source": "?", "gap": 3.0}
    act |= {"post_a": post.pk, "post_b": other.pk}
    act |= {"at_a": room.AT.isoformat(), "at_b": room.AT.isoformat()}
    ring = Ring.objects.create(
        code="r-1",
        verdict="strong",
        accounts=[a, b],
        members=2,
        figures=FIGURES,
        edges=[EDGE | {"a": a, "b": b}],
        shared=[act],
        work=1,
    )
    claim = Claim.objects.first() or Claim.objects.create(
        code="c-1", kind="lost", text=post.text, posts=1, accounts=1, post_ids=[post.pk], work=1
    )
    Answer.objects.create(
        claim=claim,
        version=1,
        verdict="agrees",
        text_id="x",
        text_en="x",
        by=staff["analyst"],
        at=room.AT,
    )
    KnownGroup.objects.create(name="Media", accounts=[post.account], by=staff["coordinator"])
    Case.objects.update(read_twice=False)
    case = Case.objects.filter(label="incite").first()
    confirmed = room.confirmed(staff["verifier"], staff["coordinator"], case)
    account = StoredPost.objects.filter(pk__in=reviewing.posts_of(confirmed)).first().account
    room.referred(staff["verifier"], confirmed, alias=account)
    reviewing.open_case(staff["verifier"], "ring", ring, "none")


# --- The crawl -------------------------------------------------------------------------------------


def some(rows: Any, key: str, name: str = "pk", most: int = 3) -> list[dict[str, Any]]:
    """The first few objects as arguments of an address."""
    return [{key: v} for v in rows.order_by("pk").values_list(name, flat=True)[:most]]


def both(*parts: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Every combination of these arguments."""
    found: list[dict[str, Any]] = [{}]
    for part in parts:
        found = [a | b for a in found for b in part]
    return found


def numbers(model: Any, key: str = "number") -> Callable[[], list[dict[str, Any]]]:
    """Objects of a model by their number."""
    return lambda: some(model.objects, key, most=8)


def ring_exports() -> list[dict[str, Any]]:
    """Every kind in which a ring is exported."""
    return both(some(Ring.objects, "code"), [{"kind": k} for k in ("graphml", "gexf", "csv")])


def contests() -> list[dict[str, Any]]:
    """One contest."""
    return some(Contest.objects, "contest", most=1)


#: Name of an address that takes something → what it is filled with.
FILLED: dict[str, Callable[[], list[dict[str, Any]]]] = {
    "ledger_entry": lambda: [
        {"seq": s} for s in LedgerEntry.objects.order_by("-seq").values_list("seq", flat=True)[:12]
    ],
    "person": numbers(User, "pk"),
    "person_active": numbers(User, "pk"),
    "person_link": numbers(User, "pk"),
    "account_confirm_email": lambda: [{"key": "x"}],
    "account_reset_password_from_key": lambda: [{"uidb36": "1", "key": "x"}],
    "count:contest": contests,
    "count:place": lambda: both(contests(), [{"code": c} for c in ("A", "A1a", "A1a1")]),
    "count:trail": lambda: both(contests(), [{"number": 1}]),
    "count:rule": lambda: [{"code": "W203"}],
    "count:findings_export": lambda: [{"kind": k} for k in ("csv", "xlsx")],
    "count:explain": lambda: some(StoredFinding.objects, "mark", "mark") or [{"mark": "x"}],
    "count:accept": numbers(StoredForm),
    "count:template": lambda: [{"kind": "csv"}],
    "count:upload": lambda: some(Upload.objects, "number") or [{"number": 1}],
    "count:upload_problems": lambda: [{"number": 1}],
    "count:upload_store": lambda: [{"number": 1}],
    "count:upload_reject": lambda: [{"number": 1}],
    "talk:narrative": lambda: some(Narrative.objects, "code", most=6),
    "talk:claim": lambda: some(Claim.objects, "code"),
    "talk:claim_release": lambda: some(Claim.objects, "code"),
    "talk:claim_withdraw": lambda: both(some(Claim.objects, "code"), [{"number": 1}]),
    "talk:ring": lambda: some(Ring.objects, "code"),
    "talk:ring_export": ring_exports,
    "talk:ring_know": lambda: some(Ring.objects, "code"),
    "talk:group_end": numbers(KnownGroup),
    **{
        f"talk:{n}": numbers(Case)
        for n in ("case", "case_step", "case_sealed", "blind", "blind_leave", "refer")
    },
    **{f"talk:{n}": numbers(Referral) for n in ("referral", "referral_step", "referral_show")},
    **{
        f"talk:{n}": lambda: some(PostFile.objects, "number", most=40)
        for n in ("file", "file_problems", "file_store", "file_reject")
    },
}
#: Addresses that show more with a query.
ASKED = {
    "talk:queue": [f"?queue={q}&state=all" for q in ("incitement", "claims", "help", "calm")],
    "ledger": ["?action=talk"],
    "talk:narratives": ["?label=incite", "?sort=first"],
}


def addresses(resolver: Any = None, space: str = "") -> Iterator[tuple[str, tuple[str, ...]]]:
    """(name, arguments) of every address of the site."""
    for part in (resolver or get_resolver()).url_patterns:
        if isinstance(part, URLPattern):
            taken = tuple(part.pattern.regex.groupindex)
            yield (f"{space}:" if space else "") + (part.name or str(part.pattern)), taken
        else:
            yield from addresses(part, part.namespace or space)


def paths() -> list[str]:
    """Every address, filled."""
    found = []
    for name, taken in dict(addresses()).items():
        for kwargs in FILLED[name]() if taken else [{}]:
            path = reverse(name, kwargs=kwargs)
            found += [path, *(path + query for query in ASKED.get(name, []))]
    return found


def read(answer: Any) -> str:
    """An answer as text: its headers, its body, and what is packed in it."""
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    packed = []
    if body[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(body)) as opened:
            packed = [opened.read(n).decode("utf-8", "replace") for n in opened.namelist()]
    return "\n".join([str(answer.headers), body.decode("utf-8", "replace"), *packed])


def client_of(user: User | None) -> Client:
    """A browser in which this person is signed in."""
    client = Client(headers={"accept-language": "id"}, raise_request_exception=False)
    if user is not None:
        client.force_login(user, "allauth.account.auth_backends.AuthenticationBackend")
    return client


def crawl(users: dict[str, User | None]) -> dict[str, set[str]]:
    """Where a name can be read: (role, address) → names. Nothing may break on the way either."""
    wrong = {}
    for role, user in users.items():
        client = client_of(user)
        for path in paths():
            answer = client.get(path)
            found = names_in(read(answer))
            if found or answer.status_code >= 500:
                wrong[f"{role} {path} {answer.status_code}"] = found
        assert user is None or client.get(reverse("account")).status_code == 200, "signed out"
    return wrong


def test_every_address_says_what_it_is_filled_with():
    taking = {name for name, taken in addresses() if taken}
    assert taking == set(FILLED)


def test_the_search_finds_what_it_looks_for(client, db):
    assert names_in(f"kata {PLANTED.handle.upper()}") == {PLANTED.handle, "qzxhandle"}
    answer = client.get("/healthz")
    answer.content = b"qzxhandleb"
    assert names_in(read(answer)) == {PLANTED.other, "qzxhandle"}


def test_nobody_is_named_on_any_page_to_anybody(full, settings, caplog):
    settings.RUKUN_OPEN_READING = True
    assert {c.queue for c in Case.objects.all()} >= {"incitement", "help"}
    assert Narrative.objects.exists() and Claim.objects.exists()
    assert crawl({**full, "nobody": None}) == {}
    assert names_in(caplog.text) == set()


def test_nobody_is_named_at_rest_outside_the_vault(full, settings, caplog):
    with connection.cursor() as cursor:
        for name in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(name)}")
            assert names_in(str(cursor.fetchall())) == set(), name
    for path in settings.DATA_DIR.rglob("*"):
        if path.is_file() and settings.VAULT_DIR not in path.parents:
            packed = path.suffix == ".parquet"
            text = (
                str(pl.read_parquet(path).to_dicts())
                if packed
                else path.read_bytes().decode("latin-1")
            )
            assert names_in(text + path.name) == set(), path
    assert names_in(caplog.text) == set()


def test_nobody_is_named_in_a_sealed_folder(full):
    client = client_of(full["coordinator"])
    sealed = 0
    for case in Case.objects.exclude(ring=None).union(Case.objects.all()):
        answer = client.post(reverse("talk:case_sealed", args=[case.pk]))
        assert names_in(read(answer)) == set()
        sealed += answer["Content-Type"] == "application/zip"
    assert sealed


def test_an_agreed_referral_shows_one_handle_once(full, caplog):
    row = Referral.objects.get()
    first, second = client_of(full["verifier"]), client_of(full["coordinator"])
    form = {"step": "approve", "seen": 0}
    second.post(reverse("talk:referral_step", args=[row.pk]), form)
    shown = read(first.post(reverse("talk:referral_show", args=[row.pk]), {"seen": 1}))
    assert names_in(shown) <= {"qzxhandle", PLANTED.handle, PLANTED.other}
    assert shown.lower().count("qzxhandle") == 1
    again = read(first.post(reverse("talk:referral_show", args=[row.pk]), {"seen": 1}))
    assert names_in(again) == set()
    assert crawl({"who asked": full["verifier"], "who agreed": full["coordinator"]}) == {}
    for entry in LedgerEntry.objects.all():
        assert names_in(str(entry.entry())) == set()
    assert names_in(caplog.text + str(dict(first.session))) == set()
