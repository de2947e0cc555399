"""What can be wrong with a file of posts, and what to do about it, in both languages."""

from __future__ import annotations

from typing import Final

from rukun.files.words import WORDS as SHARED
from rukun.files.words import Words, out, said

_FILES: Final[dict[str, Words]] = {
    "file-kind": out(
        "this is {what}, whatever its name says.",
        "Bring the export itself: CSV (UTF-8), XLSX, JSON or NDJSON.",
        "ini {what_id}, apa pun nama berkasnya.",
        "Kirim ekspornya sendiri: CSV (UTF-8), XLSX, JSON, atau NDJSON.",
    ),
    "file-large": out(
        "the file has {size} MiB; at most {most} MiB of this kind can be read at once.",
        "Split it into parts, or export it as NDJSON.",
        "berkas ini {size} MiB; paling banyak {most} MiB untuk jenis ini.",
        "Bagi menjadi beberapa berkas, atau ekspor sebagai NDJSON.",
    ),
    "file-header-only": out(
        "there are headings and no rows.",
        "Export it again; an empty collection need not be brought.",
        "hanya ada judul kolom, tidak ada baris.",
        "Ekspor ulang; koleksi kosong tidak perlu dikirim.",
    ),
    "file-no-records": out(
        "there is no post in this file.",
        "Export it again; an empty collection need not be brought.",
        "tidak ada kiriman dalam berkas ini.",
        "Ekspor ulang; koleksi kosong tidak perlu dikirim.",
    ),
    "shape-unknown": out(
        "this is no export that can be read here. {seen}",
        "Name the columns in a mapping (docs/how-to/bring-posts.md), or export in another format.",
        "ini bukan ekspor yang dapat dibaca di sini. {seen_id}",
        "Sebut kolomnya dalam pemetaan (docs/how-to/bring-posts.md), atau ekspor dalam format lain.",
    ),
    "shape-format": out(
        "nothing in this file fits the format {format}. {seen}",
        "Leave the format out, so that it is recognised, or state another.",
        "isi berkas ini tidak sesuai format {format}. {seen_id}",
        "Kosongkan formatnya agar dikenali sendiri, atau sebut yang lain.",
    ),
    "sheet-unread": said(
        "this sheet was not read{hidden}.",
        'If it holds posts, name it in a mapping: [file] sheet = "…"',
        "lembar ini tidak dibaca{hidden_id}.",
        'Bila memuat kiriman, sebut dalam pemetaan: [file] sheet = "…"',
    ),
    "sheet-none": out(
        "no visible sheet has headings that are known here.",
        "The headings stand in the first row; name them in a mapping (docs/how-to/bring-posts.md).",
        "tidak ada lembar tampak dengan judul kolom yang dikenal.",
        "Judul kolom berada di baris pertama; sebut dalam pemetaan (docs/how-to/bring-posts.md).",
    ),
    "column-twice": said(
        "this heading stands twice; the first column was read.",
        "Keep one column, or give the other another name.",
        "judul kolom ini muncul dua kali; kolom pertama yang dibaca.",
        "Sisakan satu kolom, atau beri nama lain.",
    ),
    "column-missing": out(
        "there is no column {names}, which the mapping names.",
        "Compare the mapping with the row of headings.",
        "tidak ada kolom {names}, yang disebut pemetaan.",
        "Cocokkan pemetaan dengan baris judul.",
    ),
    "cell-error": said(
        "the cell shows a spreadsheet error.",
        "Correct the formula, or export the table again.",
        "sel ini menampilkan galat lembar kerja.",
        "Perbaiki rumusnya, atau ekspor ulang tabelnya.",
    ),
    "json-cut": out(
        "the file ends, or breaks, within record {record}; those before it were read.",
        "The export was cut short: make it again.",
        "berkas berakhir atau rusak di dalam rekaman {record}; yang sebelumnya tetap dibaca.",
        "Ekspor terpotong: buat ulang.",
    ),
    "text-replaced": said(
        "some bytes are not UTF-8; the sign � stands in their place.",
        "Export the file again as UTF-8 where the text matters.",
        "sebagian byte bukan UTF-8; diganti dengan tanda �.",
        "Ekspor ulang sebagai UTF-8 bila teksnya penting.",
    ),
}

