"""``rukun site``: the room on this machine."""

from __future__ import annotations

import importlib.util
import os
import socket
import subprocess
import sys
from pathlib import Path
from typing import Annotated

import typer

from rukun.cli.options import Lang
from rukun.cli.output import Output
from rukun.cli.refusals import refusal

app = typer.Typer(
    no_args_is_help=True, rich_markup_mode=None, help="The room: the site, on this machine."
)
HOST = "127.0.0.1"
WORKERS = 2
_MANAGE = (sys.executable, "-m", "rukun.web.manage")
#: Works through posts beside the server; a stop of the one (Ctrl-C) stops the other too.
_WORKER = ("db_worker", "--interval", "2", "--no-startup-delay")


@app.command("run")
def run(
    lang: Lang,
    port: Annotated[int, typer.Option("--port", help="The port to listen on.")] = 8000,
    data: Annotated[
        Path, typer.Option("--data", metavar="DIR", help="Where the room keeps its data.")
    ] = Path("var"),
    example: Annotated[
        Path, typer.Option("--example", metavar="DIR", help="The frame and the forms to open with.")
    ] = Path("examples/jembrana-2024"),
) -> None:
    """Open the exercise room for this machine alone, with its example and its log-ins.

    Prepares the database and the example where they are not there yet, prints the address and the
    exercise log-ins, and serves until it is interrupted.
    """
    out = Output(lang)
    _site_installed()
    _port_is_free(port)
    environment = {**os.environ, **_exercise_room(data)}
    out.tell(out.say("preparing"))
    _manage(environment, "migrate", "--verbosity", "0")
    _manage(environment, "load_example", str(example))
    _manage(environment, "load_talk_example", str(example), "--later")
    out.tell(out.say("logins"))
    _manage(environment, "prepare_exercise_users")
    out.tell("\n" + out.say("open", address=f"http://{HOST}:{port}/") + "\n")
    subprocess.Popen([*_MANAGE, *_WORKER], env=environment)
    os.execvpe(sys.executable, _server(port), environment)


def _exercise_room(data: Path) -> dict[str, str]:
    """Everybody on this machine may read; writing needs one of the exercise log-ins."""
    return {
        "RUKUN_DATA_DIR": str(data.resolve()),
        "RUKUN_EXERCISE": "1",
        "RUKUN_OPEN_READING": "1",
    }


def _server(port: int) -> list[str]:
    gunicorn = [sys.executable, "-m", "gunicorn", "rukun.web.wsgi", "--log-level", "warning"]
    return [*gunicorn, "--bind", f"{HOST}:{port}", "--workers", str(WORKERS), "--timeout", "120"]


def _manage(environment: dict[str, str], *command: str) -> None:
    ended = subprocess.run([*_MANAGE, *command], env=environment, check=False)
    if ended.returncode:
        raise refusal("site-prepare", command=command[0])


def _site_installed() -> None:
    if importlib.util.find_spec("django") is None:
        raise refusal("site-missing")


def _port_is_free(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except (OSError, OverflowError) as err:
            raise refusal("site-port", port=port, error=err, other=port + 1) from err
