"""Answers to claims about the count: the verdict, the forms it rests on, and a draft to edit.

A pure join: a claim (``rukun.talk.claims``), and forms in force, states and findings
(``rukun.count``). The caller passes only forms that the reader may see. A draft is never sent by
itself: a person edits and releases it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

import polars as pl

from rukun.brief.answer_checks import REASONS, VERDICTS, judged
from rukun.brief.answer_drafts import Writer
from rukun.brief.answer_evidence import Evidence, Used
from rukun.brief.answer_likeness import Likeness
from rukun.tables import UTC_TIME, Column, conform, empty
from rukun.talk.claims.schema import OPEN

__all__ = [
    "ANSWERS",
    "REASONS",
    "VERDICTS",
    "Answer",
    "Evidence",
    "Likeness",
    "Used",
    "answer",
    "answers",
]

_STATED: Final = pl.Struct(
    {
        "contest": pl.String,
        "place": pl.String,
        "source": pl.String,
        "kind": pl.String,
        "version": pl.Int64,
        "field": pl.String,
        "value": pl.Float64,
        "entered_at": UTC_TIME,
        "exercise": pl.Boolean,
    }
)
ANSWERS: Final[tuple[Column, ...]] = (
    Column("claim", pl.String, "code", False, "Claim that is answered."),
    Column("verdict", pl.String, "word", False, "agrees, differs or cannot_be_said."),
    Column("reason", pl.String, "word", True, f"Why not: {', '.join((*REASONS, *OPEN))}."),
    Column(
        "stated",
        pl.List(_STATED),
        "field's",
        False,
        "What forms state; shares in hundredths of a percent.",
    ),
    Column("findings", pl.List(pl.String), "codes", False, "Rules that the place's forms break."),
    Column("likeness", pl.List(pl.String), "words", False, "What the claimed figure resembles."),
    Column("exercise", pl.Boolean, "yes/no", False, "Whether a form used is made up for practice."),
    Column("draft_id", pl.String, "text", False, "Draft answer, Indonesian."),
    Column("draft_en", pl.String, "text", False, "Draft answer, English."),
)


@dataclass(frozen=True)
class Answer:
    """One claim answered: ``used`` are the statements of forms, ``findings`` rows of FINDINGS."""

    claim: str
    verdict: str
    reason: str | None
    used: tuple[Used, ...]
    findings: tuple[Mapping[str, Any], ...]
    likeness: tuple[Likeness, ...]
    exercise: bool
    draft_en: str
    draft_id: str

    def draft(self, lang: str) -> str:
        """The draft in ``id`` or ``en``."""
        return self.draft_id if lang == "id" else self.draft_en


def answer(claim: Mapping[str, Any], evidence: Evidence) -> Answer:
    """The answer to one claim (a row of CLAIMS or GROUPED by column name)."""
    found = judged(evidence, claim)
    findings = _findings(claim, evidence, found.used)
    exercise = any(u.exercise for u in found.used)
    drafts = [
        Writer(evidence, lang).draft(claim, found, findings, exercise) for lang in ("en", "id")
    ]
    return Answer(
        claim["claim"],
        found.verdict,
        found.reason,
        found.used,
        tuple(findings),
        found.likeness,
        exercise,
        drafts[0],
        drafts[1],
    )


def answers(claims: pl.DataFrame, evidence: Evidence) -> pl.DataFrame:
    """Every claim of a table answered once (schema ANSWERS), in the table's order."""
    once = claims.unique("claim", keep="first", maintain_order=True)
    rows = [_row(answer(c, evidence)) for c in once.iter_rows(named=True)]
    if not rows:
        return empty(ANSWERS)
    return conform(
        pl.DataFrame(rows, schema={c.name: c.dtype for c in ANSWERS}), ANSWERS, "answers"
    )


def _findings(
    claim: Mapping[str, Any], evidence: Evidence, used: Iterable[Used]
) -> list[dict[str, Any]]:
    """Findings about the claim's place, in the contests that the answer speaks of."""
    if claim["place"] is None:
        return []
    contests = {u.contest for u in used} | ({claim["contest"]} if claim["contest"] else set())
    return [f for c in sorted(contests) for f in evidence.found(c, claim["place"])]


def _row(found: Answer) -> dict[str, Any]:
    return {
        "claim": found.claim,
        "verdict": found.verdict,
        "reason": found.reason,
        "stated": [
            {n: getattr(u, n) for n in _STATED.to_schema()} | {"value": float(u.value)}
            for u in found.used
        ],
        "findings": list(dict.fromkeys(str(f["code"]) for f in found.findings)),
        "likeness": [k.kind for k in found.likeness],
        "exercise": found.exercise,
        "draft_id": found.draft_id,
        "draft_en": found.draft_en,
    }
