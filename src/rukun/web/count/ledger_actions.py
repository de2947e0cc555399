"""The count's entries of the ledger in words."""

from django.utils.translation import gettext_lazy as _

from rukun.web.core.actions import register

register(
    {
        "count.frame.loaded": _("set up places and contests"),
        "count.upload.previewed": _("looked at a file"),
        "count.upload.stored": _("stored a file"),
        "count.upload.rejected": _("turned a file away"),
        "count.form.accepted": _("took a held version into force"),
        "count.finding.explained": _("explained a finding"),
    }
)
