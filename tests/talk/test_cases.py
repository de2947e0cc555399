"""The review of a case: the table, its boundaries, and random walks that may not leave it."""

from __future__ import annotations

import datetime as dt
import xml.etree.ElementTree as ET
from dataclasses import replace
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rukun.errors import UserError
from rukun.talk import case_words as words
from rukun.talk.cases import (
    ACTIONS,
    AT_ONCE,
    FLOW,
    GRAVE,
    GUARDS,
    LABELS,
    LIGHT,
    LONGEST_CLAIM,
    MANAGE,
    PROTECTED,
    QUEUE_OF,
    QUEUES,
    REVIEW,
    SECOND,
    STATES,
    Case,
    Given,
    act,
    actions,
    offered,
    opened,
    step_of,
)
from rukun.talk.threshold import LEVELS, PARTS, Part, missing
from rukun.talk.workflow import LONGEST_TEXT, Person
from rukun.talk.workflow_drawing import drawing

NOON = dt.datetime(2024, 11, 28, 4, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)
ADI = Person("adi", frozenset({REVIEW, SECOND}))
BUDI = Person("budi", frozenset({REVIEW, SECOND}))
CITRA = Person("citra", frozenset({REVIEW, SECOND, MANAGE}))
GUEST = Person("guest", frozenset())
TEST = tuple(Part(p, "met", "Seen in the post.") for p in PARTS)


def case(label="incite", about="post"):
    return opened("k-1", about, "x:ABC", label)


def walk(start, *steps):
    """``start`` after steps of (name, person, given), a minute apart."""
    at = NOON
    for name, by, form in steps:
        start, at = act(start, name, by, at, start.version, form), at + HOUR / 60
    return start


def refused(code, start, name, by=ADI, at=NOON, form=None, seen=None):
    with pytest.raises(UserError) as caught:
        act(start, name, by, at, start.version if seen is None else seen, form)
    assert caught.value.code == code
    assert all(caught.value.say("id")) and caught.value.say("id") != caught.value.say("en")
    return caught.value


def claimed(label="incite", about="post"):
    return walk(case(label, about), ("claim", ADI, None))


def decided(action, label="incite", about="post"):
    return walk(claimed(label, about), (step_of(action), ADI, form(action)))


def form(action, **more):
    return Given(reason="It calls for it.", action=action, threshold=TEST, **more)


def test_an_answer_needs_one_person_only():
    done = decided("answer")
    assert (done.state, done.in_force, done.second) == ("decided", True, None)


@pytest.mark.parametrize("action", [a for a in ACTIONS if a not in LIGHT])
def test_anything_beyond_an_answer_waits_for_a_second_person(action):
    waiting = decided(action)
    assert waiting.state == "waiting_second"
    assert waiting.in_force == (action in AT_ONCE)
    done = walk(waiting, ("confirm", BUDI, None))
    assert (done.state, done.second, done.in_force) == ("confirmed", "budi", True)


def test_help_is_the_only_action_that_does_not_wait_to_be_carried_out():
    assert AT_ONCE == ("help",)


def test_second_person_must_differ():
    refused("case-second-is-first", decided("report"), "confirm", ADI)
    refused("case-second-is-first", decided("report"), "return", ADI, form=Given(reason="no"))


def test_who_changed_the_label_cannot_be_the_second_person():
    spoken = walk(
        claimed("none"),
        ("relabel", ADI, Given(label="incite", reason="It names a time and place to attack.")),
        ("release", ADI, None),
        ("claim", BUDI, None),
        ("propose", BUDI, form("refer")),
    )
    refused("case-second-is-first", spoken, "confirm", ADI)
    assert walk(spoken, ("confirm", CITRA, None)).second == "citra"


def test_an_approver_who_lost_the_role_between_opening_and_sending_is_refused():
    demoted = replace(BUDI, rights=frozenset({REVIEW}))
    waiting = decided("refer")
    assert "confirm" in {s.name for s in offered(waiting, BUDI, NOON)}
    refused("case-right", waiting, "confirm", demoted)
    assert "confirm" not in {s.name for s in offered(waiting, demoted, NOON)}


