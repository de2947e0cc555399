"""The way on in long lists."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest


def pages(request: HttpRequest, page: Any) -> dict[str, str]:
    """``newer`` (back to the start) and ``older`` (further), as ``rukun/parts/pages.html`` wants."""
    query = request.GET.copy()
    query.pop("page", None)
    first = f"{request.path}?{query.urlencode()}"
    query["page"] = str(page.number + 1)
    return {
        "newer": first if page.has_previous() else "",
        "older": f"{request.path}?{query.urlencode()}" if page.has_next() else "",
    }
