"""Which accounts act together more than chance, activity and a common favourite explain.

Acting together is neither fake nor a crime; what is found is a question for a person.
"""

from rukun.talk.coordination.export import gexf, graphml
from rukun.talk.coordination.finding import Coordination, find
from rukun.talk.coordination.schema import EDGES, RINGS, SHARED
from rukun.talk.coordination.settings import Known, Settings
from rukun.talk.coordination.words import FANS, LIMITS, NOTICE, describe_edge, describe_ring

__all__ = [
    "EDGES",
    "FANS",
    "LIMITS",
    "NOTICE",
    "RINGS",
    "SHARED",
    "Coordination",
    "Known",
    "Settings",
    "describe_edge",
    "describe_ring",
    "find",
    "gexf",
    "graphml",
]
