"""The law's arithmetic as a register of rules, judged over whole tables or form by form."""

from rukun.count.rules.check import check, checkability
from rukun.count.rules.describe import describe, field_label, source_label
from rukun.count.rules.explain import Outcome, explain
from rukun.count.rules.model import Rule, Text
from rukun.count.rules.registry import RULES, register_rows

__all__ = [
    "RULES",
    "Outcome",
    "Rule",
    "Text",
    "check",
    "checkability",
    "describe",
    "explain",
    "field_label",
    "register_rows",
    "source_label",
]
