"""The pages of the ledger."""

from __future__ import annotations

import json

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from rukun.web.core import actions, queries, services
from rukun.web.core.reading import needs

#: The reasons of ``rukun.ledger.REASONS`` in the reader's language.
REASONS = {
    "edited": gettext_lazy("its content is not what was recorded: it was edited afterwards."),
    "missing": gettext_lazy("it is gone: a row was deleted."),
    "order": gettext_lazy("it stands out of order, or twice."),
    "replaced": gettext_lazy(
        "it does not follow from the row before it: one of the two was replaced."
    ),
    "tail": gettext_lazy("it is gone: the newest rows were cut off."),
    "rewritten": gettext_lazy(
        "it is not the row that was newest when the head was kept elsewhere."
    ),
}


@needs("core.see_ledger")
@require_GET
def ledger(request: HttpRequest) -> HttpResponse:
    """The entries, newest first, and whether the chain is unbroken."""
    chosen = {
        name: request.GET.get(name, "").replace("\0", "")[:150] for name in ("actor", "action")
    }
    before = request.GET.get("before", "")
    page = queries.ledger_page(
        request.user, **chosen, before=int(before) if _is_seq(before) else None
    )
    context = {"page": page, "chosen": chosen, "state": _state()}
    context["rows"] = [(entry, actions.describe(entry.action)) for entry in page.entries]
    context |= _filters(request) | _pages(request, page)
    return render(request, "rukun/ledger.html", context)


@needs("core.see_ledger")
@require_GET
def entry(request: HttpRequest, seq: int) -> HttpResponse:
    """One entry with its JSON and its place in the chain."""
    found = get_object_or_404(queries.entries_visible_to(request.user), seq=seq)
    text = json.dumps(found.content, indent=2, ensure_ascii=False, sort_keys=True)
    context = {"entry": found, "data": text, "label": actions.describe(found.action)}
    return render(request, "rukun/ledger_entry.html", context)


@needs("core.check_ledger")
@require_POST
def check(request: HttpRequest) -> HttpResponse:
    """Check the whole chain now."""
    verdict = services.check_ledger(request.user)
    if verdict.sound:
        messages.success(request, _("The chain was checked from its first entry: it is unbroken."))
    else:
        messages.error(request, _("The chain is broken. The first bad row is named below."))
    return redirect("ledger")


def _filters(request: HttpRequest) -> dict[str, object]:
    found = queries.ledger_filters(request.user)
    labels = sorted((actions.describe(name), name) for name in found["actions"])
    return {"actors": found["actors"], "actions": [(name, label) for label, name in labels]}


def _pages(request: HttpRequest, page: queries.LedgerPage) -> dict[str, object]:
    query = request.GET.copy()
    query.pop("before", None)
    first = f"{request.path}?{query.urlencode()}"
    query["before"] = str(page.older)
    further = f"{request.path}?{query.urlencode()}"
    return {"newer": first if page.newer else "", "older": further if page.older else ""}


def _state() -> dict[str, object]:
    state = queries.chain_state()
    found = state.checked.content if state.checked else {}
    return {"chain": state, "found": found, "reason": REASONS.get(found.get("reason", ""), "")}


def _is_seq(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 16
