"""What may go wrong while forms are stored, and what is left of it: nothing, or all of it."""

from __future__ import annotations

import signal
import subprocess
import sys

import pytest

from tests.faults.rooms import environ, manage

#: A room with the small election; then ``SCRIPT`` goes on in it.
FURNISH = """
import django; django.setup()
from tests.web.room import all_three, bring, csv_file, furnish
from tests.count.small import TPS, station
from rukun.web.count import recompute as work, services, storing
from rukun.web.count.models import *
from rukun.web.core.models import LedgerEntry
"""
BEGIN = FURNISH + "furnish(); bring(*all_three('A1a1', [10, 20]))"
#: Stores a file and waits, at the step named, until somebody ends it.
HALF = (
    FURNISH
    + """
import sys, time
def wait(*args, **kwargs):
    print("half", flush=True)
    time.sleep(60)
module, name = {"forms": (storing, "mark_current"), "states": (work, "_store_findings"),
                "summaries": (work, "_outlook"), "ledger": (services, "_decide")}[sys.argv[1]]
setattr(module, name, wait)
rows = [station(t, [30, 40], s) for t in TPS for s in ("official", "witness:1")]
services.store(None, services.preview(None, csv_file(*rows)).pk)
"""
)
COUNTS = (
    FURNISH
    + """
tables = (StoredForm, StationState, StoredFinding, Summary, Coverage)
print(*(t.objects.count() for t in tables), *sorted(
    (s.place_id, s.state, str(s.votes)) for s in StationState.objects.all()),
    Upload.objects.filter(state="stored").count(),
    LedgerEntry.objects.filter(action="count.upload.stored").count())
"""
)
STORE = FURNISH + "import sys\nprint(services.store(None, int(sys.argv[1])).counts['stored'])"


def run(folder, script, *args):
    command = [sys.executable, "-c", script, *args]
    done = subprocess.run(command, env=environ(folder), capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture
def room(tmp_path):
    assert manage(tmp_path, "migrate", "-v0").returncode == 0
    run(tmp_path, BEGIN)
    return tmp_path


@pytest.mark.parametrize("at", ["forms", "states", "summaries", "ledger"])
def test_killed_while_storing_leaves_nothing_half(room, at):
    before = run(room, COUNTS)
    process = subprocess.Popen(
        [sys.executable, "-c", HALF, at], env=environ(room), stdout=subprocess.PIPE, text=True
    )
    assert process.stdout.readline() == "half\n"
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert run(room, COUNTS) == before
    assert "'new': 10" in run(room, STORE, "1")


def test_two_who_store_at_once_both_count(room):
    preview = FURNISH + (
        "import sys\nprint(services.preview(None, csv_file(station(sys.argv[1], [3, 4]))).pk)"
    )
    uploads = [run(room, preview, place).strip() for place in ("A1a2", "A2c1", "A2c2")]
    together = [
        subprocess.Popen(
            [sys.executable, "-c", STORE, u], env=environ(room), stdout=subprocess.PIPE
        )
        for u in uploads
    ]
    assert [p.wait() for p in together] == [0, 0, 0]
    [p.stdout.close() for p in together]
    told = run(room, FURNISH + "print(Summary.objects.get(contest='reg', place='A').sources)")
    assert "'tps_in': 4" in told


def test_one_file_stored_by_two_at_once_is_stored_once(room):
    preview = FURNISH + "print(services.preview(None, csv_file(station('A1a2', [3, 4]))).pk)"
    upload = run(room, preview).strip()
    together = [
        subprocess.Popen(
            [sys.executable, "-c", STORE, upload],
            env=environ(room),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(2)
    ]
    told = [p.communicate() for p in together]
    assert sorted(p.returncode for p in together) == [0, 1]
    assert "[upload-decided]" in "".join(err for _, err in told)
    assert run(room, FURNISH + "print(StoredForm.objects.filter(place='A1a2').count())") == "1\n"
