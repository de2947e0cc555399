"""``rotate_key --by NAME``: another key for the aliases, when the old one may have been seen."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.management.base import BaseCommand, CommandError

from rukun.errors import UserError
from rukun.web.core.models import User
from rukun.web.talk.services.rotating import rotate


class Command(BaseCommand):
    """At the machine only, in the name of a coordinator, which the ledger keeps."""

    help = "Give the room another key: every account and post gets another alias."

    def add_arguments(self, parser: Any) -> None:
        """In whose name."""
        parser.add_argument("--by", required=True, metavar="NAME", help="a coordinator's name")

    def handle(self, *args: Any, by: str, **options: Any) -> None:
        """Change the key and say how much it renamed."""
        try:
            names = rotate(User.objects.get(username=by.lower()))
        except User.DoesNotExist as err:
            raise CommandError(f"Nobody is called {by}.") from err
        except PermissionDenied as err:
            raise CommandError(f"{by} is not a coordinator.") from err
        except UserError as err:
            raise CommandError(str(err)) from err
        self.stdout.write(f"{names} aliases and codes have another name now.")
        self.stdout.write("Delete backups of the old key; restart what watches folders.")
