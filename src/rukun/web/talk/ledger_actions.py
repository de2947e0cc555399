"""Talk's entries of the ledger in words."""

from django.utils.translation import gettext_lazy as _

from rukun.web.core.actions import register

register(
    {
        "talk.file.previewed": _("looked at a file of posts"),
        "talk.file.stored": _("took in a file of posts"),
        "talk.file.rejected": _("turned a file of posts away"),
        "talk.work.asked": _("asked for the posts to be worked through"),
        "talk.work.done": _("worked through the posts"),
    }
)
