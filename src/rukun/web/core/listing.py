"""Lists of problems as CSV, safe to open in a spreadsheet, in the reader's language."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from typing import Any, Final

from django.http import HttpResponse

COLUMNS: Final = ("code", "sheet", "row", "column", "value", "why", "hint")


def plain_cell(value: Any) -> Any:
    """Text that a spreadsheet would take for a formula gets an apostrophe in front."""
    return f"'{value}" if isinstance(value, str) and value[:1] in "=+-@\t\r\n" and value else value


def csv_of_problems(problems: Iterable[Mapping[str, Any]], name: str, lang: str) -> HttpResponse:
    """The problems of a file, as ``rukun.errors.Problem`` holds them, for download."""
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response.write("\ufeff")
    writer = csv.writer(response)
    writer.writerow(COLUMNS)
    for problem in problems:
        said = {**problem, **_in_language(problem, lang)}
        writer.writerow([plain_cell(said.get(c, "")) for c in COLUMNS])
    return response


def _in_language(problem: Mapping[str, Any], lang: str) -> dict[str, Any]:
    """Why and what to do in Indonesian, where the reader reads it and the problem has it."""
    if lang != "id":
        return {}
    return {c: problem[f"{c}_id"] for c in ("why", "hint") if problem.get(f"{c}_id")}
