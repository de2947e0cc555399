"""What is said about referrals: states, steps, addressees, what a look means, refusals."""

from __future__ import annotations

from typing import Final

from rukun.talk.workflow import Refusals, Words

STATE_WORDS: Final[Words] = {
    "requested": {"id": "Diajukan", "en": "Requested"},
    "approved": {"id": "Disetujui, belum dilihat", "en": "Approved, not yet shown"},
    "shown": {"id": "Sudah ditampilkan satu kali", "en": "Shown once"},
    "refused": {"id": "Ditolak", "en": "Refused"},
    "withdrawn": {"id": "Ditarik kembali", "en": "Withdrawn"},
    "expired": {"id": "Kedaluwarsa", "en": "Expired"},
}
STEP_WORDS: Final[Words] = {
    "request": {"id": "Ajukan rujukan", "en": "Request a referral"},
    "approve": {"id": "Setujui", "en": "Approve"},
    "show": {"id": "Tampilkan satu kali", "en": "Show once"},
    "refuse": {"id": "Tolak", "en": "Refuse"},
    "withdraw": {"id": "Tarik kembali", "en": "Withdraw"},
    "expire": {"id": "Waktu habis", "en": "Time is over"},
}
ADDRESSEE_WORDS: Final[Words] = {
    "bawaslu": {"id": "Bawaslu", "en": "Bawaslu (the election supervisor)"},
    "gakkumdu": {
        "id": "Sentra Gakkumdu (Bawaslu, polisi, jaksa)",
        "en": "Sentra Gakkumdu (supervisor, police and prosecutor together)",
    },
    "police": {"id": "Kepolisian", "en": "Police"},
    "platform": {"id": "Platform", "en": "The platform"},
    "komdigi": {"id": "Komdigi (aduan konten)", "en": "Komdigi (content complaints)"},
}
ADDRESSEE_HELP: Final[Words] = {
    "bawaslu": {
        "id": "Dugaan pelanggaran pemilihan; laporan paling lambat tujuh hari sejak diketahui.",
        "en": "A possible violation of election law; within seven days from when it is known.",
    },
    "gakkumdu": {
        "id": "Dugaan tindak pidana pemilihan, melalui Bawaslu.",
        "en": "A possible election crime, by way of Bawaslu.",
    },
    "police": {
        "id": "Dugaan tindak pidana di luar undang-undang pemilihan.",
        "en": "A possible crime outside election law.",
    },
    "platform": {
        "id": "Formulir laporan platform; yang dilaporkan adalah kiriman, bukan orang.",
        "en": "The platform's report form; it is the post that is reported, not a person.",
    },
    "komdigi": {
        "id": "Aduan konten kepada kementerian.",
        "en": "A complaint about content, to the ministry.",
    },
}
#: Stands where a referral is requested, approved and shown.
NOTICES: Final[Words] = {
    "request": {
        "id": "Nama akun hanya ditampilkan satu kali, kepada Anda, setelah orang kedua menyetujui. "
        "Setiap langkah tercatat di buku catatan. Yang disebut adalah kemungkinan pasal; tidak "
        "seorang pun dinyatakan bersalah.",
        "en": "The handle is shown once, to you, after a second person approves. Every step stands "
        "in the ledger. What is named is a possible article; nobody is called guilty.",
    },
    "approve": {
        "id": "Setujui hanya bila kiriman, uji ambang, dasar hukum, dan tujuannya cocok satu sama "
        "lain. Anda tidak akan melihat nama akunnya.",
        "en": "Approve only if the post, the threshold test, the basis and the purpose fit each "
        "other. You will not see the handle.",
    },
    "show": {
        "id": "Setelah halaman ini ditutup, nama akun tidak dapat ditampilkan lagi. Pakai hanya "
        "untuk tujuan yang tertulis.",
        "en": "Once this page is closed the handle cannot be shown again. Use it only for the "
        "purpose written here.",
    },
    "unchecked": {
        "id": "Bunyi pasal ini belum dicocokkan dengan naskah undang-undang; periksa dahulu.",
        "en": "The wording of this article was not yet compared with the law; check it first.",
    },
}
REFUSALS: Final[Refusals] = {
    "referral-step": (
        "there is no step “{step}”.",
        "Load the page again and use its buttons.",
        "tidak ada langkah “{step}”.",
        "Muat ulang halaman dan pakai tombol yang ada.",
    ),
    "referral-changed": (
        "somebody changed this referral after you opened it.",
        "Load the page again and look at what changed.",
        "rujukan ini diubah orang lain setelah Anda membukanya.",
        "Muat ulang halaman dan lihat perubahannya.",
    ),
    "referral-state": (
        "“{step}” is not possible while the referral stands at “{state}”.",
        "Where a handle is needed again, request a new referral.",
        "“{step}” tidak dapat dilakukan selama rujukan berstatus “{state}”.",
        "Bila nama akun diperlukan lagi, ajukan rujukan baru.",
    ),
    "referral-right": (
        "your role does not allow “{step}”, or no longer does.",
        "Ask a coordinator who may do this.",
        "peran Anda tidak, atau tidak lagi, mengizinkan “{step}”.",
        "Tanyakan kepada koordinator siapa yang boleh.",
    ),
    "referral-second-is-first": (
        "who requested a referral cannot approve or refuse it.",
        "Ask a colleague to look at it.",
        "pemohon tidak dapat menyetujui atau menolak rujukannya sendiri.",
        "Minta rekan lain memeriksanya.",
    ),
    "referral-not-yours": (
        "only the person who requested this referral may do that.",
        "Ask them, or request a referral of your own.",
        "hanya pemohon rujukan ini yang boleh melakukannya.",
        "Hubungi pemohonnya, atau ajukan rujukan sendiri.",
    ),
    "referral-expired": (
        "the time of this referral is over.",
        "Request a new one if it is still needed.",
        "waktu rujukan ini sudah habis.",
        "Ajukan yang baru bila masih diperlukan.",
    ),
    "referral-not-over": (
        "the time of this referral is not over.",
        "Withdraw it, with a reason, if it is no longer needed.",
        "waktu rujukan ini belum habis.",
        "Tarik kembali dengan alasan bila tidak diperlukan lagi.",
    ),
    "referral-case": (
        "the case does not stand decided by two people for a report or a referral.",
        "Decide the case first. Criticism, claims about the count and calls for help are never "
        "referred.",
        "kasus ini belum diputuskan dua orang untuk dilaporkan atau dirujuk.",
        "Putuskan dahulu kasusnya. Kritik, klaim tentang hitungan, dan permintaan tolong tidak "
        "pernah dirujuk.",
    ),
    "referral-alias": (
        "this alias does not occur in the case.",
        "Choose one alias of the case's posts.",
        "alias ini tidak ada dalam kasus.",
        "Pilih satu alias dari kiriman kasus ini.",
    ),
    "referral-addressee": (
        "“{addressee}” cannot receive what was decided in this case.",
        "A referral goes to the supervisor, Gakkumdu or the police; a report to the platform or "
        "Komdigi.",
        "“{addressee}” tidak dapat menerima apa yang diputuskan dalam kasus ini.",
        "Rujukan ditujukan kepada Bawaslu, Gakkumdu, atau kepolisian; laporan kepada platform atau "
        "Komdigi.",
    ),
    "referral-basis-none": (
        "no legal basis was chosen.",
        "Choose at least one article of the list.",
        "dasar hukumnya belum dipilih.",
        "Pilih setidaknya satu pasal dari daftar.",
    ),
    "referral-basis": (
        "“{basis}” is no legal basis for this addressee.",
        "Choose at least one article of the list, each once.",
        "“{basis}” bukan dasar hukum untuk penerima ini.",
        "Pilih setidaknya satu pasal dari daftar, masing-masing satu kali.",
    ),
    "referral-until": (
        "a referral ends after now and within {days} days.",
        "Choose another end.",
        "rujukan harus berakhir setelah saat ini dan dalam {days} hari.",
        "Pilih waktu akhir yang lain.",
    ),
    "referral-empty": (
        "the text is missing.",
        "Write in one or two sentences what for, or why.",
        "teksnya belum diisi.",
        "Tulis untuk apa, atau mengapa, dalam satu atau dua kalimat.",
    ),
    "referral-long": (
        "the text is longer than {most} characters.",
        "Shorten it.",
        "teks lebih panjang dari {most} karakter.",
        "Ringkaskan.",
    ),
    "referral-text": (
        "the text holds characters that cannot be kept.",
        "Type it again instead of pasting it.",
        "teks memuat karakter yang tidak dapat disimpan.",
        "Ketik ulang, jangan tempel.",
    ),
}
