"""What the text output of ``rukun count`` says in words above its tables."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import polars as pl

from rukun.cli.output import Output
from rukun.cli.refusals import refusal
from rukun.cli.words import number, thousandths
from rukun.contests import Contest
from rukun.count.compare import STATES
from rukun.frame import Frame


def agreement_lines(
    agreed: pl.DataFrame, frame: Frame, places: list[str] | None, out: Output
) -> list[str]:
    """One headline per contest: the station count in which all sides agree."""
    tops = {c.code: places[0] if places else c.place for c in frame.contests.values()}
    heads = [r for r in agreed.iter_rows(named=True) if r["place"] == tops[r["contest"]]]
    return [
        out.say(
            "agree",
            contest=frame.contest(r["contest"]).name(out.lang),
            agreed=r["agreed"],
            total=r["tps_total"],
            disputed=r["disputed"],
            votes=r["votes_touched"],
        )
        for r in heads
    ]


def top_levels(table: pl.DataFrame, frame: Frame, place: str | None) -> pl.DataFrame:
    """The rows of each contest's top place (or of ``place``) and of those one level below."""
    tops = pl.DataFrame(
        [(c.code, place or c.place) for c in frame.contests.values()],
        schema={"contest": pl.String, "top": pl.String},
        orient="row",
    )
    parents = frame.places.select(place=pl.col("code"), parent=pl.col("parent"))
    return (
        table.join(tops, on="contest", how="left", maintain_order="left")
        .join(parents, on="place", how="left", maintain_order="left")
        .filter((pl.col("place") == pl.col("top")) | (pl.col("parent") == pl.col("top")))
        .drop("top", "parent")
    )


def without_empty_states(agreed: pl.DataFrame) -> pl.DataFrame:
    """The agreement without the states that no station is in; agreed and disputed always stay."""
    spare = [s for s in STATES if s not in ("agreed", "disputed")]
    return agreed.drop(s for s in spare if agreed.get_column(s).sum() == 0)


def outlook_answers(row: Mapping[str, Any], contest: Contest, out: Output) -> pl.DataFrame:
    """The outlook of one contest as questions and answers."""
    pairs = [
        (
            "coverage",
            out.say(
                "coverage_is", n=row["tps_in"], all=row["tps_total"], disputed=row["tps_disputed"]
            ),
        )
    ]
    if row["leader"] is None:
        pairs.append(("leader", out.say("nothing_in")))
    else:
        pairs += _standing(row, contest, out)
        pairs += _half(row, out)
        pairs += _dispute(row, out)
    asked = [(out.say(key), answer) for key, answer in pairs]
    return pl.DataFrame(asked, schema=["question", "answer"], orient="row")


def _standing(row: Mapping[str, Any], contest: Contest, out: Output) -> list[tuple[str, str]]:
    flip = row["tps_to_flip"]
    leader = contest.choice(row["leader"]).name
    return [
        ("leader", out.say("leader_is", name=leader, votes=row["votes_leader"])),
        ("margin", out.say("margin_is", n=row["margin"])),
        ("outstanding", number(row["ballots_outstanding"])),
        ("can_change", out.yes_no(row["winner_can_change"])),
        ("flip", out.say("flip_none") if flip is None else out.say("flip_is", n=flip)),
    ]


def _half(row: Mapping[str, Any], out: Output) -> list[tuple[str, str]]:
    if not row["more_than_half"]:
        return []
    return [
        ("half", out.yes_no(row["half_reached"])),
        ("half_open", out.yes_no(row["half_can_change"])),
    ]


def _dispute(row: Mapping[str, Any], out: Output) -> list[tuple[str, str]]:
    if row["dispute_permille"] is None:
        return []
    exact = thousandths(row["dispute_limit_thousandths"], out.lang)
    side = out.say("within" if row["within_dispute"] else "outside")
    return [
        ("dispute", out.say("dispute_is", exact=exact, up=row["dispute_limit"], side=side)),
        ("dispute_open", out.yes_no(row["dispute_can_change"])),
    ]


def trail_lines(steps: pl.DataFrame, choice: str, out: Output) -> list[str]:
    """How many steps moved a vote, the net of it, and how many cannot be judged."""
    moved = steps.filter(pl.col("moved") != 0)
    unknown = steps.get_column("moved").null_count()
    net = int(moved.select(pl.col("moved").sum()).item() or 0)
    key = "trail_still" if moved.is_empty() else "trail_moved"
    said = [out.say(key, choice=choice, moved=moved.height, steps=steps.height, net=net)]
    if unknown:
        said.append(out.say("trail_unknown", n=unknown))
    return said


def known_choice(contest: Contest, number: int) -> None:
    """``UserError`` where the ballot of this contest has no such number."""
    if number not in contest.numbers:
        there_are = ", ".join(f"{c.number} ({c.short})" for c in contest.choices)
        raise refusal("choice-unknown", number=number, choices=there_are)
