"""Talk in the room: what is said in public, and what people decide about it."""

from django.apps import AppConfig


class TalkConfig(AppConfig):
    """Posts, narratives, rings, claims, the pulse, and the cases people work on."""

    name = "rukun.web.talk"
    label = "talk"
    default_auto_field = "django.db.models.BigAutoField"
