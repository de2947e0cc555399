"""``forget_posts --inaugurated 2025-02-20``: delete posts that belong to no case, show what went."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from rukun.web.talk.services.forgetting import forget


class Command(BaseCommand):
    """Delete posts RUKUN_KEEP_DAYS days after the inauguration; nothing before that day."""

    help = "Delete posts that belong to no case, some time after the inauguration."

    def add_arguments(self, parser: Any) -> None:
        """The day, and the days after it."""
        parser.add_argument("--inaugurated", type=dt.date.fromisoformat, required=True)
        parser.add_argument("--after", type=int, default=settings.RUKUN_KEEP_DAYS)

    def handle(self, *args: Any, inaugurated: dt.date, after: int, **options: Any) -> None:
        """Delete and say what went, day by day."""
        due = inaugurated + dt.timedelta(days=after)
        if timezone.localdate() < due:
            raise CommandError(f"Nothing goes before {due}.")
        moment = dt.datetime.combine(due, dt.time(), timezone.get_current_timezone())
        went = forget(None, moment)
        for day, platform, posts in went.iter_rows():
            self.stdout.write(f"{day} {platform}: {posts}")
        self.stdout.write(f"{int(went['posts'].sum())} posts deleted.")
