"""One digest of posts: claims with their stances, the pulse by stream, what is behind a rise."""

from __future__ import annotations

import datetime as dt

import polars as pl

from rukun.engine import local
from rukun.talk.digest import Digest, Wanted, digest
from rukun.talk.gazetteer import gazetteer
from rukun.talk.posts import as_posts
from tests.count.small import frame

START = dt.datetime(2024, 11, 20, 4, tzinfo=dt.UTC)
CALL = "Ayo bakar kantor KPU besok pagi"
PLAIN = "Terima kasih petugas, semoga sehat selalu"


def table(rows: list[tuple[dt.datetime, str, str | None]]) -> pl.DataFrame:
    """Posts, each of an account of its own: time, text, space."""
    made = [
        {
            "post_id": f"x:{n:05}",
            "platform": "x",
            "account": f"akun-{n:010}",
            "space": space,
            "posted_at": at,
            "text": text,
            "links": [],
            "kind": "post",
            "place_hint": "A1a",
            "origin": "a" * 64,
            "origin_row": n + 1,
            "raw": "a" * 64,
            "weak": False,
        }
        for n, (at, text, space) in enumerate(rows)
    ]
    schema = {"links": pl.List(pl.String), "posted_at": pl.Datetime("us", "UTC")}
    return as_posts(pl.DataFrame(made, schema_overrides=schema | {"space": pl.String}))


def digested(rows: list[tuple[dt.datetime, str, str | None]], zone: str = "WITA") -> Digest:
    with local() as engine:
        return digest(engine.load(table(rows)), engine, Wanted(gazetteer(frame()), zone=zone))


def days(n: int, each: int = 30, text: str = PLAIN, space: str | None = None, first: int = 0):
    """So many posts on each of ``n`` days."""
    return [
        (START + dt.timedelta(days=first + d, minutes=m), text, space)
        for d in range(n)
        for m in range(each)
    ]


def test_a_day_of_calls_after_quiet_ones_is_a_rise_with_its_posts():
    found = digested([*days(12), *days(1, 20, CALL, first=12), *days(1, 10, first=12)])
    rises = found.pulse.filter(pl.col("state") == "rise")
    assert set(rises["day"]) == {dt.date(2024, 12, 2)}
    assert "A1a" in set(rises["place"])
    behind = next(b for b in found.behind if b.place == "A1a")
    texts = dict(found.verdicts.select("post_id", "label").iter_rows())
    assert {texts[p] for p in behind.posts} == {"incite"}


def test_a_group_that_is_read_from_today_on_raises_nothing():
    found = digested([*days(12), *days(1, first=12), *days(1, 60, CALL, "ruang-BBBBBBBBBB", 12)])
    assert found.pulse.filter(pl.col("state") == "rise").is_empty()


def test_a_day_begins_where_the_zone_says():
    late = [(dt.datetime(2024, 11, 20, 16, 30, tzinfo=dt.UTC), PLAIN, None)]
    assert digested(late, "WITA").pulse["day"].to_list()[0] == dt.date(2024, 11, 21)
    assert digested(late, "WIB").pulse["day"].to_list()[0] == dt.date(2024, 11, 20)


def test_a_claim_is_grouped_over_the_posts_that_make_it():
    text = "Suara paslon 1 di TPS 1 hilang 27"
    found = digested([(START, text, None), (START + dt.timedelta(hours=1), text, None)])
    assert found.grouped["kind"].to_list() == ["vanished"]
    assert found.grouped["posts"].to_list() == [2]
    assert found.claims.height == 2
