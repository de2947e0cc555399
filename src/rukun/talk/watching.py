"""A folder into which exports are put, taken file by file as they arrive.

No clock: whoever watches looks once an interval. A file is taken when it looks as it did a look
ago, or when it was given another name since then. What became of each file stands in a report,
which is also what the next watch goes by; the archive itself knows a file by its content, so
that nothing is counted twice where the report is lost.
"""

from __future__ import annotations

import csv
import os
import stat
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from typing import Any, Final, NamedTuple, TextIO, cast

from rukun.errors import UserError
from rukun.talk.archive import Added
from rukun.talk.storage_words import refusal
from rukun.talk.store import Taken

#: Names that tools give to what they have not finished.
UNFINISHED: Final = (".part", ".tmp", ".crdownload", ".download", ".filepart", ".swp", ".half")
#: Faults of the collection, not of the file: the watch ends, and the file is tried again.
_OURS: Final = ("archive-", "vault-")


class Look(NamedTuple):
    """What a file looks like from outside."""

    size: int
    mtime_ns: int
    inode: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Outcome:
    """One row of the report: a file as it looked when it was tried, and what became of it.

    ``state`` is ``taken``, ``again`` (the same content was taken before) or ``refused``; ``why``
    says why in both languages. Counts are those of ``Added``; ``rows`` are the file's own.
    """

    file: str
    size: int
    mtime_ns: int
    state: str
    sha256: str = ""
    format: str = ""
    rows: int = 0
    posts: int = 0
    new: int = 0
    updated: int = 0
    known: int = 0
    repeated: int = 0
    code: str = ""
    why: str = ""
    why_id: str = ""


class Watch:
    """Watches ``folder`` and what is below it; ``take`` reads one file, ``report`` is a CSV file.

    What lies under ``apart`` (archive and vault) is never looked at, nor are links, hidden files
    and names of unfinished ones.
    """

    def __init__(
        self, folder: Path, take: Callable[[Path], Taken], report: Path, apart: Path
    ) -> None:
        if not folder.is_dir():
            raise refusal("watch-folder", folder)
        if folder.resolve().is_relative_to(apart.resolve()):
            raise refusal("watch-inside", folder)
        self._folder, self._take, self._report = folder, take, report
        self._apart = apart.resolve()
        self._before: dict[str, Look] = {}

    def looks(self, wait: Callable[[], None], once: bool = False) -> Iterator[Outcome]:
        """Look again and again and wait in between; ``once`` takes what is there and ends."""
        yield from self.step()
        while True:
            wait()
            yield from self.step()
            if once:
                return

    def step(self) -> Iterator[Outcome]:
        """Look once; take the files that are ready, one by one.

        Raises ``UserError`` where archive or vault cannot be written; what came before is kept.
        """
        tried = read_report(self._report)
        now = {p.relative_to(self._folder).as_posix(): look for p, look in self._looks()}
        ready = [n for n, look in now.items() if self._ready(n, look, tried.get(f"./{n}"))]
        self._before = now
        for name in ready:
            outcome = self._tried(name, now[name])
            if outcome is not None:
                write_report(self._report, outcome)
                yield outcome

    def _ready(self, name: str, look: Look, tried: Outcome | None) -> bool:
        if Path(name).name.endswith(UNFINISHED):
            return False
        if tried and (tried.size, tried.mtime_ns) == (look.size, look.mtime_ns):
            return False
        renamed = name not in self._before and look.inode in {
            b.inode for b in self._before.values()
        }
        return renamed or self._before.get(name) == look

    def _looks(self) -> Iterator[tuple[Path, Look]]:
        for folder, below, names in os.walk(self._folder):
            here = Path(folder)
            below[:] = sorted(b for b in below if self._entered(here / b))
            for name in sorted(names):
                with suppress(OSError):
                    found = (here / name).lstat()
                    if stat.S_ISREG(found.st_mode) and not name.startswith((".", "~")):
                        inode = (found.st_dev, found.st_ino)
                        yield here / name, Look(found.st_size, found.st_mtime_ns, inode)

    def _entered(self, folder: Path) -> bool:
        return not folder.name.startswith(".") and folder.resolve() != self._apart

    def _tried(self, name: str, look: Look) -> Outcome | None:
        """What became of a file; None where it is gone, or changed meanwhile."""
        row = Outcome(f"./{name}", look.size, look.mtime_ns, "refused")
        try:
            taken = self._take(self._folder / name)
        except UserError as err:
            if err.code.startswith(_OURS):
                raise
            if err.code == "file-changed" or not (self._folder / name).exists():
                return None
            return _refused(row, err.code, err.say("en"), err.say("id"))
        except Exception as err:
            # One file that meets a fault of ours must not keep the others out. What the fault
            # says may hold a name; its kind does not.
            met = refusal("file-fault", kind=type(err).__name__)
            return _refused(row, met.code, met.say("en"), met.say("id"))
        return _became(row, taken)


def read_report(path: Path) -> dict[str, Outcome]:
    """The report by file; empty where there is none, without the rows that cannot be read."""
    found: dict[str, Outcome] = {}
    kinds = {f.name: int if f.type == "int" else str for f in fields(Outcome)}
    with suppress(FileNotFoundError), _open(path, "r") as file:
        for row in csv.DictReader(file):
            with suppress(ValueError, TypeError, KeyError):
                values: dict[str, Any] = {n: kind(row[n]) for n, kind in kinds.items()}
                outcome = Outcome(**values)
                found[outcome.file] = outcome
    return found


def write_report(path: Path, outcome: Outcome) -> None:
    """Put this row in the place of the file's last one. A reader sees the old report or the new."""
    rows = read_report(path) | {outcome.file: outcome}
    half = path.with_name(f".{path.name}.{os.getpid()}.half")
    try:
        with _open(half, "w") as file:
            writer = csv.DictWriter(file, [f.name for f in fields(Outcome)])
            writer.writeheader()
            writer.writerows(asdict(rows[name]) for name in sorted(rows))
        half.replace(path)
    except OSError as err:
        raise refusal("archive-write", path.parent, error=err.strerror or "?") from err
    finally:
        half.unlink(missing_ok=True)


def _open(path: Path, mode: str) -> TextIO:
    # A name need not be UTF-8; it must come back as it is.
    handle = path.open(mode, encoding="utf-8", errors="surrogateescape", newline="")
    return cast(TextIO, handle)


def _refused(row: Outcome, code: str, en: tuple[str, str], id: tuple[str, str]) -> Outcome:
    return replace(row, code=code, why=" ".join(en).strip(), why_id=" ".join(id).strip())


def _became(row: Outcome, taken: Taken) -> Outcome:
    """The row with what was taken, and the first thing that kept the file or a row out."""
    added = taken.added or Added(0)
    row = replace(
        row,
        state=taken.state,
        sha256=taken.sha256,
        format=taken.format,
        rows=taken.rows,
        posts=added.rows,
        new=added.new,
        updated=added.updated,
        known=added.known,
        repeated=added.repeated,
    )
    blocking = [p for p in taken.problems if p.blocking]
    if not blocking:
        return row
    first = blocking[0]
    return replace(row, code=first.code, why=first.say("en"), why_id=first.say("id"))
