"""What is said about coordination, in Indonesian and English."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, Literal

Lang = Literal["id", "en"]

#: What stands on every page about acting together.
NOTICE: Final[Mapping[str, str]] = {
    "id": "Bertindak bersama bukan berarti palsu dan bukan kejahatan. Daftar ini adalah "
    "pertanyaan untuk diperiksa orang, bukan jawaban.",
    "en": "Acting together is neither fake nor a crime. This list is a question for a person to "
    "look into, not an answer.",
}
#: What the everyday false alarm looks like.
FANS: Final[Mapping[str, str]] = {
    "id": "Pendukung setia sering tampak seperti kelompok: mereka membagikan setiap kiriman satu "
    "akun favorit dalam beberapa menit. Tandanya: hampir semua objek dari satu sumber, dan waktu "
    "mereka tidak lebih berdekatan daripada pembaca lain. Pasangan seperti itu hanya untuk dilihat.",
    "en": "Loyal supporters often look like a ring: they share every post of one favourite within "
    "minutes. The signs: nearly all objects come from one source, and they are no closer in time "
    "than its other readers. Such pairs are only there to be looked at.",
}
#: What the tests cannot tell.
LIMITS: Final[Mapping[str, str]] = {
    "id": "Yang tidak dapat dibedakan: pembaca yang semuanya bereaksi dalam setengah menit, dan "
    "komunitas yang mengikuti puluhan akun sekaligus, dapat tampak seperti kelompok; kelompok yang "
    "melayani satu akun dengan jeda lebih dari setengah menit dapat tampak seperti pendukung. Waktu "
    "yang hanya dicatat per menit melemahkan uji kedekatan.",
    "en": "What cannot be told apart: readers who all react within half a minute, and a community "
    "that follows dozens of accounts at once, may look like a ring; a ring that serves one account "
    "with more than half a minute between its members may look like supporters. Times recorded "
    "only to the minute weaken the test of closeness.",
}
VERDICTS: Final[Mapping[str, Mapping[str, str]]] = {
    "strong": {
        "id": "Kuat: lebih dari kebetulan, dan tidak terjelaskan oleh akun favorit yang sama.",
        "en": "Strong: more than chance, and not explained by a common favourite.",
    },
    "look": {
        "id": "Perlu dilihat: lebih dari kebetulan, tetapi mungkin hanya pendukung setia. "
        "Catatan ketepatannya lebih lemah.",
        "en": "To look at: more than chance, but these may just be loyal supporters. Its record "
        "of being right is weaker.",
    },
    "known": {
        "id": "Dikenal: akun-akun ini bertindak bersama secara terbuka.",
        "en": "Known: these accounts act together openly.",
    },
}
_SEEN: Final[Mapping[str, str]] = {
    "id": "diperkirakan {expected} kali, terlihat {seen} kali",
    "en": "expected {expected} times, seen {seen}",
}
_CLOSE: Final[Mapping[str, str]] = {
    "id": "{close} dari {objects} dalam {seconds} detik, biasanya {usual} dari 10",
    "en": "{close} of {objects} within {seconds} seconds, where {usual} of 10 are usual",
}
_SOURCES: Final[Mapping[str, str]] = {
    "id": "{share} % dari satu sumber, {sources} sumber",
    "en": "{share} % from one source, {sources} sources",
}
_KNOWN: Final[Mapping[str, str]] = {"id": "{name}: {reason}", "en": "{name}: {reason}"}


def describe_edge(edge: Mapping[str, Any], lang: Lang, close: float = 10.0) -> str:
    """One line on a pair: “expected 0.04 times, seen 9; …”. ``edge`` is a row of ``EDGES``."""
    figures = {
        "expected": _number(edge["expected"], lang),
        "seen": edge["seen"],
        "close": edge["close"],
        "objects": edge["objects"],
        "seconds": f"{close:g}",
        "usual": _number(10 * edge["usual"], lang, 1),
        "share": round(100 * edge["top_share"]),
        "sources": edge["sources"],
    }
    return "; ".join(part[lang].format(**figures) for part in (_SEEN, _CLOSE, _SOURCES)) + "."


def describe_ring(ring: Mapping[str, Any], lang: Lang) -> str:
    """The verdict in words, and for a known group its name and the reason written down for it.
    ``ring`` is a row of ``RINGS``."""
    verdict = VERDICTS[ring["verdict"]][lang]
    if ring["verdict"] != "known":
        return verdict
    return f"{verdict} {_KNOWN[lang].format(name=ring['known'], reason=ring['reason'])}"


def _number(value: float, lang: Lang, places: int = 2) -> str:
    """Rounded, never to a nought that is none; with a decimal comma in Indonesian."""
    least = 10.0**-places
    text = f"{value:.{places}f}" if value >= least or value == 0 else f"< {least:.{places}f}"
    return text.replace(".", ",") if lang == "id" else text
