"""Where links to networks name an account, a group or a post, so that the name can be replaced.

One table of hosts and one of paths; what stands in a link beside these names is kept as it is.
Links to content that name nobody (a video, a photo) stay, since a person has to be able to look
at what spreads.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final, Protocol
from urllib.parse import parse_qsl, unquote, urlencode

_HOSTS: Final = {
    "x": "x.com twitter.com fxtwitter.com vxtwitter.com fixupx.com nitter.net",
    "instagram": "instagram.com instagr.am ddinstagram.com",
    "tiktok": "tiktok.com",
    "facebook": "facebook.com fb.com fb.me m.me messenger.com",
    "telegram": "t.me telegram.me telegram.dog",
    "youtube": "youtube.com",
    "threads": "threads.net threads.com",
    "bluesky": "bsky.app",
    "whatsapp": "wa.me whatsapp.com",
    "linkedin": "linkedin.com",
    "snapchat": "snapchat.com",
    "reddit": "reddit.com",
    "line": "line.me",
    "vk": "vk.com",
    "kaskus": "kaskus.co.id",
    "discord": "discord.com",
    "linktree": "linktr.ee",
    "saweria": "saweria.co",
    "trakteer": "trakteer.id",
}
#: Host without its subdomain → network.
NETWORKS: Final = {host: network for network, hosts in _HOSTS.items() for host in hosts.split()}
#: Schemes by which an app is opened; what looks like their host is the first part of a path.
APPS: Final = {
    "tg": "telegram",
    "intent": "telegram",
    "fb": "facebook",
    "instagram": "instagram",
    "twitter": "x",
    "whatsapp": "whatsapp",
}


def _but(words: str) -> str:
    """An account's name that is none of these words."""
    listed = "|".join(re.escape(w) for w in words.split())
    return rf"(?P<account>(?!(?:{listed})(?:[/?#]|$))[^/?#]+)"


_POST: Final = r"(?P<post>[^/?#]+)"
_END: Final = r"(?=[/?#]|$)"
_X: Final = _but("i home search hashtag intent share explore notifications messages settings login "
                 "tos privacy compose jobs")  # fmt: skip
_INSTAGRAM: Final = _but(
    "p reel reels tv explore accounts stories direct about developer share s user media"
)
_FACEBOOK: Final = _but("watch reel reels share sharer sharer.php photo photo.php story.php "
                        "permalink.php profile.php groups events hashtag marketplace gaming login "
                        "l.php plugins dialog help policies stories media video.php search people "
                        "pages pg p photos videos notes home.php settings t privacy")  # fmt: skip
_TELEGRAM: Final = _but("share addstickers addlist addemoji proxy socks iv setlanguage bg c s "
                        "joinchat login confirmphone resolve user join msg privatepost")  # fmt: skip
_YOUTUBE: Final = _but("watch shorts live playlist results feed embed v redirect hashtag post "
                       "gaming premium about attribution_link clip channel c user")  # fmt: skip
