"""``load_talk_example FOLDER``: three weeks of exercise posts into a room without posts."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from rukun.web.talk.services.example import bring_example


class Command(BaseCommand):
    """Make the exercise posts of an example folder and work through them, once."""

    help = "Load the exercise posts of an example folder; does nothing where there are posts."

    def add_arguments(self, parser: Any) -> None:
        """One folder, and whether the work is left to the worker."""
        parser.add_argument("folder", type=Path)
        parser.add_argument("--later", action="store_true", help="leave the work to db_worker")

    def handle(self, *args: Any, folder: Path, later: bool, **options: Any) -> None:
        """Load and say what was found."""
        work = bring_example(folder, later)
        if work is not None and not later:
            counts = ", ".join(f"{n} {name}" for name, n in work.digest.items())
            self.stdout.write(f"exercise posts: {counts}")
