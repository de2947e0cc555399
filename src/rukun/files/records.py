"""Where the records of a CSV file begin and end (RFC 4180), found over whole blocks of bytes."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

import numpy as np
import numpy.typing as npt

_BLOCK: Final = 1 << 24
_NEWLINE: Final = 10
_QUOTE: Final = 34


@dataclass
class Records:
    """Whole records as bytes with their rows, and the rows of those that are not whole.

    ``ragged``: (row, cells). ``cut``: the last record where the file ends within it.
    """

    data: bytes = b""
    rows: npt.NDArray[np.int64] = field(default_factory=lambda: np.zeros(0, np.int64))
    quoted: bool = False
    ragged: list[tuple[int, int]] = field(default_factory=list)
    quotes: list[int] = field(default_factory=list)
    undecoded: list[int] = field(default_factory=list)
    cut: tuple[int, int] | None = None


@dataclass(frozen=True)
class _Spans:
    """Records by their ends (exclusive, after the newline) and their number of cells."""

    ends: npt.NDArray[np.int64]
    cells: npt.NDArray[np.int64]

    @property
    def starts(self) -> npt.NDArray[np.int64]:
        return np.concatenate([np.zeros(1, np.int64), self.ends[:-1]])


def split(data: bytes, mark: str, width: int, first_row: int) -> Records:
    """The records of ``data`` (UTF-8, ``\\n``) that have ``width`` cells; the others by row."""
    whole = not data or data.endswith(b"\n")
    data = data if whole else data + b"\n"
    spans = _spans(data, ord(mark))
    if spans is None:
        return _one_by_one(data, mark, width, first_row, whole)
    if _QUOTE in data and not _well_quoted(data, spans, mark, width):
        return _one_by_one(data, mark, width, first_row, whole)
    blank = spans.ends - spans.starts == 1
    good = ~blank & (spans.cells == width)
    rows = np.arange(len(spans.ends), dtype=np.int64) + first_row
    out = Records(quoted=_QUOTE in data)
    wrong = ~good & ~blank
    out.ragged = list(zip(rows[wrong].tolist(), spans.cells[wrong].tolist(), strict=True))
    _note_cut(out, width, rows, whole)
    good = _decodable(data, spans, good, rows, out)
    out.rows, out.data = rows[good], _joined(data, spans, good)
    return out


def _spans(data: bytes, mark: int) -> _Spans | None:
    """Record by record, newlines within quotation marks apart; None where a quote stays open."""
    ends: list[npt.NDArray[np.int64]] = []
    cells: list[npt.NDArray[np.int64]] = []
    quoted = _QUOTE in data
    at, size = 0, _BLOCK
    while at < len(data):
        block = np.frombuffer(data, np.uint8, min(size, len(data) - at), at)
        outside = _outside(block) if quoted else None
        breaks = _where(block, _NEWLINE, outside)
        if not len(breaks):
            if at + size >= len(data):
                return None
            size *= 2
            continue
        marks = _where(block, mark, outside)
        counts = np.diff(np.searchsorted(marks, breaks), prepend=0)
        ends.append(breaks + (at + 1))
        cells.append(counts + 1)
        at, size = at + int(breaks[-1]) + 1, _BLOCK
    if not ends:
        return _Spans(np.zeros(0, np.int64), np.zeros(0, np.int64))
    return _Spans(np.concatenate(ends), np.concatenate(cells))


def _outside(block: npt.NDArray[np.uint8]) -> npt.NDArray[np.bool_]:
    """Whether each byte stands outside quotation marks; the count may wrap, its parity holds."""
    inside: npt.NDArray[np.bool_] = (np.cumsum(block == _QUOTE, dtype=np.uint8) & 1) == 1
    return ~inside


def _where(
    block: npt.NDArray[np.uint8], byte: int, outside: npt.NDArray[np.bool_] | None
) -> npt.NDArray[np.int64]:
    hits = block == byte
    return np.flatnonzero(hits if outside is None else hits & outside).astype(np.int64)


def _well_quoted(data: bytes, spans: _Spans, mark: str, width: int) -> bool:
    """Whether every record that runs over several lines has its cells and quotation marks right:
    two marks left open in different rows pair up, and would swallow the rows between them."""
    whole = _whole(mark, width)
    starts, ends = spans.starts, spans.ends
    return all(
        whole.fullmatch(data, int(starts[i]), int(ends[i]))
        for i in np.flatnonzero(_lines(data, spans) > 1).tolist()
    )


def _whole(mark: str, width: int) -> re.Pattern[bytes]:
    """A record of so many cells, its quotation marks right, with the end of its line."""
    sep = re.escape(mark.encode())
    cell = rb'(?:"(?:[^"]|"")*+"|[^"\n' + sep + rb"]*+)"
    return re.compile(cell + rb"(?:" + sep + cell + rb"){%d}\n" % (width - 1))


def _lines(data: bytes, spans: _Spans) -> npt.NDArray[np.int64]:
    """How many lines each record runs over."""
    breaks = np.flatnonzero(np.frombuffer(data, np.uint8) == _NEWLINE)
    counts: npt.NDArray[np.int64] = np.diff(np.searchsorted(breaks, spans.ends), prepend=0)
    return counts


def _one_by_one(data: bytes, mark: str, width: int, first_row: int, whole: bool) -> Records:
    """For files with a quotation mark left open: record by record, and where none is whole, the
    line by itself, so that one such row does not swallow those after it."""
    out = Records(quoted=True)
    kept: list[bytes] = []
    rows: list[int] = []
    pattern = _whole(mark, width)
    at, row = 0, first_row - 1
    while at < len(data):
        row += 1
        found = None if data[at] == _NEWLINE else pattern.match(data, at)
        end = found.end() if found else data.index(b"\n", at) + 1
        record, at = data[at:end], end
        if _is_good(record, bool(found) or _cells_of(record, mark) == width, row, mark, out):
            kept.append(record)
            rows.append(row)
    out.rows, out.data = np.array(rows, np.int64), b"".join(kept)
    _note_cut(out, width, np.array([row], np.int64), whole)
    return out


def _is_good(record: bytes, whole: bool, row: int, mark: str, out: Records) -> bool:
    """Whether a record can be kept; if not, and if it is not blank, its row is noted."""
    if record == b"\n":
        return False
    if record.count(b'"') % 2:
        out.quotes.append(row)
    elif not whole:
        out.ragged.append((row, _cells_of(record, mark)))
    elif not _is_utf8(record):
        out.undecoded.append(row)
    else:
        return True
    return False


def _cells_of(line: bytes, mark: str) -> int:
    parts = line.split(b'"')
    return sum(p.count(mark.encode()) for p in parts[::2]) + 1


def _note_cut(out: Records, width: int, rows: npt.NDArray[np.int64], whole: bool) -> None:
    """A last record that is too short, in a file without a last newline, was cut."""
    if whole or not out.ragged or not len(rows):
        return
    row, cells = out.ragged[-1]
    if row == int(rows[-1]) and cells < width:
        out.cut = out.ragged.pop()


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _decodable(
    data: bytes,
    spans: _Spans,
    good: npt.NDArray[np.bool_],
    rows: npt.NDArray[np.int64],
    out: Records,
) -> npt.NDArray[np.bool_]:
    """``good`` without the records that hold bytes which are not UTF-8."""
    if data.isascii() or _is_utf8(data):
        return good
    starts = spans.starts
    for i in np.flatnonzero(good).tolist():
        if not _is_utf8(data[int(starts[i]) : int(spans.ends[i])]):
            good[i] = False
            out.undecoded.append(int(rows[i]))
    return good


def _joined(data: bytes, spans: _Spans, good: npt.NDArray[np.bool_]) -> bytes:
    """The bytes of the good records, in runs."""
    if bool(good.all()):
        return data
    edges = np.flatnonzero(np.diff(good.astype(np.int8), prepend=0, append=0))
    starts, ends = spans.starts, spans.ends
    runs = zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True)
    return b"".join(data[int(starts[a]) : int(ends[b - 1])] for a, b in runs)
