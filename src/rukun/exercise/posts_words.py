"""The words of exercise posts: six slots whose phrases make some hundred million sentences.

Neutral talk of an election week in a regency; camps are called pair 1 and pair 2 and come up
equally often. Two sentences that share five of six phrases still differ by a third of their words.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt
import polars as pl

from rukun.exercise.draws import Ints, uniform
from rukun.exercise.posts_plan import Random
from rukun.talk.aliases import LETTERS, SHORT

WHO: Final = (
    "warga banjar", "ibu-ibu pengajian", "pemuda desa", "petugas kpps", "saksi paslon 1",
    "saksi paslon 2", "pengawas tps", "pedagang pasar", "nelayan pesisir", "guru honorer",
    "sopir angkot", "mahasiswa rantau", "pecalang kampung", "tukang ojek", "relawan kubu 1",
    "relawan kubu 2", "pensiunan guru", "petani subak", "pengrajin tenun", "wartawan lokal",
)  # fmt: skip
DOES: Final = (
    "menunggu pengumuman", "menghitung ulang", "membagikan foto", "menanyakan kabar",
    "mengantre panjang", "mencatat angka", "menyimak siaran", "mengobrol santai",
    "mengawal rekap", "menjaga kotak", "menempel salinan", "memotret plano",
    "mengajak tetangga", "memuji panitia", "mengkritik lambatnya", "membahas selisih",
    "membaca berita", "merapikan tenda", "menagih penjelasan", "melaporkan suasana",
)  # fmt: skip
WHAT: Final = (
    "suara sementara", "formulir hasil", "rapat pleno", "jalannya pemilihan", "partisipasi pemilih",
    "daftar hadir", "hitung cepat", "surat undangan", "debat kemarin", "janji kampanye",
    "harga sembako", "jalan rusak", "bantuan pupuk", "air bersih", "lapangan kerja",
    "sekolah gratis", "layanan puskesmas", "kotak kosong", "surat suara", "tinta ungu",
)  # fmt: skip
WHEN: Final = (
    "sejak subuh", "pagi tadi", "menjelang siang", "setelah makan", "sore ini", "selepas magrib",
    "malam kemarin", "dua hari", "minggu lalu", "hari rabu", "usai hujan", "sebelum dzuhur",
    "tengah malam", "akhir pekan", "tadi sekitar", "barusan saja", "seharian penuh",
    "waktu istirahat", "awal bulan", "musim panen",
)  # fmt: skip
WHERE: Final = (
    "di balai", "dekat pelabuhan", "depan kantor", "samping sekolah", "pinggir sawah",
    "ujung jembatan", "dalam gedung", "halaman pura", "serambi masjid", "warung kopi",
    "lapangan bola", "pasar senggol", "pos ronda", "tepi pantai", "simpang empat",
    "terminal lama", "gang sempit", "rumah kelian", "aula kecamatan", "teras tetangga",
)  # fmt: skip
END: Final = (
    "semoga lancar", "tetap rukun", "mohon sabar", "kami pantau", "jangan lupa", "capek juga",
    "seru sekali", "bikin penasaran", "harus transparan", "biar jelas", "siapa tahu",
    "apa kabarnya", "sudah biasa", "hati tenang", "masih ramai", "mulai sepi", "kurang tertib",
    "patut dicontoh", "perlu dicek", "ayo dukung",
)  # fmt: skip
SLOTS: Final = (WHO, DOES, WHAT, WHEN, WHERE, END)
#: What people put before and behind a text they pass on as their own.
BEFORE: Final = ("info", "bantu sebar", "copas grup", "nah ini", "baca dulu", "teruskan")
BEHIND: Final = ("ya", "lur", "semeton", "gan", "bestie", "nggih")


def sentences(rng: Random, n: int) -> pl.Series:
    """``n`` sentences of twelve words and the number of a polling station."""
    parts = [pl.Series(slot).gather(uniform(rng, n, 0, len(slot))) for slot in SLOTS]
    tps = pl.Series(uniform(rng, n, 1, 488)).cast(pl.String)
    frame = pl.DataFrame({str(i): part for i, part in enumerate([*parts, tps])})
    return frame.select(
        pl.concat_str(*"01234", pl.lit("tps"), "6", "5", separator=" ").alias("text")
    ).to_series()


def edited(rng: Random, texts: pl.Series) -> pl.Series:
    """Each text with a word or two before it and one behind, as people pass things on."""
    n = texts.len()
    before = pl.Series("b", BEFORE).gather(uniform(rng, n, 0, len(BEFORE)))
    behind = pl.Series("e", BEHIND).gather(uniform(rng, n, 0, len(BEHIND)))
    frame = pl.DataFrame({"b": before, "t": texts, "e": behind})
    return frame.select(pl.concat_str("b", "t", "e", separator=" ").alias("text")).to_series()


def aliases(n: int, seed: int) -> pl.Series:
    """``n`` different aliases, made as real ones look, that do not tell in which order."""
    mixed = _mixed(np.arange(n, dtype=np.uint64) + np.uint64(seed))
    letters = pl.Series(list(LETTERS))
    columns = {str(i): letters.gather((mixed >> (5 * i)) & 31) for i in range(SHORT)}
    parts = pl.concat_str(pl.lit("akun-"), *columns)
    return pl.DataFrame(columns).select(parts.alias("account")).to_series()


def _mixed(numbers: npt.NDArray[np.uint64]) -> Ints:
    """Different numbers below 2⁵⁰ for different numbers: odd factors and shifts can be undone."""
    mask, factor = np.uint64(2**50 - 1), np.uint64(0x9E3779B97F4A7C15)
    for _ in range(2):
        numbers = (numbers * factor) & mask
        numbers ^= numbers >> np.uint64(25)
    return numbers.astype(np.int64)


def links(chosen: Ints) -> pl.Series:
    """The address of each chosen story; a tenth as many sites as stories per thousand."""
    frame = pl.DataFrame({"n": chosen})
    site = (pl.col("n") * 7 % 60 + 1).cast(pl.String)
    story = pl.col("n").cast(pl.String)
    return frame.select(
        pl.concat_str(pl.lit("https://warta-"), site, pl.lit(".example/berita/"), story).alias(
            "link"
        )
    ).to_series()
