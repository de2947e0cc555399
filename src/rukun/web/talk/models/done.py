"""What people decided, and the way there. Nothing here is ever deleted or overwritten."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from rukun.web.talk.models.found import Claim, Narrative, Ring, StoredPost


def _person(**more: object) -> models.ForeignKey:
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", **more
    )


class Case(models.Model):
    """Something a person must decide: a post, a narrative, a ring or a claim.

    The stored form of ``rukun.talk.cases.Case``, whose steps are the only changes. ``holder`` and
    ``held_until``: who is working on it. ``version`` counts the steps, so that two people cannot
    both take the next one. ``decision`` is the one in force or proposed; ``second``,
    ``relabelled`` and ``passed`` (who left the blind reading to others) are names to sign in.
    """

    about = models.CharField(max_length=10)
    queue = models.CharField(max_length=12, db_index=True)
    state = models.CharField(max_length=16, db_index=True)
    post = models.ForeignKey(StoredPost, null=True, on_delete=models.PROTECT, related_name="cases")
    narrative = models.ForeignKey(
        Narrative, null=True, on_delete=models.PROTECT, related_name="cases"
    )
    ring = models.ForeignKey(Ring, null=True, on_delete=models.PROTECT, related_name="cases")
    claim = models.ForeignKey(Claim, null=True, on_delete=models.PROTECT, related_name="cases")
    place = models.ForeignKey("count.Place", null=True, on_delete=models.PROTECT, related_name="+")
    label = models.CharField(max_length=8)
    score = models.FloatField(default=0)
    raw_score = models.FloatField(null=True)
    opened_at = models.DateTimeField()
    opened_by = models.CharField(max_length=150)
    holder = _person(null=True)
    held_until = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=0)
    decision = models.JSONField(null=True)
    second = models.CharField(max_length=150, blank=True)
    relabelled = models.JSONField(default=list)
    read_twice = models.BooleanField(default=False)
    passed = models.JSONField(default=list)
    closed_at = models.DateTimeField(null=True)
    exercise = models.BooleanField(default=False)

    class Meta:
        indexes = [models.Index(fields=("queue", "state", "-score", "id"))]
        constraints = [
            models.UniqueConstraint(
                fields=("post",), condition=models.Q(post__isnull=False), name="one_case_per_post"
            ),
            models.UniqueConstraint(
                fields=("narrative",),
                condition=models.Q(narrative__isnull=False),
                name="one_case_per_narrative",
            ),
            models.UniqueConstraint(
                fields=("ring",), condition=models.Q(ring__isnull=False), name="one_case_per_ring"
            ),
            models.UniqueConstraint(
                fields=("claim",),
                condition=models.Q(claim__isnull=False),
                name="one_case_per_claim",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk}"


class Reading(models.Model):
    """One person's reading of a case: first, second, or a blind one for agreement.

    ``test`` holds the six parts of the threshold test; ``outcome`` of a second reading is confirm
    or return. ``needed``: whether the post needed a person at all, for calibration.
    """

    FIRST, SECOND, BLIND = "first", "second", "blind"

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="readings")
    part = models.CharField(max_length=6)
    by = _person()
    role = models.CharField(max_length=30)
    at = models.DateTimeField()
    action = models.CharField(max_length=20)
    label = models.CharField(max_length=8)
    needed = models.BooleanField()
    reason = models.TextField(max_length=2000)
    test = models.JSONField(default=dict)
    outcome = models.CharField(max_length=8, blank=True)

    class Meta:
        ordering = ("id",)


class Step(models.Model):
    """One step of a case: an ``Event`` of ``rukun.talk.workflow`` as it is kept.

    ``what``: the action that was chosen, or “old→new” for a label.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="steps")
    step = models.CharField(max_length=20)
    source = models.CharField(max_length=16)
    target = models.CharField(max_length=16)
    by = models.CharField(max_length=150)
    role = models.CharField(max_length=30)
    at = models.DateTimeField()
    note = models.TextField(blank=True)
    what = models.CharField(max_length=20, blank=True)

    class Meta:
        ordering = ("id",)


class Answer(models.Model):
    """An answer to a claim as a person released it, with the figures it rests on."""

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="answers")
    version = models.PositiveIntegerField()
    verdict = models.CharField(max_length=16)
    text_id = models.TextField(max_length=4000)
    text_en = models.TextField(max_length=4000)
    facts = models.JSONField(default=list)
    by = _person()
    at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = _person(null=True)
    withdrawn_why = models.TextField(blank=True)

    class Meta:
        ordering = ("-version",)
        constraints = [models.UniqueConstraint(fields=("claim", "version"), name="one_answer")]


class Referral(models.Model):
    """The wish to have one account's handle shown once; states as in ``rukun.talk.referral``."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="referrals")
    account = models.CharField(max_length=20)
    addressee = models.CharField(max_length=60)
    basis = models.JSONField(default=list)
    purpose = models.TextField(max_length=2000)
    state = models.CharField(max_length=12)
    version = models.PositiveIntegerField(default=0)
    history = models.JSONField(default=list)
    asked_by = _person()
    asked_at = models.DateTimeField()
    decided_by = _person(null=True)
    decided_at = models.DateTimeField(null=True)
    decided_why = models.TextField(blank=True)
    expires_at = models.DateTimeField()
    shown_by = _person(null=True)
    shown_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-id",)


class KnownGroup(models.Model):
    """Accounts that act together openly: a newsroom and its pages, a campaign's own accounts."""

    name = models.CharField(max_length=120)
    accounts = models.JSONField(default=list)
    reason = models.TextField(max_length=2000)
    by = _person()
    at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = _person(null=True)
    ended_why = models.TextField(blank=True)


class DeskCalibration(models.Model):
    """A desk's own curve of the screen; the newest that is not ended is in force."""

    slope = models.FloatField()
    offset = models.FloatField()
    decisions = models.PositiveIntegerField()
    table = models.JSONField(default=dict)
    by = _person()
    at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = _person(null=True)

    class Meta:
        ordering = ("-id",)
