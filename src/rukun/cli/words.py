"""The words of the command line in both languages: headings, values, sentences."""

from __future__ import annotations

from typing import Final

from rukun.count.rules.describe import grouped

#: Heading of a column or a table → (English, Indonesian). What is not here is shown as it is.
HEADINGS: Final[dict[str, tuple[str, str]]] = {
    "code": ("code", "kode"),
    "severity": ("weight", "bobot"),
    "contest": ("contest", "pemilihan"),
    "place": ("place", "tempat"),
    "name": ("name", "nama"),
    "kind": ("kind", "jenis"),
    "source": ("source", "sumber"),
    "sources": ("sources", "sumber"),
    "field": ("field", "isian"),
    "stated": ("stated", "tertulis"),
    "text": ("what was found", "temuan"),
    "votes_at_stake": ("votes touched", "suara terkait"),
    "votes_touched": ("votes touched", "suara terkait"),
    "tps_total": ("tps", "TPS"),
    "tps_in": ("tps in", "TPS masuk"),
    "official": ("official in", "resmi masuk"),
    "agreed": ("agreed", "sepakat"),
    "confirmed": ("confirmed", "dikuatkan"),
    "witnessed": ("witnessed", "disaksikan"),
    "single": ("single", "satu sumber"),
    "disputed": ("disputed", "berselisih"),
    "superseded": ("superseded", "digantikan"),
    "missing": ("missing", "belum ada"),
    "state": ("state", "keadaan"),
    "valid": ("valid", "sah"),
    "invalid": ("invalid", "tidak sah"),
    "cast": ("valid and invalid", "sah dan tidak sah"),
    "step": ("step", "langkah"),
    "parts": ("parts", "bagian"),
    "below": ("arrives", "masuk"),
    "above": ("printed", "tercetak"),
    "moved": ("moved", "bergeser"),
    "formula": ("formula", "rumus"),
    "title": ("title", "judul"),
    "law": ("source in law", "dasar hukum"),
    "question": ("question", "pertanyaan"),
    "answer": ("answer", "jawaban"),
    "findings": ("Findings", "Temuan"),
    "agreement": ("Agreement", "Kesepakatan"),
    "states": ("Stations", "TPS"),
    "differences": ("Cells that differ", "Isian yang berbeda"),
    "tally": ("Sums up the chain", "Penjumlahan berjenjang"),
    "outlook": ("What could still change", "Apa yang masih bisa berubah"),
    "trail": ("Vote trail", "Jejak suara"),
    "rules": ("Rules", "Aturan"),
    "verdicts": ("What the screen says", "Kata penyaring"),
    "reasons": ("Why", "Alasan"),
    "post": ("post", "unggahan"),
    "label": ("label", "label"),
    "mode": ("mode", "cara"),
    "score": ("score", "skor"),
    "flagged": ("for a person", "perlu dilihat"),
    "claim": ("about the count", "tentang hitungan"),
    "help": ("needs help", "perlu bantuan"),
    "frame": ("frame", "bingkai"),
    "words": ("words", "kata"),
    "start": ("from", "dari"),
    "end": ("to", "sampai"),
    "why": ("why", "alasan"),
    "claims": ("Claims about the count", "Klaim tentang hitungan"),
    "answers": ("Draft answers", "Rancangan jawaban"),
    "narratives": ("Narratives", "Narasi"),
    "narrative": ("narrative", "narasi"),
    "accounts": ("accounts", "akun"),
    "platforms": ("platforms", "platform"),
    "first_seen": ("first seen (UTC)", "pertama terlihat (UTC)"),
    "strength": ("strength", "kekuatan"),
    "rings": ("Acting together", "Bertindak bersama"),
    "ring": ("group", "kelompok"),
    "members": ("members", "anggota"),
    "pairs": ("pairs", "pasangan"),
    "seen": ("seen together", "terlihat bersama"),
    "expected": ("by chance", "karena kebetulan"),
    "pulse": ("Pulse", "Denyut"),
    "hostile": ("hostile", "bermusuhan"),
    "share": ("share", "bagian"),
    "low": ("from", "dari"),
    "high": ("to", "sampai"),
    "baseline": ("usual", "biasanya"),
    "statement": ("what is said", "yang beredar"),
    "verdict": ("forms", "formulir"),
    "second_mode": ("second reader", "pembaca kedua"),
    "files": ("Files", "Berkas"),
    "file": ("file", "berkas"),
    "format": ("format", "format"),
    "rows": ("rows", "baris"),
    "posts": ("posts", "unggahan"),
    "dropped": ("not kept", "tidak diambil"),
    "new": ("new", "baru"),
    "updated": ("read later", "diperbarui"),
    "known": ("known already", "sudah ada"),
    "differing": ("known, other content", "sudah ada, isi lain"),
    "repeated": ("twice in the file", "ganda di berkas"),
    "left_out": ("Rows that were not kept", "Baris yang tidak diambil"),
    "forgotten": ("Deleted", "Dihapus"),
    "by_platform": ("Deleted, by platform", "Dihapus, menurut platform"),
    "day": ("day", "hari"),
    "platform": ("platform", "platform"),
}

