"""Bringing posts: choose files, see what they hold, take them in; and how far the work is."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from rukun.errors import UserError
from rukun.talk.readers import FORMATS
from rukun.web.core.listing import csv_of_problems
from rukun.web.core.reading import needs
from rukun.web.talk import uploads, words
from rukun.web.talk.models import PostFile, Work
from rukun.web.talk.services import bringing, working

#: Files of one visit, and files shown.
MOST_FILES, SHOWN = 20, 50
#: A work not heard of for so long may be asked for again.
SILENT = dt.timedelta(minutes=5)
#: Posts that are taken in by one press; more would keep the person waiting.
MOST_AT_ONCE = 100_000


class SeveralFiles(forms.ClearableFileInput):
    """A chooser that takes several files."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """One file or more."""

    widget = SeveralFiles(attrs={"multiple": True})

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        """Every file checked as one would be."""
        one = super().clean
        given = data if isinstance(data, list | tuple) else [data]
        if len(given) > MOST_FILES:
            raise forms.ValidationError(
                _("Choose at most %(n)d files at once.") % {"n": MOST_FILES}
            )
        return [one(d, initial) for d in given]


class BringForm(forms.Form):
    """Files, and what is to be known about them."""

    files = FilesField(
        label=gettext_lazy("Files"),
        help_text=gettext_lazy("Exports as your tool wrote them: CSV, XLSX, JSON or NDJSON."),
    )
    coverage = forms.CharField(
        label=gettext_lazy("How were they collected?"),
        required=False,
        max_length=500,
        help_text=gettext_lazy(
            "Tool, words searched for, groups, days. It stands beside every figure."
        ),
    )
    exercise = forms.BooleanField(
        label=gettext_lazy("These posts are made up for practice"), required=False
    )
    format = forms.ChoiceField(label=gettext_lazy("Format"), required=False)
    mapping = forms.CharField(
        label=gettext_lazy("Mapping (TOML)"),
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 6, "spellcheck": "false"}),
        help_text=gettext_lazy("Only for tables with columns of their own."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [(f.code, words.format_title(f.code)) for f in FORMATS]
        self.fields["format"].choices = [("", _("recognised by its content")), *named]


@needs("talk.bring_posts")
def files_page(request: HttpRequest) -> HttpResponse:
    """Choose files; the files so far; how far the work is."""
    form = BringForm(request.POST or None, request.FILES or None)
    uploads.must_be_taken(request)
    if request.method == "POST" and form.is_valid():
        looked = _looked_at(request, form)
        if len(looked) == 1 and not form.errors:
            return redirect("talk:file", looked[0].pk)
        if looked and not form.errors:
            messages.success(
                request, _("Looked at %(n)d files. Decide on each.") % {"n": len(looked)}
            )
            return redirect("talk:files")
    waiting = list(_waiting()[:SHOWN])
    posts = sum(f.counts.get("posts") or 0 for f in waiting)
    context = {
        "form": form,
        "waiting": waiting,
        "posts": posts,
        "together": len(waiting) > 1 and 0 < posts <= MOST_AT_ONCE,
        "files": PostFile.objects.select_related("by", "decided_by")[:SHOWN],
        "formats": FORMATS,
        **_work(),
    }
    return render(request, "talk/files.html", context, status=400 if form.errors else 200)


def _waiting() -> QuerySet[PostFile]:
    """Files that were looked at and not decided on, the first brought first."""
    return PostFile.objects.filter(state=PostFile.State.PREVIEW).order_by("pk")


def _looked_at(request: HttpRequest, form: BringForm) -> list[PostFile]:
    given, done = form.cleaned_data, []
    for upload in given["files"]:
        try:
            done.append(
                bringing.preview(
                    request.user,
                    upload,
                    given["mapping"],
                    given["format"],
                    given["coverage"],
                    given["exercise"],
                )
            )
        except UserError as err:
            where = f"{err.where}: " if err.where else ""
            form.add_error("files", where + " ".join(err.say(words.lang())))
    return done


def _work() -> dict[str, Any]:
    newest = Work.objects.first()
    heard = newest and (newest.beat or newest.asked_at)
    return {
        # One that was killed, or lost its worker, is asked for again; nothing is done twice.
        "silent": bool(heard and heard < timezone.now() - SILENT),
        "newest": newest,
        "done": Work.objects.filter(state=Work.DONE).first(),
        "busy": newest is not None and newest.state in (Work.WAITING, Work.RUNNING),
    }


@needs("talk.bring_posts")
@require_GET
def work_state(request: HttpRequest) -> HttpResponse:
    """How far the work is, alone: what the page asks for again while it runs."""
    return render(request, "talk/parts/work.html", _work())


@needs("talk.bring_posts")
@require_POST
def work_now(request: HttpRequest) -> HttpResponse:
    """Ask for everything to be worked through again."""
    working.ask(request.user)
    messages.success(request, _("The posts will be worked through. This page shows how far it is."))
    return redirect("talk:files")


@needs("talk.bring_posts")
@require_GET
def file_page(request: HttpRequest, number: int) -> HttpResponse:
    """What a file holds: counts, coverage, problems; and the decision on it."""
    file = get_object_or_404(PostFile.objects.select_related("by", "decided_by"), pk=number)
    context = {
        "file": file,
        "exercise": file.exercise,
        "waiting": file.state == PostFile.State.PREVIEW,
        "next": _waiting().exclude(pk=file.pk).first(),
        "more": max(file.counts.get("problems", 0) - len(file.problems), 0),
        "lang": words.lang(),
    }
    return render(request, "talk/file.html", context)


@needs("talk.bring_posts")
@require_GET
def problems(request: HttpRequest, number: int) -> HttpResponse:
    """The kept problems of a file as CSV."""
    file = get_object_or_404(PostFile, pk=number)
    return csv_of_problems(file.problems, f"problems-{file.pk}.csv", words.lang())


@needs("talk.bring_posts")
@require_POST
def store(request: HttpRequest, number: int) -> HttpResponse:
    """Take in the good rows of a file."""
    file = bringing.store(request.user, get_object_or_404(PostFile, pk=number).pk)
    added = file.counts.get("added")
    if added:
        said = _("Taken in: %(new)d new posts; %(known)d were known already.")
        messages.success(request, said % {"new": added["new"], "known": added["known"]})
    else:
        messages.error(request, _("Nothing in this file could be read. It was turned away."))
    return redirect("talk:file", file.pk)


@needs("talk.bring_posts")
@require_POST
def store_all(request: HttpRequest) -> HttpResponse:
    """Take in the good rows of every file that was listed when the button was pressed."""
    seen = [int(n) for n in request.POST.getlist("file") if n.isdecimal()][:SHOWN]
    stored = []
    for number in _waiting().filter(pk__in=seen).values_list("pk", flat=True):
        try:
            stored.append(bringing.store(request.user, number).counts.get("added"))
        except UserError as err:
            messages.error(request, " ".join(err.say(words.lang())))
    added = [a for a in stored if a]
    said = _("Taken in: %(files)d files with %(new)d new posts; %(known)d were known already.")
    values = {"new": sum(a["new"] for a in added), "known": sum(a["known"] for a in added)}
    messages.success(request, said % (values | {"files": len(added)}))
    return redirect("talk:files")


@needs("talk.bring_posts")
@require_POST
def reject(request: HttpRequest, number: int) -> HttpResponse:
    """Turn a file away."""
    bringing.reject(request.user, get_object_or_404(PostFile, pk=number).pk)
    messages.success(request, _("Turned away. The file was deleted; its list of problems is kept."))
    return redirect("talk:files")