def test_a_second_person_sends_back_with_a_reason():
    refused("case-empty", decided("refer"), "return", BUDI, form=Given(reason="  "))
    back = walk(decided("refer"), ("return", BUDI, Given(reason="Intent is not shown.")))
    assert back.state == "returned" and not back.in_force
    assert back.history[-1].note == "Intent is not shown."
    again = walk(back, ("claim", ADI, None))
    assert again.decision is None


def test_of_two_who_claim_at_once_the_later_is_refused():
    first = act(case(), "claim", ADI, NOON, 0)
    refused("case-changed", first, "claim", BUDI, seen=0)


def test_of_two_who_confirm_and_return_at_once_the_later_is_refused():
    waiting = decided("refer")
    done = act(waiting, "confirm", BUDI, NOON, waiting.version)
    refused("case-changed", done, "return", CITRA, form=Given(reason="x"), seen=waiting.version)
    refused("case-state", done, "confirm", CITRA)


def test_a_claim_that_is_over_binds_nobody():
    held = claimed()
    end = held.claim.until
    refused("case-taken", held, "take_over", BUDI, at=end - dt.timedelta(seconds=1))
    refused("case-claim-expired", held, "settle", ADI, at=end, form=form("answer"))
    taken = act(held, "take_over", BUDI, end, held.version)
    assert taken.claim.by == "budi"
    refused("case-not-yours", taken, "settle", ADI, at=end, form=form("answer"))


def test_who_lost_the_time_may_take_the_case_over_again():
    held = claimed()
    again = act(held, "take_over", ADI, held.claim.until, held.version)
    assert again.claim.until > held.claim.until


@pytest.mark.parametrize(
    ("until", "code"),
    [
        (NOON, "case-claim-length"),
        (NOON - HOUR, "case-claim-length"),
        (NOON + LONGEST_CLAIM, ""),
        (NOON + LONGEST_CLAIM + dt.timedelta(seconds=1), "case-claim-length"),
    ],
)
def test_a_claim_ends_soon_but_not_before_it_began(until, code):
    if code:
        refused(code, case(), "claim", form=Given(until=until))
    else:
        assert act(case(), "claim", ADI, NOON, 0, Given(until=until)).claim.until == until


def test_a_coordinator_releases_what_somebody_else_holds():
    refused("case-not-yours", claimed(), "release", BUDI)
    assert walk(claimed(), ("release", CITRA, None)).claim is None


@pytest.mark.parametrize("label", PROTECTED)
@pytest.mark.parametrize("action", ["calm", *GRAVE])
def test_criticism_and_claims_are_never_reported_or_referred(label, action):
    refused("case-protected", claimed(label), "propose", form=form(action))


@pytest.mark.parametrize("label", PROTECTED)
def test_after_another_label_with_a_reason_a_stronger_action_is_open(label):
    refused("case-empty", claimed(label), "relabel", form=Given(label="incite"))
    new = walk(claimed(label), ("relabel", ADI, Given(label="incite", reason="A call to burn.")))
    assert actions(new) == ACTIONS
    assert new.history[-1].what == f"{label}→incite"


@pytest.mark.parametrize("label", ["help", "incite", "", "unknown"])
def test_a_label_that_is_not_another_one_is_refused(label):
    refused("case-label", claimed("incite"), "relabel", form=Given(label=label, reason="why"))


@pytest.mark.parametrize("action", ["answer", "calm", *GRAVE])
def test_who_speaks_of_harming_themselves_is_never_reported(action):
    held = claimed("help", "self_harm")
    assert actions(held) == ("no_action", "help")
    refused("case-help-only", held, step_of(action), form=form(action))


def test_the_help_queue_has_no_way_out_through_another_label():
    held = claimed("help", "self_harm")
    refused("case-help-label", held, "relabel", form=Given(label="incite", reason="why"))
    assert "relabel" not in {s.name for s in offered(held, ADI, NOON)}


