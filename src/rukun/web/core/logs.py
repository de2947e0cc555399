"""Log lines: each with the reference of its request, each on one line."""

from __future__ import annotations

import logging
from contextvars import ContextVar

#: The reference of the request being answered.
current: ContextVar[str] = ContextVar("reference", default="-")


class ReferenceFilter(logging.Filter):
    """Adds ``reference`` to each record."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Always true; only adds."""
        record.reference = current.get()
        return True


class OneLine(logging.Formatter):
    """Writes line breaks of the message as ``\\n``, so that no text can fake a log line."""

    def formatMessage(self, record: logging.LogRecord) -> str:
        """The message without raw control characters (a traceback still follows below it)."""
        text = super().formatMessage(record)
        return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)
