"""The count in the room."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CountConfig(AppConfig):
    """Forms, states, findings and what is worked out from them."""

    name = "rukun.web.count"
    label = "count"
    default_auto_field = "django.db.models.BigAutoField"
    #: (name of the URL, label, permission) for the menu.
    nav = (
        ("count:overview", _("Overview"), "core.read"),
        ("count:findings", _("Findings"), "core.read"),
        ("count:uploads", _("Bring forms"), "count.bring_forms"),
        ("count:rules", _("Rules"), "core.read"),
    )
