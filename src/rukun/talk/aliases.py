"""Aliases of accounts, spaces and posts, and texts in which nobody is named.

An alias is a keyed code (HMAC-SHA256, RFC 2104) of kind, platform and the platform's own id: the
same account has the same alias in every file, and without the key none can be worked out or
checked. The key lies in the vault; see ``docs/explanation/aliases.md``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import lru_cache, partial
from hashlib import sha256
from typing import Final

import polars as pl

from rukun.talk.profiles import APPS, linked, native_post

#: No 0, 1, I and O: a code is read aloud and copied by hand.
LETTERS: Final = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
SHORT, LONG = 10, 16
_CODED = f"[{LETTERS}]{{{SHORT}}}"
#: The alias of an account; the one pattern of it in Rukun.
ALIAS: Final = re.compile(f"akun-{_CODED}")
#: The alias of a group, channel or page.
SPACE: Final = re.compile(f"ruang-{_CODED}")
#: Everything the key makes, as it stands in texts and links: there a post is without its platform.
NAME: Final = re.compile(rf"{ALIAS.pattern}|{SPACE.pattern}|\b[{LETTERS}]{{{LONG}}}\b")
#: What stands in a text for a telephone number, an address, and the number of an identity card.
PHONE, EMAIL, NUMBER = "[telepon]", "[surel]", "[nomor]"
KEY_BYTES: Final = 32
#: Links stand in links, as in those that lead out of a network.
DEEPEST: Final = 4

_PAIRS: Final = tuple(a + b for a in LETTERS for b in LETTERS)
_SHIFTS: Final = tuple(range(5 * (LONG - 2), -1, -10))
#: Texts without any of this name nobody in a form that is known here. For Rust's regex too.
_NUMBERS: Final = r"\d[\d\s().\-]{7,}\d"
_MAYBE: Final = rf"[@＠/]|(?i:did:|\.t\.me\b|\.bsky\.social)|{_NUMBERS}"
_MAYBE_HERE: Final = re.compile(_MAYBE)
_NUMBERS_HERE: Final = re.compile(_NUMBERS)
#: Signs that stand on letters in Indonesian scripts and others, and joiners: none is a letter.
_SIGNS: Final = "\u0300-\u036f\u0591-\u06ed\u0900-\u1cff\u200c\u200d\ua8e0-\uabff"
_SITE: Final = r"(?:\w[\w\-]{0,62}\.){1,8}[a-z]{2,24}/"
#: Where one address ends and another begins without a space.
_NEXT: Final = rf"[,|;](?:https?:|{_SITE})|(?<![=/&?#])https?://"
_URL: Final = (
    rf"(?:(?:https?|{'|'.join(APPS)})://|{_SITE})(?:(?!{_NEXT})[^<>\"“”])+"
    r"|(?!akun-)\w{1,63}\.t\.me\b"
)
#: Mail by the name of who delivers it alone, as people write it.
_MAIL: Final = r"(?:gmail|yahoo|ymail|rocketmail|hotmail|outlook|icloud|proton(?:mail)?)\b"
#: What names somebody inside one word, and what a word is. In “b@kar” the @ is a letter.
_NAMED: Final = re.compile(
    rf"(?P<url>(?<![\w@])(?<!\w[.\-])(?:{_URL}))"
    r"|(?P<did>did:[a-z]+:[\w.:%\-]+)"
    rf"|(?P<email>(?<![\w.+\-])[\w.+\-]+[@＠](?:[\w\-]{{1,63}}(?:\.[\w\-]{{1,63}})+|{_MAIL}))"
    rf"|(?<![^\W_])[@＠](?!{ALIAS.pattern})"
    rf"(?P<handle>[\w{_SIGNS}](?:[\w.\-@＠·{_SIGNS}]*[\w{_SIGNS}])?)"
    r"|[@＠](?P<glued>[^\W_][^\W_.]*[_.][\w.]*\w)"
    r"|(?P<bare>\b[\w\-]{1,63}\.bsky\.social\b)",
    re.IGNORECASE,
)
_WORDS: Final = re.compile(r"(\s+)")
#: Numbers that reach a person: identity card, mobile, abroad, landline. Not those in links.
_REACHED: Final = re.compile(
    rf"https?://\S+|(?<![\w@.\-]){_SITE}\S*"
    r"|(?<![\w/=])(?<!\d[.\-])(?P<number>\d{16})(?!\w)"
    r"|(?<!\d)(?<!\d[.\-])(?:\+?62|\(?0)[\s.\-(]{0,2}8\d\d?\)?(?:[\s.\-]?\d){6,10}(?!\d)"
    r"|(?<![\w/=])(?<!\d[.\-])(?:\+[1-9]\d{0,2}(?:[\s.\-]?\d){7,12}"
    r"|\(?0[2-79]\d{1,2}\)?[\s.\-]?\d{3,4}[\s.\-]?\d{3,4})(?!\w)",
    re.IGNORECASE,
)
_LINK_HERE: Final = re.compile(rf"https?://|{_SITE}", re.IGNORECASE)


def handle(name: str) -> str:
    """A handle in the one form in which it stands for an account whose id is not stated."""
    return name.strip().lstrip("@＠").casefold()


class Aliases:
    """Gives aliases under one key. The same key and id give the same alias, always."""

    def __init__(self, key: bytes) -> None:
        if len(key) != KEY_BYTES:
            raise ValueError(f"the key of aliases has {KEY_BYTES} bytes, not {len(key)}")
        # HMAC's two hashes, begun once: four times as quick as a new HMAC for each code.
        padded = key.ljust(64, b"\0")
        self._inner = sha256(bytes(b ^ 0x36 for b in padded))
        self._outer = sha256(bytes(b ^ 0x5C for b in padded))
        self.account: Callable[[str, str], str] = lru_cache(1_000_000)(self._account)
        self.space: Callable[[str, str], str] = lru_cache(100_000)(self._space)

    def post(self, platform: str, native_id: str) -> str:
        """The code of a post: its platform, “:” and sixteen letters."""
        return f"{platform}:{self._code('post', platform, native_id)}"

    def accounts(self, platform: str, native_ids: pl.Series) -> pl.Series:
        """``account`` of each id; null stays null."""
        return _each(native_ids, lambda n: self.account(platform, n))

    def spaces(self, platform: str, native_ids: pl.Series) -> pl.Series:
        """``space`` of each id; null stays null."""
        return _each(native_ids, lambda n: self.space(platform, n))

    def posts(self, platform: str, native_ids: pl.Series) -> pl.Series:
        """``post`` of each id; null stays null."""
        return _each(native_ids, lambda n: self.post(platform, n))

    def mask(self, text: str, platform: str, known: Mapping[str, str] | None = None) -> str:
        """``text`` in which nobody is named in a form that can be recognised.

        Mentions, profile links of the known networks and DIDs become aliases; telephone numbers,
        mail addresses and numbers of identity cards become a mark, so that no disclosure spreads.
        ``known`` gives the native id of a handle (see ``handle``) on ``platform``, so that a
        mention and the account's own posts share one alias. A masked text stays as it is.
        """
        if not _MAYBE_HERE.search(text):
            return text
        return self._unnamed(text, platform, known or {})

    def masks(
        self, texts: pl.Series, platform: str, known: Mapping[str, str] | None = None
    ) -> pl.Series:
        """``mask`` of each text; null stays null."""
        touched = texts.str.contains(_MAYBE).fill_null(False)
        if not touched.any():
            return texts
        handles = known or {}
        named = [self._unnamed(t, platform, handles) for t in texts.filter(touched)]
        changed = pl.Series(texts.name, named, pl.String)
        return texts.scatter(touched.arg_true(), changed)

    def link(self, url: str, platform: str = "", known: Mapping[str, str] | None = None) -> str:
        """One address without a name; see ``mask``."""
        return self.mask(url.strip(), platform, known)

    def _unnamed(self, text: str, platform: str, known: Mapping[str, str], depth: int = 0) -> str:
        if _NUMBERS_HERE.search(text):
            text = _REACHED.sub(_unreachable, text)
        swap = partial(self._masked, platform, known, depth)
        words = _WORDS.split(text)
        words[::2] = [w if w.isalnum() else _NAMED.sub(swap, w) for w in words[::2]]
        return "".join(words)

    def _masked(
        self, platform: str, known: Mapping[str, str], depth: int, found: re.Match[str]
    ) -> str:
        kind, text = str(found.lastgroup), found.group()
        if kind == "url":
            return linked(text, partial(self._in_link, platform, known, depth), PHONE)
        if kind == "did":
            return self.account("bluesky", text)
        if kind == "bare":
            return self._named("bluesky", text, known if platform == "bluesky" else {})
        if kind == "email":
            return EMAIL
        return f"@{self._named(platform, found[kind], known)}"

    def _in_link(
        self,
        platform: str,
        known: Mapping[str, str],
        depth: int,
        kind: str,
        network: str,
        name: str,
        by: str,
    ) -> str:
        """What stands in a link for an account, a space or a post (``by`` an account)."""
        mine = known if network == platform else {}
        if kind == "text":
            # What is nested deeper than anybody nests links is left out rather than looked into.
            return self._unnamed(name, platform, known, depth + 1) if depth < DEEPEST else ""
        if ALIAS.fullmatch(name) or SPACE.fullmatch(name):
            return name
        if kind == "space":
            return self.space(network, handle(name))
        if kind == "account":
            return self._named(network, name, mine)
        if ALIAS.fullmatch(by) or SPACE.fullmatch(by):
            return name
        owner = mine.get(handle(by), by)
        return self._code("post", network, native_post(network, owner, name))

    def _named(self, network: str, name: str, known: Mapping[str, str]) -> str:
        # Ids that stand in links where handles may stand too; their case tells them apart.
        is_id = name.startswith({"bluesky": "did:", "youtube": "UC"}.get(network, "\0"))
        return self.account(network, name if is_id else known.get(handle(name), handle(name)))

    def _account(self, platform: str, native_id: str) -> str:
        return f"akun-{self._code('account', platform, native_id)[:SHORT]}"

    def _space(self, platform: str, native_id: str) -> str:
        return f"ruang-{self._code('space', platform, native_id)[:SHORT]}"

    def _code(self, *parts: str) -> str:
        raw = [p.encode("utf-8", "surrogatepass") for p in parts]
        # With its length before each part, no two different triples give one message.
        inner, outer = self._inner.copy(), self._outer.copy()
        inner.update(b"".join([len(r).to_bytes(4, "big") + r for r in raw]))
        outer.update(inner.digest())
        number = int.from_bytes(outer.digest()[: LONG * 5 // 8], "big")
        return "".join([_PAIRS[number >> shift & 1023] for shift in _SHIFTS])


def reaches(text: str) -> bool:
    """Whether a number in it reaches a person: a telephone, an identity card."""
    return _REACHED.sub(_unreachable, text) != text


def _unreachable(found: re.Match[str]) -> str:
    if found["number"]:
        return NUMBER
    return found.group() if _LINK_HERE.match(found.group()) else PHONE


def _each(values: pl.Series, code: Callable[[str], str]) -> pl.Series:
    """``code`` of each value, worked out once a distinct value."""
    distinct = values.drop_nulls().unique()
    coded = pl.Series([code(v) for v in distinct], dtype=pl.String)
    return values.replace_strict(distinct, coded, default=None, return_dtype=pl.String)
