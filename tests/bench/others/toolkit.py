"""coordination-network-toolkit on a CSV of posts: ``toolkit.py POSTS.csv WINDOW FOLDER``.

Writes ``co_link.csv`` and so on (user_1, user_2, weight) into FOLDER, and prints seconds of each
step. The CSV's form is the toolkit's own.
"""

from __future__ import annotations

import csv
import gc
import multiprocessing
import sqlite3
import sys
from collections.abc import Callable
from contextlib import closing, redirect_stdout
from pathlib import Path
from typing import Any

import gauge
from coordination_network_toolkit import compute_networks as networks
from coordination_network_toolkit.preprocess import preprocess_csv_files

#: As many as the machine of the benchmark has cores.
WORKERS = 2
NETWORKS: dict[str, Callable[..., Any]] = {
    "co_link": networks.compute_co_link_network,
    "co_retweet": networks.compute_co_retweet_parallel,
    "co_reply": networks.compute_co_reply_network,
    "co_tweet": networks.compute_co_tweet_network,
}


def main(posts: str, window: int, folder: Path) -> None:
    """Every network of the posts."""
    path = str(folder / "toolkit.db")
    steps, edges = {}, {}
    with redirect_stdout(sys.stderr):
        since = gauge.begun()
        preprocess_csv_files(path, [posts])
        steps["load"] = gauge.taken(since)
        empty = _without_empty_links(path)
        for name, compute in NETWORKS.items():
            since = gauge.begun()
            compute(path, window, n_threads=WORKERS)
            _ended()
            steps[name] = gauge.taken(since)
            edges[name] = _written(path, name, folder)
    peak = max(gauge.peak_bytes(), gauge.largest_child_bytes())
    gauge.tell(peak_bytes=peak, steps=steps, edges=edges, empty=empty)


def _ended() -> None:
    """Wait for the toolkit's processes, whose time and memory count only once they have ended."""
    gc.collect()
    for child in multiprocessing.active_children():
        child.join()


def _without_empty_links(path: str) -> int:
    """Posts without a link have the link “” here, which joins all who post in the same minute."""
    with closing(sqlite3.connect(path)) as database, database:
        return database.execute("delete from message_url where url = ''").rowcount


def _written(path: str, name: str, folder: Path) -> int:
    rows = f"select user_1, user_2, weight from {name}_network where user_1 <> user_2"
    with (
        closing(sqlite3.connect(path)) as database,
        (folder / f"{name}.csv").open("w", newline="", encoding="utf-8") as file,
    ):
        writer = csv.writer(file)
        writer.writerow(("user_1", "user_2", "weight"))
        writer.writerows(database.execute(rows))
        count = f"select count(*) from {name}_network where user_1 <> user_2"
        return int(database.execute(count).fetchone()[0])


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), Path(sys.argv[3]))
