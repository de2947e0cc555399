"""``rukun template``: an empty table to fill in."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from rukun.cli.load import find_frame
from rukun.cli.options import FrameDir, Lang
from rukun.cli.output import Output
from rukun.cli.refusals import refusal
from rukun.count.readers import write_template
from rukun.frame import read_frame


def template(
    path: Annotated[Path, typer.Argument(metavar="FILE", help="The file to write: .csv or .xlsx.")],
    lang: Lang,
    frame_dir: FrameDir = None,
    force: Annotated[
        bool, typer.Option("--force", help="Replace the file where it exists.")
    ] = False,
) -> None:
    """Write an empty table of forms for the contests of a frame, ready to be filled in."""
    out = Output(lang)
    frame = read_frame(frame_dir or find_frame([path.parent]))
    if path.exists() and not force:
        raise refusal("template-exists", path)
    write_template(path, frame)
    out.tell(out.say("template_written", path=path))
