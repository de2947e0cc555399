"""Folders and files on the room's own machine into the room: what the commands call."""

from __future__ import annotations

from pathlib import Path

from django.core.files import File

from rukun.boundaries import read_boundaries
from rukun.frame import read_frame
from rukun.web.count import services
from rukun.web.count.models import Contest, Upload

#: Of an example folder: the real recapitulation first, then the exercise forms.
_EXAMPLE = (
    "recapitulation.csv",
    "exercise/official.csv",
    "exercise/witness-1.csv",
    "exercise/witness-2.csv",
    "exercise/recap.csv",
    "exercise/feed.csv",
)


def bring_frame(folder: Path) -> dict[str, int]:
    """Places, contests and boundaries of a frame folder into the room."""
    frame = read_frame(folder)
    return services.load_frame(None, frame, read_boundaries(folder, frame.places))


def bring_file(path: Path, mapping: str = "") -> Upload:
    """A file of forms into the room in one go; the problems stay with the upload."""
    with path.open("rb") as handle:
        upload = services.preview(None, File(handle, name=path.name), mapping, largest=None)
    return services.store(None, upload.pk)


def bring_example(folder: Path) -> list[Upload]:
    """The example into an empty room; nothing where the room has its contests already."""
    if Contest.objects.exists():
        return []
    bring_frame(folder)
    return [bring_file(folder / name) for name in _EXAMPLE if (folder / name).is_file()]
