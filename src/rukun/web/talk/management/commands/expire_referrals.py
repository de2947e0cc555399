"""``expire_referrals``: mark the referrals whose time is over. For a timer, once an hour."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from rukun.web.talk.services import referring


class Command(BaseCommand):
    """Mark expired referrals and say how many."""

    help = "Mark the referrals whose time is over."

    def handle(self, *args: Any, **options: Any) -> None:
        """Mark them."""
        self.stdout.write(f"expired referrals: {referring.expire_due()}")
