"""Files of posts that somebody brought."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class PostFile(models.Model):
    """A file of posts: looked at first, then taken in or turned away. Never deleted.

    ``coverage`` is what the person says of how it was collected (tool, words searched for, days),
    shown beside every figure that rests on it. The file itself lies in the vault, for it holds
    handles; ``forgotten_at`` says when it was deleted there.
    """

    class State(models.TextChoices):
        PREVIEW = "preview", _("looked at, not taken in")
        STORED = "stored", _("taken in")
        REJECTED = "rejected", _("turned away")

    name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64, db_index=True)
    size = models.BigIntegerField()
    format = models.CharField(max_length=40, blank=True)
    mapping = models.TextField(blank=True)
    coverage = models.CharField(max_length=500, blank=True)
    exercise = models.BooleanField(default=False)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField(auto_now_add=True)
    state = models.CharField(max_length=8, choices=State.choices, default=State.PREVIEW)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(null=True)
    counts = models.JSONField(default=dict)
    problems = models.JSONField(default=list)
    forgotten_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-id",)

    def __str__(self) -> str:
        return self.name
