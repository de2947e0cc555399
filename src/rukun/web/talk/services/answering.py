"""Claims beside the forms of the count, and the answers that people release.

A reader's verdict rests on the forms that this reader may see. A released answer is read by both
camps, so it rests on the forms that are open to everybody, whoever releases it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from typing import Any, Final

from django.core.cache import cache
from django.db.models import Max, Q, QuerySet, Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from rukun.brief.answer_checks import OPEN, judged
from rukun.brief.answers import Answer as Found
from rukun.brief.answers import Evidence, Used, answer
from rukun.errors import UserError
from rukun.web.core.models import User
from rukun.web.core.services import change
from rukun.web.count.models import Place, StoredForm
from rukun.web.count.opening import open_to_all
from rukun.web.count.queries import visible_to
from rukun.web.count.tables import batches, below, forms_table, frame_from
from rukun.web.talk.models import Answer, Case, Claim
from rukun.web.talk.services.reviewing import must_be_in_area, refuse_names

#: Longest answer that is taken, and shortest.
LONGEST: Final = 4000
SHORTEST: Final = 10
#: Claims whose verdicts are worked out while somebody waits for a page.
MOST_NOW: Final = 2_000
#: Villages whose forms are read at a time: databases bound the length of a question.
_AT_ONCE: Final = 100
_DAY: Final = 24 * 3600


def row_of(claim: Claim) -> dict[str, Any]:
    """The claim as the pure wings know it."""
    return {
        **claim.data,
        "claim": claim.code,
        "kind": claim.kind,
        "contest": claim.contest or None,
        "place": claim.place_id,
        "text": claim.text,
        "checkable": claim.checkable,
    }


def for_reader(user: Any, claim: Claim) -> tuple[Found, Evidence]:
    """What the forms that this person may see say of a claim, now."""
    return _answered(visible_to(user), claim)


def for_everybody(claim: Claim) -> tuple[Found, Evidence]:
    """What the forms that are open to everybody say of a claim, now."""
    return _answered(open_to_all(StoredForm.objects.all()), claim)


def _answered(forms: QuerySet[StoredForm], claim: Claim) -> tuple[Found, Evidence]:
    at = evidence(forms, [claim.place]) if claim.place else _without_place(claim)
    return answer(row_of(claim), at), at


def evidence(forms: QuerySet[StoredForm], places: Iterable[Place]) -> Evidence:
    """The forms in force among ``forms`` at these places and at those beside them."""
    around, at = Q(), Q()
    for path in _paths_above(places):
        around |= below(path) | Q(code__in=path.rstrip("/").split("/"))
        at |= Q(place__path__gte=path, place__path__lt=path[:-1] + "0")
    frame = frame_from(Place.objects.filter(around))
    return Evidence.of(forms_table(forms.filter(at, current=True)), frame)


def _paths_above(places: Iterable[Place]) -> list[str]:
    """The paths of the places above these, none of which lies in another."""
    kept: list[str] = []
    for path in sorted({"/".join(p.codes[:-1] or p.codes) + "/" for p in places}):
        if not kept or not path.startswith(kept[-1]):
            kept.append(path)
    return kept


def _without_place(claim: Claim) -> Evidence:
    """No forms, and enough places to name what the claim may be about."""
    named = Place.objects.filter(pk__in=claim.data.get("candidates") or [])
    codes = {code for place in named for code in place.codes}
    above = Q(kind__in=("country", "province", "regency"))
    frame = frame_from(Place.objects.filter(above | Q(pk__in=codes)))
    return Evidence.of(forms_table(StoredForm.objects.none()), frame)


def verdicts(claims: Sequence[Claim]) -> list[str]:
    """The verdict on each claim by the forms that everybody may see."""
    found: dict[str, str] = {}
    placed = [c for c in claims if c.checkable and c.place_id]
    places = Place.objects.in_bulk({c.place_id for c in placed})
    forms = open_to_all(StoredForm.objects.all())
    for some in batches(_paths_above(places.values()), _AT_ONCE):
        inside = [c for c in placed if c.code not in found and _in(places[c.place_id], some)]
        at = evidence(forms, [places[c.place_id] for c in inside])
        found |= {c.code: judged(at, row_of(c)).verdict for c in inside}
    return [found.get(c.code, OPEN) for c in claims]


def _in(place: Place, paths: Sequence[str]) -> bool:
    return place.path.startswith(tuple(paths))


def verdicts_now() -> dict[str, str] | None:
    """The verdict on every standing claim by the forms everybody may see, as they are now; None
    where there are more claims than a page can wait for."""
    if Claim.objects.filter(stands=True, checkable=True).count() > MOST_NOW:
        return None
    key = f"verdicts-{_forms_mark()}-{Claim.objects.aggregate(w=Max('work'))['w']}"
    found = cache.get(key)
    if found is None:
        claims = list(Claim.objects.filter(stands=True))
        found = {c.code: v for c, v in zip(claims, verdicts(claims), strict=True)}
        cache.set(key, found, _DAY)
    return dict(found)


def _forms_mark() -> str:
    """Changes whenever another form comes into force."""
    mark = StoredForm.objects.filter(current=True).aggregate(last=Max("pk"), all=Sum("pk"))
    return f"{mark['last']}-{mark['all']}"


def facts_of(found: Found) -> list[dict[str, Any]]:
    """The statements an answer rests on, as they are kept with it."""
    return [_fact(u) for u in found.used]


def _fact(used: Used) -> dict[str, Any]:
    whole = used.value.denominator == 1
    return {
        "contest": used.contest,
        "place": used.place,
        "source": used.source,
        "kind": used.kind,
        "version": used.version,
        "field": used.field,
        "value": int(used.value) if whole else round(float(used.value), 4),
        "entered_at": used.entered_at.isoformat() if used.entered_at else None,
        "exercise": used.exercise,
        "derived": used.derived,
    }


def mark_of(verdict: str, facts: Sequence[dict[str, Any]]) -> str:
    """A fingerprint of a verdict with the figures it rests on."""
    text = json.dumps([verdict, *facts], sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def is_stale(released: Answer, found: Found) -> bool:
    """Whether the forms say something else now than when the answer was released."""
    then = mark_of(released.verdict, released.facts)
    return then != mark_of(found.verdict, facts_of(found))


def release(user: Any, code: str, mark: str, text_id: str, text_en: str) -> Answer:
    """Release an answer that a person edited. ``mark`` is the fingerprint of the verdict and the
    figures that were on the page; raises ``UserError`` where the forms have changed since."""
    texts = [_said(text) for text in (text_id, text_en)]
    refuse_names(*texts)
    with change(user, "talk.answer") as log:
        claim = Claim.objects.select_for_update(of=("self",)).get(pk=code)
        _must_lie_in(user, claim)
        found, _at = for_everybody(claim)
        facts = facts_of(found)
        if mark != mark_of(found.verdict, facts):
            raise UserError(
                "answer-forms-changed",
                _("the forms have changed since this page was opened."),
                _("Read the verdict again; the draft is made anew."),
            )
        made = _kept(claim, user, found.verdict, facts, texts)
        log("talk.answer.released", made, _logged(made))
    return made


def _must_lie_in(user: Any, claim: Claim) -> None:
    """Who has an area answers what is said of it, and of no place."""
    must_be_in_area(User.objects.get(pk=user.pk), Case(place_id=claim.place_id))


def _kept(
    claim: Claim, user: Any, verdict: str, facts: list[dict[str, Any]], texts: Sequence[str]
) -> Answer:
    """The next version; the very same answer is not released twice."""
    last = claim.answers.first()
    if last and not last.withdrawn_at and _same(last, verdict, facts, texts):
        raise UserError(
            "answer-same",
            _("this very answer is released already."),
            _("Change the text to release another version."),
        )
    return Answer.objects.create(
        claim=claim,
        version=last.version + 1 if last else 1,
        verdict=verdict,
        text_id=texts[0],
        text_en=texts[1],
        facts=facts,
        by=User.objects.get(pk=user.pk),
        at=timezone.now(),
    )


def _same(last: Answer, verdict: str, facts: list[dict[str, Any]], texts: Sequence[str]) -> bool:
    told = [last.text_id, last.text_en] == list(texts)
    return told and mark_of(last.verdict, last.facts) == mark_of(verdict, facts)


def withdraw(user: Any, number: int, why: str) -> Answer:
    """Take a released answer back, with the reason. It stays on the page, marked."""
    refuse_names(why)
    reason = _said(why, 3)
    with change(user, "talk.answer") as log:
        made = Answer.objects.select_for_update(of=("self",)).get(pk=number)
        _must_lie_in(user, made.claim)
        if made.withdrawn_at is not None:
            raise UserError(
                "answer-withdrawn",
                _("this answer is withdrawn already."),
                _("Load the page again to see who did it, and why."),
            )
        made.withdrawn_at, made.withdrawn_why = timezone.now(), reason
        made.withdrawn_by = User.objects.get(pk=user.pk)
        made.save()
        log("talk.answer.withdrawn", made, _logged(made) | {"reason": reason})
    return made


def _logged(made: Answer) -> dict[str, Any]:
    return {
        "claim": made.claim_id,
        "version": made.version,
        "verdict": made.verdict,
        "facts": mark_of(made.verdict, made.facts),
    }


def _said(text: str, shortest: int = SHORTEST) -> str:
    plain = "".join(c for c in text if c.isprintable() or c in "\n\t").strip()
    if len(plain) < shortest:
        raise UserError(
            "answer-empty",
            _("a text is missing."),
            _("Write the answer in both languages, or the reason in a few words."),
        )
    if len(plain) > LONGEST:
        raise UserError(
            "answer-long",
            _("the text is longer than %(n)d letters.") % {"n": LONGEST},
            _("Say it shorter: an answer that is read is short."),
        )
    return plain
