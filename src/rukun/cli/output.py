"""What commands print: tables as text, JSON or CSV on stdout; everything else on stderr."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import asdict, dataclass, field
from pathlib import Path

import polars as pl
from rich.console import Console
from rich.measure import Measurement
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from rukun.cli.refusals import refusal
from rukun.cli.words import heading, number, say, value
from rukun.count.rules import field_label, source_label
from rukun.errors import Problem

#: Exit codes, the same for every command.
CLEAN, FINDINGS, BAD_INPUT, FAULT = 0, 1, 2, 3
PROBLEMS_SHOWN = 20
FILE_WIDTH = 200
#: A spreadsheet takes a text that starts so for a formula; an apostrophe keeps it text.
_FORMULA = r"^[=+\-@\t\r]"
#: Columns whose values are named by the register of rules.
_LABELS = {"source": source_label, "sources": source_label, "field": field_label}


@dataclass
class Report:
    """What a command found: named tables, of which ``main`` is the one that CSV prints.

    ``shown`` are the tables of the text output (all where None), ``lines`` the sentences above.
    An ``exercise`` says so in every format.
    """

    main: str
    tables: Mapping[str, pl.DataFrame]
    lines: list[str] = field(default_factory=list)
    shown: dict[str, pl.DataFrame] | None = None
    exercise: bool = False


@dataclass(frozen=True)
class Output:
    """How a command speaks: language and format."""

    lang: str = "en"
    as_json: bool = False
    as_csv: bool = False

    def __post_init__(self) -> None:
        if self.as_json and self.as_csv:
            raise refusal("output-format")
        if self.lang not in ("id", "en"):
            raise refusal("output-lang", lang=self.lang)

    def say(self, key: str, **numbers: object) -> str:
        """The sentence ``key`` in the reader's language."""
        return say(key, self.lang, **numbers)

    def yes_no(self, answer: bool) -> str:
        """Yes or no in the reader's language."""
        return value(answer, self.lang)

    def write(self, report: Report) -> None:
        """Print the report on stdout in the chosen format."""
        if self.as_json:
            basis = {"basis": "exercise"} if report.exercise else {}
            told = basis | {name: t.to_dicts() for name, t in report.tables.items()}
            sys.stdout.write(json.dumps(told, ensure_ascii=False, indent=1, default=str) + "\n")
        elif self.as_csv:
            table = report.tables[report.main]
            if report.exercise:
                table = table.with_columns(basis=pl.lit("exercise"))
            sys.stdout.write(_flat(table).write_csv())
        else:
            self._text(report)

    def _text(self, report: Report) -> None:
        screen = _screen()
        for line in [*([self.say("exercise")] if report.exercise else []), *report.lines]:
            screen.print(line, soft_wrap=True)
        for name, table in (report.shown or report.tables).items():
            if not table.is_empty():
                grid = self._table(name, table)
                screen.print()
                _screen(_least_width(screen, grid)).print(grid)

    def _table(self, name: str, table: pl.DataFrame) -> Table:
        grid = Table(title=heading(name, self.lang), title_justify="left", box=None, pad_edge=False)
        grid.title_style = "bold"
        for column, dtype in table.schema.items():
            right = dtype.is_numeric()
            grid.add_column(
                heading(column, self.lang),
                justify="right" if right else "left",
                no_wrap=right or column in ("code", "place"),
                overflow="fold",
            )
        for row in table.iter_rows():
            grid.add_row(*(self._cell(c, v) for c, v in zip(table.columns, row, strict=True)))
        return grid

    def _cell(self, column: str, item: object) -> str:
        if isinstance(item, list):
            return ", ".join(self._cell(column, i) for i in item)
        if isinstance(item, int) and not isinstance(item, bool):
            return number(item)
        label = _LABELS.get(column)
        return label(item, self.lang) if label and isinstance(item, str) else value(item, self.lang)

    def _problem(self, p: Problem) -> str:
        """Where it is, why, and what to do, in the reader's language."""
        at = [("in_sheet", p.sheet), ("in_row", p.row or ""), ("in_column", p.column)]
        where = ", ".join([p.file, *(self.say(key, what=str(what)) for key, what in at if what)])
        value = f"“{p.value}” " if p.value else ""
        return f"{where}: {value}{p.say(self.lang)} [{p.code}]"

    def tell(self, text: str) -> None:
        """A line on stderr."""
        _stderr().print(text, soft_wrap=True)

    def problems(self, problems: Iterable[Problem], into: Path | None) -> bool:
        """List the readers' problems on stderr, all of them in ``into``; whether any blocks."""
        found = list(problems)
        for p in found[:PROBLEMS_SHOWN]:
            text = self._problem(p)
            self.tell(f"  {text}" if p.blocking else f"  ({text})")
        if len(found) > PROBLEMS_SHOWN:
            self.tell("  " + self.say("more_problems", n=len(found) - PROBLEMS_SHOWN))
        if into is not None:
            _write(into, problem_table(found))
            self.tell(self.say("problems_written", path=into))
        return any(p.blocking for p in found)


