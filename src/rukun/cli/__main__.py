"""``python -m rukun.cli``: the same as ``rukun``."""

from rukun.cli import app

app()
