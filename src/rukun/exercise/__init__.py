"""Elections made up from a seed, for drills, the example and measurement. Always marked so.

Pure: the seed is passed in; nothing here reads the clock or the network.
"""

from rukun.exercise.drill import Exercise, make_regency
from rukun.exercise.national import national_forms, national_frame
from rukun.exercise.settings import Settings, read_settings
from rukun.exercise.stations import with_stations

__all__ = [
    "Exercise",
    "Settings",
    "make_regency",
    "national_forms",
    "national_frame",
    "read_settings",
    "with_stations",
]
