"""P1–P7 and C1–C5 in words: what is unusual, and how the two contests of a place fit together."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from rukun.count.findings import Severity
from rukun.count.rules.hard import SEXES
from rukun.count.rules.model import Rule, RuleClass, Text

_PRACTICE = Text("Practice at the stations, not in law", "Kebiasaan di TPS, bukan ketentuan hukum")


def _rule(
    code: str,
    weight: tuple[Severity, RuleClass],
    formula: str,
    title: Text,
    law: Text,
    fields: tuple[str, ...],
    words: tuple[Text, Text, Text],
    variants: Mapping[str, Text] | None = None,
) -> Rule:
    """``words``: for the typist, for the coordinator, and the sentence of a finding."""
    return Rule(code, weight[0], weight[1], formula, title, law, fields, *words, variants or {})


PLAUSIBLE: Final[tuple[Rule, ...]] = (
    _rule(
        "P1",
        ("warning", "plausibility"),
        "R = D + ⌈reserve · D⌉ (reserve 2.5 % in Pilkada, 2 % in general elections)",
        Text(
            "Ballots delivered are the voter list and its reserve",
            "Surat suara diterima = DPT dan cadangannya",
        ),
        Text(
            "UU 1/2015 Art. 87(4): voter list and 2.5 %, rounded up",
            "UU 1/2015 Pasal 87 ayat (4): DPT ditambah 2,5 %, dibulatkan ke atas",
        ),
        ("ballots_received", "registered_tetap_j"),
        (
            Text(
                "Read “ballots received” and row I.A.1 again. Wrong deliveries do happen: type what "
                "the paper says.",
                "Baca ulang “surat suara diterima” dan baris I.A.1. Salah kirim memang terjadi: "
                "ketik apa yang tertulis.",
            ),
            Text(
                "Compare with the delivery note of the station; look for ballots moved between "
                "stations in the incident form.",
                "Bandingkan dengan berita acara serah terima TPS; cari catatan pemindahan surat "
                "suara antar-TPS di formulir kejadian khusus.",
            ),
            Text(
                "{field}: {found} stated; the voter list and its reserve make {expected}.",
                "{field}: tertulis {found}; DPT dan cadangannya berjumlah {expected}.",
            ),
        ),
    ),
    _rule(
        "P2",
        ("notice", "plausibility"),
        "D ≤ 600 in Pilkada, 300 in general elections",
        Text("The station is not too large", "TPS tidak melebihi batas pemilih"),
        Text(
            "PKPU 7/2024 (600); UU 10/2016 Art. 87 allows 800",
            "PKPU 7/2024 (600); UU 10/2016 Pasal 87 mengizinkan 800",
        ),
        ("registered_tetap_j",),
        (
            Text("Read row I.A.1 (total) again.", "Baca ulang baris I.A.1 (jumlah)."),
            Text(
                "Compare with the voter list fixed for this station.",
                "Bandingkan dengan DPT yang ditetapkan untuk TPS ini.",
            ),
            Text(
                "{field}: {found}; a station of this election has at most {expected}.",
                "{field}: {found}; TPS pada pemilihan ini paling banyak {expected}.",
            ),
        ),
    ),
    _rule(
        "P3",
        ("warning", "strong"),
        "W ≤ D + ⌈reserve · D⌉",
        Text(
            "No more votes than ballots for the voter list",
            "Suara tidak melebihi surat suara menurut DPT",
        ),
        Text("Follows from H11 and P1", "Akibat dari H11 dan P1"),
        ("cast", "registered_tetap_j"),
        (
            Text(
                "Read row V.C and row I.A.1 again.",
                "Baca ulang baris V.C dan baris I.A.1.",
            ),
            Text(
                "Compare V.C with the ballots received; only ballots moved between stations explain "
                "more votes.",
                "Bandingkan V.C dengan surat suara diterima; hanya pemindahan surat suara antar-TPS "
                "yang menjelaskan kelebihan.",
            ),
            Text(
                "{field}: {found}, more than the {expected} ballots due to this voter list.",
                "{field}: {found}, melebihi {expected} surat suara menurut DPT ini.",
            ),
        ),
    ),
    _rule(
        "P4",
        ("notice", "plausibility"),
        "uT = T; uP = P",
        Text(
            "Moved and added voters are listed as they come",
            "Pemilih pindahan dan tambahan dicatat saat hadir",
        ),
        _PRACTICE,
        tuple(f"{w}_{k}_j" for w in ("registered", "voters") for k in ("pindahan", "tambahan")),
        (
            Text(
                "Read rows 2 and 3 of I.A and I.B again.",
                "Baca ulang baris 2 dan 3 bagian I.A dan I.B.",
            ),
            Text(
                "Compare with the attendance lists of moved and added voters; a difference can be "
                "right.",
                "Bandingkan dengan daftar hadir pemilih pindahan dan tambahan; selisih bisa saja "
                "benar.",
            ),
            Text(
                "{field}: {found}; on the list stand {expected}.",
                "{field}: {found}; di daftar tercatat {expected}.",
            ),
        ),
    ),
    _rule(
        "P5",
        ("notice", "plausibility"),
        "S ≤ ⌈reserve · D⌉",
        Text("Few ballots are returned", "Surat suara dikembalikan sedikit"),
        Text(
            "A voter is given one other ballot, from the reserve",
            "Pemilih diberi satu surat suara pengganti, dari cadangan",
        ),
        ("ballots_returned", "registered_tetap_j"),
        (
            Text(
                "Read “ballots returned” in section II again, by its label.",
                "Baca ulang “surat suara dikembalikan” di bagian II menurut labelnya.",
            ),
            Text(
                "Look in the incident form for damaged ballots.",
                "Cari catatan surat suara rusak di formulir kejadian khusus.",
            ),
            Text(
                "{field}: {found}, more than the reserve of {expected}.",
                "{field}: {found}, melebihi cadangan {expected}.",
            ),
        ),
    ),
    _rule(
        "P6",
        ("notice", "anomaly"),
        "U/D within the village's median ± max(15 points, 3·MAD); I/W ≤ 10 %; not one choice with "
        "all; not all zero; W ≠ D",
        Text("The figures are of the usual kind", "Angka-angkanya lazim"),
        Text("Base rates of 2019 and 2024", "Kelaziman tahun 2019 dan 2024"),
        ("voters_j", "registered_tetap_j", "invalid", "cast", "valid", "votes_n"),
        (
            Text(
                "Read the figure again. Unusual is not wrong: type what the paper says.",
                "Baca ulang angkanya. Tidak lazim bukan berarti salah: ketik apa yang tertulis.",
            ),
            Text(
                "Look at the photo once with a second person; small, closed or special stations are "
                "often unusual.",
                "Periksa foto sekali lagi bersama orang kedua; TPS kecil, tertutup, atau khusus "
                "sering tidak lazim.",
            ),
            Text("{field}: {found} is unusual.", "{field}: {found} tidak lazim."),
        ),
        {
            "turnout": Text(
                "Turnout {found}, outside its village's range, which ends at {expected}.",
                "Kehadiran {found}, di luar kisaran desanya yang berakhir pada {expected}.",
            ),
            "invalid": Text(
                "{field}: {found}, more than one vote in ten ({expected}).",
                "{field}: {found}, lebih dari sepersepuluh suara ({expected}).",
            ),
            "votes_n": Text(
                "{field}: {found}, which is every valid vote of the station.",
                "{field}: {found}, yaitu seluruh suara sah di TPS ini.",
            ),
            "valid": Text(
                "All votes are stated as zero.",
                "Seluruh suara tertulis nol.",
            ),
            "cast": Text(
                "{field}: {found}, exactly as many as are on the voter list.",
                "{field}: {found}, tepat sama dengan DPT.",
            ),
        },
    ),
    _rule(
        "P7",
        ("warning", "anomaly"),
        "(v_1 … v_n, I) differs from every other station of the village",
        Text("No two stations have the same sheet", "Tidak ada dua TPS dengan lembar yang sama"),
        Text("Base rates of 2019: wrong sheets", "Kelaziman tahun 2019: salah lembar"),
        ("votes_n", "invalid"),
        (
            Text(
                "Read the station number on the paper: is this the sheet of this station?",
                "Baca nomor TPS di formulir: apakah ini lembar TPS tersebut?",
            ),
            Text(
                "Open both stations' photos and compare number, names and signatures. Small stations "
                "can be equal by chance.",
                "Buka foto kedua TPS dan bandingkan nomor, nama, dan tanda tangan. TPS kecil bisa "
                "sama secara kebetulan.",
            ),
            Text(
                "Votes and invalid votes are the same as at another station of this village "
                "({found} valid votes).",
                "Suara dan suara tidak sah sama dengan TPS lain di desa ini ({found} suara sah).",
            ),
        ),
    ),
)

_TWO_FORMS = Text(
    "Both forms of one station: the voters are the same",
    "Kedua formulir satu TPS: pemilihnya sama",
)

PAIRED: Final[tuple[Rule, ...]] = (
    _rule(
        "C1",
        ("error", "hard"),
        "D_s and T_s equal in both contests",
        Text("Both contests have the same voter list", "Daftar pemilih sama pada kedua pemilihan"),
        _TWO_FORMS,
        tuple(f"registered_{k}_{s}" for k in ("tetap", "tambahan") for s in SEXES),
        (
            Text(
                "Read this row of I.A on both forms again.",
                "Baca ulang baris ini di I.A pada kedua formulir.",
            ),
            Text(
                "Put both forms of the place side by side with its voter list.",
                "Sandingkan kedua formulir tempat ini dengan DPT-nya.",
            ),
            Text(
                "{field}: {found} here, {expected} on the form of the other contest.",
                "{field}: {found} di sini, {expected} pada formulir pemilihan lainnya.",
            ),
        ),
    ),
    _rule(
        "C2",
        ("warning", "plausibility"),
        "P_gov ≥ P_reg",
        Text(
            "Moved voters of the regent are a part of the governor's",
            "Pemilih pindahan bupati adalah bagian dari gubernur",
        ),
        Text(
            "A voter moved within the province but from another regency votes for governor only",
            "Pemilih pindahan dari kabupaten lain seprovinsi hanya memilih gubernur",
        ),
        ("registered_pindahan_j",),
        (
            Text(
                "Read row I.A.2 on both forms again: were the two forms exchanged?",
                "Baca ulang baris I.A.2 pada kedua formulir: apakah kedua formulir tertukar?",
            ),
            Text(
                "Compare both forms with the list of moved voters.",
                "Bandingkan kedua formulir dengan daftar pemilih pindahan.",
            ),
            Text(
                "{field}: {found} here, more than the {expected} of the wider contest.",
                "{field}: {found} di sini, melebihi {expected} pada pemilihan yang lebih luas.",
            ),
        ),
    ),
    _rule(
        "C3",
        ("warning", "plausibility"),
        "U_gov − U_reg = uP_gov − uP_reg ≥ 0",
        Text(
            "Users differ by moved voters only",
            "Selisih pengguna hanya karena pemilih pindahan",
        ),
        Text("Follows from C1 and C2", "Akibat dari C1 dan C2"),
        ("voters_j", "voters_pindahan_j"),
        (
            Text(
                "Read rows 2 and 4 of I.B on both forms again.",
                "Baca ulang baris 2 dan 4 bagian I.B pada kedua formulir.",
            ),
            Text(
                "Compare both forms with the attendance lists; a voter who took only one ballot is "
                "noted in the incident form.",
                "Bandingkan kedua formulir dengan daftar hadir; pemilih yang hanya mengambil satu "
                "surat suara dicatat di formulir kejadian khusus.",
            ),
            Text(
                "{field}: {found} here; the other contest's form and the moved voters ask for "
                "{expected}.",
                "{field}: {found} di sini; menurut formulir pemilihan lain dan pemilih pindahan "
                "seharusnya {expected}.",
            ),
        ),
        {
            "voters_pindahan_j": Text(
                "{field}: {found} here, more than the {expected} of the wider contest.",
                "{field}: {found} di sini, melebihi {expected} pada pemilihan yang lebih luas.",
            )
        },
    ),
    _rule(
        "C4",
        ("notice", "plausibility"),
        "−5.1 % ≤ (V_gov − V_reg)/V_reg ≤ 12 %, kecamatan and above",
        Text(
            "Both contests have about as many valid votes",
            "Suara sah kedua pemilihan hampir sama",
        ),
        Text(
            "1st and 99th percentile of 4,574 kecamatan, November 2024",
            "Persentil ke-1 dan ke-99 dari 4.574 kecamatan, November 2024",
        ),
        ("valid",),
        (
            Text(
                "Read row V.A on both recapitulation forms again.",
                "Baca ulang baris V.A pada kedua formulir rekapitulasi.",
            ),
            Text(
                "Look for a pair struck off after printing (its votes are invalid) or stations not "
                "yet in.",
                "Periksa apakah ada pasangan yang dibatalkan setelah dicetak (suaranya tidak sah) "
                "atau TPS yang belum masuk.",
            ),
            Text(
                "{field}: {found} here, {expected} in the other contest: an unusual distance.",
                "{field}: {found} di sini, {expected} pada pemilihan lain: selisih yang tidak lazim.",
            ),
        ),
    ),
    _rule(
        "C5",
        ("warning", "plausibility"),
        "number of stations equal in both contests",
        Text("Both contests have the same stations", "Jumlah TPS sama pada kedua pemilihan"),
        Text(
            "Equal in 7,155 of 7,155 kecamatan, November 2024",
            "Sama di 7.155 dari 7.155 kecamatan, November 2024",
        ),
        ("tps_total",),
        (
            Text("Read the number of stations again.", "Baca ulang jumlah TPS."),
            Text(
                "Compare both counts with the list of stations of the place.",
                "Bandingkan keduanya dengan daftar TPS tempat ini.",
            ),
            Text(
                "{field}: {found} here, {expected} in the other contest.",
                "{field}: {found} di sini, {expected} pada pemilihan lain.",
            ),
        ),
    ),
)
