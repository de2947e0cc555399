"""What people do with the count: each a permission check, the change, and its ledger entry."""

from __future__ import annotations

import tomllib
from collections import Counter
from dataclasses import asdict
from typing import Any

import polars as pl
from django.core.exceptions import PermissionDenied
from django.core.files import File
from django.utils import timezone
from django.utils.translation import gettext as _

from rukun.count.readers import Reading, read_forms
from rukun.count.readers.mapping import refusal
from rukun.errors import Problem, UserError
from rukun.frame import Frame
from rukun.places import PLACES
from rukun.tables import conform
from rukun.web.core.services import change
from rukun.web.count import blobs, storing
from rukun.web.count.models import Contest, Explanation, Place, StoredFinding, StoredForm, Upload
from rukun.web.count.permissions import own_source
from rukun.web.count.recompute import recompute

#: Problems kept with an upload; their whole number is kept too.
PROBLEMS_KEPT = 500
LARGEST_UPLOAD = 64 * 1024 * 1024


def full_frame() -> Frame:
    """Every place and contest of the room."""
    names = ["parent_id" if c.name == "parent" else c.name for c in PLACES]
    table = pl.DataFrame(
        list(Place.objects.values_list(*names)),
        schema={c.name: c.dtype for c in PLACES},
        orient="row",
    ).with_columns(pl.col("zone", "basis").replace("", None))
    contests = {c.code: c.pure for c in Contest.objects.all()}
    return Frame(conform(table, PLACES, "places"), contests)


def load_frame(actor: Any, frame: Frame, boundaries: dict[str, Any]) -> dict[str, int]:
    """Set up places and contests. For commands, whose caller owns the machine."""
    with change(actor, "count.judge") as log:
        counts = storing.store_frame(frame, boundaries)
        log("count.frame.loaded", "frame", counts)
    return counts


def preview(
    user: Any, file: File, mapping: str = "", largest: int | None = LARGEST_UPLOAD
) -> Upload:
    """Keep a file and say what storing it would do. Nothing of the count changes."""
    _require(user, "count.bring_forms")
    if largest is not None and (file.size or 0) > largest:
        raise UserError(
            "upload-large",
            _("the file is larger than this page takes (64 MiB)."),
            _("Store it with “python -m rukun.web.manage load_forms FILE” on the server."),
            file.name or "",
        )
    sha256, size = blobs.keep(file)
    upload = Upload(
        name=(file.name or "file")[:200], sha256=sha256, size=size, mapping=mapping, by=user
    )
    reading = _read(upload, user)
    would = storing.merged(reading.forms)
    problems = [*reading.problems, *would.problems]
    upload.counts = {
        "rows": reading.rows_read,
        "good": reading.forms.height,
        "new": would.new.height,
        "corrections": int((would.new.get_column("version") > 1).sum()),
        "unchanged": would.unchanged.height,
        "problems": len(problems),
        "by_code": dict(Counter(p.code for p in problems)),
        "sources": dict(would.new.group_by("source").agg(pl.len()).sort("source").iter_rows()),
    }
    upload.problems = [asdict(p) for p in problems[:PROBLEMS_KEPT]]
    with change(user, "count.bring_forms") as log:
        upload.save()
        log("count.upload.previewed", upload, _said(upload))
    return upload


def store(user: Any, upload_id: int) -> Upload:
    """Store the good rows of a previewed file as new versions."""
    with change(user, "count.bring_forms") as log:
        upload = _waiting(user, upload_id)
        reading = _read(upload, user)
        done = storing.store_forms(reading.forms, full_frame(), upload.pk, timezone.now())
        counts = {"new": done.new, "unchanged": done.unchanged, "held": done.held}
        upload.counts |= {"stored": counts}
        _decide(upload, user, Upload.State.STORED)
        log("count.upload.stored", upload, _said(upload) | counts)
    return upload


def reject(user: Any, upload_id: int) -> Upload:
    """Turn a previewed file away. The file and its list of problems are kept."""
    with change(user, "count.bring_forms") as log:
        upload = _waiting(user, upload_id)
        _decide(upload, user, Upload.State.REJECTED)
        log("count.upload.rejected", upload, _said(upload))
    return upload


