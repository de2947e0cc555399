"""Settings come from the environment and fail loudly."""

from __future__ import annotations

import os
import re
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from rukun.web import env

ROOT = Path(__file__).resolve().parents[2]


def run(folder, *command: str, **environ: str) -> subprocess.CompletedProcess[str]:
    """A management command in a process of its own, with only these settings."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("RUKUN_", "DATABASE_"))}
    kept |= {"RUKUN_DATA_DIR": str(folder), "DJANGO_SETTINGS_MODULE": "rukun.web.settings"}
    return subprocess.run(
        [sys.executable, "-m", "rukun.web.manage", *command],
        env=kept | environ,
        capture_output=True,
        text=True,
    )


def test_check_deploy_is_clean_with_production_settings(tmp_path):
    done = run(
        tmp_path,
        "check",
        "--deploy",
        "--fail-level=INFO",
        RUKUN_HOSTS="rukun.example",
        RUKUN_PROXIES="1",
    )
    assert done.returncode == 0, done.stderr
    assert "no issues" in done.stdout


def test_no_migration_is_missing(tmp_path):
    done = run(tmp_path, "makemigrations", "--check", "--dry-run")
    assert done.returncode == 0, done.stdout


def test_serving_another_host_turns_https_on(tmp_path):
    ask = "from django.conf import settings as s; print(s.SESSION_COOKIE_SECURE, s.SECURE_SSL_REDIRECT)"
    assert "True True" in run(tmp_path, "shell", "-c", ask, RUKUN_HOSTS="rukun.example").stdout
    assert "False False" in run(tmp_path, "shell", "-c", ask).stdout


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("RUKUN_DEBUG", "perhaps", "RUKUN_DEBUG is “perhaps”: write 1 or 0."),
        ("RUKUN_PROXIES", "-1", "RUKUN_PROXIES is “-1”: write a whole number."),
        ("RUKUN_HOSTS", "*", "RUKUN_HOSTS must name the hosts"),
        ("RUKUN_DATA_DIR", "/proc/nothing/here", "cannot be made"),
    ],
)
def test_a_wrong_setting_stops_the_start_and_is_named(tmp_path, name, value, says):
    done = run(tmp_path, "check", **{name: value})
    assert done.returncode != 0
    assert says in done.stderr


def test_the_secret_key_is_made_once_and_only_its_owner_reads_it(tmp_path, monkeypatch):
    monkeypatch.delenv("SECRET_KEY", raising=False)
    first = env.secret_key(tmp_path)
    assert env.secret_key(tmp_path) == first
    assert len(first) >= 50
    assert stat.S_IMODE((tmp_path / "secret_key").stat().st_mode) == 0o600


def test_a_secret_key_that_was_cut_short_is_refused(tmp_path, monkeypatch):
    monkeypatch.delenv("SECRET_KEY", raising=False)
    (tmp_path / "secret_key").write_text("short")
    with pytest.raises(ImproperlyConfigured, match="too short"):
        env.secret_key(tmp_path)


def test_exercise_log_ins_are_refused_in_a_real_room(tmp_path):
    run(tmp_path, "migrate", "--verbosity=0")
    done = run(tmp_path, "prepare_exercise_users")
    assert done.returncode != 0
    assert "RUKUN_EXERCISE=1" in done.stderr


def test_exercise_log_ins_are_one_of_each_role_and_stay_the_same(tmp_path):
    run(tmp_path, "migrate", "--verbosity=0")
    first = run(tmp_path, "prepare_exercise_users", RUKUN_EXERCISE="1").stdout
    roles = [line.split()[1] for line in first.splitlines()]
    assert sorted(roles) == [
        "analyst", "coordinator", "liaison", "typist", "verifier", "viewer", "witness:1", "witness:2",
    ]  # fmt: skip
    assert run(tmp_path, "prepare_exercise_users", RUKUN_EXERCISE="1").stdout == first


def test_every_setting_of_the_environment_is_on_the_page_of_settings():
    sources = [ROOT / "src/rukun/web" / name for name in ("settings.py", "env.py")]
    read = r'(?:flag|words|number|environ\.get)\(\s*"(\w+)"'
    names = {n for path in sources for n in re.findall(read, path.read_text(encoding="utf-8"))}
    page = (ROOT / "docs/reference/settings.md").read_text(encoding="utf-8")
    assert len(names) >= 10
    assert {name for name in names if f"| `{name}` |" not in page} == set()


def test_the_first_coordinator_is_let_in_from_the_command_line(tmp_path):
    run(tmp_path, "migrate", "--verbosity=0")
    done = run(tmp_path, "let_in", "Siti")
    assert re.match(r"http://localhost/account/password/reset/key/\w+-\S+/$", done.stdout)
    assert run(tmp_path, "let_in", "siti").returncode == 0, "a second link for the same person"
    refused = run(tmp_path, "let_in", "saksi", "--role", "witness")
    assert "Say which pair" in refused.stderr or "Sebutkan paslon" in refused.stderr
