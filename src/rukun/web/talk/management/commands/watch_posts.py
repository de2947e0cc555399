"""``watch_posts FOLDER``: take exports into the room as they arrive. A service beside the site."""

from __future__ import annotations

import time
from functools import partial
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from rukun.errors import UserError
from rukun.web.talk.services import watching


class Command(BaseCommand):
    """Until it is stopped, or once; what became of each file stands in ``watch.csv``."""

    help = "Take exports into the room as they arrive in a folder; db_worker works through them."

    def add_arguments(self, parser: Any) -> None:
        """The folder, what holds for all its files, and how often to look."""
        parser.add_argument("folder", type=Path)
        parser.add_argument("--mapping", type=Path, help="TOML file: which column is what")
        parser.add_argument("--format", default="", help="where it is not recognised")
        parser.add_argument("--coverage", default="", help="how the files were collected")
        parser.add_argument("--once", action="store_true", help="take what is there, and end")
        parser.add_argument("--interval", type=float, default=5.0, help="seconds between two looks")

    def handle(self, *args: Any, folder: Path, **options: Any) -> None:
        """Watch, and say what became of each file."""
        try:
            mapping = options["mapping"].read_text("utf-8") if options["mapping"] else ""
            told = watching.Told(mapping, options["format"], options["coverage"])
            watch = watching.watch(folder, told)
            for became in watch.looks(partial(time.sleep, options["interval"]), options["once"]):
                said = f"{became.state}, {became.posts} posts, {became.new} new. {became.why}"
                self.stdout.write(f"{became.file}: {said}".rstrip())
        except UserError as err:
            raise CommandError(str(err)) from err
        except (OSError, UnicodeDecodeError) as err:
            raise CommandError(f"{options['mapping']}: cannot be read.") from err
