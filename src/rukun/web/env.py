"""Reading settings from the environment: clear names, and a loud end where one is wrong."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

_YES, _NO = {"1", "true", "yes", "on"}, {"0", "false", "no", "off", ""}


def flag(name: str, default: bool) -> bool:
    """A yes or no. Raises ``ImproperlyConfigured`` for any other word."""
    word = os.environ.get(name, "1" if default else "0").strip().lower()
    if word in _YES | _NO:
        return word in _YES
    raise ImproperlyConfigured(f"{name} is “{word}”: write 1 or 0.")


def words(name: str, default: str = "") -> list[str]:
    """A comma-separated list, without empty items."""
    return [word.strip() for word in os.environ.get(name, default).split(",") if word.strip()]


def number(name: str, default: int) -> int:
    """A whole number, not negative. Raises ``ImproperlyConfigured`` otherwise."""
    text = os.environ.get(name, str(default)).strip()
    if text.isascii() and text.isdigit():
        return int(text)
    raise ImproperlyConfigured(f"{name} is “{text}”: write a whole number.")


def data_dir() -> Path:
    """The folder of RUKUN_DATA_DIR (``./var``), made where it is not there yet."""
    folder = Path(os.environ.get("RUKUN_DATA_DIR") or "var").resolve()
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as err:
        raise ImproperlyConfigured(f"RUKUN_DATA_DIR {folder} cannot be made: {err}") from err
    return folder


def secret_key(folder: Path) -> str:
    """SECRET_KEY from the environment, or the one kept in ``folder`` (made once, mode 0600)."""
    given = os.environ.get("SECRET_KEY", "")
    if given:
        return given
    path = folder / "secret_key"
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return _kept_key(path)
    with os.fdopen(handle, "w") as file:
        file.write(secrets.token_urlsafe(64))
    return _kept_key(path)


def _kept_key(path: Path) -> str:
    key = path.read_text().strip()
    if len(key) < 50:
        raise ImproperlyConfigured(f"{path} is too short; remove it and a new one will be made.")
    return key
