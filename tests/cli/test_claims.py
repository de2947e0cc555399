"""``rukun talk claims``: what posts state about the count and what the forms answer."""

from __future__ import annotations

import json

import polars as pl
import pytest
from typer.testing import CliRunner

from rukun.cli import app
from rukun.talk.posts import POSTS
from tests.house import ROOT

EXAMPLE = ROOT / "examples" / "jembrana-2024"
FALSE = "Pilbup TPS 7 Yehembang paslon 1 dapat 180 suara"
LINES = [FALSE, "Apa benar paslon 1 dapat 180 suara di TPS 7 Yehembang, pilbup?", "Curang semua"]


def told(*words):
    return CliRunner().invoke(app, ["talk", "claims", *map(str, words), "--frame", str(EXAMPLE)])


@pytest.fixture
def posts(tmp_path):
    path = tmp_path / "posts.txt"
    path.write_text("\n".join(LINES), encoding="utf-8")
    return path


def test_claims_are_listed_with_the_answer_of_the_forms(posts):
    forms = EXAMPLE / "exercise" / "official.csv"
    done = told(posts, "--forms", forms, "--lang", "en", "--json")
    assert done.exit_code == 0
    said = json.loads(done.stdout)
    (claim,) = said["claims"]
    assert (claim["posts"], claim["verdict"], claim["likeness"]) == (2, "differs", ["swapped"])
    assert said["basis"] == "exercise"
    assert claim["answer"].startswith("EXERCISE")


def test_without_forms_nothing_is_said_about_them(posts):
    done = told(posts, "--lang", "id")
    assert done.exit_code == 0
    assert "belum dapat menyatakan" in done.stdout
    assert "LATIHAN" not in done.stdout


@pytest.mark.parametrize("suffix", [".csv", ".parquet"])
def test_tables_of_posts_are_read_too(tmp_path, suffix):
    path = tmp_path / f"posts{suffix}"
    table = pl.DataFrame({"post_id": ["x:1"], "text": [FALSE], "posted_at": ["2024-11-28T01:00Z"]})
    if suffix == ".csv":
        table.write_csv(path)
    else:
        at = pl.lit(None, dtype=next(c.dtype for c in POSTS if c.name == "posted_at"))
        table.with_columns(posted_at=at).write_parquet(path)
    (claim,) = json.loads(told(path, "--json").stdout)["claims"]
    assert (claim["place"], claim["posts"]) == ("5101022008007", 1)


def test_what_cannot_be_read_is_said_in_the_readers_language(tmp_path):
    empty = tmp_path / "empty.txt"
    empty.write_text("\n\n", encoding="utf-8")
    for path, said in (
        (empty, "tidak berisi unggahan"),
        (tmp_path / "x.csv", "tidak dapat dibaca"),
    ):
        done = told(path, "--lang", "id")
        assert done.exit_code == 2
        assert said in done.stderr
