"""Options that several commands share."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer


def reader_language() -> str:
    """``id`` where the system's language is Indonesian, else ``en``."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if os.environ.get(name):
            return "id" if os.environ[name].startswith("id") else "en"
    return "en"


Lang = Annotated[
    str,
    typer.Option(
        "--lang",
        envvar="RUKUN_LANG",
        default_factory=reader_language,
        show_default="the system's language",
        metavar="id|en",
        help="Language of what is printed.",
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print everything as JSON.")]
AsCsv = Annotated[bool, typer.Option("--csv", help="Print the main table as CSV.")]
Paths = Annotated[
    list[Path],
    typer.Argument(
        metavar="PATHS",
        help="Files with forms (CSV, XLSX, Parquet, feed JSON), or folders of such files.",
    ),
]
FrameDir = Annotated[
    Path | None,
    typer.Option(
        "--frame",
        metavar="DIR",
        help="Folder with places.csv and contests.toml; else the nearest one above the files.",
    ),
]
Mapping = Annotated[
    Path | None,
    typer.Option(
        "--mapping", metavar="FILE", help="TOML file that says which column is which field."
    ),
]
ContestCode = Annotated[
    str | None, typer.Option("--contest", metavar="CODE", help="Only this contest.")
]
PlaceCode = Annotated[
    str | None,
    typer.Option("--place", metavar="CODE", help="Only this place and those below it."),
]
ProblemsFile = Annotated[
    Path | None,
    typer.Option(
        "--problems", metavar="FILE", help="Write every problem of the files here, as CSV."
    ),
]
