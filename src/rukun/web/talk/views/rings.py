"""Accounts that act together beyond chance: the evidence, the picture, and who does so openly."""

from __future__ import annotations

from typing import Any

import polars as pl
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from rukun.errors import UserError
from rukun.talk.coordination import gexf, graphml
from rukun.web.core.reading import needs
from rukun.web.talk import words
from rukun.web.talk.models import KnownGroup, Ring
from rukun.web.talk.presenters import rings as presenters
from rukun.web.talk.presenters.pages import pages
from rukun.web.talk.queries import pulse
from rukun.web.talk.queries import rings as queries
from rukun.web.talk.services import grouping

#: Pairs that stand open on the page.
PAIRS_FIRST = 8
WRITERS = {"graphml": graphml, "gexf": gexf}


@needs("talk.review")
@require_GET
def rings_page(request: HttpRequest) -> HttpResponse:
    """The rings, verdict by verdict, and the groups that are known."""
    return render(request, "talk/rings.html", _list(request))


def _list(request: HttpRequest) -> dict[str, Any]:
    found = queries.by_verdict(request.user)
    return {
        "found": [(v, [(r, presenters.described(r)) for r in some]) for v, some in found],
        "any": any(some for _v, some in found),
        "groups": queries.groups(),
        "texts": presenters.texts(),
        "rests": pulse.rests_on(),
        "exercise": any(r.exercise for _v, some in found for r in some),
    }


@needs("talk.review")
@require_GET
def ring_page(request: HttpRequest, code: str) -> HttpResponse:
    """One ring with its picture, its pairs and each act they shared."""
    ring = get_object_or_404(queries.visible_to(request.user), pk=code)
    return render(request, "talk/ring.html", _one(request, ring))


def _one(request: HttpRequest, ring: Ring) -> dict[str, Any]:
    page = Paginator(ring.shared, queries.PAGE).get_page(request.GET.get("page"))
    acts, pairs = list(page), presenters.pairs(ring)
    posts = queries.posts_of(acts, request.user)
    shown = [p for p in posts.values() if any(p.pk in (a["post_a"], a["post_b"]) for a in acts)]
    return {
        "ring": ring,
        "says": presenters.described(ring),
        "picture": presenters.picture(ring),
        "pairs_first": pairs[:PAIRS_FIRST],
        "pairs_rest": pairs[PAIRS_FIRST:],
        "acts": presenters.acts(acts, posts, queries.narratives_of(acts)),
        "page": page,
        "posts": sorted(shown, key=lambda p: (p.posted_at is None, p.posted_at, p.pk)),
        "case": queries.case_of(ring),
        "texts": presenters.texts(),
        "rests": pulse.rests_on(),
        "exercise": ring.exercise,
        **pages(request, page),
    }


@needs("talk.review")
@require_GET
def export(request: HttpRequest, code: str, kind: str) -> HttpResponse:
    """The pairs of a ring as GraphML or GEXF, under aliases only."""
    ring = get_object_or_404(queries.visible_to(request.user), pk=code)
    if kind not in WRITERS or not ring.edges:
        raise Http404
    text = WRITERS[kind](pl.DataFrame(ring.edges, infer_schema_length=None))
    response = HttpResponse(text, content_type="application/xml; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{ring.code}.{kind}"'
    return response


@needs("talk.second")
@require_POST
def know(request: HttpRequest, code: str) -> HttpResponse:
    """Put down that the accounts of a ring act together openly."""
    ring = get_object_or_404(Ring, pk=code)
    name, reason = (request.POST.get(n, "")[:2001] for n in ("name", "reason"))
    try:
        grouping.know(request.user, ring.pk, name, reason)
    except UserError as err:
        context = {"error": words.told(err), "written": {"name": name, "reason": reason}}
        return render(request, "talk/ring.html", _one(request, ring) | context, status=400)
    messages.success(
        request, _("Kept. The list changes when the posts have been worked through again.")
    )
    return redirect("talk:rings")


@needs("talk.second")
@require_POST
def end(request: HttpRequest, number: int) -> HttpResponse:
    """End a known group, with the reason."""
    group = get_object_or_404(KnownGroup, pk=number)
    try:
        grouping.end(request.user, group.pk, request.POST.get("reason", "")[:2001])
    except UserError as err:
        context = _list(request) | {"error": words.told(err)}
        return render(request, "talk/rings.html", context, status=400)
    messages.success(
        request, _("Ended. The list changes when the posts have been worked through again.")
    )
    return redirect("talk:rings")
