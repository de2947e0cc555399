"""The ``rukun`` command and how it ends: errors for people, reference numbers for faults."""

from __future__ import annotations

import hashlib
import os
import sys
import tempfile
import traceback
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from rukun import __version__
from rukun.cli import count, exercise, ledger, rules, site, template
from rukun.cli.output import BAD_INPUT, FAULT
from rukun.errors import UserError


class People(TyperGroup):
    """Nobody sees a traceback: what a person can mend is said, anything else gets a reference."""

    def invoke(self, ctx: Any) -> Any:
        try:
            return super().invoke(ctx)
        except UserError as err:
            print(err, file=sys.stderr)
            raise typer.Exit(BAD_INPUT) from None
        except (BrokenPipeError, KeyboardInterrupt, typer.Exit, typer.Abort):
            raise
        except Exception as err:
            if type(err).__module__.startswith("typer") or "RUKUN_DEBUG" in os.environ:
                raise
            print(_fault(traceback.format_exc()), file=sys.stderr)
            raise typer.Exit(FAULT) from None


def _fault(trace: str) -> str:
    """Keep the trace in a file and say where; the reference is the same for the same fault."""
    reference = hashlib.sha256(trace.encode()).hexdigest()[:8]
    path = Path(tempfile.gettempdir()) / f"rukun-fault-{reference}.log"
    try:
        path.write_text(trace, encoding="utf-8")
    except OSError:
        return f"This is a fault in Rukun, not in your files (reference {reference}).\n{trace}"
    return (
        f"This is a fault in Rukun, not in your files (reference {reference}). "
        f"Nothing was changed. Please report it with the file {path}."
    )


app = typer.Typer(
    name="rukun",
    cls=People,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
app.add_typer(count.app, name="count")
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
