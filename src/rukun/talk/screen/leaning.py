"""What is added to the learned score: by the frames and scopes that hold, and by everyday talk.

Three numbers, chosen on authors left out of the learning. Frames and scopes keep what a desk edits
in its lists effective; at the same share of protected posts flagged they neither raise nor lower
what is caught. Everyday talk – food, trade, home, health, love, with no word about the election –
is where real posts differ most from written ones: a review of an eating-house tells whom to meet,
where and when, as a call does.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import numpy as np

from rukun.talk.screen.features import Ints, single
from rukun.talk.screen.frames import Frame
from rukun.talk.screen.lexicon import listed

_HARM: Final = 0.8
_DISARMED: Final = -0.6
_EVERYDAY: Final = -1.5
_HOMELY = single(listed("food trade health household love"))
_ELECTION = single(listed("candidate follower official witness count"))


def leaning(held: Iterable[Frame], features: Ints) -> float:
    """What frames that hold and the fields of the post add to its score, each kind once."""
    labels = {frame.label for frame in held}
    total = _HARM * bool(labels & {"threat", "incite"}) + _DISARMED * ("none" in labels)
    return total + _EVERYDAY * _everyday(features)


def _everyday(features: Ints) -> bool:
    return _among(features, _HOMELY) and not _among(features, _ELECTION)


def _among(features: Ints, asked: Ints) -> bool:
    """Whether one of the features asked for is there; both are in order."""
    if not len(features):
        return False
    at = np.minimum(np.searchsorted(features, asked), len(features) - 1)
    return bool((features[at] == asked).any())
