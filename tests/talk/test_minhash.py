"""Near-duplicates are found, and only where the exact comparison agrees."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import polars as pl
import pytest

from rukun.talk import minhash
from rukun.talk.normal import words
from tests.bench.talk_text import generated

LONG = (
    "warga diminta tenang menunggu hasil resmi dari petugas sampai rapat pleno selesai nanti malam"
)


def sets_of(*texts):
    return minhash.word_sets(words(pl.Series(texts)))


def groups(*texts, threshold=0.8):
    return minhash.same(sets_of(*texts), threshold).group.tolist()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Halo DUNIA!!", "halo dunia"),
        ("ＨＡＬＯ", "halo"),
        ("ha\u200blo\ufeff", "halo"),
        ("e\u0301", "é"),
        ("STRASSE straße", "strasse strasse"),
        ("lihat https://a.b/c?d=1 dan bit.ly/xyz", "lihat \ue000 dan \ue000"),
        ("@budi_1 kata @akun-7F3K9", "\ue001 kata \ue001"),
        ("TPS 12 dapat 1.234 suara 27/11/2024", "tps \ue002 dapat \ue002 suara \ue002"),
        ("b4k4r tps12", "b4k4r tps12"),
        ("#Pilkada\n\t2024  🔥🔥", "pilkada \ue002"),
        ("🔥!?", ""),
        ("paslon 1, Pasangan Calon nomor urut 02", "\ue003p1 \ue003p2"),
        ("#Paslon02 kubu dua dukung 01", "\ue003p2 \ue003pdua dukung \ue003p1"),
        ("kotak kosong", "\ue003p0"),
        ("tps 01/02 pukul 01.30", "tps \ue002 pukul \ue002"),
        ("calon bupati 3 kali", "calon bupati \ue002 kali"),
        ("", ""),
    ],
)
def test_words_are_what_copies_have_in_common(text, expected):
    assert words(pl.Series([text])).to_list() == [expected]


def test_words_of_a_missing_text_are_missing():
    assert words(pl.Series(["a", None, "É"])).to_list() == ["a", None, "é"]


def test_links_mentions_and_numbers_do_not_count_as_words():
    assert sets_of("satu dua dua", "satu 2 @tiga https://empat.id/", "").sizes.tolist() == [2, 1, 0]


def test_the_key_is_the_same_for_the_same_words_only():
    keys = sets_of("Halo, dunia", "halo dunia", "dunia halo", "halo dunia dunia").keys
    assert keys[0] == keys[1] and len(set(keys.tolist())) == 3


def test_jaccard_is_exact():
    sets = sets_of("a b c d", "a b c d e", "x y", "")
    left, right = np.array([0, 0, 0, 3]), np.array([0, 1, 2, 3])
    assert minhash.jaccard(sets, left, right).tolist() == [1.0, 0.8, 0.0, 0.0]


def test_a_text_with_a_word_changed_is_the_same():
    assert groups(LONG, LONG.replace("tenang", "tenamg")) == [0, 0]


def test_at_the_threshold_is_the_same_and_below_is_not():
    nine, ten = " ".join("abcdefghi"), " ".join("abcdxefghi")
    assert groups(nine, ten, threshold=0.9) == [0, 0]
    assert groups(nine, ten, threshold=0.91) == [0, 1]


def test_sameness_passes_on_through_a_text_between():
    first, second, third = (
        LONG,
        LONG.replace("resmi", "akhir"),
        LONG.replace("resmi dari", "akhir oleh"),
    )
    assert groups(first, third) == [0, 1]
    assert groups(first, second, third) == [0, 0, 0]


@pytest.mark.parametrize(
    "commented",
    [f"HOAKS! {LONG}", f"{LONG} ini bohong", f"jangan percaya: {LONG}", f"{LONG} salah"],
)
def test_a_text_with_a_comment_stays_distinct(commented):
    found = minhash.same(sets_of(LONG, commented), 0.8)
    assert found.group.tolist() == [0, 1] and found.commented.tolist() == [[0, 1]]


def test_two_comments_on_one_text_stay_distinct():
    assert groups(LONG, f"hoaks {LONG}", f"viralkan {LONG}", f"{LONG} tolong sebar") == [0, 1, 2, 3]


def test_copies_of_a_commented_text_are_the_same():
    changed = f"HOAKS: {LONG}".replace("tenang", "tenamg")
    assert groups(LONG, f"hoaks {LONG}", changed) == [0, 1, 1]


@pytest.mark.parametrize(
    ("one", "other"),
    [("paslon 1", "paslon 2"), ("kubu 1", "kotak kosong"), ("01", "02"), ("paslon 2", "tps 2")],
)
def test_texts_about_different_pairs_are_never_the_same(one, other):
    first, second = (f"{LONG} kata {who} {LONG[::-1]}" for who in (one, other))
    assert groups(first, second, first.replace("resmi", "akhir")) == [0, 1, 0]


def test_a_link_or_a_mention_is_no_comment():
    assert groups(LONG, f"@budi @ani {LONG} https://a.b/c") == [0, 0]


def test_groups_do_not_depend_on_the_order():
    texts = words(generated(1_000, 3).get_column("text")).unique(maintain_order=True)
    there = minhash.same(minhash.word_sets(texts.reverse()), 0.8).group
    here = minhash.same(minhash.word_sets(texts), 0.8).group
    mirrored = (len(texts) - 1 - there)[::-1]
    assert _parts(here) == _parts(mirrored)


def test_the_bands_find_the_pairs_that_an_exact_search_finds():
    text = words(generated(3_000, 4).get_column("text")).unique(maintain_order=True)
    sets = minhash.word_sets(text)
    known = [set(t.split()) for t in text]
    near = [
        (i, j)
        for i, j in combinations(range(len(known)), 2)
        if len(known[i] & known[j]) >= 0.8 * len(known[i] | known[j])
    ]
    keys = minhash.band_keys(sets)
    met = [bool((keys[:, i] == keys[:, j]).any()) for i, j in near]
    assert len(near) > 300 and sum(met) / len(met) >= 0.99


def test_no_text_at_all_is_no_group():
    found = minhash.same(minhash.word_sets(pl.Series([], dtype=pl.String)), 0.8)
    assert found.group.size == 0 and found.commented.shape == (0, 2)


def test_many_texts_of_one_pattern_are_quick_and_stay_apart():
    shared = "selamat pagi warga desa semoga hari ini berkah lancar aman damai"
    texts = [f"{shared} {' '.join(f'kata{n}x{k}' for k in range(5))}" for n in range(5_000)]
    assert groups(*texts) == list(range(5_000))


def test_large_buckets_give_the_groups_that_small_ones_give(monkeypatch):
    draw = np.random.default_rng(6)
    shared = LONG.split()[:9]
    texts = []
    for a, b, c, d in draw.integers(0, 40, (1_500, 4)):
        cut = int(draw.integers(3))
        texts.append([f"k{a}", *shared[cut:5], f"k{b}", *shared[5:], f"k{c}", f"k{d}"])
    sets = sets_of(*(" ".join(t) for t in texts))
    found = []
    for most in (10**9, 64, 2):
        monkeypatch.setattr(minhash, "LARGE_BUCKET", most)
        found.append(minhash.same(sets, 0.8))
    assert 10 < len(_parts(found[0].group)) < 1_400 and len(found[0].commented) > 10
    assert all(_parts(f.group) == _parts(found[0].group) for f in found)
    assert all(f.commented.tolist() == found[0].commented.tolist() for f in found)


def _parts(group):
    out = {}
    for text, root in enumerate(group.tolist()):
        out.setdefault(root, []).append(text)
    return sorted(out.values())
