"""The sentences about a mapping in Indonesian, beside the English ones they translate.

``{}`` stands for the parts that a sentence quotes.
"""

from __future__ import annotations

import re
from typing import Final

_SENTENCES: Final = {
    "the mapping cannot be read ({}).": "pemetaan tidak dapat dibaca ({}).",
    "the mapping is not TOML ({}).": "pemetaan bukan TOML ({}).",
    "Compare with {}; save it as UTF-8.": "Bandingkan dengan {}; simpan sebagai UTF-8.",
    "“{}” is not a section of a mapping.": "“{}” bukan bagian dari pemetaan.",
    "Did you mean [{}]?": "Maksud Anda [{}]?",
    "Did you mean “{}”?": "Maksud Anda “{}”?",
    "There are: {}.": "Yang ada: {}.",
    "“{}” is not known.": "“{}” tidak dikenal.",
    "“{}” leads to “{}”, which is no field.": "“{}” menuju “{}”, yang bukan kolom formulir.",
    "docs/reference/fields.md lists all.": "docs/reference/fields.md memuat semuanya.",
    "“{}” is the second column for {}.": "“{}” adalah kolom kedua untuk {}.",
    "Each field comes from one column.": "Setiap kolom formulir berasal dari satu kolom berkas.",
    "“{}” cannot be the same in every row.": "“{}” tidak boleh sama di setiap baris.",
    "Figures are never constants.": "Angka tidak pernah berupa tetapan.",
    "“{}” is not text.": "“{}” bukan teks.",
    "Write {} = {}": "Tulis {} = {}",
    "“{}” is no field.": "“{}” bukan kolom formulir.",
    "Write [values.source] {} = {}": "Tulis [values.source] {} = {}",
    "“{}” are not digits per column.": "“{}” bukan jumlah angka per kolom.",
    "“{}” do not match the columns.": "“{}” tidak cocok dengan jumlah kolom.",
    "One width for each.": "Satu lebar untuk tiap kolom.",
    "“{}” cannot be {}.": "“{}” tidak boleh {}.",
    "It is one of {}.": "Pilihannya: {}.",
    "Write it in quotes.": "Tulis di antara tanda kutip.",
    "Write a number, 0 to 1000.": "Tulis angka 0 sampai 1000.",
}
_PATTERNS: Final = [
    (re.compile(re.escape(en).replace(r"\{\}", "(.*)") + r"\Z", re.DOTALL), id_)
    for en, id_ in sorted(_SENTENCES.items(), key=lambda pair: -len(pair[0]))
]


def in_indonesian(sentence: str) -> str:
    """The Indonesian of a sentence about a mapping; ``""`` where there is none."""
    for pattern, words in _PATTERNS:
        if match := pattern.match(sentence):
            return words.format(*match.groups())
    return ""
