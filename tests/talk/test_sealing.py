"""Sealed folders: the same bytes for the same evidence, nobody named, every change found."""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import json
import shutil
import subprocess
import zipfile

import polars as pl
import pytest

from rukun.errors import UserError
from rukun.ledger import Head
from rukun.talk.cases import Case, Decision
from rukun.talk.posts import as_posts
from rukun.talk.scored import SCORED
from rukun.talk.sealing import JUDGED, KEPT, SUMS, seal
from rukun.talk.sealing_check import MOST_MEMBERS, verify
from rukun.talk.threshold import PARTS, Part
from rukun.talk.workflow import Event

AT = dt.datetime(2024, 11, 28, 4, 0, 0, 5, dt.UTC)
HEAD = Head(42, "ab" * 32)
ALIAS = "akun-AB2CD3EF4G"
CALL = "Ayo serbu gudang logistik malam ini"
REASON = {
    "start": 4,
    "end": 16,
    "frame": "call",
    "label": "incite",
    "mode": "call",
    "act": "serbu",
    "target": "gudang",
    "cues": ["ayo"],
}


def post(text=CALL, code="x:AAAABBBBCCCCDDDD", **more):
    row = {
        "post_id": code,
        "platform": "x",
        "account": ALIAS,
        "posted_at": AT,
        "text": text,
        "links": [],
        "kind": "post",
        "origin": "0f" * 32,
        "origin_row": 7,
        "raw": "1e" * 32,
        "weak": False,
    }
    schema = {"posted_at": pl.Datetime("us", "UTC"), "links": pl.List(pl.String)}
    return as_posts(pl.DataFrame([{**row, **more}], schema_overrides=schema))


def scored(posts):
    rows = [
        {
            "post_id": code,
            "label": "incite",
            "mode": "call",
            "act": "serbu",
            "target": "gudang",
            "score": 0.97,
            "raw": 3.5,
            "flagged": True,
            "claim": False,
            "help": False,
            "reasons": json.dumps([REASON]),
        }
        for code in posts["post_id"]
    ]
    return pl.DataFrame(rows, schema={c.name: c.dtype for c in SCORED})


def case(reason="It names a time and a place.", **more):
    test = tuple(Part(p, "met", f"Seen: {p}.") for p in PARTS)
    decision = Decision("refer", reason, "incite", "adi", AT, test)
    history = (Event("claim", "adi", AT, "new", "claimed"),)
    return Case(
        "k-17", "post", "x:A", "incite", "confirmed", 3, None, decision, "budi", (), history, **more
    )


def sealed(posts=None, about=None, links=None):
    table = post() if posts is None else posts
    return seal(about or case(), table, scored(table), links or {}, HEAD, AT)


def members(data):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {n.partition("/")[2]: archive.read(n) for n in archive.namelist()}


def kept(tmp_path, data):
    path = tmp_path / "rukun-k-17.zip"
    path.write_bytes(data)
    return path


