"""What people do with the count: each a permission check, the change, and its ledger entry."""

from __future__ import annotations

import tomllib
from collections import Counter
from dataclasses import asdict
from typing import Any

import polars as pl
from django.core.exceptions import PermissionDenied
from django.core.files import File
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from rukun.count.readers import Reading, read_forms
from rukun.errors import Problem, UserError
from rukun.files.mapping import refusal
from rukun.frame import Frame
from rukun.web.core.models import User
from rukun.web.core.permissions import is_desk
from rukun.web.core.services import change
from rukun.web.count import blobs, storing
from rukun.web.count.models import Explanation, Place, StoredFinding, StoredForm, Upload
from rukun.web.count.permissions import own_source
from rukun.web.count.recompute import recompute, recompute_everything
from rukun.web.count.tables import below, frame_from

#: Problems kept with an upload; their whole number is kept too.
PROBLEMS_KEPT = 500
LARGEST_UPLOAD = 64 * 1024 * 1024


def full_frame() -> Frame:
    """Every place and contest of the room."""
    return frame_from(Place.objects.all())


def load_frame(actor: Any, frame: Frame, boundaries: dict[str, Any]) -> dict[str, int]:
    """Set up places and contests. For commands, whose caller owns the machine."""
    with change(actor, "count.judge") as log:
        counts = storing.store_frame(frame, boundaries)
        if StoredForm.objects.exists():
            recompute_everything()
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
            printable(file.name),
        )
    sha256, size = blobs.keep(file)
    name = printable(file.name or "file", 200)
    upload = Upload(name=name, sha256=sha256, size=size, mapping=mapping, by=user)
    reading = _own_only(_read(upload), user)
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
    _require(user, "count.bring_forms")
    reading = _read(_waiting(Upload.objects.all(), user, upload_id))
    with change(user, "count.bring_forms") as log:
        storing.one_at_a_time()
        upload = _waiting(Upload.objects.select_for_update(), user, upload_id)
        reading = _own_only(reading, _fresh(user))
        done = storing.store_forms(reading.forms, full_frame(), upload.pk, timezone.now())
        counts = {"new": done.new, "unchanged": done.unchanged, "held": done.held}
        upload.counts |= {"stored": counts}
        _decide(upload, user, Upload.State.STORED)
        log("count.upload.stored", upload, _said(upload) | counts)
    return upload


def reject(user: Any, upload_id: int) -> Upload:
    """Turn a previewed file away. The file and its list of problems are kept."""
    with change(user, "count.bring_forms") as log:
        upload = _waiting(Upload.objects.select_for_update(), user, upload_id)
        _decide(upload, user, Upload.State.REJECTED)
        log("count.upload.rejected", upload, _said(upload))
    return upload


def accept_held(user: Any, form_id: int, reason: str) -> StoredForm:
    """Take a held feed version into force, with the reason of the person who looked at it."""
    with change(user, "count.judge") as log:
        storing.one_at_a_time()
        form = StoredForm.objects.select_for_update().get(pk=form_id)
        _in_area(user, form.place)
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


def explain(user: Any, mark: str, reason: str) -> StoredFinding:
    """Record what a person found out about a finding; it counts as explained from then on.

    Findings are worked out anew whenever forms come in: ``mark`` names the same one all the while.
    """
    with change(user, "count.judge") as log:
        storing.one_at_a_time()
        finding = StoredFinding.objects.filter(mark=mark).order_by("id").first()
        if finding is None:
            raise UserError(
                "finding-gone",
                _("this finding does not stand any more."),
                _("The forms have changed since the page was opened. Load it again."),
            )
        _in_area(user, finding.place)
        text = _reason(reason)
        Explanation.objects.create(
            mark=mark, place_id=finding.place_id, code=finding.code, reason=text, by=user
        )
        data = {"code": finding.code, "field": finding.field, "mark": mark, "reason": text}
        log("count.finding.explained", f"count.place:{finding.place_id}", data)
        recompute([finding.place_id])
    return finding


def _require(user: Any, permission: str) -> None:
    """For the checks before work that is done outside the transaction of ``change``."""
    if user is not None and not user.has_perm(permission):
        raise PermissionDenied(permission)


def _fresh(user: Any) -> Any:
    """The person as they are now: camp and area may have changed since the page was opened."""
    return user if user is None else User.objects.get(pk=user.pk)


def _in_area(user: Any, place: Place) -> None:
    """Who has an area judges what lies in it."""
    area = _fresh(user).place if user is not None else ""
    if area and area not in place.codes:
        raise PermissionDenied(area)


def _reason(text: str) -> str:
    plain = "".join(c for c in text if c.isprintable() or c in "\n\t").strip()
    if len(plain) < 3:
        raise UserError(
            "reason-missing", _("a reason is needed."), _("Say in a few words what you looked at.")
        )
    return plain[:2000]


def _waiting(rows: QuerySet[Upload], user: Any, upload_id: int) -> Upload:
    """A file that nobody has decided on, for the desk or who brought it."""
    upload = rows.get(pk=upload_id)
    if not (user is None or is_desk(user) or upload.by_id == user.pk):
        raise PermissionDenied
    if upload.state != Upload.State.PREVIEW:
        raise UserError(
            "upload-decided",
            _("this file has been decided on already."),
            _("Look at the list of files."),
        )
    return upload


def _decide(upload: Upload, user: Any, state: Upload.State) -> None:
    upload.state, upload.decided_by, upload.decided_at = state, user, timezone.now()
    upload.save()


def _said(upload: Upload) -> dict[str, Any]:
    return {"file": upload.name, "sha256": upload.sha256, "counts": upload.counts}


def _read(upload: Upload) -> Reading:
    try:
        mapping = tomllib.loads(upload.mapping) if upload.mapping.strip() else None
    except (tomllib.TOMLDecodeError, RecursionError) as err:
        hint = "Compare with docs/how-to/import-your-files.md; save it as UTF-8."
        raise refusal(
            "mapping-toml", f"the mapping is not TOML ({printable(err)}).", hint, ""
        ) from err
    reading = read_forms(blobs.path_of(upload.sha256), full_frame(), mapping, name=upload.name)
    if reading.sha256 != upload.sha256:
        raise UserError(
            "upload-changed",
            _("the file kept on the server is not the one that was looked at."),
            _("Bring the file again, and tell the operator."),
            upload.name,
        )
    return reading


def _own_only(reading: Reading, user: Any) -> Reading:
    """A witness brings the own camp's forms, in the own area; other rows are problems."""
    keep = pl.lit(value=True)
    if source := own_source(user):
        keep = pl.col("source") == source
    if user is not None and user.place:
        area = Place.objects.filter(pk=user.place).first()
        inside = Place.objects.filter(below(area.path)) if area else Place.objects.none()
        keep = keep & pl.col("place").is_in(list(inside.values_list("code", flat=True)))
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


def printable(text: object, longest: int = 500) -> str:
    """Text from outside as it can be stored and shown: printable, and not without end."""
    return "".join(c if c.isprintable() else "�" for c in str(text or ""))[:longest]


def reading_name(row: dict[str, Any]) -> str:
    """How a row is named in a problem about who may bring it."""
    return f"{row['contest']} {row['place']}"
