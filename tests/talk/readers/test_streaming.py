"""Large files are read record by record: what was read is given on before the rest is looked at."""

from __future__ import annotations

import json

import pytest

from rukun.talk.readers import jsonfile
from rukun.talk.readers.jsonfile import document, first_line, is_lines, lines
from rukun.talk.readers.notes import PostNotes

RECORDS = [{"id": n, "text": "Latihan é 😀"} for n in range(1000)]
NDJSON = "".join(json.dumps(r, ensure_ascii=False) + "\n" for r in RECORDS).encode()
JSON = json.dumps({"meta": {"a": [1]}, "data": RECORDS, "end": 5}, ensure_ascii=False).encode()


class Pieces:
    """A source in pieces of any size that counts how many were taken."""

    def __init__(self, data: bytes, size: int) -> None:
        self.data, self.size, self.taken = data, size, 0

    def __iter__(self):
        for at in range(0, len(self.data), self.size):
            self.taken += 1
            yield self.data[at : at + self.size]


@pytest.mark.parametrize(("read", "data"), [(lines, NDJSON), (document, JSON)])
@pytest.mark.parametrize("size", [1, 7, 64, 4096, 1 << 20])
def test_pieces_of_any_size_give_the_same_records(read, data, size):
    if size == 1:
        data = data if read is lines else json.dumps(RECORDS[:50], ensure_ascii=False).encode()
    raws = list(read(Pieces(data, size), PostNotes("a")))
    wanted = RECORDS[: len(raws)]
    assert [r.value for r in raws] == wanted and len(raws) in (50, 1000)
    assert [r.row for r in raws] == list(range(1, len(raws) + 1))


@pytest.mark.parametrize(("read", "data"), [(lines, NDJSON), (document, JSON)])
def test_the_first_record_is_there_before_the_file_is_read(read, data):
    pieces = Pieces(data, 512)
    next(iter(read(pieces, PostNotes("a"))))
    assert pieces.taken <= 2


def test_what_surrounds_a_list_goes_with_its_records():
    (raw,) = document([b'{"name": "latihan", "data": [{"id": 1}], "after": 2}'], PostNotes("a"))
    assert raw.around["name"] == "latihan" and raw.around["after"] == 2


def test_a_line_that_is_too_large_costs_itself_alone(monkeypatch):
    monkeypatch.setattr(jsonfile, "MOST_RECORD", 1000)
    notes = PostNotes("a")
    large = b'{"text": "' + b"a" * 5000 + b'"}\n'
    rows = [
        r.row for r in lines(Pieces(NDJSON[:0] + b'{"a": 1}\n' + large + b'{"a": 2}\n', 64), notes)
    ]
    assert rows == [1, 3] and notes.reasons() == {"record-large": 1}


def test_a_number_that_is_cut_between_two_pieces_is_one_number():
    (raw,) = document([b'{"id": 12', b'34, "data": [{"id": 5', b"6}]}"], PostNotes("a"))
    assert raw.value == {"id": 56} and raw.around["id"] == 1234


@pytest.mark.parametrize(
    ("head", "wanted"),
    [
        (NDJSON, True),
        (b'{"a": 1}', True),
        (b'\xef\xbb\xbf{"a": 1}\n', True),
        (b'{"a": \n{"b": 1}\n', True),
        (JSON, True),
        (b'{\n "a": 1\n}', False),
        (b'[{"a": 1}]', False),
        (b"[\n", False),
    ],
    ids=lambda v: str(v)[:20],
)
def test_lines_are_told_from_a_document(head, wanted):
    assert is_lines(head) is wanted


def test_a_look_at_the_first_line_loses_nothing():
    head, source = first_line(iter(Pieces(NDJSON, 100)))
    assert head.startswith(b'{"id": 0') and b"".join(source) == NDJSON
