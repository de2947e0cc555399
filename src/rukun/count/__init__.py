"""What the polling stations said: forms checked, compared and added up the chain.

Pure: tables in, tables out; no Django, no network, no clock.
"""

from rukun.count.compare import Comparison, agreement, compare
from rukun.count.outlook import outlook
from rukun.count.tally import tally
from rukun.count.trail import trail

__all__ = ["Comparison", "agreement", "compare", "outlook", "tally", "trail"]
