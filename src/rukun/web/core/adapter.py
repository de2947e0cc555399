"""How allauth behaves in this room."""

from __future__ import annotations

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class RoomAdapter(DefaultAccountAdapter):
    """Nobody signs up: the coordinator lets people in."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never."""
        return False
