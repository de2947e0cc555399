"""Pages ask the database as often for many places, forms and findings as for few."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from rukun.web.count.models import StoredFinding, StoredForm
from rukun.web.count.queries import FindingFilter, findings_visible_to, visible_to
from tests.count.small import TPS, frame, station
from tests.web.room import all_three, bring, csv_file, furnish

pytestmark = pytest.mark.django_db
#: Address and the most questions it may ask, people and session among them.
PAGES = [
    ("overview", [], "", 24),
    ("contest", ["reg"], "", 24),
    ("place", ["reg", "A"], "", 24),
    ("place", ["reg", "A1a"], "", 24),
    ("place", ["reg", "A1a1"], "", 24),
    ("findings", [], "", 24),
    ("findings", [], "?place=A1&source=official&explained=no", 24),
    ("uploads", [], "", 24),
    ("rules", [], "", 24),
]


def asked(client, url):
    cache.clear()
    with CaptureQueriesContext(
        connection,
    ) as questions:
        assert client.get(url).status_code == 200
    return [q["sql"] for q in questions]


@pytest.mark.parametrize("role", ["typist", "verifier"])
def test_more_forms_ask_no_more_questions(signed_in, role):
    furnish(frame())
    client = signed_in(role)
    bring(*all_three("A1a1", [5, 6], valid=12), station("A1a1", [5, 8], "supervisor"))
    urls = [reverse(f"count:{name}", args=args) + query for name, args, query, _ in PAGES]
    few = {url: len(asked(client, url)) for url in urls}
    for place in TPS:
        bring(*all_three(place, [7, 8], valid=14), station(place, [7, 9], "supervisor", valid=3))
    for n in range(5):
        client.post(reverse("count:uploads"), {"file": csv_file(station("A1a1", [n, 1]))})
    many = {url: len(asked(client, url)) for url in urls}
    assert many == few
    assert all(few[url] <= most for url, (*_, most) in zip(urls, PAGES, strict=True))


@pytest.mark.skipif(connection.vendor != "sqlite", reason="EXPLAIN QUERY PLAN is SQLite's")
@pytest.mark.parametrize("role", ["viewer", "verifier"])
def test_what_is_asked_of_the_large_tables_is_found_by_an_index(person, role):
    furnish(frame())
    user = person(role)
    findings = findings_visible_to(user)
    questions = [
        visible_to(user).filter(contest="reg", place="A1a1"),
        FindingFilter().apply(findings)[:50],
        FindingFilter(contest="reg").apply(findings)[:50],
        FindingFilter(contest="reg", code="S1").apply(findings)[:50],
        StoredFinding.objects.filter(mark="0"),
        StoredForm.objects.filter(place__in=["A1a1", "A1a2"]),
    ]
    for rows in questions:
        plan = rows.explain()
        assert "SCAN" not in plan.replace("SCAN count_storedfinding USING INDEX", ""), plan