_RECORDS: Final[dict[str, Words]] = {
    "record-broken": out(
        "the line is no JSON that can be read.",
        "The other lines were read; export the file again if this one matters.",
        "baris ini bukan JSON yang dapat dibaca.",
        "Baris lain tetap dibaca; ekspor ulang bila baris ini penting.",
    ),
    "record-cut": out(
        "the file ends in the middle of this line.",
        "The export was cut short: make it again.",
        "berkas berakhir di tengah baris ini.",
        "Ekspor terpotong: buat ulang.",
    ),
    "record-deep": out(
        "the record is nested deeper than any export is.",
        "Export it again; what stands behind it in the same line or list was not read.",
        "susunan rekaman ini lebih dalam dari ekspor mana pun.",
        "Ekspor ulang; yang di belakangnya dalam baris atau daftar yang sama tidak dibaca.",
    ),
    "record-large": out(
        "the record is larger than {most} MiB.",
        "A post is never so large: export the file again.",
        "rekaman ini lebih besar dari {most} MiB.",
        "Kiriman tidak pernah sebesar itu: ekspor ulang.",
    ),
    "record-key-twice": out(
        "a key stands twice in one part; nobody can say which value holds.",
        "Export the file again.",
        "satu kunci muncul dua kali dalam satu bagian; tidak jelas nilai mana yang berlaku.",
        "Ekspor ulang berkasnya.",
    ),
    "record-shape": out(
        "the record has another shape than the format {format}; it was not read.",
        "Bring records of one kind in one file; export anew if the platform has changed its shape.",
        "susunan rekaman ini lain dari format {format}; tidak dibaca.",
        "Kirim satu jenis rekaman per berkas; ekspor ulang bila platform mengubah susunannya.",
    ),
    "record-empty": out(
        "the record states neither an id nor a text nor a link.",
        "Nothing to do if it is no post.",
        "rekaman ini tidak memuat id, teks, maupun tautan.",
        "Abaikan bila bukan kiriman.",
    ),
    "platform-unknown": out(
        "it is not said on which platform this was posted, or not by a name known here.",
        'State it in a mapping: [constants] platform = "facebook", or translate it: [values.platform]',
        "tidak disebut di platform mana ini dikirim, atau namanya tidak dikenal di sini.",
        'Sebut dalam pemetaan: [constants] platform = "facebook", atau terjemahkan: [values.platform]',
    ),
    "kind-odd": said(
        "is not post, repost or comment; it was worked out from the other fields.",
        "Correct it, or translate it in a mapping: [values.kind]",
        "bukan post, repost, atau comment; ditentukan dari isian lain.",
        "Perbaiki, atau terjemahkan dalam pemetaan: [values.kind]",
    ),
    "record-again": said(
        "states a post that stands in this file already; the one collected last was kept.",
        "Nothing to do.",
        "memuat kiriman yang sudah ada dalam berkas ini; yang terakhir dikumpulkan disimpan.",
        "Abaikan saja.",
    ),
    "record-service": said(
        "records that are no posts (joins, pins, calls) were passed over: {count}.",
        "Nothing to do.",
        "rekaman yang bukan kiriman (masuk grup, sematan, panggilan) dilewati: {count}.",
        "Abaikan saja.",
    ),
    "record-ad": said(
        "advertisements shown by the platform were passed over: {count}.",
        "Nothing to do.",
        "iklan dari platform dilewati: {count}.",
        "Abaikan saja.",
    ),
    "record-private": said(
        "messages of private conversations are never read and were passed over: {count}.",
        "Export only the channel or group that matters.",
        "pesan percakapan pribadi tidak pernah dibaca dan dilewati: {count}.",
        "Ekspor hanya kanal atau grup yang diperlukan.",
    ),
    "record-gone": said(
        "posts that the platform does not show (deleted, withheld) were passed over: {count}.",
        "Nothing to do.",
        "kiriman yang tidak ditampilkan platform (dihapus, ditahan) dilewati: {count}.",
        "Abaikan saja.",
    ),
}

_VALUES: Final[dict[str, Words]] = {
    "time-form": said(
        "is not a time that can be read in one way only; the post was kept without it.",
        "Write 2024-11-27 14:05 +08:00, or state the form in a mapping: [time] format",
        "bukan waktu yang hanya bisa dibaca dengan satu cara; kiriman disimpan tanpa waktu.",
        "Tulis 2024-11-27 14:05 +08:00, atau sebut bentuknya dalam pemetaan: [time] format",
    ),
    "time-day": said(
        "states a day without an hour; the post was kept without time.",
        "Export the full time.",
        "menyebut hari tanpa jam; kiriman disimpan tanpa waktu.",
        "Ekspor waktu lengkapnya.",
    ),
    "time-serial": said(
        "is a spreadsheet's serial number, not a time; the post was kept without it.",
        "Set the column to text and export again.",
        "adalah nomor seri lembar kerja, bukan waktu; kiriman disimpan tanpa waktu.",
        "Jadikan kolom teks dan ekspor ulang.",
    ),
    "time-day-month": said(
        "day and month can be taken for each other; the post was kept without time.",
        'State the form in a mapping: [time] format = "%d/%m/%Y %H:%M"',
        "hari dan bulan bisa tertukar; kiriman disimpan tanpa waktu.",
        'Sebut bentuknya dalam pemetaan: [time] format = "%d/%m/%Y %H:%M"',
    ),
    "time-zone": said(
        "names a time zone that is not known here; the post was kept without time.",
        "Write +08:00, WIB, WITA, WIT or UTC.",
        "menyebut zona waktu yang tidak dikenal; kiriman disimpan tanpa waktu.",
        "Tulis +08:00, WIB, WITA, WIT, atau UTC.",
    ),
    "time-naive": said(
        "states no time zone; the post was kept without time.",
        'State it in a mapping: [time] zone = "WITA"',
        "tidak menyebut zona waktu; kiriman disimpan tanpa waktu.",
        'Sebut dalam pemetaan: [time] zone = "WITA"',
    ),
    "time-absurd": said(
        "lies outside the time in which a post can have been made; it was kept without time.",
        "Look at the original; clocks of phones and apps may be wrong.",
        "berada di luar masa kiriman mungkin dibuat; kiriman disimpan tanpa waktu.",
        "Lihat aslinya; jam ponsel atau aplikasi bisa keliru.",
    ),
    "count-odd": said(
        "is not a count; it is kept as not stated.",
        "Nothing to do; an unknown figure is never 0.",
        "bukan jumlah; dianggap tidak disebut.",
        "Abaikan; angka yang tidak diketahui tidak pernah menjadi 0.",
    ),
    "id-lost": said(
        "a program has turned the id into a number; its last digits are lost.",
        "Open the export as text, or bring it as the tool wrote it; never save it in a spreadsheet.",
        "sebuah aplikasi mengubah id menjadi angka; digit terakhirnya hilang.",
        "Buka ekspor sebagai teks, atau kirim seperti aslinya; jangan simpan di lembar kerja.",
    ),
}

#: Every problem a reader of posts can list, by its code.
WORDS: Final[dict[str, Words]] = {**SHARED, **_FILES, **_RECORDS, **_VALUES}
