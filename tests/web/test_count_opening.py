"""What a camp's witnesses state is closed to the others until the official form is in."""

from __future__ import annotations

import io
import re
import zipfile

import pytest
from django.urls import reverse

from rukun.web.count import queries
from rukun.web.count.models import Contest, Place, StationState, StoredFinding
from tests.count.small import station
from tests.web.room import bring, furnish

pytestmark = pytest.mark.django_db

#: Two camps that differ by 111, and break a rule: valid is not the sum of the votes.
ONE = station("A1a1", [7313, 8117], "witness:1", valid=15431)
TWO = station("A1a1", [7313, 8228], "witness:2", valid=15432)
FIGURES = {"7313", "8117", "8228", "15430", "15431", "15541", "15432", "16345", "111"}
PAGES = [
    reverse("count:overview"),
    *(reverse("count:contest", args=[c]) for c in ("reg", "gov")),
    *(reverse("count:place", args=["reg", c]) for c in ("A", "A1", "A1a", "A1a1")),
    reverse("count:trail", args=["reg", 1]),
    *(
        reverse("count:findings") + query
        for query in (
            "",
            "?source=witness:1",
            "?code=S1",
            "?code=H5",
            "?severity=error",
            "?place=A1a1",
            "?explained=no",
            "?source=witness:1&explained=no&page=1",
        )
    ),
    reverse("ledger"),
]


def text(client, url):
    """What stands on a page, without thin spaces in figures and without its form keys."""
    answer = client.get(url)
    assert answer.status_code == 200, url
    html = re.sub(r'(Token": |Token" value=)"\w+"', "", answer.content.decode(), flags=re.I)
    return html.replace("\u202f", "").replace("\u2009", "").replace("\u00a0", "")


def export(client, query=""):
    csv = b"".join(client.get(reverse("count:findings_export", args=["csv"]) + query))
    xlsx = client.get(reverse("count:findings_export", args=["xlsx"]) + query).content
    sheet = zipfile.ZipFile(io.BytesIO(xlsx)).read("xl/worksheets/sheet1.xml").decode()
    return csv.decode() + re.sub(r"<[^>]*>", " ", sheet)


@pytest.fixture
def closed():
    furnish()
    bring(station("A2c1", [40, 50]), ONE, TWO)


def shown(html):
    return FIGURES & set(re.findall(r"\d+", html))


@pytest.mark.parametrize("role", ["viewer", "typist", "liaison"])
def test_no_page_and_no_filter_shows_a_closed_figure(closed, signed_in, role):
    client = signed_in(role)
    assert {url: shown(text(client, url)) for url in PAGES} == {url: set() for url in PAGES}
    assert not shown(export(client)) and not shown(export(client, "?source=witness:1"))


def test_the_desk_sees_the_figures_on_the_same_pages(closed, signed_in):
    client = signed_in("verifier")
    assert {"7313", "8117", "111"} <= shown("".join(text(client, url) for url in PAGES))


@pytest.mark.parametrize("camp", [1, 2])
def test_a_witness_reads_the_own_form_and_nothing_that_tells_of_the_others(closed, signed_in, camp):
    client = signed_in("witness", camp)
    told = shown("".join(text(client, url) for url in PAGES) + export(client))
    own = {"8117", "15430", "15431"} if camp == 1 else {"8228", "15541", "15432"}
    assert told == own | {"7313"}


def test_pages_say_the_same_as_if_the_closed_forms_were_not_there(signed_in):
    furnish()
    bring(station("A2c1", [40, 50]))
    client = signed_in("viewer")
    before = {url: text(client, url) for url in PAGES}
    bring(ONE, TWO)
    note = re.compile(r'<p class="source">Of one station the witnesses’ figures.*?</p>\s*')
    after = {url: text(client, url) for url in PAGES}
    assert note.search(after[PAGES[0]])

    def plain(page):
        return [line.strip() for line in note.sub("", page).splitlines() if line.strip()]

    assert {u: plain(after[u]) for u in PAGES} == {u: plain(before[u]) for u in PAGES}


def test_everything_opens_when_the_official_form_is_in(closed, signed_in):
    bring(station("A1a1", [7313, 8117]))
    client = signed_in("viewer")
    told = shown("".join(text(client, url) for url in PAGES) + export(client))
    assert {"7313", "8117", "8228", "111"} <= told
    assert not StationState.objects.filter(open__isnull=False).exists()
    assert not StoredFinding.objects.filter(closed=True).exists()


def test_an_official_row_without_votes_opens_nothing(closed, signed_in):
    bring(station("A1a1", [], valid=15430))
    client = signed_in("viewer")
    assert not {"8117", "8228", "111"} & shown("".join(text(client, url) for url in PAGES))


def test_a_repeated_vote_stays_closed_until_its_own_official_form_is_in(person):
    furnish()
    again = {"kind": "c_hasil_psu"}
    bring(station("A1a1", [10, 20]), station("A1a1", [9, 22], "witness:1", **again))
    viewer = person("viewer")
    assert not queries.visible_to(viewer).filter(kind="c_hasil_psu").exists()
    bring(station("A1a1", [9, 21], **again))
    assert queries.visible_to(viewer).filter(kind="c_hasil_psu").count() == 2


def test_sums_of_a_camp_are_those_of_its_open_stations(closed, person):
    bring(station("A2c1", [41, 49], "witness:1"))
    contest, place = Contest.objects.get(pk="reg"), Place.objects.get(pk="A")
    sums = queries.summary_at(person("viewer"), contest, place)
    assert sums.sources["witness:1"]["votes"] == {"1": 41, "2": 49}
    assert (sums.states["disputed"], sums.closed) == (1, 1)
    every = queries.summary_at(person("verifier"), contest, place)
    assert every.sources["witness:1"]["votes"] == {"1": 7354, "2": 8166}
    assert (every.states["disputed"], every.closed) == (2, 0)


def test_a_difference_that_is_open_is_listed_for_everybody_and_a_closed_one_for_the_desk(
    closed, signed_in
):
    bring(station("A2c1", [40, 55], "witness:1"))
    url = reverse("count:contest", args=["reg"])
    lists = [
        text(signed_in(role), url).split('id="differing"')[1].split("</section>")[0]
        for role in ("viewer", "verifier")
    ]
    assert [("A2c1/" in shown, "A1a1/" in shown) for shown in lists] == [
        (True, False),
        (True, True),
    ]


@pytest.mark.parametrize("role", ["viewer", "liaison"])
def test_that_both_camps_agree_is_said_before_the_official_form_is_in_but_not_on_what(
    signed_in, role
):
    furnish()
    bring(*[station("A1a1", [7313, 8117], f"witness:{n}", valid=15430) for n in (1, 2)])
    client = signed_in(role)
    assert not shown("".join(text(client, url) for url in PAGES) + export(client))
    contest, place = Contest.objects.get(pk="reg"), Place.objects.get(pk="A")
    assert queries.summary_at(client.person, contest, place).states["witnessed"] == 1
    assert "witnessed" in text(client, reverse("count:place", args=["reg", "A1a1"]))
