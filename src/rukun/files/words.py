"""What can be wrong with any table that is brought, and what to do about it, in both languages."""

from __future__ import annotations

from typing import Final, NamedTuple


class Words(NamedTuple):
    """Why and what to do, in English and Indonesian; whether the row is kept out."""

    blocking: bool
    why: str
    hint: str
    why_id: str
    hint_id: str


def out(why: str, hint: str, why_id: str, hint_id: str) -> Words:
    """Words of a problem that keeps the row, or the file, out."""
    return Words(True, why, hint, why_id, hint_id)


def said(why: str, hint: str, why_id: str, hint_id: str) -> Words:
    """Words of something that is only said."""
    return Words(False, why, hint, why_id, hint_id)


#: Problems of a file as such, by code; each wing adds its own.
WORDS: Final[dict[str, Words]] = {
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
    "sheet-missing": out(
        "there is no sheet “{sheet}”.",
        "There are: {known}.",
        "tidak ada lembar “{sheet}”.",
        "Yang ada: {known}.",
    ),
    "row-header": said(
        "repeats the headings and was kept out.",
        "Nothing to do.",
        "mengulang judul kolom dan tidak diambil.",
        "Abaikan saja.",
    ),
    "row-cells": out(
        "the row has {cells} cells, the headings {wanted}.",
        "Look for a missing or extra separator, or text with a separator that is not in quotes.",
        "baris ini punya {cells} sel, judulnya {wanted}.",
        "Periksa pemisah yang kurang atau lebih, atau teks berpemisah tanpa tanda kutip.",
    ),
    "row-cut": out(
        "the file ends in the middle of this row ({cells} cells of {wanted}).",
        "The file was cut short: copy or export it again.",
        "berkas berakhir di tengah baris ini ({cells} sel dari {wanted}).",
        "Berkas terpotong: salin atau ekspor ulang.",
    ),
    "row-quote": out(
        "a quotation mark is opened and not closed.",
        'Close it, or double a mark that belongs to the text ("").',
        "tanda kutip dibuka tetapi tidak ditutup.",
        'Tutup tanda kutipnya, atau gandakan bila bagian dari teks ("").',
    ),
    "row-encoding": out(
        "the row holds bytes that are not UTF-8.",
        'Save the file as UTF-8; or, for Windows files, [file] encoding = "cp1252" in a mapping.',
        "baris ini memuat byte yang bukan UTF-8.",
        'Simpan sebagai UTF-8; untuk berkas Windows, [file] encoding = "cp1252" dalam pemetaan.',
    ),
    "text-cleaned": said(
        "invisible or direction-changing characters were taken out of the text.",
        "Nothing to do.",
        "karakter tak terlihat atau pengubah arah dihapus dari teks.",
        "Abaikan saja.",
    ),
    "text-long": said(
        "the text has {length} characters; the first {most} were kept.",
        "Shorten it where the rest matters.",
        "teks ini {length} karakter; {most} karakter pertama disimpan.",
        "Ringkas bila sisanya penting.",
    ),
    "formula-empty": out(
        "a formula without a stored result.",
        "Open the file in a spreadsheet, save it there, and bring it again.",
        "rumus tanpa hasil tersimpan.",
        "Buka berkas di aplikasi lembar kerja, simpan, lalu kirim ulang.",
    ),
}