#: Network → what its paths look like, the first that fits.
_PATHS: Final[dict[str, tuple[str, ...]]] = {
    "x": (
        r"/(?:user|follow|post|status)(?=/?(?:[?#]|$))",
        rf"/i/(?:web/)?status/(?P<post>\d+){_END}",
        rf"/i/user/(?P<account>\d+){_END}",
        rf"/{_X}/status(?:es)?/(?P<post>\d+)",
        rf"/{_X}",
    ),
    "instagram": (
        rf"/stories/(?P<account>(?!highlights/)[^/?#]+)(?:/{_POST})?",
        rf"/{_INSTAGRAM}/(?:p|reel|tv)/{_POST}",
        rf"/{_INSTAGRAM}",
    ),
    "tiktok": (
        r"/@(?P<account>[^/?#]+)(?:/(?:video|photo)/(?P<post>\d+))?",
        r"/(?:h5/)?share/use?r/(?P<account>[^/?#.]+)",
    ),
    "facebook": (
        r"/profile/(?P<account>[^/?#]+)",
        r"/(?:page|group)/(?P<space>\d+|ruang-\w+)",
        r"/groups/(?P<space>[^/?#]+)/user/(?P<account>[^/?#]+)",
        rf"/groups/(?P<space>[^/?#]+)(?:/(?:posts|permalink)/{_POST})?",
        r"/(?:people|pages)/(?P<account>[^/?#]+/\d+)",
        r"/(?:p|pages/category/[^/?#]+|pages)/(?P<account>[^/?#]+)",
        rf"/(?:pg/)?{_FACEBOOK}(?:/(?:posts|videos|photos|reels?|permalink)/(?P<post>[^?#]+))?",
    ),
    "telegram": (
        r"/(?:\+|joinchat/)(?P<space>[^/?#]+)",
        r"/c/(?P<space>[^/?#]+)(?:/(?:\d+/)?(?P<post>\d+))?",
        rf"/(?:s/)?{_TELEGRAM}(?:/(?:\d+/)?(?P<post>\d+))?",
    ),
    "youtube": (r"/(?:channel/|c/|user/|@)(?P<account>[^/?#]+)", rf"/{_YOUTUBE}"),
    "threads": (rf"/@(?P<account>[^/?#]+)(?:/post/{_POST})?",),
    "bluesky": (rf"/(?:profile|starter-pack)/(?P<account>[^/?#]+)(?:/post/{_POST})?",),
    "whatsapp": (r"/(?P<phone>\+?\d{6,})", r"/(?P<space>(?!send|channel|message)[\w\-]{8,})"),
    "linkedin": (r"/(?:in|company)/(?P<account>[^/?#]+)",),
    "snapchat": (r"/(?:add/|@)(?P<account>[^/?#]+)",),
    "reddit": (r"/u(?:ser)?/(?P<account>[^/?#]+)",),
    "line": (r"/(?:R/)?ti/p/[~@]?(?P<account>[^/?#]+)",),
    "vk": (r"/(?P<account>(?!wall|video|photo|feed|search|clip)[^/?#]+)",),
    "kaskus": (r"/(?:profile/(?:viewprofile/)?|@)(?P<account>[^/?#]+)",),
    "discord": (r"/users/(?P<account>\d+)",),
    **dict.fromkeys(("linktree", "saweria", "trakteer"), (r"/@?(?P<account>[^/?#]+)",)),
}
_SHAPES: Final = {n: tuple(re.compile(p, re.IGNORECASE) for p in ps) for n, ps in _PATHS.items()}
#: Network → names of the query that hold an account, a post, a telephone number.
_QUERY: Final = {
    "x": {"screen_name": "account", "user_id": "account", "via": "account", "related": "account"},
    # Sets of photos bear the id of whose photos they are.
    "facebook": {"id": "account", "profile_id": "account", "story_fbid": "post", "set": "photos"},
    "telegram": {"domain": "account", "id": "account"},
    "youtube": {"ab_channel": "account"},
    # What the networks add to a shared link says who shared it.
    "instagram": dict.fromkeys(("igshid", "igsh", "username", "taken-by"), "account"),
    "tiktok": dict.fromkeys(
        ("user_id", "sec_uid", "sec_user_id", "share_author_id", "u_code", "unique_id"), "account"
    ),
    "whatsapp": {"phone": "phone"},
}
#: Elsewhere (Mastodon, Medium, Misskey, …) “/@name” is a profile, and so is “/users/name”.
_ELSEWHERE: Final = (re.compile(r"/(?:@|users/)(?P<account>[^/?#]+)"),)
#: In the name of a set of photos, whose they are.
_OWNER: Final = re.compile(r"\d{9,}")
#: Whose posts a search on X looks for.
_BY: Final = re.compile(r"\b((?:from|to):@?)(\w{1,30})(?![\w-])")
#: Dots that are dots in the name of a host, and what a path may hold between two slashes.
_DOTS: Final = str.maketrans("。．｡", "...")
_SLASHES: Final = re.compile(r"/(?:\.?/)+")
_PARTS: Final = re.compile(
    r"(?P<scheme>(?:\w+:)?//)?(?:[^/?#\s]*@)?(?P<host>[^/?#:@\s]+)(?P<port>:\d+)?(?P<path>[^?#]*)"
    r"(?:\?(?P<query>[^#]*))?(?P<rest>#.*)?",
    re.DOTALL,
)
#: Punctuation that stands behind an address and is none of it.
_TAIL: Final = ".,;:!?)}'’…*|]"


class Coder(Protocol):
    """Gives what stands for a name: kind, network, the name, the account before it."""

    def __call__(self, kind: str, network: str, name: str, by: str, /) -> str: ...


def native_post(network: str, account: str, post: str) -> str:
    """The id by which a post is coded, from what a link states; readers use the same."""
    if network == "bluesky":
        return f"at://{account}/app.bsky.feed.post/{post}"
    return f"{account}/{post}" if network == "telegram" else post


