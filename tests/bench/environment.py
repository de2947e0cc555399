"""The other tools' own environment, made by the benchmark: nothing of theirs enters Rukun's."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from tests.house import ROOT

HOME: Final = ROOT / "var" / "bench-env"
SCRIPTS: Final = Path(__file__).parent / "others"
WANTED: Final = SCRIPTS / "requirements.txt"
#: Seconds that the installation may take.
PATIENCE: Final = 600.0
_VERSIONS: Final = (
    "import json, sys; from importlib.metadata import version; "
    "print(json.dumps({n: version(n) for n in sys.argv[1:]}))"
)


@dataclass(frozen=True, slots=True)
class Environment:
    """The interpreter of the other tools and their versions; or, in words, why there is none."""

    python: Path
    versions: Mapping[str, str] = field(default_factory=dict)
    missing: str = ""


def pinned(path: Path = WANTED) -> dict[str, str]:
    """Name → version of the tools that are compared."""
    lines = path.read_text(encoding="utf-8").split()
    return dict(line.split("==") for line in lines)


def made(home: Path = HOME, wanted: Path = WANTED) -> Environment:
    """The environment, made where it is not there or holds other versions."""
    python = home / "bin" / "python"
    if _held(python, wanted) == pinned(wanted):
        return Environment(python, pinned(wanted))
    try:
        _run(sys.executable, "-m", "venv", "--clear", home)
        _run(python, "-m", "pip", "install", "--quiet", "-r", wanted)
    except subprocess.TimeoutExpired:
        return Environment(python, missing=f"the installation took more than {PATIENCE:.0f} s")
    except (OSError, subprocess.CalledProcessError) as err:
        return Environment(python, missing=_reason(err))
    return Environment(python, _held(python, wanted))


def _held(python: Path, wanted: Path) -> dict[str, str]:
    """The versions that are installed; nothing where one is missing."""
    try:
        done = _run(python, "-c", _VERSIONS, *pinned(wanted))
    except (OSError, subprocess.SubprocessError):
        return {}
    found: dict[str, str] = json.loads(done)
    return found


def _run(*words: object) -> str:
    done = subprocess.run(
        [*map(str, words)], check=True, capture_output=True, text=True, timeout=PATIENCE
    )
    return done.stdout


def _reason(err: OSError | subprocess.CalledProcessError) -> str:
    """What failed, without a path or address of this machine."""
    if isinstance(err, OSError):
        return f"the environment cannot be made ({err.strerror})"
    lines = [n for n in (err.stderr or "").splitlines() if n.startswith("ERROR:")]
    last = lines[-1].removeprefix("ERROR: ") if lines else f"code {err.returncode}"
    return f"the tools cannot be installed ({last})"
