"""Signing in and out, passwords and second factors go on record too."""

from __future__ import annotations

from allauth.account.signals import password_changed, password_reset
from allauth.mfa.signals import authenticator_added, authenticator_removed, authenticator_reset
from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.db import transaction
from django.dispatch import receiver

from rukun.web.core.services import record

_ACTIONS = {
    user_logged_in: "core.session.opened",
    user_logged_out: "core.session.closed",
    password_changed: "core.password.changed",
    password_reset: "core.password.chosen",
    authenticator_added: "core.second_factor.added",
    authenticator_removed: "core.second_factor.removed",
    authenticator_reset: "core.second_factor.renewed",
}


@receiver(list(_ACTIONS), dispatch_uid="rukun.core.record")
def on_account_event(signal: object, user: object = None, **kwargs: object) -> None:
    """One entry per event; a log-out of nobody is not an event."""
    if user is None:
        return
    with transaction.atomic():
        record(user, _ACTIONS[signal], user)
