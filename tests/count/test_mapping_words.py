"""Every sentence about a mapping has its Indonesian."""

from __future__ import annotations

import pytest

from rukun.count.readers import table_mapping
from rukun.errors import UserError

BAD = [
    {"colums": {}},
    {"surprise": {}},
    {"file": {"encodng": "utf-8"}},
    {"columns": {"A": "votes_x1"}},
    {"columns": {"A": "zzzz"}},
    {"columns": {"A": "valid", "B": "valid"}},
    {"constants": {"valid": "3"}},
    {"constants": {"sourc": "official"}},
    {"constants": {"source": 3}},
    {"values": {"nothing": {}}},
    {"values": {"source": {"KPU": 3}}},
    {"place": {"columns": ["a"], "widths": [99]}},
    {"place": {"columns": ["a"], "widths": [3, 3]}},
    {"file": {"encoding": "ebcdic"}},
    {"file": {"sheet": 3}},
    {"file": {"skip_rows": -1}},
]


@pytest.mark.parametrize("raw", BAD, ids=str)
def test_a_refused_mapping_is_explained_in_both_languages(raw):
    with pytest.raises(UserError) as refused:
        table_mapping(raw)
    english, indonesian = refused.value.say("en"), refused.value.say("id")
    assert all(indonesian)
    assert indonesian[0] != english[0]
    assert indonesian[1] != english[1]


def test_a_file_that_is_not_toml_is_explained_in_both_languages(tmp_path):
    (tmp_path / "m.toml").write_text("= no")
    with pytest.raises(UserError) as refused:
        table_mapping(tmp_path / "m.toml")
    assert refused.value.say("id")[0].startswith("pemetaan tidak dapat dibaca")
