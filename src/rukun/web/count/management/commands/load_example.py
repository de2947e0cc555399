"""``load_example FOLDER``: the example into an empty room."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from rukun.errors import UserError
from rukun.web.count.bringing import bring_example


class Command(BaseCommand):
    """Load places, contests, the real recapitulation and the exercise forms, once."""

    help = "Load an example folder into an empty room; does nothing where contests are there."

    def add_arguments(self, parser: Any) -> None:
        """One folder."""
        parser.add_argument("folder", type=Path)

    def handle(self, *args: Any, folder: Path, **options: Any) -> None:
        """Load and say what was loaded."""
        try:
            uploads = bring_example(folder)
        except UserError as err:
            raise CommandError(str(err)) from err
        for upload in uploads:
            stored = upload.counts["stored"]["new"]
            self.stdout.write(
                f"{upload.name}: {stored} forms, {upload.counts['problems']} problems"
            )
