"""What the tutorial shows is what a reader gets."""

from __future__ import annotations

from tests.cli.tutorial import PAGE, replayed


def test_every_command_of_the_tutorial_prints_what_the_page_shows(regency):
    assert replayed(regency) == PAGE.read_text("utf-8")