VALUES: Final[dict[str, tuple[str, str]]] = {
    "none": ("none", "tidak ada"),
    "agrees": ("agree", "sesuai"),
    "differs": ("differ", "berbeda"),
    "cannot_be_said": ("cannot say", "belum dapat menyatakan"),
    "hostile": ("hostile", "bermusuhan"),
    "threat": ("threat", "ancaman"),
    "incite": ("incitement", "hasutan"),
    "call": ("call", "ajakan"),
    "condition": ("condition", "bersyarat"),
    "assert": ("statement", "pernyataan"),
    "quote": ("quotation", "kutipan"),
    "negate": ("denial", "penolakan"),
    "report": ("report", "kabar"),
    "joke": ("joke", "gurauan"),
    "error": ("error", "galat"),
    "warning": ("warning", "peringatan"),
    "notice": ("notice", "catatan"),
    "country": ("country", "negara"),
    "province": ("province", "provinsi"),
    "regency": ("regency", "kabupaten/kota"),
    "village": ("village", "desa/kelurahan"),
    "tps": ("tps", "TPS"),
    "copy": ("copy", "salinan"),
    "sum": ("sum", "jumlah"),
    "agreed": ("agreed", "sepakat"),
    "confirmed": ("confirmed", "dikuatkan"),
    "witnessed": ("witnessed", "disaksikan"),
    "single": ("single", "satu sumber"),
    "disputed": ("disputed", "berselisih"),
    "superseded": ("superseded", "digantikan"),
    "missing": ("missing", "belum ada"),
    "strong": ("strong", "kuat"),
    "look": ("to look into", "perlu dilihat"),
    "known": ("known openly", "dikenal terbuka"),
    "rise": ("rise", "lonjakan"),
    "raised": ("raised", "meninggi"),
    "usual": ("usual", "biasa"),
    "unknown": ("unknown", "belum dapat dinilai"),
    "all": ("everything", "semuanya"),
    "taken": ("taken", "diambil"),
    "again": ("taken before", "sudah pernah diambil"),
    "refused": ("not taken", "tidak diambil"),
}

