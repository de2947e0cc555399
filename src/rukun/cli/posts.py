"""``rukun talk read``, ``watch`` and ``forget``: files of posts into a collection, and out again."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Annotated, Final

import polars as pl
import typer
from rich.progress import Progress

from rukun.cli.collection import ARCHIVE
from rukun.cli.options import AsCsv, AsJson, Lang, ProblemsFile
from rukun.cli.output import BAD_INPUT, Output, Report, advance, steps
from rukun.cli.refusals import refusal
from rukun.errors import Problem, UserError
from rukun.files.problems import shown
from rukun.talk.archive import Archive, archive_in
from rukun.talk.readers import read_posts
from rukun.talk.store import Read, Reader, Store, Taken
from rukun.talk.vault import Vault
from rukun.talk.watching import Outcome, Watch

#: Below ``--into``, beside the archive: the vault where no other place is named, the report of a watch.
VAULT, REPORT = "vault", "watch.csv"
_COUNTS: Final = ("rows", "posts", "new", "updated", "known", "differing", "repeated")

_BECAME: Final = {"taken": "watch_taken", "again": "watch_again", "refused": "watch_refused"}

Into = Annotated[
    Path,
    typer.Option("--into", metavar="DIR", help="Folder of the collection; made where it is not."),
]
VaultDir = Annotated[
    Path | None,
    typer.Option(
        "--vault",
        metavar="DIR",
        envvar="RUKUN_VAULT_DIR",
        help="Folder of the key and the handles; best on another disk.",
        show_default="DIR/vault",
    ),
]
MappingFile = Annotated[
    Path | None,
    typer.Option("--mapping", metavar="FILE", help="TOML file that says which column is what."),
]
FormatCode = Annotated[
    str,
    typer.Option("--format", metavar="F", help="Format of the files, where it is not recognised."),
]


def read(
    files: Annotated[list[Path], typer.Argument(metavar="FILES", help="Exports with posts.")],
    into: Into,
    lang: Lang,
    vault: VaultDir = None,
    mapping: MappingFile = None,
    form: FormatCode = "",
    problems: ProblemsFile = None,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
) -> None:
    """Take files of posts into a collection: accounts become aliases, names go into the vault.

    A post that is there already is counted once; a file that was taken before is not read again.
    """
    out = Output(lang, as_json, as_csv)
    with _store(into, vault) as store, steps(len(files)) as bar:
        taken = list(_taken(store, files, _reader(mapping, form), out, bar))
    blocked = out.problems((p for t in taken for p in t.problems), problems)
    table = pl.DataFrame([_row(t) for t in taken], infer_schema_length=None)
    told = {"left_out": _reasons(taken, lang)}
    out.write(Report("files", {"files": table} | told, [_summary(out, table)]))
    if blocked:
        raise typer.Exit(BAD_INPUT)


def watch(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="Where exports are put.")],
    into: Into,
    lang: Lang,
    vault: VaultDir = None,
    mapping: MappingFile = None,
    form: FormatCode = "",
    once: Annotated[bool, typer.Option("--once", help="Take what is there, and end.")] = False,
    interval: Annotated[
        float,
        typer.Option("--interval", metavar="S", min=0.1, help="Seconds between two looks."),
    ] = 5.0,
) -> None:
    """Take exports as they arrive in a folder, until Ctrl+C.

    A file is taken when it has not changed between two looks, or when it was renamed. What could
    not be read stays where it is, stands in watch.csv, and is tried again when it changes.
    """
    out = Output(lang)
    read_file = _reader(mapping, form)
    with _store(into, vault) as store:
        watched = Watch(folder, lambda p: store.take(p, read_file), into / REPORT, into)
        out.tell(out.say("watching", folder=folder, report=into / REPORT))
        for outcome in watched.looks(partial(time.sleep, interval), once):
            _told(out, outcome)


def forget(
    into: Into,
    inaugurated: Annotated[
        dt.datetime,
        typer.Option("--inaugurated", formats=["%Y-%m-%d"], help="Day of the inauguration."),
    ],
    lang: Lang,
    after: Annotated[
        int, typer.Option("--after", metavar="DAYS", min=0, help="Days after that, posts go.")
    ] = 90,
    keep: Annotated[
        Path | None,
        typer.Option("--keep", metavar="FILE", help="Codes of posts that stay, one a line."),
    ] = None,
    vault: VaultDir = None,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
) -> None:
    """Delete posts some time after the inauguration, with their handles; show what went.

    Nothing goes before that day. Files as they came go too, unless a post of theirs is kept.
    """
    out = Output(lang, as_json, as_csv)
    due = inaugurated.replace(tzinfo=dt.UTC) + dt.timedelta(days=after)
    if dt.datetime.now(dt.UTC) < due:
        out.tell(out.say("forget_early", day=due.date()))
        return
    kept = _codes(keep)
    archive_in(into / ARCHIVE)
    with _store(into, vault) as store:
        went = store.forget(due, kept)
    by_platform = went.group_by("platform").agg(pl.col("posts").sum()).sort("platform")
    lines = [out.say("forgotten_posts", n=int(went["posts"].sum()), kept=len(kept), day=due.date())]
    out.write(Report("forgotten", {"forgotten": went, "by_platform": by_platform}, lines))


@contextmanager
def _store(into: Path, vault: Path | None) -> Iterator[Store]:
    with Vault(vault or into / VAULT) as opened:
        yield Store(Archive(into / ARCHIVE), opened)


def _reader(mapping: Path | None, form: str) -> Reader:
    def read_file(path: Path, key: bytes) -> Read:
        return read_posts(path, key, mapping, form)

    return read_file


def _taken(
    store: Store, files: list[Path], reader: Reader, out: Output, bar: Progress
) -> Iterator[Taken]:
    """Each file with what became of it; one that cannot be taken does not keep others out."""
    for path in files:
        advance(bar, out.say("reading", name=shown(path.name)))
        try:
            yield store.take(path, reader)
        except UserError as err:
            if err.code.startswith(("archive-", "vault-")):
                raise
            yield Taken(path.name, "", "", 0, None, (_as_problem(err, path),))


def _as_problem(err: UserError, path: Path) -> Problem:
    en, id = err.say("en"), err.say("id")
    name = shown(path.name)
    return Problem(err.code, name, 0, "", "", en[0], en[1], why_id=id[0], hint_id=id[1])


def _row(taken: Taken) -> dict[str, object]:
    added = taken.added
    counts = {c: getattr(added, c) if added else 0 for c in _COUNTS[2:]}
    posts = added.rows if added else 0
    return {
        "file": shown(taken.file),
        "state": taken.state,
        "format": taken.format,
        "rows": taken.rows,
        "posts": posts,
        "dropped": taken.rows - posts,
        **counts,
    }


def _reasons(taken: list[Taken], lang: str) -> pl.DataFrame:
    """Why rows were not kept, and how many each."""
    said = {p.code: p.say(lang) for t in taken for p in t.problems}
    rows = [
        {"file": shown(t.file), "dropped": n, "code": code, "why": said.get(code, "")}
        for t in taken
        for code, n in t.unmapped.items()
    ]
    kinds = {"file": pl.String, "dropped": pl.Int64, "code": pl.String, "why": pl.String}
    return pl.DataFrame(rows, schema=kinds)


def _summary(out: Output, table: pl.DataFrame) -> str:
    sums = {c: int(table[c].sum()) for c in ("rows", "posts", "dropped", "new", "updated", "known")}
    return out.say("posts_read", files=table.height, **sums)


def _told(out: Output, outcome: Outcome) -> None:
    name = shown(outcome.file.removeprefix("./"))
    why = outcome.why_id if out.lang == "id" else outcome.why
    key = _BECAME[outcome.state]
    out.tell(
        out.say(key, file=name, rows=outcome.rows, posts=outcome.posts, new=outcome.new, why=why)
    )


def _codes(path: Path | None) -> frozenset[str]:
    if path is None:
        return frozenset()
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, ValueError) as err:
        raise refusal("keep-file", path) from err
    return frozenset(s for s in map(str.strip, lines) if s)
