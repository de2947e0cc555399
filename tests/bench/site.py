"""How long the pages take with a million stored forms.

``python -m tests.bench.site [STATIONS [FOLDER]]``; a FOLDER keeps the room for another time.

Runs in a process and a database (SQLite) of its own. Prints one JSON object: the forms stored,
the seconds of storing them, the size of the database, and per page the milliseconds of server time
(median, 95th percentile) over ``REQUESTS`` requests to places drawn from a seed, without a browser.
"""

from __future__ import annotations

import json
import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

REQUESTS = 200
SEED = 20241127
#: A million forms: so many stations, three sources each.
STATIONS = 340_000


def main(stations: int, kept: Path | None = None) -> None:
    """Build the room, ask for every page, print what it took.

    ``kept`` is a folder in which the room stays, and is found again the next time.
    """
    with tempfile.TemporaryDirectory() as temporary:
        folder = kept or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        _settings(folder)
        facts = folder / "bench.json"
        if not facts.exists():
            facts.write_text(json.dumps(_fill(stations)))
        pages = {name: _timed(next_url) for name, next_url in _pages().items()}
        size = (folder / "rukun.sqlite3").stat().st_size
        print(json.dumps({**json.loads(facts.read_text()), "bytes": size, "pages": pages}))


def _settings(folder: Path) -> None:
    os.environ |= {
        "RUKUN_DATA_DIR": str(folder),
        "RUKUN_OPEN_READING": "1",
        "DJANGO_SETTINGS_MODULE": "rukun.web.settings",
    }
    os.environ.pop("DATABASE_URL", None)
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)


def _fill(stations: int) -> dict[str, Any]:
    """The national exercise into the database, all sources at once."""
    import polars as pl
    from django.db import transaction
    from django.utils import timezone

    from rukun.count.forms import form_columns
    from rukun.exercise.national import national_forms, national_frame
    from rukun.tables import conform
    from rukun.web.count import services, storing

    frame = national_frame(stations, SEED)
    services.load_frame(None, frame, {})
    forms = pl.concat(
        conform(part, form_columns(2), source) for source, part in national_forms(frame, 3, SEED)
    )
    started = time.perf_counter()
    with transaction.atomic():
        done = storing.store_forms(forms, frame, None, timezone.now())
    return {"stations": stations, "forms": done.new, "seconds": time.perf_counter() - started}


def _pages() -> dict[str, Callable[[], str]]:
    """Per page a function that gives the next address."""
    from rukun.web.count.models import Place, StationState, StoredFinding

    draw = random.Random(SEED)
    places = {
        kind: list(Place.objects.filter(kind=kind).order_by("pk").values_list("pk", flat=True))
        for kind in ("province", "regency", "kecamatan", "village", "tps")
    }
    disputed = list(
        StationState.objects.filter(state="disputed").values_list("place", flat=True)[:5000]
    )
    codes = list(StoredFinding.objects.values_list("code", flat=True).distinct())

    def place(kind: str) -> Callable[[], str]:
        return lambda: f"/c/exercise/p/{draw.choice(places[kind])}/"

    return {
        "overview": lambda: "/",
        "contest": lambda: "/c/exercise/",
        **{kind: place(kind) for kind in places},
        "disputed station": lambda: f"/c/exercise/p/{draw.choice(disputed)}/",
        "findings": lambda: "/findings/",
        "findings of a rule": lambda: (
            f"/findings/?contest=exercise&code={draw.choice(codes)}&page={draw.randint(1, 5)}"
        ),
        "findings of a regency": lambda: f"/findings/?place={draw.choice(places['regency'])}",
        "rules": lambda: "/rules/",
    }


def _timed(next_url: Callable[[], str]) -> dict[str, float]:
    from django.test import Client

    client = Client(headers={"accept-language": "id"})
    times = sorted(_milliseconds(client, next_url) for _ in range(REQUESTS))
    return {"median": statistics.median(times), "p95": times[int(0.95 * REQUESTS) - 1]}


def _milliseconds(client: Any, next_url: Callable[[], str]) -> float:
    started = time.perf_counter()
    response = client.get(next_url(), HTTP_HOST="localhost")
    took = 1000 * (time.perf_counter() - started)
    assert response.status_code == 200, response.status_code
    return took


if __name__ == "__main__":
    asked = sys.argv[1:]
    main(int(asked[0]) if asked else STATIONS, Path(asked[1]) if len(asked) > 1 else None)
