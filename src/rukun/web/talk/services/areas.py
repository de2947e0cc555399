"""The places that pages of talk speak of."""

from __future__ import annotations

from collections.abc import Iterable

from rukun.web.count.models import Place

#: Places that have a pulse, from the largest.
KINDS = ("regency", "kecamatan", "village")


def chosen(code: str) -> Place | None:
    """The place of an address; None where none is named or it has no pulse of its own."""
    return Place.objects.filter(pk=code.replace("\0", "")[:24], kind__in=KINDS).first()


def below(place: Place | None) -> list[Place]:
    """The places directly below; below everything, the regencies, or the kecamatan of the only
    one."""
    if place is not None:
        return list(Place.objects.filter(parent=place, kind__in=KINDS).order_by("code"))
    regencies = list(Place.objects.filter(kind="regency").order_by("code")[:600])
    return below(regencies[0]) if len(regencies) == 1 else regencies


def on_the_map(place: Place | None) -> list[Place]:
    """The places whose marks a map shows: two levels down where few lie in between."""
    first = below(place)
    if not 1 < len(first) <= 12 or first[0].kind == "village":
        return first
    return list(Place.objects.filter(parent__in=first, kind__in=KINDS).order_by("code"))


def to_choose(place: Place | None) -> list[tuple[str, list[Place]]]:
    """Places to choose from, by kind: regencies, kecamatan, and the villages around the chosen."""
    regencies = list(Place.objects.filter(kind="regency").order_by("name")[:600])
    regency = _of_kind(place, "regency", regencies) or (
        regencies[0] if len(regencies) == 1 else None
    )
    kecamatan = below(regency) if regency else []
    here = _of_kind(place, "kecamatan", kecamatan)
    villages = below(here) if here else []
    shown = (("regency", regencies), ("kecamatan", kecamatan), ("village", villages))
    return [(kind, some) for kind, some in shown if some]


def _of_kind(place: Place | None, kind: str, among: Iterable[Place]) -> Place | None:
    codes = place.codes if place else []
    return next((p for p in among if p.kind == kind and p.pk in codes), None)


def kecamatan() -> list[Place]:
    """Every kecamatan by name, for filters."""
    return list(Place.objects.filter(kind="kecamatan").order_by("name")[:1000])


def above(paths: Iterable[str]) -> list[tuple[str, str]]:
    """(code, name) of the kecamatan that these paths (codes from the top) lie in, by name."""
    codes = {code for path in paths for code in path.split("/") if code}
    rows = Place.objects.filter(pk__in=codes, kind="kecamatan").order_by("name")
    return list(rows.values_list("code", "name"))


def named(codes: Iterable[str]) -> dict[str, Place]:
    """Places by code, as far as the room has them."""
    return Place.objects.select_related("parent").in_bulk(list(codes))


def said(place: Place) -> str:
    """A place as people say it; a station with its village."""
    station = place.kind == "tps" and place.parent
    return f"{place.label}, {place.parent.name}" if station else place.name
