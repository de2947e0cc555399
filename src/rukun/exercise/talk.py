"""Three weeks of exercise posts around a regency, with their truth.

Who acts when comes from ``make_posts`` (a heavy-tailed crowd, two rings, one post that goes viral,
loyal fans); what is said comes from the screen's own generator of kinds of speech and from claims
about the exercise forms, some true, some false, some misprints. Everything is marked: platforms
begin with ``latihan`` (exercise), accounts exist as aliases only, camps are pair 1 and pair 2, and
nobody is named.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import polars as pl

from rukun.exercise.draws import Ints, generator, uniform
from rukun.exercise.posts import make_posts
from rukun.exercise.posts_plan import Fans, Random, Ring, Viral
from rukun.exercise.talk_claims import Made, made_claims
from rukun.exercise.talk_words import kinds_of, said
from rukun.talk.posts import as_posts

#: Midnight in Central Indonesia at the beginning of 27 November 2024.
START: Final = dt.datetime(2024, 11, 26, 16, tzinfo=dt.UTC)
DAYS: Final = 21
POSTS: Final = 9_000
PLATFORMS: Final = ("latihan-facebook", "latihan-tiktok", "latihan-x", "latihan-telegram")
WITHOUT_GROUPS: Final = "latihan-x"
#: Upper ends of the platforms' shares of the accounts.
_PLATFORM_ENDS: Final = (0.62, 0.80, 0.92, 1.0)
SPACES: Final = 14
#: Share of the originals that name a village.
PLACED: Final = 0.6
RINGS: Final = (Ring(8, 14, 6.0), Ring(6, 12, 9.0, sources="one"))
VIRAL: Final = (Viral(220, 25.0),)
FANS: Final = (Fans(22, posts=16),)
#: Days (from 0) and kecamatan on which hostile talk rises, and how many times as much.
RISES: Final[Mapping[int, str]] = {12: "510101", 13: "510101", 17: "510102", 18: "510102"}
RISE: Final = 22.0


@dataclass(frozen=True, slots=True)
class TalkExercise:
    """``posts`` (POSTS) and what is true of them.

    ``truth``: per post its kind of speech, label, mode, place, plant and claim. ``accounts``: per
    planted account its plant and role. ``claims``: per claim its station, figures, and whether it
    is true, false or a misprint. ``rises``: days and places at which hostile talk was raised.
    ``secrets``: made-up handles, as a reader of files sets real ones apart for the vault.
    """

    posts: pl.DataFrame
    truth: pl.DataFrame
    accounts: pl.DataFrame
    claims: pl.DataFrame
    rises: pl.DataFrame
    secrets: pl.DataFrame


def make_talk(
    places: pl.DataFrame, forms: pl.DataFrame, seed: int = 20241127, n_posts: int = POSTS
) -> TalkExercise:
    """The exercise of a regency whose ``places`` and official station ``forms`` these are."""
    rng = generator(seed)
    base = make_posts(n_posts, DAYS, seed, rings=RINGS, viral=VIRAL, fans=FANS)
    table = _joined(base.posts, base.origins)
    villages = places.filter(pl.col("kind") == "village").sort("code")
    roots = table.filter(pl.col("family") == pl.col("post_id"))
    claims = made_claims(rng, places, forms)
    spoken = _spoken(rng, roots, villages, claims, seed)
    told = table.join(spoken, on="family", how="left", maintain_order="left")
    posts = _dressed(rng, told, base.posts)
    return TalkExercise(
        as_posts(posts),
        _truth(posts),
        base.truth,
        _claims(claims),
        _rises(villages),
        _secrets(posts),
    )


def _joined(posts: pl.DataFrame, origins: pl.DataFrame) -> pl.DataFrame:
    shift = START - dt.datetime(2024, 11, 20, tzinfo=dt.UTC)
    table = posts.with_columns(pl.col("posted_at") + shift)
    return table.join(origins, on="post_id", maintain_order="left")


def _spoken(
    rng: Random, roots: pl.DataFrame, villages: pl.DataFrame, claims: Sequence[Made], seed: int
) -> pl.DataFrame:
    """For each family what it says: kind, label, mode, text, place and claim."""
    n = roots.height
    day = ((roots["posted_at"] - START).dt.total_days()).to_numpy()
    village = uniform(rng, n, 0, villages.height)
    parents = villages["parent"].gather(village).to_numpy()
    raised = np.zeros(n, dtype=bool)
    for at, kecamatan in RISES.items():
        raised |= (day == at) & (parents == kecamatan)
    placed = (rng.random(n) < PLACED) | raised
    names = villages["name"].gather(village).to_list()
    kinds, texts = said(rng, raised, [n if p else "" for n, p in zip(names, placed, strict=True)],
                        RISE, seed)  # fmt: skip
    frame = pl.DataFrame(
        {
            "family": roots["post_id"],
            "speech": kinds,
            "said": texts,
            "place": villages["code"].gather(village),
            "placed": placed,
        }
    )
    frame = frame.with_columns(place=pl.when("placed").then("place")).drop("placed")
    return _with_claims(rng, frame, day, claims)


def _with_claims(
    rng: Random, frame: pl.DataFrame, day: Ints, claims: Sequence[Made]
) -> pl.DataFrame:
    """Some families of the first ten days make a claim instead; each claim several times."""
    early = np.flatnonzero((day >= 0) & (day <= 10))
    chosen = early[np.argsort(rng.random(early.size), kind="stable")]
    rows = [(claim, k) for claim in claims for k in range(len(claim.texts))]
    at = chosen[: len(rows)]
    frame = frame.with_columns(claim=pl.lit(None, dtype=pl.String))
    for column, values in (
        ("said", [c.texts[k] for c, k in rows]),
        ("speech", ["claim"] * len(rows)),
        ("place", [c.place for c, _ in rows]),
        ("claim", [c.code for c, _ in rows]),
    ):
        frame = frame.with_columns(frame[column].scatter(at, pl.Series(values, dtype=pl.String)))
    return frame


def _dressed(rng: Random, told: pl.DataFrame, base: pl.DataFrame) -> pl.DataFrame:
    """Platforms, groups, places and ids; what is passed on over a platform's edge is a copy."""
    accounts = told["account"].unique().sort()
    platform = np.searchsorted(_PLATFORM_ENDS, rng.random(accounts.len()), side="right")
    of_account = pl.DataFrame(
        {"account": accounts, "platform": pl.Series(PLATFORMS).gather(np.minimum(platform, 3))}
    )
    at_home = pl.col("account").is_in(_planted_upon(told).implode())
    of_account = of_account.with_columns(
        platform=pl.when(at_home).then(pl.lit(PLATFORMS[0])).otherwise("platform")
    )
    told = told.drop("platform").join(of_account, on="account", maintain_order="left")
    told = told.with_columns(
        text=_edited(told, base),
        place_hint="place",
        post_id_old="post_id",
        space=_spaces(rng, told),
    )
    number = pl.col("post_id").str.split(":").list.get(1)
    told = told.with_columns(post_id=pl.concat_str("platform", pl.lit(":"), number))
    return _targets(told)


