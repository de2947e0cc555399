"""A faulty snapshot of the feed is held: the last good one stands until a person accepts it."""

from __future__ import annotations

import datetime as dt

import pytest

from rukun.web.count import services
from rukun.web.count.models import StoredForm
from tests.web.room import bring, furnish

pytestmark = pytest.mark.django_db


def snapshot(hour, votes, stations=5):
    at = dt.datetime(2024, 11, 28, hour, tzinfo=dt.UTC)
    row = {"place": "A", "source": "feed", "kind": "d_hasil", "tps_total": 5}
    return bring(row | {"votes": votes, "tps_in": stations, "entered_at": at})


def standing():
    return StoredForm.objects.get(current=True).votes


def test_a_zeroed_snapshot_is_held_and_the_next_good_one_stands():
    furnish()
    snapshot(1, [100, 200])
    assert snapshot(2, [0, 0]).held == 1
    assert standing() == {"1": 100, "2": 200}
    assert snapshot(3, [110, 210]).held == 0
    assert standing() == {"1": 110, "2": 210}


def test_a_corrected_total_is_held_until_a_person_accepts_it(person):
    furnish()
    snapshot(1, [100, 200])
    snapshot(2, [90, 200])
    held = StoredForm.objects.get(held="F2")
    assert standing() == {"1": 100, "2": 200}
    services.accept_held(person("verifier"), held.pk, "the paper says 90")
    assert standing() == {"1": 90, "2": 200}
    assert snapshot(3, [91, 200]).held == 0
    assert standing() == {"1": 91, "2": 200}


def test_a_correction_that_nobody_accepted_stays_held_when_it_is_published_again():
    furnish()
    snapshot(1, [100, 200])
    snapshot(2, [90, 200])
    assert snapshot(3, [91, 200]).held == 1
    assert standing() == {"1": 100, "2": 200}
