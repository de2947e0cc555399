"""A1–A4, S1–S3 and F1–F6 in words: the chain of recapitulation, sources, and time.

S is found by ``compare``, F by ``versions``; their words and weights stand here with the others.
"""

from __future__ import annotations

from typing import Final

from rukun.count.findings import Severity
from rukun.count.rules.model import Rule, RuleClass, Text

_RECAP = Text(
    "PKPU 18/2024; D.HASIL KECAMATAN, KABKO, PROV-KWK",
    "PKPU 18/2024; D.HASIL KECAMATAN, KABKO, PROV-KWK",
)
_SOURCES = Text(
    "Two entries of one form differ in 0.83 % of stations (2019); arithmetic shows 42 % of them",
    "Dua entri formulir yang sama berbeda di 0,83 % TPS (2019); aritmetika hanya melihat 42 %",
)
_TIME = Text(
    "Seen in the election body's publication of 27–28 November 2024",
    "Terlihat pada publikasi penyelenggara 27–28 November 2024",
)
_LOOK_FEED = Text(
    "Nothing to type: this is about the publication, not about a paper.",
    "Tidak ada yang perlu diketik: ini mengenai publikasi, bukan formulir.",
)
_HOLD = Text(
    "The last good version stays in use until a person accepts the new one; ask the election body.",
    "Versi baik terakhir tetap dipakai sampai seseorang menerima yang baru; tanyakan kepada "
    "penyelenggara.",
)


def _rule(
    code: str,
    weight: tuple[Severity, RuleClass],
    formula: str,
    title: Text,
    law: Text,
    fields: tuple[str, ...],
    words: tuple[Text, Text, Text],
) -> Rule:
    return Rule(code, weight[0], weight[1], formula, title, law, fields, *words, {})


CHAIN: Final[tuple[Rule, ...]] = (
    _rule(
        "A1",
        ("error", "hard"),
        "x(place) = Σ x(child), every additive field",
        Text(
            "A recapitulation is the sum of what lies under it",
            "Rekapitulasi sama dengan jumlah bawahannya",
        ),
        _RECAP,
        ("every field that adds up",),
        (
            Text(
                "Read this row of the recapitulation form again, column by column.",
                "Baca ulang baris ini di formulir rekapitulasi, kolom demi kolom.",
            ),
            Text(
                "Follow the row down column by column to the station whose figure changed; every "
                "correction must be initialled and refer to the incident form.",
                "Telusuri baris ini kolom demi kolom sampai ke TPS yang angkanya berubah; setiap "
                "pembetulan harus diparaf dan merujuk formulir kejadian khusus.",
            ),
            Text(
                "{field}: {found} stated; the places under it make {expected}.",
                "{field}: tertulis {found}; tempat di bawahnya berjumlah {expected}.",
            ),
        ),
    ),
    _rule(
        "A2",
        ("error", "hard"),
        "H1–H8 on the recapitulation form",
        Text(
            "A recapitulation adds up like a station's form",
            "Rekapitulasi memenuhi hitungan formulir TPS",
        ),
        _RECAP,
        ("the fields of H1–H8",),
        (
            Text(
                "Read these rows of the recapitulation form again.",
                "Baca ulang baris-baris ini di formulir rekapitulasi.",
            ),
            Text(
                "Look first for a station or village under it where the same identity breaks.",
                "Cari dahulu TPS atau desa di bawahnya yang melanggar hitungan yang sama.",
            ),
            Text("On the recapitulation — ", "Pada rekapitulasi — "),
        ),
    ),
    _rule(
        "A3",
        ("error", "hard"),
        "stations in = Σ children's stations in (publication)",
        Text(
            "Stations in are the sum of those under the place",
            "TPS masuk sama dengan jumlah bawahannya",
        ),
        Text("The publication's own progress figures", "Angka kemajuan publikasi itu sendiri"),
        ("tps_in",),
        (
            _LOOK_FEED,
            Text(
                "Compare the publication of the place with that of the places under it, at the same "
                "time of day.",
                "Bandingkan publikasi tempat ini dengan bawahannya pada jam yang sama.",
            ),
            Text(
                "{field}: {found} stated; the places under it make {expected}.",
                "{field}: tertulis {found}; tempat di bawahnya berjumlah {expected}.",
            ),
        ),
    ),
    _rule(
        "A4",
        ("error", "hard"),
        "x(column for the place on the form above) = x(total on the place's own form)",
        Text(
            "The column above repeats the place's own form",
            "Kolom di atas sama dengan formulir tempat itu",
        ),
        _RECAP,
        ("every field that adds up",),
        (
            Text(
                "Read this row again on the place's own form and in its column on the form above.",
                "Baca ulang baris ini di formulir tempat itu dan di kolomnya pada formulir di atas.",
            ),
            Text(
                "Ask at which meeting the figure was corrected, by whom, and where it is recorded.",
                "Tanyakan di rapat pleno mana angka dibetulkan, oleh siapa, dan di mana dicatat.",
            ),
            Text(
                "{field}: {found} in the column above, {expected} on the place's own form.",
                "{field}: {found} di kolom atas, {expected} di formulir tempat itu sendiri.",
            ),
        ),
    ),
)

