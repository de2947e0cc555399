"""``rukun talk claims``: what posts state about the count, and what the forms answer."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Final

import polars as pl
import typer

from rukun.brief.answers import Evidence, answers
from rukun.cli.collection import posts_of
from rukun.cli.load import Loaded, find_frame, load, place_names
from rukun.cli.options import AsCsv, AsJson, FrameDir, Lang
from rukun.cli.output import BAD_INPUT, Output, Report
from rukun.cli.refusals import refusal
from rukun.count.forms import form_columns
from rukun.frame import Frame, read_frame
from rukun.tables import empty
from rukun.talk.claims import extract, grouped
from rukun.talk.gazetteer import gazetteer

_SHOWN: Final = ("code", "name", "statement", "posts", "verdict")


def claims(
    posts: Annotated[
        Path,
        typer.Argument(
            metavar="POSTS",
            help="A collection (rukun talk read --into), a table with a column text, or a file "
            "with one post a line.",
        ),
    ],
    lang: Lang,
    frame: FrameDir = None,
    forms: Annotated[
        list[Path] | None,
        typer.Option("--forms", metavar="FILE", help="Forms to answer from; may be repeated."),
    ] = None,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
) -> None:
    """List what posts state about the count, each with what the forms answer.

    A draft answer is for a person to edit and release. Opinions and criticism are no claims.
    """
    out = Output(lang, as_json, as_csv)
    loaded = _loaded(posts, frame, forms or [], out)
    blocked = out.problems(loaded.problems, None)
    told = grouped(extract(_posts(posts), gazetteer(loaded.frame)))
    answered = answers(told, Evidence.of(loaded.forms, loaded.frame))
    out.write(_report(told, answered, loaded.frame, out))
    if blocked:
        raise typer.Exit(BAD_INPUT)


def _loaded(posts: Path, folder: Path | None, forms: list[Path], out: Output) -> Loaded:
    """The frame with the forms in force; without files no forms at all."""
    if forms:
        return load(forms, folder, None, out)
    frame = read_frame(folder or find_frame([posts]))
    widest = max(max(c.numbers) for c in frame.contests.values())
    return Loaded(frame, empty(form_columns(widest)), pl.DataFrame(), [])


def _posts(path: Path) -> pl.DataFrame:
    """The posts of a collection, a table or a text file; ids are made up where there are none."""
    if path.is_dir():
        return posts_of(path).posts()
    try:
        table = _table(path)
    except (OSError, pl.exceptions.PolarsError) as err:
        raise refusal("posts-file", path, error=err) from err
    if "text" not in table.columns or table.is_empty():
        raise refusal("posts-empty", path)
    table = table.filter(pl.col("text").is_not_null())
    if "post_id" not in table.columns:
        number = pl.int_range(1, pl.len() + 1).cast(pl.String)
        table = table.with_columns(post_id=pl.lit("line:") + number)
    return table


def _table(path: Path) -> pl.DataFrame:
    if path.suffix.lower() == ".parquet":
        return pl.read_parquet(path)
    if path.suffix.lower() == ".csv":
        return _timed(pl.read_csv(path, infer_schema=False))
    lines = path.read_text(encoding="utf-8-sig", errors="replace").splitlines()
    return pl.DataFrame({"text": [n for n in lines if n.strip()]}, schema={"text": pl.String})


def _timed(table: pl.DataFrame) -> pl.DataFrame:
    """A CSV's times as times; what cannot be read as one is not stated."""
    if "posted_at" not in table.columns:
        return table
    return table.with_columns(
        pl.col("posted_at").str.to_datetime(time_unit="us", time_zone="UTC", strict=False)
    )


def _report(told: pl.DataFrame, answered: pl.DataFrame, frame: Frame, out: Output) -> Report:
    names = place_names(frame)
    joined = told.join(answered.drop("exercise"), on="claim").join(names, on="place", how="left")
    flat = joined.select(
        "place",
        "name",
        "contest",
        "kind",
        "choice",
        "posts",
        "accounts",
        "first_seen",
        "last_seen",
        "verdict",
        "reason",
        "likeness",
        code="claim",
        statement="text",
        answer=f"draft_{out.lang}",
    )
    shown = {"claims": flat.select(_SHOWN), "answers": flat.select("code", "answer")}
    line = out.say(
        "claims_count",
        n=flat.height,
        open=flat.filter(pl.col("verdict") == "cannot_be_said").height,
    )
    tables = {"claims": flat, "answers": answered}
    return Report("claims", tables, [line], shown, bool(answered.get_column("exercise").any()))
