"""The register of rules: one entry per rule, from which help, pages and findings are made."""

from __future__ import annotations

from typing import Final

from rukun.count.rules.model import Rule
from rukun.count.rules.register_chain import CHAIN, FEED, SOURCES
from rukun.count.rules.register_hard import HARD
from rukun.count.rules.register_plausible import PAIRED, PLAUSIBLE

#: Every rule by code, in the order in which a person reads them.
RULES: Final[dict[str, Rule]] = {
    r.code: r for r in (*HARD, *PLAUSIBLE, *PAIRED, *CHAIN, *SOURCES, *FEED)
}


def register_rows(lang: str = "en") -> list[dict[str, str]]:
    """``code, severity, formula, title, law`` of every rule, for lists and tables."""
    return [
        {
            "code": r.code,
            "severity": r.severity,
            "formula": r.formula,
            "title": r.title.say(lang),
            "law": r.law.say(lang),
        }
        for r in RULES.values()
    ]