_COMPARE = Text(
    "Read this cell on each paper again; type what each says, also where they differ.",
    "Baca ulang sel ini di tiap formulir; ketik isi masing-masing, juga bila berbeda.",
)
_DIFFER = Text(
    "{field}: {found}, against {expected} of another source ({sources}).",
    "{field}: {found}, sedangkan sumber lain {expected} ({sources}).",
)

SOURCES: Final[tuple[Rule, ...]] = (
    _rule(
        "S1",
        ("error", "hard"),
        "v_i equal in all independent sources",
        Text("Sources agree on the votes", "Sumber-sumber sama pada suara"),
        _SOURCES,
        ("votes_n",),
        (
            _COMPARE,
            Text(
                "Put the papers side by side: official form, both camps' copies, supervisor's copy. "
                "Is one the sheet of another station?",
                "Sandingkan formulir resmi, salinan saksi kedua pihak, dan salinan pengawas. Apakah "
                "salah satunya lembar TPS lain?",
            ),
            _DIFFER,
        ),
    ),
    _rule(
        "S2",
        ("warning", "hard"),
        "every other field equal in all independent sources",
        Text("Sources agree on the other figures", "Sumber-sumber sama pada angka lain"),
        _SOURCES,
        ("every other field",),
        (
            _COMPARE,
            Text(
                "Put the papers side by side and look at this row alone: which copy was written later?",
                "Sandingkan formulir-formulirnya dan lihat baris ini saja: salinan mana yang ditulis kemudian?",
            ),
            _DIFFER,
        ),
    ),
    _rule(
        "S3",
        ("notice", "hard"),
        "x(publication) = x(official form)",
        Text(
            "The quick publication repeats the official form",
            "Publikasi cepat sama dengan formulir resmi",
        ),
        Text(
            "The publication is an aid, never the result",
            "Publikasi adalah alat bantu, bukan hasil resmi",
        ),
        ("every field the publication states",),
        (
            _COMPARE,
            Text(
                "The official form decides; tell the election body that its publication differs.",
                "Formulir resmi yang menentukan; sampaikan kepada penyelenggara bahwa publikasinya "
                "berbeda.",
            ),
            _DIFFER,
        ),
    ),
)


def _feed(
    code: str,
    severity: Severity,
    formula: str,
    title: Text,
    fields: tuple[str, ...],
    finding: Text,
) -> Rule:
    return _rule(
        code, (severity, "anomaly"), formula, title, _TIME, fields, (_LOOK_FEED, _HOLD, finding)
    )


FEED: Final[tuple[Rule, ...]] = (
    _feed(
        "F1",
        "error",
        "not (Σ v_i = 0 while stations are in)",
        Text("Votes are not all zero once stations are in", "Suara tidak nol bila TPS sudah masuk"),
        ("votes_n", "tps_in"),
        Text(
            "{field}: every vote reads zero while stations are in.",
            "{field}: seluruh suara nol padahal TPS sudah masuk.",
        ),
    ),
    _feed(
        "F2",
        "warning",
        "totals do not fall while stations in stay the same",
        Text("Totals do not fall without reason", "Jumlah suara tidak turun tanpa sebab"),
        ("votes_n", "valid", "tps_in"),
        Text(
            "{field}: {found}, after {expected} before, with the same stations in.",
            "{field}: {found}, sebelumnya {expected}, dengan jumlah TPS masuk yang sama.",
        ),
    ),
    _feed(
        "F3",
        "error",
        "no votes while no station is in",
        Text("No votes before a station is in", "Tidak ada suara sebelum TPS masuk"),
        ("votes_n", "tps_in"),
        Text(
            "{field}: {found} votes while no station is in.",
            "{field}: {found} suara padahal belum ada TPS masuk.",
        ),
    ),
    _feed(
        "F4",
        "warning",
        "stations in bring votes with them",
        Text("Stations in state votes", "TPS yang masuk memuat suara"),
        ("votes_n", "tps_in"),
        Text(
            "{field}: stations are in but no votes are stated.",
            "{field}: TPS sudah masuk tetapi suaranya tidak dinyatakan.",
        ),
    ),
    _feed(
        "F5",
        "error",
        "a vote key that was stated stays stated",
        Text("A choice does not vanish", "Pilihan tidak hilang dari publikasi"),
        ("votes_n",),
        Text(
            "{field}: no longer stated; it was {expected} before.",
            "{field}: tidak lagi dinyatakan; sebelumnya {expected}.",
        ),
    ),
    _feed(
        "F6",
        "warning",
        "stations in do not fall",
        Text("Stations in do not fall", "Jumlah TPS masuk tidak turun"),
        ("tps_in",),
        Text(
            "{field}: {found}, after {expected} before.",
            "{field}: {found}, sebelumnya {expected}.",
        ),
    ),
)
