"""The words of the pure wing in the reader's language."""

from __future__ import annotations

from typing import Final

from django.utils.translation import get_language

from rukun.errors import UserError
from rukun.talk import case_words, referral_words
from rukun.talk.readers import FORMATS
from rukun.talk.workflow import Lang, Words

#: Kind of word → its mapping.
KINDS: Final[dict[str, Words]] = {
    "state": case_words.STATE_WORDS,
    "step": case_words.STEP_WORDS,
    "queue": case_words.QUEUE_WORDS,
    "about": case_words.ABOUT_WORDS,
    "label": case_words.LABEL_WORDS,
    "action": case_words.ACTION_WORDS,
    "action_help": case_words.ACTION_HELP,
    "part": case_words.PART_WORDS,
    "part_help": case_words.PART_HELP,
    "level": case_words.LEVEL_WORDS,
    "threshold": case_words.THRESHOLD_HELP,
    "referral_state": referral_words.STATE_WORDS,
    "referral_step": referral_words.STEP_WORDS,
    "addressee": referral_words.ADDRESSEE_WORDS,
    "addressee_help": referral_words.ADDRESSEE_HELP,
    "notice": referral_words.NOTICES,
}


def lang() -> Lang:
    """The reader's language."""
    return "en" if (get_language() or "id").startswith("en") else "id"


def word(code: str, kind: str) -> str:
    """A code of the pure wing in words; the code itself where there are none."""
    found = KINDS[kind].get(code)
    return found[lang()] if found else code


def format_title(code: str) -> str:
    """The name of a format of files, without the marks of the documentation; else its code."""
    return next((f.title.replace("`", "") for f in FORMATS if f.code == code), code)


def told(error: UserError) -> tuple[str, str]:
    """What is wrong and what to do, as the beginning of a sentence."""
    message, hint = error.say(lang())
    return message[:1].upper() + message[1:], hint
