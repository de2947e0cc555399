"""Collect the texts of the site for translation, and compile them.

    python tools/messages.py update    read every template and module, rewrite django.po and .mo
    python tools/messages.py check     say what is new, missing, left over or not compiled

Texts in the sources are English; ``id`` is complete. The catalogue is sorted and holds neither
line numbers nor dates, so that two people who add texts merge cleanly; after a merge run
``update`` again. A text of another package that has no Indonesian of its own is listed in
``BORROWED``.
"""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import read_mo, write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.template import templatize

WEB = Path(__file__).resolve().parents[1] / "src" / "rukun" / "web"
PO = WEB / "locale" / "id" / "LC_MESSAGES" / "django.po"
MO = PO.with_suffix(".mo")
HEADER = """\
# Indonesian texts of Rukun. Written by tools/messages.py: fill in msgstr, then run it again.
msgid ""
msgstr ""
"Project-Id-Version: rukun\\n"
"Language: id\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=1; plural=0;\\n"

"""
KEYWORDS = {
    **dict.fromkeys(("_", "gettext", "gettext_lazy", "gettext_noop"), None),
    **dict.fromkeys(("ngettext", "ngettext_lazy"), (1, 2)),
    **dict.fromkeys(("pgettext", "pgettext_lazy"), ((1, "c"), 2)),
    **dict.fromkeys(("npgettext", "npgettext_lazy"), ((1, "c"), 2, 3)),
}
#: Texts of allauth that its own Indonesian catalogue does not hold and our pages show.
BORROWED: tuple[str, ...] = ()
_PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")

Key = tuple[str | None, str]


def sources() -> Iterator[Path]:
    """Every module and template of the site, migrations apart."""
    for path in sorted(WEB.rglob("*")):
        if path.suffix in (".py", ".html", ".txt") and "migrations" not in path.parts:
            yield path


def collect() -> Catalog:
    """A fresh catalogue of every text in the sources, without translations."""
    catalog = _empty()
    for path in sources():
        for _line, found, _comments, context in _texts(path):
            ids = found if isinstance(found, str) else tuple(found[:2])
            if ids:
                catalog.add(ids, context=context)
    for text in BORROWED:
        catalog.add(text)
    return catalog


def _texts(path: Path) -> Iterator[tuple]:
    source = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        code = templatize(source, origin=str(path))
        source = "\n".join(line.strip() for line in code.splitlines())
    yield from extract("python", io.BytesIO(source.encode()), keywords=KEYWORDS)


def _empty() -> Catalog:
    catalog = read_po(io.BytesIO(HEADER.encode()), locale="id")
    catalog.creation_date = catalog.revision_date = datetime(2024, 11, 27, tzinfo=UTC)
    return catalog


def key(message: Message) -> Key:
    """What tells two texts apart: the context and the (singular) English."""
    text = message.id if isinstance(message.id, str) else message.id[0]
    return (message.context, text)


def stored() -> dict[Key, str]:
    """The translations of the kept catalogue."""
    if not PO.exists():
        return {}
    with PO.open("rb") as file:
        catalog = read_po(file, locale="id")
    return {key(m): _single(m.string) for m in catalog if m.id}


def _single(string: object) -> str:
    return string if isinstance(string, str) else "".join(string[:1])


def merged() -> Catalog:
    """The texts of the sources with the kept translations; what nobody uses is dropped."""
    catalog, kept = collect(), stored()
    for message in catalog:
        if message.id:
            text = kept.get(key(message), "")
            message.string = text if isinstance(message.id, str) else (text,)
    return catalog


def po_text(catalog: Catalog) -> str:
    """The catalogue as it is kept."""
    out = io.BytesIO()
    write_po(out, catalog, sort_output=True, no_location=True, omit_header=True, width=0)
    return HEADER + out.getvalue().decode("utf-8").lstrip("\n")


def mo_bytes(catalog: Catalog) -> bytes:
    """The catalogue as Django reads it, without what is not translated yet."""
    done, out = _empty(), io.BytesIO()
    for message in catalog:
        if message.id and _single(message.string):
            done.add(message.id, message.string, context=message.context)
    write_mo(out, done)
    return out.getvalue()


def compiled() -> dict[Key, str]:
    """The translations of the compiled file."""
    if not MO.exists():
        return {}
    with MO.open("rb") as file:
        catalog = read_mo(file)
    for message in catalog:  # Babel leaves the context of a compiled text as bytes.
        if isinstance(message.context, bytes):
            message.context = message.context.decode()
    return {key(m): _single(m.string) for m in catalog if m.id}


def faults() -> list[str]:
    """What is wrong with the kept catalogue, one line each; empty when all is well."""
    catalog = merged()
    found = [f"no translation: {m.id!r}" for m in catalog if m.id and not _single(m.string)]
    found += [f"placeholders differ: {m.id!r}" for m in catalog if m.id and _placeholders_differ(m)]
    if not PO.exists() or PO.read_text(encoding="utf-8") != po_text(catalog):
        found.append(f"{PO.name} is not up to date: run tools/messages.py update")
    if compiled() != {key(m): _single(m.string) for m in catalog if m.id and _single(m.string)}:
        found.append(f"{MO.name} is not compiled from {PO.name}: run tools/messages.py update")
    return found


def _placeholders_differ(message: Message) -> bool:
    source = message.id if isinstance(message.id, str) else message.id[1]
    text = _single(message.string)
    return bool(text) and set(_PLACEHOLDER.findall(source)) != set(_PLACEHOLDER.findall(text))


def update() -> Catalog:
    """Rewrite both files from the sources and the kept translations."""
    catalog = merged()
    PO.parent.mkdir(parents=True, exist_ok=True)
    PO.write_text(po_text(catalog), encoding="utf-8")
    MO.write_bytes(mo_bytes(catalog))
    return catalog


def main(argv: list[str]) -> int:
    """Run one command; the exit code is 1 where something is left to do."""
    if not settings.configured:
        settings.configure()
    if argv not in (["update"], ["check"]):
        print(__doc__)
        return 2
    if argv == ["update"]:
        update()
    found = faults()
    print("\n".join(found) or "every text has its Indonesian")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
