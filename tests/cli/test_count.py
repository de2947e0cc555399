"""``rukun count`` as a person meets it: what is printed where, and how the command ends."""

from __future__ import annotations

import csv
import io
import json

import pytest
from typer.testing import CliRunner

from rukun.cli import app


def rukun(*words):
    return CliRunner().invoke(app, list(words))


def rows(result):
    return list(csv.DictReader(io.StringIO(result.stdout)))


FINE = (
    "contest,place,source,kind,votes_1,votes_2,valid\nregent,9901012001001,official,c_hasil,1,2,3\n"
)


def test_clean_forms_end_with_0(regency):
    (regency / "fine.csv").write_text(FINE)
    assert rukun("count", "check", "fine.csv").exit_code == 0


def test_a_finding_of_weight_error_ends_with_1(regency):
    result = rukun("count", "check", "forms.csv")
    assert result.exit_code == 1
    assert "H5" in result.stdout


def test_a_warning_alone_ends_with_0(regency):
    header, row = FINE.splitlines()
    (regency / "many.csv").write_text(
        f"{header},registered_tetap_j,cast,invalid\n"
        + row.replace(",1,2,3", ",100,400,500")
        + ",400,500,0\n"
    )
    result = rukun("count", "check", "many.csv", "--json")
    found = json.loads(result.stdout)["findings"]
    assert {f["severity"] for f in found} <= {"warning", "notice"}
    assert any(f["severity"] == "warning" for f in found)
    assert result.exit_code == 0


def test_a_row_that_cannot_be_taken_ends_with_2_and_the_rest_is_shown(regency):
    (regency / "bad.csv").write_text(FINE + "regent,9901012001002,official,c_hasil,1.234,2,3\n")
    result = rukun("count", "tally", "bad.csv")
    assert result.exit_code == 2
    assert "bad.csv, row 3, column votes_1" in result.stderr
    assert "1.234" not in result.stdout
    assert "Tirta Rukun" in result.stdout


def test_bad_input_outweighs_findings(regency):
    (regency / "bad.csv").write_text(
        "contest,place,source,kind,votes_1\nregent,1,official,c_hasil,1\n"
    )
    assert rukun("count", "check", "forms.csv", "bad.csv").exit_code == 2


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["check", "nowhere.csv"], "count-no-file"),
        (["check", "forms.csv", "--contest", "mayor"], "contest-unknown"),
        (["check", "forms.csv", "--place", "1"], "place-unknown"),
        (["check", "forms.csv", "--frame", "empty"], "frame-folder"),
        (["check", "empty"], "count-empty-folder"),
        (["check", "forms.csv", "--json", "--csv"], "output-format"),
        (["check", "forms.csv", "--lang", "fr"], "output-lang"),
        (["check", "forms.csv", "--problems", "nowhere/p.csv"], "output-file"),
        (["trail", "forms.csv", "--contest", "regent", "--choice", "9"], "choice-unknown"),
    ],
)
def test_what_a_person_can_mend_is_said_and_ends_with_2(regency, words, code):
    (regency / "empty").mkdir()
    result = rukun("count", *words)
    assert result.exit_code == 2
    assert f"[{code}]" in result.stderr
    assert "Traceback" not in result.output
    assert result.stdout == ""


def test_a_file_without_a_frame_above_it_is_said(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "forms.csv").write_text(FINE)
    result = rukun("count", "check", "forms.csv")
    assert result.exit_code == 2
    assert "[frame-not-found]" in result.stderr


def test_no_form_at_all_is_bad_input(regency):
    (regency / "none.csv").write_text(FINE.splitlines()[0] + "\n")
    result = rukun("count", "check", "none.csv")
    assert result.exit_code == 2
    assert "no form could be read" in result.stderr


def test_the_first_problems_are_listed_and_all_are_written(regency):
    bad = "".join(f"regent,9901012001001,official,c_hasil,x{n},2,3\n" for n in range(25))
    (regency / "bad.csv").write_text(FINE + bad)
    result = rukun("count", "check", "bad.csv", "--problems", "problems.csv")
    assert result.stderr.count("bad.csv, row") == 20
    assert "5 more" in result.stderr
    written = list(csv.DictReader((regency / "problems.csv").open(encoding="utf-8")))
    assert len(written) == 25
    assert written[24]["row"] == "27"


def test_csv_holds_every_finding_with_its_sentence(regency):
    found = rows(rukun("count", "check", "forms.csv", "--csv"))
    assert [(f["code"], f["place"], f["name"]) for f in found] == [
        ("H5", "9901022001001", "TPS 1, Muara")
    ]
    assert "361" in found[0]["text"]