def _screen(least: int = 0) -> Console:
    """Standard output, ``least`` columns wide or more; wide where it is not a terminal."""
    plain = Console(highlight=False, markup=False, emoji=False)
    plain.width = max(plain.width if plain.is_terminal else FILE_WIDTH, least)
    return plain


def _least_width(screen: Console, grid: Table) -> int:
    """The width below which words and numbers would be cut: a cut number is a wrong one."""
    unlimited = screen.options.update(max_width=1000)
    gaps = 2 * len(grid.columns)
    return Measurement.get(screen, unlimited, grid).minimum + gaps


def problem_table(problems: Iterable[Problem]) -> pl.DataFrame:
    """Problems as a table, one row each, with the columns of ``rukun.errors.Problem``."""
    names = {"row": pl.Int64, "blocking": pl.Boolean}
    columns = Problem.__dataclass_fields__
    return pl.DataFrame(
        [asdict(p) for p in problems], schema={c: names.get(c, pl.String) for c in columns}
    )


def _write(path: Path, table: pl.DataFrame) -> None:
    placed(path, _flat(table).write_csv())


def placed(path: Path, text: str) -> None:
    """Write a file that an option names. Raises ``UserError`` (``output-file``)."""
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as err:
        raise refusal("output-file", path, error=err.strerror) from err


def _flat(table: pl.DataFrame) -> pl.DataFrame:
    """Lists joined by a semicolon, and no text that a spreadsheet takes for a formula."""
    lists = [c for c, t in table.schema.items() if isinstance(t, pl.List)]
    flat = table.with_columns(pl.col(c).list.join("; ") for c in lists)
    text = pl.col(pl.String)
    return flat.with_columns(
        pl.when(text.str.contains(_FORMULA)).then("'" + text).otherwise(text).name.keep()
    )


def _stderr() -> Console:
    return Console(stderr=True, highlight=False, markup=False, emoji=False)


@contextmanager
def steps(total: int) -> Iterator[Progress]:
    """A progress bar of ``total`` steps on stderr where that is a terminal, else nothing.

    ``advance(progress, what)`` names the step that begins.
    """
    console = Console(stderr=True)
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Progress(
        *columns, console=console, transient=True, disable=not console.is_terminal
    ) as bar:
        bar.add_task("", total=total)
        yield bar


def working(what: str) -> AbstractContextManager[object]:
    """A sign of life on stderr while ``what`` is done, where that is a terminal."""
    console = Console(stderr=True)
    return console.status(what) if console.is_terminal else nullcontext()


def advance(bar: Progress, what: str) -> None:
    """Name the step that begins now; the one before it is done."""
    task = bar.tasks[0]
    started = task.fields.get("started", False)
    bar.update(task.id, description=what, advance=1 if started else 0, started=True)
