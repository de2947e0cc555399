"""How often the rules break on two real elections in Bali, beside the national rates.

The data are public election facts that are not part of the project: the folder is ``../shared/data``
beside the repository, or ``RUKUN_DATA``. ``python -m tests.count.base_rates`` prints the section of
``docs/measurements.md``.
"""

from __future__ import annotations

import datetime as dt
import os
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from rukun.contests import Choice, Contest
from rukun.count import compare
from rukun.count.forms import form_columns
from rukun.count.rules import check, checkability
from rukun.frame import Frame
from rukun.places import check_places
from rukun.tables import conform

DATA = Path(os.environ.get("RUKUN_DATA", Path(__file__).parents[3] / "shared" / "data"))
SITUNG, SIREKAP = "pilpres2019_tps_bali.parquet", "sirekap2024_pilpres_tps_bali.parquet"

#: (entry, rule or rule.field) → national rate in percent, as the method pages state it.
NATIONAL = {
    ("2019 election body", "H5"): 1.72,
    ("2019 election body", "H6"): 4.92,
    ("2019 election body", "P3"): 0.72,
    ("2019 election body", "H5 or H6"): 5.83,
    ("2019 citizens", "H5"): 1.01,
    ("2019 citizens", "H6"): 2.58,
    ("2019 citizens", "P3"): 0.66,
    ("2019 citizens", "H5 or H6"): 3.15,
    ("2019 both", "votes differ"): 0.83,
    ("2019 both", "of these, H5 or H6 breaks"): 41.9,
    ("February 2024", "H5"): 5.44,
    ("February 2024", "H6"): 1.72,
    ("February 2024", "H8"): 7.97,
    ("February 2024", "H3.voters_j"): 4.47,
    ("February 2024", "H3.voters_l"): 4.54,
    ("February 2024", "H3.voters_p"): 4.71,
    ("February 2024", "H1.registered_tetap_j"): 2.83,
    ("February 2024", "H1.voters_tetap_j"): 2.92,
    ("February 2024", "H1.voters_pindahan_j"): 2.23,
    ("February 2024", "H1.voters_tambahan_j"): 1.71,
    ("February 2024", "H1.voters_j"): 3.32,
    ("February 2024", "H9.voters_tetap_j"): 1.16,
    ("February 2024", "P3"): 3.49,
    ("February 2024", "any hard"): 16.4,
}


@dataclass(frozen=True)
class Rate:
    """``broken`` of the ``checked`` forms of Bali, and the national percentage."""

    entry: str
    what: str
    checked: int
    broken: int

    @property
    def percent(self) -> float:
        return 100 * self.broken / self.checked

    @property
    def national(self) -> float:
        return NATIONAL[self.entry, self.what]


def _frame(stations: pl.DataFrame, choices: int, code: str, date: dt.date) -> Frame:
    """A frame of the stations (``code, village, regency``) under one top place."""
    villages = stations.select(code="village", parent="regency").unique()
    regencies = stations.select(code="regency", parent=pl.lit("bali")).unique()
    top = pl.DataFrame(
        {"code": ["bali"], "parent": [None]}, {"code": pl.String, "parent": pl.String}
    )
    levels = {
        "province": top,
        "regency": regencies,
        "village": villages,
        "tps": stations.select("code", parent="village"),
    }
    places = pl.concat(t.with_columns(kind=pl.lit(k), name="code") for k, t in levels.items())
    pairs = tuple(Choice(n, f"Pair {n}", f"Pair {n}") for n in range(1, choices + 1))
    contest = Contest(
        code, code, code, "bali", date, pairs, reserve_permille=20, voters_per_tps=300
    )
    return Frame(check_places(places), {code: contest})


def _station(village: str) -> pl.Expr:
    number = pl.col("tps").cast(pl.String).str.zfill(3)
    return pl.concat_str(pl.col(village).cast(pl.String), number)


def situng() -> tuple[pl.DataFrame, Frame]:
    """2019: two entries of one form. The election body's is ``official``, citizens' ``observer``."""
    raw = pl.read_parquet(DATA / SITUNG).with_columns(
        place=_station("desa_id"), contest=pl.lit("p19")
    )
    names = {"pas1": "votes_1", "pas2": "votes_2", "sah": "valid", "tsah": "invalid", "jum": "cast"}
    listed = [
        pl.when(pl.col(f"dpt_{s}") >= 0).then(f"dpt_{s}").alias(f"registered_tetap_{s}")
        for s in "lp"
    ]
    total = pl.col("registered_tetap_l") + pl.col("registered_tetap_p")
    entries = [
        raw.with_columns(*listed, *(pl.col(f"{who}_{x}").alias(n) for x, n in names.items()))
        .with_columns(registered_tetap_j=total, source=pl.lit(source))
        .filter(pl.any_horizontal(pl.col(list(names.values())).is_not_null()))
        for who, source in (("kpu", "official"), ("kp", "observer"))
    ]
    stations = raw.select(
        code="place",
        village=pl.col("desa_id").cast(pl.String),
        regency=pl.col("kab").cast(pl.String),
    )
    return _forms(pl.concat(entries)), _frame(stations, 2, "p19", dt.date(2019, 4, 17))


