"""Aliases: the same for the same account, unguessable without the key, and nobody named in a text."""

from __future__ import annotations

import hashlib
import hmac
import re
import time

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rukun.talk.aliases import ALIAS, EMAIL, LETTERS, NUMBER, PHONE, SPACE, Aliases, handle
from rukun.talk.profiles import native_post

KEY = bytes(range(32))
CODE = re.compile(f"[a-z]+:[{LETTERS}]{{16}}")


@pytest.fixture(scope="module")
def aliases() -> Aliases:
    return Aliases(KEY)


def test_an_alias_has_ten_letters_and_a_post_code_sixteen(aliases):
    assert len(set(LETTERS)) == 32 and not set("01IO") & set(LETTERS)
    assert ALIAS.fullmatch(aliases.account("x", "1"))
    assert SPACE.fullmatch(aliases.space("telegram", "1"))
    assert CODE.fullmatch(aliases.post("x", "1"))


def test_a_code_is_hmac_sha256_of_kind_platform_and_id_each_behind_its_length(aliases):
    message = b"".join(len(p).to_bytes(4, "big") + p for p in (b"account", b"x", "ñ7".encode()))
    number = int.from_bytes(hmac.new(KEY, message, hashlib.sha256).digest()[:10], "big")
    letters = [LETTERS[number >> s & 31] for s in range(75, -1, -5)]
    assert aliases.account("x", "ñ7") == "akun-" + "".join(letters[:10])


def test_the_same_account_has_one_alias_and_another_key_another(aliases):
    assert Aliases(KEY).account("x", "42") == aliases.account("x", "42")
    assert Aliases(KEY[::-1]).account("x", "42") != aliases.account("x", "42")


@given(st.tuples(st.text(), st.text()), st.tuples(st.text(), st.text()))
def test_two_accounts_never_share_an_alias(one, other):
    aliases = Aliases(KEY)
    assert (aliases.account(*one) == aliases.account(*other)) == (one == other)


def test_platform_and_id_are_told_apart_and_so_are_kinds(aliases):
    assert aliases.account("x", "1y") != aliases.account("x1", "y")
    codes = {aliases.account("x", "1")[-10:], aliases.space("x", "1")[-10:]}
    assert len(codes | {aliases.post("x", "1")[2:12]}) == 3


def test_a_column_of_ids_gives_the_same_as_one_by_one(aliases):
    ids = pl.Series(["7", None, "8", "7"])
    for many, one in (
        (aliases.accounts, aliases.account),
        (aliases.spaces, aliases.space),
        (aliases.posts, aliases.post),
    ):
        assert many("x", ids).to_list() == [i and one("x", i) for i in ids]


def test_a_key_of_another_length_is_refused():
    with pytest.raises(ValueError, match="32 bytes"):
        Aliases(b"short")


MENTIONS = [
    ("halo @Contoh_1!", "halo @{x:contoh_1}!"),
    ("cc:@contoh.dua.", "cc:@{x:contoh.dua}."),
    ("＠contoh", "@{x:contoh}"),
    ("b@kar dan 5 kg @ 9000", "b@kar dan 5 kg @ 9000"),
    ("did:plc:abc123", "{bluesky:did:plc:abc123}"),
    ("lihat contoh.bsky.social", "lihat {bluesky:contoh.bsky.social}"),
]
LINKS = [
    ("https://x.com/Contoh", "https://x.com/{x:contoh}"),
    ("x.com/Contoh", "x.com/{x:contoh}"),
    ("(https://twitter.com/contoh).", "(https://twitter.com/{x:contoh})."),
    ("https://x.com/contoh_/status/9?s=20", "https://x.com/{x:contoh_}/status/{post:x:9}?s=20"),
    ("https://x.com/i/web/status/9", "https://x.com/i/web/status/{post:x:9}"),
    ("https://x.com/i/user/77", "https://x.com/i/user/{x:77}"),
    ("https://x.com/intent/follow?screen_name=A1", "https://x.com/intent/follow?screen_name={x:a1}"),
    ("https://www.instagram.com/contoh/", "https://www.instagram.com/{instagram:contoh}/"),
    ("https://instagram.com/p/Cab/", "https://instagram.com/p/Cab/"),
    ("https://www.tiktok.com/@c.d/video/5", "https://www.tiktok.com/@{tiktok:c.d}/video/{post:tiktok:5}"),
    ("https://facebook.com/c.d", "https://facebook.com/{facebook:c.d}"),
    ("https://m.facebook.com/profile.php?id=77", "https://m.facebook.com/profile.php?id={facebook:77}"),
    ("https://facebook.com/people/A-B/10001/", "https://facebook.com/people/{facebook:10001}/"),
    ("https://facebook.com/groups/warga/posts/5/", "https://facebook.com/groups/{space:facebook:warga}/posts/{post:facebook:5}/"),
    ("https://facebook.com/story.php?story_fbid=5&id=77", "https://facebook.com/story.php?story_fbid={post:facebook:5}&id={facebook:77}"),
    ("https://facebook.com/watch?v=5", "https://facebook.com/watch?v=5"),
    ("https://t.me/kanal/5", "https://t.me/{telegram:kanal}/{post:telegram:kanal/5}"),
    ("https://t.me/s/kanal", "https://t.me/s/{telegram:kanal}"),
    ("https://t.me/c/123/5", "https://t.me/c/{space:telegram:123}/{post:telegram:123/5}"),
    ("https://t.me/+AbC", "https://t.me/+{space:telegram:abc}"),
    ("kanal.t.me", "{telegram:kanal}.t.me"),
    ("tg://resolve?domain=kanal", "tg://resolve?domain={telegram:kanal}"),
    ("https://youtube.com/@Kanal/videos", "https://youtube.com/@{youtube:kanal}/videos"),
    ("https://youtube.com/channel/UCaB", "https://youtube.com/channel/{youtube:UCaB}"),
    ("https://youtube.com/watch?v=a&ab_channel=Kanal", "https://youtube.com/watch?v=a&ab_channel={youtube:kanal}"),
    ("https://www.threads.net/@c/post/Cx", "https://www.threads.net/@{threads:c}/post/{post:threads:Cx}"),
    ("https://bsky.app/profile/did:plc:a/post/3k", "https://bsky.app/profile/{bluesky:did:plc:a}/post/{post:bluesky:at://did:plc:a/app.bsky.feed.post/3k}"),
    ("https://wa.me/6281200000000", f"https://wa.me/{PHONE}"),
    ("https://server.example/@contoh/5", "https://server.example/@{server.example:contoh}/5"),
    ("https://l.facebook.com/l.php?u=https%3A%2F%2Fx.com%2Fcontoh&h=1", "https://l.facebook.com/l.php?u=https://x.com/{x:contoh}&h=1"),
    ("https://warta.example/berita/5?a=1%20b", "https://warta.example/berita/5?a=1%20b"),
]  # fmt: skip
NUMBERS = [
    ("hub 0812-0000-0000 ya", f"hub {PHONE} ya"),
    ("+62 812 0000 0000", PHONE),
    ("6281200000000", PHONE),
    ("(0361) 000000", PHONE),
    ("a.b@surat.example", EMAIL),
    ("NIK 0000000000000000.", f"NIK {NUMBER}."),
    ("72.468 suara, 5101042001, tps 008", "72.468 suara, 5101042001, tps 008"),
    ("08.15-12.00 WITA, 27/11/2024 10:20", "08.15-12.00 WITA, 27/11/2024 10:20"),
]


