"""What can be wrong with a file as a whole, and what to do about it, in both languages."""

from __future__ import annotations

from typing import Final

from rukun.count.readers.words import CODES, COLUMNS, NUMBERS, ROWS, TIMES, Words, out, said

FILES: Final[dict[str, Words]] = {
    "file-missing": out(
        "the file cannot be opened ({error}).",
        "Check the path and whether you may read it.",
        "berkas tidak bisa dibuka ({error}).",
        "Periksa lokasi berkas dan hak aksesnya.",
    ),
    "file-empty": out(
        "the file is empty.",
        "Export or copy it again.",
        "berkas ini kosong.",
        "Ekspor atau salin ulang.",
    ),
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
    "file-broken": out(
        "the file cannot be read ({error}).",
        "Open it in the program it came from, save it again, and bring that copy.",
        "berkas tidak bisa dibaca ({error}).",
        "Buka di aplikasi asalnya, simpan ulang, lalu kirim salinannya.",
    ),
    "file-encoding": out(
        "the text is not {encoding}.",
        'Save the file as UTF-8, or state its encoding in a mapping: [file] encoding = "cp1252"',
        "teksnya bukan {encoding}.",
        'Simpan sebagai UTF-8, atau sebut dalam pemetaan: [file] encoding = "cp1252"',
    ),
    "file-separator": said(
        "columns are separated by {mark}, as the row of headings shows.",
        "Nothing to do if this is right; else state it in a mapping: [file] delimiter",
        "kolom dipisah dengan {mark_id}, sesuai baris judul.",
        "Abaikan bila benar; bila tidak, sebut dalam pemetaan: [file] delimiter",
    ),
    "more-alike": Words(
        True,
        "{count} more rows have the same problem ({code}), up to row {last}.",
        "Put the listed ones right first; the cause is likely the same.",
        "{count} baris lagi punya masalah yang sama ({code}), sampai baris {last}.",
        "Perbaiki dulu yang terdaftar; sebabnya kemungkinan sama.",
    ),
    "zip-large": out(
        "unpacked, the file would hold {size} MiB; at most {most} MiB are opened.",
        "Save the sheet as CSV and bring that.",
        "bila dibuka, isi berkas {size} MiB; paling banyak {most} MiB yang dibuka.",
        "Simpan lembarnya sebagai CSV dan kirim itu.",
    ),
    "zip-ratio": out(
        "part {part} unpacks to {ratio} times its size; such files can stop a machine.",
        "Save the sheet as CSV in a spreadsheet and bring that.",
        "bagian {part} mengembang {ratio} kali; berkas seperti ini bisa menghentikan mesin.",
        "Simpan lembarnya sebagai CSV di aplikasi lembar kerja dan kirim itu.",
    ),
    "zip-name": out(
        "part {part} has a name that leads out of the file.",
        "Do not use this file; ask for it anew from the sender.",
        "bagian {part} bernama yang mengarah ke luar berkas.",
        "Jangan pakai berkas ini; minta ulang dari pengirimnya.",
    ),
    "zip-nested": out(
        "there is another packed file inside ({part}).",
        "Unpack it and bring the table itself.",
        "ada berkas terkemas lain di dalamnya ({part}).",
        "Buka kemasannya dan kirim tabelnya saja.",
    ),
    "zip-macro": out(
        "the workbook holds macros ({part}).",
        "Save it as .xlsx without macros and bring that.",
        "buku kerja ini memuat makro ({part}).",
        "Simpan sebagai .xlsx tanpa makro dan kirim itu.",
    ),
    "zip-locked": out(
        "the workbook is locked with a password, or in the old .xls format.",
        "Save it as .xlsx without password and bring that.",
        "buku kerja ini terkunci kata sandi, atau berformat .xls lama.",
        "Simpan sebagai .xlsx tanpa kata sandi dan kirim itu.",
    ),
    "zip-entity": out(
        "part {part} declares entities; a spreadsheet never does.",
        "Do not use this file; ask for it anew from the sender.",
        "bagian {part} mendeklarasikan entitas; lembar kerja tidak pernah begitu.",
        "Jangan pakai berkas ini; minta ulang dari pengirimnya.",
    ),
    "sheet-links": said(
        "the workbook draws on other files; the values stored in it were used.",
        "Check that they are up to date.",
        "buku kerja ini mengambil dari berkas lain; nilai yang tersimpan yang dipakai.",
        "Periksa apakah nilainya mutakhir.",
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
    "sheet-missing": out(
        "there is no sheet “{sheet}”.",
        "There are: {known}.",
        "tidak ada lembar “{sheet}”.",
        "Yang ada: {known}.",
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
    **COLUMNS,
    **NUMBERS,
    **CODES,
    **TIMES,
    **ROWS,
    **FILES,
    **FEED,
}
