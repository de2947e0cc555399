"""The reference page of the commands: ``python -m rukun.cli.page docs/reference``.

The page holds what ``--help`` prints, word for word; a test holds that it is up to date.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from typer.main import get_command

from rukun.cli.app import app

WIDTH = 88
_HEAD = """<!-- Made by `python -m rukun.cli.page docs/reference`. Do not edit. -->

# Commands

What `rukun … --help` prints.
"""


def page() -> str:
    """The page as Markdown."""
    parts = [f"\n## `{name}`\n\n```text\n{text}\n```\n" for name, text in helps()]
    return _HEAD + "".join(parts)


def helps() -> Iterator[tuple[str, str]]:
    """Each command with its full name and its help, groups before what is in them."""
    yield from _helps(get_command(app), "rukun")


def _helps(command: Any, name: str) -> Iterator[tuple[str, str]]:
    context = command.context_class(
        command, info_name=name, terminal_width=WIDTH, max_content_width=WIDTH
    )
    yield name, "\n".join(line.rstrip() for line in command.get_help(context).splitlines())
    for part, below in getattr(command, "commands", {}).items():
        yield from _helps(below, f"{name} {part}")


if __name__ == "__main__":
    (Path(sys.argv[1]) / "cli.md").write_text(page(), encoding="utf-8")
