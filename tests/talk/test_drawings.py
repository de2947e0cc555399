"""The drawings in the docs are those of the tables."""

from __future__ import annotations

import pytest

from rukun.talk import cases, referral
from rukun.talk.workflow_drawing import drawing
from tests.house import ROOT

INK, PAPER = "#1b1b1b", "#ffffff"


@pytest.mark.parametrize("flow", [cases.FLOW, referral.FLOW], ids=lambda f: f.name)
def test_the_drawing_in_the_docs_is_that_of_the_table(flow):
    kept = ROOT / "docs" / "images" / f"workflow-{flow.name}.svg"
    assert kept.read_text("utf-8") == drawing(flow, "en", INK, PAPER)
