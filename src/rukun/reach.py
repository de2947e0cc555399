"""The one way out of this machine: to an endpoint that the operator named, and nowhere else."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.error import URLError
from urllib.request import Request, urlopen

from rukun.errors import UserError

_SECONDS = 30


def send(url: str, headers: Mapping[str, str], body: bytes) -> bytes:
    """The answer to a POST. Raises ``UserError`` where there is none."""
    if not url.startswith(("http://", "https://")):
        hint = "Give an address that begins with http:// or https://."
        raise UserError("endpoint-address", "is no address of an endpoint.", hint, url)
    try:
        with urlopen(Request(url, body, dict(headers)), timeout=_SECONDS) as answer:
            return bytes(answer.read())
    except (URLError, TimeoutError, OSError) as err:
        hint = "Without a second reader the screen works by itself."
        raise UserError("endpoint-down", f"did not answer ({err}).", hint, url) from err
