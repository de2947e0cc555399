"""Pictures for pages, drawn once: what has not changed is not drawn again."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

from django.core.cache import cache
from django.utils.safestring import SafeString, mark_safe

from rukun.brief import charts

_DAY = 24 * 3600


def drawn(draw: Callable[..., charts.alt.TopLevelMixin], *parts: object) -> SafeString:
    """The picture that ``draw`` makes of these parts, as SVG for a page."""
    content = hashlib.sha256(repr(parts).encode()).hexdigest()
    key = f"{draw.__name__}-{content}"
    found = cache.get(key)
    if found is None:
        found = charts.svg(draw(*parts))
        cache.set(key, found, _DAY)
    return mark_safe(found)  # our own drawing: names are escaped by the renderer
