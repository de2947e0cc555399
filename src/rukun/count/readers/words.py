"""What can be wrong with a row or a column, and what to do about it, in both languages."""

from __future__ import annotations

from typing import Final

from rukun.files.words import Words, out, said

COLUMNS: Final[dict[str, Words]] = {
    "column-unknown": said(
        "is not a field of a form; the column was not read.",
        "Nothing to do if it holds no figures; else rename it, or name it in a mapping.",
        "bukan isian formulir; kolom ini tidak dibaca.",
        "Abaikan bila tidak memuat angka; bila memuat, ubah judulnya atau sebut dalam pemetaan.",
    ),
    "column-misspelt": out(
        "is not a field of a form; the column was not read.",
        "Did you mean “{near}”? Correct the heading and bring the file again.",
        "bukan isian formulir; kolom ini tidak dibaca.",
        "Maksudnya “{near}”? Perbaiki judul kolom, lalu kirim ulang berkas.",
    ),
    "column-twice": out(
        "this heading stands twice.",
        "Keep one column; rows in which the two differ were left out.",
        "judul kolom ini muncul dua kali.",
        "Sisakan satu kolom; baris yang isinya berbeda tidak diambil.",
    ),
    "column-missing": out(
        "there is no column {names}, and no constant for it.",
        "Add the column, or state it under [constants] in a mapping. Headings stand in one row.",
        "tidak ada kolom {names}, dan tidak ada nilai tetapnya.",
        "Tambahkan kolomnya, atau tulis di [constants] dalam pemetaan. Judul berada di satu baris.",
    ),
    "column-untitled": said(
        "a column without heading holds values; it was not read.",
        "Give it the name of its field, or empty it.",
        "kolom tanpa judul memuat isian; kolom ini tidak dibaca.",
        "Beri judul sesuai nama isiannya, atau kosongkan.",
    ),
    "column-differs": out(
        "the two columns of this name state different values: {values}.",
        "Look at the paper and keep one column.",
        "dua kolom bernama sama memuat nilai berbeda: {values}.",
        "Lihat formulir kertasnya dan sisakan satu kolom.",
    ),
    "no-figures": out(
        "no column holds figures.",
        "Name the columns as in the template (votes_1, votes_2, valid …), or use a mapping.",
        "tidak ada kolom yang memuat angka.",
        "Beri nama kolom seperti di templat (votes_1, votes_2, valid …), atau pakai pemetaan.",
    ),
}

NUMBERS: Final[dict[str, Words]] = {
    "number-separator": out(
        "a mark stands between the digits; it could mean thousands or decimals.",
        'Write plain digits, or state the mark in a mapping: [numbers] thousands = "."',
        "ada tanda di antara angka; bisa berarti ribuan atau desimal.",
        'Tulis angka polos, atau sebut tandanya dalam pemetaan: [numbers] thousands = "."',
    ),
    "number-space": out(
        "a space stands in the number.",
        "Write the digits together; a non-breaking space counts as a space.",
        "ada spasi di dalam angka.",
        "Tulis angka tanpa spasi; spasi khusus (non-breaking) juga dihitung spasi.",
    ),
    "number-exponent": out(
        "the number is written with an exponent; digits may be lost.",
        "Set the column to text or whole numbers and copy the figure from the paper.",
        "angka ditulis dengan eksponen; sebagian angka bisa hilang.",
        "Jadikan kolom teks atau bilangan bulat, lalu salin angka dari formulir.",
    ),
    "number-negative": out(
        "a count cannot be negative.",
        "Correct it from the paper; leave it empty where nothing is stated.",
        "jumlah tidak mungkin negatif.",
        "Perbaiki dari formulir; kosongkan bila tidak dinyatakan.",
    ),
    "number-large": out(
        "the number is larger than any form can hold.",
        "Correct it from the paper.",
        "angka melebihi yang mungkin ada di formulir.",
        "Perbaiki dari formulir.",
    ),
    "number-word": out(
        "is not a whole number.",
        "Write digits; 0 where the form says zero, nothing where it states nothing.",
        "bukan bilangan bulat.",
        "Tulis angka; 0 bila formulir menyatakan nol, kosongkan bila tidak dinyatakan.",
    ),
    "votes-no-choice": out(
        "votes for a choice that is not on the ballot of {contest}.",
        "Its choices are {numbers}. Move the figure, or empty the cell.",
        "suara untuk pilihan yang tidak ada di surat suara {contest}.",
        "Pilihannya: {numbers}. Pindahkan angkanya, atau kosongkan sel.",
    ),
    "nothing-stated": said(
        "the row states no figure and was passed over.",
        "Fill it in when its form arrives.",
        "baris ini tidak menyatakan angka apa pun dan dilewati.",
        "Isi bila formulirnya sudah datang.",
    ),
}

