"""What the screen learned from the posts of several authors, and what those posts must not hold."""

from __future__ import annotations

import re

import pytest

from rukun.errors import UserError
from rukun.talk.screen import default, lexicon
from rukun.talk.screen.evaluate import HARMFUL, Case, disguised_recall, recall, swap_changes
from rukun.talk.screen.features import BUCKETS, GROUPS, grouped
from rukun.talk.screen.fields import load, shipped
from rukun.talk.screen.frames import LABELS, MODES
from rukun.talk.screen.generator.authored import PAIRED, authored
from rukun.talk.screen.scorer import WEIGHTS
from rukun.talk.screen.text import Reader
from rukun.talk.screen.train import examples
from tests.talk.screens import dev_cases

POSTS = authored()
#: A few of every author's, enough to hold a promise to and quick to read.
SOME = POSTS[::11]
READER = Reader(lexicon.shipped())


def features(text):
    return grouped(READER.readings(text)[-1].words).tolist()


def test_every_flagged_post_has_a_span_with_words_in_it():
    flagged = [(p.text, v) for p in SOME if (v := default()(p.text)).flagged]
    assert len(flagged) > 100
    assert [t for t, v in flagged if not any(t[a:b].strip() for a, b in v.spans)] == []


def test_where_no_frame_says_why_the_words_that_weigh_most_are_shown():
    learned = [
        v
        for p in SOME
        for v in [default()(p.text)]
        if v.flagged and v.reasons[-1].frame == "learned"
    ]
    assert learned
    assert all(0 < v.reasons[-1].end - v.reasons[-1].start < 120 for v in learned)


def test_there_are_several_authors_and_each_wrote_of_everything():
    groups = {}
    for p in POSTS:
        groups.setdefault(p.author, set()).add(p.group)
    assert len(groups) >= 6
    assert all(g >= {"threat_incite", "protected", "ordinary", "hostile"} for g in groups.values())
    assert set(groups) >= PAIRED


def test_authored_posts_are_distinct_and_say_what_they_are():
    texts = [p.text for p in POSTS]
    assert len(set(texts)) == len(texts)
    assert {p.label for p in POSTS} <= set(LABELS)
    assert {p.mode for p in POSTS} <= set(MODES)
    assert all((p.label in ("threat", "incite")) == (p.group == "threat_incite") for p in POSTS)


@pytest.mark.parametrize(
    "pattern",
    [
        r"(?<![\w.])@[a-z]{2}\w{2,}",
        r"https?://|www\.",
        r"(?<!\d)(?:\+?62|0)8\d(?:[ -]?\d){6,}",
        r"\b\d{16}\b",
        r"[\w.]+@[\w-]+\.\w+",
        r"(?i)\b(?:jokowi|prabowo|megawati|ganjar pranowo|anies|gibran|ahok|koster|puan maharani)\b",
        r"(?i)\b(?:pdip?|golkar|gerindra|nasdem|pks|pkb|hanura)\b",
    ],
)
def test_authored_posts_name_nobody(pattern):
    assert [p.text for p in POSTS if re.search(pattern, p.text)] == []


def test_the_weights_are_small():
    assert WEIGHTS.stat().st_size <= 1_000_000


def test_an_author_left_out_is_left_out_whole():
    kept = {e.fold for e in examples(1, without={"d"})}
    assert "d" not in kept and "a" in kept


def test_swapping_the_camps_changes_no_verdict_on_an_authored_post():
    assert swap_changes(default(), [p.text for p in SOME]) == 0


@pytest.mark.parametrize("spelling", ["leet", "dotted"])
def test_disguised_spelling_hides_little(spelling):
    harm = [
        Case(c["text"], c["label"], "", c["kind"]) for c in dev_cases() if c["label"] in HARMFUL
    ]
    assert recall(default(), harm) - disguised_recall(default(), harm, spelling) <= 0.03


def test_features_do_not_know_camp_or_number():
    assert features("Ayo dukung paslon 1, jam 7") == features("Ayo dukung paslon 2, jam 9")


def test_each_group_of_features_has_some_and_each_once():
    found = features("Kalau paslon 1 menang, rumah kalian kami bakar")
    assert {f // BUCKETS for f in found} == set(range(len(GROUPS)))
    assert len(set(found)) == len(found)


@pytest.mark.parametrize(
    ("word", "field", "form"),
    [
        ("membunuh", "kill", "does"),
        ("dipenggal", "kill", "done"),
        ("kupenggal", "kill", "mine"),
        ("obong", "burn", ""),
        ("anakmu", "kin", "yours"),
        ("gawat", "", ""),
    ],
)
def test_a_word_lies_in_the_field_of_its_stem(word, field, form):
    fields, found = shipped().stem(word)
    assert ((fields or ("",))[0], found) == (field, form)


def test_a_phrase_lies_in_one_field():
    words = READER.readings("masuk liang lahat")[-1].words
    assert [t.field for t in shipped().tags(words)][-1] == "grave"


def test_fields_that_are_no_toml_are_named(tmp_path):
    path = tmp_path / "fields.toml"
    path.write_text('kill = "bunuh')
    with pytest.raises(UserError, match="quotation mark"):
        load(path)
