"""Talk in the room: what is said in public, and what people decide about it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TalkConfig(AppConfig):
    """Posts, narratives, rings, claims, the pulse, and the cases people work on."""

    name = "rukun.web.talk"
    label = "talk"
    default_auto_field = "django.db.models.BigAutoField"
    #: (name of the URL, label, permission) for the menu; the pages beside are in its templates.
    nav = (("talk:pulse", _("Talk"), "talk.read"),)
