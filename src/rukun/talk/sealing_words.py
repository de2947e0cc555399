"""What stands in a sealed folder for people to read, and what can be wrong with one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from rukun.errors import Problem, UserError
from rukun.ledger import Head
from rukun.talk import case_words as words
from rukun.talk.cases import Case
from rukun.talk.workflow import Lang

README: Final = """\
BAHASA INDONESIA

Map ini memuat bukti satu kasus sebagaimana tercatat di ruang situasi Rukun.

  ringkasan.txt   kasus dan kirimannya, untuk dibaca (Indonesia)
  summary.txt     hal yang sama dalam bahasa Inggris
  case.json       kasus: label, keputusan, uji ambang, dan setiap langkah beserta orangnya
  posts.json      kiriman: teks, waktu (UTC), tautan tersamar, alasan penyaring, dan asalnya
  ledger.json     ujung buku catatan ketika map ini disegel
  SHA256SUMS      sidik SHA-256 setiap berkas

Memeriksa bahwa tidak ada yang berubah: buka zip ini, masuk ke mapnya, lalu jalankan

  sha256sum -c SHA256SUMS

Sidik SHA-256 berkas zip ini sendiri tercatat di buku catatan; cocokkan dengan  sha256sum NAMA.zip .
Untuk setiap kiriman, "origin" adalah sidik SHA-256 berkas ekspor asalnya, "origin_row" barisnya,
dan "raw" sidik baris mentahnya: pemegang berkas asli dapat menghitungnya kembali.

Akun hanya tampil dengan nama samaran. Map ini tidak menyatakan siapa pun bersalah; pasal, bila
disebut, hanyalah kemungkinan.


ENGLISH

This folder holds the evidence of one case as recorded in the Rukun situation room.

  ringkasan.txt   the case and its posts, to read (Indonesian)
  summary.txt     the same in English
  case.json       the case: label, decision, threshold test, and every step with its person
  posts.json      the posts: text, time (UTC), masked link, the screen's reasons, where they come from
  ledger.json     the end of the ledger when this folder was sealed
  SHA256SUMS      the SHA-256 of every file

To check that nothing was changed: unpack the zip, go into its folder and run

  sha256sum -c SHA256SUMS

The SHA-256 of the zip itself stands in the ledger; compare it with  sha256sum NAME.zip .
For each post, "origin" is the SHA-256 of the export it came from, "origin_row" its row there, and
"raw" that of the raw row: whoever holds the original file can work them out again.

