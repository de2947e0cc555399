"""What the tutorial and the README show is what a reader gets."""

from __future__ import annotations

import re
import shlex

from typer.testing import CliRunner

from rukun.cli import app
from tests.cli.tutorial import PAGE, replayed, write_files
from tests.house import ROOT
from tests.talk.collected import row, write_csv


def test_every_command_of_the_tutorial_prints_what_the_page_shows(regency):
    assert replayed(regency) == PAGE.read_text("utf-8")


def test_every_command_of_the_readme_works(regency):
    readme = (ROOT / "README.md").read_text("utf-8")
    template, *others = re.findall(r"^    rukun ((?:template|count) .*?)(?: +#.*)?$", readme, re.M)
    (regency / "forms.csv").unlink()
    assert CliRunner().invoke(app, shlex.split(template)).exit_code == 0
    write_files(regency)
    ended = {words: CliRunner().invoke(app, shlex.split(words)).exit_code for words in others}
    assert len(ended) == 5
    assert set(ended.values()) <= {0, 1}


def test_every_command_of_the_readme_about_talk_works(regency):
    readme = (ROOT / "README.md").read_text("utf-8")
    commands = re.findall(r"^    rukun (talk .*?)(?: +#.*)?$", readme, re.MULTILINE)
    assert len(commands) == 4
    write_files(regency)
    for file in ("exports/a.csv", "posts.csv"):
        write_csv(regency / file, [row(1), row(2)])
    for command in commands:
        words = shlex.split(command.replace("exports/*.csv", "exports/a.csv"))
        once = ["--once", "--interval", "0.1"] if "watch" in words else []
        ended = CliRunner().invoke(app, [*words, *once])
        assert ended.exit_code == 0, ended.output