CODES: Final[dict[str, Words]] = {
    "identity-empty": out(
        "the cell is empty.",
        "Fill it in; every row needs contest, place, source and kind.",
        "sel ini kosong.",
        "Isi sel ini; setiap baris perlu contest, place, source, dan kind.",
    ),
    "identity-merged": out(
        "the cell is part of merged cells; only the first of them holds the value.",
        "Unmerge the cells and fill the value into every row.",
        "sel ini bagian dari sel gabungan; hanya sel pertama yang berisi.",
        "Pisahkan sel gabungan dan isi nilainya di setiap baris.",
    ),
    "contest-unknown": out(
        "there is no such contest.",
        "There are: {known}.",
        "tidak ada pemilihan dengan kode ini.",
        "Yang ada: {known}.",
    ),
    "place-zeros": out(
        "the code has lost its zeros; it should be {wanted}.",
        "Codes are text: set the column to text before typing or pasting.",
        "kode kehilangan angka nolnya; seharusnya {wanted}.",
        "Kode adalah teks: jadikan kolom teks sebelum mengetik atau menempel.",
    ),
    "place-exponent": out(
        "a spreadsheet has turned the code into a number; its last digits are lost.",
        "Set the column to text and copy the code again from the list of places.",
        "aplikasi lembar kerja mengubah kode menjadi angka; digit terakhirnya hilang.",
        "Jadikan kolom teks dan salin ulang kodenya dari daftar wilayah.",
    ),
    "place-length": out(
        "the code has {length} characters; codes here have {lengths}.",
        "Copy the code from the list of places. {near}",
        "kode ini {length} karakter; kode di sini {lengths} karakter.",
        "Salin kodenya dari daftar wilayah. {near_id}",
    ),
    "place-unknown": out(
        "this place is not in the list of places.",
        "Copy the code from the list of places. {near}",
        "wilayah ini tidak ada dalam daftar wilayah.",
        "Salin kodenya dari daftar wilayah. {near_id}",
    ),
    "place-outside": out(
        "the place does not take part in contest {contest} (its top place is {top}).",
        "Correct the code or the contest.",
        "wilayah ini tidak ikut dalam pemilihan {contest} (wilayah puncaknya {top}).",
        "Perbaiki kode wilayah atau pemilihannya.",
    ),
    "place-within": out(
        "the place does not lie in “{within}”.",
        "Correct the code of the place, or the area named beside it.",
        "wilayah ini tidak berada di “{within}”.",
        "Perbaiki kode wilayahnya, atau nama wilayah di sampingnya.",
    ),
    "source-unknown": out(
        "is not a source.",
        "Write official, witness:1, witness:2 …, supervisor, observer, recap or feed.",
        "bukan sumber yang dikenal.",
        "Tulis official, witness:1, witness:2 …, supervisor, observer, recap, atau feed.",
    ),
    "source-choice": out(
        "names a witness of a choice that has none in contest {contest}.",
        "The number after “witness:” is the pair's number on the ballot.",
        "menyebut saksi dari pilihan yang tidak punya saksi dalam pemilihan {contest}.",
        "Angka setelah “witness:” adalah nomor urut pasangan.",
    ),
    "kind-unknown": out(
        "is not a kind of form.",
        "Write c_hasil, c_hasil_recount or c_hasil_psu at a tps, d_hasil above.",
        "bukan jenis formulir yang dikenal.",
        "Tulis c_hasil, c_hasil_recount, atau c_hasil_psu untuk TPS, d_hasil di atasnya.",
    ),
    "kind-level": out(
        "does not fit the place: {place} is a {level}.",
        "A tps has c_hasil; places above it, and columns of a recapitulation, have d_hasil.",
        "tidak cocok dengan wilayahnya: {place} adalah {level}.",
        "TPS memakai c_hasil; wilayah di atasnya, dan kolom rekapitulasi, memakai d_hasil.",
    ),
    "basis-unknown": out(
        "is not a basis.",
        "Write “exercise” for made-up figures; leave it empty for real ones.",
        "bukan dasar data yang dikenal.",
        "Tulis “exercise” untuk angka latihan; kosongkan untuk angka nyata.",
    ),
    "evidence-hash": out(
        "is not a list of SHA-256 hashes.",
        "Write 64 hexadecimal digits for each file, with a semicolon between.",
        "bukan daftar hash SHA-256.",
        "Tulis 64 digit heksadesimal untuk tiap berkas, dipisah titik koma.",
    ),
}

