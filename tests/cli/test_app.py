"""The other commands, and the page that lists all of them."""

from __future__ import annotations

import csv
import json
import re

import typer
from typer.testing import CliRunner

from rukun import __version__
from rukun.cli import app
from rukun.cli.app import People
from rukun.cli.page import page
from rukun.cli.refusals import REFUSALS
from rukun.cli.words import HEADINGS, SENTENCES, VALUES, number, thousandths
from rukun.count.compare import STATES
from rukun.count.findings import SEVERITIES
from rukun.count.rules import RULES
from tests.house import ROOT


def rukun(*words):
    return CliRunner().invoke(app, list(words))


def test_the_page_of_commands_holds_what_help_prints():
    assert (ROOT / "docs" / "reference" / "cli.md").read_text("utf-8") == page()


def test_version_is_said():
    assert rukun("--version").stdout == f"rukun {__version__}\n"


def test_help_tells_the_exit_codes():
    told = " ".join(rukun("--help").stdout.split())
    assert "0 where all is clean, 1 where there are findings of weight error, 2 where" in told


def test_rules_lists_every_rule_in_both_languages():
    for lang in ("en", "id"):
        listed = json.loads(rukun("rules", "--lang", lang, "--json").stdout)["rules"]
        assert [r["code"] for r in listed] == list(RULES)
        assert listed[0]["title"] == RULES["H1"].title.say(lang)


def test_template_is_a_table_that_can_be_filled_in_and_read(regency):
    assert rukun("template", "mine.csv").exit_code == 0
    with (regency / "mine.csv").open(encoding="utf-8-sig", newline="") as file:
        header = next(csv.reader(file))
    row = dict.fromkeys(header, "")
    row |= {"contest": "regent", "place": "9901012001001", "source": "official", "kind": "c_hasil"}
    row |= {"votes_1": "1", "votes_2": "2", "valid": "3"}
    with (regency / "mine.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, header)
        writer.writeheader()
        writer.writerow(row)
    assert rukun("count", "check", "mine.csv").exit_code == 0


def test_template_does_not_replace_a_file_unless_told(regency):
    (regency / "mine.csv").write_text("dear")
    refused = rukun("template", "mine.csv")
    assert refused.exit_code == 2
    assert "[template-exists]" in refused.stderr
    assert (regency / "mine.csv").read_text() == "dear"
    assert rukun("template", "mine.csv", "--force").exit_code == 0


def test_numbers_are_grouped_by_thin_spaces_and_keep_their_languages_mark():
    assert number(40774) == "40\u202f774"
    assert number(-40774) == "−40\u202f774"
    assert thousandths(2571960, "en") == "2\u202f571.96"
    assert thousandths(2571960, "id") == "2\u202f571,96"
    assert thousandths(3000, "en") == "3"


def test_every_text_is_there_in_both_languages():
    for texts in (HEADINGS, VALUES, SENTENCES):
        assert all(en and id_ for en, id_ in texts.values())
    assert {*STATES} <= {*HEADINGS} and {*STATES, *SEVERITIES} <= {*VALUES}


def test_every_refusal_is_used_and_said_in_both_languages(regency):
    code = "".join(p.read_text("utf-8") for p in (ROOT / "src/rukun/cli").glob("*.py"))
    assert [c for c in REFUSALS if f'refusal("{c}"' not in code] == []
    english = rukun("count", "check", "nowhere.csv", "--lang", "en").stderr
    indonesian = rukun("count", "check", "nowhere.csv", "--lang=id").stderr
    assert "there is no such file" in english
    assert "berkas ini tidak ada" in indonesian


def test_every_sentence_is_said_somewhere():
    code = "".join(p.read_text("utf-8") for p in (ROOT / "src/rukun/cli").glob("*.py"))
    assert [
        k
        for k in SENTENCES
        if f'"{k}"' not in code.replace(f'"{k}": (', "") and f"say('{k}'" not in code
    ] == []


def test_sentences_take_the_same_parts_in_both_languages():
    for en, id_ in SENTENCES.values():
        assert set(re.findall(r"{(\w+)}", en)) == set(re.findall(r"{(\w+)}", id_))


def test_a_fault_gets_a_reference_and_no_traceback(tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    faulty = typer.Typer(cls=People)

    @faulty.command("divide")
    def divide():
        return 1 / 0

    faulty.callback()(lambda: None)
    result = CliRunner().invoke(faulty, ["divide"])
    assert result.exit_code == 3
    assert "Traceback" not in result.output
    log = next(tmp_path.glob("rukun-fault-*.log"))
    assert log.stem.removeprefix("rukun-fault-") in result.stderr
    assert "ZeroDivisionError" in log.read_text()
