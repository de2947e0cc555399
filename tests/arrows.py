"""Which room may import which: the design's arrows, and a reader of imports that checks them."""

from __future__ import annotations

import ast
from collections.abc import Iterator

BASE = {
    "errors",
    "tables",
    "files",
    "places",
    "contests",
    "boundaries",
    "frame",
    "ledger",
    "engine",
}
WINGS = {"count", "talk", "peace"}
#: Room → the rooms of ``rukun`` it may import beside itself.
ALLOWED: dict[str, set[str]] = {
    "errors": set(),
    "tables": {"errors"},
    "files": {"errors"},
    "places": {"errors", "tables"},
    "contests": {"errors", "tables"},
    "boundaries": {"errors"},
    "frame": {"errors", "tables", "places", "contests"},
    "ledger": {"errors", "tables"},
    "engine": {"errors", "tables"},
    **dict.fromkeys(WINGS, BASE),
    "exercise": BASE | {"count", "talk"},
    "brief": BASE | WINGS,
    "reach": {"errors"},
    "cli": BASE | WINGS | {"brief", "exercise", "reach"},
    "web": BASE | WINGS | {"brief", "exercise", "reach"},
}
#: What only the site may import: the wings stay usable without it.
SITE_ONLY = {
    "django",
    "allauth",
    "django_htmx",
    "csp",
    "rules",
    "psycopg",
    "whitenoise",
    "gunicorn",
}
#: What reaches out of the machine; only the edges may.
NETWORK = {"socket", "ssl", "http", "urllib", "urllib3", "requests", "httpx", "aiohttp", "ftplib"}
#: Takes addresses apart and reaches nothing.
HARMLESS = {"urllib.parse"}
PURE = set(ALLOWED) - {"reach", "cli", "web"}
APPS = {"core", "brief", *WINGS}


def forbidden(module: str, source: str) -> list[str]:
    """The imports of ``module`` (dotted, a package as ``a.b.__init__``) that no arrow allows."""
    return [f"{module} → {target}" for target in _imports(module, source) if _bad(module, target)]


def _bad(module: str, target: str) -> bool:
    here, there = module.split("."), target.split(".")
    room = here[1]
    if there[0] != "rukun":
        return ".".join(there[:2]) not in HARMLESS and _bad_outside(room, there[0])
    if len(there) == 1 or room == "__init__" or there[1].startswith("__"):
        return False
    if there[1] != room:
        return there[1] not in ALLOWED[room]
    return room == "web" and _bad_within_site(here, there)


def _bad_outside(room: str, package: str) -> bool:
    return (room != "web" and package in SITE_ONLY) or (room in PURE and package in NETWORK)


def _bad_within_site(here: list[str], there: list[str]) -> bool:
    """core knows no other app; the wings' apps meet in their services, and the brief's app."""
    app, other = here[2], there[2] if len(there) > 2 else ""
    if app not in APPS or other not in APPS or app == other:
        return False
    if app == "core":
        return True
    return other != "core" and app != "brief" and here[3] != "services"


def _imports(module: str, source: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (a.name for a in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = _base(module, node)
            yield from (f"{base}.{a.name}" for a in node.names)


def _base(module: str, node: ast.ImportFrom) -> str:
    if not node.level:
        return node.module or ""
    parts = module.split(".")[: -node.level]
    return ".".join([*parts, *([node.module] if node.module else [])])