def sirekap() -> tuple[pl.DataFrame, Frame]:
    """February 2024: the feed. Stations that state nothing at all have no form."""
    raw = pl.read_parquet(DATA / SIREKAP).with_columns(
        place=_station("desa_code"), contest=pl.lit("p24")
    )
    lists = {
        "pemilih_dpt": "registered_tetap",
        "pengguna_dpt": "voters_tetap",
        "pengguna_dptb": "voters_pindahan",
        "pengguna_non_dpt": "voters_tambahan",
        "pengguna_total": "voters",
    }
    names = {f"{x}_{s}": f"{n}_{s}" for x, n in lists.items() for s in "lpj"}
    names |= {f"paslon{n}": f"votes_{n}" for n in (1, 2, 3)}
    names |= {"suara_sah": "valid", "suara_tidak_sah": "invalid", "suara_total": "cast"}
    forms = raw.rename(names).with_columns(source=pl.lit("feed"))
    stations = raw.select(
        code="place",
        village=pl.col("desa_code").cast(pl.String),
        regency=pl.col("kab_code").cast(pl.String),
    )
    stated = forms.filter(pl.any_horizontal(pl.col(list(names.values())).is_not_null()))
    return _forms(stated), _frame(stations, 3, "p24", dt.date(2024, 2, 14))


def _forms(table: pl.DataFrame) -> pl.DataFrame:
    columns = form_columns(3)
    keyed = table.with_columns(kind=pl.lit("c_hasil"), version=pl.lit(1))
    kept = [c.name for c in columns if c.name in keyed.columns]
    return conform(keyed.select(kept), columns, "forms")


def broken_places(findings: pl.DataFrame, codes: list[str]) -> set[str]:
    """The places with a finding of one of these rules."""
    return set(findings.filter(pl.col("code").is_in(codes)).get_column("place"))


def _by_rule(entry: str, forms: pl.DataFrame, frame: Frame, codes: list[str]) -> list[Rate]:
    counts = checkability(forms, frame).filter(pl.col("code").is_in(codes))
    return [Rate(entry, code, n, k) for code, n, k, _ in counts.iter_rows()]


def rates_2019() -> list[Rate]:
    """Each entry alone, and the two against each other."""
    forms, frame = situng()
    rates, either = [], {}
    for source, entry in (("official", "2019 election body"), ("observer", "2019 citizens")):
        own = forms.filter(pl.col("source") == source)
        rates += _by_rule(entry, own, frame, ["H5", "H6", "P3"])
        either[source] = broken_places(check(own, frame), ["H5", "H6"])
        rates.append(Rate(entry, "H5 or H6", own.height, len(either[source])))
    differ = broken_places(compare(forms, frame).findings, ["S1"])
    pairs = forms.filter(pl.col("votes_1").is_not_null()).filter(pl.len().over("place") == 2)
    return [
        *rates,
        Rate("2019 both", "votes differ", pairs.height // 2, len(differ)),
        Rate(
            "2019 both", "of these, H5 or H6 breaks", len(differ), len(differ & either["official"])
        ),
    ]


def rates_2024(regency: str | None = None) -> list[Rate]:
    """The feed of Bali, or of one regency: per rule, per field of H1 and H3, and any hard rule.

    *Any hard rule* is counted over the forms that state the total of votes.
    """
    forms, frame = sirekap()
    if regency:
        forms = forms.filter(pl.col("place").str.starts_with(regency))
    entry, found = "February 2024", check(forms, frame)
    rates = _by_rule(entry, forms, frame, ["H5", "H6", "H8", "P3"])
    for what in [w for e, w in NATIONAL if e == entry and "." in w]:
        code, field = what.split(".")
        broken = found.filter((pl.col("code") == code) & (pl.col("field") == field)).height
        rates.append(Rate(entry, what, _checkable(forms, code, field), broken))
    whole = forms.filter(pl.col("cast").is_not_null())
    hard = [f"H{i}" for i in range(1, 12)]
    broken = broken_places(found, hard) & set(whole.get_column("place"))
    return [*rates, Rate(entry, "any hard", whole.height, len(broken))]


def _checkable(forms: pl.DataFrame, code: str, field: str) -> int:
    stem, sex = field.rsplit("_", 1)
    parts = {
        "H1": [f"{stem}_l", f"{stem}_p"],
        "H3": [f"{stem}_{k}_{sex}" for k in ("tetap", "pindahan", "tambahan")],
        "H9": [field.replace("voters", "registered")],
    }
    return forms.drop_nulls([field, *parts[code]]).height


def section() -> str:
    """The section of ``docs/measurements.md``."""
    rates = [*rates_2019(), *rates_2024()]
    (jembrana,) = [r for r in rates_2024("5101") if r.what == "any hard"]
    rows = [
        f"| {r.entry} | {r.what} | {r.checked:,} | {r.broken:,} | {r.percent:.2f} | {r.national:g} |"
        for r in sorted(rates, key=lambda r: list(NATIONAL).index((r.entry, r.what)))
    ]
    head = [
        "| Entry | Rule | Bali, checked | Bali, broken | Bali, % | National, % |",
        "|---|---|---|---|---|---|",
    ]
    note = (
        f"Jembrana, February 2024: {jembrana.broken} of {jembrana.checked} forms that state the total "
        "of votes break a hard rule."
    )
    return "\n".join([*head, *rows, "", note])


if __name__ == "__main__":
    print(section())
