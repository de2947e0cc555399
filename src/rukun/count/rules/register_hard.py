"""H1–H12 in words: what must hold on one form, and where on the paper to look."""

from __future__ import annotations

from typing import Final

from rukun.count.rules.hard import LISTS, PEOPLE, SEXES
from rukun.count.rules.model import Rule, Text

_FORM = "C.HASIL-KWK"
_KEEP = Text(
    "Type what the paper says, also where it does not add up.",
    "Ketik apa yang tertulis di formulir, juga bila jumlahnya tidak cocok.",
)
_RECORD = Text(
    "If the paper itself is wrong, it is corrected at the recapitulation, initialled and recorded.",
    "Bila formulirnya sendiri keliru, pembetulan dilakukan saat rekapitulasi, diparaf, dan dicatat.",
)


def _join(first: Text, second: Text) -> Text:
    return Text(f"{first.en} {second.en}", f"{first.id} {second.id}")


def _hard(
    code: str,
    formula: str,
    title: Text,
    law: Text,
    fields: tuple[str, ...],
    look: Text,
    compare: Text,
    finding: Text,
) -> Rule:
    return Rule(
        code=code,
        severity="error",
        kind="hard",
        formula=formula,
        title=title,
        law=law,
        fields=fields,
        typist=_join(look, _KEEP),
        coordinator=_join(compare, _RECORD),
        finding=finding,
        variants={},
    )


def _names(what: str) -> tuple[str, ...]:
    return tuple(f"{what}_{kind}{s}" for kind in (*LISTS, "") for s in SEXES)


