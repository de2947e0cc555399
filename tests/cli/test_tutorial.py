"""What the tutorial and the README show is what a reader gets."""

from __future__ import annotations

import re
import shlex

from typer.testing import CliRunner

from rukun.cli import app
from tests.cli.tutorial import PAGE, replayed, write_files
from tests.house import ROOT


def test_every_command_of_the_tutorial_prints_what_the_page_shows(regency):
    assert replayed(regency) == PAGE.read_text("utf-8")


def test_every_command_of_the_readme_works(regency):
    readme = (ROOT / "README.md").read_text("utf-8")
    template, *others = re.findall(r"^    rukun (.*?)(?: +#.*)?$", readme, re.MULTILINE)
    (regency / "forms.csv").unlink()
    assert CliRunner().invoke(app, shlex.split(template)).exit_code == 0
    write_files(regency)
    ended = {words: CliRunner().invoke(app, shlex.split(words)).exit_code for words in others}
    assert len(ended) == 5
    assert set(ended.values()) <= {0, 1}
