"""Narratives as people read them: ranked, filtered, and one with the way it took."""

from __future__ import annotations

import datetime as dt

import polars as pl
import pytest
from django.urls import reverse

from rukun.talk.spread import spread
from rukun.web.talk.models import Case, Narrative, StoredPost
from rukun.web.talk.services.keeping import spread_said
from tests.web.room import furnish

from . import talkroom as room
from .test_talk_bring import taken_in, worked

pytestmark = pytest.mark.django_db


def listed(client, **query) -> str:
    answer = client.get(reverse("talk:narratives"), query)
    assert answer.status_code == 200
    return answer.content.decode()


def order(html: str) -> list[str]:
    """The narratives of a page in their order."""
    start = '<p class="say" lang="id"><a href="/talk/narratives/'
    return [part.split("/")[0] for part in html.split(start)[1:]]


def posts(*rows: tuple[str, str, str | None, int]) -> pl.DataFrame:
    """Posts of a narrative: code, platform, place, minutes after the first."""
    table = [
        {
            "post_id": f"x:{code}",
            "platform": platform,
            "account": f"akun-{code * 10}",
            "place_hint": place,
            "posted_at": room.AT + dt.timedelta(minutes=minutes),
        }
        for code, platform, place, minutes in rows
    ]
    return pl.DataFrame(table).with_columns(
        pl.col("posted_at").cast(pl.Datetime("us", "UTC")),
        engagement=pl.lit(None, pl.Struct(dict.fromkeys(("likes", "comments", "shares", "views"), pl.Int64))),
    )  # fmt: skip


def travelled() -> Narrative:
    """A narrative that went from one platform to another within two hours."""
    way = posts(("B", "x", "A1a", 0), ("C", "x", "A1a", 5), ("D", "telegram", "A2c", 120))
    made = room.narrative(3, spread=spread_said(spread(way)), places=["A1a", "A2c"])
    made.platforms = ["telegram", "x"]
    made.save()
    return made


def test_the_gravest_stand_first_then_the_largest(signed_in):
    room.narrative(90, code="n-none", label="none")
    room.narrative(2, code="n-incite", label="incite")
    room.narrative(40, code="n-hostile", label="hostile")
    client = signed_in("viewer")
    assert order(listed(client)) == ["n-incite", "n-hostile", "n-none"]
    assert order(listed(client, order="size")) == ["n-none", "n-hostile", "n-incite"]


def test_the_list_narrows_by_label_platform_place_and_days(signed_in):
    furnish()
    here = room.narrative(3, code="n-here", label="hostile", last_seen=room.AT)
    old = room.AT - dt.timedelta(days=20)
    room.narrative(3, code="n-old", label="none", last_seen=old, first_seen=old)
    room.stored("there", narrative=here.pk, place_id="A1a")
    client = signed_in("viewer")
    assert order(listed(client, label="hostile")) == ["n-here"]
    assert order(listed(client, place="A1")) == ["n-here"]
    assert order(listed(client, place="A2")) == []
    assert order(listed(client, days="7")) == ["n-here"]
    assert order(listed(client, platform="telegram")) == []
    assert order(listed(client, label="no such label")) == []
    assert set(order(listed(client, order="no such order"))) == {"n-here", "n-old"}


def test_what_no_longer_stands_is_not_listed_but_can_be_opened(signed_in):
    gone = room.narrative(3, stands=False)
    client = signed_in("viewer")
    assert order(listed(client)) == []
    answer = client.get(reverse("talk:narrative", args=[gone.pk]))
    assert "did not find it again" in answer.content.decode()


def test_its_way_is_an_order_with_the_caveat_beside(signed_in):
    furnish()
    html = (
        signed_in("viewer").get(reverse("talk:narrative", args=[travelled().pk])).content.decode()
    )
    assert html.index("1. x") < html.index("2. telegram")
    assert "2 hours" in html
    assert "which need not be the first in the world" in html
    assert "Of 3 posts, 3 state a time" in html.replace("\u202f", "")
    assert "Village a" in html
    assert "<code>akun-BBBBBBBBBB</code>" in html


def test_single_posts_are_shown_to_reviewers_only(signed_in):
    made = room.narrative(3, text="Kabar yang beredar")
    address = reverse("talk:narrative", args=[made.pk])
    desk = signed_in("liaison").get(address).content.decode()
    camp = signed_in("witness", camp=2).get(address).content.decode()
    assert '<blockquote class="post-text">' in desk
    assert '<blockquote class="post-text">' not in camp
    assert "Single posts are shown to the people who review them." in camp


def test_where_somebody_may_need_help_only_the_desk_reads(signed_in):
    made = room.narrative(3)
    room.stored("help", narrative=made.pk, help=True)
    address = reverse("talk:narrative", args=[made.pk])
    for role, camp in (("witness", 1), ("viewer", None), ("liaison", None)):
        client = signed_in(role, camp)
        assert client.get(address).status_code == 404, role
        assert order(listed(client)) == [], role
    assert signed_in("analyst").get(address).status_code == 200


def test_a_text_that_may_be_the_same_is_only_suggested(signed_in):
    other = room.narrative(2, code="n-other", text="Kabar itu dengan komentar")
    near = [{"narrative": other.pk, "reason": "comment", "similarity": 0.8}]
    made = room.narrative(5, code="n-first", spread={"suggested": near})
    html = signed_in("viewer").get(reverse("talk:narrative", args=[made.pk])).content.decode()
    assert "May be the same" in html
    assert other.text in html


def test_both_camps_get_the_same_list(signed_in):
    room.narrative(5)
    pages = [listed(signed_in("witness", camp=c)) for c in (1, 2)]
    mains = [p[p.index("<main") : p.index("</main>")] for p in pages]
    assert mains[0] == mains[1]


def test_an_empty_list_says_what_will_stand_there(signed_in):
    assert "There are no narratives yet." in listed(signed_in("viewer"))


def test_nobody_reads_it_without_signing_in(anybody):
    assert anybody.get(reverse("talk:narratives")).status_code == 302


def test_an_earlier_copy_that_comes_in_later_opens_no_second_case(person):
    analyst = person("analyst")
    text = "Ayo bakar posko paslon 2 malam ini juga kawan-kawan semua"
    head = "id,account_id,posted_at,text,platform\n"
    rows = [f"{i},70{i},2024-11-{20 + i}T08:00:00Z,{text},x\n" for i in range(1, 5)]
    taken_in(analyst, head + rows[2] + rows[3])
    worked()
    case = Case.objects.get()
    first = case.narrative.first_post
    taken_in(analyst, head + rows[0] + rows[1])
    worked()
    again = Case.objects.get()
    assert again.narrative_id == case.narrative_id == Narrative.objects.get().pk
    assert (again.narrative.size, again.narrative.first_post == first) == (4, False)
    assert set(StoredPost.objects.values_list("narrative", flat=True)) == {case.narrative_id}
