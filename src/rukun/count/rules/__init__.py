"""The law's arithmetic as a register of rules, judged over whole tables or form by form."""

from rukun.count.rules.check import check, checkability
from rukun.count.rules.model import Rule, Text
from rukun.count.rules.registry import RULES, register_rows

__all__ = ["RULES", "Rule", "Text", "check", "checkability", "register_rows"]
