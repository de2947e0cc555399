"""The core app. Its ``nav`` and that of the other apps make the menu (see ``context``)."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class CoreConfig(AppConfig):
    """People, permissions, ledger."""

    name = "rukun.web.core"
    label = "core"
    #: (name of the URL, label, permission) for the menu.
    nav = (
        ("ledger", _("Ledger"), "core.see_ledger"),
        ("people", _("People"), "core.manage_people"),
    )

    def ready(self) -> None:
        """Load every app's ``permissions`` and ``ledger_actions``, and the records of signing in."""
        from rukun.web.core import signals  # noqa: F401

        autodiscover_modules("permissions", "ledger_actions")
