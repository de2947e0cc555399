"""The chain says which row is bad, whatever was done to it."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rukun.ledger import GENESIS, REASONS, Entry, Head, canonical, entry_hash, seal, verify

AT = "2024-11-27T08:00:00.000000Z"


def chain(length: int) -> list[Entry]:
    rows: list[Entry] = []
    for n in range(length):
        last = Head(rows[-1].seq, rows[-1].hash) if rows else None
        rows.append(seal(last, AT, "sari", "typist", "count.form.stored", f"form:{n}", {"n": n}))
    return rows


def test_an_unbroken_chain_is_sound():
    rows = chain(7)
    found = verify(rows, Head(7, rows[6].hash))
    assert found.sound
    assert (found.count, found.head) == (7, rows[6].hash)


def test_an_empty_chain_is_sound_and_starts_at_zeros():
    assert verify([]).head == GENESIS


def test_the_hash_can_be_redone_with_json_and_sha256_alone():
    row = chain(2)[1]
    fields = [row.seq, row.at, row.actor, row.role, row.action, row.object, row.data, row.prev]
    text = json.dumps(fields, separators=(",", ":"))
    assert hashlib.sha256(text.encode()).hexdigest() == row.hash


def test_a_known_hash_never_changes():
    got = entry_hash(1, AT, "sari", "typist", "a.b", "c", '{"n":1}', GENESIS)
    assert got == "d3d43ad7f0258dd52c542ce13902284eb5ce84bc64cadedae8e9e3df7594c12b"


@pytest.mark.parametrize(
    "field", ["at", "actor", "role", "action", "object", "data", "prev", "hash"]
)
def test_an_edited_field_names_its_row(field):
    rows = chain(5)
    rows[2] = replace(rows[2], **{field: "x" * 64})
    found = verify(rows)
    assert (found.seq, found.reason) == (3, "edited")


@pytest.mark.parametrize(("field", "value"), [("seq", "three"), ("data", 1.5), ("actor", b"x")])
def test_a_value_no_entry_can_hold_names_its_row(field, value):
    rows = chain(5)
    rows[2] = replace(rows[2], **{field: value})
    found = verify(rows)
    assert (found.seq, found.reason) == (3, "edited")


def test_an_edit_with_its_hash_redone_is_named_at_the_next_row():
    rows = chain(5)
    rows[2] = seal(Head(2, rows[1].hash), AT, "budi", "typist", "x", "y", {})
    found = verify(rows)
    assert (found.seq, found.reason) == (4, "replaced")


@pytest.mark.parametrize("gone", [1, 3, 4])
def test_a_deleted_row_is_named(gone):
    rows = chain(5)
    del rows[gone - 1]
    found = verify(rows)
    assert (found.seq, found.reason) == (gone, "missing")


def test_rows_that_changed_places_are_named():
    rows = chain(5)
    rows[1], rows[2] = rows[2], rows[1]
    assert (verify(rows).seq, verify(rows).reason) == (2, "missing")


def test_a_row_that_stands_twice_is_named():
    rows = chain(4)
    rows.insert(2, rows[1])
    assert (verify(rows).seq, verify(rows).reason) == (2, "order")


@pytest.mark.parametrize("left", [0, 1, 4])
def test_a_cut_tail_is_noticed_by_the_kept_head(left):
    rows = chain(5)
    head = Head(5, rows[4].hash)
    assert verify(rows[:left]).sound
    found = verify(rows[:left], head)
    assert (found.seq, found.reason) == (left + 1, "tail")


def test_a_chain_that_grew_past_the_kept_head_is_sound():
    rows = chain(5)
    assert verify(rows, Head(3, rows[2].hash)).sound


def test_a_whole_chain_written_anew_is_noticed_by_the_kept_head():
    rows = chain(5)
    found = verify(rows, Head(3, chain(2)[1].hash))
    assert (found.seq, found.reason) == (3, "rewritten")


def test_every_reason_has_words():
    for reason in REASONS:
        found = replace(verify([]), seq=9, reason=reason)
        assert str(found) == f"row 9: {REASONS[reason]}"


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@given(json_values)
def test_canonical_json_reads_back_and_has_one_spelling(value):
    text = canonical(value)
    assert text.isascii()
    assert canonical(json.loads(text)) == text


@given(st.dictionaries(st.text(), st.integers(), min_size=2, max_size=5))
def test_the_order_of_keys_does_not_matter(value):
    assert canonical(value) == canonical(dict(reversed(value.items())))


@pytest.mark.parametrize("value", [1.5, float("nan"), {"a": [1, 2.0]}, {1: "a"}, {"a": b"x"}, {3}])
def test_what_languages_spell_differently_is_refused(value):
    with pytest.raises(TypeError, match="the ledger does not take"):
        canonical(value)


@pytest.mark.parametrize("text", ["\0", "\ud800", "‮sari", "\r\nfake", "𒐫" * 50])
def test_odd_text_is_kept_as_plain_ascii(text):
    row = seal(None, AT, "sari", "typist", "a.b", "c", {"name": text})
    assert row.data.isascii() and row.data.isprintable()
    assert json.loads(row.data) == {"name": text}
    assert verify([row]).sound


@given(st.integers(2, 12), st.data())
def test_no_single_change_of_any_row_goes_unnoticed(length, data):
    rows = chain(length)
    at = data.draw(st.integers(0, length - 1))
    field = data.draw(st.sampled_from(["actor", "action", "object", "data"]))
    rows[at] = replace(rows[at], **{field: getattr(rows[at], field) + "x"})
    assert verify(rows).seq == at + 1
