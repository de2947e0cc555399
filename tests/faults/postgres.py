"""A PostgreSQL of the tests' own: RUKUN_TEST_POSTGRES names a server, or one is started here."""

from __future__ import annotations

import getpass
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

_FOLDERS = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)


@contextmanager
def server() -> Iterator[str]:
    """The address of a server whose ``postgres`` database may be used; skips where there is none."""
    named = os.environ.get("RUKUN_TEST_POSTGRES", "")
    if named:
        yield named
        return
    # Not below pytest's own folder: the user of PostgreSQL may not look into that.
    with tempfile.TemporaryDirectory(prefix="rukun-pg-") as folder:
        yield from _started(folder)


def _started(folder: str) -> Iterator[str]:
    who = _who()
    if who:
        shutil.chown(folder, who, who)
    port = _free_port()
    _run(who, "initdb", "-D", f"{folder}/data", "-A", "trust", "-U", "rukun", "--no-sync")
    options = f"-p {port} -k {folder} -c listen_addresses=127.0.0.1"
    control = ("pg_ctl", "-D", f"{folder}/data", "-w", "-l", f"{folder}/log")
    _run(who, *control, "-o", options, "start")
    try:
        yield f"postgres://rukun@127.0.0.1:{port}/postgres"
    finally:
        _run(who, *control, "-m", "immediate", "stop")


def _who() -> str | None:
    """PostgreSQL does not run as root: then its own user starts it."""
    if getpass.getuser() != "root" and os.geteuid() != 0:
        return None
    try:
        return pwd.getpwnam("postgres").pw_name
    except KeyError:
        pytest.skip("no PostgreSQL here: name a server in RUKUN_TEST_POSTGRES")


def _run(who: str | None, program: str, *arguments: str) -> None:
    path = shutil.which(program, path=os.pathsep.join([*map(str, _FOLDERS), os.environ["PATH"]]))
    if not path:
        pytest.skip("no PostgreSQL here: name a server in RUKUN_TEST_POSTGRES")
    subprocess.run(
        [path, *arguments],
        check=True,
        user=who,
        cwd="/",
        stdout=subprocess.DEVNULL,
        stderr=subprocess.STDOUT,
    )


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
