"""JSON read strictly: no NaN, no huge numbers, no key twice, no bottomless nesting."""

from __future__ import annotations

import json
from typing import Any, Final

from rukun.count.readers.problems import Refused

_LONGEST_NUMBER: Final = 20


class Node(dict[str, Any]):
    """A JSON object; ``twice`` holds the keys that stand in it more than once."""

    def __init__(self, pairs: list[tuple[str, Any]]) -> None:
        super().__init__(pairs)
        seen: set[str] = set()
        self.twice = [k for k, _ in pairs if k in seen or seen.add(k)]  # type: ignore[func-returns-value]


class Odd(str):
    """A number that JSON should not hold (NaN, 1e999, 5,000 digits), as it was written."""


def parse_json(data: bytes) -> Any:
    """The content of a JSON file, objects as ``Node``; ``Refused`` where it is not JSON."""
    try:
        text = data.decode("utf-8-sig")
        return json.loads(
            text,
            object_pairs_hook=Node,
            parse_int=_integer,
            parse_float=Odd,
            parse_constant=Odd,
        )
    except UnicodeDecodeError as err:
        raise Refused("file-encoding", encoding="UTF-8") from err
    except RecursionError as err:
        raise Refused("json-deep") from err
    except json.JSONDecodeError as err:
        where = f"{err.msg}, line {err.lineno}, column {err.colno}"
        raise Refused("json-broken", row=err.lineno, error=where) from err


def _integer(text: str) -> int | Odd:
    return Odd(text) if len(text) > _LONGEST_NUMBER else int(text)
