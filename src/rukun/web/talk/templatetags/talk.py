"""Tags of talk's pages: the pages beside this one, marks, and a post with its reasons underlined."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import template
from django.urls import reverse
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from rukun.talk.screen import card
from rukun.web.core.templatetags.rukun import percent
from rukun.web.talk import marks, words
from rukun.web.talk.models import Claim
from rukun.web.talk.presenters import claims

register = template.Library()

#: (name of the URL, label, permission), in the order in which a desk's day needs them.
BESIDE = (
    ("talk:pulse", _("Pulse"), "talk.read"),
    ("talk:narratives", _("Narratives"), "talk.read"),
    ("talk:claims", _("Claims"), "talk.read"),
    ("talk:queue", _("Review"), "talk.review"),
    ("talk:rings", _("Acting together"), "talk.review"),
    ("talk:referrals", _("Referrals"), "talk.refer"),
    ("talk:files", _("Bring posts"), "talk.bring_posts"),
    ("talk:screen", _("The screen"), "talk.read"),
)


@register.inclusion_tag("talk/parts/beside.html", takes_context=True)
def beside(context: template.Context) -> dict[str, object]:
    """The pages of talk that this person may open."""
    request = context["request"]
    rows = [(reverse(n), label) for n, label, perm in BESIDE if request.user.has_perm(perm)]
    here = max((u for u, _l in rows if request.path.startswith(u)), key=len, default="")
    return {"rows": [(url, label, url == here) for url, label in rows]}


@register.inclusion_tag("rukun/parts/mark.html")
def label(word: str) -> dict[str, object]:
    """The chip of a post's label."""
    return {"kind": "label", "name": word, "mark": marks.LABELS[word]}


@register.inclusion_tag("rukun/parts/mark.html")
def ring_verdict(word: str) -> dict[str, object]:
    """The chip of a ring's verdict."""
    return {"kind": "ring", "name": word, "mark": marks.RINGS[word]}


@register.inclusion_tag("rukun/parts/mark.html")
def claim_verdict(word: str) -> dict[str, object]:
    """The chip of what the forms say of a claim."""
    return {"kind": "verdict", "name": word, "mark": marks.VERDICTS[word]}


@register.filter
def claim_title(claim: Claim) -> str:
    """A claim in a few words."""
    return claims.title(claim)


@register.filter
def format_title(code: str) -> str:
    """A format of files by its name."""
    return words.format_title(code)


@register.filter
def mode_word(mode: str) -> Any:
    """How a post speaks, in words."""
    return marks.MODES.get(mode, mode)


@register.filter
def underlined(post: Any) -> SafeString:
    """The text of a post with the words that led to the verdict underlined, each with why.

    ``post`` has ``text`` and ``reasons`` (mappings with start, end, label). Spans that overlap
    are joined; everything is escaped.
    """
    spans = _joined(post.reasons, len(post.text))
    parts, at = [], 0
    for start, end, kind in spans:
        parts.append(format_html("{}", post.text[at:start]))
        parts.append(format_html('<mark class="why why-{}">{}</mark>', kind, post.text[start:end]))
        at = end
    parts.append(escape(post.text[at:]))
    return format_html_join("", "{}", ((p,) for p in parts))


def _joined(reasons: Iterable[Mapping[str, Any]], length: int) -> list[tuple[int, int, str]]:
    found: list[tuple[int, int, str]] = []
    ordered = sorted((max(0, r["start"]), min(r["end"], length), r["label"]) for r in reasons)
    for start, end, kind in ordered:
        if found and start < found[-1][1]:
            a, b, first = found[-1]
            found[-1] = (a, max(b, end), first if first != "none" else kind)
        elif start < end:
            found.append((start, end, kind))
    return found


@register.inclusion_tag("rukun/parts/mark.html")
def pulse_state(word: str) -> dict[str, object]:
    """The chip of a place's pulse on a day."""
    return {"kind": "pulse", "name": word, "mark": marks.PULSE[word]}


@register.filter
def label_word(word: str) -> Any:
    """A post's label in words."""
    return marks.LABELS[word].word


@register.filter
def verdict_word(word: str) -> Any:
    """What the forms say of a claim, in words."""
    return marks.VERDICTS[word].word


@register.filter
def work_step(step: str) -> Any:
    """What the worker is doing, in words."""
    return marks.STEPS.get(step, step)


@register.filter
def post_kind(kind: str) -> Any:
    """A kind of post in words."""
    return marks.POST_KINDS.get(kind, kind)


@register.filter
def promises(measured: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The promises of the model card with what was measured, in the reader's language."""
    rows = []
    for code, value in measured["promises"].items():
        side, limit = card.PROMISES[code]
        shown = (lambda v: f"{v:g}") if code == "swap" else percent
        sign = "≥" if side == "at least" else "≤"
        rows.append(
            {
                "name": card.WORDS[code][words.lang()],
                "wanted": f"{sign} {shown(limit)}",
                "measured": shown(value),
                "kept": card.reached(code, value),
            }
        )
    return rows