@pytest.mark.parametrize("action", GRAVE)
@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("broken", ["absent", "no note", "no level", "twice", "NUL"])
def test_report_and_refer_need_all_six_parts(action, part, broken):
    kept = tuple(p for p in TEST if p.part != part)
    one = {
        "absent": (),
        "no note": (Part(part, "met", "  "),),
        "no level": (Part(part, "", "note"),),
        "twice": (Part(part, "met", "a"), Part(part, "not_met", "b")),
        "NUL": (Part(part, "met", "a\x00"),),
    }[broken]
    bad = Given(reason="why", action=action, threshold=(*kept, *one))
    error = refused("case-threshold", claimed(), "propose", form=bad)
    assert words.PART_WORDS[part]["id"].lower() in error.message_id


def test_nothing_is_referred_where_a_part_is_not_met_but_the_platform_may_be_told():
    test = (*TEST[:-1], Part("likelihood", "not_met", "Nobody is there."))
    bad = Given(reason="why", action="refer", threshold=test)
    error = refused("case-threshold-unmet", claimed(), "propose", form=bad)
    assert "kemungkinan terjadi" in error.message_id
    told = walk(claimed(), ("propose", ADI, replace(bad, action="report")))
    assert told.decision.threshold == test


def test_milder_actions_keep_a_test_that_was_begun():
    junk = (Part("guilt", "met", "x"), Part("intent", "met", "\x00"), Part("extent", "", "x"))
    begun = Given(reason="why", action="calm", threshold=(*TEST[:2], *junk))
    assert walk(claimed(), ("propose", ADI, begun)).decision.threshold == TEST[:2]


def test_a_label_of_the_decision_stays_as_it_was_decided():
    assert decided("refer").decision.label == "incite"


def test_reopening_needs_the_right_and_a_reason_and_forgets_the_decision():
    done = walk(decided("answer"), ("close", BUDI, Given(reason="Answer posted.")))
    refused("case-right", done, "reopen", ADI, form=Given(reason="new facts"))
    again = walk(done, ("reopen", CITRA, Given(reason="A new post.")))
    assert (again.state, again.decision, again.claim) == ("new", None, None)


@pytest.mark.parametrize("text", ["a\x00b", "\ud800", "a\u202eb", "x" * (LONGEST_TEXT + 1)])
def test_reasons_that_cannot_be_kept_are_refused(text):
    with pytest.raises(UserError) as caught:
        act(claimed(), "settle", ADI, NOON, 1, Given(reason=text, action="answer"))
    assert caught.value.code in ("case-text", "case-long")


def test_a_time_without_zone_is_a_bug_not_a_message():
    with pytest.raises(ValueError):
        act(case(), "claim", ADI, dt.datetime(2024, 11, 28), 0)


def test_a_light_action_cannot_be_smuggled_past_the_second_person():
    refused("case-action", claimed(), "settle", form=form("refer"))
    refused("case-action", claimed(), "propose", form=form("answer"))
    refused("case-action", claimed(), "settle", form=form("punish"))


@pytest.mark.parametrize(
    ("about", "label"), [("post", "help"), ("self_harm", "none"), ("x", "none")]
)
def test_a_case_that_fits_no_queue_is_refused(about, label):
    with pytest.raises(UserError):
        opened("k", about, "x", label)


@pytest.mark.parametrize("about", QUEUE_OF)
def test_every_kind_of_case_has_its_queue(about):
    label = "help" if about == "self_harm" else "none"
    assert opened("k", about, "x", label).queue in QUEUES


# --- the table -----------------------------------------------------------------------------------


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("name", [s.name for s in FLOW.steps])
def test_a_step_is_refused_in_every_state_the_table_does_not_name(state, name):
    if state not in FLOW.step(name).sources:
        refused("case-state", replace(case(), state=state), name, CITRA, form=form("answer"))


def test_a_step_that_is_not_in_the_table_is_refused():
    refused("case-step", case(), "delete", CITRA)


def test_every_state_can_be_reached_and_left():
    assert FLOW.ends == ()
    assert {s.target for s in FLOW.steps} == set(STATES)
    assert {s.who for s in FLOW.steps} <= set(GUARDS)
    assert set(GUARDS) == {s.who for s in FLOW.steps}


