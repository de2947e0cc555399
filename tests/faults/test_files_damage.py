"""Files damaged at random: whatever is in them, reading ends with forms and problems."""

from __future__ import annotations

import random

import pytest

from tests.count.reading import TPS, cells, read, row, table, workbook
from tests.count.test_readers_feed import child, counted, page

CSV = table(row(), row(TPS[1], cited='"a, ""b"""', at="2024-11-27 14:05"), row(TPS[2]))
SEEDS = {
    "forms.csv": CSV.encode(),
    "utf16.csv": CSV.encode("utf-16"),
    "forms.xlsx": workbook(cells(["bupati", TPS[0], "official", "c_hasil", 10, 20, 30])),
    "5101.json": page(counted(1, 2), {"510101": child(1, 2)}).encode(),
}
TOKENS = [
    b'"',
    b",",
    b"\n",
    b"\r",
    b"\0",
    b"\xff",
    b";",
    b"9" * 30,
    b"null",
    b"{",
    b"[",
    b"-1",
    b"1e3",
    b"NaN",
    b"<!DOCTYPE",
    b"",
]


def damaged(content: bytes, rng: random.Random) -> bytes:
    """The content with a few bytes replaced, cut out or repeated."""
    out = bytearray(content)
    for _ in range(rng.randint(1, 6)):
        at = rng.randrange(len(out) + 1)
        act = rng.randrange(3)
        if act == 0:
            out[at : at + rng.randint(0, 3)] = rng.choice(TOKENS)
        elif act == 1:
            del out[at : at + rng.randint(1, 40)]
        else:
            start = rng.randrange(len(out) + 1)
            out[at:at] = out[start : start + rng.randint(1, 60)]
    return bytes(out)


@pytest.mark.parametrize("name", SEEDS)
def test_damage_of_any_kind_ends_in_forms_and_problems(tmp_path, name):
    rng = random.Random(name)
    for _ in range(150):
        got = read(tmp_path, damaged(SEEDS[name], rng), name)
        assert got.problems or got.forms.height
        assert all(str(p).isprintable() for p in got.problems)
        assert got.forms.get_column("origin_row").null_count() in (0, got.forms.height)


def test_parquet_damaged_at_random_is_refused_or_read(tmp_path):
    path = tmp_path / "whole"
    read(tmp_path, CSV).forms.write_parquet(path)
    whole = path.read_bytes()
    rng = random.Random(5)
    for _ in range(60):
        got = read(tmp_path, damaged(whole, rng), "forms.parquet")
        assert got.problems or got.forms.height
