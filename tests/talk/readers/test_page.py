"""The page of formats and the words of problems keep up with the readers."""

from __future__ import annotations

import re
import tomllib
from string import Formatter

import pytest

from rukun.talk.readers import FORMATS, post_mapping
from rukun.talk.readers.page import formats_page, write
from rukun.talk.readers.words import WORDS
from tests.house import ROOT

READERS = [
    *(ROOT / "src/rukun/files").glob("*.py"),
    *(ROOT / "src/rukun/talk/readers").rglob("*.py"),
]


def slots(text):
    return {name.removesuffix("_id") for _, name, _, _ in Formatter().parse(text) if name}


def test_the_page_of_formats_is_up_to_date(tmp_path):
    page = (ROOT / "docs/reference/post-formats.md").read_text("utf-8")
    assert page == formats_page(), "run: python -m rukun.talk.readers.page docs/reference"
    write(tmp_path)
    assert (tmp_path / "post-formats.md").read_text("utf-8") == page


@pytest.mark.parametrize("form", FORMATS, ids=lambda f: f.code)
def test_every_format_is_on_the_page_with_how_it_is_recognised(form):
    page = formats_page()
    assert f"## {form.title}" in page and f"`{form.code}`" in page
    assert form.shape and form.tool


def test_the_mapping_that_the_guide_shows_is_one():
    guide = (ROOT / "docs/how-to/bring-posts.md").read_text("utf-8")
    (shown,) = re.findall(r"```toml\n(.*?)```", guide, re.DOTALL)
    assert post_mapping(tomllib.loads(shown)).pattern == "%d/%m/%Y %H:%M"


@pytest.mark.parametrize("code", WORDS)
def test_both_languages_say_the_same_with_the_same_figures(code):
    words = WORDS[code]
    assert slots(words.why) == slots(words.why_id)
    assert slots(words.hint) == slots(words.hint_id)
    assert words.why != words.why_id and words.hint != words.hint_id
    assert not re.search("[!]", words.why + words.hint + words.why_id + words.hint_id)


def test_every_problem_is_one_that_can_be_met():
    code = re.compile(r'"([a-z]+(?:-[a-z0-9]+)+)"')
    texts = [p.read_text("utf-8") for p in READERS if p.name != "words.py"]
    used = {found for text in texts for found in code.findall(text)}
    assert set(WORDS) - used == set()
