"""Words of the count in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from rukun.count.rules import source_label
from rukun.web.core.marks import SEVERITIES
from rukun.web.count.presenters import lang

register = template.Library()

_KINDS = {
    "c_hasil": _("station form"),
    "c_hasil_recount": _("recount"),
    "c_hasil_psu": _("repeated vote (PSU)"),
    "d_hasil": _("recapitulation"),
}
_PLACES = {
    "country": pgettext_lazy("place", "country"),
    "province": pgettext_lazy("place", "province"),
    "regency": pgettext_lazy("place", "regency"),
    "kecamatan": pgettext_lazy("place", "kecamatan"),
    "village": pgettext_lazy("place", "village"),
    "tps": pgettext_lazy("place", "station"),
}


@register.filter
def source_name(source: str) -> str:
    """A source in words."""
    return source_label(source, lang())


@register.filter
def kind_name(kind: str) -> Any:
    """A kind of form in words."""
    return _KINDS[kind]


@register.filter
def place_kind(kind: str) -> Any:
    """A kind of place in words."""
    return _PLACES[kind]


@register.filter
def severity_word(severity: str) -> Any:
    """A severity in words."""
    return SEVERITIES[severity].word


@register.filter
def get(mapping: Mapping[Any, Any], key: Any) -> Any:
    """The value under a key; None where there is none."""
    return mapping.get(key)


@register.filter
def votes_in_order(form: Any, contest: Any) -> list[int | None]:
    """A form's votes in the order of the ballot."""
    return [form.votes.get(str(c["number"])) for c in contest.choices]


@register.simple_tag(takes_context=True)
def page_query(context: template.Context, page: int) -> str:
    """The query of this page with another page number."""
    query = context["request"].GET.copy()
    query["page"] = str(page)
    return f"?{query.urlencode()}"
