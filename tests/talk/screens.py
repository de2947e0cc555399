"""Cases of the screen's own development, and what several of its tests need."""

from __future__ import annotations

import csv
import os
from pathlib import Path

from tests.house import ROOT

DEV = Path(__file__).parent / "dev_cases.csv"
DATA = Path(os.environ.get("RUKUN_DATA", ROOT.parent / "shared" / "data"))
BACKGROUND = DATA / "lang" / "benign_background.parquet"


def dev_cases() -> list[dict[str, str]]:
    with DEV.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
