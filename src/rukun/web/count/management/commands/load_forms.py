"""``load_forms FILE…``: files of forms into the room, without the limit of the upload page."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from rukun.errors import UserError
from rukun.web.count.bringing import bring_file, bring_frame


class Command(BaseCommand):
    """Load a frame folder and files of forms."""

    help = "Load places and contests (--frame) and files of forms into the room."

    def add_arguments(self, parser: Any) -> None:
        """Files, and optionally a frame folder and a mapping."""
        parser.add_argument("files", nargs="*", type=Path)
        parser.add_argument("--frame", type=Path)
        parser.add_argument("--mapping", type=Path)

    def handle(
        self,
        *args: Any,
        files: list[Path],
        frame: Path | None,
        mapping: Path | None,
        **options: Any,
    ) -> None:
        """Load and say what was loaded, and the first problems of each file."""
        try:
            if frame:
                counts = bring_frame(frame)
                self.stdout.write(f"{counts['places']} places, {counts['contests']} contests")
            text = mapping.read_text(encoding="utf-8") if mapping else ""
            for path in files:
                self._say(bring_file(path, text))
        except (UserError, OSError) as err:
            raise CommandError(str(err)) from err

    def _say(self, upload: Any) -> None:
        stored = upload.counts["stored"]
        self.stdout.write(
            f"{upload.name}: {stored['new']} new, {stored['unchanged']} known, {stored['held']} held"
        )
        for problem in upload.problems[:20]:
            self.stderr.write(
                f"  row {problem['row']} {problem['column']}: {problem['why']} {problem['hint']}"
            )
