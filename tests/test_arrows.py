"""Arrows run one way: cli, web → brief → count, talk, peace → the frame."""

from __future__ import annotations

import pytest

from .arrows import ALLOWED, forbidden
from .house import SOURCES, module_name


def test_every_import_follows_an_arrow():
    found = [
        arrow
        for path in SOURCES
        for arrow in forbidden(module_name(path), path.read_text(encoding="utf-8"))
    ]
    assert found == []


def test_every_room_has_its_arrows():
    rooms = {module_name(p).split(".")[1] for p in SOURCES} - {"__init__"}
    assert rooms <= set(ALLOWED)


@pytest.mark.parametrize(
    ("module", "line"),
    [
        ("rukun.count.tally", "from rukun.talk import posts"),
        ("rukun.count.tally", "from rukun.exercise import jembrana"),
        ("rukun.count.tally", "from rukun import web"),
        ("rukun.count.readers.table", "from ...talk import posts"),
        ("rukun.count.__init__", "from ..peace import level"),
        ("rukun.count.tally", "import django.db"),
        ("rukun.count.tally", "def late():\n    from django.db import models"),
        ("rukun.ledger", "from rukun.count import tally"),
        ("rukun.places", "import urllib.request"),
        ("rukun.brief.page", "from rukun.web.core import models"),
        ("rukun.exercise.truth", "from rukun.cli import app"),
        ("rukun.cli.count", "from rukun.web.core import models"),
        ("rukun.cli.count", "from django.core import management"),
        ("rukun.web.core.models", "from rukun.web.count import models"),
        ("rukun.web.core.views", "from ..count.models import Form"),
        ("rukun.web.talk.views", "from rukun.web.count import queries"),
        ("rukun.web.count.views", "from rukun.cli import words"),
    ],
)
def test_a_forbidden_arrow_is_found(module, line):
    assert len(forbidden(module, line)) == 1


@pytest.mark.parametrize(
    ("module", "line"),
    [
        ("rukun.count.tally", "from rukun.frame import Frame"),
        ("rukun.count.tally", "from .compare import compare"),
        ("rukun.exercise.truth", "from rukun.count import rules"),
        ("rukun.web.count.views", "from rukun.web.core import queries"),
        ("rukun.web.talk.services", "from rukun.web.count import queries"),
        ("rukun.web.urls", "from rukun.web.count import urls"),
        ("rukun.cli.count", "from rukun import __version__"),
    ],
)
def test_an_allowed_arrow_passes(module, line):
    assert forbidden(module, line) == []
