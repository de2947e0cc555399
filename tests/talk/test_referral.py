"""The one way a handle is shown: the table, its boundaries, and random walks."""

from __future__ import annotations

import datetime as dt
import xml.etree.ElementTree as ET
from collections import Counter
from dataclasses import fields, replace
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rukun.errors import UserError
from rukun.talk import referral_words as words
from rukun.talk.articles import FILE, articles, read_articles
from rukun.talk.cases import ACTIONS, Case, Decision
from rukun.talk.referral import (
    ADDRESSEES,
    APPROVE,
    FLOW,
    GUARDS,
    LONGEST,
    MANAGE,
    OPEN,
    REQUEST,
    STATES,
    USUAL,
    Referral,
    Request,
    act,
    offered,
    requested,
)
from rukun.talk.workflow import Person
from rukun.talk.workflow_drawing import drawing

NOON = dt.datetime(2024, 11, 28, 4, tzinfo=dt.UTC)
SECOND = dt.timedelta(seconds=1)
ADI = Person("adi", frozenset({REQUEST, APPROVE}))
BUDI = Person("budi", frozenset({REQUEST, APPROVE}))
CITRA = Person("citra", frozenset({REQUEST, APPROVE, MANAGE}))
GUEST = Person("guest", frozenset())
ALIAS = "akun-AB2CD3EF4G"
FORM = Request(ALIAS, "bawaslu", ("uu10-2016-69c",), "Report of a call to violence.")


def case(action="refer", label="incite", state="confirmed", second="citra"):
    decision = Decision(action, "why", label, "adi", NOON)
    return Case("k-1", "post", "x:ABC", label, state, 3, None, decision, second)


def asked(form=FORM, about=None, by=ADI, accounts=(ALIAS,), at=NOON) -> Referral:
    return requested("r-1", about or case(), accounts, form, by, at)


def step(referral, name, by, at=NOON, about=None, reason="why"):
    return act(referral, name, by, at, referral.version, about or case(), reason)


def refused(code, call):
    with pytest.raises(UserError) as caught:
        call()
    assert caught.value.code == code
    assert all(caught.value.say("id")) and caught.value.say("id") != caught.value.say("en")


def test_two_people_and_one_look():
    approved = step(asked(), "approve", BUDI)
    assert (approved.state, approved.approved_by) == ("approved", "budi")
    shown = step(approved, "show", ADI)
    assert shown.state == "shown" and "shown" in FLOW.ends
    refused("referral-state", lambda: step(shown, "show", ADI))


def test_nothing_is_shown_before_it_is_approved():
    refused("referral-state", lambda: step(asked(), "show", ADI))


@pytest.mark.parametrize("name", ["approve", "refuse"])
def test_second_person_must_differ(name):
    refused("referral-second-is-first", lambda: step(asked(), name, ADI))


def test_an_approver_who_lost_the_role_is_refused():
    demoted = replace(BUDI, rights=frozenset({REQUEST}))
    refused("referral-right", lambda: step(asked(), "approve", demoted))


def test_a_requester_who_lost_the_role_sees_nothing():
    approved = step(asked(), "approve", BUDI)
    refused("referral-right", lambda: step(approved, "show", replace(ADI, rights=frozenset())))


def test_the_approver_does_not_see_the_handle():
    approved = step(asked(), "approve", BUDI)
    refused("referral-not-yours", lambda: step(approved, "show", BUDI))
    refused("referral-not-yours", lambda: step(approved, "show", CITRA))


def test_of_two_looks_at_once_the_later_is_refused():
    approved = step(asked(), "approve", BUDI)
    step(approved, "show", ADI)
    shown = step(approved, "show", ADI)
    refused("referral-changed", lambda: act(shown, "show", ADI, NOON, approved.version, case()))


@pytest.mark.parametrize("name", ["approve", "show"])
def test_a_case_opened_again_stops_its_referral(name):
    now = asked() if name == "approve" else step(asked(), "approve", BUDI)
    again = replace(case(), state="new", decision=None, second=None)
    by = BUDI if name == "approve" else ADI
    refused("referral-case", lambda: step(now, name, by, about=again))


def test_another_case_is_a_bug():
    with pytest.raises(ValueError):
        step(asked(), "approve", BUDI, about=replace(case(), id="k-2"))


