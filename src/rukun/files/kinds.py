"""What a file is, by its first bytes and not by its name."""

from __future__ import annotations

from typing import Final, Literal

from rukun.files.problems import Refused

Kind = Literal["csv", "xlsx", "parquet", "json"]

_REFUSED: Final[tuple[tuple[bytes, str, str], ...]] = (
    (b"%pdf", "a PDF", "berkas PDF"),
    (b"<!doctype", "a web page", "halaman web"),
    (b"<html", "a web page", "halaman web"),
    (b"<?xml", "an XML file", "berkas XML"),
    (b"<", "a web page or XML file", "halaman web atau berkas XML"),
    (b"\x89png", "a picture", "gambar"),
    (b"\xff\xd8\xff", "a picture", "gambar"),
    (b"gif8", "a picture", "gambar"),
    (b"\x1f\x8b", "a packed file (gzip)", "berkas terkemas (gzip)"),
    (b"7z\xbc\xaf", "a packed file (7z)", "berkas terkemas (7z)"),
    (b"rar!", "a packed file (rar)", "berkas terkemas (rar)"),
    (b"sqlite format", "a database", "basis data"),
)
_OLE: Final = b"\xd0\xcf\x11\xe0"


def kind_of(head: bytes) -> Kind:
    """The kind of a file from its first kilobyte; ``Refused`` for what holds no table."""
    if head.startswith(b"PAR1"):
        return "parquet"
    if head.startswith(b"PK"):
        return "xlsx"
    if head.startswith(_OLE):
        raise Refused("zip-locked")
    bare = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    low = bare.lower()
    if b"%pdf-" in low:
        low = b"%pdf"
    for mark, what, what_id in _REFUSED:
        if low.startswith(mark):
            raise Refused("file-kind", what=what, what_id=what_id)
    return "json" if bare[:1] in (b"{", b"[") else "csv"
