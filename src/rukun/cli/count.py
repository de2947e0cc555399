"""``rukun count``: check, compare, tally, outlook, trail on files of forms."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import polars as pl
import typer

from rukun.cli import lines
from rukun.cli.load import Loaded, load, place_names, report_problems, under
from rukun.cli.options import (
    AsCsv,
    AsJson,
    ContestCode,
    FrameDir,
    Lang,
    Mapping,
    Paths,
    PlaceCode,
    ProblemsFile,
)
from rukun.cli.output import CLEAN, FINDINGS, Output, Report, problem_table, working
from rukun.cli.words import heading
from rukun.count.compare import agreement, compare
from rukun.count.outlook import outlook
from rukun.count.rules import check, describe
from rukun.count.tally import tally
from rukun.count.trail import trail
from rukun.frame import Frame

app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    help="What the polling stations said: forms checked, compared and added up.",
)
#: How many rows the text output shows of a long table.
ROWS_SHOWN = 40


class Part(StrEnum):
    """The tables of ``rukun count compare``."""

    AGREEMENT = "agreement"
    STATES = "states"
    DIFFERENCES = "differences"


@dataclass(frozen=True)
class Asked:
    """The files of a command, read, with what it asks of them."""

    loaded: Loaded
    out: Output
    status: int
    contest: str | None
    places: list[str] | None

    @property
    def frame(self) -> Frame:
        """The places and contests of the command."""
        return self.loaded.frame

    @property
    def forms(self) -> pl.DataFrame:
        """The forms in force."""
        return self.loaded.forms

    def only(self, table: pl.DataFrame) -> pl.DataFrame:
        """The rows of the contest and the places that were asked for."""
        if self.contest is not None:
            table = table.filter(pl.col("contest") == self.contest)
        if self.places is not None:
            table = table.filter(pl.col("place").is_in(self.places))
        return table

    def named(self, table: pl.DataFrame) -> pl.DataFrame:
        """``table`` with the place's name behind its code; a tps with its village's."""
        at = table.columns.index("place") + 1
        columns = [*table.columns[:at], "name", *table.columns[at:]]
        names = place_names(self.frame)
        return table.join(names, on="place", how="left", maintain_order="left").select(columns)

    def write(self, report: Report) -> None:
        """Print the report, marked as an exercise where any of its forms is made up."""
        report.exercise = self.loaded.exercise
        report.shown = dict(self._by_contest(report.shown or {}))
        self.out.write(report)

    def _by_contest(self, tables: dict[str, pl.DataFrame]) -> Iterator[tuple[str, pl.DataFrame]]:
        """A text table per contest, with its name in the title instead of in every row."""
        for name, table in tables.items():
            title = heading(name, self.out.lang)
            if "contest" not in table.columns:
                yield title, table
                continue
            parts = table.partition_by("contest", as_dict=True, maintain_order=True)
            for (code,), part in parts.items():
                yield (
                    f"{title} · {self.frame.contest(code).name(self.out.lang)}",
                    part.drop("contest"),
                )

    def first(self, table: pl.DataFrame, lines: list[str]) -> pl.DataFrame:
        """The rows the text output shows, and a line where there are more."""
        if table.height > ROWS_SHOWN:
            lines.append(self.out.say("more_rows", shown=ROWS_SHOWN, all=table.height))
        return table.head(ROWS_SHOWN)


def _ask(
    paths: list[Path],
    frame_dir: Path | None,
    mapping: Path | None,
    problems: Path | None,
    out: Output,
    contest: str | None = None,
    place: str | None = None,
) -> Asked:
    loaded = load(paths, frame_dir, mapping, out)
    if contest is not None:
        loaded.frame.contest(contest)
    places = under(loaded.frame, place)
    return Asked(loaded, out, report_problems(loaded, out, problems), contest, places)


@app.command("check")
def check_command(
    paths: Paths,
    lang: Lang,
    frame_dir: FrameDir = None,
    contest: ContestCode = None,
    place: PlaceCode = None,
    mapping: Mapping = None,
    problems: ProblemsFile = None,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
) -> None:
    """Judge every form by the law's arithmetic and list the findings.

    Ends with 1 where a finding has the weight error.
    """
    asked = _ask(paths, frame_dir, mapping, problems, Output(lang, as_json, as_csv), contest, place)
    out = asked.out
    with working(out.say("checking")):
        found = _judged(asked)
    weights = {
        s: found.filter(pl.col("severity") == s).height for s in ("error", "warning", "notice")
    }
    said = [out.say("checked", forms=asked.only(asked.forms).height, **weights)]
    worst = found.sort(
        pl.col("severity").replace_strict({"error": 0, "warning": 1, "notice": 2}),
        maintain_order=True,
    )
    brief = worst.select("code", "severity", "contest", "place", "name", "sources", "text")
    tables = {"findings": found, "problems": problem_table(asked.loaded.problems)}
    asked.write(Report("findings", tables, said, {"findings": asked.first(brief, said)}))
    _end(asked, weights["error"] > 0)


@app.command("compare")
def compare_command(
    paths: Paths,
    lang: Lang,
    frame_dir: FrameDir = None,
    contest: ContestCode = None,
    place: PlaceCode = None,
    mapping: Mapping = None,
    problems: ProblemsFile = None,
    table: Annotated[
        Part, typer.Option("--table", help="The table that --csv prints.")
    ] = Part.DIFFERENCES,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
) -> None:
    """Put the sources of every station side by side and say who agrees.

    Ends with 1 where the votes of a station differ between sources.
    """
    asked = _ask(paths, frame_dir, mapping, problems, Output(lang, as_json, as_csv), contest, place)
    with working(asked.out.say("comparing")):
        compared = compare(asked.forms, asked.frame)
    agreed = asked.only(agreement(compared.states, asked.frame))
    differing = asked.named(asked.only(compared.differences))
    tables = {
        "agreement": asked.named(agreed),
        "states": asked.only(compared.states),
        "differences": differing,
    }
    said = lines.agreement_lines(agreed, asked.frame, asked.places, asked.out)
    top = lines.without_empty_states(lines.top_levels(agreed, asked.frame, place))
    shown = {
        "agreement": asked.named(top),
        "differences": asked.first(differing, said),
    }
    asked.write(Report(table.value, tables, said, shown))
    findings = asked.only(compared.findings)
    _end(asked, not findings.filter(pl.col("severity") == "error").is_empty())


@app.command("tally")
def tally_command(
    paths: Paths,
    lang: Lang,
    frame_dir: FrameDir = None,
    contest: ContestCode = None,
    place: PlaceCode = None,
    mapping: Mapping = None,
    problems: ProblemsFile = None,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
) -> None:
    """Add up every source's station forms to every place above, with the coverage."""
    asked = _ask(paths, frame_dir, mapping, problems, Output(lang, as_json, as_csv), contest, place)
    with working(asked.out.say("adding")):
        summed = asked.named(asked.only(tally(asked.forms, asked.frame)))
    votes = [c for c in summed.columns if c.startswith("votes_")]
    brief = lines.top_levels(summed, asked.frame, place).select(
        "contest", "place", "name", "source", "tps_in", "tps_total", *votes, "valid", "invalid"
    )
    said: list[str] = []
    asked.write(Report("tally", {"tally": summed}, said, {"tally": asked.first(brief, said)}))
    _end(asked, findings=False)


