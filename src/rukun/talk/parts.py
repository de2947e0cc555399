"""The Parquet parts of an archive on disk: written whole or not at all, swept when they are old."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import polars as pl

from rukun.talk import manifest
from rukun.talk.manifest import GRACE, Part, State
from rukun.talk.posts import NAMES
from rukun.talk.storage_words import refusal

UNDATED: Final = "none"
_FAULTS: Final = (OSError, pl.exceptions.PolarsError)
#: A part, or the half of one: the number of the change that wrote it stands first.
_NAME: Final = re.compile(r"\.?(\d{6,})-.*\.(parquet|half)")


def rows_of(folder: Path, part: str, *columns: str) -> pl.DataFrame:
    """These columns (all where none is named) of one part.

    Raises ``UserError`` (``archive-damaged``) naming the part that is gone or cannot be read.
    """
    try:
        names = list(columns or NAMES)
        return pl.read_parquet(folder / part, columns=names, hive_partitioning=False)
    except _FAULTS as err:
        raise refusal("archive-damaged", folder, part=part) from err


def whole(folder: Path, state: State) -> list[Path]:
    """The files of all parts. Raises ``UserError`` (``archive-damaged``) where one is cut or gone."""
    for part in state.parts.values():
        path = folder / part.path
        if not path.is_file() or path.stat().st_size != part.size:
            raise refusal("archive-damaged", folder, part=part.path)
    return [folder / p for p in sorted(state.parts)]


def written(folder: Path, number: int, days: Iterable[tuple[str, pl.DataFrame]]) -> list[Part]:
    """Write each table as a part of its day; none of them stays where one cannot be written."""
    parts: list[Part] = []
    try:
        for i, (day, rows) in enumerate(days):
            if rows.height:
                path = f"day={day}/{number:06d}-{i}.parquet"
                with writing(folder):
                    parts.append(Part(path, rows.height, _wrote(rows, folder / path)))
    except BaseException:
        for part in parts:
            (folder / part.path).unlink(missing_ok=True)
        raise
    return parts


def swept(folder: Path, grace: int = GRACE) -> State:
    """The state now, after what a killed change left and what was replaced is deleted.

    Raises ``UserError`` (``archive-old``) where there are parts of changes that the manifest does
    not know: it is older than they are, and they must not go.
    """
    state = manifest.read(folder)
    for path in folder.glob("day=*/*"):
        name = path.relative_to(folder).as_posix()
        ours = _NAME.fullmatch(path.name)
        if name in state.parts or ours is None:
            continue
        if int(ours[1]) > state.number + 1:
            raise refusal("archive-old", folder / manifest.FILE)
        if state.dropped.get(name, -grace) + grace <= state.number:
            with writing(folder):
                path.unlink(missing_ok=True)
    return state


@contextmanager
def writing(folder: Path) -> Iterator[None]:
    """What the disk refuses, as ``UserError`` (``archive-write``)."""
    try:
        yield
    except OSError as err:
        raise refusal("archive-write", folder, error=err.strerror or "?") from err
    except pl.exceptions.PolarsError as err:
        raise refusal("archive-write", folder, error=type(err).__name__) from err


def _wrote(rows: pl.DataFrame, path: Path) -> int:
    """Write a part under another name, wait until the disk has it, then name it; its bytes."""
    path.parent.mkdir(exist_ok=True)
    half = path.with_name(f".{path.stem}.half")
    try:
        with half.open("wb") as file:
            rows.write_parquet(file)
            file.flush()
            os.fsync(file.fileno())
        half.rename(path)
    finally:
        half.unlink(missing_ok=True)
    synced(path.parent)
    return path.stat().st_size


def synced(folder: Path) -> None:
    """Wait until the disk has the names in a folder."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
