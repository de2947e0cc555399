"""The ledger as people read it."""

from __future__ import annotations

import re

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse
from tools import messages

from rukun.ledger import Head
from rukun.web.core import actions, chain, queries, services, signals
from rukun.web.core.models import LedgerEntry


def test_the_desk_sees_every_entry_and_others_their_own(signed_in):
    analyst, witness = signed_in("analyst"), signed_in("witness", camp=1)
    assert len(analyst.get(reverse("ledger")).context["rows"]) == LedgerEntry.objects.count()
    own = witness.get(reverse("ledger")).context["rows"]
    assert {entry.actor for entry, _ in own} == {"witness1"}


def test_an_entry_of_somebody_else_is_not_found_by_its_number(signed_in):
    witness = signed_in("witness", camp=1)
    other = LedgerEntry.objects.filter(actor="system").first()
    assert witness.get(reverse("ledger_entry", args=[other.seq])).status_code == 404


def test_filters_do_not_reach_what_is_hidden(signed_in):
    witness = signed_in("witness", camp=1)
    page = witness.get(reverse("ledger"), {"actor": "system"})
    assert page.context["rows"] == []
    assert page.context["actors"] == ["witness1"]


def test_filters_stay_in_the_address_through_the_pages(signed_in, person):
    client = signed_in("analyst")
    for n in range(queries.PAGE + 5):
        person("viewer", username=f"viewer{n}")
    page = client.get(reverse("ledger"), {"action": "core.user.created", "actor": "system"})
    assert len(page.context["rows"]) == queries.PAGE
    further = client.get(page.context["older"])
    assert [e.action for e, _ in further.context["rows"]] == ["core.user.created"] * 6
    assert further.context["older"] == ""
    assert "before" not in further.context["newer"]


@pytest.mark.parametrize("before", ["x", "-1", "1e9", "9" * 40, "²"])
def test_a_mistyped_page_number_shows_the_first_page(signed_in, before):
    assert signed_in("analyst").get(reverse("ledger"), {"before": before}).context["rows"]


def test_an_entry_opens_to_its_json(signed_in):
    client = signed_in("coordinator")
    page = client.get(reverse("ledger_entry", args=[1])).content.decode()
    assert "&quot;username&quot;: &quot;coordinator&quot;" in page


def test_checking_the_chain_says_so_and_is_itself_recorded(signed_in):
    client = signed_in("coordinator")
    page = client.post(reverse("ledger_check"), follow=True).content.decode()
    assert "it is unbroken" in page
    assert LedgerEntry.objects.order_by("seq").last().action == "core.ledger.checked"


def test_a_witness_may_not_start_a_check(signed_in):
    assert signed_in("witness", camp=2).post(reverse("ledger_check")).status_code == 403


def test_a_broken_chain_is_said_on_the_page_with_its_row_and_reason(signed_in):
    client = signed_in("coordinator")
    chain.write_head(Head(99, "f" * 64))
    page = client.post(reverse("ledger_check"), follow=True).content.decode()
    assert "Broken at entry" in page
    assert "the newest rows were cut off" in page


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE core_ledgerentry SET actor = 'x' WHERE seq = 1",
        "DELETE FROM core_ledgerentry WHERE seq = 1",
        "INSERT INTO core_ledgerentry SELECT seq + 9, at, actor, role, action, object, data, prev, "
        "'x' FROM core_ledgerentry WHERE seq = 1",
    ],
)
def test_the_database_itself_refuses_to_change_the_past(person, statement):
    person("viewer")
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


def test_what_the_ledger_cannot_hold_undoes_the_change(person):
    boss = person("coordinator")
    with pytest.raises(TypeError), services.change(boss, "core.manage_people") as log:
        boss.first_name = "Ketut"
        boss.save()
        log("core.user.changed", boss, {"share": 0.5})
    boss.refresh_from_db()
    assert boss.first_name == ""


def test_every_action_that_is_logged_anywhere_has_words():
    sources = [p.read_text(encoding="utf-8") for p in messages.sources() if p.suffix == ".py"]
    logged = {n for text in sources for n in re.findall(r'\blog\(\s*"([a-z_.]+)"', text)}
    logged |= set(signals._ACTIONS.values())
    assert len(logged) >= 15
    assert {name for name in logged if actions.describe(name) == name} == set()
