"""People of the room, and the ledger of everything they changed."""

from __future__ import annotations

import json

from django.contrib.auth.models import AbstractUser
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from rukun.ledger import Entry, Head
from rukun.web.core import roles


class User(AbstractUser):
    """A person who may sign in. Never deleted, only disabled; the name to sign in never changes.

    ``camp`` is the number of the pair whose witness this is, and empty for every other role.
    ``place`` is the code of the area they work in; empty means the whole room.
    """

    role = models.CharField(_("role"), max_length=20, default=roles.VIEWER)
    camp = models.PositiveSmallIntegerField(_("camp"), null=True, blank=True)
    place = models.CharField(_("area code"), max_length=13, blank=True, default="")

    class Meta:
        """A witness has a camp and nobody else has; one address belongs to one person."""

        verbose_name = pgettext_lazy("a user", "person")
        verbose_name_plural = pgettext_lazy("users", "people")
        constraints = [
            models.CheckConstraint(
                name="witness_has_camp",
                condition=models.Q(role=roles.WITNESS, camp__gte=1)
                | (~models.Q(role=roles.WITNESS) & models.Q(camp__isnull=True)),
            ),
            models.UniqueConstraint(
                Lower("email"), name="email_once", condition=~models.Q(email="")
            ),
        ]

    def clean(self) -> None:
        """Refuse an unknown role, and a camp without a witness or a witness without a camp."""
        super().clean()
        if self.role not in roles.ROLES:
            raise ValidationError({"role": _("There is no such role.")})
        if self.role == roles.WITNESS and not self.camp:
            raise ValidationError({"camp": _("Say which pair this witness stands for.")})
        if self.role != roles.WITNESS and self.camp is not None:
            raise ValidationError({"camp": _("Only a witness stands for a pair.")})

    @property
    def role_code(self) -> str:
        """The role as the ledger keeps it: ``coordinator``, ``witness:1``."""
        return f"{self.role}:{self.camp}" if self.camp else self.role

    @property
    def display_name(self) -> str:
        """The full name where there is one, else the name to sign in."""
        return self.get_full_name() or self.username


class LedgerEntry(models.Model):
    """One row of the ledger. The database itself refuses to change or delete it."""

    seq = models.BigIntegerField(primary_key=True)
    at = models.CharField(max_length=27)
    actor = models.CharField(max_length=150, db_index=True)
    role = models.CharField(max_length=30)
    action = models.CharField(max_length=100, db_index=True)
    object = models.CharField(max_length=200, db_index=True)
    data = models.TextField()
    prev = models.CharField(max_length=64)
    hash = models.CharField(max_length=64, unique=True)

    class Meta:
        """Newest last, as they were written."""

        ordering = ["seq"]

    def __str__(self) -> str:
        return f"{self.seq} {self.action} {self.object}"

    def entry(self) -> Entry:
        """The row as the pure chain knows it."""
        return Entry(
            self.seq,
            self.at,
            self.actor,
            self.role,
            self.action,
            self.object,
            self.data,
            self.prev,
            self.hash,
        )

    def head(self) -> Head:
        """This row as the end of the chain."""
        return Head(self.seq, self.hash)

    @property
    def content(self) -> object:
        """``data`` as Python values."""
        return json.loads(self.data)
