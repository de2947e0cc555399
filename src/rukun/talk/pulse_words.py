"""What is said about the pulse and about the agreement of reviewers."""

from __future__ import annotations

from typing import Final

from rukun.talk.workflow import Words

STATE_WORDS: Final[Words] = {
    "unknown": {"id": "Tidak diketahui", "en": "Unknown"},
    "usual": {"id": "Seperti biasa", "en": "As usual"},
    "raised": {
        "id": "Lebih tinggi dari biasanya, belum melewati batas alarm",
        "en": "Higher than usual, not beyond the alarm bar",
    },
    "rise": {"id": "Naik", "en": "Rise"},
}
REASON_WORDS: Final[Words] = {
    "no_posts": {
        "id": "Tidak ada kiriman pada hari ini dalam berkas yang ada. Itu bukan nol.",
        "en": "The files hold no posts of this day. That is not nought.",
    },
    "coverage": {
        "id": "Sebagian besar kiriman datang dari sumber yang baru; belum dapat dibandingkan.",
        "en": "Most posts come from a source that is new; there is nothing to compare with yet.",
    },
    "few_posts": {
        "id": "Terlalu sedikit suara pada hari ini untuk menyatakan sesuatu.",
        "en": "Too few voices on this day to say anything.",
    },
    "short_history": {
        "id": "Terlalu sedikit hari sebelumnya untuk mengetahui yang biasa.",
        "en": "Too few earlier days to know what is usual.",
    },
}
NOTICES: Final[Words] = {
    "share": {
        "id": "Denyut adalah bagian kiriman yang bermusuhan, mengancam, atau menghasut. Kritik "
        "tidak dihitung. Lebih banyak kiriman saja tidak menaikkannya.",
        "en": "The pulse is the share of posts that are hostile, threaten or incite. Criticism does "
        "not count. More posts alone do not raise it.",
    },
    "voices": {
        "id": "Banyak kiriman dari satu akun berbobot kurang dari sebanyak itu orang.",
        "en": "Many posts of one account weigh less than as many people.",
    },
    "alarms": {
        "id": "Diperkirakan paling banyak {alarms} alarm keliru per 30 hari untuk semua tempat "
        "bersama-sama. Hari yang tidak diketahui bukan hari yang tenang.",
        "en": "False alarms expected in 30 days, over all places together: at most {alarms}. A "
        "day that is unknown is not a calm day.",
    },
    "raised": {
        "id": "Lebih tinggi dari biasanya tanpa alarm: seluruh rentang 95 % hari itu di atas bagian "
        "yang biasa, tetapi hari seperti itu kadang muncul karena kebetulan. Bacalah kirimannya.",
        "en": "Higher than usual without an alarm: the whole 95 % interval of the day lies above the "
        "usual share, but chance gives such a day now and then. Read its posts.",
    },
    "coverage": {
        "id": "Yang terlihat hanya kiriman dalam berkas yang diimpor, bukan seluruh percakapan.",
        "en": "What is seen is only what the imported files hold, not all that is said.",
    },
}
MEASURE_WORDS: Final[Words] = {
    "raw": {"id": "Sepakat", "en": "Raw agreement"},
    "kappa": {"id": "Kappa Cohen", "en": "Cohen's kappa"},
    "alpha": {"id": "Alfa Krippendorff", "en": "Krippendorff's alpha"},
}
MEASURE_HELP: Final[Words] = {
    "raw": {
        "id": "Bagian kasus yang dijawab sama oleh dua pembaca. Sebagian kesamaan itu kebetulan.",
        "en": "The part of cases both readers answered alike. Some of it is chance.",
    },
    "kappa": {
        "id": "Kesepakatan di luar kebetulan untuk dua pembaca: 1 sempurna, 0 seperti kebetulan.",
        "en": "Agreement beyond chance for two readers: 1 is whole, 0 is what chance gives.",
    },
    "alpha": {
        "id": "Sama, untuk berapa pun pembaca. Di bawah 0,67 putusan belum dapat diandalkan "
        "(Krippendorff).",
        "en": "The same for any number of readers. Below .67 the answers cannot be relied on "
        "(Krippendorff).",
    },
}