SENTENCES: Final[dict[str, tuple[str, str]]] = {
    "flagged_count": (
        "{n} of {of} posts may need a person's decision.",
        "{n} dari {of} unggahan mungkin perlu keputusan manusia.",
    ),
    "claims_count": (
        "Claims about the count: {n}; of {open} the forms cannot say.",
        "Klaim tentang hitungan: {n}; tentang {open} formulir belum dapat menyatakan.",
    ),
    "weights_written": (
        "Weights from {n} sentences are in {path}.",
        "Bobot dari {n} kalimat ada di {path}.",
    ),
    "card_written": (
        "The model card of {weights} is in {path}.",
        "Kartu model {weights} ada di {path}.",
    ),
    "posts_read": (
        "{files} files, {rows} rows: {posts} posts, {dropped} rows not kept. "
        "New: {new}, read later than before: {updated}, known already: {known}.",
        "{files} berkas, {rows} baris: {posts} unggahan, {dropped} baris tidak diambil. "
        "Baru: {new}, diperbarui: {updated}, sudah ada: {known}.",
    ),
    "working_out": ("Working through the posts", "Mengolah unggahan"),
    "narratives_count": (
        "{n} narratives hold {posts} of {of} posts.",
        "{n} narasi memuat {posts} dari {of} unggahan.",
    ),
    "rings_count": (
        "{n} groups of accounts act together more than chance explains.",
        "{n} kelompok akun bertindak bersama melebihi kebetulan.",
    ),
    "pulse_count": (
        "{rises} rises and {raised} raised days; of {unknown} of {of} places and days nothing can "
        "be said.",
        "{rises} lonjakan dan {raised} hari meninggi; {unknown} dari {of} tempat dan hari belum "
        "dapat dinilai.",
    ),
    "watching": (
        "Watching {folder}; what became of each file stands in {report}. Ctrl+C ends.",
        "Memantau {folder}; nasib tiap berkas tercatat di {report}. Ctrl+C untuk berhenti.",
    ),
    "watch_taken": (
        "{file}: {rows} rows, {posts} posts, {new} of them new. {why}",
        "{file}: {rows} baris, {posts} unggahan, {new} di antaranya baru. {why}",
    ),
    "watch_again": (
        "{file}: the same content was taken before; nothing was counted twice.",
        "{file}: isi yang sama sudah pernah diambil; tidak ada yang dihitung dua kali.",
    ),
    "watch_refused": ("{file}: not taken. {why}", "{file}: tidak diambil. {why}"),
    "forget_early": (
        "Nothing is due before {day}; nothing was deleted.",
        "Belum waktunya sebelum {day}; tidak ada yang dihapus.",
    ),
    "forgotten_posts": (
        "{n} posts from before {day} were deleted, with handles and files of which nothing is left. "
        "Codes to keep: {kept}.",
        "{n} unggahan sebelum {day} dihapus, beserta nama akun dan berkas yang tidak tersisa lagi. "
        "Kode yang disimpan: {kept}.",
    ),
    "reading": ("Reading {name}", "Membaca {name}"),
    "checking": ("Checking", "Memeriksa"),
    "comparing": ("Comparing", "Membandingkan"),
    "adding": ("Adding up", "Menjumlahkan"),
    "exercise": (
        "EXERCISE: these figures come from forms or posts that are made up for practice.",
        "LATIHAN: angka ini berasal dari formulir atau unggahan yang dibuat untuk latihan.",
    ),
    "more_problems": (
        "… and {n} more; --problems FILE.csv writes all of them.",
        "… dan {n} lagi; --problems BERKAS.csv menulis semuanya.",
    ),
    "problems_written": ("All problems are in {path}.", "Semua masalah ada di {path}."),
    "in_sheet": ("sheet {what}", "lembar {what}"),
    "in_row": ("row {what}", "baris {what}"),
    "in_column": ("column {what}", "kolom {what}"),
    "refused": (
        "Some rows could not be taken; what follows is without them.",
        "Sebagian baris tidak dapat diambil; hasil berikut tanpa baris itu.",
    ),
    "checked": (
        "Forms checked: {forms}. Errors: {error}, warnings: {warning}, notices: {notice}.",
        "Formulir diperiksa: {forms}. Galat: {error}, peringatan: {warning}, catatan: {notice}.",
    ),
    "more_rows": (
        "The first {shown} of {all} are shown; --csv or --json gives all.",
        "{shown} pertama dari {all} ditampilkan; --csv atau --json memberi semuanya.",
    ),
    "agree": (
        "{contest}: both camps' witnesses and the official form agree, cell by cell, in {agreed} "
        "of {total} stations; {disputed} differ and touch {votes} votes.",
        "{contest}: saksi kedua kubu dan formulir resmi sama, isian demi isian, di {agreed} dari "
        "{total} TPS; {disputed} berselisih, menyangkut {votes} suara.",
    ),
    "trail_moved": (
        "{choice}: steps that moved a vote: {moved} of {steps}; votes moved in sum: {net}.",
        "{choice}: langkah yang menggeser suara: {moved} dari {steps}; jumlah pergeseran: {net}.",
    ),
    "trail_still": (
        "{choice}: no step of {steps} moved a vote.",
        "{choice}: tidak ada langkah dari {steps} yang menggeser suara.",
    ),
    "trail_unknown": (
        "{n} steps cannot be judged: one side is not stated.",
        "{n} langkah tidak dapat dinilai: satu sisi tidak tertulis.",
    ),
    "template_written": (
        "Wrote {path}. One row is one form; leave a cell empty where the form does not state it.",
        "{path} ditulis. Satu baris satu formulir; kosongkan isian yang tidak tertulis.",
    ),
    "yes": ("yes", "ya"),
    "no": ("no", "tidak"),
    "coverage": ("Stations in", "TPS masuk"),
    "coverage_is": ("{n} of {all} ({disputed} disputed)", "{n} dari {all} ({disputed} berselisih)"),
    "leader": ("Ahead", "Unggul"),
    "leader_is": ("{name}, {votes} votes", "{name}, {votes} suara"),
    "margin": ("Margin", "Selisih"),
    "margin_is": ("{n} votes", "{n} suara"),
    "outstanding": (
        "Ballots not settled yet, at most",
        "Surat suara yang belum pasti, paling banyak",
    ),
    "can_change": ("Can the winner still change?", "Apakah pemenang masih bisa berganti?"),
    "flip": (
        "Stations that would have to be wholly wrong",
        "TPS yang harus salah seluruhnya agar berganti",
    ),
    "flip_none": ("even all would not do", "semua pun tidak cukup"),
    "flip_is": ("at least {n}", "sedikitnya {n}"),
    "half": ("More than half of valid votes?", "Lebih dari separuh suara sah?"),
    "half_open": ("Can that still change?", "Apakah itu masih bisa berubah?"),
    "dispute": ("Threshold of Pasal 158", "Ambang Pasal 158"),
    "dispute_is": (
        "{exact} votes (rounded up {up}); the margin is {side}",
        "{exact} suara (dibulatkan ke atas {up}); selisihnya {side}",
    ),
    "within": ("within it", "di dalam ambang"),
    "outside": (
        "outside it (the court has heard such cases too)",
        "di luar ambang (Mahkamah juga pernah memeriksa yang demikian)",
    ),
    "dispute_open": ("Can that side still change?", "Apakah itu masih bisa berubah?"),
    "nothing_in": ("no station is in yet", "belum ada TPS yang masuk"),
    "preparing": ("Preparing the room …", "Menyiapkan ruang …"),
    "logins": ("Exercise log-ins:", "Akun latihan:"),
    "open": (
        "The room is open at {address} (Ctrl+C closes it).",
        "Ruang terbuka di {address} (Ctrl+C untuk menutup).",
    ),
    "fault": (
        "This is a fault in Rukun, not in your files (reference {reference}).",
        "Ini kesalahan Rukun, bukan berkas Anda (rujukan {reference}).",
    ),
    "fault_file": (
        "Please report it with the file {path}.",
        "Mohon laporkan bersama berkas {path}.",
    ),
    "rules_count": ("{n} rules.", "{n} aturan."),
}


