"""The sentences of draft answers, English and Indonesian. No blame, no guess, no verdict on people."""

from __future__ import annotations

from typing import Final

#: Key → (English, Indonesian).
TEXTS: Final[dict[str, tuple[str, str]]] = {
    "exercise": (
        "EXERCISE – the figures come from forms that are made up for practice.",
        "LATIHAN – angkanya berasal dari formulir yang dibuat untuk latihan.",
    ),
    "told": ("It is said: {what}.", "Yang beredar: {what}."),
    "told_of": ("It is said of {place}: {what}.", "Yang beredar tentang {place}: {what}."),
    "form": ("{sources}: {figures}.", "{sources}: {figures}."),
    "version": ("{form}, version {version}", "{form}, versi {version}"),
    "agrees": (
        "The forms state the same.",
        "Formulir menyatakan hal yang sama.",
    ),
    "differs": (
        "The forms state something else.",
        "Formulir menyatakan hal yang berbeda.",
    ),
    "agrees_event": (
        "The forms at hand show this.",
        "Formulir yang ada menunjukkan hal itu.",
    ),
    "differs_event": (
        "The forms at hand do not show this.",
        "Formulir yang ada tidak menunjukkan hal itu.",
    ),
    "cannot_be_said": (
        "Whether this is so cannot be said yet.",
        "Benar atau tidaknya belum dapat dinyatakan.",
    ),
    "sources-differ": (
        "The sources differ on this figure: {sources}. Rukun does not say which of them is right; "
        "the recapitulation decides.",
        "Sumber-sumbernya berbeda tentang angka ini: {sources}. Rukun tidak menyatakan mana yang "
        "benar; rekapitulasi yang menentukan.",
    ),
    "no-form": (
        "No form of this place is at hand.",
        "Formulir untuk tempat ini belum ada di tangan kami.",
    ),
    "incomplete": (
        "Official forms of {there} of {total} stations are in; a total would be a guess.",
        "Formulir resmi baru masuk dari {there} dari {total} TPS; jumlah keseluruhan masih dugaan.",
    ),
    "stations-differ": (
        "At {differing} of the stations below, sources differ; the sum is not settled.",
        "Di {differing} TPS di bawahnya sumber-sumber berbeda; jumlahnya belum pasti.",
    ),
    "not-stated": (
        "The forms at hand do not state this figure.",
        "Formulir yang ada tidak memuat angka ini.",
    ),
    "one-source": (
        "Only one source states it so far ({sources}); the official form or a second independent "
        "source is needed.",
        "Baru satu sumber yang menyatakannya ({sources}); perlu formulir resmi atau sumber "
        "independen kedua.",
    ),
    "copy-only": (
        "Only a copy or the publication states it ({sources}); the form itself is not at hand.",
        "Baru salinan atau publikasi yang menyatakannya ({sources}); formulirnya belum ada.",
    ),
    "contest": (
        "It is not said which contest is meant, and the forms of the contests do not give the same "
        "answer.",
        "Tidak disebut pemilihan yang mana, dan formulir tiap pemilihan memberi jawaban yang "
        "berbeda.",
    ),
    "not-on-form": (
        "The forms of the count do not record this. Incidents at a station are written in the "
        "special form (KEJADIAN KHUSUS); the election supervisor can be asked.",
        "Formulir hasil tidak mencatat hal ini. Kejadian di TPS ditulis dalam formulir KEJADIAN "
        "KHUSUS; pengawas pemilu dapat ditanya.",
    ),
    "earlier-version": (
        "The forms at hand state the later figure. Whether another figure stood there before, they "
        "do not show.",
        "Formulir yang ada memuat angka yang kemudian. Apakah sebelumnya tertulis angka lain, tidak "
        "terlihat di sana.",
    ),
    "replaced": (
        "This station's result has been replaced; the new form is not at hand.",
        "Hasil TPS ini telah diganti; formulir barunya belum ada.",
    ),
    "place": (
        "It is not said which place is meant.",
        "Tidak disebut tempat mana yang dimaksud.",
    ),
    "place-ambiguous": (
        "More than one place may be meant: {candidates}.",
        "Tempat yang dimaksud bisa lebih dari satu: {candidates}.",
    ),
    "station-unknown": (
        "There is no station of that number in this list of stations.",
        "TPS dengan nomor itu tidak ada dalam daftar TPS ini.",
    ),
    "elsewhere": (
        "The place is outside this election's area.",
        "Tempatnya di luar wilayah pemilihan ini.",
    ),
    "choice": (
        "It is not said which pair is meant.",
        "Tidak disebut pasangan mana yang dimaksud.",
    ),
    "row": (
        "It is not said which ballots are meant: received, used, returned or unused.",
        "Tidak disebut surat suara mana yang dimaksud: diterima, digunakan, dikembalikan, atau "
        "tidak digunakan.",
    ),
    "one-digit": (
        "The two numbers differ in one digit; it may be a typing slip.",
        "Kedua angka berbeda pada satu digit; mungkin salah ketik.",
    ),
    "swapped": (
        "Two neighbouring digits have changed places; it may be a typing slip.",
        "Dua digit yang berdekatan bertukar tempat; mungkin salah ketik.",
    ),
    "dropped": (
        "A digit is missing; it may be a typing slip.",
        "Ada satu digit yang kurang; mungkin salah ketik.",
    ),
    "added": (
        "There is a digit too many; it may be a typing slip.",
        "Ada satu digit yang lebih; mungkin salah ketik.",
    ),
    "several": (
        "The numbers differ in two places; it may be a typing slip.",
        "Kedua angka berbeda di dua tempat; mungkin salah ketik.",
    ),
    "turnout-as-share": (
        "{value} is the turnout, not a share of the votes.",
        "{value} adalah tingkat kehadiran pemilih, bukan persentase perolehan suara.",
    ),
    "other-choice": (
        "The figure is that of the other line: {field}.",
        "Angka itu milik baris lain: {field}.",
    ),
    "other-row": (
        "The figure is that of another row of the form: {field}.",
        "Angka itu ada pada baris lain di formulir: {field}.",
    ),
    "other-contest": (
        "It is the figure of another contest: {contest}.",
        "Angka itu milik pemilihan lain: {contest}.",
    ),
    "other-place": (
        "It is the figure of another place: {place}.",
        "Angka itu milik tempat lain: {place}.",
    ),
    "findings": (
        "Checks of this place's forms also found: {list}",
        "Pemeriksaan formulir tempat ini juga menemukan: {list}",
    ),
    "interim": (
        "Station forms can still be corrected at the recapitulation.",
        "Formulir TPS masih dapat dibetulkan saat rekapitulasi.",
    ),
    "list": ("Voter list (DPT)", "Daftar pemilih tetap (DPT)"),
    "sum": ("sum of the official forms of all stations", "jumlah formulir resmi seluruh TPS"),
    "c_hasil": ("C.HASIL", "C.HASIL"),
    "c_hasil_recount": ("C.HASIL, recount", "C.HASIL, penghitungan ulang"),
    "c_hasil_psu": ("C.HASIL, repeated vote", "C.HASIL, pemungutan suara ulang"),
    "d_hasil": ("D.HASIL", "D.HASIL"),
    "votes": ("votes for pair {number}", "suara pasangan nomor urut {number}"),
    "box": ("votes for the empty box", "suara kolom kosong"),
    "share": ("share of valid votes, pair {number}", "persentase suara sah pasangan {number}"),
    "turnout": ("turnout", "tingkat kehadiran pemilih"),
    "margin": ("margin", "selisih suara"),
    "voters_j": ("voters who came", "pemilih yang hadir"),
    "registered_tetap_j": ("voters on the list (DPT)", "pemilih dalam DPT"),
    "winner": ("pair {number} is ahead", "pasangan nomor urut {number} unggul"),
    "loser": ("pair {number} is behind", "pasangan nomor urut {number} kalah"),
    "over_voters": (
        "more votes than voters who came",
        "suara lebih banyak dari pemilih yang hadir",
    ),
    "over_list": ("more votes than voters on the list", "suara lebih banyak dari DPT"),
    "box_opened": ("a ballot box was opened", "kotak suara dibuka"),
    "seal_broken": ("a seal was broken or missing", "segel rusak atau tidak ada"),
    "swapped_votes": ("the votes of two pairs were swapped", "suara dua pasangan tertukar"),
    "vanished_votes": ("votes were lost", "suara hilang"),
    "added_votes": ("votes were added", "suara bertambah"),
    "altered": ("a figure or a form was changed", "angka atau formulir diubah"),
    "about": ("about {value}", "sekitar {value}"),
    "least": ("at least {value}", "sedikitnya {value}"),
    "most": ("at most {value}", "paling banyak {value}"),
    "in_contest": (" ({contest})", " ({contest})"),
    "worked_out": ("worked out", "dihitung dari isian lain"),
    "to": ("{first}, then {second}", "{first}, kemudian {second}"),
}
MONTHS: Final = {
    "en": "January February March April May June July August September October November December",
    "id": "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember",
}


def text(key: str, lang: str, **parts: object) -> str:
    """The sentence ``key`` in ``en`` or ``id`` with its parts."""
    return TEXTS[key][lang == "id"].format(**parts)
