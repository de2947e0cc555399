"""Icons, words and meanings of severities and states: colour is never the only sign."""

from __future__ import annotations

from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Mark(NamedTuple):
    """One sign: the name of its icon, its word, what it means."""

    icon: str
    word: Promise
    meaning: Promise


SEVERITIES: dict[str, Mark] = {
    "error": Mark(
        "cross", pgettext_lazy("severity", "error"), _("The figures cannot all be right.")
    ),
    "warning": Mark(
        "bang",
        pgettext_lazy("severity", "warning"),
        _("Unusual: look at the paper before going on."),
    ),
    "notice": Mark(
        "info", pgettext_lazy("severity", "notice"), _("Worth knowing; nothing is wrong.")
    ),
}

STATES: dict[str, Mark] = {
    "agreed": Mark(
        "double-check",
        pgettext_lazy("state", "agreed"),
        _("The official form and the witnesses of both camps hold the same figures, cell by cell."),
    ),
    "confirmed": Mark(
        "check",
        pgettext_lazy("state", "confirmed"),
        _("The official form and one independent source hold the same figures."),
    ),
    "witnessed": Mark(
        "eye",
        pgettext_lazy("state", "witnessed"),
        _("Witnesses of opposed camps hold the same figures; the official form is not in yet."),
    ),
    "single": Mark("dot", pgettext_lazy("state", "single"), _("Only one source has reported.")),
    "disputed": Mark(
        "differ", pgettext_lazy("state", "disputed"), _("Sources state different figures.")
    ),
    "missing": Mark("blank", pgettext_lazy("state", "missing"), _("No source has reported.")),
    "superseded": Mark(
        "again",
        pgettext_lazy("state", "superseded"),
        _("A recount or a repeated vote took the place of these figures."),
    ),
}