Accounts appear under aliases only. This folder calls nobody guilty; an article, where one is named,
is no more than possible.
"""
_LINES: Final[Mapping[str, Mapping[str, str]]] = {
    "case": {"id": "Kasus", "en": "Case"},
    "sealed": {"id": "Disegel (UTC)", "en": "Sealed (UTC)"},
    "ledger": {"id": "Buku besar, baris dan sidik", "en": "Ledger, row and hash"},
    "label": {"id": "Label", "en": "Label"},
    "state": {"id": "Status", "en": "State"},
    "decision": {"id": "Keputusan", "en": "Decision"},
    "reason": {"id": "Alasan", "en": "Reason"},
    "by": {"id": "Diputuskan oleh", "en": "Decided by"},
    "second": {"id": "Orang kedua", "en": "Second person"},
    "part": {"id": "Uji ambang", "en": "Threshold test"},
    "post": {"id": "Kiriman", "en": "Post"},
    "time": {"id": "Waktu (UTC)", "en": "Time (UTC)"},
    "account": {"id": "Akun (samaran)", "en": "Account (alias)"},
    "link": {"id": "Tautan tersamar", "en": "Masked link"},
    "text": {"id": "Teks", "en": "Text"},
    "screen": {"id": "Penyaring menandai", "en": "The screen underlined"},
    "origin": {"id": "Berkas asal, baris", "en": "File it came from, row"},
    "raw": {"id": "Sidik baris mentah", "en": "Hash of the raw row"},
}


def summary(
    case: Case, evidence: Sequence[Mapping[str, Any]], head: Head, at: str, lang: Lang
) -> str:
    """The case and its posts for people to read."""
    out = [
        _line("case", f"{case.id} · {words.ABOUT_WORDS[case.about][lang]} · {case.object}", lang),
        _line("sealed", at, lang),
        _line("ledger", f"{head.count} · {head.hash}", lang),
        _line("label", words.LABEL_WORDS[case.label][lang], lang),
        _line("state", words.STATE_WORDS[case.state][lang], lang),
        *_decision(case, lang),
    ]
    for number, post in enumerate(evidence, 1):
        out += ["", *_post(number, post, lang)]
    return "\n".join(out) + "\n"


def _decision(case: Case, lang: Lang) -> list[str]:
    decision = case.decision
    if decision is None:
        return []
    parts = [
        _line("decision", words.ACTION_WORDS[decision.action][lang], lang),
        _line("reason", decision.reason, lang),
        _line("by", decision.by, lang),
        *([_line("second", case.second, lang)] if case.second else []),
    ]
    for part in decision.threshold:
        level = words.LEVEL_WORDS.get(part.level, {}).get(lang, "–")
        name = words.PART_WORDS[part.part][lang]
        parts.append(_line("part", f"{name}: {level}. {part.note}", lang))
    return parts


def _post(number: int, post: Mapping[str, Any], lang: Lang) -> list[str]:
    text = str(post["text"])
    marked = [
        f"“{text[r['start'] : r['end']]}” ({r['label']}, {r['mode']})" for r in post["reasons"]
    ]
    return [
        _line("post", f"{number} · {post['post_id']}", lang),
        _line("time", post["posted_at"] or "–", lang),
        _line("account", post["account"] or "–", lang),
        _line("link", post["link"] or "–", lang),
        _line("text", text, lang),
        _line("screen", "; ".join(marked) or "–", lang),
        _line("origin", f"{post['origin']} · {post['origin_row']}", lang),
        _line("raw", post["raw"], lang),
    ]


def _line(name: str, value: str, lang: Lang) -> str:
    """A line of the summary. A text stays within its own: further lines are set in, and what
    cannot be seen, or turns the direction of reading, is shown as such."""
    shown = "".join(c if c.isprintable() or c in "\n\u200d" else "\ufffd" for c in value)
    return f"{_LINES[name][lang]}: {shown}".replace("\n", "\n    ")


_REFUSALS: Final[Mapping[str, tuple[str, str, str, str]]] = {
    "sealing-id": (
        "the case's id cannot be a file name.",
        "Use letters, digits, point, hyphen and underscore, 64 at most.",
        "nomor kasus tidak dapat menjadi nama berkas.",
        "Pakai huruf, angka, titik, tanda hubung, dan garis bawah, paling banyak 64.",
    ),
    "sealing-nothing": (
        "this case has no posts to seal.",
        "Seal it once its posts are there.",
        "kasus ini belum memiliki kiriman untuk disegel.",
        "Segel setelah kirimannya ada.",
    ),
    "sealing-named": (
        "a text still names an account, a telephone number or an address.",
        "Write the alias instead; posts are imported again so that they are masked.",
        "ada teks yang masih menyebut akun, nomor telepon, atau alamat.",
        "Tulis nama samarannya; kiriman diimpor ulang agar tersamar.",
    ),
}
_PROBLEMS: Final[Mapping[str, tuple[str, str, str, str]]] = {
    "sealed-unreadable": (
        "the file cannot be read.",
        "Check its path and your rights.",
        "berkas tidak dapat dibaca.",
        "Periksa alamat dan hak akses berkas.",
    ),
    "sealed-no-zip": (
        "this is no whole zip file.",
        "Ask for the file again; it was cut or damaged on its way.",
        "ini bukan berkas zip yang utuh.",
        "Minta kiriman ulang; berkas terpotong atau rusak di jalan.",
    ),
    "sealed-large": (
        "this is larger than any sealed folder.",
        "Do not unpack it; ask where it comes from.",
        "ini lebih besar daripada map bersegel mana pun.",
        "Jangan dibuka; tanyakan asalnya.",
    ),
    "sealed-other": (
        "this is not the file whose hash was given.",
        "Compare it with the hash in the ledger; ask for the file again.",
        "ini bukan berkas yang sidiknya diberikan.",
        "Cocokkan dengan sidik di buku catatan; minta kiriman ulang.",
    ),
    "sealed-strange": (
        "this name does not belong into a sealed folder.",
        "Do not rely on this file.",
        "nama ini tidak semestinya ada dalam map bersegel.",
        "Jangan andalkan berkas ini.",
    ),
    "sealed-no-sums": (
        "the list of hashes is not there.",
        "Do not rely on this file.",
        "daftar sidik tidak ada.",
        "Jangan andalkan berkas ini.",
    ),
    "sealed-sums": (
        "the list of hashes is not in its form.",
        "Do not rely on this file.",
        "daftar sidik tidak sesuai bentuknya.",
        "Jangan andalkan berkas ini.",
    ),
    "sealed-missing": (
        "this member is gone.",
        "Ask for the file again.",
        "berkas ini hilang dari map.",
        "Minta kiriman ulang.",
    ),
    "sealed-unlisted": (
        "this member was put in afterwards.",
        "Do not rely on it.",
        "berkas ini ditambahkan kemudian.",
        "Jangan andalkan berkas ini.",
    ),
    "sealed-edited": (
        "this member was changed after it was sealed.",
        "Do not rely on it; ask for the file again.",
        "berkas ini diubah setelah disegel.",
        "Jangan andalkan; minta kiriman ulang.",
    ),
}


def refuse(code: str, where: str = "") -> UserError:
    """The refusal of this code in both languages."""
    message, hint, message_id, hint_id = _REFUSALS[code]
    return UserError(code, message, hint, where, message_id=message_id, hint_id=hint_id)


def problem(code: str, file: str, member: str = "") -> Problem:
    """A problem of a sealed folder, naming the member, in both languages."""
    why, hint, why_id, hint_id = _PROBLEMS[code]
    return Problem(code, file, 0, "", member, why, hint, why_id=why_id, hint_id=hint_id)
