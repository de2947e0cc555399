"""The house's own rules: sizes, pins, pages that are linked, texts that agree."""

from __future__ import annotations

import ast
import re
import tomllib
from pathlib import Path

import pytest

from rukun import __version__

from .house import DOCS, PINS, ROOT, SOURCES, TESTS

CODE = [p for p in (*SOURCES, *TESTS) if "migrations" not in p.parts]
_LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")
_WORDS = ("TO" + "DO", "FIX" + "ME", "XX" + "X", "raise NotImplemented" + "Error")
_MARKS = re.compile(rf"\b({'|'.join(_WORDS)})\b")


def long_functions(source: str, most: int) -> list[str]:
    """Names of the functions with more than ``most`` lines."""
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
    found = [n for n in ast.walk(ast.parse(source)) if isinstance(n, kinds)]
    return [f.name for f in found if (f.end_lineno or 0) - f.lineno + 1 > most]


def links(page: Path) -> set[Path]:
    """The files of the project that a page links to."""
    targets = _LINK.findall(page.read_text(encoding="utf-8"))
    local = (t for t in targets if not re.match(r"^[a-z]+:", t))
    return {(page.parent / t).resolve() for t in local}


@pytest.mark.parametrize("path", CODE, ids=lambda p: str(p.relative_to(ROOT)))
def test_files_and_functions_stay_small(path):
    text = path.read_text(encoding="utf-8")
    assert text.count("\n") <= 500
    assert long_functions(text, 60) == []


def test_a_long_function_is_found():
    body = "\n".join("    pass" for _ in range(60))
    assert long_functions(f"def f():\n{body}\n", 60) == ["f"]


def test_nothing_half_built_lies_about():
    marked = [str(p.relative_to(ROOT)) for p in CODE if _MARKS.search(p.read_text("utf-8"))]
    assert marked == []


def test_pins_hold_versions_and_hashes_only():
    allowed = re.compile(
        r"^(#.*|[a-z0-9-]+==[0-9][\w.]*( ; [^/@]+)?( \\)?|    --hash=sha256:[0-9a-f]{64}( \\)?)$"
    )
    for pins in PINS:
        strange = [n for n in pins.read_text("utf-8").splitlines() if not allowed.match(n)]
        assert strange == [], pins.name


def test_the_two_pin_files_agree():
    site, dev = (_versions(ROOT / n) for n in ("constraints.txt", "constraints-dev.txt"))
    assert site <= dev


def _versions(pins: Path) -> set[str]:
    """Names with versions; on which systems a pin applies may differ between the two files."""
    lines = pins.read_text("utf-8").splitlines()
    return {n.removesuffix(" \\").split(" ;")[0] for n in lines if "==" in n and n[0] != "#"}


def test_every_dependency_is_pinned():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    extras = project["optional-dependencies"]
    wanted = [*project["dependencies"], *extras["site"], *extras["build"], *extras["dev"]]
    names = {re.split(r"[\[<>=;]", w)[0].strip().lower() for w in wanted} - {"rukun"}
    pinned = {v.split("==")[0] for v in _versions(ROOT / "constraints-dev.txt")}
    assert names <= pinned


def test_every_page_is_linked_from_the_index():
    index = ROOT / "docs" / "index.md"
    missing = [p.name for p in DOCS if p != index and p.resolve() not in links(index)]
    assert missing == []


@pytest.mark.parametrize(
    "page", [*DOCS, *sorted(ROOT.glob("*.md"))], ids=lambda p: str(p.relative_to(ROOT))
)
def test_no_link_is_broken(page):
    assert [t for t in links(page) if not t.exists()] == []


def test_the_changelog_speaks_of_this_version():
    changelog = (ROOT / "CHANGELOG.md").read_text("utf-8")
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert f"## {__version__}" in changelog
    assert project["version"] == __version__


def test_the_licence_is_the_apache_text():
    text = (ROOT / "LICENSE").read_text("utf-8")
    assert "Apache License" in text and "END OF TERMS AND CONDITIONS" in text
    assert len(text.splitlines()) == 202


def test_every_make_target_of_the_readme_exists():
    makefile = (ROOT / "Makefile").read_text("utf-8")
    named = set(re.findall(r"make ([a-z]+)", (ROOT / "README.md").read_text("utf-8")))
    assert {"run", "test"} <= named
    assert all(re.search(rf"^{t}:", makefile, re.MULTILINE) for t in named)
