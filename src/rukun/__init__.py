"""Rukun: the open situation room for a close local election.

See ``docs/`` for the tutorial and the reference; ``rukun --help`` for the commands.
"""

__version__ = "0.1.0"