def repacked(data, change):
    """The same zip after ``change`` of its members, with nothing else touched."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in change(members(data)).items():
            archive.writestr(name if "/" in name else f"rukun-k-17/{name}", content)
    return out.getvalue()


def test_the_folder_holds_all_that_was_promised():
    table = post(links=[f"https://x.com/{ALIAS}"])
    inside = members(
        sealed(table, links={"x:AAAABBBBCCCCDDDD": f"https://x.com/{ALIAS}/status/AAAA"}).data
    )
    told = json.loads(inside["posts.json"])[0]
    assert told["text"] == CALL and told["posted_at"] == "2024-11-28T04:00:00.000005Z"
    assert told["link"] == f"https://x.com/{ALIAS}/status/AAAA"
    assert (told["origin"], told["origin_row"], told["raw"]) == ("0f" * 32, 7, "1e" * 32)
    assert told["reasons"] == [REASON] and told["score"] == "0.9700"
    about = json.loads(inside["case.json"])
    assert about["decision"]["action"] == "refer" and about["second"] == "budi"
    assert len(about["decision"]["threshold"]) == 6 and about["history"][0]["step"] == "claim"
    assert json.loads(inside["ledger.json"])["hash"] == HEAD.hash
    assert "sha256sum -c SHA256SUMS" in inside["README.txt"].decode()


@pytest.mark.parametrize(("name", "word"), [("ringkasan.txt", "Rujuk"), ("summary.txt", "Refer")])
def test_there_is_a_summary_in_both_languages(name, word):
    text = members(sealed().data)[name].decode()
    assert word in text and "“serbu gudang” (incite, call)" in text and HEAD.hash in text


def test_the_same_evidence_gives_the_same_bytes():
    two = pl.concat([post(), post("Kita kumpul pukul delapan", "x:BBBBBBBBCCCCDDDD")])
    first, again = sealed(two), sealed(two.reverse())
    assert first == again
    assert first.sha256 == hashlib.sha256(first.data).hexdigest()
    assert first.data != sealed(two.with_columns(raw=pl.lit("2f" * 32))).data


def test_what_was_sealed_is_sound(tmp_path):
    made = sealed()
    check = verify(kept(tmp_path, made.data), made.sha256)
    assert check.sound and check.head == HEAD and check.sha256 == made.sha256
    assert SUMS in check.members


@pytest.mark.skipif(shutil.which("sha256sum") is None, reason="needs sha256sum")
def test_sha256sum_itself_says_so(tmp_path):
    zipfile.ZipFile(io.BytesIO(sealed().data)).extractall(tmp_path)
    folder = tmp_path / "rukun-k-17"
    done = subprocess.run(["sha256sum", "-c", SUMS], cwd=folder, capture_output=True, text=True)
    assert done.returncode == 0 and done.stdout.count(": OK") == 6
    (folder / "posts.json").write_text("[]")
    assert (
        subprocess.run(["sha256sum", "-c", SUMS], cwd=folder, capture_output=True).returncode == 1
    )


NAMING = [
    "cek @seseorang dulu",
    "https://x.com/seseorang/status/123456",
    "hubungi 0812-3456-7890",
    "surel ke nama@contoh.id",
]


@pytest.mark.parametrize("text", NAMING)
def test_a_post_that_names_somebody_is_refused_without_repeating_the_name(text):
    with pytest.raises(UserError) as caught:
        sealed(post(text))
    assert caught.value.code == "sealing-named"
    assert "x:AAAABBBBCCCCDDDD" in str(caught.value)
    assert "seseorang" not in str(caught.value) and "0812" not in str(caught.value)


@pytest.mark.parametrize("text", NAMING)
def test_so_are_reasons_links_and_notes_that_do(text):
    for call in (
        lambda: sealed(about=case(reason=text)),
        lambda: sealed(links={"x:AAAABBBBCCCCDDDD": text}),
        lambda: sealed(post(links=[text])),
        lambda: sealed(post(place_hint=text)),
    ):
        with pytest.raises(UserError) as caught:
            call()
        assert caught.value.code == "sealing-named"


def test_aliases_are_no_names():
    table = post(f"Kata @{ALIAS} kita serbu, lihat https://x.com/{ALIAS}/status/AAAABBBB")
    assert sealed(table).data


@pytest.mark.parametrize("name", ["", "../k", "a/b", "k\x00", "x" * 65])
def test_an_id_that_is_no_file_name_is_refused(name):
    table = post()
    odd = Case(name, "post", "x:A", "incite")
    with pytest.raises(UserError) as caught:
        seal(odd, table, scored(table), {}, HEAD, AT)
    assert caught.value.code == "sealing-id"


def test_a_case_without_posts_is_not_sealed():
    with pytest.raises(UserError) as caught:
        sealed(post().clear())
    assert caught.value.code == "sealing-nothing"


def test_a_case_that_is_not_decided_can_be_sealed():
    assert (
        json.loads(members(sealed(about=Case("k-1", "post", "x:A", "none")).data)["case.json"])[
            "decision"
        ]
        is None
    )


def test_a_text_cannot_forge_a_line_of_the_summary():
    text = "halo\nKeputusan: Tidak ada tindakan\u202etidak"
    summary = members(sealed(post(text)).data)["ringkasan.txt"].decode()
    starts = [line for line in summary.splitlines() if line.startswith("Keputusan:")]
    assert len(starts) == 1 and "\u202e" not in summary
    assert "\u202e" in json.loads(members(sealed(post(text)).data)["posts.json"])[0]["text"]


def test_the_columns_it_keeps_are_columns_of_the_tables():
    assert set(JUDGED) <= {c.name for c in SCORED}
    assert set(KEPT) <= set(post().columns)


# --- what can be wrong with a sealed folder ------------------------------------------------------


def edited(inside):
    return {**inside, "posts.json": inside["posts.json"].replace(b"serbu", b"jaga ")}


def unlisted(inside):
    return {**inside, "more.txt": b"x"}


def missing(inside):
    return {n: d for n, d in inside.items() if n != "case.json"}


def no_sums(inside):
    return {n: d for n, d in inside.items() if n != SUMS}


def broken_sums(inside):
    return {**inside, SUMS: inside[SUMS] + b"nonsense\n"}


def climbing(inside):
    return {**inside, "rukun-k-17/../evil.txt": b"x"}


def nested(inside):
    return {**inside, "rukun-k-17/a/b.txt": b"x"}


@pytest.mark.parametrize(
    ("change", "code", "member"),
    [
        (edited, "sealed-edited", "posts.json"),
        (unlisted, "sealed-unlisted", "more.txt"),
        (missing, "sealed-missing", "case.json"),
        (no_sums, "sealed-no-sums", SUMS),
        (broken_sums, "sealed-sums", SUMS),
        (climbing, "sealed-strange", "rukun-k-17/../evil.txt"),
        (nested, "sealed-strange", "rukun-k-17/a/b.txt"),
    ],
)
def test_every_change_is_named(tmp_path, change, code, member):
    check = verify(kept(tmp_path, repacked(sealed().data, change)))
    assert (code, member) in [(p.code, p.value) for p in check.problems]
    assert not check.sound
    assert all(p.say("id") != p.say("en") for p in check.problems)


def test_sums_that_were_made_anew_are_found_by_the_hash_of_the_ledger(tmp_path):
    def forged(inside):
        changed = edited(inside)
        lines = [
            f"{hashlib.sha256(d).hexdigest()}  {n}\n"
            for n, d in sorted(changed.items())
            if n != SUMS
        ]
        return {**changed, SUMS: "".join(lines).encode()}

    made = sealed()
    path = kept(tmp_path, repacked(made.data, forged))
    assert verify(path).sound
    assert [p.code for p in verify(path, made.sha256).problems] == ["sealed-other"]


@pytest.mark.parametrize("data", [b"", b"<html>", b"PK\x03\x04cut"])
def test_what_is_no_zip_is_said(tmp_path, data):
    assert [p.code for p in verify(kept(tmp_path, data)).problems] == ["sealed-no-zip"]


@pytest.mark.parametrize("method", [8, 12, 14, 99])
def test_a_false_way_of_packing_is_said(tmp_path, method):
    data = bytearray(sealed().data)
    entry = data.index(b"PK\x01\x02")
    data[entry + 10] = method
    assert [p.code for p in verify(kept(tmp_path, bytes(data))).problems] == ["sealed-no-zip"]


@pytest.mark.parametrize("cut", [1, 30, 500])
def test_a_cut_file_is_said(tmp_path, cut):
    assert not verify(kept(tmp_path, sealed().data[:-cut])).sound


def test_a_flipped_byte_anywhere_in_the_content_is_found(tmp_path):
    data = sealed().data
    for place in range(100, len(data) - 700, 997):
        bad = bytearray(data)
        bad[place] ^= 1
        assert not verify(kept(tmp_path, bytes(bad)), hashlib.sha256(data).hexdigest()).sound


def test_a_file_that_is_not_there_is_said(tmp_path):
    assert [p.code for p in verify(tmp_path / "none.zip").problems] == ["sealed-unreadable"]


def test_too_many_members_are_not_read(tmp_path):
    many = repacked(
        sealed().data, lambda m: {**m, **{f"{i}.txt": b"" for i in range(MOST_MEMBERS)}}
    )
    assert "sealed-large" in [p.code for p in verify(kept(tmp_path, many)).problems]