def test_json_holds_every_table(regency):
    told = json.loads(rukun("count", "compare", "forms.csv", "--json").stdout)
    assert set(told) == {"agreement", "states", "differences"}
    states = {s["place"]: s["state"] for s in told["states"]}
    assert states["9901022001003"] == "witnessed"
    assert states["9901022001001"] == "disputed"


def test_compare_prints_the_table_that_is_asked_for(regency):
    top = rows(rukun("count", "compare", "forms.csv", "--csv", "--table", "agreement"))
    whole = next(r for r in top if r["place"] == "9901")
    assert (whole["tps_total"], whole["agreed"], whole["disputed"]) == ("6", "3", "2")


def test_compare_ends_with_1_only_where_votes_differ(regency):
    assert rukun("count", "compare", "forms.csv").exit_code == 1
    assert rukun("count", "compare", "forms.csv", "later.csv").exit_code == 0


def test_place_keeps_to_the_places_below_it(regency):
    summed = rows(rukun("count", "tally", "forms.csv", "--place", "990101", "--csv"))
    assert {r["place"][:6] for r in summed} == {"990101"}


def test_outlook_is_in_whole_numbers(regency):
    told = json.loads(rukun("count", "outlook", "forms.csv", "later.csv", "--json").stdout)
    row = told["outlook"][0]
    assert (row["votes_leader"], row["votes_runner_up"], row["margin"]) == (1155, 745, 410)
    assert row["ballots_outstanding"] == 0
    assert row["winner_can_change"] is False


def test_trail_ends_with_1_where_a_vote_moved(regency):
    files = ["forms.csv", "later.csv", "recap.csv", "--contest", "regent"]
    assert rukun("count", "trail", *files, "--choice", "1").exit_code == 0
    moved = rukun("count", "trail", *files, "--choice", "2", "--csv")
    assert moved.exit_code == 1
    assert [(r["place"], r["moved"]) for r in rows(moved) if r["moved"] != "0"] == [
        ("9901022001002", "9")
    ]


def test_a_later_file_is_a_newer_version(regency):
    before = json.loads(rukun("count", "tally", "forms.csv", "--json").stdout)["tally"]
    after = json.loads(rukun("count", "tally", "forms.csv", "later.csv", "--json").stdout)["tally"]
    official = [
        next(r for r in t if r["place"] == "9901" and r["source"] == "official")
        for t in (before, after)
    ]
    assert [r["tps_in"] for r in official] == [5, 6]


def test_a_folder_is_read_as_its_files_in_order_of_name(regency):
    folder = regency / "in"
    folder.mkdir()
    (regency / "forms.csv").rename(folder / "1.csv")
    (regency / "later.csv").rename(folder / "2.csv")
    assert rukun("count", "compare", "in").exit_code == 0


def test_it_speaks_indonesian(regency):
    told = rukun("count", "compare", "forms.csv", "--lang", "id").stdout
    assert "saksi kedua kubu" in told
    assert "Bupati Tirta Rukun" in told
    assert "sepakat" in told
    assert "agreed" not in told


def test_exercise_data_says_so_in_every_format(regency):
    header, row = FINE.splitlines()
    (regency / "made-up.csv").write_text(f"{header},basis\n{row},exercise\n")
    assert "EXERCISE" in rukun("count", "tally", "made-up.csv").stdout
    assert "LATIHAN" in rukun("count", "tally", "made-up.csv", "--lang", "id").stdout
    assert {r["basis"] for r in rows(rukun("count", "tally", "made-up.csv", "--csv"))} == {
        "exercise"
    }
    told = json.loads(rukun("count", "tally", "made-up.csv", "--json").stdout)
    assert told["basis"] == "exercise"


def test_figures_that_are_not_an_exercise_are_not_called_one(regency):
    for words in ([], ["--csv"], ["--json"]):
        told = rukun("count", "tally", "forms.csv", *words).stdout
        assert "exercise" not in told.lower()


def test_a_narrow_screen_cuts_no_number(regency, monkeypatch):
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("COLUMNS", "30")
    told = rukun("count", "tally", "forms.csv").stdout
    assert all(n in told for n in ("1\u202f155", "1\u202f149", "1\u202f900", "990102"))


def test_text_that_a_spreadsheet_takes_for_a_formula_stays_text(regency):
    places = (
        (regency / "places.csv").read_text().replace("9901022001001,TPS 1", "9901022001001,=1+1")
    )
    (regency / "places.csv").write_text(places)
    found = rows(rukun("count", "check", "forms.csv", "--csv"))
    assert found[0]["name"] == "'=1+1, Muara"
