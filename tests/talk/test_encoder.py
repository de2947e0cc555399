"""A second reader from a folder: a small model made here, and folders that are not whole."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper, numpy_helper
from tokenizers import Tokenizer, models, pre_tokenizers

from rukun.errors import UserError
from rukun.talk.screen import default
from rukun.talk.screen.encoder import encoder
from rukun.talk.screen.second import opinions

WORDS = {"[UNK]": 0, "ayo": 1, "jangan": 2, "katanya": 3}
MODES = ["report", "call", "negate", "quote"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A model that answers by its first known word: each word scores its own mode."""
    table = np.zeros((len(WORDS), len(MODES)), dtype=np.float32)
    for word in range(1, len(WORDS)):
        table[word, word] = 1.0
    nodes = [
        helper.make_node("Gather", ["table", "input_ids"], ["each"], axis=0),
        helper.make_node("ReduceSum", ["each", "axis"], ["scores"], keepdims=0),
    ]
    shape = [1, None]
    graph = helper.make_graph(
        nodes,
        "words",
        [helper.make_tensor_value_info("input_ids", TensorProto.INT64, shape)],
        [helper.make_tensor_value_info("scores", TensorProto.FLOAT, [1, len(MODES)])],
        [
            numpy_helper.from_array(table, "table"),
            numpy_helper.from_array(np.array([1], dtype=np.int64), "axis"),
        ],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)], ir_version=8)
    onnx.save(model, str(tmp_path / "model.onnx"))
    tokenizer = Tokenizer(models.WordLevel(WORDS, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    tokenizer.save(str(tmp_path / "tokenizer.json"))
    (tmp_path / "modes.json").write_text(json.dumps(MODES))
    return tmp_path


@pytest.mark.parametrize(
    ("text", "mode"),
    [
        ("ayo bakar posko", "call"),
        ("jangan bakar posko", "negate"),
        ("katanya posko dibakar", "quote"),
        ("posko dibakar", "report"),
    ],
)
def test_it_names_the_mode(folder, text, mode):
    assert encoder(folder).mode(text) == mode


def test_a_word_that_is_no_mode_is_no_answer(folder):
    (folder / "modes.json").write_text(json.dumps(["report", "shout", "negate", "quote"]))
    assert encoder(folder).mode("ayo bakar") is None


def test_scores_that_do_not_fit_the_modes_are_no_answer(folder):
    (folder / "modes.json").write_text(json.dumps(["call", "report"]))
    assert encoder(folder).mode("ayo bakar") is None


def test_its_opinion_stands_beside_the_screens(folder):
    texts = ["ayo bakar posko paslon 2 malam ini", "selamat pagi"]
    verdicts = default().many(texts)
    found = opinions(texts, verdicts, encoder(folder), share=0.5)
    assert [(o.index, o.mode, o.agrees) for o in found] == [(0, "call", True)]


@pytest.mark.parametrize("part", ["model.onnx", "tokenizer.json", "modes.json"])
def test_a_missing_or_broken_part_is_named(folder, part):
    (folder / part).write_bytes(b"\x00broken")
    with pytest.raises(UserError, match="cannot be read"):
        encoder(folder)
    (folder / part).unlink()
    with pytest.raises(UserError, match=part.replace(".", r"\.")):
        encoder(folder)
