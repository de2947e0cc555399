"""The tutorial as a script: its files and its commands, run one after the other.

``python -m tests.cli.tutorial`` writes what the commands print into the page.
"""

from __future__ import annotations

import re
import shlex
from pathlib import Path

from typer.testing import CliRunner

from rukun.cli import app
from tests.house import ROOT

PAGE = ROOT / "docs" / "tutorial.md"
_BLOCK = re.compile(r"^```(\w+)( title=(\S+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def write_files(folder: Path) -> None:
    """The files that the tutorial has its reader write."""
    for kind, _, name, text in _BLOCK.findall(PAGE.read_text("utf-8")):
        if kind in ("csv", "toml"):
            (folder / name).write_text(text, encoding="utf-8")


def replayed(folder: Path) -> str:
    """The page with every command's output as it is now, run with ``folder`` as the current one."""
    page = PAGE.read_text("utf-8")
    return _BLOCK.sub(lambda m: _run(m) if m.group(1) == "console" else m.group(0), page)


def _run(block: re.Match[str]) -> str:
    command = block.group(4).splitlines()[0]
    ended = CliRunner().invoke(app, shlex.split(command)[2:])
    lines = [line.rstrip() for line in ended.output.splitlines()]
    return "\n".join(["```console", command, *lines, "```"])


if __name__ == "__main__":
    import contextlib
    import os
    import tempfile

    os.environ["RUKUN_LANG"] = "en"
    with tempfile.TemporaryDirectory() as name, contextlib.chdir(name):
        write_files(Path(name))
        text = replayed(Path(name))
    PAGE.write_text(text, encoding="utf-8")
