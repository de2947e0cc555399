"""Filters of the pages where people decide."""

from __future__ import annotations

import datetime as dt

from django import template
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rukun.web.core.templatetags.rukun import THIN
from rukun.web.talk import words

register = template.Library()
_HOUR = 3600


@register.filter
def word(code: str, kind: str) -> str:
    """A code of the pure wing in words: ``{{ case.state|word:"state" }}``."""
    return words.word(code, kind)


@register.filter
def changed_label(what: str) -> str:
    """“old→new” of a change of label, in words."""
    old, _arrow, new = what.partition("→")
    return f"{words.word(old, 'label')} → {words.word(new, 'label')}"


@register.filter
def chance(value: float) -> str:
    """A chance (0–1) as a whole percentage that never claims to be certain."""
    whole = round(value * 100)
    if whole < 1:
        return _("under %(n)s %%") % {"n": 1}
    return _("over %(n)s %%") % {"n": 99} if whole > 99 else f"{whole}{THIN}%"


@register.filter
def waited(since: dt.datetime) -> str:
    """How long ago, in whole days, hours or minutes."""
    seconds = max((timezone.now() - since).total_seconds(), 0)
    if seconds >= 48 * _HOUR:
        days = int(seconds // (24 * _HOUR))
        return ngettext("%(n)s day", "%(n)s days", days) % {"n": days}
    if seconds >= 2 * _HOUR:
        hours = int(seconds // _HOUR)
        return ngettext("%(n)s hour", "%(n)s hours", hours) % {"n": hours}
    minutes = int(seconds // 60)
    return ngettext("%(n)s minute", "%(n)s minutes", minutes) % {"n": minutes}