def test_time_ends_a_referral_at_its_very_moment():
    approved = step(asked(), "approve", BUDI)
    end = approved.until
    assert end == NOON + USUAL
    refused("referral-not-over", lambda: step(approved, "expire", GUEST, end - SECOND))
    refused("referral-expired", lambda: step(approved, "show", ADI, end))
    refused("referral-expired", lambda: step(asked(), "approve", BUDI, end))
    assert step(approved, "show", ADI, end - SECOND).state == "shown"
    assert step(approved, "expire", GUEST, end).state == "expired"


def test_a_referral_is_withdrawn_by_its_requester_or_a_coordinator():
    refused("referral-not-yours", lambda: step(asked(), "withdraw", BUDI))
    refused("referral-empty", lambda: step(asked(), "withdraw", ADI, reason=" "))
    assert step(asked(), "withdraw", CITRA).state == "withdrawn"
    assert step(step(asked(), "approve", BUDI), "withdraw", ADI).state == "withdrawn"


@pytest.mark.parametrize("label", ["none", "claim", "help"])
def test_criticism_claims_and_calls_for_help_are_never_referred(label):
    refused("referral-case", lambda: asked(about=case(label=label)))


@pytest.mark.parametrize("action", [a for a in ACTIONS if a not in ADDRESSEES])
def test_only_a_report_or_a_referral_opens_the_way(action):
    refused("referral-case", lambda: asked(about=case(action)))


@pytest.mark.parametrize(
    "about",
    [
        case(state="waiting_second", second=None),
        case(second=None),
        case(state="returned"),
        replace(case(), decision=None),
    ],
)
def test_a_case_that_one_person_decided_is_not_enough(about):
    refused("referral-case", lambda: asked(about=about))


@pytest.mark.parametrize("alias", ["akun-AB2CD3EF4H", "akun-1", "somebody", "", f"{ALIAS}X"])
def test_only_an_alias_of_the_case_can_be_asked_for(alias):
    listed = (ALIAS, "akun-1", "somebody", "", f"{ALIAS}X")
    refused("referral-alias", lambda: asked(replace(FORM, alias=alias), accounts=listed))


@pytest.mark.parametrize(
    ("action", "addressee", "basis", "code"),
    [
        ("refer", "platform", ("uu10-2016-69c",), "referral-addressee"),
        ("report", "bawaslu", ("uu10-2016-69c",), "referral-addressee"),
        ("refer", "newspaper", ("uu10-2016-69c",), "referral-addressee"),
        ("refer", "bawaslu", (), "referral-basis-none"),
        ("refer", "bawaslu", ("uu10-2016-69c", "uu10-2016-69c"), "referral-basis"),
        ("refer", "bawaslu", ("uu1-2024-28-2",), "referral-basis"),
        ("refer", "police", ("uu10-2016-69c",), "referral-basis"),
        ("refer", "police", ("uu1-1946-14-15",), "referral-basis"),
        ("refer", "police", ("nothing",), "referral-basis"),
        ("refer", "police", ("uu1-2024-28-2",), ""),
        ("report", "platform", ("uu10-2016-69d",), ""),
    ],
)
def test_decision_addressee_and_basis_must_fit(action, addressee, basis, code):
    form = replace(FORM, addressee=addressee, basis=basis)
    if code:
        refused(code, lambda: asked(form, case(action)))
    else:
        assert asked(form, case(action)).addressee == addressee


@pytest.mark.parametrize("until", [NOON, NOON - SECOND, NOON + LONGEST + SECOND])
def test_a_referral_ends_within_a_week(until):
    refused("referral-until", lambda: asked(replace(FORM, until=until)))
    assert asked(replace(FORM, until=NOON + LONGEST)).until == NOON + LONGEST


def test_a_purpose_and_the_right_are_needed():
    refused("referral-empty", lambda: asked(replace(FORM, purpose=" ")))
    refused("referral-right", lambda: asked(by=GUEST))


def test_a_referral_has_no_field_for_a_handle():
    assert {f.name for f in fields(Referral)} & {"handle", "name", "account", "link"} == set()


