"""``rukun exercise``: elections made up from a seed, for drills and measurement."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Annotated, Final

import polars as pl
import typer

from rukun.errors import UserError
from rukun.exercise import (
    Settings,
    make_regency,
    national_forms,
    national_frame,
    read_settings,
    with_stations,
)
from rukun.exercise.talk import POSTS, make_talk
from rukun.frame import Frame, read_frame
from rukun.places import read_places

app = typer.Typer(
    help="Make up the forms of an election from a seed; everything is marked as an exercise.",
    no_args_is_help=True,
)

Folder = Annotated[
    Path,
    typer.Option(
        "--frame",
        metavar="DIR",
        help="Folder with places.csv, contests.toml, recapitulation.csv and exercise.toml.",
    ),
]
Seed = Annotated[int | None, typer.Option("--seed", help="Another seed than exercise.toml's.")]
#: The truth stands in a folder of its own, so that no folder of forms holds it.
TRUTH_FILE: Final = "truth/truth.csv"
_EXAMPLE: Final = Path("examples/jembrana-2024")


@app.command()
def jembrana(
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help="Where the files go.")],
    frame: Folder = _EXAMPLE,
    seed: Seed = None,
) -> None:
    """Forms of every source that add up to the real recapitulation, with planted errors.

    Writes one CSV per source, and truth/truth.csv with every error.
    """
    area = read_frame(frame)
    settings = _settings(frame, seed)
    made = make_regency(area, _recapitulation(frame / "recapitulation.csv"), settings)
    for (source,), forms in made.forms.partition_by("source", as_dict=True).items():
        _write(_stated(forms), out / _file(str(source)))
    _write(made.truth, out / TRUTH_FILE)


@app.command()
def stations(
    out: Annotated[Path, typer.Option("--out", metavar="FILE", help="The new places.csv.")],
    frame: Folder = _EXAMPLE,
    seed: Seed = None,
) -> None:
    """Lay out stations with voter lists under the villages of places.csv.

    For a regency whose stations per village are not published: the numbers per kecamatan and the
    villages' weights come from exercise.toml.
    """
    places = read_places(frame / "places.csv")
    _write(with_stations(places, _settings(frame, seed)), out)


@app.command()
def posts(
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help="Where the files go.")],
    frame: Folder = _EXAMPLE,
    number: Annotated[int, typer.Option("--posts", min=3_000, max=1_000_000)] = POSTS,
    seed: Seed = None,
) -> None:
    """Three weeks of posts around a regency: criticism, jokes, taunts, incitement, two rings.

    Claims are made about the official station forms of exercise/official.csv. Writes
    posts.parquet, and truth/ with what is true of every post, planted account and claim.
    """
    area, settings = read_frame(frame), _settings(frame, seed)
    made = make_talk(area.places, _official(frame), settings.seed, number)
    out.mkdir(parents=True, exist_ok=True)
    made.posts.write_parquet(out / "posts.parquet")
    for name in ("truth", "accounts", "rises"):
        _write(getattr(made, name), out / "truth" / f"{name}.csv")
    texts = pl.col("texts").list.join(" | ")
    _write(made.claims.with_columns(texts), out / "truth" / "claims.csv")


@app.command()
def national(
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help="Where the files go.")],
    stations: Annotated[int, typer.Option("--stations", min=10, max=5_000_000)] = 435_000,
    sources: Annotated[int, typer.Option("--sources", min=1, max=99)] = 3,
    seed: Annotated[int, typer.Option("--seed")] = 1,
    csv: Annotated[bool, typer.Option("--csv", help="CSV instead of Parquet.")] = False,
) -> None:
    """An election of national size, for measurement.

    Writes places.csv, contests.toml and forms/, one file per source.
    """
    frame = national_frame(stations, seed)
    _write(frame.places, out / "places.csv")
    (out / "contests.toml").write_text(_contests_toml(frame), encoding="utf-8")
    (out / "forms").mkdir(exist_ok=True)
    for source, forms in national_forms(frame, sources, seed):
        path = out / "forms" / _file(source)
        if csv:
            _write(forms, path)
        else:
            forms.write_parquet(path.with_suffix(".parquet"))


def _contests_toml(frame: Frame) -> str:
    lines = []
    for c in frame.contests.values():
        text = {"code": c.code, "name_en": c.name_en, "name_id": c.name_id, "place": c.place}
        lines += ["[[contest]]", *(f'{k} = "{v}"' for k, v in text.items())]
        lines += [f"date = {c.date}", f'cited = "{c.cited}"']
        for choice in c.choices:
            lines += ["[[contest.choice]]", f"number = {choice.number}", f'name = "{choice.name}"']
    return "\n".join([*lines, ""])


def _settings(folder: Path, seed: int | None) -> Settings:
    settings = read_settings(folder / "exercise.toml")
    return settings if seed is None else dataclasses.replace(settings, seed=seed)


def _recapitulation(path: Path) -> pl.DataFrame:
    return _table(path, "exercise-recapitulation", "the recapitulation")


def _official(frame: Path) -> pl.DataFrame:
    return _table(frame / "exercise" / "official.csv", "exercise-forms", "the official forms")


def _table(path: Path, code: str, what: str) -> pl.DataFrame:
    try:
        return pl.read_csv(path, schema_overrides={"place": pl.String})
    except (OSError, pl.exceptions.PolarsError) as err:
        hint = f"Give --frame the folder that holds {path.name}."
        raise UserError(code, f"{what} cannot be read ({err}).", hint, str(path)) from err


def _stated(forms: pl.DataFrame) -> pl.DataFrame:
    """The forms without columns that nobody states."""
    return forms.select(c for c in forms.columns if forms.get_column(c).null_count() < forms.height)


def _file(source: str) -> str:
    return f"{source.replace(':', '-')}.csv"


def _write(table: pl.DataFrame, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    table.write_csv(path, datetime_format="%Y-%m-%dT%H:%M:%SZ")