def heading(name: str, lang: str) -> str:
    """The heading of a column or table in the reader's language."""
    return _pick(HEADINGS.get(name, (name, name)), lang)


def value(item: object, lang: str) -> str:
    """A cell in words: empty where nothing is stated, yes and no for truth values."""
    if item is None:
        return ""
    if isinstance(item, bool):
        return say("yes" if item else "no", lang)
    text = str(item)
    return _pick(VALUES.get(text, (text, text)), lang)


def say(key: str, lang: str, **parts: object) -> str:
    """The sentence ``key`` with its parts; whole numbers are grouped."""
    written = {k: number(v) if isinstance(v, int) else v for k, v in parts.items()}
    return _pick(SENTENCES[key], lang).format(**written)


def number(n: int) -> str:
    """A whole number grouped by thin spaces, with a true minus sign."""
    return ("−" if n < 0 else "") + grouped(abs(n))


def thousandths(n: int, lang: str) -> str:
    """An exact number given in thousandths, without trailing zeros; the mark is the language's."""
    whole, rest = divmod(n, 1000)
    tail = f"{rest:03d}".rstrip("0")
    comma = "," if lang == "id" else "."
    return number(whole) + (comma + tail if tail else "")


def _pick(pair: tuple[str, str], lang: str) -> str:
    return pair[1] if lang == "id" else pair[0]
