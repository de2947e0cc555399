"""Tables with columns of their own, read through a small TOML mapping."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from rukun.count.readers import TableMapping, read_forms, table_mapping
from rukun.errors import UserError
from tests.count.reading import TPS, VILLAGE, frame, only, places, read

TOML = """
[columns]
"Kode TPS" = "place"
"Paslon 01" = "votes_1"
"Paslon 02" = "votes_2"
"Suara sah" = "valid"
"Pihak" = "source"

[constants]
contest = "bupati"
kind = "c_hasil"

[numbers]
thousands = "."

[file]
encoding = "cp1252"
delimiter = ";"
skip_rows = 1
ignore = ["Catatan"]

[values.source]
"KPU" = "official"
"Saksi 1" = "witness:1"

[values.valid]
"-" = ""
"""
TABLE = f"""Rekapitulasi désa
Catatan;Kode TPS;Pihak;Paslon 01;Paslon 02;Suara sah
a;{TPS[0]};KPU;1.010;20;1.030
b;{TPS[1]};Saksi 1;10;20;-
"""


def test_a_table_is_read_through_its_mapping(tmp_path):
    (tmp_path / "map.toml").write_text(TOML)
    path = tmp_path / "rekap.csv"
    path.write_bytes(TABLE.encode("cp1252"))
    got = read_forms(path, frame(), tmp_path / "map.toml")
    assert got.problems == []
    assert got.forms.select("place", "source", "votes_1", "valid", "origin_row").rows() == [
        (TPS[0], "official", 1010, 1030, 3),
        (TPS[1], "witness:1", 10, None, 4),
    ]


def test_a_mapping_may_be_given_as_a_table(tmp_path):
    got = read(tmp_path, TABLE.encode("cp1252"), mapping=tomllib.loads(TOML))
    assert got.problems == [] and got.forms.height == 2


def test_a_place_is_put_together_from_its_parts(tmp_path):
    text = f"desa,no,votes_1\n{VILLAGE},1,5\n{VILLAGE},10,6\n{VILLAGE},77,7\n"
    mapping = {
        "constants": {"contest": "bupati", "kind": "c_hasil", "source": "official"},
        "place": {"columns": ["desa", "no"], "widths": [10, 3]},
    }
    got = read(tmp_path, text, mapping=mapping)
    assert places(got) == [TPS[0], TPS[3]]
    assert only(got, "place-unknown").value == f"{VILLAGE}077"
    lacking = read(tmp_path, text.replace("no,", "nomor,"), mapping=mapping)
    said = [p.why for p in lacking.problems if p.code == "column-missing"]
    assert lacking.forms.is_empty() and "“no”" in said[0]


def test_a_column_that_the_mapping_names_and_the_file_lacks_is_said(tmp_path):
    got = read(
        tmp_path, TABLE.replace("Suara sah", "Sah").encode("cp1252"), mapping=tomllib.loads(TOML)
    )
    assert "“Suara sah”" in only(got, "column-missing").why


def test_the_zone_of_the_mapping_holds_for_times_without_one(tmp_path):
    text = f"contest,place,source,kind,votes_1,entered_at\nbupati,{TPS[0]},official,c_hasil,1,2024-11-27 14:00\n"
    got = read(tmp_path, text, mapping={"file": {"zone": "WIT"}})
    assert got.forms.item(0, "entered_at").hour == 5


BROKEN = [
    ({"colums": {}}, "mapping-section", "columns"),
    ({"columns": {"Sah": "vallid"}}, "mapping-key", "valid"),
    ({"columns": {"a": "valid", "b": "valid"}}, "mapping-key", "one column"),
    ({"columns": {"a": 5}}, "mapping-key", "fields.md"),
    ({"constants": {"valid": "5"}}, "mapping-key", "never constants"),
    ({"constants": {"sorce": "official"}}, "mapping-key", "source"),
    ({"constants": {"contest": 5}}, "mapping-key", 'contest = "5"'),
    ({"numbers": {"thousands": "'"}}, "mapping-key", "'.'"),
    ({"numbers": {"decimal": ","}}, "mapping-key", "thousands"),
    ({"file": {"encoding": "ebcdic"}}, "mapping-key", "cp1252"),
    ({"file": {"delimiter": "::"}}, "mapping-key", "';'"),
    ({"file": {"skip_rows": -1}}, "mapping-key", "0 to 1000"),
    ({"file": {"skip_rows": True}}, "mapping-key", "0 to 1000"),
    ({"file": {"zone": "UTC"}}, "mapping-key", "WITA"),
    ({"file": {"sheet": 3}}, "mapping-key", "quotes"),
    ({"values": {"sorce": {"a": "b"}}}, "mapping-key", "values.source"),
    ({"values": {"source": {"a": 5}}}, "mapping-key", "quotes"),
    ({"place": {"columns": ["a"], "widths": [10, 3]}}, "mapping-key", "One width"),
    ({"place": {"columns": ["a"], "widths": [99]}}, "mapping-key", "[10, 3]"),
    ({"file": 5}, "mapping-section", "file"),
]


@pytest.mark.parametrize(("mapping", "code", "said"), BROKEN, ids=lambda v: str(v)[:40])
def test_a_mapping_that_cannot_be_used_says_what_to_write(mapping, code, said):
    with pytest.raises(UserError) as err:
        table_mapping(mapping)
    assert err.value.code == code and said in f"{err.value}"


@pytest.mark.parametrize("content", [b"[columns", b"\xff\xfe", None])
def test_a_mapping_file_that_cannot_be_read(tmp_path, content):
    path = tmp_path / "map.toml"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(UserError) as err:
        table_mapping(path)
    assert err.value.where == str(path)


def test_no_mapping_is_the_empty_one():
    assert table_mapping(None) == table_mapping({}) == TableMapping()


def test_every_mapping_of_the_how_to_can_be_used():
    page = Path(__file__).parents[2] / "docs" / "how-to" / "import-your-files.md"
    blocks = re.findall(r"```toml\n(.*?)```", page.read_text("utf-8"), re.DOTALL)
    assert len(blocks) >= 2
    for block in blocks:
        assert table_mapping(tomllib.loads(block)) != TableMapping()
