"""``ledger_verify``: walk the whole ledger and name the first bad row."""

from __future__ import annotations

import sys

from django.core.management.base import BaseCommand

from rukun.web.core import chain


class Command(BaseCommand):
    """Exit code 0 where the chain is unbroken, 1 where a row is bad."""

    help = "Walk the whole ledger and name the first bad row."

    def handle(self, *args: object, **options: object) -> None:
        """Print the verdict."""
        verdict = chain.check()
        self.stdout.write(str(verdict))
        if not verdict.sound:
            sys.exit(1)