def linked(url: str, code: Coder, phone: str) -> str:
    """The address with every name in it coded; punctuation behind it stays.

    ``code`` gives what stands for an account, a space or a post, and for a text in the query.
    """
    core = _core(url, phone)
    parts = _PARTS.fullmatch(core.replace("\\", "/"))
    if parts is None:
        return url
    network, path = _network(parts)
    coded = _path(network, path, code, phone)
    query = _query(network, parts["query"], code, phone)
    front = f"{parts['scheme'] or ''}{_host(network, parts, code)}{parts['port'] or ''}"
    if _app(parts):
        front, coded = parts["scheme"], coded[1:]
    behind = _behind(network, parts, code, phone)
    return f"{front}{coded}{query}{behind}{url[len(core) :]}"


def _core(url: str, phone: str) -> str:
    """The address without the punctuation behind it; a telephone number's mark ends in some."""
    core = url.rstrip(_TAIL)
    return f"{core}]" if phone == f"{core[-len(phone) + 1 :]}]" else core


def _app(parts: re.Match[str]) -> str:
    """The network whose app the address opens; empty where it is of the web."""
    return APPS.get((parts["scheme"] or "").removesuffix("://").lower(), "")


def _network(parts: re.Match[str]) -> tuple[str, str]:
    """The network of an address, or its host where it is none we know; and its path."""
    app, path = _app(parts), unquote(parts["path"])
    if app:
        return app, f"/{parts['host']}{path}"
    host = unicodedata.normalize("NFKC", parts["host"].translate(_DOTS)).lower().rstrip(".")
    labels = host.split(".")
    known = (NETWORKS.get(".".join(labels[-n:])) for n in (2, 3))
    network = next(filter(None, known), None)
    return (network, _SLASHES.sub("/", path)) if network else (host, path)


def _behind(network: str, parts: re.Match[str], code: Coder, phone: str) -> str:
    """What stands behind “#”: on some networks it is a path, or an account."""
    rest = parts["rest"] or ""
    if rest.startswith("#!/"):
        return f"#!{_path(network, rest[2:], code, phone)}"
    if parts["host"].lower() == "web.telegram.org" and rest[1:].lstrip("-").isdigit():
        return f"#{code('account', 'telegram', rest[1:], '')}"
    return code("text", network, rest, "") if rest else ""


def _host(network: str, parts: re.Match[str], code: Coder) -> str:
    """A host that is itself a name (``name.t.me``) is coded."""
    host: str = parts["host"]
    first, _, rest = host.partition(".")
    if network == "telegram" and rest.lower() == "t.me" and first.lower() != "www":
        return f"{code('account', network, first, '')}.t.me"
    return host


def _path(network: str, path: str, code: Coder, phone: str) -> str:
    for shape in _SHAPES.get(network, _ELSEWHERE):
        found = shape.match(path)
        if found:
            return _coded(network, found, code, phone) + _further(path[found.end() :], code)
    return _further(path, code)


def _further(path: str, code: Coder) -> str:
    """The rest of a path, in which archives and redirects hold another address."""
    return code("text", "", path, "") if "://" in path else path


def _coded(network: str, found: re.Match[str], code: Coder, phone: str) -> str:
    """The part of the path that fits, its named groups coded."""
    groups = {k: v for k, v in found.groupdict().items() if v}
    by = _last(groups.get("account") or groups.get("space") or "")
    out, done = "", 0
    for kind in sorted(groups, key=found.start):
        name = phone if kind == "phone" else code(kind, network, _last(groups[kind]), by)
        out += found.string[done : found.start(kind)] + name
        done = found.end(kind)
    return out + found.string[done : found.end()]


def _last(name: str) -> str:
    """“Name/1234” and “Name-1234” are the account 1234; an album before a post is left out."""
    last = name.rstrip("/").rsplit("/", 1)[-1]
    number = re.fullmatch(r".*-(\d{8,})", last)
    return number[1] if number else last


def _query(network: str, query: str | None, code: Coder, phone: str) -> str:
    if query is None:
        return ""
    pairs = parse_qsl(query, keep_blank_values=True)
    kinds = _QUERY.get(network, {})
    by = next((v for k, v in pairs if kinds.get(k.lower()) == "account"), "")
    coded = [
        (k, _value(kinds.get(k.lower(), "text"), network, v, by, code, phone)) for k, v in pairs
    ]
    return "?" + (query if coded == pairs else urlencode(coded, safe=":/@[]"))


def _value(kind: str, network: str, value: str, by: str, code: Coder, phone: str) -> str:
    if kind == "phone":
        return phone
    if kind == "photos":
        return _OWNER.sub(lambda m: code("account", network, m[0], ""), value)
    if network == "x" and kind == "text":
        value = _BY.sub(lambda m: m[1] + code("account", network, m[2], ""), value)
    return code(kind, network, value, by) if value else value
