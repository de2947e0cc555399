"""The screen's parts: readings, lists a desk can edit, calibration, training, second readers."""

from __future__ import annotations

import json
import shutil
import threading
import time
from http.server import BaseHTTPRequestHandler, HTTPServer

import numpy as np
import pytest
from typer.testing import CliRunner

from rukun.cli import app
from rukun.errors import UserError
from rukun.talk.screen import default, frames, lexicon, scorer, screen
from rukun.talk.screen.affixes import forms
from rukun.talk.screen.calibrate import expected_error, platt, recalibrate, reliability
from rukun.talk.screen.card import digest
from rukun.talk.screen.evaluate import found_in_budget, read
from rukun.talk.screen.generator import generate, grammar
from rukun.talk.screen.second import ChatReader, opinions
from rukun.talk.screen.text import Reader
from rukun.talk.screen.train import MADE, examples
from tests.house import ROOT

READER = Reader(lexicon.shipped())


def words(text, reading=-1):
    return [w.form for w in READER.readings(text)[reading].words]


@pytest.mark.parametrize(
    ("text", "freed"),
    [
        ("b4k4r", ["bakar"]),
        ("b.a.k.a.r", ["bakar"]),
        ("b a k a r", ["bakar"]),
        ("bakaaaar", ["bakar"]),
        ("bnuh", ["bunuh"]),
        ("s3r4ng rmh", ["serang", "rumah"]),
        ("org2", ["orang-orang"]),
        ("jam 8", ["jam", "_num"]),
        ("paslon nomor urut 02", ["_camp"]),
        ("pendukung 01", ["pendukung", "_camp"]),
        ("TPS 02", ["tps", "_num"]),
        ("@akun https://a.id/b", ["_user", "_url"]),
    ],
)
def test_the_second_reading_undoes_disguises_and_masks(text, freed):
    assert words(text) == freed


def test_the_first_reading_keeps_the_post_as_written():
    assert words("b4k4r rmh", 0) == ["b4k4r", "rmh"]


def test_a_plain_post_has_one_reading():
    assert len(READER.readings("selamat pagi semua")) == 1


def test_acts_get_their_affixed_forms():
    made = forms("id", "bakar")
    assert made["membakar"] == "active" and made["dibakar"] == "passive"
    assert made["pembakaran"] == "noun" and made["kubakar"] == "selfact"
    assert set(forms("id", "habis:i")) >= {"habisi", "menghabisi", "dihabisi"}
    assert "habis" not in forms("id", "habis:i")
    assert forms("jv", "obong")["ngobong"] == "active"
    assert forms("ban", "tunjel")["nunjel"] == "active"


def test_a_desk_can_add_a_word(tmp_path):
    for name in lexicon.LANGUAGES:
        shutil.copy(lexicon.DATA / f"{name}.toml", tmp_path)
    pack = tmp_path / "id.toml"
    told = pack.read_text("utf-8").replace(
        "[acts.kill]\nhard = true\nroots = [", '[acts.kill]\nhard = true\nroots = ["gerus", '
    )
    pack.write_text(told, "utf-8")
    lists = lexicon.load(sorted(tmp_path.glob("*.toml")))
    mended = type(default())(lists, frames.shipped(), scorer.shipped())
    before, after = screen("ayo gerus saksi paslon 2"), mended("ayo gerus saksi paslon 2")
    assert after.flagged and after.raw > before.raw
    assert (before.act, after.act) == (None, "gerus")


@pytest.mark.parametrize(
    ("text", "code", "named"),
    [
        ('language = "id"\n[cues]\ncall = ["ayo"', "lexicon-toml", "bad.toml"),
        ('language = "xx"\n', "lexicon-language", "xx"),
        ('language = "id"\n[cues]\nshout = ["ayo"]', "lexicon-section", "cues.shout"),
        ('language = "id"\n[cues]\ncall = "ayo"', "lexicon-entry", "cues.call"),
        ('language = "id"\n[cues]\ncall = ["Ayo"]', "lexicon-capital", "Ayo"),
        ('language = "id"\n[acts.shout]\nroots = ["teriak"]', "lexicon-section", "acts.shout"),
    ],
)
def test_a_slip_in_a_list_is_named(tmp_path, text, code, named):
    pack = tmp_path / "bad.toml"
    pack.write_text(text, "utf-8")
    with pytest.raises(UserError) as err:
        lexicon.load([pack])
    assert err.value.code == code
    assert named in str(err.value) and "bad.toml" in str(err.value)


