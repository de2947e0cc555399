"""What an exercise needs beside the frame and the real recapitulation: ``exercise.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from rukun.errors import UserError


@dataclass(frozen=True)
class Settings:
    """The seed; stations of each kecamatan and the villages' weights by which they are shared
    out; and per contest the villages where choice 1 is drawn around a share of its own."""

    seed: int
    stations: Mapping[str, int] = field(default_factory=dict)
    weights: Mapping[str, int] = field(default_factory=dict)
    lean: Mapping[str, Mapping[str, float]] = field(default_factory=dict)


def read_settings(path: Path) -> Settings:
    """The settings of a file. Raises ``UserError`` naming the key that cannot be used."""
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as err:
        raise UserError(
            "exercise-settings",
            f"the settings of the exercise cannot be read ({err}).",
            "Compare with examples/jembrana-2024/exercise.toml.",
            str(path),
        ) from err
    return Settings(
        seed=_whole(raw.get("seed"), "seed", path),
        stations=_wholes(raw, "stations", path),
        weights=_wholes(raw, "weights", path),
        lean={c: _shares(v, f"lean.{c}", path) for c, v in _table(raw, "lean", path).items()},
    )


def _table(raw: Mapping[str, Any], key: str, path: Path) -> Mapping[str, Any]:
    value = raw.get(key, {})
    if not isinstance(value, Mapping):
        raise _refused(key, "a table", path)
    return value


def _wholes(raw: Mapping[str, Any], key: str, path: Path) -> dict[str, int]:
    return {k: _whole(v, f"{key}.{k}", path) for k, v in _table(raw, key, path).items()}


def _whole(value: object, key: str, path: Path) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise _refused(key, "a whole number", path)
    return value


def _shares(value: object, key: str, path: Path) -> dict[str, float]:
    if not isinstance(value, Mapping):
        raise _refused(key, "a table of villages", path)
    for village, share in value.items():
        if not isinstance(share, float) or not 0 < share < 1:
            raise _refused(f"{key}.{village}", "a share between 0 and 1, as 0.52", path)
    return dict(value)


def _refused(key: str, wanted: str, path: Path) -> UserError:
    return UserError("exercise-settings", f"“{key}” must be {wanted}.", "Correct it.", str(path))
