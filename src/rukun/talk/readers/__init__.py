"""Files of posts in, posts with aliases out, problems listed.

Collecting from networks is left to the tools made for it; these readers take what they export.
"""

from rukun.talk.readers.coverage import Coverage, Told
from rukun.talk.readers.formats import FORMATS
from rukun.talk.readers.mapping import PostMapping, post_mapping
from rukun.talk.readers.reading import PostReading, read_posts

__all__ = [
    "FORMATS",
    "Coverage",
    "PostMapping",
    "PostReading",
    "Told",
    "post_mapping",
    "read_posts",
]
