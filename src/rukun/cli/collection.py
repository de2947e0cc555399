"""``rukun talk narratives``, ``rings`` and ``pulse``: what is worked out from a collection.

The same as a room works out from it, without a room: nothing is kept, nobody is asked to decide.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Final

import ibis
import polars as pl
import typer

from rukun.cli.load import find_frame, place_names
from rukun.cli.options import AsCsv, AsJson, FrameDir, Lang
from rukun.cli.output import Output, Report, placed, working
from rukun.engine import Engine, local
from rukun.frame import read_frame
from rukun.places import zone_of_most
from rukun.talk import coordination, digest
from rukun.talk.archive import Archive, archive_in
from rukun.talk.gazetteer import gazetteer
from rukun.talk.narratives import narratives as find_narratives
from rukun.talk.posts import is_exercise
from rukun.talk.pulse import ALL
from rukun.talk.scored import scored

#: Where ``rukun talk read`` keeps the posts of a collection.
ARCHIVE: Final = "posts"
#: Rows that are shown as text; CSV and JSON have all.
SHOWN: Final = 30
_ACT: Final = [c.name for c in coordination.SHARED]

Collection = Annotated[
    Path,
    typer.Argument(metavar="DIR", help="A collection that rukun talk read or watch made."),
]
GraphmlFile = Annotated[
    Path | None,
    typer.Option("--graphml", metavar="FILE", help="Write the pairs of accounts as GraphML."),
]
GexfFile = Annotated[
    Path | None, typer.Option("--gexf", metavar="FILE", help="Write the pairs of accounts as GEXF.")
]


def posts_of(folder: Path) -> Archive:
    """The posts of a collection, whether it or its archive is named. Raises ``UserError``
    (``archive-none``) where there is none."""
    inside = folder / ARCHIVE
    return archive_in(inside if inside.is_dir() else folder)


def narratives(
    collection: Collection,
    lang: Lang,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
) -> None:
    """List what is said again and again: posts in the same words are one narrative.

    Each with how the screen labels its posts. The first post here need not be the first anywhere.
    """
    out = Output(lang, as_json, as_csv)
    with _opened(collection, out) as (posts, engine):
        found = find_narratives(posts, engine=engine)
        marks = engine.collect(scored(posts, engine), by=["post_id"])
        exercise = _exercise(posts, engine)
    mix = digest.mix(marks.join(found.members, on="post_id")).rename({"narrative": "id"})
    labelled = found.narratives.join(mix.drop("score"), on="id", maintain_order="left")
    table = labelled.rename({"id": "narrative", "size": "posts"})
    shown = table.head(SHOWN).select(
        "narrative",
        "label",
        "posts",
        "accounts",
        "platforms",
        pl.col("first_seen").dt.strftime("%Y-%m-%d %H:%M"),
        statement=pl.col("text").str.replace_all(r"\s+", " ").str.slice(0, 120),
    )
    line = out.say("narratives_count", n=table.height, posts=found.members.height, of=marks.height)
    tables = {"narratives": table, "members": found.members}
    out.write(Report("narratives", tables, [line], {"narratives": shown}, exercise))


def rings(
    collection: Collection,
    lang: Lang,
    graphml: GraphmlFile = None,
    gexf: GexfFile = None,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
) -> None:
    """List accounts that act together more than chance explains, with each act they shared.

    Acting together is neither fake nor a crime: what is listed is a question for a person.
    """
    out = Output(lang, as_json, as_csv)
    with _opened(collection, out) as (posts, engine):
        found = digest.together(posts, engine, find_narratives(posts, engine=engine), ())
        members = found.rings.select("ring", "accounts").iter_rows()
        acts = [found.shared(a).select(pl.lit(ring).alias("ring"), *_ACT) for ring, a in members]
        exercise = _exercise(posts, engine)
    for path, drawn in ((graphml, coordination.graphml), (gexf, coordination.gexf)):
        if path is not None:
            placed(path, drawn(found.edges))
    shown = found.rings.head(SHOWN).select(
        "ring",
        "members",
        "pairs",
        "seen",
        "expected",
        "accounts",
        strength="verdict",
    )
    tables = {"rings": found.rings, "edges": found.edges}
    tables |= {"acts": pl.concat(acts)} if acts else {}
    lines = [out.say("rings_count", n=found.rings.height), coordination.NOTICE[out.lang]]
    out.write(Report("rings", tables, lines, {"rings": _rounded(shown)}, exercise))


def pulse(
    collection: Collection,
    lang: Lang,
    frame: FrameDir = None,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
) -> None:
    """Show the hostile share of each place and day against its own usual.

    Shown are rises and raised days, and the last days of everything together; --csv and --json
    have every place and day.
    """
    out = Output(lang, as_json, as_csv)
    known = read_frame(frame or find_frame([collection]))
    wanted = digest.Wanted(gazetteer(known), zone=zone_of_most(known.places))
    with _opened(collection, out) as (posts, engine):
        found = digest.digest(posts, engine, wanted)
        exercise = _exercise(posts, engine)
    table = found.pulse.join(place_names(known), on="place", how="left", maintain_order="left")
    counts = dict(table.group_by("state").len().iter_rows())
    line = out.say(
        "pulse_count",
        rises=counts.get("rise", 0),
        raised=counts.get("raised", 0),
        unknown=counts.get("unknown", 0),
        of=table.height,
    )
    shown = {"pulse": _rounded(_worth_a_look(table))}
    out.write(Report("pulse", {"pulse": table}, [line], shown, exercise))


def _worth_a_look(pulse: pl.DataFrame) -> pl.DataFrame:
    """The newest days first: those that are not usual, and everything together."""
    risen = pl.col("state").is_in(("rise", "raised")) | (pl.col("place") == ALL)
    newest = pulse.filter(risen).sort("day", "place", descending=[True, False]).head(SHOWN)
    return newest.select(
        "day", "place", "name", "state", "posts", "hostile", "share", "low", "high", "baseline"
    )


@contextmanager
def _opened(collection: Path, out: Output) -> Iterator[tuple[ibis.Table, Engine]]:
    """The posts of a collection on an engine, with a sign of life while they are worked through."""
    archive = posts_of(collection)
    with local() as engine, working(out.say("working_out")):
        yield archive.read(engine), engine


def _exercise(posts: ibis.Table, engine: Engine) -> bool:
    return is_exercise(engine.collect(posts.select("platform").distinct())["platform"])


def _rounded(table: pl.DataFrame) -> pl.DataFrame:
    return table.with_columns(pl.col(pl.Float64).round(3))
