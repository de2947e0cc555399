"""Filters and tags every template has: numbers, times, states, severities, addresses."""

from __future__ import annotations

from datetime import datetime

from django import template
from django.http import HttpRequest
from django.utils import formats, timezone
from django.utils.dateparse import parse_datetime
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from rukun.web.core import marks, roles

register = template.Library()

THIN = "\u202f"


@register.filter
def number(value: object) -> str:
    """``40774`` as ``40 774`` with a thin space that does not break; null as a dash."""
    if value is None or value == "":
        return "–"
    if isinstance(value, int):
        return f"{value:,}".replace(",", THIN).replace("-", "−")
    return str(value)


@register.filter
def signed(value: int | None) -> str:
    """A difference with its sign: ``+3``, ``−12``, ``0``."""
    return f"+{number(value)}" if value and value > 0 else number(value)


@register.filter
def percent(value: float | None, places: int = 1) -> str:
    """A share (0–1) as a percentage in the reader's own decimal mark; null as a dash."""
    if value is None:
        return "–"
    return formats.localize(round(value * 100, places), use_l10n=True) + f"{THIN}%"


@register.filter
def moment(value: datetime | str | None) -> SafeString | str:
    """A time in the room's zone, with the zone named: ``27 Nov 2024, 21.04 WITA``."""
    when = parse_datetime(value) if isinstance(value, str) else value
    if when is None:
        return "–"
    local = timezone.localtime(when)
    text = formats.date_format(local, _("j M Y, H:i"))
    return format_html('<time datetime="{}">{} {}</time>', when.isoformat(), text, local.tzname())


@register.filter
def role_name(role: str) -> str:
    """A role as the ledger keeps it, in words: ``witness:1`` as “witness of pair 1”."""
    name, _sep, camp = role.partition(":")
    label = str(roles.LABELS.get(name, name))
    return _("%(role)s of pair %(camp)s") % {"role": label, "camp": camp} if camp else label


@register.inclusion_tag("rukun/parts/mark.html")
def severity(word: str) -> dict[str, object]:
    """The badge of a severity: icon, word, colour."""
    return {"kind": "severity", "name": word, "mark": marks.SEVERITIES[word]}


@register.inclusion_tag("rukun/parts/mark.html")
def state(word: str) -> dict[str, object]:
    """The chip of a place's state of agreement: icon, word, colour, and what it means."""
    return {"kind": "state", "name": word, "mark": marks.STATES[word]}


@register.inclusion_tag("rukun/parts/pair.html")
def pair(number: int, name: str = "") -> dict[str, object]:
    """The sign of a pair: its number on its colour and pattern, then its name."""
    return {"number": number, "name": name}


@register.inclusion_tag("rukun/parts/term.html")
def term(word: str, meaning: str) -> dict[str, str]:
    """A word with its definition, opened by hover, focus or touch."""
    return {"word": word, "meaning": meaning}


@register.inclusion_tag("rukun/parts/crumbs.html")
def crumbs(*steps: object) -> dict[str, object]:
    """The way to this page: name, address, name, address, …; the page itself comes last, bare."""
    padded = [*steps, ""] if len(steps) % 2 else list(steps)
    return {"crumbs": list(zip(padded[::2], padded[1::2], strict=True))}


@register.simple_tag(takes_context=True)
def address(context: template.Context, **changes: object) -> str:
    """This page's address with some query parameters changed; empty ones are left out."""
    request: HttpRequest = context["request"]
    query = request.GET.copy()
    for name, value in changes.items():
        if value in (None, ""):
            query.pop(name, None)
        else:
            query[name] = str(value)
    return f"{request.path}?{query.urlencode()}" if query else request.path
