"""One small file of each format, made up for exercises: nobody in them exists.

``examples(folder)`` writes them all. Texts speak of “latihan” (exercise), camps are pairs 1 and 2.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from .made_apis import (
    bluesky,
    bluesky_records,
    junkipedia,
    telegram_4cat,
    telegram_desktop,
    tiktok_research,
    tiktok_research_comments,
    x_api,
    x_api_1,
    youtube,
)
from .made_browsers import instagram, threads, tiktok, tiktok_comments, tweet, zeeschuimer_x
from .made_tables import (
    brandwatch,
    crowdtangle,
    crowdtangle_instagram,
    fourcat,
    fourcat_telegram,
    mcl_csv,
    mcl_json,
    plain,
    plain_json,
    plain_xlsx,
    ytdt_comments,
    ytdt_videos,
)
from .making import People, lines, said, table, workbook

__all__ = [
    "MADE",
    "People",
    "bluesky",
    "bluesky_records",
    "brandwatch",
    "crowdtangle",
    "crowdtangle_instagram",
    "examples",
    "fourcat",
    "fourcat_telegram",
    "instagram",
    "junkipedia",
    "lines",
    "mcl_csv",
    "mcl_json",
    "plain",
    "plain_json",
    "plain_xlsx",
    "said",
    "table",
    "telegram_4cat",
    "telegram_desktop",
    "threads",
    "tiktok",
    "tiktok_comments",
    "tiktok_research",
    "tiktok_research_comments",
    "tweet",
    "workbook",
    "x_api",
    "x_api_1",
    "youtube",
    "ytdt_comments",
    "ytdt_videos",
    "zeeschuimer_x",
]

Made = Callable[[People], tuple[str, bytes]]

#: Format code → what makes its file.
MADE: dict[str, Made] = {
    "plain": plain,
    "plain-json": plain_json,
    "telegram-desktop": telegram_desktop,
    "telegram-4cat": telegram_4cat,
    "zeeschuimer-x": zeeschuimer_x,
    "x-api": x_api,
    "x-api-1": x_api_1,
    "zeeschuimer-instagram": instagram,
    "zeeschuimer-threads": threads,
    "zeeschuimer-tiktok": tiktok,
    "zeeschuimer-tiktok-comments": tiktok_comments,
    "tiktok-research": tiktok_research,
    "tiktok-research-comments": tiktok_research_comments,
    "youtube-comments": youtube,
    "ytdt-comments": ytdt_comments,
    "ytdt-videos": ytdt_videos,
    "bluesky": bluesky,
    "mcl-csv": mcl_csv,
    "mcl-json": mcl_json,
    "4cat-csv": fourcat,
    "junkipedia": junkipedia,
    "crowdtangle-facebook": crowdtangle,
    "crowdtangle-instagram": crowdtangle_instagram,
    "brandwatch": brandwatch,
}


def examples(folder: Path, people: People | None = None) -> dict[str, Path]:
    """Write one valid file of each format; format code → file. The plain table also as XLSX."""
    folder.mkdir(parents=True, exist_ok=True)
    p = people or People()
    made = {**{code: make(p) for code, make in MADE.items()}, "plain-xlsx": plain_xlsx(p)}
    paths = {code: folder / name for code, (name, _) in made.items()}
    for code, (_, content) in made.items():
        paths[code].write_bytes(content)
    return paths
