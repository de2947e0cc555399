"""Bringing forms: choose a file, see what storing it would do, then store it or turn it away."""

from __future__ import annotations

import tempfile
from pathlib import Path

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from rukun.count.readers import write_template
from rukun.count.rules import source_label
from rukun.errors import UserError
from rukun.web.core.listing import csv_of_problems
from rukun.web.core.permissions import is_desk
from rukun.web.core.reading import needs
from rukun.web.count import presenters, services
from rukun.web.count.models import Contest, Upload


class UploadForm(forms.Form):
    """A file, and a mapping for tables that do not use the canonical columns."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy(
            "CSV, XLSX, Parquet or the election body’s feed (JSON), up to 64 MiB."
        ),
    )
    mapping = forms.CharField(
        label=gettext_lazy("Mapping (TOML)"),
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 6, "spellcheck": "false"}),
        help_text=gettext_lazy("Only for tables with columns of their own."),
    )


@needs("count.bring_forms")
def uploads_page(request: HttpRequest) -> HttpResponse:
    """Choose a file; the files brought so far."""
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            upload = services.preview(
                request.user, form.cleaned_data["file"], form.cleaned_data["mapping"]
            )
        except UserError as err:
            form.add_error("file", " ".join(err.say(presenters.lang())))
        else:
            return redirect("count:upload", upload.pk)
    context = {
        "form": form,
        "uploads": _visible(request)[:50],
        "contests": Contest.objects.all(),
    }
    return render(request, "count/uploads.html", context, status=400 if form.errors else 200)


@needs("count.bring_forms")
def upload_page(request: HttpRequest, number: int) -> HttpResponse:
    """What storing a file would do, or did: counts and the list of problems."""
    upload = get_object_or_404(_visible(request), pk=number)
    sources = upload.counts.get("sources", {})
    context = {
        "upload": upload,
        "waiting": upload.state == Upload.State.PREVIEW,
        "sources": [(source_label(s, presenters.lang()), n) for s, n in sources.items()],
        "more": max(upload.counts.get("problems", 0) - len(upload.problems), 0),
    }
    return render(request, "count/upload.html", context)


@needs("count.bring_forms")
def problems(request: HttpRequest, number: int) -> HttpResponse:
    """The kept problems of a file as CSV."""
    upload = get_object_or_404(_visible(request), pk=number)
    return csv_of_problems(upload.problems, f"problems-{upload.pk}.csv", presenters.lang())


@needs("count.bring_forms")
@require_POST
def store(request: HttpRequest, number: int) -> HttpResponse:
    """Store the good rows of a file."""
    upload = get_object_or_404(_visible(request), pk=number)
    stored = services.store(request.user, upload.pk).counts["stored"]
    messages.success(
        request,
        _("Stored: %(new)d new versions; %(same)d rows were known already.")
        % {"new": stored["new"], "same": stored["unchanged"]},
    )
    return redirect("count:upload", upload.pk)


@needs("count.bring_forms")
@require_POST
def reject(request: HttpRequest, number: int) -> HttpResponse:
    """Turn a file away."""
    upload = get_object_or_404(_visible(request), pk=number)
    services.reject(request.user, upload.pk)
    messages.success(request, _("Turned away. The file and its list of problems are kept."))
    return redirect("count:uploads")


@needs("count.bring_forms")
def template(request: HttpRequest, kind: str) -> HttpResponse:
    """An empty canonical table, with the stations of a contest where one is named."""
    if kind not in ("csv", "xlsx"):
        raise Http404
    contest = request.GET.get("contest") or None
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"forms.{kind}"
        write_template(path, services.full_frame(), contest)
        response = HttpResponse(path.read_bytes(), content_type="application/octet-stream")
    response["Content-Disposition"] = f'attachment; filename="{path.name}"'
    return response


def _visible(request: HttpRequest):
    """The desk sees all files, others those they brought."""
    rows = Upload.objects.select_related("by", "decided_by")
    return rows if is_desk(request.user) else rows.filter(by=request.user)
