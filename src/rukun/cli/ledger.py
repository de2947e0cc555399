"""``rukun ledger``: whether the room's record of everything that changed is unbroken."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Annotated

import typer

from rukun.errors import UserError

app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    help="The ledger: the room's record of everything that changed.",
)


@app.callback()
def ledger() -> None:
    """The ledger: the room's record of everything that changed."""


@app.command("verify")
def verify(
    data: Annotated[
        Path, typer.Option("--data", metavar="DIR", help="Where the room keeps its data.")
    ] = Path("var"),
) -> None:
    """Work out every fingerprint of the ledger again and name the first bad row.

    Reads the room's database and the head that is kept beside it. Ends with 0 where the chain is
    unbroken, 1 where a row was edited, deleted, replaced or cut off, 2 where it cannot be told.
    """
    _room_is_there(data)
    command = [sys.executable, "-m", "rukun.web.manage", "ledger_verify"]
    environment = {**os.environ, "RUKUN_DATA_DIR": str(data.resolve())}
    raise typer.Exit(subprocess.run(command, env=environment, check=False).returncode)


def _room_is_there(data: Path) -> None:
    if not ((data / "rukun.sqlite3").exists() or os.environ.get("DATABASE_URL")):
        raise UserError(
            "ledger-room",
            "there is no room here.",
            "Name the folder where the room keeps its data with --data.",
            str(data),
        )
