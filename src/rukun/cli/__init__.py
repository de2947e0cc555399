"""The command line. One file per wing; each command is also a function of that wing."""

from rukun.cli.app import app

__all__ = ["app"]
