"""What a rule is: its code, weight, formula, source in law, and its words in both languages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, NamedTuple

from rukun.count.findings import Severity

RuleClass = Literal["hard", "strong", "plausibility", "anomaly"]


class Text(NamedTuple):
    """A sentence in English and in Indonesian."""

    en: str
    id: str

    def say(self, lang: str) -> str:
        """The Indonesian sentence where ``lang`` is ``id``, else the English one."""
        return self.id if lang == "id" else self.en


@dataclass(frozen=True, slots=True)
class Rule:
    """One entry of the register.

    ``fields`` are the fields the rule reads (``votes_n`` stands for the votes of every choice).
    ``typist`` and ``coordinator`` say what to look at on the paper, and never how to make figures
    meet. ``finding`` is the sentence of a finding with ``{field}``, ``{found}``, ``{expected}``,
    ``{difference}`` and ``{sources}``; ``variants`` holds other sentences by the finding's field.
    """

    code: str
    severity: Severity
    kind: RuleClass
    formula: str
    title: Text
    law: Text
    fields: tuple[str, ...]
    typist: Text
    coordinator: Text
    finding: Text
    variants: Mapping[str, Text]

    def sentence(self, field: str) -> Text:
        """The sentence for a finding on ``field``."""
        if field.startswith("votes_"):
            field = "votes_n"
        return self.variants.get(field, self.finding)
