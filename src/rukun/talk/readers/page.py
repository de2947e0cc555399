"""The reference page of the formats of posts, made from the tables by which they are read.

``python -m rukun.talk.readers.page docs/reference`` writes it.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from rukun.talk.readers.format import ALSO, AROUND, Format, bare
from rukun.talk.readers.formats import FORMATS
from rukun.talk.readers.targets import BY_NAME, TARGETS

_MADE: Final = "<!-- Made by `python -m rukun.talk.readers.page docs/reference`. Do not edit. -->"
_INTRO: Final = (
    "Every format that `rukun talk` reads, with the names it goes by. A file is recognised by what "
    "stands in it, never by its name; `--format` with the code forces one. What a table here does "
    "not name is not read. [How to bring posts](../how-to/bring-posts.md) says which tool gives "
    "which file.\n\n"
    "`a.b` is b within a, `a[].b` the b of each a in a list. Of several places the first that "
    "states something holds; *and* means that what stands there is added. *Around* means the page, "
    "the chat or the envelope in which the record lies. Ids are kept as text, and what is missing "
    "stays missing, never 0. Fields marked with ● name somebody: they become aliases, and what "
    "stands behind an alias goes to the vault alone."
)


def formats_page() -> str:
    """``docs/reference/post-formats.md``: each format with its fields."""
    parts = [_MADE, "# Formats of posts", _INTRO, _list(), "## Fields of a post", _targets()]
    parts += [_format(f) for f in FORMATS]
    return "\n\n".join(parts) + "\n"


def _list() -> str:
    rows = [f"| {f.title} | `{f.code}` | {_platform(f)} |" for f in FORMATS]
    return "\n".join(["| Format | Code | Platform |", "|---|---|---|", *rows])


def _platform(form: Format) -> str:
    return form.platform or "as the file says"


def _targets() -> str:
    rows = [f"| `{t.name}`{_mark(t.name)} | {t.en} | {t.id} |" for t in TARGETS]
    note = (
        "These are the columns of the plain table, and what a mapping may lead to. The alias of an "
        "account is made of `account_id`, else of the id that the file states for the same "
        "`handle` elsewhere, else of the handle in small letters, else of the name. A post without "
        "`id` gets one of account, time and text, and is marked *weak*; so is a repost that names "
        "whose post it passes on (`repost_from`) but not which."
    )
    return "\n".join(["| Field | What | Apa |", "|---|---|---|", *rows, "", note])


def _mark(name: str) -> str:
    return " ●" if BY_NAME[name].identity else ""


def _format(form: Format) -> str:
    head = [f"## {form.title}", "", f"`{form.code}` · {_platform(form)} · {form.tool}", ""]
    shape = " or ".join(_code(paths) for paths in form.shape)
    zone = "Times without a zone are UTC." if form.zone else "A time without a zone is not taken."
    rows = [f"| `{t}`{_mark(t)} | {_places(paths)} |" for t, paths in form.fields.items() if paths]
    notes = [f"- {n}" for n in form.notes]
    return "\n".join(
        [
            *head,
            f"Recognised by {shape}. {zone}",
            "",
            "| Field | Where it stands |",
            "|---|---|",
            *rows,
        ]
        + (["", *notes] if notes else [])
    )


def _code(paths: Iterable[str]) -> str:
    return " + ".join(f"`{bare(p)}`" for p in paths)


def _places(paths: tuple[str, ...]) -> str:
    out = ""
    for n, path in enumerate(paths):
        around = " (around)" if path.lstrip(ALSO).startswith(AROUND) else ""
        join = "" if not n else " and " if path.startswith(ALSO) else ", "
        out += f"{join}`{bare(path)}`{around}"
    return out


def write(folder: Path) -> None:
    """Write the page into ``folder``."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "post-formats.md").write_text(formats_page(), encoding="utf-8")


if __name__ == "__main__":
    write(Path(sys.argv[1] if len(sys.argv) > 1 else "docs/reference"))
