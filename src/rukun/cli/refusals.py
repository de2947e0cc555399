"""What a command refuses, and what to do about it, in both languages."""

from __future__ import annotations

from typing import Final

from rukun.errors import UserError

#: Code → (what is wrong, what to do) in English, then in Indonesian.
REFUSALS: Final[dict[str, tuple[str, str, str, str]]] = {
    "output-format": (
        "--json and --csv exclude each other.",
        "Give one.",
        "--json dan --csv tidak dapat dipakai bersama.",
        "Pilih satu.",
    ),
    "output-lang": (
        "there is no language “{lang}”.",
        "Use id or en.",
        "tidak ada bahasa “{lang}”.",
        "Pakai id atau en.",
    ),
    "output-file": (
        "cannot write ({error}).",
        "Name a place you may write.",
        "tidak dapat menulis ({error}).",
        "Sebutkan tempat yang boleh Anda tulisi.",
    ),
    "posts-file": (
        "cannot be read ({error}).",
        "Give a table with a column text, or one post a line.",
        "tidak dapat dibaca ({error}).",
        "Beri tabel dengan kolom text, atau satu unggahan per baris.",
    ),
    "posts-empty": (
        "holds no post.",
        "Give a table with a column text, or one post a line.",
        "tidak berisi unggahan.",
        "Beri tabel dengan kolom text, atau satu unggahan per baris.",
    ),
    "count-nothing": (
        "no form could be read from these files.",
        "The problems above say why; rukun template writes an empty table.",
        "tidak ada formulir yang dapat dibaca dari berkas ini.",
        "Masalah di atas menjelaskan sebabnya; rukun template menulis tabel kosong.",
    ),
    "count-empty-folder": (
        "there is no file with forms in this folder.",
        "Put files here that end in {endings}.",
        "tidak ada berkas formulir di folder ini.",
        "Taruh berkas berakhiran {endings} di sini.",
    ),
    "count-no-file": (
        "there is no such file.",
        "Correct the path.",
        "berkas ini tidak ada.",
        "Perbaiki alamat berkasnya.",
    ),
    "frame-not-found": (
        "there is no places.csv beside these files or above them.",
        "Give --frame DIR, the folder with places.csv and contests.toml.",
        "tidak ada places.csv di samping atau di atas berkas ini.",
        "Beri --frame DIR, folder dengan places.csv dan contests.toml.",
    ),
    "place-unknown": (
        "there is no place “{place}”.",
        "Use a code of places.csv; codes are text with their zeros.",
        "tidak ada tempat “{place}”.",
        "Pakai kode dari places.csv; kode adalah teks dengan angka nolnya.",
    ),
    "choice-unknown": (
        "there is no choice {number}.",
        "There are: {choices}.",
        "tidak ada pilihan {number}.",
        "Yang ada: {choices}.",
    ),
    "template-exists": (
        "the file is there already.",
        "Give another name, or --force.",
        "berkas ini sudah ada.",
        "Beri nama lain, atau --force.",
    ),
    "site-prepare": (
        "the room could not be prepared ({command}).",
        "The lines above say why. Nothing that was there before is lost.",
        "ruang tidak dapat disiapkan ({command}).",
        "Baris di atas menjelaskan sebabnya. Yang sudah ada tidak hilang.",
    ),
    "site-missing": (
        "the site's packages are not installed.",
        "Install Rukun with its extra: rukun[site].",
        "paket untuk situs belum terpasang.",
        "Pasang Rukun dengan tambahannya: rukun[site].",
    ),
    "site-port": (
        "port {port} cannot be used ({error}).",
        "Stop what uses it, or take another: make run PORT={other}.",
        "porta {port} tidak dapat dipakai ({error}).",
        "Hentikan yang memakainya, atau pakai yang lain: make run PORT={other}.",
    ),
    "keep-file": (
        "the codes of posts to keep cannot be read.",
        "Write one code a line (x:ABCD…), as UTF-8 text.",
        "kode unggahan yang disimpan tidak dapat dibaca.",
        "Tulis satu kode per baris (x:ABCD…), sebagai teks UTF-8.",
    ),
}


def refusal(code: str, where: object = "", **parts: object) -> UserError:
    """The error with this code, its texts filled in."""
    message, hint, message_id, hint_id = (t.format(**parts) for t in REFUSALS[code])
    return UserError(code, message, hint, str(where), message_id=message_id, hint_id=hint_id)
