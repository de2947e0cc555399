"""Findings: the list with its filters, the exports, and what people say of them."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import Any

import xlsxwriter
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from rukun.count.findings import SEVERITIES
from rukun.count.rules import RULES, source_label
from rukun.errors import UserError
from rukun.web.core.listing import plain_cell
from rukun.web.core.reading import needs, reading
from rukun.web.count import paper, presenters, queries, services
from rukun.web.count.models import Contest, Explanation, Place, StoredFinding, StoredForm
from rukun.web.count.queries import FindingFilter

_PAGE = 50
_MOST_COUNTED = 10_000
#: Rows of a worksheet, without its heading.
_SHEET_ROWS = 2**20 - 1
_SOURCES = ("official", "witness:1", "witness:2", "supervisor", "observer", "recap", "feed")
_COLUMNS = (
    "code",
    "severity",
    "contest",
    "place",
    "place_name",
    "sources",
    "kind",
    "version",
    "field",
    "expected",
    "found",
    "votes_at_stake",
    "explained",
    "basis",
    "text",
)


class _Counted(Paginator):
    """Pages of a list whose length is only counted up to a bound."""

    @cached_property
    def count(self) -> int:
        return int(self.object_list.order_by()[:_MOST_COUNTED].count())


@reading
def findings_page(request: HttpRequest) -> HttpResponse:
    """The findings that fit the address, most severe first."""
    narrowed = FindingFilter.from_query(request.GET)
    rows = _rows(request, narrowed)
    page = _Counted(rows, _PAGE).get_page(request.GET.get("page"))
    shown = list(page.object_list)
    place = Place.objects.filter(pk=narrowed.place).first() if narrowed.place else None
    context = {
        "filter": narrowed,
        "page": page,
        "many": page.paginator.count >= _MOST_COUNTED,
        "lines": paper.finding_lines(shown),
        "reasons": _reasons(shown),
        "place": place,
        "contests": Contest.objects.all(),
        "severities": SEVERITIES,
        "codes": [(c, r.title.say(presenters.lang())) for c, r in RULES.items()],
        "sources": [(s, source_label(s, presenters.lang())) for s in _SOURCES],
        "exercise": any(f.exercise for f in shown),
    }
    part = request.htmx and not request.htmx.boosted
    return render(
        request, "count/parts/finding_list.html" if part else "count/findings.html", context
    )


@reading
def export(request: HttpRequest, kind: str) -> HttpResponse | StreamingHttpResponse:
    """The same findings as a CSV or XLSX file, with the same filters."""
    rows = _rows(request, FindingFilter.from_query(request.GET))
    if kind == "csv":
        response = StreamingHttpResponse(_csv(rows), content_type="text/csv; charset=utf-8")
    elif kind == "xlsx":
        if rows[_SHEET_ROWS : _SHEET_ROWS + 1].exists():
            raise UserError(
                "findings-many",
                _("these are more findings than a worksheet has rows."),
                _("Narrow the filters, or take the CSV file."),
            )
        kind_of = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        response = HttpResponse(_xlsx(rows), content_type=kind_of)
    else:
        raise Http404
    response["Content-Disposition"] = f'attachment; filename="findings.{kind}"'
    return response


@needs("count.judge")
@require_POST
def explain(request: HttpRequest, mark: str) -> HttpResponse:
    """Record what somebody found out about a finding."""
    services.explain(request.user, mark, request.POST.get("reason", ""))
    messages.success(request, _("The explanation is on record."))
    return redirect(_back(request, reverse("count:findings")))


@needs("count.judge")
@require_POST
def accept(request: HttpRequest, number: int) -> HttpResponse:
    """Take a held version into force."""
    form = get_object_or_404(StoredForm, pk=number)
    services.accept_held(request.user, form.pk, request.POST.get("reason", ""))
    form.refresh_from_db()
    stands = _("The version is in force now.")
    later = _("The version is accepted; a later one stands in force.")
    messages.success(request, stands if form.current else later)
    return redirect(reverse("count:place", args=[form.contest_id, form.place_id]))


def _rows(request: HttpRequest, narrowed: FindingFilter) -> QuerySet[StoredFinding]:
    return narrowed.apply(queries.findings_visible_to(request.user)).select_related("place__parent")


def _back(request: HttpRequest, otherwise: str) -> str:
    target = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(target, {request.get_host()}, request.is_secure())
    return target if safe else otherwise


def _reasons(findings: list[StoredFinding]) -> dict[str, Explanation]:
    marks = [f.mark for f in findings if f.explained]
    rows = Explanation.objects.filter(mark__in=marks).select_related("by").order_by("id")
    return {e.mark: e for e in rows}


def _lines(rows: QuerySet[StoredFinding]) -> Iterator[list[Any]]:
    for line in _in_words(rows):
        f = line.finding
        yield [
            f.code,
            f.severity,
            f.contest_id,
            f.place_id,
            f.place.name,
            " ".join(f.sources),
            f.kind,
            f.version,
            f.field,
            f.expected,
            f.found,
            f.votes_at_stake,
            "yes" if f.explained else "no",
            "exercise" if f.exercise else "",
            line.sentence,
        ]


def _in_words(rows: QuerySet[StoredFinding]) -> Iterator[paper.FindingLine]:
    for finding in rows.iterator(chunk_size=2000):
        yield from paper.finding_lines([finding])


def _csv(rows: QuerySet[StoredFinding]) -> Iterator[str]:
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    yield "\ufeff"
    writer.writerow(_COLUMNS)
    for values in _lines(rows):
        writer.writerow([plain_cell(v) for v in values])
        if buffer.tell() > 1 << 15:
            yield buffer.getvalue()
            buffer.seek(0)
            buffer.truncate()
    yield buffer.getvalue()


def _xlsx(rows: QuerySet[StoredFinding]) -> bytes:
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(out, {**options, "constant_memory": True}) as book:
        sheet = book.add_worksheet("findings")
        sheet.freeze_panes(1, 0)
        sheet.write_row(0, 0, _COLUMNS, book.add_format({"bold": True}))
        for number, values in enumerate(_lines(rows), 1):
            sheet.write_row(number, 0, values)
    return out.getvalue()
