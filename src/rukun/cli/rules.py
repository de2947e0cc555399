"""``rukun rules``: the register of rules."""

from __future__ import annotations

import polars as pl

from rukun.cli.options import AsCsv, AsJson, Lang
from rukun.cli.output import Output, Report
from rukun.count.rules import register_rows


def rules(lang: Lang, as_json: AsJson = False, as_csv: AsCsv = False) -> None:
    """List every rule a form is checked by, with its formula and its source in law."""
    out = Output(lang, as_json, as_csv)
    table = pl.DataFrame(register_rows(lang))
    shown = {"rules": table.select("code", "severity", "formula", "title")}
    out.write(Report("rules", {"rules": table}, [out.say("rules_count", n=table.height)], shown))
