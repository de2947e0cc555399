"""The pulse: how much of the public talk of a place and day is hostile, against its own usual."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from rukun.web.core.reading import needs
from rukun.web.talk.presenters import pulse as presenters
from rukun.web.talk.queries import pulse as queries
from rukun.web.talk.services import areas


@needs("talk.read")
@require_GET
def pulse_page(request: HttpRequest) -> HttpResponse:
    """One place on one day: the sentence first, then charts, map, table, and what is behind."""
    place = areas.chosen(request.GET.get("place", ""))
    days = queries.days()
    day = queries.chosen_day(request.GET.get("day", ""), days)
    rests = queries.rests_on()
    context: dict[str, Any] = {"place": place, "rests": rests, "exercise": rests.exercise}
    if day is not None:
        context |= _shown(request.user, place, day, days)
    return render(request, "talk/pulse.html", context)


def _shown(user: Any, place: Any, day: Any, days: list[queries.Day]) -> dict[str, Any]:
    parts = areas.below(place)
    codes = [place.pk if place else None, *(p.pk for p in parts)]
    series = queries.series(codes, days[0].day)
    here, *below = presenters.lines([place, *parts], series, day)
    kind = parts[0].kind if parts else ""
    rises = queries.rises(day, place.path if place else "")
    say, tone = presenters.headline(here, below, kind, rises)
    spots = areas.on_the_map(place)
    return {
        "day": day,
        "days": [(d, presenters.url_of(place.pk if place else "", d.day)) for d in reversed(days)],
        **_beside(place, day, days),
        "here": here,
        "below": below,
        "kind": kind,
        "say": say,
        "tone": tone,
        "map": presenters.map_of(spots, queries.on_day([p.pk for p in spots], day), parts, day),
        "behind": _behind(user, [*rises, *queries.raised(day, codes)], day),
        "groups": areas.to_choose(place),
        "notices": presenters.notices(),
    }


def _beside(place: Any, day: Any, days: list[queries.Day]) -> dict[str, str]:
    at = next(i for i, d in enumerate(days) if d.day == day)
    code = place.pk if place else ""
    before = presenters.url_of(code, days[at - 1].day) if at else ""
    after = presenters.url_of(code, days[at + 1].day) if at + 1 < len(days) else ""
    return {"before": before, "after": after}


def _behind(user: Any, rises: list[Any], day: Any) -> list[dict[str, Any]]:
    return [
        {
            "row": row,
            "narratives": queries.narratives_behind(user, row),
            "posts": queries.posts_behind(user, row),
            "url": presenters.url_of(row.place_id or "", day),
        }
        for row in rises
    ]
