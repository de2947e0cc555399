"""From the paths of a command to a frame and the forms in force."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import polars as pl

from rukun.cli.output import BAD_INPUT, CLEAN, Output, advance, steps
from rukun.cli.refusals import refusal
from rukun.count.forms import form_columns
from rukun.count.readers import read_forms
from rukun.count.versions import feed_faults, hold_faulty, in_force, merge
from rukun.errors import Problem
from rukun.frame import Frame, read_frame
from rukun.tables import empty

READABLE: Final = (".csv", ".tsv", ".xlsx", ".parquet", ".json")


@dataclass(frozen=True)
class Loaded:
    """What the paths of a command hold: the forms in force, the feed's faults, the problems."""

    frame: Frame
    forms: pl.DataFrame
    faults: pl.DataFrame
    problems: list[Problem]

    @property
    def exercise(self) -> bool:
        """Whether any form in force is made up for practice."""
        return (self.forms.get_column("basis") == "exercise").any()


def load(
    paths: Sequence[Path], frame_dir: Path | None, mapping: Path | None, out: Output
) -> Loaded:
    """Read every file of ``paths`` in order; the same form again is a new version.

    Raises ``UserError`` where the frame or a path cannot be used, or no form could be read.
    """
    frame = read_frame(frame_dir or find_frame(paths))
    files = list(form_files(paths))
    widest = max(max(c.numbers) for c in frame.contests.values())
    stored = empty(form_columns(widest))
    problems: list[Problem] = []
    with steps(len(files)) as bar:
        for path in files:
            advance(bar, out.say("reading", name=path.name))
            reading = read_forms(path, frame, mapping=mapping)
            merged = merge(stored, reading.forms, path.name)
            stored = pl.concat([stored, merged.new], how="diagonal")
            problems += [*reading.problems, *merged.problems]
    faults = feed_faults(stored, frame)
    return Loaded(frame, in_force(hold_faulty(stored, faults)), faults, problems)


def report_problems(loaded: Loaded, out: Output, into: Path | None) -> int:
    """List the problems on stderr; ``BAD_INPUT`` if any keeps a row out."""
    blocked = out.problems(loaded.problems, into)
    if loaded.forms.is_empty():
        raise refusal("count-nothing")
    if blocked:
        out.tell(out.say("refused"))
    return BAD_INPUT if blocked else CLEAN


def find_frame(paths: Sequence[Path]) -> Path:
    """The nearest folder with places.csv: a given folder, or one above a given path."""
    for path in paths:
        start = path.resolve()
        for folder in (start, *start.parents):
            if (folder / "places.csv").is_file():
                return folder
    raise refusal("frame-not-found")


def form_files(paths: Sequence[Path]) -> list[Path]:
    """The files of the paths in order, folders opened one level deep, by name."""
    files: list[Path] = []
    for path in paths:
        if path.is_dir():
            inside = sorted(f for f in path.iterdir() if _holds_forms(f))
            if not inside:
                raise refusal("count-empty-folder", path, endings=", ".join(READABLE))
            files += inside
        elif path.exists():
            files.append(path)
        else:
            raise refusal("count-no-file", path)
    return files


def _holds_forms(path: Path) -> bool:
    return path.is_file() and path.suffix.lower() in READABLE and path.name != "places.csv"


def under(frame: Frame, place: str | None) -> list[str] | None:
    """The codes of a place and of all below it; None for everywhere."""
    if place is None:
        return None
    if place not in frame.kinds:
        raise refusal("place-unknown", place=place)
    below = frame.ancestors.filter(pl.col("ancestor") == place)
    return below.get_column("code").to_list()


def place_names(frame: Frame) -> pl.DataFrame:
    """``place, name``: the name of every place, of a tps with that of the place above it."""
    above = frame.places.select(parent=pl.col("code"), village=pl.col("name"))
    full = pl.format("{}, {}", "name", "village")
    at_tps = (pl.col("kind") == "tps") & pl.col("village").is_not_null()
    return frame.places.join(above, on="parent", how="left").select(
        place=pl.col("code"), name=pl.when(at_tps).then(full).otherwise("name")
    )
