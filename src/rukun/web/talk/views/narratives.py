"""Narratives: posts that say the same, how many, and how they travelled."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from rukun.web.core.reading import needs
from rukun.web.talk.presenters import narratives as presenters
from rukun.web.talk.presenters.pages import pages
from rukun.web.talk.queries import helped, pulse
from rukun.web.talk.queries import narratives as queries
from rukun.web.talk.services import areas


@needs("talk.read")
@require_GET
def narratives_page(request: HttpRequest) -> HttpResponse:
    """The narratives that fit, the gravest or the largest first."""
    chosen = queries.Filter.of(request.GET)
    page = Paginator(queries.listed(request.user, chosen), queries.PAGE).get_page(
        request.GET.get("page")
    )
    named = areas.named({code for n in page for code in n.places})
    context = {
        "chosen": chosen,
        "rows": presenters.rows(page, named),
        "page": page,
        "labels": queries.LABELS,
        "spans": queries.SPANS,
        "platforms": queries.platforms(),
        "areas": areas.kecamatan(),
        "rests": pulse.rests_on(),
        "exercise": any(n.exercise for n in page),
        **pages(request, page),
    }
    return render(request, "talk/narratives.html", context)


@needs("talk.read")
@require_GET
def narrative_page(request: HttpRequest, code: str) -> HttpResponse:
    """One narrative with its way; single posts only for who reviews posts."""
    narrative = get_object_or_404(helped.narratives_visible_to(request.user), pk=code)
    stops = {stop["place"] for stop in narrative.spread.get("path", []) if stop["place"]}
    named = areas.named({*stops, *narrative.places})
    joins = {j["narrative"] for j in narrative.spread.get("suggested", []) if j["narrative"]}
    beside = helped.narratives_visible_to(request.user).in_bulk(sorted(joins))
    context: dict[str, Any] = {
        "narrative": narrative,
        "mix": presenters.mix_of(narrative),
        "places": presenters.names(narrative.places, named),
        "way": presenters.way_of(narrative, named),
        "joins": presenters.joins_of(narrative, beside),
        "posts": queries.sample_of(request.user, narrative),
        "case": queries.case_of(request.user, narrative),
        "claims": queries.claims_of(narrative),
        "rests": pulse.rests_on(),
        "exercise": narrative.exercise,
    }
    return render(request, "talk/narrative.html", context)
