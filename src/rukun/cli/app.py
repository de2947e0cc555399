"""The ``rukun`` command and how it ends: errors for people, reference numbers for faults."""

from __future__ import annotations

import hashlib
import os
import sys
import tempfile
import traceback
from itertools import pairwise
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from rukun import __version__
from rukun.cli import count, exercise, ledger, rules, site, talk, template
from rukun.cli.options import reader_language
from rukun.cli.output import BAD_INPUT, FAULT
from rukun.cli.words import say
from rukun.errors import UserError


class People(TyperGroup):
    """Nobody sees a traceback: what a person can mend is said, anything else gets a reference."""

    def invoke(self, ctx: Any) -> Any:
        words = list(ctx.args)  # emptied by the invocation
        try:
            return super().invoke(ctx)
        except UserError as err:
            print(_said(err, words), file=sys.stderr)
            raise typer.Exit(BAD_INPUT) from None
        except (BrokenPipeError, KeyboardInterrupt, typer.Exit, typer.Abort):
            raise
        except Exception as err:
            if type(err).__module__.startswith("typer") or "RUKUN_DEBUG" in os.environ:
                raise
            print(_fault(traceback.format_exc(), _language(words)), file=sys.stderr)
            raise typer.Exit(FAULT) from None


def _language(words: list[str]) -> str:
    """The language a command was asked for, also where it could not be read to its end."""
    for word, following in pairwise([*words, ""]):
        if word == "--lang" or word.startswith("--lang="):
            asked = following if word == "--lang" else word.removeprefix("--lang=")
            return "id" if asked == "id" else "en"
    return os.environ.get("RUKUN_LANG") or reader_language()


def _said(err: UserError, words: list[str]) -> str:
    message, hint = err.say(_language(words))
    where = f"{err.where}: " if err.where else ""
    return f"{where}{message} {hint} [{err.code}]"


def _fault(trace: str, lang: str) -> str:
    """Keep the trace in a file and say where; the reference is the same for the same fault."""
    reference = hashlib.sha256(trace.encode()).hexdigest()[:8]
    path = Path(tempfile.gettempdir()) / f"rukun-fault-{reference}.log"
    try:
        path.write_text(trace, encoding="utf-8")
    except OSError:
        return f"{say('fault', lang, reference=reference)}\n{trace}"
    return f"{say('fault', lang, reference=reference)} {say('fault_file', lang, path=path)}"


app = typer.Typer(
    name="rukun",
    cls=People,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
app.add_typer(count.app, name="count")
app.add_typer(talk.app, name="talk")
app.add_typer(exercise.app, name="exercise")
app.add_typer(site.app, name="site")
app.add_typer(ledger.app, name="ledger")
app.command("rules")(rules.rules)
app.command("template")(template.template)


def _version(wanted: bool) -> None:
    if wanted:
        print(f"rukun {__version__}")
        raise typer.Exit


@app.callback()
def main(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Say the version.")
    ] = False,
) -> None:
    """The open situation room for a close local election.

    Every command ends with 0 where all is clean, 1 where there are findings of weight error,
    2 where an option, a file or a row could not be taken, and 3 on a fault in Rukun itself.
    Results go to standard output, problems and progress to standard error.
    """
