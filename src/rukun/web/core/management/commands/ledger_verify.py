"""``ledger_verify``: walk the whole ledger and name the first bad row."""

from __future__ import annotations

import sys

from django.core.management.base import BaseCommand, CommandError

from rukun.errors import UserError
from rukun.web.core import chain


class Command(BaseCommand):
    """Exit code 0 where the chain is unbroken, 1 where a row is bad, 2 where it cannot be told."""

    help = "Walk the whole ledger and name the first bad row."

    def handle(self, *args: object, **options: object) -> None:
        """Print the verdict."""
        try:
            verdict = chain.check()
        except UserError as err:
            raise CommandError(str(err), returncode=2) from err
        self.stdout.write(str(verdict))
        if chain.read_head() is None:
            self.stdout.write("no head was kept beside the database: a cut end would not show")
        if not verdict.sound:
            sys.exit(1)
