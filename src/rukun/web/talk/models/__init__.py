"""What the room stores of talk.

What people *brought* (PostFile), what is *worked out* (Work, StoredPost, Narrative, Ring, Claim,
Pulse: made again whenever posts come in), and what people *did* (Case, Reading, Step, Answer,
Referral, KnownGroup, DeskCalibration: never deleted). The posts themselves lie in the archive
(``rukun.talk.archive``); the database keeps only those that people act on. Accounts are aliases
everywhere; handles lie in the vault and nowhere else.
"""

from rukun.web.talk.models.brought import PostFile
from rukun.web.talk.models.done import (
    Answer,
    Case,
    DeskCalibration,
    KnownGroup,
    Reading,
    Referral,
    Step,
)
from rukun.web.talk.models.found import (
    Claim,
    Narrative,
    Pulse,
    Ring,
    StoredPost,
    Work,
)

__all__ = [
    "Answer",
    "Case",
    "Claim",
    "DeskCalibration",
    "KnownGroup",
    "Narrative",
    "PostFile",
    "Pulse",
    "Reading",
    "Referral",
    "Ring",
    "Step",
    "StoredPost",
    "Work",
]
