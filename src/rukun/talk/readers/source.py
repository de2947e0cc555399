"""The bytes of a file as UTF-8, piece by piece, hashed on the way."""

from __future__ import annotations

import codecs
import hashlib
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Final

from rukun.files.problems import Refused

_PIECE: Final = 1 << 20
_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


class Source:
    """A file that is read once. ``sha256`` is that of its bytes as they are; empty until all are
    read."""

    def __init__(self, path: Path) -> None:
        self._path, self._hash = path, hashlib.sha256()
        self._left = self._opened()
        self.sha256 = ""

    def whole(self) -> bytes:
        """All bytes as they are."""
        return b"".join(self._left)

    def chunks(self, encoding: str = "") -> Iterator[bytes]:
        """The text in pieces of UTF-8. A byte order mark decides; nothing is guessed."""
        decode = None
        for n, piece in enumerate(self._left):
            if n == 0:
                name = next((name for bom, name in _BOMS if piece.startswith(bom)), encoding)
                if name and name != "utf-8":
                    decode = codecs.getincrementaldecoder(name)("replace")
            yield decode.decode(piece).encode("utf-8", "replace") if decode else piece

    def drain(self) -> None:
        """Read what is left, so that the hash is that of the whole file; none where it is gone."""
        with suppress(Refused):
            for _ in self._left:
                pass

    def _opened(self) -> Iterator[bytes]:
        try:
            with self._path.open("rb") as file:
                while piece := file.read(_PIECE):
                    self._hash.update(piece)
                    yield piece
            self.sha256 = self._hash.hexdigest()
        except OSError as err:
            raise Refused("file-missing", error=err.strerror or "error") from err


def head_of(path: Path, encoding: str = "") -> bytes:
    """The first kilobytes as UTF-8; ``Refused`` where the file is missing or empty."""
    chunk = next(Source(path).chunks(encoding), b"")
    if not chunk.strip(b"\0 \r\n\t\xef\xbb\xbf") and path.stat().st_size <= _PIECE:
        raise Refused("file-empty")
    return chunk[:4096]
