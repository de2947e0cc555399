"""The screen to try: a sentence in, what it makes of it and why; and how well it does."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from rukun.errors import UserError
from rukun.talk.scored import Recipe
from rukun.talk.screen import Screen, Verdict, card
from rukun.talk.screen import frames as grammar
from rukun.web.core.reading import needs
from rukun.web.talk import storage, words
from rukun.web.talk.services.working import recipe_now


class TryForm(forms.Form):
    """A sentence to try. It is read and forgotten."""

    text = forms.CharField(
        label=gettext_lazy("Sentence"),
        max_length=5_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("It is read once and kept nowhere."),
    )


@needs("talk.read")
def screen_page(request: HttpRequest) -> HttpResponse:
    """Try a sentence; which word lists are in use."""
    form = TryForm(request.POST or None)
    recipe, broken = _recipe()
    context: dict[str, Any] = {
        "form": form,
        "broken": broken,
        "lists": [p.name for p in storage.desk_lists()],
        "calibration": recipe.calibration,
    }
    if request.method == "POST" and form.is_valid():
        text = form.cleaned_data["text"]
        context |= {"shown": _shown(text, recipe.screen()(text))}
    return render(request, "talk/screen.html", context)


def _recipe() -> tuple[Recipe, str]:
    """The room's screen; the shipped lists and what is wrong where the desk's own are broken."""
    recipe = recipe_now()
    try:
        _made: Screen = recipe.screen()
    except UserError as err:
        said = " ".join(filter(None, (err.where, *err.say(words.lang()))))
        return Recipe(calibration=recipe.calibration), said
    return recipe, ""


@dataclass(frozen=True)
class Tried:
    """A sentence with its verdict: spans as a post has them, and why in words."""

    text: str
    reasons: list[dict[str, Any]]
    said: list[dict[str, Any]]
    verdict: Verdict


def _shown(text: str, verdict: Verdict) -> Tried:
    """A verdict with its reasons in the reader's language."""
    frames = grammar.shipped()
    says = {f.name: f.say(words.lang()) for f in (*frames.scopes, *frames.frames)}
    spans = [{"start": r.start, "end": r.end, "label": r.label} for r in verdict.reasons]
    reasons = [
        {"words": text[r.start : r.end], "why": says.get(r.frame, r.frame), "label": r.label}
        for r in verdict.reasons
    ]
    return Tried(text, spans, reasons, verdict)


@needs("talk.read")
@require_GET
def card_page(request: HttpRequest) -> HttpResponse:
    """The model card: what the screen was made from, and how it does kind by kind."""
    return render(request, "talk/card.html", {"card": card.kept(), "lang": words.lang()})
