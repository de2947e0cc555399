"""The identities of the form (domain page, 1.2) written once more, in plain numpy.

Kept apart from ``rukun.count.rules`` on purpose: one is the check on the other.
"""

from __future__ import annotations

import numpy as np
import polars as pl

LISTS = ("tetap", "pindahan", "tambahan")


def broken(table: pl.DataFrame, choices: int = 2) -> set[str]:
    """The identities that some row of a table of station forms breaks."""
    x = {c: table[c].to_numpy() for c in table.columns if table[c].dtype == pl.Int64}
    return {name for name, holds in _tests(x, choices) if not np.all(holds)}


def _tests(x: dict[str, np.ndarray], choices: int):
    votes = [x[f"votes_{n}"] for n in range(1, choices + 1)]
    reserve = -(-25 * x["registered_tetap_j"] // 1000)
    for group in ("registered", "voters"):
        for row in (*(f"{group}_{k}" for k in LISTS), group, f"disabled_{group}"):
            yield "H1", x[f"{row}_l"] + x[f"{row}_p"] == x[f"{row}_j"]
        for s in "lpj":
            law = "H2" if group == "registered" else "H3"
            yield law, sum(x[f"{group}_{k}_{s}"] for k in LISTS) == x[f"{group}_{s}"]
    spent = x["ballots_used"] + x["ballots_returned"] + x["ballots_unused"]
    yield "H4", x["ballots_received"] == spent
    yield "H5", x["valid"] == sum(votes)
    yield "H6", x["cast"] == x["valid"] + x["invalid"]
    yield "H7", x["ballots_used"] == x["cast"]
    yield "H8", x["voters_j"] == x["cast"]
    for s in "lpj":
        for k in LISTS:
            yield "H9", x[f"voters_{k}_{s}"] <= x[f"registered_{k}_{s}"]
        most = np.minimum(x[f"disabled_registered_{s}"], x[f"voters_{s}"])
        yield "H10", x[f"disabled_voters_{s}"] <= most
    yield "H11", x["voters_j"] <= x["ballots_received"]
    for name, values in x.items():
        if name not in ("version", "row"):
            yield "H11", (values >= 0) & (values <= 999)
    yield "P1", x["ballots_received"] == x["registered_tetap_j"] + reserve
    yield "P2", x["registered_tetap_j"] <= 600
    yield "P4", x["voters_pindahan_j"] == x["registered_pindahan_j"]
    yield "P4", x["voters_tambahan_j"] == x["registered_tambahan_j"]
    yield "P5", x["ballots_returned"] <= reserve
