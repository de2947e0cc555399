"""Claims that exercise posts make about exercise forms: true, false, and misprints."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import polars as pl

from rukun.exercise.posts_plan import Random

#: How many claims of each truth, and in how many different wordings each is written.
EACH: Final = 8
WORDINGS: Final = 3
_FIGURE: Final = (
    "Hasil TPS {n} {v}: paslon 1 {a}, paslon 2 {b}",
    "{v} tps {n} pilbup, nomor 1 dapat {a} suara dan nomor 2 dapat {b} suara",
    "Cek C hasil bupati TPS {n} Desa {v}, paslon 1 = {a}, paslon 2 = {b}",
)
_ONE: Final = (
    "Di TPS {n} {v} suara paslon {c} cuma {a} untuk bupati, benar nggak ya",
    "Pilbup TPS {n} {v} paslon {c} memperoleh {a} suara",
    "katanya suara paslon {c} di TPS {n} desa {v} {a} (bupati)",
)
_MORE: Final = (
    "Di TPS {n} {v} surat suara yang dipakai lebih banyak dari pemilih yang hadir",
    "TPS {n} desa {v}: suara lebih banyak daripada pengguna hak pilih, tolong dicek",
    "kok bisa di tps {n} {v} jumlah suara melebihi jumlah pemilih",
)
_BOX: Final = (
    "Kotak suara TPS {n} {v} dibuka sebelum sampai kecamatan, segelnya rusak",
    "Info: segel kotak TPS {n} Desa {v} rusak waktu diantar ke PPK",
    "kotak TPS {n} {v} kabarnya sudah terbuka, mohon penjelasan KPU",
)
_SWAP: Final = (
    "Suara paslon 1 dan paslon 2 di TPS {n} {v} tertukar waktu direkap (bupati)",
    "TPS {n} desa {v}: angka pilbup paslon 1 dan 2 terbalik di papan",
    "tertukar! suara bupati nomor 1 sama nomor 2 di tps {n} {v}",
)


@dataclass(frozen=True, slots=True)
class Made:
    """A claim with its wordings. ``truth``: true, false, misprint, or unknown where the forms
    cannot say (a seal is not on the form)."""

    code: str
    place: str
    contest: str
    kind: str
    truth: str
    texts: tuple[str, ...]


def made_claims(rng: Random, places: pl.DataFrame, forms: pl.DataFrame) -> list[Made]:
    """Claims about stations drawn from the official forms of the regent's contest."""
    table = _stations(places, forms)
    chosen = table[np.argsort(rng.random(table.height), kind="stable")[: 5 * EACH + 4]]
    rows = chosen.to_dicts()
    kinds = ["figure", "one", "false", "misprint", "more_voters", *["box"] * 2, *["swapped"] * 2]
    plan = [kind for kind in kinds[:4] for _ in range(EACH)] + kinds[4:] * 2
    return [_made(f"klaim-{i:02d}", kind, row) for i, (kind, row) in enumerate(
        zip(plan, rows, strict=False))]  # fmt: skip


def _stations(places: pl.DataFrame, forms: pl.DataFrame) -> pl.DataFrame:
    names = places.select(parent="code", village="name")
    stations = places.filter(pl.col("kind") == "tps").select(place="code", parent="parent")
    official = forms.filter(
        pl.col("source") == "official",
        pl.col("kind") == "c_hasil",
        pl.col("contest").str.starts_with("bupati"),
    )
    told = official.select("place", "contest", "votes_1", "votes_2").drop_nulls()
    return told.join(stations, on="place").join(names, on="parent").sort("place")


def _made(code: str, kind: str, row: dict[str, object]) -> Made:
    first, second = int(str(row["votes_1"])), int(str(row["votes_2"]))
    station = {"n": int(str(row["place"])[-3:]), "v": row["village"]}
    ways, figures, truth = _said(kind, first, second)
    texts = tuple(way.format(**station, **figures) for way in ways)
    told = {"one": "figure", "false": "figure", "misprint": "figure"}.get(kind, kind)
    return Made(code, str(row["place"]), str(row["contest"]), told, truth, texts[:WORDINGS])


def _said(kind: str, first: int, second: int) -> tuple[Sequence[str], dict[str, int], str]:
    both = {"a": first, "b": second}
    if kind == "figure":
        return _FIGURE, both, "true"
    if kind == "one":
        return _ONE, {"c": 1, "a": first}, "true"
    if kind == "false":
        return _FIGURE, {"a": first + 57, "b": max(0, second - 61)}, "false"
    if kind == "misprint":
        return _FIGURE, {"a": first, "b": _misprinted(second)}, "misprint"
    ways = {"more_voters": _MORE, "box": _BOX, "swapped": _SWAP}[kind]
    return ways, {}, "unknown" if kind == "box" else "false"


def _misprinted(votes: int) -> int:
    """One digit of the number is another: the tens, up or down by two."""
    return votes + 20 if (votes // 10) % 10 < 8 else votes - 20
