"""What the vault and the archive refuse, in both languages."""

from __future__ import annotations

from typing import Final

from rukun.errors import UserError

#: Code → (what is wrong, what to do) in English, then in Indonesian.
REFUSALS: Final[dict[str, tuple[str, str, str, str]]] = {
    "vault-open": (
        "others on this machine may look into the vault.",
        "Close it to them: chmod 700 on this folder.",
        "pengguna lain di mesin ini dapat melihat isi brankas.",
        "Tutup bagi mereka: chmod 700 pada folder ini.",
    ),
    "vault-key": (
        "the key of the aliases is gone, is damaged, or is not the one these aliases were made with.",
        "Put the key from your backup back. With a new key no account would be recognised again.",
        "kunci alias hilang, rusak, atau bukan kunci yang dipakai membuat alias ini.",
        "Kembalikan kunci dari cadangan. Dengan kunci baru, tidak ada akun yang dikenali lagi.",
    ),
    "vault-gone": (
        "the vault is not there, and posts are in the archive under its aliases.",
        "Connect its disk, or put it back from your backup. No new one is made in its place.",
        "brankas tidak ada, padahal arsip berisi unggahan dengan aliasnya.",
        "Hubungkan disknya, atau kembalikan dari cadangan. Brankas baru tidak dibuat.",
    ),
    "vault-moving": (
        "not everything bears the aliases of the last change of the key yet.",
        "Start the site or its worker once: it finishes that change. Then change the key again.",
        "belum semuanya memakai alias dari pergantian kunci terakhir.",
        "Jalankan situs atau pekerjanya sekali: pergantian itu diselesaikan. Lalu ganti kuncinya lagi.",
    ),
    "vault-write": (
        "the vault cannot be written ({error}).",
        "Make room on the disk or give write access, and do the same again; nothing was lost.",
        "brankas tidak dapat ditulis ({error}).",
        "Kosongkan ruang disk atau beri izin tulis, lalu ulangi; tidak ada yang hilang.",
    ),
    "vault-damaged": (
        "the file of handles in the vault cannot be read.",
        "Put the vault from your backup back, key and handles together.",
        "berkas nama akun di brankas tidak dapat dibaca.",
        "Kembalikan brankas dari cadangan, kunci beserta nama akunnya.",
    ),
    "archive-write": (
        "the archive cannot be written ({error}).",
        "Make room on the disk or give write access, and do the same again; it is as it was before.",
        "arsip tidak dapat ditulis ({error}).",
        "Kosongkan ruang disk atau beri izin tulis, lalu ulangi; arsip masih seperti semula.",
    ),
    "archive-unreadable": (
        "the archive cannot be read ({error}).",
        "Give read access to its folder, or name the right one.",
        "arsip tidak dapat dibaca ({error}).",
        "Beri izin baca pada foldernya, atau sebutkan folder yang benar.",
    ),
    "archive-damaged": (
        "a part of the archive is missing or damaged ({part}).",
        "Put this file from your backup back.",
        "satu bagian arsip hilang atau rusak ({part}).",
        "Kembalikan berkas ini dari cadangan.",
    ),
    "archive-manifest": (
        "line {line} of the archive's manifest cannot be read.",
        "Put manifest.jsonl from your backup back.",
        "baris {line} pada manifest arsip tidak dapat dibaca.",
        "Kembalikan manifest.jsonl dari cadangan.",
    ),
    "archive-old": (
        "the manifest is older than the parts of the archive.",
        "Put the latest manifest.jsonl from your backup back; nothing is deleted until then.",
        "manifest lebih lama daripada bagian-bagian arsip.",
        "Kembalikan manifest.jsonl terbaru dari cadangan; sebelum itu tidak ada yang dihapus.",
    ),
    "file-changed": (
        "the file changed while it was read.",
        "Wait until the tool that writes it is done, and take it again.",
        "berkas berubah saat dibaca.",
        "Tunggu sampai alat yang menulisnya selesai, lalu ambil lagi.",
    ),
    "file-unreadable": (
        "the file cannot be read ({error}).",
        "Give read access to it, or take it away.",
        "berkas tidak dapat dibaca ({error}).",
        "Beri izin baca, atau pindahkan berkasnya.",
    ),
    "file-fault": (
        "a fault in Rukun ({kind}) kept this file out, not the file.",
        "Please report it; rukun talk read FILE keeps a trace of it.",
        "kesalahan Rukun ({kind}), bukan berkasnya, membuat berkas ini tidak terambil.",
        "Mohon laporkan; rukun talk read BERKAS menyimpan jejaknya.",
    ),
    "watch-folder": (
        "there is no such folder.",
        "Name the folder into which exports are put.",
        "folder ini tidak ada.",
        "Sebutkan folder tempat ekspor ditaruh.",
    ),
    "watch-inside": (
        "this folder lies in the collection itself.",
        "Name another folder for what comes in.",
        "folder ini berada di dalam koleksi itu sendiri.",
        "Sebutkan folder lain untuk berkas yang masuk.",
    ),
    "archive-none": (
        "there is no archive of posts here.",
        "Read files into it first: rukun talk read FILE --into DIR.",
        "tidak ada arsip unggahan di sini.",
        "Isi dahulu: rukun talk read BERKAS --into DIR.",
    ),
}


def refusal(code: str, where: object = "", **parts: object) -> UserError:
    """The error with this code, its texts filled in."""
    message, hint, message_id, hint_id = (t.format(**parts) for t in REFUSALS[code])
    return UserError(code, message, hint, str(where), message_id=message_id, hint_id=hint_id)
