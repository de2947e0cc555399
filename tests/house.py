"""Where the project's files lie, for the tests that read them."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).parents[1]
SOURCES = sorted((ROOT / "src" / "rukun").rglob("*.py"))
TESTS = sorted((ROOT / "tests").rglob("*.py"))
DOCS = sorted((ROOT / "docs").rglob("*.md"))
PINS = sorted(ROOT.glob("constraints*.txt"))


def module_name(path: Path) -> str:
    """``rukun.count.tally`` for its file, ``rukun.count.__init__`` for the package's."""
    return ".".join(path.relative_to(ROOT / "src").with_suffix("").parts)
