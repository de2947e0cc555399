"""The directory of a zip file, looked at before anything in it is unpacked."""

from __future__ import annotations

import io
import lzma
import stat
import struct
import zipfile
import zlib
from typing import Final

from rukun.files.problems import Refused

_MIB: Final = 1 << 20
MOST_UNPACKED: Final = 200 * _MIB
MOST_RATIO: Final = 200
MOST_PARTS: Final = 5000
_SMALL: Final = _MIB
_DAMAGE: Final = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    OSError,
    EOFError,
    KeyError,
    ValueError,
    RuntimeError,
    struct.error,
)
_PACKED: Final = (".zip", ".xlsx", ".xlsm", ".gz", ".7z", ".rar", ".docx", ".jar")
_DOCUMENTS: Final = (
    ("word/", "a text document", "dokumen teks"),
    ("ppt/", "a presentation", "presentasi"),
    ("xl/workbook.bin", "a binary workbook (.xlsb)", "buku kerja biner (.xlsb)"),
    ("content.xml", "an OpenDocument file", "berkas OpenDocument"),
)


def open_workbook(data: bytes) -> zipfile.ZipFile:
    """The zip file of a workbook, or ``Refused`` saying what makes it unsafe or no workbook."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except _DAMAGE as err:
        raise Refused("file-broken", error=str(err)[:120]) from err
    parts = archive.infolist()
    for part in parts:
        _check_part(part)
    _check_size(parts)
    names = {p.filename for p in parts}
    if "xl/workbook.xml" not in names:
        _not_a_workbook(names)
    _check_entities(archive, parts)
    return archive


def read_part(archive: zipfile.ZipFile, name: str, most: int = -1) -> bytes:
    """The (first) bytes of a part; ``Refused`` where it is damaged."""
    try:
        with archive.open(name) as file:
            return file.read(most)
    except _DAMAGE as err:
        raise Refused("file-broken", error=f"{name[:60]}: {err}"[:120]) from err


def _check_part(part: zipfile.ZipInfo) -> None:
    name = part.filename
    steps = name.replace("\\", "/").split("/")
    link = stat.S_ISLNK(part.external_attr >> 16)
    if ".." in steps or name.startswith(("/", "\\")) or ":" in name or "\0" in name or link:
        raise Refused("zip-name", part=repr(name[:60]))
    if part.flag_bits & 0x1:
        raise Refused("zip-locked")
    if name.lower().endswith("vbaproject.bin"):
        raise Refused("zip-macro", part=name)
    if name.lower().endswith(_PACKED):
        raise Refused("zip-nested", part=name)
    packed = max(part.compress_size, 1)
    if part.file_size > _SMALL and part.file_size // packed > MOST_RATIO:
        raise Refused("zip-ratio", part=name, ratio=part.file_size // packed)


def _check_size(parts: list[zipfile.ZipInfo]) -> None:
    size = sum(p.file_size for p in parts)
    if size > MOST_UNPACKED:
        raise Refused("zip-large", size=size // _MIB, most=MOST_UNPACKED // _MIB)
    if len(parts) > MOST_PARTS:
        raise Refused("file-broken", error=f"{len(parts)} parts")


def _not_a_workbook(names: set[str]) -> None:
    for start, what, what_id in _DOCUMENTS:
        if any(n.startswith(start) for n in names):
            raise Refused("file-kind", what=what, what_id=what_id)
    raise Refused("file-kind", what="a packed file (zip)", what_id="berkas terkemas (zip)")


def _check_entities(archive: zipfile.ZipFile, parts: list[zipfile.ZipInfo]) -> None:
    """No part may declare a document type: that is where entities are made."""
    for part in parts:
        if part.filename.endswith((".xml", ".rels")):
            head = read_part(archive, part.filename, 4096)
            plain = head.replace(b"\0", b"")
            if b"<!DOCTYPE" in plain or b"<!ENTITY" in plain:
                raise Refused("zip-entity", part=part.filename)
