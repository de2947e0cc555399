"""Files of posts for the tests, and what is asked of every reading."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from rukun.talk.aliases import Aliases
from rukun.talk.readers import PostReading, read_posts

KEY = b"latihan-latihan-latihan-latihan!"
ALIASES = Aliases(KEY)


def read(
    folder: Path,
    content: bytes | str,
    name: str = "kiriman.csv",
    mapping: dict[str, Any] | None = None,
    format: str | None = None,
) -> PostReading:
    """Write the content to a file and read it."""
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return read_posts(path, KEY, mapping, format)


def posts(reading: PostReading) -> list[dict[str, Any]]:
    """The posts as dictionaries, in the order of the file."""
    return reading.posts.to_dicts()


def everything(reading: PostReading) -> str:
    """All that a reading shows to anybody but the vault, as one text."""
    parts = [
        reading.posts.write_json(),
        repr(reading),
        str(reading.unmapped),
        str(reading.coverage),
    ]
    parts += [repr(p) + str(p) + p.say("id") for p in reading.problems]
    return " ".join([*parts, reading.left_out.write_json()])
