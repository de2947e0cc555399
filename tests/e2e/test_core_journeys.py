"""What people do with the core in a real browser, step by step."""

from __future__ import annotations

import base64
import hashlib
import hmac
import struct
import time

import pytest

from .conftest import dress

pytestmark = pytest.mark.browser


def one_time_code(secret: str, at: float) -> str:
    """The six digits an authenticator app shows (RFC 6238)."""
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    digest = hmac.new(key, struct.pack(">Q", int(at) // 30), hashlib.sha1).digest()
    start = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[start : start + 4])[0] & 0x7FFFFFFF) % 10**6:06d}"


def test_the_coordinator_lets_somebody_in_who_then_signs_in(page, room, sign_in, browser):
    sign_in("koordinator")
    page.goto("/people/new/")
    page.fill("[name=username]", "made")
    page.fill("[name=first_name]", "Made")
    page.select_option("[name=role]", "witness")
    page.select_option("[name=camp]", "1")
    page.click("main form button")
    link = page.inner_text(".copy")
    newcomer = browser.new_context(locale="en-GB").new_page()
    newcomer.goto(link)
    newcomer.fill("[name=password1]", "laut-tenang-senja-3")
    newcomer.fill("[name=password2]", "laut-tenang-senja-3")
    newcomer.click("main form button")
    newcomer.goto(f"{room.url}/account/login/")
    newcomer.fill("[name=login]", "made")
    newcomer.fill("[name=password]", "laut-tenang-senja-3")
    newcomer.click("main form button")
    newcomer.goto(f"{room.url}/account/")
    assert "witness of pair 1" in newcomer.inner_text("main")
    page.goto("/people/")
    page.click("text=made")
    page.click("button.danger")
    newcomer.goto(f"{room.url}/account/")
    assert "/account/login/" in newcomer.url
    newcomer.context.close()


def test_a_second_factor_is_set_up_and_then_asked_for(page, room, sign_in, shoot, browser):
    sign_in("analis")
    page.goto("/account/2fa/totp/activate/")
    if "reauthenticate" in page.url:
        page.fill("[name=password]", room.logins["analis"])
        page.click("main form button")
    shoot("/account/2fa/totp/activate/", "totp-activate", themes=("light",))
    page.goto("/account/2fa/totp/activate/")
    secret = page.input_value("#authenticator_secret")
    page.fill("[name=code]", one_time_code(secret, time.time()))
    page.click("main form button[type=submit]")
    page.wait_for_load_state()
    codes = page.input_value("main textarea").split()
    assert len(set(codes)) == 10
    other = browser.new_context(base_url=room.url, locale="id-ID").new_page()
    other.goto("/account/login/")
    other.fill("[name=login]", "analis")
    other.fill("[name=password]", room.logins["analis"])
    other.click("main form button")
    assert other.url.endswith("/account/2fa/authenticate/")
    other.fill("[name=code]", codes[0])
    other.click("main form button[type=submit]")
    other.goto("/account/")
    assert "analis" in other.inner_text("main")
    other.context.close()


def test_language_theme_and_sign_in_work_without_javascript(browser, room):
    bare = browser.new_context(base_url=room.url, locale="id-ID", java_script_enabled=False)
    page = bare.new_page()
    page.goto("/account/login/")
    page.click("button[name=language][value=en]")
    assert page.get_attribute("html", "lang") == "en"
    page.click("button[name=theme][value=dark]")
    assert page.get_attribute("html", "data-theme") == "dark"
    page.fill("[name=login]", "pembaca")
    page.fill("[name=password]", room.logins["pembaca"])
    page.click("main form button")
    page.goto("/ledger/")
    assert page.inner_text("h1") == "Ledger"
    bare.close()


def test_the_chain_is_checked_by_a_button_and_the_result_stays_on_the_page(page, sign_in, shoot):
    sign_in("verifikator")
    page.goto("/ledger/")
    page.click("main .headline button")
    page.wait_for_load_state()
    assert "Utuh" in page.inner_text(".headline")
    shoot("/ledger/", "ledger-checked", themes=("light",))


def test_the_keyboard_alone_reaches_the_content_first(page):
    page.goto("/account/login/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.name") == "login"


def contrast(page, selector: str) -> float:
    """Contrast of text against its own ground (WCAG 2.2), as the browser paints it."""
    return page.evaluate(
        """selector => {
          const e = document.querySelector(selector);
          const rgb = c => c.match(/[\\d.]+/g).slice(0, 3).map(Number);
          const light = c => rgb(c).map(v => v / 255)
            .map(v => v <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4)
            .reduce((sum, v, i) => sum + v * [.2126, .7152, .0722][i], 0);
          let ground = e;
          while (/rgba\\(.*, 0\\)/.test(getComputedStyle(ground).backgroundColor))
            ground = ground.parentElement;
          const [a, b] = [light(getComputedStyle(e).color),
                          light(getComputedStyle(ground).backgroundColor)].sort((x, y) => y - x);
          return (a + .05) / (b + .05);
        }""",
        selector,
    )


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_both_pairs_carry_the_same_weight_and_are_read_easily(page, room, sign_in, theme):
    sign_in("koordinator")
    dress(page, room, "en", theme)
    page.goto("/people/")
    one, two = contrast(page, ".pair-1"), contrast(page, ".pair-2")
    assert min(one, two) >= 4.5
    assert abs(one - two) / max(one, two) < 0.03
