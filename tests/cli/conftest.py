"""The tutorial's regency in a folder of its own, as the current one."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.tutorial import write_files


@pytest.fixture
def regency(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("RUKUN_LANG", "en")
    monkeypatch.chdir(tmp_path)
    write_files(tmp_path)
    return tmp_path
