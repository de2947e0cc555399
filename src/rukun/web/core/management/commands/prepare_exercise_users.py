"""``prepare_exercise_users``: log-ins to try the room with, one of each role."""

from __future__ import annotations

import json
import os
import secrets
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from rukun.web.core import services
from rukun.web.core.models import User

_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


def prepare(folder: Path) -> list[tuple[str, str, str]]:
    """(name, role, password) of every exercise log-in, made where it is not there yet.

    The passwords are kept in ``folder`` (exercise_logins.json, mode 0600), so that a second
    start prints the same ones.
    """
    path = folder / "exercise_logins.json"
    kept: dict[str, str] = json.loads(path.read_text()) if path.exists() else {}
    rows = []
    for name, role, camp in services.exercise_people():
        password = kept.setdefault(name, _password())
        person = User.objects.filter(username=name).first() or services.create_user(
            None, User(username=name, role=role, camp=camp), password
        )
        rows.append((name, person.role_code, password))
    _keep(path, kept)
    return rows


def _password() -> str:
    return "-".join("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(3))


def _keep(path: Path, logins: dict[str, str]) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        json.dump(logins, file, indent=1)


class Command(BaseCommand):
    """Refuses to run unless RUKUN_EXERCISE=1: a real room must not have known passwords."""

    help = "Make exercise log-ins, one of each role, and print them (RUKUN_EXERCISE=1 only)."

    def handle(self, *args: object, **options: object) -> None:
        """Print name, role and password of each."""
        if not settings.RUKUN_EXERCISE:
            raise CommandError(
                "Exercise log-ins are only for a room started with RUKUN_EXERCISE=1."
            )
        for name, role, password in prepare(Path(settings.DATA_DIR)):
            self.stdout.write(f"{name:<14}{role:<14}{password}")