def test_a_slip_in_a_frame_is_named(tmp_path):
    text = (lexicon.DATA / "frames.toml").read_text("utf-8")
    for wrong, code in (
        (('"callish"', '"calish"'), "frames-cue"),
        (('"incite"', '"bad"'), "frames-value"),
    ):
        path = tmp_path / "frames.toml"
        path.write_text(text.replace(*wrong, 1), "utf-8")
        with pytest.raises(UserError) as err:
            frames.load(path)
        assert err.value.code == code


def test_the_shipped_scorer_is_small_and_quick_to_load():
    assert scorer.WEIGHTS.stat().st_size < 1_000_000
    started = time.perf_counter()
    scorer.load()
    lexicon.load()
    frames.load()
    assert time.perf_counter() - started < 1.5


def test_a_file_that_is_no_weights_is_refused(tmp_path):
    path = tmp_path / "w.npz"
    path.write_text("no")
    with pytest.raises(UserError, match="rukun talk train"):
        scorer.load(path)


def test_weights_survive_saving(tmp_path):
    scorer.shipped().save(tmp_path / "a.npz")
    again = scorer.load(tmp_path / "a.npz")
    assert np.array_equal(again.weights, scorer.shipped().weights)
    assert again.curves == scorer.shipped().curves


def test_the_generator_makes_enough_of_everything():
    made = generate(seed=1)
    assert len(grammar()[0]) >= 40
    assert len({s.text for s in made}) == len(made) >= 5000
    assert made == generate(seed=1)
    assert made != generate(seed=2)
    assert not [s.text for s in made if "{" in s.text]


def test_whole_patterns_are_left_out_together():
    made = {e.text: e.fold for e in examples(seed=1)}
    folds = {}
    for s in generate(1, MADE):
        folds.setdefault((s.kind, s.group), set()).add(made[s.text])
    assert all(len(f) == 1 for f in folds.values())


def test_a_users_file_must_have_text_and_known_labels(tmp_path):
    path = tmp_path / "mine.csv"
    path.write_text("text,label\nhalo,none\nayo,evil\n")
    with pytest.raises(UserError, match="evil"):
        examples(1, [path])
    path.write_text("text\nhalo\n")
    with pytest.raises(UserError, match="text and label"):
        examples(1, [path])


def test_platt_finds_the_curve_that_made_the_answers():
    dice = np.random.default_rng(1)
    scores = dice.normal(size=4000)
    answers = dice.random(4000) < 1 / (1 + np.exp(-(2 * scores - 1)))
    found = platt(scores.tolist(), answers.tolist())
    assert found.slope == pytest.approx(2, abs=0.2)
    assert found.offset == pytest.approx(-1, abs=0.15)
    said = [found(s) for s in scores]
    assert expected_error(reliability(said, answers.tolist())) < 0.03


def test_a_desk_calibrates_from_200_decisions_on():
    dice = np.random.default_rng(2)
    scores = dice.normal(size=200).tolist()
    decided = [s + e > 1 for s, e in zip(scores, dice.normal(size=200), strict=True)]
    local = recalibrate(scores, decided)
    assert local(2.0) > local(0.0)
    with pytest.raises(UserError, match="200 decisions"):
        recalibrate(scores[:199], decided[:199])
    with pytest.raises(UserError, match="more often"):
        recalibrate([-s for s in scores], decided)


def test_a_local_calibration_orders_the_queue_but_lifts_no_one_over_a_scope():
    local = default().calibrated(platt([-5.0, 5.0] * 20, [False, True] * 20))
    assert not local("Jangan bakar posko siapa pun").flagged
    assert local("Ayo bakar posko paslon 2").flagged


def test_budget_counts_ties_against_the_screen():
    harm = [screen("Ayo bakar posko paslon 2")]
    calm = [screen("selamat pagi")] * 19
    assert found_in_budget(harm, calm) == 1.0
    assert found_in_budget(calm[:1], calm) == 0.0


