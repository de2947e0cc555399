"""An engine by its name, as a setting or a command gives it."""

from __future__ import annotations

from typing import Final

from rukun.engine.local import local
from rukun.engine.protocol import Engine
from rukun.errors import UserError

ENGINES: Final = ("local", "spark")


def engine(name: str) -> Engine:
    """The engine of this name with its usual settings.

    Raises ``UserError``: ``engine-name`` where there is no such engine, ``engine-spark`` where
    Spark is not installed.
    """
    if name == "local":
        return local()
    if name == "spark":
        from rukun.engine.spark import spark

        return spark()
    raise UserError(
        "engine-name", f"there is no engine “{name}”.", f"Choose one of {', '.join(ENGINES)}."
    )