TIMES: Final[dict[str, Words]] = {
    "time-form": out(
        "is not a date and time that can be read in one way only.",
        "Write 2024-11-27 14:05, then +08:00, WIB, WITA or WIT where it is not the place's own.",
        "bukan tanggal dan jam yang hanya bisa dibaca dengan satu cara.",
        "Tulis 2024-11-27 14:05, lalu +08:00, WIB, WITA, atau WIT bila bukan zona setempat.",
    ),
    "time-serial": out(
        "is a spreadsheet's serial number, not a date.",
        "Set the column to text and write 2024-11-27 14:05.",
        "adalah nomor seri tanggal lembar kerja, bukan tanggal.",
        "Jadikan kolom teks dan tulis 2024-11-27 14:05.",
    ),
    "time-day-month": out(
        "day and month can be taken for each other.",
        "Write the year first: 2024-11-27 14:05.",
        "hari dan bulan bisa tertukar.",
        "Tulis tahun lebih dulu: 2024-11-27 14:05.",
    ),
    "time-no-such": out(
        "there is no such day or hour.",
        "Correct the date and time.",
        "tanggal atau jam ini tidak ada.",
        "Perbaiki tanggal dan jamnya.",
    ),
    "time-absurd": out(
        "lies outside the time in which a form of this contest can be entered ({first} to {last}).",
        "Correct the date and time.",
        "berada di luar waktu pengisian formulir pemilihan ini ({first} sampai {last}).",
        "Perbaiki tanggal dan jamnya.",
    ),
    "time-zone": out(
        "states no time zone, and none is known for the place.",
        'Add +07:00, WIB, WITA or WIT; or [file] zone = "WIB" in a mapping.',
        "tidak menyebut zona waktu, dan zona wilayahnya tidak diketahui.",
        'Tambahkan +07:00, WIB, WITA, atau WIT; atau [file] zone = "WIB" dalam pemetaan.',
    ),
}

ROWS: Final[dict[str, Words]] = {
    "row-total": said(
        "looks like a row of totals and was kept out.",
        "Nothing to do: sums are worked out from the forms themselves.",
        "tampak seperti baris jumlah dan tidak diambil.",
        "Abaikan saja: jumlah dihitung dari formulir itu sendiri.",
    ),
    "rows-unfilled": said(
        "{count} rows from here on have neither source nor figures and were passed over.",
        "Fill them in when their forms arrive.",
        "{count} baris mulai dari sini belum berisi sumber maupun angka dan dilewati.",
        "Isi bila formulirnya sudah datang.",
    ),
    "row-same": said(
        "states the same form with the same figures as row {first}; it was taken once.",
        "Nothing to do.",
        "memuat formulir dan angka yang sama dengan baris {first}; diambil satu kali.",
        "Abaikan saja.",
    ),
    "row-conflict": out(
        "rows {rows} state the same form with different figures.",
        "Look at the paper and keep the right row; for a correction state entered_at or version.",
        "baris {rows} memuat formulir yang sama dengan angka berbeda.",
        "Lihat formulir kertas dan sisakan baris yang benar; untuk koreksi isi entered_at/version.",
    ),
    "text-control": out(
        "holds an invisible character ({character}).",
        "Type the cell anew.",
        "memuat karakter tak terlihat ({character}).",
        "Ketik ulang isi sel ini.",
    ),
    "cell-error": out(
        "the cell shows a spreadsheet error.",
        "Correct the formula, or type the figure from the paper.",
        "sel ini menampilkan galat lembar kerja.",
        "Perbaiki rumusnya, atau ketik angka dari formulir.",
    ),
}
