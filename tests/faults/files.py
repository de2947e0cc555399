"""What every answer to a bad file must hold."""

from __future__ import annotations

from rukun.count.readers import Reading
from rukun.errors import Problem


def told(reading: Reading, code: str, row: int = 0, column: str = "") -> Problem:
    """The first problem with this code: it names file, row and column, says why and what to do,
    in both languages, and can be printed anywhere."""
    found = [p for p in reading.problems if p.code == code]
    assert found, [str(p) for p in reading.problems]
    problem = found[0]
    assert (problem.row, problem.column) == (row, column)
    assert problem.file and problem.file in str(problem)
    for words in (problem.why, problem.hint, problem.why_id, problem.hint_id):
        assert words.strip() and "{" not in words
    assert str(problem).isprintable() and str(problem).encode("utf-8")
    assert len(str(problem)) < 600
    return problem
