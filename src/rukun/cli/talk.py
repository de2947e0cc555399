"""``rukun talk``: posts taken in, the screen tried on a sentence, trained anew, its model card."""

from __future__ import annotations

import os
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated

import polars as pl
import typer

from rukun.cli.options import AsCsv, AsJson, Lang
from rukun.cli.output import Output, Report
from rukun.cli.refusals import refusal
from rukun.errors import UserError
from rukun.reach import send
from rukun.talk.screen import card, card_page, default, evaluate
from rukun.talk.screen.frames import shipped as grammar
from rukun.talk.screen.judge import Verdict
from rukun.talk.screen.scorer import WEIGHTS
from rukun.talk.screen.second import Opinion, SecondReader, opinions, second_reader
from rukun.talk.screen.train import SEED, spared
from rukun.talk.screen.train import train as learn

app = typer.Typer(no_args_is_help=True, help="What is being said in public.")


def _without_engine() -> None:
    """Needs rukun[talk], which is not installed."""
    raise UserError(
        "talk-extra",
        "this command needs further packages.",
        "Install them with: pip install 'rukun[talk]'",
        message_id="perintah ini memerlukan paket tambahan.",
        hint_id="Pasang dengan: pip install 'rukun[talk]'",
    )


if find_spec("ibis"):
    from rukun.cli import claims, collection, posts

    app.command("read")(posts.read)
    app.command("watch")(posts.watch)
    app.command("forget")(posts.forget)
    app.command("narratives")(collection.narratives)
    app.command("rings")(collection.rings)
    app.command("pulse")(collection.pulse)
    app.command("claims")(claims.claims)
else:
    _ANYTHING = {"allow_extra_args": True, "ignore_unknown_options": True}
    for _name in ("read", "watch", "forget", "narratives", "rings", "pulse", "claims"):
        app.command(_name, context_settings=_ANYTHING)(_without_engine)

_Second = Annotated[
    str,
    typer.Option(
        "--second",
        metavar="URL",
        help="Base address of an OpenAI-compatible endpoint that is asked for the mode of the top "
        "few per cent. The posts' texts go there. Its key: RUKUN_SECOND_KEY.",
    ),
]
_Model = Annotated[str, typer.Option("--model", help="Name of the model behind --second.")]
_Encoder = Annotated[
    Path | None,
    typer.Option(
        "--encoder", metavar="DIR", help="An ONNX encoder on this machine that is asked instead."
    ),
]


@app.command()
def screen(
    post: Annotated[
        str, typer.Argument(metavar="TEXT|FILE", help="A post, or a file with one post a line.")
    ],
    lang: Lang,
    second: _Second = "",
    model: _Model = "",
    encoder: _Encoder = None,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
) -> None:
    """Show what the screen makes of a post, with the words that led to it."""
    out = Output(lang, as_json, as_csv)
    texts = _posts(post)
    verdicts = default().many(texts)
    key = os.environ.get("RUKUN_SECOND_KEY", "")
    said = _second(texts, verdicts, second_reader(second, model, key, encoder, send))
    table = pl.DataFrame([_row(i, t, v, said) for i, (t, v) in enumerate(pairs(texts, verdicts))])
    reasons = pl.DataFrame(
        [r for i, (t, v) in enumerate(pairs(texts, verdicts)) for r in _reasons(i, t, v, lang)]
    )
    tables = {"verdicts": table} | ({} if reasons.is_empty() else {"reasons": reasons})
    shown = {n: t.drop("cues", strict=False) for n, t in tables.items()}
    line = out.say("flagged_count", n=sum(v.flagged for v in verdicts), of=len(texts))
    out.write(Report("verdicts", tables, [line], shown))


def pairs(texts: list[str], verdicts: list[Verdict]) -> list[tuple[str, Verdict]]:
    """Each post with its verdict."""
    return list(zip(texts, verdicts, strict=True))


def _posts(post: str) -> list[str]:
    try:
        path = Path(post)
        if not path.is_file():
            return [post]
        lines = path.read_text(encoding="utf-8-sig", errors="replace").splitlines()
    except (OSError, ValueError):
        return [post]
    if not any(lines):
        raise refusal("posts-empty", post)
    return [n for n in lines if n.strip()]


