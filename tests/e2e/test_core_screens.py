"""The core's pages in a real browser: they fit, obey the strict policy, and work bare."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.browser

PAGES = {
    "people": "/people/",
    "person": "/people/1/",
    "person-new": "/people/new/",
    "ledger": "/ledger/",
    "ledger-entry": "/ledger/1/",
    "account": "/account/",
    "second-factor": "/account/2fa/",
    "sessions": "/account/sessions/",
    "password": "/account/password/change/",
    "not-found": "/nowhere/",
}


@pytest.mark.parametrize("name", PAGES)
def test_it_fits_every_screen(name, sign_in, shoot):
    sign_in("koordinator")
    assert len(shoot(PAGES[name], name)) == 8


@pytest.mark.parametrize("name", ["login", "password/reset"])
def test_it_fits_before_signing_in(name, page, shoot):
    page.goto("/healthz")
    assert len(shoot(f"/account/{name}/", name.replace("/", "-"))) == 8
