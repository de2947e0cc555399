"""A running room and a real browser for the tests of whole journeys.

The room is the one people run: migrated, static files collected, served by gunicorn, with the
example and the exercise log-ins. Where there is no Chromium the tests skip with the reason, but
never in CI.
"""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SCREENS = ROOT / "var" / "screens"
WIDTHS = (360, 1440)
#: Without the picture processor, shared memory and calls home that a test machine may lack.
CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
CHROMIUMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


@dataclass(frozen=True)
class Room:
    """A running site: its address, its data folder, and the password of each log-in."""

    url: str
    folder: Path
    env: dict[str, str]
    logins: dict[str, str]

    def manage(self, *command: str) -> str:
        """Run a management command of this room and return what it printed."""
        return _manage(self.env, *command)


def _manage(env: dict[str, str], *command: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "rukun.web.manage", *command],
        env=env,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return done.stdout


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def room_env(folder: Path) -> dict[str, str]:
    """The environment of a room for trying out, with its data in ``folder``."""
    own = {"RUKUN_DATA_DIR": str(folder), "RUKUN_EXERCISE": "1", "RUKUN_OPEN_READING": "1"}
    kept = {k: v for k, v in os.environ.items() if k not in ("DATABASE_URL", "SECRET_KEY")}
    return kept | own | {"DJANGO_SETTINGS_MODULE": "rukun.web.settings"}


def start_room(folder: Path) -> tuple[Room, subprocess.Popen[bytes]]:
    """Prepare a room in ``folder`` and serve it on a free port of this machine."""
    env = room_env(folder)
    _manage(env, "migrate", "--verbosity=0")
    _manage(env, "collectstatic", "--noinput", "--verbosity=0")
    _manage(env, "load_example", str(ROOT / "examples" / "jembrana-2024"))
    _manage(env, "load_talk_example", str(ROOT / "examples" / "jembrana-2024"))
    _manage(env, "prepare_exercise_users")
    port = _free_port()
    command = [sys.executable, "-m", "gunicorn", "rukun.web.wsgi", "--threads=4"]
    with (folder / "server.log").open("wb") as log:
        server = subprocess.Popen(
            [*command, f"--bind=127.0.0.1:{port}"], env=env, stdout=log, stderr=log
        )
    url = f"http://127.0.0.1:{port}"
    try:
        _wait(url, server, folder)
    except BaseException:
        server.kill()
        raise
    logins = json.loads((folder / "exercise_logins.json").read_text())
    return Room(url, folder, env, logins), server


def _wait(url: str, server: subprocess.Popen[bytes], folder: Path) -> None:
    for _ in range(150):
        assert server.poll() is None, (folder / "server.log").read_text()
        try:
            with urllib.request.urlopen(f"{url}/healthz", timeout=2):
                return
        except OSError:
            time.sleep(0.2)
    raise AssertionError("the room did not answer: " + (folder / "server.log").read_text())


@pytest.fixture(scope="package")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    """One running room for all journeys."""
    running, server = start_room(tmp_path_factory.mktemp("room"))
    yield running
    server.terminate()
    server.wait(timeout=20)


def chromium() -> str | None:
    """The browser to drive: RUKUN_CHROMIUM, or the Chromium of the system."""
    named = os.environ.get("RUKUN_CHROMIUM", "")
    return named or next(filter(None, map(shutil.which, CHROMIUMS)), None)


@pytest.fixture(scope="package")
def browser():
    """A headless Chromium. Package scope: its event loop must be gone before other tests."""
    path = chromium()
    if not path:
        reason = "no Chromium here: install it, or name one in RUKUN_CHROMIUM"
        (pytest.fail if os.environ.get("CI") else pytest.skip)(reason)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        started = driver.chromium.launch(executable_path=path, args=CHROMIUM_FLAGS)
        yield started
        started.close()


@pytest.fixture
def page(browser, room):
    """A new page in a new profile; fails the test on any script error or refused resource."""
    context = browser.new_context(base_url=room.url, locale="id-ID", viewport=_view(1440))
    opened = context.new_page()
    complaints: list[str] = []
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    opened.on("console", lambda m: complaints.append(m.text) if "Security Policy" in m.text else 0)
    yield opened
    context.close()
    assert complaints == []


@pytest.fixture
def sign_in(page, room):
    """Sign in as one of the exercise people: ``sign_in("saksi1")``."""

    def go(name: str) -> None:
        page.goto("/account/login/")
        page.fill("[name=login]", name)
        page.fill("[name=password]", room.logins[name])
        page.click("main form button")
        page.wait_for_load_state()

    return go


@pytest.fixture
def shoot(page, room):
    """Keep pictures of an address: both widths, both languages, light and dark.

    Returns the files; asserts on the way that nothing hangs over the edge of the screen.
    """

    def take(address: str, name: str, themes: tuple[str, ...] = ("light", "dark")) -> list[Path]:
        SCREENS.mkdir(parents=True, exist_ok=True)
        files = []
        for language in ("id", "en"):
            for theme in themes:
                dress(page, room, language, theme)
                for width in WIDTHS:
                    page.set_viewport_size(_view(width))
                    page.goto(address)
                    assert overhang(page) <= 0, f"{address} is wider than {width} px"
                    files.append(SCREENS / f"{name}-{language}-{theme}-{width}.png")
                    _picture(page, files[-1])
        return files

    return take


def _picture(page, path: Path, tries: int = 3) -> None:
    """Keep a picture; a busy machine's browser may be unable to take one at the first try."""
    from playwright.sync_api import Error

    try:
        page.screenshot(path=path, full_page=True)
    except Error:
        if tries == 1:
            raise
        page.wait_for_timeout(500)
        _picture(page, path, tries - 1)


def overhang(page) -> int:
    """By how many pixels the page is wider than the screen."""
    root = "document.documentElement"
    return page.evaluate(f"{root}.scrollWidth - {root}.clientWidth")


def _view(width: int) -> dict[str, int]:
    return {"width": width, "height": 780 if width < 500 else 900}


def dress(page, room: Room, language: str, theme: str = "light") -> None:
    """Set the language and the theme as the switches on the page do."""
    names = {"django_language": language, "rukun_theme": theme}
    page.context.add_cookies([{"name": n, "value": v, "url": room.url} for n, v in names.items()])
