"""What is worked out from the posts, and can be worked out again."""

from __future__ import annotations

from django.db import models


class Work(models.Model):
    """One working-out of everything from the archive: its progress, and what it rested on.

    ``beat`` is renewed while it runs; a run that was killed is ended by the next one, which
    takes its place. What it found carries its number (``work``). ``digest`` holds the settings, the screen's fingerprint and the counts.
    """

    WAITING, RUNNING, DONE, FAILED = "waiting", "running", "done", "failed"

    state = models.CharField(max_length=8, default=WAITING, db_index=True)
    asked_by = models.CharField(max_length=150)
    asked_at = models.DateTimeField(auto_now_add=True)
    started_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    beat = models.DateTimeField(null=True)
    step = models.CharField(max_length=20, blank=True)
    posts = models.BigIntegerField(null=True)
    digest = models.JSONField(default=dict)
    reference = models.CharField(max_length=16, blank=True)

    class Meta:
        ordering = ("-id",)


class Narrative(models.Model):
    """Posts that say the same thing. ``spread`` holds path, lags, hours, carriers and coverage.

    ``stands``: found again by the newest work; one that people worked on is kept either way.
    """

    code = models.CharField(primary_key=True, max_length=24)
    text = models.TextField()
    first_post = models.CharField(max_length=120)
    first_seen = models.DateTimeField(null=True)
    last_seen = models.DateTimeField(null=True)
    size = models.IntegerField()
    accounts = models.IntegerField()
    platforms = models.JSONField(default=list)
    places = models.JSONField(default=list)
    labels = models.JSONField(default=dict)
    label = models.CharField(max_length=8, default="none")
    score = models.FloatField(default=0)
    spread = models.JSONField(default=dict)
    posts_shown = models.JSONField(default=list)
    exercise = models.BooleanField(default=False)
    stands = models.BooleanField(default=True)
    work = models.BigIntegerField(db_index=True)

    class Meta:
        indexes = [
            models.Index(fields=("stands", "-size", "code")),
            models.Index(fields=("stands", "label", "-size")),
        ]

    def __str__(self) -> str:
        return self.code


class StoredPost(models.Model):
    """A post that people may act on: near the top of the queue, in a claim, or evidence.

    ``reasons``: the screen's spans with frame, label, mode and cues. ``space`` and ``account`` are
    aliases. ``second``: reader and mode of a second reader, where the operator named one. ``tied``: belongs to a case, so it outlives the retention period.
    """

    post_id = models.CharField(primary_key=True, max_length=120)
    platform = models.CharField(max_length=40)
    account = models.CharField(max_length=20, blank=True, db_index=True)
    space = models.CharField(max_length=20, blank=True)
    posted_at = models.DateTimeField(null=True)
    text = models.TextField(blank=True)
    links = models.JSONField(default=list)
    kind = models.CharField(max_length=8, default="post")
    reply_to = models.CharField(max_length=120, blank=True)
    repost_of = models.CharField(max_length=120, blank=True)
    place = models.ForeignKey("count.Place", null=True, on_delete=models.PROTECT, related_name="+")
    label = models.CharField(max_length=8, default="none")
    mode = models.CharField(max_length=10, default="assert")
    act = models.CharField(max_length=80, blank=True)
    target = models.CharField(max_length=80, blank=True)
    score = models.FloatField(default=0)
    raw_score = models.FloatField(default=0)
    reasons = models.JSONField(default=list)
    second = models.JSONField(null=True)
    claim = models.BooleanField(default=False)
    help = models.BooleanField(default=False)
    narrative = models.CharField(max_length=24, blank=True, db_index=True)
    origin = models.CharField(max_length=64)
    origin_row = models.BigIntegerField()
    raw = models.CharField(max_length=64)
    exercise = models.BooleanField(default=False)
    tied = models.BooleanField(default=False)
    work = models.BigIntegerField(db_index=True)

    def __str__(self) -> str:
        return self.post_id


class Ring(models.Model):
    """Accounts that act together beyond chance; see ``rukun.talk.coordination.schema.RINGS``.

    ``code`` comes from the members; ``edges`` are rows of EDGES, ``shared`` rows of SHARED.
    """

    code = models.CharField(primary_key=True, max_length=24)
    verdict = models.CharField(max_length=8)
    known = models.CharField(max_length=120, blank=True)
    reason = models.TextField(blank=True)
    accounts = models.JSONField(default=list)
    members = models.IntegerField()
    figures = models.JSONField(default=dict)
    edges = models.JSONField(default=list)
    shared = models.JSONField(default=list)
    first_at = models.DateTimeField(null=True)
    last_at = models.DateTimeField(null=True)
    exercise = models.BooleanField(default=False)
    stands = models.BooleanField(default=True)
    work = models.BigIntegerField(db_index=True)

    def __str__(self) -> str:
        return self.code


class Claim(models.Model):
    """A checkable statement about the count, with the posts that make it.

    ``data`` holds the row of ``rukun.talk.claims``; the verdict is worked out against the forms
    whenever it is shown, for forms change. ``verdict`` is the one at the last work, for sorting.
    """

    code = models.CharField(primary_key=True, max_length=24)
    kind = models.CharField(max_length=24)
    contest = models.CharField(max_length=60, blank=True)
    place = models.ForeignKey("count.Place", null=True, on_delete=models.PROTECT, related_name="+")
    text = models.TextField()
    data = models.JSONField(default=dict)
    posts = models.IntegerField()
    accounts = models.IntegerField()
    first_seen = models.DateTimeField(null=True)
    last_seen = models.DateTimeField(null=True)
    post_ids = models.JSONField(default=list)
    checkable = models.BooleanField(default=False)
    verdict = models.CharField(max_length=16, blank=True)
    exercise = models.BooleanField(default=False)
    stands = models.BooleanField(default=True)
    work = models.BigIntegerField(db_index=True)

    def __str__(self) -> str:
        return self.code


class Pulse(models.Model):
    """One place on one local day; see ``rukun.talk.pulse.PULSE``. ``data`` holds the figures,
    ``place`` is null for everything together."""

    place = models.ForeignKey("count.Place", null=True, on_delete=models.CASCADE, related_name="+")
    day = models.DateField()
    state = models.CharField(max_length=12)
    alert = models.BooleanField(default=False)
    data = models.JSONField(default=dict)
    posts_shown = models.JSONField(default=list)
    work = models.BigIntegerField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=("place", "day"), name="one_pulse")]
        indexes = [models.Index(fields=("day", "alert"))]
