"""``let_in NAME --role ROLE``: let a person in from the command line, with a link."""

from __future__ import annotations

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from rukun.web.core import roles, services
from rukun.web.core.models import User


class Command(BaseCommand):
    """How the first coordinator of a room gets in; whoever runs it owns the machine anyway."""

    help = "Let a person in and print the link by which they choose a password."

    def add_arguments(self, parser: CommandParser) -> None:
        """The name to sign in, the role, and the pair of a witness."""
        parser.add_argument("name")
        parser.add_argument("--role", choices=roles.ROLES, default=roles.COORDINATOR)
        parser.add_argument("--camp", type=int)

    def handle(self, *args: object, **options: object) -> None:
        """Print the link; for a name that is there already, a new one."""
        name = str(options["name"]).lower()
        person = User.objects.filter(username=name).first()
        if person is None:
            person = User(username=name, role=options["role"], camp=options["camp"])
            try:
                services.create_user(services.SYSTEM, person)
            except ValidationError as err:
                raise CommandError(" ".join(err.messages)) from err
        elif not person.is_active:
            raise CommandError(f"{name} is disabled; a coordinator can let them in again.")
        link = services.sign_in_link(services.SYSTEM, person)
        scheme = "https" if settings.RUKUN_SECURE else "http"
        self.stdout.write(f"{scheme}://{settings.ALLOWED_HOSTS[0]}{link}")
