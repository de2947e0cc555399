"""What the example files are made of: people who do not exist, and the shapes of files."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

import xlsxwriter

#: 27 November 2024, 14:05 in Jembrana.
AT = 1732687500
ISO = "2024-11-27T06:05:00.000Z"
SQL = "2024-11-27 06:05:00"


@dataclass(frozen=True)
class People:
    """Everything that names somebody in the example files: who writes, who is named, a group."""

    handle: str = "contoh_warga_a"
    name: str = "Warga Contoh A"
    number: str = "9007199254740993"
    other: str = "contoh_warga_b"
    other_name: str = "Warga Contoh B"
    other_number: str = "9007199254740995"
    group: str = "grup_contoh"
    group_name: str = "Grup Contoh Latihan"
    group_number: str = "1500000000001"
    phone: str = "081234567890"
    did: str = "did:plc:contohwargaaaaaaaaaaaaaa"
    other_did: str = "did:plc:contohwargabbbbbbbbbbbbbb"

    def all(self) -> tuple[str, ...]:
        """Every name and number."""
        return tuple(getattr(self, f.name) for f in fields(self))


def said(p: People, platform: str = "x") -> str:
    """A text that names another account, links to its profile, and gives a telephone number."""
    where = {
        "x": f"https://x.com/{p.other}",
        "telegram": f"https://t.me/{p.other}",
        "tiktok": f"https://www.tiktok.com/@{p.other}",
        "youtube": f"https://www.youtube.com/@{p.other}",
        "instagram": f"https://www.instagram.com/{p.other}/",
        "threads": f"https://www.threads.net/@{p.other}",
        "facebook": f"https://www.facebook.com/{p.other}",
        "bluesky": f"https://bsky.app/profile/{p.other}.bsky.social",
    }[platform]
    mention = f"@{p.other}.bsky.social" if platform == "bluesky" else f"@{p.other}"
    return f"Latihan: {mention} hitung ulang suara paslon 1 di TPS 3, lihat {where} atau {p.phone}"


def table(rows: list[dict[str, Any]], mark: str = ",") -> bytes:
    """A CSV file of these rows."""
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]), delimiter=mark, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


def lines(*records: Mapping[str, Any]) -> bytes:
    """An NDJSON file of these records."""
    return "".join(json.dumps(r, ensure_ascii=False) + "\n" for r in records).encode()


def document(value: Any) -> bytes:
    """A JSON file."""
    return json.dumps(value, ensure_ascii=False, indent=1).encode()


def envelope(platform: str, *payloads: Mapping[str, Any]) -> bytes:
    """Records as Zeeschuimer keeps them."""
    return lines(
        *(
            {
                "nav_index": "s:1:0",
                "item_id": str(n),
                "timestamp_collected": (AT + 3600) * 1000,
                "source_platform": platform,
                "source_platform_url": f"https://{platform}/latihan",
                "source_url": f"https://{platform}/latihan",
                "user_agent": "latihan",
                "data": dict(p),
            }
            for n, p in enumerate(payloads, 1)
        )
    )


def workbook(rows: list[dict[str, Any]]) -> bytes:
    """An XLSX file of these rows."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet = book.add_worksheet("kiriman")
        for at, cells in enumerate([list(rows[0]), *(list(r.values()) for r in rows)]):
            for column, cell in enumerate(cells):
                sheet.write_string(at, column, str(cell))
    return out.getvalue()