def _filled(pattern: str, aliases: Aliases) -> str:
    """The pattern with ``{network:name}`` as the alias of that account, of a space, of a post."""

    def named(found: re.Match[str]) -> str:
        kind, network, name = re.fullmatch(r"(?:(post|space):)?([^:]+):(.+)", found[1]).groups()
        if kind == "post":
            return aliases.post(network, name).partition(":")[2]
        return aliases.space(network, name) if kind else aliases.account(network, name)

    return re.sub(r"\{([^}]+)\}", named, pattern)


@pytest.mark.parametrize(("text", "pattern"), [*MENTIONS, *LINKS, *NUMBERS])
def test_a_text_names_nobody_afterwards_and_loses_nothing_else(aliases, text, pattern):
    masked = aliases.mask(text, "x")
    assert masked == _filled(pattern, aliases)
    assert aliases.mask(masked, "x") == masked


def test_a_mention_and_the_accounts_own_posts_share_one_alias(aliases):
    known = {"contoh": "12345"}
    own = aliases.account("x", "12345")
    assert aliases.mask("@Contoh https://x.com/CONTOH", "x", known) == f"@{own} https://x.com/{own}"
    assert own not in aliases.mask("https://t.me/contoh", "x", known)


def test_a_link_to_a_post_holds_the_posts_own_code(aliases):
    link = aliases.link("https://t.me/kanal/5")
    code = aliases.post("telegram", native_post("telegram", "kanal", "5"))
    assert link.endswith("/" + code.removeprefix("telegram:"))


def test_a_column_of_texts_is_masked_as_one_by_one(aliases):
    texts = [t for t, _ in (*MENTIONS, *LINKS, *NUMBERS)]
    column = pl.Series("text", [*texts, None, "tanpa nama"])
    masked = [*(aliases.mask(t, "x") for t in texts), None, "tanpa nama"]
    assert aliases.masks(column, "x").to_list() == masked


PIECES = (
    "@",
    "@satu",
    "https://",
    "x.com/",
    "t.me/",
    "?u=",
    "%40",
    "0812",
    " ",
    "-",
    "a.b",
    "\ud800",
    "did:",
)


@given(st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=3))).map("".join))
def test_any_text_can_be_masked_and_a_masked_one_stays_as_it_is(text):
    masked = Aliases(KEY).mask(text, "x")
    assert Aliases(KEY).mask(masked, "x") == masked


@given(
    st.sampled_from(
        ("x.com/{}", "www.tiktok.com/@{}", "t.me/{}", "m.facebook.com/{}", "a.example/@{}")
    ),
    st.from_regex(r"q[a-z0-9_]{6}z", fullmatch=True),
)
def test_no_name_survives_in_a_mention_or_a_link(link, name):
    for text in (
        f"hai @{name},",
        f"({link.format(name)})",
        f"https://{link.format(name.upper())}/?a=1",
    ):
        assert name not in Aliases(KEY).mask(text, "x").lower()


@pytest.mark.parametrize(
    "text",
    [
        *(
            "0" * 20_000,
            "@" * 20_000,
            "a." * 10_000 + "@",
            "x.com/" * 4_000,
            "08-" * 7_000,
            "@a-" * 7_000,
        ),
        "https://a.example/?" + "u=http://a.example/?" * 1_000,
    ],
    ids=lambda text: text[:12],
)
def test_hostile_texts_take_no_time(aliases, text):
    before = time.process_time()
    aliases.mask(text, "x")
    assert time.process_time() - before < 2


def test_a_handle_has_one_form():
    assert handle(" @Contoh ") == handle("CONTOH") == handle("＠contoh") == "contoh"