HARD: Final[tuple[Rule, ...]] = (
    _hard(
        "H1",
        "x_L + x_P = x_J for x in D, P, T, N, uD, uP, uT, U, H, uH",
        Text("Men and women make the total", "Laki-laki dan perempuan sama dengan jumlah"),
        Text(f"{_FORM}, columns L, P and J", f"{_FORM}, kolom L, P, dan J"),
        tuple(f"{x}{s}" for x in PEOPLE for s in SEXES),
        Text(
            "Read the three columns of this row again: men, women, total.",
            "Baca ulang ketiga kolom baris ini: laki-laki, perempuan, jumlah.",
        ),
        Text(
            "Compare this row on the photo with the witnesses' copies, digit by digit.",
            "Bandingkan baris ini pada foto dengan salinan para saksi, angka demi angka.",
        ),
        Text(
            "{field}: {found} stated; men and women together make {expected}.",
            "{field}: tertulis {found}; laki-laki dan perempuan berjumlah {expected}.",
        ),
    ),
    _hard(
        "H2",
        "N_s = D_s + P_s + T_s, s in L, P, J",
        Text("The voter lists make all voters", "Ketiga daftar pemilih sama dengan jumlah"),
        Text(f"{_FORM}, I.A row 4 (1+2+3)", f"{_FORM}, I.A baris 4 (1+2+3)"),
        _names("registered"),
        Text(
            "Read rows 1 to 4 of I.A again in this column.",
            "Baca ulang baris 1 sampai 4 bagian I.A pada kolom ini.",
        ),
        Text(
            "Compare rows 1 to 3 of I.A with the voter list and the lists of moved and added voters.",
            "Bandingkan baris 1–3 bagian I.A dengan DPT serta daftar pemilih pindahan dan tambahan.",
        ),
        Text(
            "{field}: {found} stated; the three voter lists make {expected}.",
            "{field}: tertulis {found}; ketiga daftar pemilih berjumlah {expected}.",
        ),
    ),
    _hard(
        "H3",
        "U_s = uD_s + uP_s + uT_s, s in L, P, J",
        Text("The attendance lists make all who voted", "Ketiga daftar hadir sama dengan jumlah"),
        Text(f"{_FORM}, I.B row 4 (1+2+3)", f"{_FORM}, I.B baris 4 (1+2+3)"),
        _names("voters"),
        Text(
            "Read rows 1 to 4 of I.B again in this column.",
            "Baca ulang baris 1 sampai 4 bagian I.B pada kolom ini.",
        ),
        Text(
            "Compare rows 1 to 3 of I.B with the three attendance lists of the station.",
            "Bandingkan baris 1–3 bagian I.B dengan ketiga daftar hadir TPS.",
        ),
        Text(
            "{field}: {found} stated; the three attendance lists make {expected}.",
            "{field}: tertulis {found}; ketiga daftar hadir berjumlah {expected}.",
        ),
    ),
    _hard(
        "H4",
        "R = G + S + K",
        Text("Every ballot received is accounted for", "Semua surat suara diterima terhitung"),
        Text(f"{_FORM}, II: received (2+3+4)", f"{_FORM}, II: diterima (2+3+4)"),
        ("ballots_received", "ballots_used", "ballots_returned", "ballots_unused"),
        Text(
            "Read section II by its labels, not by row number: their order differs between prints.",
            "Baca bagian II menurut labelnya, bukan nomor baris: urutannya berbeda antarcetakan.",
        ),
        Text(
            "Compare section II with the delivery note and with the sealed unused and returned "
            "ballots as they were recorded.",
            "Bandingkan bagian II dengan berita acara serah terima serta catatan surat suara tidak "
            "digunakan dan dikembalikan yang disegel.",
        ),
        Text(
            "{field}: {found} stated; used, returned and unused ballots make {expected}.",
            "{field}: tertulis {found}; digunakan, dikembalikan, dan tidak digunakan berjumlah "
            "{expected}.",
        ),
    ),
    _hard(
        "H5",
        "V = Σ v_i (the empty box is one of the i)",
        Text("The votes of all choices make the valid votes", "Jumlah suara pilihan = suara sah"),
        Text(f"{_FORM}, V.A", f"{_FORM}, V.A"),
        ("votes_n", "valid"),
        Text(
            "Read the votes of every choice in section IV and row V.A again, digits and words.",
            "Baca ulang suara setiap pilihan di bagian IV dan baris V.A, angka dan hurufnya.",
        ),
        Text(
            "Add up the tally rows of every choice on the photo and compare digits, bubbles and words.",
            "Jumlahkan turus setiap pilihan pada foto lalu bandingkan angka, bulatan, dan huruf.",
        ),
        Text(
            "{field}: {found} stated; the votes of all choices make {expected}.",
            "{field}: tertulis {found}; suara semua pilihan berjumlah {expected}.",
        ),
    ),
    _hard(
        "H6",
        "W = V + I",
        Text("Valid and invalid make all votes", "Suara sah + tidak sah = seluruh suara"),
        Text(f"{_FORM}, V.C", f"{_FORM}, V.C"),
        ("valid", "invalid", "cast"),
        Text(
            "Read rows V.A, V.B and V.C again, digits and words.",
            "Baca ulang baris V.A, V.B, dan V.C, angka dan hurufnya.",
        ),
        Text(
            "Compare the tally of invalid votes with row V.B, and section V with every witness's copy.",
            "Bandingkan turus suara tidak sah dengan baris V.B, dan bagian V dengan salinan saksi.",
        ),
        Text(
            "{field}: {found} stated; valid and invalid votes make {expected}.",
            "{field}: tertulis {found}; suara sah dan tidak sah berjumlah {expected}.",
        ),
    ),
    _hard(
        "H7",
        "G = W",
        Text("Ballots used equal the votes counted", "Surat suara digunakan = suara dihitung"),
        Text("Perbawaslu 15/2024 Art. 23(1)a–c", "Perbawaslu 15/2024 Pasal 23 ayat (1) huruf a–c"),
        ("ballots_used", "cast"),
        Text(
            "Read “ballots used” in section II and row V.C again.",
            "Baca ulang “surat suara digunakan” di bagian II dan baris V.C.",
        ),
        Text(
            "Compare section II with V.C, and look for a note in the incident form.",
            "Bandingkan bagian II dengan V.C dan cari catatan di formulir kejadian khusus.",
        ),
        Text(
            "{field}: {found} stated; {expected} votes were counted.",
            "{field}: tertulis {found}; suara yang dihitung {expected}.",
        ),
    ),
    _hard(
        "H8",
        "U = W",
        Text("Those who voted equal the votes counted", "Pengguna hak pilih = suara dihitung"),
        Text(
            "Perbawaslu 15/2024 Art. 22(1)b.5; under Art. 33(2)b a break is itself a ground for a "
            "recount",
            "Perbawaslu 15/2024 Pasal 22 ayat (1) huruf b angka 5; menurut Pasal 33 ayat (2) huruf "
            "b selisihnya sendiri menjadi alasan penghitungan ulang",
        ),
        ("voters_j", "cast"),
        Text(
            "Read row 4 of I.B (total) and row V.C again.",
            "Baca ulang baris 4 bagian I.B (jumlah) dan baris V.C.",
        ),
        Text(
            "Compare the three attendance lists with V.C, and ask the supervisor of the station for "
            "their note: a real difference is a ground for a recount.",
            "Bandingkan ketiga daftar hadir dengan V.C dan minta catatan pengawas TPS: selisih yang "
            "nyata menjadi alasan penghitungan ulang.",
        ),
        Text(
            "{field}: {found} stated; {expected} votes were counted.",
            "{field}: tertulis {found}; suara yang dihitung {expected}.",
        ),
    ),
    _hard(
        "H9",
        "uD_s ≤ D_s; uP_s ≤ P_s; uT_s ≤ T_s",
        Text("No more voted than were listed", "Yang memilih tidak melebihi yang terdaftar"),
        Text(f"{_FORM}, definition of I.A and I.B", f"{_FORM}, pengertian I.A dan I.B"),
        tuple(f"{w}_{k}{s}" for w in ("registered", "voters") for k in LISTS for s in SEXES),
        Text(
            "Read this row of I.A and of I.B again: were two rows or two columns exchanged?",
            "Baca ulang baris ini di I.A dan I.B: apakah dua baris atau dua kolom tertukar?",
        ),
        Text(
            "Compare I.A with the voter list of the station. Voters of the list who came after noon "
            "have been written as moved voters before.",
            "Bandingkan I.A dengan DPT TPS. Pernah terjadi pemilih DPT yang datang setelah pukul "
            "12.00 dicatat sebagai pindahan.",
        ),
        Text(
            "{field}: {found}, more than the {expected} on the list.",
            "{field}: {found}, melebihi {expected} yang terdaftar.",
        ),
    ),
    _hard(
        "H10",
        "uH_s ≤ min(H_s, U_s)",
        Text(
            "Voters with a disability are a part of both lists",
            "Pemilih disabilitas adalah bagian dari kedua daftar",
        ),
        Text(
            f"{_FORM}, definition of III, where printed", f"{_FORM}, pengertian III, bila dicetak"
        ),
        tuple(
            f"{x}_{s}" for x in ("disabled_registered", "disabled_voters", "voters") for s in SEXES
        ),
        Text("Read section III again, row by row.", "Baca ulang bagian III, baris demi baris."),
        Text(
            "Compare section III with the notes on the attendance list.",
            "Bandingkan bagian III dengan catatan pada daftar hadir.",
        ),
        Text(
            "{field}: {found}; at most {expected} can be right.",
            "{field}: {found}; paling banyak {expected} yang mungkin.",
        ),
    ),
    _hard(
        "H11",
        "U ≤ R, I ≤ W, v_i ≤ V; every figure from 0 to 999",
        Text("A part is not larger than its whole", "Bagian tidak melebihi keseluruhannya"),
        Text(
            f"{_FORM}: follows from H4–H8; three boxes", f"{_FORM}: akibat H4–H8; tiga kotak angka"
        ),
        ("voters_j", "ballots_received", "invalid", "cast", "votes_n", "valid"),
        Text(
            "Read this figure again: is there a digit too many, or two rows exchanged?",
            "Baca ulang angka ini: apakah kelebihan satu angka, atau dua baris tertukar?",
        ),
        Text(
            "Look at the boxes on the photo: three digits at most, also in the words.",
            "Lihat kotak angka pada foto: paling banyak tiga angka, juga dalam huruf.",
        ),
        Text(
            "{field}: {found}; the limit is {expected}.", "{field}: {found}; batasnya {expected}."
        ),
    ),
    _hard(
        "H12",
        "Σ tally rows = v_i; digits = bubbles = words",
        Text("Tally, digits and words say the same", "Turus, angka, dan huruf sama"),
        Text(f"{_FORM}, page 2", f"{_FORM}, halaman 2"),
        (),
        Text(
            "The tables hold no tally rows, so this is never judged here: compare tally, digits, "
            "bubbles and words on page 2 by eye.",
            "Tabel tidak memuat turus, jadi ini tidak pernah dinilai di sini: bandingkan turus, "
            "angka, bulatan, dan huruf di halaman 2 dengan mata.",
        ),
        Text(
            "Not checkable from these tables: look at page 2 of the photo where another rule breaks.",
            "Tidak dapat diperiksa dari tabel ini: lihat halaman 2 pada foto bila aturan lain "
            "dilanggar.",
        ),
        Text("{field}: not checkable from these tables.", "{field}: tidak dapat diperiksa."),
    ),
)
