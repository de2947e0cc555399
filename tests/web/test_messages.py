"""Every text on screen has its Indonesian, and the kept files are those of the sources."""

from __future__ import annotations

from tools import messages


def test_every_text_has_its_indonesian_and_both_files_are_up_to_date():
    assert messages.faults() == []


def test_texts_of_modules_and_templates_are_both_found():
    found = {messages.key(m) for m in messages.collect()}
    assert (None, "Saved.") in found
    assert (None, "Skip to the content") in found
    assert ("state", "agreed") in found
    assert ("account", "State") in found


def test_a_text_without_translation_is_a_fault(monkeypatch):
    monkeypatch.setattr(messages, "BORROWED", ("A text nobody has translated",))
    assert "no translation: 'A text nobody has translated'" in messages.faults()


def test_the_kept_catalogue_holds_no_line_numbers_and_no_dates():
    text = messages.PO.read_text(encoding="utf-8")
    assert "#: " not in text and "Date" not in text
