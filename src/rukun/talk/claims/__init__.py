"""Checkable statements about the count, taken out of posts; nobody's opinion is one.

``extract`` gives one row a statement and post, ``grouped`` one row a statement.
"""

from rukun.talk.claims.extract import extract, grouped
from rukun.talk.claims.schema import CLAIMS, GROUPED, KINDS, STANCES, claim_code

__all__ = ["CLAIMS", "GROUPED", "KINDS", "STANCES", "claim_code", "extract", "grouped"]
