"""The words of problems: both languages, the same slots, every code in use."""

from __future__ import annotations

import re
from string import Formatter

import pytest

from rukun.count.readers.words_files import WORDS
from tests.house import ROOT

READERS = [
    *(ROOT / "src/rukun/files").glob("*.py"),
    *(ROOT / "src/rukun/count/readers").glob("*.py"),
    ROOT / "src/rukun/count/versions.py",
]


def slots(text):
    return {name.removesuffix("_id") for _, name, _, _ in Formatter().parse(text) if name}


@pytest.mark.parametrize("code", WORDS)
def test_both_languages_say_the_same_with_the_same_figures(code):
    words = WORDS[code]
    assert slots(words.why) == slots(words.why_id)
    assert slots(words.hint) == slots(words.hint_id)
    assert words.why != words.why_id and words.hint != words.hint_id
    assert not re.search("[!]", words.why + words.hint + words.why_id + words.hint_id)


def test_every_code_is_used_and_every_used_code_has_words():
    code = re.compile(r'"([a-z]+(?:-[a-z0-9]+)+)"')
    texts = [p.read_text("utf-8") for p in READERS if not p.name.startswith("words")]
    used = {found for text in texts for found in code.findall(text)}
    assert set(WORDS) - used == set()