def accept_held(user: Any, form_id: int, reason: str) -> StoredForm:
    """Take a held feed version into force, with the reason of the person who looked at it."""
    with change(user, "count.judge") as log:
        form = StoredForm.objects.select_for_update().get(pk=form_id)
        if not form.held:
            raise UserError(
                "form-not-held",
                _("this version is not held."),
                _("Somebody may have accepted it just now."),
            )
        data = {"form": form.pk, "held": form.held, "reason": _reason(reason)}
        form.held = ""
        form.save(update_fields=["held"])
        storing.mark_current([form.place_id])
        recompute([form.place_id])
        log("count.form.accepted", form, data)
    return form


def explain(user: Any, finding_id: int, reason: str) -> StoredFinding:
    """Record what a person found out about a finding; it counts as explained from then on."""
    with change(user, "count.judge") as log:
        finding = StoredFinding.objects.select_for_update().get(pk=finding_id)
        text = _reason(reason)
        Explanation.objects.create(
            mark=finding.mark, place_id=finding.place_id, code=finding.code, reason=text, by=user
        )
        data = {"code": finding.code, "field": finding.field, "mark": finding.mark, "reason": text}
        log("count.finding.explained", f"count.place:{finding.place_id}", data)
        recompute([finding.place_id])
    return finding


def _require(user: Any, permission: str) -> None:
    """For the checks before work that is done outside the transaction of ``change``."""
    if user is not None and not user.has_perm(permission):
        raise PermissionDenied(permission)


def _reason(text: str) -> str:
    if len(text.strip()) < 3:
        raise UserError(
            "reason-missing", _("a reason is needed."), _("Say in a few words what you looked at.")
        )
    return text.strip()[:2000]


def _waiting(user: Any, upload_id: int) -> Upload:
    upload = Upload.objects.select_for_update().get(pk=upload_id)
    if upload.state != Upload.State.PREVIEW:
        raise UserError(
            "upload-decided",
            _("this file has been decided on already."),
            _("Look at the list of files."),
        )
    if own_source(user) and upload.by_id != user.pk:
        raise PermissionDenied
    return upload


def _decide(upload: Upload, user: Any, state: Upload.State) -> None:
    upload.state, upload.decided_by, upload.decided_at = state, user, timezone.now()
    upload.save()


def _said(upload: Upload) -> dict[str, Any]:
    return {"file": upload.name, "sha256": upload.sha256, "counts": upload.counts}


def _read(upload: Upload, user: Any) -> Reading:
    try:
        mapping = tomllib.loads(upload.mapping) if upload.mapping.strip() else None
    except tomllib.TOMLDecodeError as err:
        hint = "Compare with docs/how-to/import-your-files.md; save it as UTF-8."
        raise refusal("mapping-toml", f"the mapping is not TOML ({err}).", hint, "") from err
    reading = read_forms(blobs.path_of(upload.sha256), full_frame(), mapping, name=upload.name)
    return _own_only(reading, user)


def _own_only(reading: Reading, user: Any) -> Reading:
    """A witness brings the own camp's forms, in the own area; other rows are problems."""
    keep = pl.lit(value=True)
    if source := own_source(user):
        keep = pl.col("source") == source
    if user is not None and user.place:
        inside = Place.objects.filter(path__contains=f"{user.place}/").values_list(
            "code", flat=True
        )
        keep = keep & pl.col("place").is_in(list(inside))
    foreign = reading.forms.filter(~keep)
    problems = [
        Problem(
            "not-yours",
            reading_name(r),
            r["origin_row"] or 0,
            "source",
            r["source"],
            "you may bring forms of your own camp and area only.",
            "Leave this row to the desk.",
            why_id="Anda hanya boleh memasukkan formulir kubu dan wilayah Anda sendiri.",
            hint_id="Serahkan baris ini kepada desk.",
        )
        for r in foreign.iter_rows(named=True)
    ]
    return Reading(
        reading.forms.filter(keep),
        [*reading.problems, *problems],
        reading.sha256,
        reading.rows_read,
    )


def reading_name(row: dict[str, Any]) -> str:
    """How a row is named in a problem about who may bring it."""
    return f"{row['contest']} {row['place']}"