def test_everything_has_its_words_in_both_languages():
    tables = [
        (words.STATE_WORDS, STATES),
        (words.STEP_WORDS, [s.name for s in FLOW.steps]),
        (words.ACTION_WORDS, ACTIONS),
        (words.ACTION_HELP, ACTIONS),
        (words.LABEL_WORDS, LABELS),
        (words.QUEUE_WORDS, QUEUES),
        (words.ABOUT_WORDS, QUEUE_OF),
        (words.PART_WORDS, PARTS),
        (words.PART_HELP, PARTS),
        (words.LEVEL_WORDS, LEVELS),
    ]
    for table, keys in tables:
        assert list(table) == list(keys)
        assert all(set(w) == {"id", "en"} and all(w.values()) for w in table.values())
    assert all(len(r) == 4 and all(r) for r in words.REFUSALS.values())


@pytest.mark.parametrize("lang", ["id", "en"])
def test_the_drawing_shows_every_state_and_step(lang):
    root = ET.fromstring(drawing(FLOW, lang))
    texts = " · ".join(t.text or "" for t in root.iter("{http://www.w3.org/2000/svg}text"))
    for table in (words.STATE_WORDS, words.STEP_WORDS):
        assert all(w[lang] in texts for w in table.values())
    assert "style" not in drawing(FLOW, lang)


# --- random walks --------------------------------------------------------------------------------

PEOPLE = st.sampled_from([ADI, BUDI, CITRA, GUEST, replace(BUDI, rights=frozenset({SECOND}))])
FORMS = st.builds(
    Given,
    reason=st.sampled_from(["", "because"]),
    action=st.sampled_from([*ACTIONS, ""]),
    threshold=st.sampled_from([(), TEST, (*TEST[1:], Part("context", "not_met", "calm day"))]),
    label=st.sampled_from([*LABELS, ""]),
)
MOVES = st.lists(
    st.tuples(
        st.sampled_from([s.name for s in FLOW.steps]),
        PEOPLE,
        FORMS,
        st.integers(0, 45),
        st.booleans(),
    ),
    max_size=60,
)
STARTS = st.sampled_from(
    [case("incite"), case("none"), case("claim", "claim"), case("help", "self_harm")]
)


@settings(max_examples=400, deadline=None)
@given(STARTS, MOVES, st.randoms(use_true_random=False))
def test_no_walk_leaves_the_table(now, moves, random):
    at = NOON
    for name, by, given_form, minutes, wander in moves:
        at += dt.timedelta(minutes=minutes)
        if not wander and offered(now, by, at):
            name = random.choice(offered(now, by, at)).name
        before = now
        try:
            now = act(now, name, by, at, now.version, given_form)
        except UserError:
            assert now is before
            continue
        _holds(before, now, name, by, at)


def test_walks_take_every_step_of_the_table():
    chance, taken = Random(3), set()
    for start in [case("incite"), case("none")] * 30:
        now, at = start, NOON
        for _ in range(60):
            by, at = chance.choice([ADI, BUDI, CITRA]), at + HOUR * chance.random()
            moves = offered(now, by, at)
            if not moves:
                continue
            name = chance.choice(moves).name
            chosen = chance.choice(actions(now))
            asked = Given("why", chosen, TEST, chance.choice(LABELS[:5]))
            try:
                now = act(now, name, by, at, now.version, asked)
            except UserError:
                continue
            taken.add(name)
    assert taken == {s.name for s in FLOW.steps}


def _holds(before: Case, after: Case, name: str, by: Person, at: dt.datetime) -> None:
    step = FLOW.step(name)
    assert before.state in step.sources and after.state == step.target
    assert after.version == before.version + 1 == len(after.history)
    assert step.right in by.rights and name in {s.name for s in offered(before, by, at)}
    if name in ("settle", "propose", "relabel", "extend"):
        assert before.claim.by == by.name and before.claim.until > at
    decision = after.decision
    if decision is None:
        assert not after.in_force
        return
    if after.in_force and decision.action not in (*LIGHT, *AT_ONCE):
        assert after.second not in (None, decision.by, *after.relabelled_by)
        assert decision.label not in PROTECTED
    if decision.action in GRAVE:
        assert missing(decision.threshold) == ()
    if after.queue == "help":
        assert decision.action in ("no_action", "help") and after.label == "help"
    assert (after.claim is not None) == (after.state == "claimed")