def _planted_upon(told: pl.DataFrame) -> pl.Series:
    """Accounts that act by plan, and those they pass on or answer: all on one platform."""
    acting = told.filter(pl.col("plant").is_not_null())
    targets = pl.concat([acting["repost_of"], acting["reply_to"]]).drop_nulls().unique()
    upon = told.filter(pl.col("post_id").is_in(targets.implode()))["account"]
    return pl.concat([acting["account"], upon]).unique()


def _edited(told: pl.DataFrame, base: pl.DataFrame) -> pl.Expr:
    """What the family says, with the words that a copy put before and behind it."""
    roots = base.select(family="post_id", first="text")
    both = told.select("post_id", "family", "text").join(roots, on="family", maintain_order="left")
    parts = both.select(
        before=pl.col("text").str.extract(
            r"^(info|bantu sebar|copas grup|nah ini|baca dulu|teruskan) "
        ),
        behind=pl.col("text").str.extract(r" (ya|lur|semeton|gan|bestie|nggih)$"),
        changed=pl.col("text") != pl.col("first"),
    )
    before = pl.when(parts["changed"]).then(parts["before"])
    behind = pl.when(parts["changed"]).then(parts["behind"])
    return pl.concat_str([before, pl.col("said"), behind], separator=" ", ignore_nulls=True)


def _spaces(rng: Random, told: pl.DataFrame) -> pl.Series:
    """The group that a post of a network with groups stands in: few groups, one much larger."""
    number = np.minimum((rng.random(told.height) ** 2 * SPACES).astype(np.int64), SPACES - 1)
    letters = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
    names = pl.Series([f"ruang-GRUPLAT{letters[i]}{letters[i + 7]}2" for i in range(SPACES)])
    grouped = told["platform"] != WITHOUT_GROUPS
    return (
        pl.DataFrame({"s": names.gather(number), "g": grouped})
        .select(pl.when("g").then("s"))
        .to_series()
    )


def _targets(told: pl.DataFrame) -> pl.DataFrame:
    """Ids of what is passed on or answered; another platform's post is copied, not reposted."""
    ids = told.select(pl.col("post_id_old").alias("old"), pl.col("post_id").alias("new"),
                      pl.col("platform").alias("there"))  # fmt: skip
    for column in ("repost_of", "reply_to"):
        told = told.join(ids, left_on=column, right_on="old", how="left", maintain_order="left")
        same = pl.col("there") == pl.col("platform")
        told = told.with_columns(pl.when(same).then("new").alias(column)).drop("new", "there")
    lost = pl.col("repost_of").is_null() & pl.col("reply_to").is_null()
    return told.with_columns(kind=pl.when(lost).then(pl.lit("post")).otherwise("kind"))


def _truth(posts: pl.DataFrame) -> pl.DataFrame:
    labels = pl.DataFrame(
        [(k, v.label, v.mode) for k, v in kinds_of().items()],
        schema=["speech", "label", "mode"],
        orient="row",
    )
    return posts.select("post_id", "speech", "place", "plant", "claim").join(
        labels, on="speech", how="left", maintain_order="left"
    )


def _claims(claims: Sequence[Made]) -> pl.DataFrame:
    names = ("code", "place", "contest", "kind", "truth", "texts")
    return pl.DataFrame([{n: getattr(c, n) for n in names} for c in claims])


def _rises(villages: pl.DataFrame) -> pl.DataFrame:
    rows = [(START.date() + dt.timedelta(days=d + 1), place) for d, place in RISES.items()]
    return pl.DataFrame(rows, schema=["day", "place"], orient="row")


def _secrets(posts: pl.DataFrame) -> pl.DataFrame:
    """A handle for each account, so that a referral can be practised to its end."""
    accounts = posts.select("platform", alias="account").unique().sort("alias")
    number = pl.int_range(1, pl.len() + 1).cast(pl.String).str.zfill(5)
    handle = pl.concat_str(pl.lit("akun_latihan_"), number)
    return accounts.select(
        "alias",
        "platform",
        what=pl.lit("account"),
        native_id=number,
        handle=handle,
        name=pl.lit("Akun latihan"),
        url=pl.lit(None, dtype=pl.String),
    )