class Stub(BaseHTTPRequestHandler):
    answer = "quote"
    asked: list[dict] = []

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        Stub.asked.append(json.loads(body) | {"key": self.headers.get("Authorization", "")})
        told = {"choices": [{"message": {"content": Stub.answer}}]}
        self.send_response(200)
        self.end_headers()
        self.wfile.write(json.dumps(told if Stub.answer else {"oops": 1}).encode())

    def log_message(self, *_):
        pass


@pytest.fixture
def endpoint():
    server = HTTPServer(("127.0.0.1", 0), Stub)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    Stub.answer, Stub.asked = "quote", []
    yield f"http://127.0.0.1:{server.server_port}/v1"
    server.shutdown()
    server.server_close()


def test_a_second_reader_is_asked_for_the_top_only_and_both_opinions_stay(endpoint):
    from rukun.reach import send

    texts = ["selamat pagi"] * 60 + ["Ayo bakar posko paslon 2"]
    verdicts = default().many(texts)
    found = opinions(texts, verdicts, ChatReader(endpoint, "stub", send, "k"))
    assert len(found) == len(Stub.asked) == 2
    assert (found[0].index, found[0].mode, found[0].agrees) == (60, "quote", False)
    assert verdicts[60].mode == "call"
    assert Stub.asked[0]["key"] == "Bearer k"
    assert Stub.asked[0]["messages"][1]["content"] == texts[60]


def test_an_answer_that_is_no_mode_is_no_opinion(endpoint):
    from rukun.reach import send

    reader = ChatReader(endpoint, "stub", send)
    Stub.answer = "I would rather not"
    assert reader.mode("x") is None
    Stub.answer = ""
    with pytest.raises(UserError, match="answered no chat"):
        reader.mode("x")


def test_the_command_says_what_it_sees_and_asks_nobody_unless_told(endpoint):
    run = CliRunner()
    env = {"RUKUN_LANG": "en"}
    plain = run.invoke(app, ["talk", "screen", "Ayo bakar posko paslon 2", "--json"], env=env)
    told = json.loads(plain.stdout)
    assert told["verdicts"][0]["label"] == "incite"
    assert told["reasons"][0]["words"] == "bakar posko"
    assert Stub.asked == []
    words = ["talk", "screen", "Ayo bakar posko", "--second", endpoint, "--model", "m", "--json"]
    asked = run.invoke(app, words, env=env)
    assert json.loads(asked.stdout)["verdicts"][0]["second_mode"] == "quote"
    nameless = run.invoke(app, words[:5], env=env)
    assert nameless.exit_code == 2 and "second-model" in nameless.stderr


def test_a_file_is_screened_line_by_line(tmp_path):
    path = tmp_path / "posts.txt"
    path.write_text("Ayo bakar posko paslon 2\n\nselamat pagi\n", "utf-8")
    done = CliRunner().invoke(app, ["talk", "screen", str(path)], env={"RUKUN_LANG": "id"})
    assert "1 dari 2 unggahan" in done.stdout


def test_the_model_card_prints_no_text_of_a_case(tmp_path):
    cases = tmp_path / "cases.csv"
    rows = ["Ayo bakar posko paslon 2,incite,threat_incite,call"] * 3
    rows += ["Suara hilang di TPS 3,none,protected,fraud_claim"] * 3
    cases.write_text("\n".join(["text,label,group,kind", *rows]), "utf-8")
    page = tmp_path / "card.md"
    words = ["talk", "model-card", "--heldout", str(cases), "--into", str(page)]
    done = CliRunner().invoke(app, words, env={"RUKUN_LANG": "en"})
    assert done.exit_code == 0
    told = page.read_text("utf-8")
    assert "protected: fraud_claim" in told and "bakar posko paslon" not in told
    assert len(read(cases)) == 6


def test_the_published_card_is_of_the_shipped_weights():
    page = (ROOT / "docs" / "reference" / "model-card.md").read_text("utf-8")
    assert f"`{digest()}`" in page
    assert "## On cases held out" in page
