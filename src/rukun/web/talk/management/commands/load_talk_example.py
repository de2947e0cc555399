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
        """One folder."""
        parser.add_argument("folder", type=Path)

    def handle(self, *args: Any, folder: Path, **options: Any) -> None:
        """Load and say what was found."""
        work = bring_example(folder)
        if work is not None:
            counts = ", ".join(f"{n} {name}" for name, n in work.digest.items())
            self.stdout.write(f"exercise posts: {counts}")
