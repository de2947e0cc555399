"""Pages that read the count. Each view: find, ask ``queries``, hand to ``presenters``, render."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext

from rukun.brief import charts
from rukun.count.rules import RULES, register_rows
from rukun.web.core.drawing import drawn
from rukun.web.core.permissions import is_desk
from rukun.web.core.reading import reading
from rukun.web.count import paper, presenters, queries, steps
from rukun.web.count.models import Contest, Place, StoredForm, Summary
from rukun.web.count.recompute import coverage_points


@reading
def overview(request: HttpRequest) -> HttpResponse:
    """Every contest with its first numbers and its official result by kecamatan."""
    contests = []
    for contest in Contest.objects.select_related("place"):
        place = queries.home_of(contest)
        summary = queries.summary_at(request.user, contest, place)
        outlook = queries.outlook_of(request.user, contest)
        recaps = queries.recapitulations(contest, place)
        below = queries.children_of(request.user, contest, place)
        head = presenters.headline(contest, place, summary, outlook)
        rows = presenters.place_rows(contest, below, recaps)
        contests.append({"head": head, "rows": rows, **_recap(contest, recaps.get(place.pk))})
    exercise = any(c["head"].summary and c["head"].summary.exercise for c in contests)
    return render(request, "count/overview.html", {"contests": contests, "exercise": exercise})


@reading
def contest_page(request: HttpRequest, contest: str) -> HttpResponse:
    """One contest at the place it is shown at, with map, outlook and coverage over time."""
    race = get_object_or_404(Contest.objects.select_related("place"), pk=contest)
    place = queries.home_of(race)
    context = _area(request.user, race, place)
    context["coverage"] = _coverage(race, context["head"])
    return render(request, "count/contest.html", context)


@reading
def place_page(request: HttpRequest, contest: str, code: str) -> HttpResponse:
    """A place of a contest: an area with what lies below it, or a station with its forms."""
    race = get_object_or_404(Contest.objects.select_related("place"), pk=contest)
    place = get_object_or_404(Place, pk=code)
    if race.place_id not in place.codes and place.pk not in race.place.codes:
        raise Http404
    if place.kind == "tps":
        return render(request, "count/station.html", _station(request, race, place))
    return render(request, "count/place.html", _area(request.user, race, place))


@reading
def trail_page(request: HttpRequest, contest: str, number: int) -> HttpResponse:
    """One choice's votes from the stations to the top, and each step at which one moved."""
    race = get_object_or_404(Contest.objects.select_related("place"), pk=contest)
    choice = next((c for c in race.choices if c["number"] == number), None)
    place = queries.home_of(race)
    moved = steps.trail_steps(race, place, number) if choice else None
    if moved is None:
        raise Http404
    summary = queries.summary_at(request.user, race, place)
    context = {
        "contest": race,
        "place": place,
        "choice": choice,
        "trail": moved,
        "exercise": summary is not None and summary.exercise,
    }
    return render(request, "count/trail.html", context)


@reading
def rules_page(request: HttpRequest) -> HttpResponse:
    """Every rule, with its formula and its source."""
    rows = [{**row, "rule": RULES[row["code"]]} for row in register_rows(presenters.lang())]
    return render(request, "count/rules.html", {"rows": rows})


@reading
def rule_page(request: HttpRequest, code: str) -> HttpResponse:
    """One rule: what it says, where it comes from, what to look at on the paper."""
    rule = RULES.get(code)
    if rule is None:
        raise Http404
    said = {
        name: getattr(rule, name).say(presenters.lang())
        for name in ("title", "law", "typist", "coordinator")
    }
    return render(request, "count/rule.html", {"rule": rule, "said": said})


def _recap(contest: Contest, form: StoredForm | None) -> dict[str, object]:
    pairs = presenters.pairs(contest, form.votes if form else None)
    return {"recap": form, "recap_pairs": pairs, "margin": presenters.margin(pairs)}


def _area(user: Any, contest: Contest, place: Place) -> dict[str, object]:
    summary = queries.summary_at(user, contest, place)
    below = queries.children_of(user, contest, place)
    outlook = queries.outlook_of(user, contest)
    recaps = queries.recapitulations(contest, place)
    stations = queries.stations_of(user, contest, place)
    differing = queries.differing(user, contest, summary)
    return {
        "contest": contest,
        "place": place,
        "crumbs": queries.breadcrumb(contest, place),
        "head": presenters.headline(contest, place, summary, outlook),
        "rows": presenters.place_rows(contest, below, recaps),
        "stations": presenters.station_rows(contest, stations),
        "differing": presenters.station_rows(contest, differing),
        "map": _map(user, contest, place, below),
        "others": queries.contests_of(place).exclude(pk=contest.pk),
        "exercise": summary is not None and summary.exercise,
        "dispute": presenters.dispute(outlook),
        **_recap(contest, recaps.get(place.pk)),
    }


def _map(user: Any, contest: Contest, place: Place, below: list[Summary]) -> str:
    """The map of the places below, or of their children where there are few."""
    shown, labels, outlines = below, [], []
    if 1 < len(below) <= 12 and place.kind in ("regency", "province"):
        shown = queries.children_of(user, contest, *(part.place for part in below))
        labels = [
            (s.place.lat, s.place.lon, s.place.name) for s in below if s.place.lat is not None
        ]
        outlines = [s.place.boundary for s in below if s.place.boundary]
    places = presenters.map_places(contest, shown)
    if len(places) < 2:
        return ""
    return drawn(charts.place_map, places, presenters.map_labels(), labels, outlines)


def _coverage(contest: Contest, head: presenters.Headline) -> str:
    """The chart of stations in over time, in the zone of the place."""
    if head.summary is None or not head.sources:
        return ""
    zone = next((p.zone for p in reversed(queries.above(head.place)) if p.zone), "WITA")
    points = presenters.coverage_points(coverage_points(contest), zone)
    titles = (gettext("local time (%(zone)s)") % {"zone": zone}, gettext("stations"))
    order = [r.label for r in head.sources if any(p.series == r.label for p in points)]
    return drawn(charts.coverage, points, order, head.summary.tps_total, titles)


def _station(request: HttpRequest, contest: Contest, place: Place) -> dict[str, object]:
    forms = queries.forms_of(request.user, contest, place)
    current = [f for f in forms if f.current]
    state = queries.state_of(request.user, contest, place)
    coordinator = is_desk(request.user)
    return {
        "contest": contest,
        "place": place,
        "crumbs": queries.breadcrumb(contest, place),
        "others": queries.contests_of(place).exclude(pk=contest.pk),
        "state": state,
        "exercise": any(f.basis == "exercise" for f in forms),
        "forms": forms,
        "current": current,
        "lines": paper.side_by_side(contest, current),
        "rules": [
            (f, paper.rule_lines(f, contest, coordinator)) for f in current if f.source != "recap"
        ],
        "findings": paper.finding_lines(queries.findings_at(request.user, contest, place)),
    }
