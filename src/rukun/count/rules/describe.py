"""Findings as sentences, in English and Indonesian, from the register."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from rukun.count.forms import field
from rukun.count.rules.model import Text
from rukun.count.rules.registry import RULES

#: Figures that are derived, not printed on a form.
DERIVED: Final[Mapping[str, Text]] = {
    "turnout": Text("turnout", "tingkat kehadiran"),
    "votes": Text("votes of all choices", "suara semua pilihan"),
}
_SOURCES: Final[Mapping[str, Text]] = {
    "official": Text("official form", "formulir resmi"),
    "supervisor": Text("supervisor", "pengawas"),
    "observer": Text("observer", "pemantau"),
    "recap": Text("recapitulation column", "kolom rekapitulasi"),
    "feed": Text("publication", "publikasi"),
}
_WITNESS: Final = Text("witnesses of pair {}", "saksi pasangan {}")
_NOT_STATED: Final = Text("not stated", "tidak dinyatakan")


def describe(finding: Mapping[str, Any], lang: str) -> str:
    """The sentence of a finding (a row of ``FINDINGS`` by column name) in ``en`` or ``id``.

    Numbers are grouped by a thin space in both languages: neither 1,234 nor 1.234 can be misread.
    """
    code, name = str(finding["code"]), str(finding["field"])
    if code == "A2":
        under, name = name.split(".", 1)
        rest = describe({**finding, "code": under, "field": name}, lang)
        return RULES["A2"].finding.say(lang) + rest[0].lower() + rest[1:]
    found, expected = finding.get("found"), finding.get("expected")
    apart = None if found is None or expected is None else abs(found - expected)
    sentence = (
        RULES[code]
        .sentence(name)
        .say(lang)
        .format(
            field=field_label(name, lang),
            found=_figure(name, found, lang),
            expected=_figure(name, expected, lang),
            difference=_figure(name, apart, lang),
            sources=", ".join(source_label(s, lang) for s in finding.get("sources") or ()),
        )
    )
    return sentence[0].upper() + sentence[1:]


def field_label(name: str, lang: str) -> str:
    """The label of a field or derived figure; its own name where it has none."""
    if name in DERIVED:
        return DERIVED[name].say(lang)
    try:
        known = field(name)
    except KeyError:
        return name
    return Text(known.en, known.id).say(lang)


def source_label(source: str, lang: str) -> str:
    """A source in words: *witnesses of pair 1*, *formulir resmi*."""
    if source.startswith("witness:"):
        return _WITNESS.say(lang).format(source.removeprefix("witness:"))
    return _SOURCES[source].say(lang) if source in _SOURCES else source


def grouped(number: int) -> str:
    """``1234`` as 1 234: a thin space that does not break, the same in both languages."""
    return f"{number:,}".replace(",", "\u202f")


def _figure(name: str, number: int | None, lang: str) -> str:
    if number is None:
        return _NOT_STATED.say(lang)
    if name == "turnout":
        mark = "," if lang == "id" else "."
        return f"{number // 100}{mark}{number % 100:02d} %"
    return grouped(number)