@pytest.mark.parametrize("article", articles().values(), ids=lambda a: a.code)
def test_articles_are_named_as_possible_and_lead_somewhere(article):
    if article.in_force:
        assert article.name("id").startswith("Kemungkinan ")
        assert article.name("en").startswith("Possible ")
    everyone = {a for listed in ADDRESSEES.values() for a in listed}
    assert set(article.addressees) <= everyone and article.addressees
    told = f"{article.id} {article.en} {article.about_id} {article.about_en}".lower()
    assert "bersalah" not in told and "guilty" not in told


def test_every_addressee_has_an_article_and_its_words():
    everyone = {a for listed in ADDRESSEES.values() for a in listed}
    assert everyone == {a for art in articles().values() if art.in_force for a in art.addressees}
    assert everyone == set(words.ADDRESSEE_WORDS) == set(words.ADDRESSEE_HELP)


@pytest.mark.parametrize("text", ["[a", '[a]\nid = "x"', "\udcff", FILE.read_text("utf-8")[:900]])
def test_a_broken_list_of_articles_is_named(tmp_path, text):
    path = tmp_path / "articles.toml"
    path.write_bytes(text.encode("utf-8", "surrogateescape"))
    refused("articles-file", lambda: read_articles(path))


def test_the_table_has_words_and_ends():
    assert FLOW.ends == ("shown", "refused", "withdrawn", "expired")
    assert {*(s.target for s in FLOW.steps), "requested"} == set(STATES)
    assert {s.who for s in FLOW.steps} == set(GUARDS)
    assert list(words.STATE_WORDS) == list(STATES)
    assert {*words.STEP_WORDS} == {"request", *(s.name for s in FLOW.steps)}
    tables = (words.STATE_WORDS, words.STEP_WORDS, words.ADDRESSEE_WORDS, words.NOTICES)
    for table in tables:
        assert all(set(w) == {"id", "en"} and all(w.values()) for w in table.values())
    assert all(len(r) == 4 and all(r) for r in words.REFUSALS.values())


@pytest.mark.parametrize("lang", ["id", "en"])
def test_the_drawing_shows_every_state(lang):
    root = ET.fromstring(drawing(FLOW, lang))
    texts = " · ".join(t.text or "" for t in root.iter("{http://www.w3.org/2000/svg}text"))
    assert all(w[lang] in texts for w in words.STATE_WORDS.values())


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("name", [s.name for s in FLOW.steps])
def test_a_step_is_refused_in_every_state_the_table_does_not_name(state, name):
    if state not in FLOW.step(name).sources:
        refused("referral-state", lambda: step(replace(asked(), state=state), name, CITRA))


PEOPLE = [ADI, BUDI, CITRA, GUEST, replace(BUDI, rights=frozenset({MANAGE}))]


def wander(chance, moves):
    """A referral led by chance; the steps it took, with who took them."""
    now, at, taken = asked(), NOON, []
    for _ in range(moves):
        at += dt.timedelta(hours=chance.random() * 30)
        by, name = chance.choice(PEOPLE), chance.choice([s.name for s in FLOW.steps])
        before = now
        try:
            now = step(now, name, by, at, reason=chance.choice(["", "why"]))
        except UserError:
            assert name not in {s.name for s in offered(before, by, at)} or "reason" in (
                FLOW.step(name).needs
            )
            continue
        row = FLOW.step(name)
        assert before.state in row.sources and now.state == row.target
        assert name in {s.name for s in offered(before, by, at)}
        assert now.version == before.version + 1 == len(now.history)
        taken.append((name, by.name, at))
    return now, taken


@settings(max_examples=300, deadline=None)
@given(st.integers(0, 10**9))
def test_no_walk_shows_a_handle_without_a_second_person_in_time(seed):
    end, taken = wander(Random(seed), 40)
    shows = [t for t in taken if t[0] == "show"]
    assert len(shows) <= 1
    for _, who, at in shows:
        approvals = [t for t in taken if t[0] == "approve" and t[2] <= at]
        assert len(approvals) == 1 and approvals[0][1] != who == end.requested_by
        assert at < end.until
    assert end.state in (*OPEN, *FLOW.ends)


def test_walks_take_every_step_of_the_table():
    taken = Counter(name for seed in range(300) for name, _, _ in wander(Random(seed), 40)[1])
    assert set(taken) == {s.name for s in FLOW.steps}
