"""The legal bases a referral may name, from ``articles.toml``: possible, never proven."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from rukun.errors import UserError
from rukun.talk.workflow import Lang

FILE: Final = Path(__file__).with_name("articles.toml")


@dataclass(frozen=True, slots=True)
class Article:
    """One legal basis: its careful name, what it is about, its penalty, to whom it leads.

    ``checked``: the wording was compared with the law's text. ``in_force``: may be a basis.
    """

    code: str
    id: str
    en: str
    about_id: str
    about_en: str
    penalty: str
    addressees: tuple[str, ...]
    checked: bool
    in_force: bool = True

    def name(self, lang: Lang) -> str:
        """“Possible Article 69(c) …”, in ``id`` or ``en``."""
        return self.id if lang == "id" else self.en

    def about(self, lang: Lang) -> str:
        """What the article is about, in ``id`` or ``en``."""
        return self.about_id if lang == "id" else self.about_en


def read_articles(path: Path) -> dict[str, Article]:
    """The articles of a file by code; ``UserError`` (``articles-file``) naming what is wrong."""
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
        return {code: _article(code, row) for code, row in table.items()}
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, TypeError, KeyError) as err:
        raise UserError(
            "articles-file",
            f"the list of articles cannot be read ({err}).",
            "Every article needs id, en, about_id, about_en, penalty, addressees and checked.",
            str(path),
            message_id=f"daftar pasal tidak dapat dibaca ({err}).",
            hint_id="Setiap pasal memerlukan id, en, about_id, about_en, penalty, addressees, dan "
            "checked.",
        ) from err


def _article(code: str, row: Mapping[str, object]) -> Article:
    texts = {k: str(row[k]) for k in ("id", "en", "about_id", "about_en", "penalty")}
    listed = row["addressees"]
    if not isinstance(listed, list):
        raise TypeError(f"{code}: addressees is no list")
    return Article(
        code,
        **texts,
        addressees=tuple(map(str, listed)),
        checked=row["checked"] is True,
        in_force=row.get("in_force") is not False,
    )


@cache
def articles() -> dict[str, Article]:
    """The shipped articles by code, read once."""
    return read_articles(FILE)
