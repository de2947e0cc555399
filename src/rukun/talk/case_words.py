"""What is said about cases: states, steps, actions, labels, the threshold test, refusals."""

from __future__ import annotations

from typing import Final

from rukun.talk.workflow import Refusals, Words

STATE_WORDS: Final[Words] = {
    "new": {"id": "Baru", "en": "New"},
    "claimed": {"id": "Sedang dikerjakan", "en": "Being worked on"},
    "waiting_second": {"id": "Menunggu orang kedua", "en": "Waiting for a second person"},
    "returned": {"id": "Dikembalikan", "en": "Returned"},
    "confirmed": {"id": "Disetujui orang kedua", "en": "Confirmed by a second person"},
    "decided": {"id": "Diputuskan", "en": "Decided"},
    "closed": {"id": "Selesai", "en": "Closed"},
}
STEP_WORDS: Final[Words] = {
    "claim": {"id": "Ambil", "en": "Claim"},
    "take_over": {"id": "Ambil alih yang kedaluwarsa", "en": "Take over when expired"},
    "extend": {"id": "Perpanjang", "en": "Extend"},
    "release": {"id": "Lepaskan", "en": "Release"},
    "relabel": {"id": "Ubah label", "en": "Change the label"},
    "settle": {"id": "Putuskan", "en": "Decide"},
    "propose": {"id": "Ajukan ke orang kedua", "en": "Put to a second person"},
    "take_back": {"id": "Tarik kembali", "en": "Take back"},
    "confirm": {"id": "Setujui", "en": "Confirm"},
    "return": {"id": "Kembalikan", "en": "Return"},
    "close": {"id": "Selesaikan", "en": "Close"},
    "reopen": {"id": "Buka kembali", "en": "Reopen"},
}
QUEUE_WORDS: Final[Words] = {
    "incitement": {"id": "Hasutan", "en": "Incitement"},
    "claims": {"id": "Klaim tentang hitungan", "en": "Claims about the count"},
    "help": {"id": "Perlu pertolongan", "en": "Help"},
}
ABOUT_WORDS: Final[Words] = {
    "post": {"id": "Kiriman", "en": "Post"},
    "narrative": {"id": "Narasi", "en": "Narrative"},
    "ring": {"id": "Kelompok akun", "en": "Ring of accounts"},
    "claim": {"id": "Klaim", "en": "Claim"},
    "self_harm": {"id": "Kiriman tentang melukai diri", "en": "Post about harming oneself"},
}
LABEL_WORDS: Final[Words] = {
    "none": {"id": "Kritik atau hal lain yang dilindungi", "en": "Criticism or other free speech"},
    "claim": {"id": "Klaim tentang hitungan", "en": "Claim about the count"},
    "hostile": {"id": "Bermusuhan", "en": "Hostile"},
    "threat": {"id": "Ancaman", "en": "Threat"},
    "incite": {"id": "Hasutan", "en": "Incitement"},
    "help": {"id": "Perlu pertolongan", "en": "Needs help"},
}
ACTION_WORDS: Final[Words] = {
    "no_action": {"id": "Tidak ada tindakan", "en": "No action"},
    "answer": {"id": "Jawab dengan fakta", "en": "Answer with facts"},
    "calm": {
        "id": "Minta paslon menenangkan pendukungnya sendiri",
        "en": "Ask the camp to calm its own supporters",
    },
    "report": {"id": "Laporkan ke platform", "en": "Report to the platform"},
    "refer": {"id": "Rujuk ke pengawas pemilu", "en": "Refer to the supervisor"},
    "help": {"id": "Beri pertolongan", "en": "Help"},
}
ACTION_HELP: Final[Words] = {
    "no_action": {
        "id": "Dibaca dan dibiarkan. Ini jawaban yang biasa, juga untuk kata-kata kasar.",
        "en": "Read and let stand. The usual answer, for harsh words too.",
    },
    "answer": {
        "id": "Jawaban dari formulir dan temuan, dengan tautan. Satu orang cukup.",
        "en": "An answer from the forms and findings, with links. One person is enough.",
    },
    "calm": {
        "id": "Tim paslon sendiri yang berbicara kepada pendukungnya. Perlu orang kedua.",
        "en": "The camp's own people speak to their supporters. Needs a second person.",
    },
    "report": {
        "id": "Formulir laporan platform. Perlu enam bagian uji ambang dan orang kedua.",
        "en": "The platform's report form. Needs the six-part test and a second person.",
    },
    "refer": {
        "id": "Pengawas pemilu menilai dugaan pelanggaran; Rukun tidak menyatakan siapa pun "
        "bersalah. Tidak satu pun dari enam bagian boleh “tidak terpenuhi”, dan perlu orang kedua.",
        "en": "The supervisor looks into a possible violation; Rukun calls nobody guilty. None of "
        "the six parts may be “not met”, and it needs a second person.",
    },
    "help": {
        "id": "Hubungkan dengan orang yang dapat menolong. Berlaku seketika; orang kedua memeriksa "
        "sesudahnya. Tidak pernah menjadi laporan tentang orangnya.",
        "en": "Bring in somebody who can help. It takes effect at once; the second person looks "
        "afterwards. It never becomes a report about the person.",
    },
}
PART_WORDS: Final[Words] = {
    "context": {"id": "Konteks", "en": "Context"},
    "speaker": {"id": "Pembicara", "en": "Speaker"},
    "intent": {"id": "Niat", "en": "Intent"},
    "content": {"id": "Isi dan bentuk", "en": "Content and form"},
    "extent": {"id": "Jangkauan", "en": "Extent"},
    "likelihood": {"id": "Kemungkinan terjadi", "en": "Likelihood"},
}
PART_HELP: Final[Words] = {
    "context": {
        "id": "Apa yang sedang terjadi di tempat dan hari itu? Apakah keadaan sudah tegang?",
        "en": "What is happening at that place on that day? Are things already tense?",
    },
    "speaker": {
        "id": "Kedudukan apa yang tampak dari kiriman publiknya, dan siapa yang mendengarkan? "
        "Jangan menebak siapa orangnya.",
        "en": "What standing shows from the public posts, and who listens? Do not guess who the "
        "person is.",
    },
    "intent": {
        "id": "Apakah kiriman itu bermaksud membuat orang bertindak terhadap suatu kelompok? "
        "Mengutip, memberitakan, mengecam, dan bercanda bukan niat. Lalai pun bukan niat.",
        "en": "Does it mean to make people act against a group? Quoting, reporting, condemning "
        "and joking are not intent, and neither is carelessness.",
    },
    "content": {
        "id": "Seberapa langsung ajakannya: siapa, berbuat apa, kapan, di mana? Dengan gaya apa?",
        "en": "How direct is the call: who, to do what, when, where? In what style?",
    },
    "extent": {
        "id": "Seberapa umum dan seberapa luas: berapa salinan, akun, platform, tempat?",
        "en": "How public and how wide: how many copies, accounts, platforms, places?",
    },
    "likelihood": {
        "id": "Seberapa mungkin ajakan itu segera diikuti, oleh siapa, dengan sarana apa?",
        "en": "How likely is it that the call is followed soon, by whom, with what means?",
    },
}
LEVEL_WORDS: Final[Words] = {
    "not_met": {"id": "Tidak terpenuhi", "en": "Not met"},
    "unclear": {"id": "Belum jelas", "en": "Unclear"},
    "met": {"id": "Terpenuhi", "en": "Met"},
}
#: Stands above the threshold test.
THRESHOLD_HELP: Final[Words] = {
    "test": {
        "id": "Enam bagian ini berasal dari Rencana Aksi Rabat (PBB, 2013). Sebuah ucapan baru "
        "dapat menjadi pelanggaran bila keenamnya terpenuhi. Untuk setiap bagian, pilih tingkat dan "
        "tulis dasarnya. “Belum jelas” adalah jawaban yang sah.",
        "en": "The six parts come from the Rabat Plan of Action (United Nations, 2013). A "
        "statement can only be an offence where all six are met. For each, choose a level and "
        "write what it rests on. “Unclear” is a valid answer.",
    },
}
REFUSALS: Final[Refusals] = {
    "case-about": (
        "there is no case about “{about}”.",
        "A case is about a post, a narrative, a ring, a claim, or a post about harming oneself.",
        "tidak ada kasus tentang “{about}”.",
        "Kasus adalah tentang kiriman, narasi, kelompok akun, klaim, atau kiriman tentang melukai "
        "diri.",
    ),
    "case-label": (
        "the label “{label}” cannot be given here.",
        "Choose another label of the list.",
        "label “{label}” tidak dapat diberikan di sini.",
        "Pilih label lain dari daftar.",
    ),
    "case-step": (
        "there is no step “{step}”.",
        "Load the page again and use its buttons.",
        "tidak ada langkah “{step}”.",
        "Muat ulang halaman dan pakai tombol yang ada.",
    ),
    "case-changed": (
        "somebody changed this case after you opened it.",
        "Load the page again and look at what changed; your text is kept in the form.",
        "kasus ini diubah orang lain setelah Anda membukanya.",
        "Muat ulang halaman dan lihat perubahannya; teks Anda tetap ada di formulir.",
    ),
    "case-state": (
        "“{step}” is not possible while the case stands at “{state}”.",
        "Use one of the buttons shown.",
        "“{step}” tidak dapat dilakukan selama kasus berstatus “{state}”.",
        "Pakai salah satu tombol yang ditampilkan.",
    ),
    "case-right": (
        "your role does not allow “{step}”, or no longer does.",
        "Ask a coordinator who may do this.",
        "peran Anda tidak, atau tidak lagi, mengizinkan “{step}”.",
        "Tanyakan kepada koordinator siapa yang boleh.",
    ),
    "case-not-yours": (
        "somebody else has this case.",
        "Wait until they release it or their time is over, or ask them.",
        "kasus ini dipegang orang lain.",
        "Tunggu sampai dilepaskan atau waktunya habis, atau hubungi pemegangnya.",
    ),
    "case-taken": (
        "the time of the person who has this case is not over.",
        "Wait until it is, or ask them to release it.",
        "waktu pemegang kasus ini belum habis.",
        "Tunggu sampai habis, atau minta pemegangnya melepaskan.",
    ),
    "case-claim-expired": (
        "your time for this case is over.",
        "Take it over again if nobody else did; your text is kept in the form.",
        "waktu Anda untuk kasus ini sudah habis.",
        "Ambil alih lagi bila belum diambil orang lain; teks Anda tetap ada di formulir.",
    ),
    "case-claim-length": (
        "a claim ends after now and within {hours} hours.",
        "Choose an earlier or later end.",
        "pengambilan kasus harus berakhir setelah saat ini dan dalam {hours} jam.",
        "Pilih waktu akhir yang lain.",
    ),
    "case-help-label": (
        "a case in the help queue keeps its label.",
        "If nobody needs help here, decide “no action” and say why.",
        "kasus di antrean pertolongan tidak berganti label.",
        "Bila ternyata tidak ada yang perlu ditolong, putuskan “tidak ada tindakan” dan sebutkan "
        "alasannya.",
    ),
    "case-action": (
        "“{action}” cannot be decided in this way.",
        "Choose one of the actions shown.",
        "“{action}” tidak dapat diputuskan dengan cara ini.",
        "Pilih salah satu tindakan yang ditampilkan.",
    ),
    "case-help-only": (
        "a person who speaks of harming themselves is helped, never reported.",
        "Choose “help” or “no action”.",
        "orang yang berbicara tentang melukai diri ditolong, tidak pernah dilaporkan.",
        "Pilih “beri pertolongan” atau “tidak ada tindakan”.",
    ),
    "case-protected": (
        "criticism, and claims about the count, are protected: they can be answered, no more.",
        "If this is something else, change the label first and say why.",
        "kritik dan klaim tentang hitungan dilindungi: hanya dapat dijawab.",
        "Bila ini bukan kritik, ubah dulu labelnya dan sebutkan alasannya.",
    ),
    "case-threshold": (
        "the threshold test is not complete: {parts}.",
        "Give each of the six parts a level and a note.",
        "uji ambang belum lengkap: {parts}.",
        "Isi tingkat dan catatan untuk keenam bagian.",
    ),
    "case-threshold-unmet": (
        "not met: {parts}. Such a statement is not referred.",
        "Choose a milder action, or look at these parts again.",
        "tidak terpenuhi: {parts}. Ucapan seperti ini tidak dirujuk.",
        "Pilih tindakan yang lebih ringan, atau periksa lagi bagian itu.",
    ),
    "case-second-is-first": (
        "the second person must be another than the one who decided or changed the label.",
        "Ask a colleague to look at it.",
        "orang kedua harus berbeda dari yang memutuskan atau mengubah label.",
        "Minta rekan lain memeriksanya.",
    ),
    "case-empty": (
        "the reason is missing.",
        "Write in one or two sentences why.",
        "alasannya belum diisi.",
        "Tulis alasannya dalam satu atau dua kalimat.",
    ),
    "case-long": (
        "the text is longer than {most} characters.",
        "Shorten it; long evidence belongs to the case's files.",
        "teks lebih panjang dari {most} karakter.",
        "Ringkaskan; bukti yang panjang disimpan dalam berkas kasus.",
    ),
    "case-text": (
        "the text holds characters that cannot be kept.",
        "Type it again instead of pasting it.",
        "teks memuat karakter yang tidak dapat disimpan.",
        "Ketik ulang, jangan tempel.",
    ),
}
