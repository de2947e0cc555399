"""Rings as people read them: the evidence, what it is not, and who acts together openly."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

import pytest
from django.urls import reverse

from rukun.errors import UserError
from rukun.talk.aliases import ALIAS
from rukun.talk.coordination import FANS, LIMITS, NOTICE
from rukun.web.core.models import LedgerEntry
from rukun.web.talk.models import KnownGroup, Work
from rukun.web.talk.services import grouping, working

from . import talkroom as room

pytestmark = pytest.mark.django_db


def one(client, made) -> str:
    answer = client.get(reverse("talk:ring", args=[made.pk]))
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize("role,camp", [("witness", 1), ("witness", 2), ("viewer", None)])
def test_who_does_not_review_posts_sees_no_ring(signed_in, role, camp):
    made = room.ring()
    client = signed_in(role, camp)
    for name, args in (("rings", []), ("ring", [made.pk]), ("ring_export", [made.pk, "gexf"])):
        assert client.get(reverse(f"talk:{name}", args=args)).status_code == 403, name


def test_acting_together_is_neither_fake_nor_a_crime_on_every_page(signed_in):
    made, client = room.ring(), signed_in("liaison")
    listed = client.get(reverse("talk:rings")).content.decode()
    for html in (listed, one(client, made)):
        assert NOTICE["en"] in html
        assert FANS["en"] in html
        assert LIMITS["en"] in html


def test_strong_look_and_known_stand_apart(signed_in):
    room.ring("known", "r-known")
    room.ring("look", "r-look")
    room.ring("strong", "r-strong")
    html = signed_in("analyst").get(reverse("talk:rings")).content.decode()
    found = re.findall(r"/talk/rings/(r-\w+)/", html)
    assert found == ["r-strong", "r-look", "r-known"]
    assert html.count("<table") == 3


def test_a_pair_says_what_chance_gives_and_what_was_seen(signed_in):
    html = one(signed_in("analyst"), room.ring())
    assert "expected 0.04 times, seen 9" in html
    assert html.count("expected 0.04 times, seen 9") == 6


def test_each_shared_act_is_listed_with_its_object_and_the_time_between(signed_in):
    room.stored(room.MEMBERS[0][-3:], text="Baca berita ini")
    html = one(signed_in("analyst"), room.ring())
    assert "12 of 12 shared acts" in html
    assert html.count("https://berita.example/1") == 6
    assert html.count("4.0 seconds") == 12
    post = f"#post-x{room.MEMBERS[0][-3:].lower()}"
    assert f'href="{post}"' in html
    assert f'id="{post[1:]}"' in html


def test_the_picture_holds_every_alias_and_no_style(signed_in):
    html = one(signed_in("analyst"), room.ring())
    drawing = re.search(r'<div class="chart">(<svg.*?</svg>)', html, re.S).group(1)
    assert all(member in drawing for member in room.MEMBERS)
    assert " style=" not in html


@pytest.mark.parametrize("kind", ["graphml", "gexf"])
def test_the_files_name_aliases_only(signed_in, kind):
    answer = signed_in("analyst").get(reverse("talk:ring_export", args=[room.ring().pk, kind]))
    assert answer.headers["Content-Disposition"] == f'attachment; filename="r-1.{kind}"'
    root = ET.fromstring(answer.content)
    nodes = [e.get("id") for e in root.iter() if e.tag.endswith("node")]
    assert sorted(nodes) == sorted(room.MEMBERS)
    assert all(ALIAS.fullmatch(n) for n in nodes)


def test_another_format_is_not_found(signed_in):
    address = reverse("talk:ring_export", args=[room.ring().pk, "csv"])
    assert signed_in("analyst").get(address).status_code == 404


def put_down(client, made, **fields):
    data = {"name": "Redaksi Warta", "reason": "Redaksi dan halaman daerahnya."} | fields
    return client.post(reverse("talk:ring_know", args=[made.pk]), data)


def test_a_second_person_may_put_down_that_a_group_is_known(signed_in):
    client, made = signed_in("verifier"), room.ring()
    assert put_down(client, made).status_code == 302
    group = KnownGroup.objects.get()
    assert group.accounts == sorted(room.MEMBERS)
    assert group.by == client.person
    entry = LedgerEntry.objects.get(action="talk.group.known")
    assert entry.actor == client.person.username
    assert [k.name for k in working.wanted_now().known] == ["Redaksi Warta"]
    assert Work.objects.filter(state=Work.WAITING).count() == 1


@pytest.mark.parametrize("role", ["analyst", "liaison", "typist", "viewer"])
def test_others_may_not(signed_in, role):
    made = room.ring()
    assert put_down(signed_in(role), made).status_code == 403
    assert not KnownGroup.objects.exists()


def test_a_refused_form_keeps_what_was_written(signed_in):
    made = room.ring()
    answer = put_down(signed_in("verifier"), made, reason="Ini @si_fulan_77 punya")
    assert answer.status_code == 400
    assert "@si_fulan_77 punya" in answer.content.decode()
    assert not KnownGroup.objects.exists()
    assert not LedgerEntry.objects.filter(action__startswith="talk.group").exists()


def test_a_group_is_put_down_once(person):
    who, made = person("verifier"), room.ring()
    grouping.know(who, made.pk, "Redaksi Warta", "Halaman daerah.")
    with pytest.raises(UserError, match="known as a group already"):
        grouping.know(who, made.pk, "Redaksi Warta", "Halaman daerah.")
    assert KnownGroup.objects.count() == 1


def test_a_group_is_ended_with_a_reason_and_stays_on_the_page(signed_in):
    client, made = signed_in("coordinator"), room.ring()
    put_down(client, made)
    group = KnownGroup.objects.get()
    address = reverse("talk:group_end", args=[group.pk])
    assert client.post(address, {"reason": " "}).status_code == 400
    assert client.post(address, {"reason": "Ternyata bukan redaksi."}).status_code == 302
    assert "Ternyata bukan redaksi." in client.get(reverse("talk:rings")).content.decode()
    assert working.wanted_now().known == []
    assert client.post(address, {"reason": "Sekali lagi."}).status_code == 400
    assert LedgerEntry.objects.filter(action="talk.group.ended").count() == 1


def test_finding_none_is_said_to_be_a_result(signed_in):
    Work.objects.create(state=Work.DONE, asked_by="system", posts=10)
    html = signed_in("analyst").get(reverse("talk:rings")).content.decode()
    assert "No group of accounts acts together beyond chance." in html
