"""What can be wrong with a file as a whole, and what to do about it, in both languages."""

from __future__ import annotations

from typing import Final

from rukun.count.readers.words import CODES, COLUMNS, NUMBERS, ROWS, TIMES
from rukun.files.words import WORDS as SHARED
from rukun.files.words import Words, out, said

FILES: Final[dict[str, Words]] = {
    "file-header-only": out(
        "there are headings and no rows.",
        "Fill in a row for each form.",
        "hanya ada judul kolom, tidak ada baris.",
        "Isi satu baris untuk tiap formulir.",
    ),
    "file-kind": out(
        "this is {what}, whatever its name says.",
        "Bring the table itself as CSV (UTF-8), XLSX or Parquet, or the feed as JSON.",
        "ini {what_id}, apa pun nama berkasnya.",
        "Kirim tabelnya sebagai CSV (UTF-8), XLSX, atau Parquet, atau publikasi sebagai JSON.",
    ),
    "file-large": out(
        "the file has {size} MiB; at most {most} MiB can be read at once.",
        "Split it into parts, or bring it as Parquet.",
        "berkas ini {size} MiB; paling banyak {most} MiB bisa dibaca sekaligus.",
        "Bagi menjadi beberapa berkas, atau kirim sebagai Parquet.",
    ),
    "sheet-unread": said(
        "this sheet was not read{hidden}.",
        'If it holds forms, name it in a mapping: [file] sheet = "…"',
        "lembar ini tidak dibaca{hidden_id}.",
        'Bila memuat formulir, sebut dalam pemetaan: [file] sheet = "…"',
    ),
    "sheet-none": out(
        "no visible sheet has the headings of a form.",
        "The headings stand in the first row; “rukun template” writes an example.",
        "tidak ada lembar tampak yang berjudul kolom formulir.",
        "Judul kolom berada di baris pertama; “rukun template” membuat contohnya.",
    ),
}

FEED: Final[dict[str, Words]] = {
    "json-broken": out(
        "this is not JSON that can be read ({error}).",
        "The download was cut or changed: fetch the file again.",
        "ini bukan JSON yang bisa dibaca ({error}).",
        "Unduhan terpotong atau berubah: ambil ulang berkasnya.",
    ),
    "json-deep": out(
        "the file is nested deeper than a feed ever is.",
        "Fetch it again from the election body's address.",
        "susunan berkas ini lebih dalam dari publikasi mana pun.",
        "Ambil ulang dari alamat KPU.",
    ),
    "json-key-twice": out(
        "this key stands twice in one part; nobody can say which figure holds.",
        "Fetch the file again.",
        "kunci ini muncul dua kali dalam satu bagian; tidak jelas angka mana yang berlaku.",
        "Ambil ulang berkasnya.",
    ),
    "feed-not": out(
        "there are no results in this file ({what}).",
        "An error page or a list was saved in place of results: fetch it again.",
        "tidak ada hasil dalam berkas ini ({what_id}).",
        "Yang tersimpan halaman galat atau daftar: ambil ulang.",
    ),
    "feed-number": out(
        "is not a whole number from 0 to 2,147,483,647.",
        "Fetch the file again; the other places were read.",
        "bukan bilangan bulat dari 0 sampai 2.147.483.647.",
        "Ambil ulang berkasnya; wilayah lain tetap dibaca.",
    ),
    "feed-time": out(
        "the time of the snapshot (ts) is missing or cannot be.",
        "Fetch the file again; without its time a snapshot cannot be put in order.",
        "waktu publikasi (ts) tidak ada atau tidak mungkin.",
        "Ambil ulang berkasnya; tanpa waktu, publikasi tidak bisa diurutkan.",
    ),
    "feed-place": out(
        "the file does not say which place it is about.",
        "Keep the code in the file's name (5101.json), or state the place.",
        "berkas tidak menyebut wilayahnya.",
        "Pertahankan kode dalam nama berkas (5101.json), atau sebutkan wilayahnya.",
    ),
    "feed-place-differs": out(
        "the name of the file says {named}, its table is about {found}.",
        "Fetch the file again, or correct its name.",
        "nama berkas menyebut {named}, tabelnya tentang {found}.",
        "Ambil ulang berkasnya, atau perbaiki namanya.",
    ),
    "feed-contest": out(
        "it cannot be said which contest this is.",
        "State the contest, or give feed_id for every choice in contests.toml.",
        "tidak jelas pemilihan mana ini.",
        "Sebutkan pemilihannya, atau isi feed_id tiap pilihan di contests.toml.",
    ),
    "feed-candidate": out(
        "is no candidate of {contest}; the place was left out.",
        "Compare feed_id in contests.toml with the election body's list of pairs.",
        "bukan calon dalam {contest}; wilayah ini tidak diambil.",
        "Cocokkan feed_id di contests.toml dengan daftar paslon KPU.",
    ),
    "feed-outside": said(
        "{count} places of this file lie outside the contests and were not read.",
        "Nothing to do.",
        "{count} wilayah dalam berkas ini di luar pemilihan dan tidak dibaca.",
        "Abaikan saja.",
    ),
    "feed-key": said(
        "is not known in the feed and was not read.",
        "Nothing to do; tell the maintainers if the feed has changed.",
        "tidak dikenal dalam publikasi dan tidak dibaca.",
        "Abaikan; beri tahu pengelola bila susunan publikasi berubah.",
    ),
    "feed-nothing": said(
        "states neither votes nor administration yet.",
        "Nothing to do: it counts as not stated, never as 0.",
        "belum menyatakan suara maupun administrasi.",
        "Abaikan: dianggap belum dinyatakan, bukan 0.",
    ),
    "version-older": out(
        "repeats version {version}, which version {current} has replaced.",
        "If it holds after all, state entered_at later than {at}; else leave it out.",
        "mengulang versi {version} yang sudah diganti versi {current}.",
        "Bila ini yang benar, isi entered_at sesudah {at}; bila tidak, hapus barisnya.",
    ),
    "version-late": out(
        "was entered at {entered}, before the version that stands ({at}).",
        "If it holds after all, state entered_at later than that; else leave it out.",
        "diisi pada {entered}, sebelum versi yang berlaku ({at}).",
        "Bila ini yang benar, isi entered_at sesudahnya; bila tidak, hapus barisnya.",
    ),
}

#: Every problem a reader can list, by its code.
WORDS: Final[dict[str, Words]] = {
    **SHARED,
    **COLUMNS,
    **NUMBERS,
    **CODES,
    **TIMES,
    **ROWS,
    **FILES,
    **FEED,
}