def _second(
    texts: list[str], verdicts: list[Verdict], reader: SecondReader | None
) -> dict[int, Opinion]:
    return {o.index: o for o in opinions(texts, verdicts, reader)} if reader else {}


def _row(i: int, text: str, verdict: Verdict, said: dict[int, Opinion]) -> dict[str, object]:
    row: dict[str, object] = {
        "post": i + 1,
        "label": verdict.label,
        "mode": verdict.mode,
        "score": round(verdict.score, 2),
        "flagged": verdict.flagged,
        "claim": verdict.claim,
        "help": verdict.help,
        "text": text,
    }
    if said:
        row["second_mode"] = (said[i].mode or "?") if i in said else ""
    return row


def _reasons(i: int, text: str, verdict: Verdict, lang: str) -> list[dict[str, object]]:
    says = {f.name: f.say(lang) for f in (*grammar().scopes, *grammar().frames)}
    return [
        {
            "post": i + 1,
            "frame": r.frame,
            "words": text[r.start : r.end],
            "start": r.start,
            "end": r.end,
            "why": says[r.frame],
            "cues": ", ".join(r.cues),
        }
        for r in verdict.reasons
    ]


@app.command()
def train(
    lang: Lang,
    extra: Annotated[
        list[Path] | None,
        typer.Option("--extra", metavar="FILE", help="CSV or Parquet with columns text, label."),
    ] = None,
    into: Annotated[
        Path, typer.Option("--into", metavar="FILE", help="Where the weights go.")
    ] = Path("weights.npz"),
    seed: Annotated[int, typer.Option("--seed", help="Seed of generator and training.")] = SEED,
    background: Annotated[
        Path | None,
        typer.Option(
            "--background",
            metavar="PARQUET",
            help="Everyday posts, column text: every second one sets the threshold, none is learned.",
        ),
    ] = None,
) -> None:
    """Make the scorer's weights from the project's own text, and your own files if you wish."""
    out = Output(lang)
    scorer = spared(learn(seed, extra or (), out.tell), _background(background)[::2])
    _placed(into, lambda: scorer.save(into))
    out.tell(out.say("weights_written", n=scorer.made_from["sentences"], path=into))


@app.command("model-card")
def model_card(
    lang: Lang,
    heldout: Annotated[
        list[Path] | None,
        typer.Option("--heldout", metavar="CSV", help="Cases with text, label, group, kind."),
    ] = None,
    background: Annotated[
        Path | None,
        typer.Option("--background", metavar="PARQUET", help="Ordinary posts, column text."),
    ] = None,
    into: Annotated[
        Path, typer.Option("--into", metavar="FILE", help="Where the page goes.")
    ] = Path("model-card.md"),
    figures: Annotated[
        Path | None,
        typer.Option("--figures", metavar="FILE", help="The figures as JSON too."),
    ] = None,
) -> None:
    """Measure the screen kind by kind and write its model card. No text of a case is printed.

    What is to be known about a set of cases stands in a file beside it: cases.md for cases.csv.
    """
    out = Output(lang)
    sets = {path.name: evaluate.read(path) for path in heldout or ()}
    notes = {path.name: _note(path.with_suffix(".md")) for path in heldout or ()}
    found = card.figures(default(), sets, _background(background))
    page = card_page.page(found, notes)
    _placed(into, lambda: into.write_text(page, encoding="utf-8"))
    if figures:
        _placed(figures, lambda: card.write(found, figures))
    out.tell(out.say("card_written", path=into, weights=WEIGHTS.name))


def _note(path: Path) -> str:
    """The first paragraph of a file, on one line; nothing where there is none."""
    if not path.is_file():
        return ""
    return " ".join(path.read_text(encoding="utf-8").split("\n\n")[0].split())


def _background(path: Path | None) -> list[str]:
    if path is None:
        return []
    try:
        return pl.read_parquet(path, columns=["text"]).get_column("text").drop_nulls().to_list()
    except (OSError, pl.exceptions.PolarsError) as err:
        raise refusal("posts-file", path, error=err) from err


def _placed(path: Path, write: Callable[[], object]) -> None:
    try:
        write()
    except OSError as err:
        raise refusal("output-file", path, error=err.strerror) from err
