"""Names of places, for pages of talk."""

from __future__ import annotations

from collections.abc import Iterable

from rukun.web.count.models import Place


def areas_above(paths: Iterable[str]) -> list[tuple[str, str]]:
    """(code, name) of the kecamatan that these paths (codes from the top) lie in, by name."""
    codes = {code for path in paths for code in path.split("/") if code}
    rows = Place.objects.filter(pk__in=codes, kind="kecamatan").order_by("name")
    return list(rows.values_list("code", "name"))


def name_of(code: str) -> str:
    """The name of a place, or its code where the frame does not hold it."""
    return Place.objects.filter(pk=code).values_list("name", flat=True).first() or code
