"""The wings work without the site: a clean environment with the core dependencies only."""

from __future__ import annotations

import re
import subprocess
import sys
import venv
from importlib.metadata import Distribution, distribution
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from tests.cli.tutorial import write_files
from tests.house import ROOT

pytestmark = pytest.mark.slow


def core() -> dict[str, Distribution]:
    """What Rukun needs without any extra, direct and indirect, by name."""
    found: dict[str, Distribution] = {}
    waiting = _needs(distribution("rukun"))
    while waiting:
        name = waiting.pop()
        if name not in found:
            found[name] = distribution(name)
            waiting += _needs(found[name])
    return found


def _needs(package: Distribution) -> list[str]:
    wanted = [Requirement(r) for r in package.requires or []]
    here = [w for w in wanted if w.marker is None or w.marker.evaluate({"extra": ""})]
    return [re.sub(r"[-_.]+", "-", w.name).lower() for w in here]


def _link(package: Distribution, into: Path) -> None:
    for top in {Path(f).parts[0] for f in package.files or []} - {"..", "__pycache__"}:
        (into / top).symlink_to(Path(str(package.locate_file(top))).resolve())


@pytest.fixture(scope="module")
def python(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The interpreter of an environment that holds Rukun as installed and its core needs."""
    home = tmp_path_factory.mktemp("bare")
    venv.create(home, symlinks=True, with_pip=False)
    (packages,) = home.glob("lib/python*/site-packages")
    for package in core().values():
        _link(package, packages)
    install = ["install", "--quiet", "--no-deps", "--no-index", "--no-build-isolation"]
    target = ["--disable-pip-version-check", "--target", str(packages), str(ROOT)]
    subprocess.run([sys.executable, "-m", "pip", *install, *target], check=True)
    return home / "bin" / "python"


def test_the_core_needs_nothing_of_the_site():
    assert not {"django", "altair", "psycopg", "gunicorn"} & set(core())


def test_the_count_is_imported_without_django(python):
    code = "import rukun.count, rukun.ledger, sys; print('django' in sys.modules, rukun.__file__)"
    ended = subprocess.run([python, "-I", "-c", code], capture_output=True, text=True, check=True)
    loaded, path = ended.stdout.split(maxsplit=1)
    assert loaded == "False"
    assert "site-packages" in path
    absent = subprocess.run([python, "-I", "-c", "import django"], capture_output=True, check=False)
    assert absent.returncode == 1


def test_the_command_checks_a_file_without_django(python, tmp_path):
    write_files(tmp_path)
    ended = subprocess.run(
        [python, "-I", "-m", "rukun.cli", "count", "check", "forms.csv", "--lang", "en"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (ended.returncode, ended.stderr) == (1, "")
    assert "H5" in ended.stdout


def test_the_site_says_that_it_is_not_installed(python, tmp_path):
    ended = subprocess.run(
        [python, "-I", "-m", "rukun.cli", "site", "run"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 2
    assert "[site-missing]" in ended.stderr
