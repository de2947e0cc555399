"""Rooms on disk that the fault tests work on through processes of their own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

#: Lets people in one after the other and says so: ``python -c WRITE name count``.
WRITE = """
import sys, django; django.setup()
from rukun.web.core import services
from rukun.web.core.models import User
for n in range(int(sys.argv[2])):
    user = User(username=f"{sys.argv[1]}{n}", role="viewer")
    services.create_user(None, user, None)
    print(n, flush=True)
"""


def environ(folder: Path, database: str = "") -> dict[str, str]:
    """The settings of a room in ``folder``, and nothing of ours."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("RUKUN_", "DATABASE_"))}
    own = {"RUKUN_DATA_DIR": str(folder), "DJANGO_SETTINGS_MODULE": "rukun.web.settings"}
    return kept | own | ({"DATABASE_URL": database} if database else {})


def manage(folder: Path, *command: str, database: str = "") -> subprocess.CompletedProcess[str]:
    """A management command in this room."""
    command = (sys.executable, "-m", "rukun.web.manage", *command)
    return subprocess.run(command, env=environ(folder, database), capture_output=True, text=True)


def writer(folder: Path, name: str, count: int, database: str = "") -> subprocess.Popen[str]:
    """A process that lets people in."""
    command = [sys.executable, "-c", WRITE, name, str(count)]
    return subprocess.Popen(
        command, env=environ(folder, database), stdout=subprocess.PIPE, text=True
    )
