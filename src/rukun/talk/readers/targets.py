"""What can be read of a post: the names that mappings, formats and the plain table share."""

from __future__ import annotations

from typing import Final, Literal, NamedTuple

Kind = Literal["id", "name", "text", "time", "count", "links", "word"]


class Target(NamedTuple):
    """One field of a post as a file states it; identities never leave the readers in clear."""

    name: str
    kind: Kind
    identity: bool
    en: str
    id: str


TARGETS: Final = (
    Target("platform", "word", False, "platform: x, facebook, tiktok …", "platform: x, facebook, tiktok …"),
    Target("id", "id", True, "the platform's id of the post", "id kiriman dari platform"),
    Target("account_id", "id", True, "the platform's stable id of the account", "id tetap akun dari platform"),
    Target("handle", "name", True, "the account's handle (@name)", "nama pengguna (@nama)"),
    Target("name", "name", True, "the account's display name", "nama tampilan akun"),
    Target("space_id", "id", True, "id of the group, channel or page it stands in", "id grup, kanal, atau halaman tempatnya"),
    Target("space_name", "name", True, "name of that group, channel or page", "nama grup, kanal, atau halaman itu"),
    Target("posted_at", "time", False, "when it was posted", "waktu kiriman"),
    Target("text", "text", False, "what it says", "isi kiriman"),
    Target("links", "links", False, "web addresses in it", "tautan di dalamnya"),
    Target("reply_to", "id", True, "id of the post it answers", "id kiriman yang dijawab"),
    Target("repost_of", "id", True, "id of the post it passes on", "id kiriman yang diteruskan"),
    Target("repost_from", "name", True, "account whose post it passes on, where no id is stated", "akun asal kiriman yang diteruskan, bila idnya tidak disebut"),
    Target("quote_of", "id", True, "id of the post it quotes", "id kiriman yang dikutip"),
    Target("kind", "word", False, "post, repost or comment", "post, repost, atau comment"),
    Target("likes", "count", False, "likes or reactions", "suka atau reaksi"),
    Target("comments", "count", False, "comments or replies", "komentar atau balasan"),
    Target("shares", "count", False, "shares or reposts", "bagikan atau teruskan"),
    Target("views", "count", False, "views", "tayangan"),
    Target("place", "text", False, "place as it is stated", "tempat sebagaimana disebut"),
    Target("collected_at", "time", False, "when it was collected", "waktu pengumpulan"),
    Target("url", "id", True, "address of the post", "alamat kiriman"),
)  # fmt: skip
BY_NAME: Final = {t.name: t for t in TARGETS}
