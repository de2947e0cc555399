"""A measured piece of work in a process of its own."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.house import ROOT


@dataclass(frozen=True, slots=True)
class Done:
    """What a process told: seconds by the wall clock and of all processors, its largest resident
    memory in 10⁹ bytes, and what it found."""

    seconds: float
    processor: float
    gb: float
    found: dict[str, Any] = field(default_factory=dict)


def step(name: str, *arguments: object) -> Done:
    """A step of ``tests.bench.talk_steps``; it must end well."""
    words = [sys.executable, "-m", "tests.bench.talk_steps", name, *map(str, arguments)]
    return read(subprocess.run(words, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True))


def within(limit: float, words: Sequence[object]) -> Done | str:
    """What a command told; in words why it told nothing, where it failed or took too long."""
    quiet = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    try:
        done = subprocess.run([*map(str, words)], timeout=limit, check=True, **quiet)  # type: ignore[call-overload]
    except subprocess.TimeoutExpired:
        return f"not finished within {limit:.0f} s"
    except subprocess.CalledProcessError as err:
        last = (err.stderr.strip().splitlines() or [f"code {err.returncode}"])[-1]
        return f"failed ({last[:200]})"
    except OSError as err:
        return f"failed ({err.strerror} {Path(str(words[0])).name})"
    return read(done)


def read(done: subprocess.CompletedProcess[str]) -> Done:
    """The last line that a measured process printed."""
    found = json.loads(done.stdout.splitlines()[-1])
    seconds, processor = found.pop("seconds", 0.0), found.pop("processor", 0.0)
    return Done(seconds, processor, found.pop("peak_bytes") / 1e9, found)


def quickest(runs: Sequence[Done]) -> Done:
    """The quickest of some runs: other work on the machine can only add to the time."""
    return min(runs, key=lambda r: r.seconds)
