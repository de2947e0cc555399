"""People for the tests of the site, and settings that keep one test from touching another."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from django.test import Client

PASSWORD = "sawah-hijau-pagi-7"


@pytest.fixture(autouse=True)
def own_room(settings, tmp_path):
    """Each test has its own data folder and cache, plain static files and a quick hasher."""
    settings.DATA_DIR = tmp_path
    settings.VAULT_DIR = tmp_path / "vault"
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
    settings.RUKUN_OPEN_READING = False
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    cache.clear()


@pytest.fixture
def person(db):
    """Make a person: ``person("verifier")``, ``person("witness", camp=2, username="w2")``."""
    from rukun.web.core.models import User
    from rukun.web.core.services import create_user

    def make(role: str, camp: int | None = None, username: str = "", **more) -> User:
        name = username or f"{role}{camp or ''}"
        return create_user(None, User(username=name, role=role, camp=camp, **more), PASSWORD)

    return make


@pytest.fixture
def signed_in(person):
    """A client signed in as a new person of this role; the person is ``client.person``."""

    def make(role: str, camp: int | None = None, language: str = "en", **more) -> Client:
        client = Client(headers={"accept-language": language})
        client.person = person(role, camp, **more)
        assert client.login(username=client.person.username, password=PASSWORD)
        return client

    return make


@pytest.fixture
def anybody(db):
    """A client that is not signed in."""
    return Client(headers={"accept-language": "en"})
