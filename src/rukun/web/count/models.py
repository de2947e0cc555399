"""What the room stores of the count.

Three kinds of table: the *frame* (Place, Contest), what people brought (Upload, StoredForm: never
changed, a correction is a new version), and what is *worked out* from it (StationState, Summary,
ContestOutlook, Coverage, StoredFinding: thrown away and made again whenever forms change).
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from rukun import contests as pure


class Place(models.Model):
    """A node of the area tree. ``path`` holds the codes from the top, each with a ``/`` behind."""

    code = models.CharField(primary_key=True, max_length=24)
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=12)
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="children"
    )
    path = models.CharField(max_length=160, db_index=True)
    lat = models.FloatField(null=True)
    lon = models.FloatField(null=True)
    registered = models.IntegerField(null=True)
    zone = models.CharField(max_length=4, blank=True)
    basis = models.CharField(max_length=16, blank=True)
    boundary = models.JSONField(null=True)

    def __str__(self) -> str:
        return f"{self.name} ({self.code})"

    @property
    def codes(self) -> list[str]:
        """Codes from the top down to this place."""
        return self.path.rstrip("/").split("/")

    @property
    def label(self) -> str:
        """The name as people say it: a tps by its number, others by their name."""
        return f"TPS {self.code[-3:]}" if self.kind == "tps" else self.name


class Contest(models.Model):
    """One race. ``data`` holds everything of ``rukun.contests.Contest``."""

    code = models.SlugField(primary_key=True, max_length=60)
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="contests")
    date = models.DateField()
    position = models.PositiveSmallIntegerField(default=0)
    name_en = models.CharField(max_length=160)
    name_id = models.CharField(max_length=160)
    data = models.JSONField()

    class Meta:
        ordering = ("position", "code")

    def __str__(self) -> str:
        return self.name_id if get_language() == "id" else self.name_en

    @property
    def pure(self) -> pure.Contest:
        """The contest as the pure wings know it."""
        fields = {k: v for k, v in self.data.items() if k not in ("choices", "numbers")}
        return pure.Contest(
            **fields,
            code=self.code,
            name_en=self.name_en,
            name_id=self.name_id,
            place=self.place_id,
            date=self.date,
            choices=tuple(pure.Choice(**c) for c in self.data["choices"]),
        )

    @property
    def choices(self) -> list[dict[str, Any]]:
        """Ballot lines: ``number``, ``name``, ``short``, ``empty_box``, ``feed_id``."""
        return list(self.data["choices"])


class Upload(models.Model):
    """A file somebody brought: looked at first, then stored or turned away. Never deleted."""

    class State(models.TextChoices):
        PREVIEW = "preview", _("looked at, not stored")
        STORED = "stored", _("stored")
        REJECTED = "rejected", _("turned away")

    name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64, db_index=True)
    size = models.BigIntegerField()
    mapping = models.TextField(blank=True)
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

    class Meta:
        ordering = ("-id",)

    def __str__(self) -> str:
        return self.name


class StoredForm(models.Model):
    """One version of one form, exactly as its source stated it.

    ``votes`` holds the stated votes by ballot number, ``cells`` the other stated figures by field
    name; a figure that is not stated is absent, never 0. ``current`` marks the version in
    force: the highest one that is not ``held`` (a feed fault waits for a person).
    """

    contest = models.ForeignKey(Contest, on_delete=models.PROTECT)
    place = models.ForeignKey(Place, on_delete=models.PROTECT)
    source = models.CharField(max_length=12)
    kind = models.CharField(max_length=16)
    version = models.PositiveIntegerField()
    entered_at = models.DateTimeField(null=True)
    stored_at = models.DateTimeField()
    votes = models.JSONField()
    cells = models.JSONField()
    evidence = models.JSONField(null=True)
    content = models.CharField(max_length=64)
    upload = models.ForeignKey(Upload, null=True, on_delete=models.PROTECT, related_name="forms")
    origin_row = models.IntegerField(null=True)
    basis = models.CharField(max_length=16, blank=True)
    cited = models.CharField(max_length=300, blank=True)
    current = models.BooleanField(default=True)
    held = models.CharField(max_length=8, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=("place", "contest", "source", "kind", "version"), name="one_form_version"
            )
        ]

    def __str__(self) -> str:
        return f"{self.contest_id} {self.place_id} {self.source} {self.kind} v{self.version}"


class StationState(models.Model):
    """The state of one station in one contest, as ``rukun.count.compare`` worked it out.

    ``open`` holds the columns that differ for those to whom a witness's form is still closed
    (``rukun.web.count.opening``); null where everybody sees the same.
    """

    contest = models.ForeignKey(Contest, on_delete=models.CASCADE)
    place = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="states")
    parent = models.ForeignKey(Place, null=True, on_delete=models.CASCADE, related_name="+")
    path = models.CharField(max_length=160)
    state = models.CharField(max_length=12)
    sources = models.JSONField()
    cells_compared = models.IntegerField()
    cells_differing = models.IntegerField()
    votes_touched = models.BigIntegerField()
    counted = models.BooleanField()
    votes = models.JSONField()
    bound = models.BigIntegerField()
    exercise = models.BooleanField(default=False)
    open = models.JSONField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=("place", "contest"), name="one_station_state")
        ]
        indexes = [
            models.Index(fields=("contest", "parent")),
            models.Index(fields=("contest", "state", "-votes_touched")),
            models.Index(fields=("contest", "state", "path")),
        ]


class Summary(models.Model):
    """What is known of one contest at one place above the stations, ready to be shown.

    ``states``: stations by state; ``sources``: per source its ``tps_in``, ``votes`` and sums with
    their ``_in`` counts; ``findings``: open findings by severity, everything below included.
    ``open`` holds these and ``votes_touched`` as those see them to whom some witnesses' forms are
    still closed, with ``closed``, the stations that have such forms; null where nothing is closed.
    """

    contest = models.ForeignKey(Contest, on_delete=models.CASCADE)
    place = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="summaries")
    tps_total = models.IntegerField()
    votes_touched = models.BigIntegerField()
    states = models.JSONField()
    sources = models.JSONField()
    findings = models.JSONField()
    exercise = models.BooleanField(default=False)
    open = models.JSONField(null=True)
    #: Stations with forms that are closed to who reads this.
    closed = 0

    class Meta:
        constraints = [models.UniqueConstraint(fields=("place", "contest"), name="one_summary")]


class ContestOutlook(models.Model):
    """The outlook of a contest, with the columns of ``rukun.count.outlook.OUTLOOK``.

    ``tps_disputed_open`` in ``data`` counts the disputed stations without the closed forms.
    """

    contest = models.OneToOneField(Contest, primary_key=True, on_delete=models.CASCADE)
    data = models.JSONField()
    exercise = models.BooleanField(default=False)
    at = models.DateTimeField()


class Coverage(models.Model):
    """Stations whose first form of a source was entered in an hour (UTC)."""

    contest = models.ForeignKey(Contest, on_delete=models.CASCADE)
    unit = models.ForeignKey(Place, on_delete=models.CASCADE)
    source = models.CharField(max_length=12)
    hour = models.DateTimeField()
    stations = models.IntegerField()

    class Meta:
        indexes = [models.Index(fields=("contest", "source", "hour"))]


class StoredFinding(models.Model):
    """A finding that stands now. ``mark`` stays the same when the same thing is found again.

    ``closed``: it says something of a witness's form that is not open to everybody yet.
    """

    contest = models.ForeignKey(Contest, on_delete=models.CASCADE)
    place = models.ForeignKey(Place, on_delete=models.CASCADE)
    path = models.CharField(max_length=160)
    code = models.CharField(max_length=4)
    severity = models.CharField(max_length=8)
    rank = models.PositiveSmallIntegerField()
    sources = models.JSONField()
    kind = models.CharField(max_length=16, blank=True)
    version = models.PositiveIntegerField(null=True)
    field = models.CharField(max_length=40)
    expected = models.BigIntegerField(null=True)
    found = models.BigIntegerField(null=True)
    votes_at_stake = models.BigIntegerField(null=True)
    mark = models.CharField(max_length=64, db_index=True)
    explained = models.BooleanField(default=False)
    exercise = models.BooleanField(default=False)
    closed = models.BooleanField(default=False)

    class Meta:
        indexes = [
            models.Index(fields=("contest", "rank", "-votes_at_stake", "id")),
            models.Index(fields=("contest", "code", "rank", "-votes_at_stake", "id")),
            models.Index(fields=("rank", "-votes_at_stake", "id")),
            models.Index(fields=("path",)),
            models.Index(fields=("place",)),
        ]


class Explanation(models.Model):
    """What a person found out about a finding. Kept when the finding is worked out anew."""

    mark = models.CharField(max_length=64, db_index=True)
    place = models.ForeignKey(Place, on_delete=models.PROTECT)
    code = models.CharField(max_length=4)
    reason = models.TextField(max_length=2000)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("-id",)