@app.command("outlook")
def outlook_command(
    paths: Paths,
    lang: Lang,
    frame_dir: FrameDir = None,
    contest: ContestCode = None,
    mapping: Mapping = None,
    problems: ProblemsFile = None,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
) -> None:
    """Say what could still change: the margin against all that is not settled yet."""
    asked = _ask(paths, frame_dir, mapping, problems, Output(lang, as_json, as_csv), contest)
    with working(asked.out.say("comparing")):
        rows = asked.only(outlook(asked.forms, asked.frame))
    shown = {
        asked.frame.contest(row["contest"]).name(lang): lines.outlook_answers(
            row, asked.frame.contest(row["contest"]), asked.out
        )
        for row in rows.iter_rows(named=True)
    }
    asked.write(Report("outlook", {"outlook": rows}, [], shown))
    _end(asked, findings=False)


@app.command("trail")
def trail_command(
    paths: Paths,
    lang: Lang,
    contest: Annotated[str, typer.Option("--contest", metavar="CODE", help="The contest.")],
    choice: Annotated[int, typer.Option("--choice", metavar="N", help="The ballot number.")],
    frame_dir: FrameDir = None,
    place: PlaceCode = None,
    mapping: Mapping = None,
    problems: ProblemsFile = None,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
) -> None:
    """Follow one choice's votes from the stations to the top and show where a vote moved.

    Ends with 1 where a step moved a vote.
    """
    asked = _ask(paths, frame_dir, mapping, problems, Output(lang, as_json, as_csv), contest, place)
    lines.known_choice(asked.frame.contest(contest), choice)
    steps = trail(asked.forms, asked.frame, contest, choice)
    if asked.places is not None:
        steps = steps.filter(pl.col("place").is_in(asked.places))
    steps = asked.named(steps)
    moved = steps.filter(pl.col("moved") != 0)
    said = lines.trail_lines(steps, asked.frame.contest(contest).choice(choice).name, asked.out)
    asked.write(Report("trail", {"trail": steps}, said, {"trail": asked.first(moved, said)}))
    _end(asked, not moved.is_empty())


def _judged(asked: Asked) -> pl.DataFrame:
    """Every finding on the forms in force and on the feed's versions, with its sentence."""
    on_forms = check(asked.forms, asked.frame)
    found = asked.named(asked.only(pl.concat([on_forms, asked.loaded.faults])))
    texts = [describe(row, asked.out.lang) for row in found.iter_rows(named=True)]
    return found.with_columns(text=pl.Series(texts, dtype=pl.String))


def _end(asked: Asked, findings: bool) -> None:
    """Bad input outweighs findings: what was left out could have been one."""
    if code := asked.status or (FINDINGS if findings else CLEAN):
        raise typer.Exit(code)
