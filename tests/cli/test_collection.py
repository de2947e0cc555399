"""``rukun talk narratives``, ``rings`` and ``pulse``: what a room works out, without a room."""

from __future__ import annotations

import json
from xml.etree import ElementTree as ET

import polars as pl
import pytest
from typer.testing import CliRunner

from rukun.cli import app
from rukun.exercise.talk import make_talk
from rukun.frame import read_frame
from rukun.talk.archive import Archive
from tests.house import ROOT

EXAMPLE = ROOT / "examples" / "jembrana-2024"
SHA = "a" * 64


@pytest.fixture(scope="module")
def made():
    forms = EXAMPLE / "exercise" / "official.csv"
    table = pl.read_csv(forms, schema_overrides={"place": pl.String})
    return make_talk(read_frame(EXAMPLE).places, table, n_posts=2500)


@pytest.fixture(scope="module")
def collection(made, tmp_path_factory):
    folder = tmp_path_factory.mktemp("koleksi")
    Archive(folder / "posts").append(made.posts.with_columns(origin=pl.lit(SHA)), SHA)
    return folder


def told(*words, code: int = 0):
    done = CliRunner().invoke(app, ["talk", *map(str, words)])
    assert done.exit_code == code, done.output
    return done.stdout


def test_narratives_are_listed_with_their_labels_and_their_posts(collection, made):
    said = json.loads(told("narratives", collection, "--json"))
    assert said["basis"] == "exercise"
    first = said["narratives"][0]
    own = {m["post_id"] for m in said["members"] if m["narrative"] == first["narrative"]}
    assert len(own) == first["posts"] == max(n["posts"] for n in said["narratives"])
    assert sum(first[w] for w in ("none", "hostile", "threat", "incite")) == first["posts"]
    assert first["first_post"] in own <= set(made.posts["post_id"])


def test_the_text_names_how_much_is_in_narratives(collection):
    text = told("narratives", collection, "--lang", "id")
    assert "LATIHAN" in text and "dari 2\u202f500 unggahan" in text


def test_rings_are_those_that_were_planted_and_go_into_a_graph(collection, made, tmp_path):
    graph, other = tmp_path / "r.graphml", tmp_path / "r.gexf"
    said = json.loads(told("rings", collection, "--json", "--graphml", graph, "--gexf", other))
    strong = {a for r in said["rings"] if r["verdict"] == "strong" for a in r["accounts"]}
    planted = set(made.accounts.filter(pl.col("plant").str.starts_with("ring"))["account"])
    assert strong and strong <= planted
    assert {a["ring"] for a in said["acts"]} == {r["ring"] for r in said["rings"]}
    nodes = {n.get("id") for n in ET.parse(graph).iter() if n.tag.endswith("node")}
    assert strong <= nodes
    assert "gexf" in other.read_text("utf-8")


def test_a_graph_that_cannot_be_written_is_said(made, tmp_path):
    few = made.posts.head(3).with_columns(origin=pl.lit(SHA))
    Archive(tmp_path / "posts").append(few, SHA)
    told("rings", tmp_path, "--graphml", tmp_path / "no" / "r.graphml", code=2)


def test_the_pulse_has_every_place_and_day_and_shows_what_rose(collection):
    table = pl.read_csv(told("pulse", collection, "--frame", EXAMPLE, "--csv").encode())
    assert {"all", "5101"} <= set(table["place"].cast(pl.String))
    assert set(table["state"]) <= {"unknown", "usual", "raised", "rise"}
    assert table.filter(pl.col("posts").is_null())["share"].null_count() == (
        table["posts"].null_count()
    )
    text = told("pulse", collection, "--frame", EXAMPLE, "--lang", "en")
    rises = table.filter(pl.col("state") == "rise").height
    assert f"{rises} rises" in text


@pytest.mark.parametrize("command", ["narratives", "rings", "pulse"])
def test_where_there_is_no_collection_it_is_said(command, tmp_path):
    frame = ("--frame", EXAMPLE) if command == "pulse" else ()
    done = CliRunner().invoke(app, ["talk", command, str(tmp_path), *map(str, frame)])
    assert done.exit_code == 2 and "rukun talk read" in done.stderr
