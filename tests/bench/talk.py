"""The talk wing measured: narratives, coordination, screen, claims, pulse, readers, archive, digest.

Each measurement gives a ``Section``; what other tools do of the same work is in ``beside``.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import polars as pl

from rukun.exercise.posts import make_posts
from rukun.exercise.talk import make_talk
from rukun.frame import read_frame
from rukun.talk.pulse_rises import Settings
from rukun.talk.screen.scorer import WEIGHTS
from tests.bench import claims, coordination, pulse, talk_text
from tests.bench.apart import Done, quickest, step
from tests.bench.files import FAMILIES
from tests.bench.section import Section
from tests.bench.talk_steps import EXAMPLE
from tests.talk.claim_cases import APART, LATER, TABLE, cases, reader

#: Seeds of what is made here; tests were tuned on others.
TEXTS, POSTS, TALK = 2, 101, 20241127
LEAST_SCREENED: Final = 2_000
MOST_LOADING: Final = 0.5
MOST_WEIGHTS: Final = 1_000_000
#: Cases of coordination of which something is promised; only these run at the large size.
PROMISED: Final = (*coordination.PROMISED, "nothing planted")
_LARGE: Final = "X by Zeeschuimer"


@dataclass(frozen=True, slots=True)
class Size:
    """How much is measured: ``posts`` in the large runs, ``some`` in those that are compared with
    other tools or with the exact answer, ``records`` of each format and ``lines`` of the large
    file, ``seeds`` and ``cases`` of coordination, ``streams`` of the pulse, ``repeats`` of what is
    timed."""

    posts: int = 1_000_000
    some: int = 100_000
    records: int = 20_000
    lines: int = 300_000
    seeds: tuple[int, ...] = (101, 102, 103)
    cases: tuple[str, ...] = tuple(coordination.CASES)
    streams: int = 5
    repeats: int = 2


QUICK: Final = Size(40_000, 20_000, 500, 2_000, (101,), PROMISED, 1, 1)


@dataclass(frozen=True, slots=True)
class Material:
    """What is made once for several measurements: files in one folder."""

    folder: Path
    size: Size

    def texts(self, posts: int) -> Path:
        """Distinct long texts of so many posts, one a line, smallest first."""
        path = self.folder / f"texts-{posts}.txt"
        if not path.exists():
            texts = talk_text.long_texts(pl.read_parquet(self.said(posts), columns=["text"]))
            path.write_text("\n".join(texts.to_list()), encoding="utf-8")
        return path

    def exact(self) -> dict[str, int]:
        """How many pairs of the compared texts are nearly the same (the pairs themselves are in
        ``exact.npy``), and how many of them the bands meet."""
        path = self.folder / "exact.json"
        if not path.exists():
            found = step("exact", self.texts(self.size.some), self.folder / "exact.npy").found
            path.write_text(json.dumps(found), encoding="utf-8")
        told: dict[str, int] = json.loads(path.read_text(encoding="utf-8"))
        return told

    def said(self, posts: int) -> Path:
        """Posts of which two thirds copy another (``talk_text.generated``)."""
        path = self.folder / f"said-{posts}.parquet"
        if not path.exists():
            talk_text.generated(posts, TEXTS).write_parquet(path)
        return path

    def acted(self, posts: int) -> Path:
        """Exercise posts with rings and virality."""
        path = self.folder / f"acted-{posts}.parquet"
        if not path.exists():
            make_posts(posts, seed=POSTS).posts.write_parquet(path)
        return path

    def talked(self, posts: int) -> Path:
        """Exercise posts around Jembrana, as the room shows them."""
        path = self.folder / f"talked-{posts}.parquet"
        if not path.exists():
            code = {"place": pl.String}
            forms = pl.read_csv(EXAMPLE / "exercise" / "official.csv", schema_overrides=code)
            made = make_talk(read_frame(EXAMPLE).places, forms, TALK, posts)
            made.posts.write_parquet(path)
        return path


def sections(stuff: Material) -> Iterator[Section]:
    """Every measurement of ours."""
    yield narratives(stuff)
    yield from rings(stuff)
    yield screen(stuff)
    yield claims_and_places()
    yield quiet_pulse(stuff.size)
    yield readers(stuff)
    yield archive(stuff)
    yield digest(stuff)


def narratives(stuff: Material) -> Section:
    """From a million posts to narratives, and how many pairs the bands find."""
    size = stuff.size
    path = stuff.said(size.posts)
    run = quickest([step("narratives", path) for _ in range(size.repeats)])
    met, pairs = (stuff.exact()[k] for k in ("met", "pairs"))
    recall = met / pairs if pairs else 0.0
    row = (f"{size.posts:,}", *cost(run), f"{run.found['narratives']:,}", "20 s, 2 GB")
    how = (
        f"From a Parquet file of generated posts, two thirds of them copies, half of those edited (seed {TEXTS}), "
        f"to narratives; the quickest of {size.repeats} processes."
    )
    note = (
        f"Of {pairs:,} pairs of distinct texts in {size.some:,} such posts whose word sets are alike by .8, "
        f"found by comparing all with all, the bands meet {met:,}: recall {recall:.4f}, promised .99."
    )
    return Section(
        "Narratives",
        how,
        ("posts", "seconds", "processor", "peak", "narratives", "promised"),
        [row],
        [note],
        broken_narratives(size.posts, run, recall),
    )


def broken_narratives(posts: int, run: Done, recall: float) -> list[str]:
    """What was promised of narratives and not kept; seconds and memory hold for a million."""
    out = []
    if recall < talk_text.LEAST_RECALL:
        out.append(f"narratives: recall {recall:.4f}, promised {talk_text.LEAST_RECALL}")
    if posts >= talk_text.POSTS and run.seconds > talk_text.MOST_SECONDS:
        out.append(f"narratives: {run.seconds:.1f} s, promised {talk_text.MOST_SECONDS:.0f} s")
    if posts >= talk_text.POSTS and run.gb > talk_text.MOST_GB:
        out.append(f"narratives: {run.gb:.2f} GB, promised {talk_text.MOST_GB:.0f} GB")
    return out


def rings(stuff: Material) -> Iterator[Section]:
    """Precision and recall on planted rings, and the search alone in a process of its own."""
    size = stuff.size
    small = [(size.some, c, s) for c in size.cases for s in size.seeds]
    large = [(size.posts, c, s) for c in PROMISED for s in size.seeds[:2]]
    runs = [coordination.measured(*each) for each in (*small, *large)]
    alone = {n: step("coordination", stuff.acted(n)) for n in (size.some, size.posts)}
    told = [f"{n:,} posts: {d.seconds:.1f} s, {d.gb:.2f} GB" for n, d in alone.items()]
    yield Section(
        "Coordination",
        "Exercise posts with their truth, every kind of object, from a Parquet file to rings: the "
        "worst of all seeds. *Precision* and *recall* are of the accounts in strong rings, *wrong* "
        f"counts accounts (pairs where nothing is planted). Seeds {_listed(size.seeds)}; the tests were tuned on others.",
        ("posts", "planted", "runs", "seconds", "precision", "recall", "wrong", "promised"),
        list(worst(runs)),
        [f"In a process of its own, rings and virality: {'; '.join(told)}."],
        [b for r in runs for b in r.broken()],
    )


def worst(runs: list[coordination.Run]) -> Iterator[tuple[str, ...]]:
    """One row for each number of posts and case: the worst figures of its runs."""
    for posts, case in dict.fromkeys((r.posts, r.case) for r in runs):
        some = [r for r in runs if (r.posts, r.case) == (posts, case)]
        yield (
            f"{posts:,}",
            case,
            str(len(some)),
            f"{max(r.seconds for r in some):.1f}",
            _lowest([r.precision for r in some]),
            _lowest([r.recall for r in some]),
            str(max(r.wrong for r in some)),
            _promised(posts, case),
        )


def _lowest(values: list[float | None]) -> str:
    """The lowest, to three places; a ring that was not found at all has no precision."""
    known = [v for v in values if v is not None]
    return f"{min(known):.3f}" if known else "–"


def _promised(posts: int, case: str) -> str:
    words = [f"{coordination.SECONDS:.0f} s"] if posts >= 1_000_000 else []
    if case in coordination.PROMISED:
        words += ["{:.2f}, {:.2f}".format(*coordination.PROMISED[case])]
    return "; ".join([*words, "none wrong"] if case == "nothing planted" else words) or "–"


def screen(stuff: Material) -> Section:
    """Posts a second on one core, the start, and the size of the weights."""
    size = stuff.size
    texts = stuff.folder / "screened.parquet"
    posts = pl.read_parquet(stuff.talked(max(3_000, size.some // 5)), columns=["text"])
    posts.unique(maintain_order=True).write_parquet(texts)
    runs = [step("screen", texts) for _ in range(size.repeats)]
    best = min(runs, key=lambda r: r.processor)
    start = quickest([step("screen_load") for _ in range(size.repeats)])
    speed, weights = best.found["texts"] / best.processor, WEIGHTS.stat().st_size
    rows = [
        ("distinct posts a second of one core", f"{speed:,.0f}", f"{LEAST_SCREENED:,}"),
        ("start to the first verdict", f"{start.seconds:.2f} s", f"{MOST_LOADING} s"),
        ("import of its libraries before", f"{start.found['imports']:.2f} s", "–"),
        ("weights", f"{weights / 1e3:.0f} kB", "1 MB"),
        ("largest memory", f"{best.gb:.2f} GB", "–"),
    ]
    how = (
        f"{best.found['texts']:,} distinct texts of exercise posts around Jembrana (seed {TALK}), of every kind of "
        "speech; by processor time, which other work on the machine disturbs least. How well it reads is in the "
        "[model card](reference/model-card.md)."
    )
    broken = broken_screen(speed, start.seconds, weights)
    return Section("Screen", how, ("", "measured", "promised"), rows, (), broken)


def broken_screen(speed: float, start: float, weights: int) -> list[str]:
    """What was promised of the screen and not kept."""
    out = []
    if speed < LEAST_SCREENED:
        out.append(f"screen: {speed:,.0f} posts/s, promised {LEAST_SCREENED:,}")
    if start >= MOST_LOADING:
        out.append(f"screen: {start:.2f} s to the first verdict, promised {MOST_LOADING} s")
    if weights > MOST_WEIGHTS:
        out.append(f"screen: weights of {weights:,} bytes, promised {MOST_WEIGHTS:,}")
    return out


def claims_and_places() -> Section:
    """The pace of the reader of claims and of the gazetteer."""
    sets = [cases(p) for p in (APART, LATER, TABLE)]
    texts = [c.text for some in sets for c in some]
    places, read = (claims.speed(f, texts) for f in (reader().gazetteer.find, reader().read))
    precision, recall, _ = claims.quality(sets[0])
    rows = [
        ("posts a second, claims", f"{read:,}", "–"),
        ("posts a second, places", f"{places:,}", f"{claims.LEAST_POSTS:,}"),
        ("precision, posts kept apart", f"{precision:.3f}", f"{claims.LEAST_PRECISION}"),
        ("recall, posts kept apart", f"{recall:.3f}", f"{claims.LEAST_RECALL}"),
    ]
    good = precision >= claims.LEAST_PRECISION and recall >= claims.LEAST_RECALL
    kept = good and places >= claims.LEAST_POSTS
    how = (
        f"{len(texts)} posts of the tests, by processor time of one core; more in "
        "[Claims beside the forms](explanation/claims.md)."
    )
    broken = [] if kept else ["claims: not as good or as quick as promised"]
    return Section("Claims and places", how, ("", "measured", "promised"), rows, (), broken)


def quiet_pulse(size: Size) -> Section:
    """False alarms of the pulse on a few quiet streams of each kind."""
    rules = Settings()
    found = {n: pulse.quiet(w, size.streams, rules) for n, w in pulse.WORLDS.items()}
    rows = [
        (n, f"{q.days:,}", str(q.alarms), f"{q.rate:.4f}", f"{rules.alarms:.4f}")
        for n, q in found.items()
    ]
    return Section(
        "Pulse",
        f"False alarms on {size.streams} quiet streams of each kind (seed {pulse.SEED}); `python -m tests.bench.pulse` "
        "takes a hundred each, and power and delay too: [Pulse](explanation/pulse.md).",
        ("quiet streams", "days", "false alarms", "a day", "stated"),
        rows,
    )


def readers(stuff: Material) -> Section:
    """Posts a second of each family of formats, and the memory that a large file takes."""
    size = stuff.size
    done = {n: step("reader", n, size.records, stuff.folder) for n in FAMILIES}
    large = step("reader", _LARGE, size.lines, stuff.folder)
    rows = [_read(n, d) for n, d in (*done.items(), (f"{_LARGE}, large", large))]
    megabytes = large.found["bytes"] / 1e6
    note = (
        f"The large file has {size.lines:,} lines and {megabytes:,.0f} MB; reading it takes {large.gb:.2f} GB, "
        f"{large.gb * 1000 / megabytes:.1f} times its size."
    )
    how = (
        f"One file of {size.records:,} made-up records each, ten of an account, from the file to posts under "
        "aliases, with every check; each in a process of its own."
    )
    head = ("format", "MB", "posts", "seconds", "processor", "posts a second", "peak")
    broken = [f"readers: problems in {n}" for n, d in done.items() if d.found["problems"]]
    return Section("Readers", how, head, rows, [note], broken)


def _read(name: str, done: Done) -> tuple[str, ...]:
    seconds, processor, peak = cost(done)
    posts, size = done.found["posts"], done.found["bytes"] / 1e6
    pace = f"{posts / done.seconds:,.0f}"
    return name, f"{size:.1f}", f"{posts:,}", seconds, processor, pace, peak


def archive(stuff: Material) -> Section:
    """A million posts into the archive of days, and out again."""
    size, folder = stuff.size, stuff.folder / "archive"
    put = step("archive", stuff.acted(size.posts), folder)
    got = step("archive_read", folder)
    rows = [
        ("append", f"{put.found['new']:,}", *cost(put)),
        ("read", f"{got.found['posts']:,}", *cost(got)),
    ]
    how = (
        f"Exercise posts of three weeks (seed {POSTS}) into an empty archive, Parquet by day, and every text of it "
        f"read by the engine; {got.found['bytes'] / 1e6:,.0f} MB on disk."
    )
    lost = size.posts - got.found["posts"]
    broken = [f"archive: {lost:,} posts lost"] if lost else []
    return Section("Archive", how, ("", "posts", "seconds", "processor", "peak"), rows, (), broken)


def digest(stuff: Material) -> Section:
    """Everything that is worked out from posts, part by part."""
    done = step("digest", stuff.talked(stuff.size.some))
    rows = [(part, f"{s:.1f}") for part, s in done.found["parts"].items()]
    rows.append(("**all**", f"**{done.seconds:.1f}**"))
    found = done.found
    how = (
        f"{found['posts']:,} exercise posts around Jembrana (seed {TALK}) through everything the room shows of them; "
        f"{done.processor:.1f} s of processor, {done.gb:.2f} GB at most. Found: {found['narratives']:,} narratives, "
        f"{found['claims']:,} claims, {found['rises']} rises."
    )
    return Section("The whole digest", how, ("part", "seconds"), rows)


def cost(done: Done) -> tuple[str, str, str]:
    """Seconds, processor seconds and peak memory as cells."""
    return f"{done.seconds:.2f}", f"{done.processor:.2f}", f"{done.gb:.2f} GB"


def _listed(seeds: tuple[int, ...]) -> str:
    return ", ".join(map(str, seeds))
