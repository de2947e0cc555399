"""Pairs as a graph file: GraphML and GEXF, under aliases only.

GraphML: graphml.graphdrawing.org; GEXF 1.3: gexf.net. Only the alias, the ring and the figures of
an edge are written; characters that XML cannot hold are replaced.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final
from xml.etree import ElementTree as ET

import polars as pl

from rukun.talk.aliases import ALIAS

#: What is written of an edge: name in ``EDGES`` → GraphML type, GEXF type.
FIGURES: Final[Mapping[str, tuple[str, str]]] = {
    "verdict": ("string", "string"),
    "ring": ("string", "string"),
    "seen": ("long", "long"),
    "expected": ("double", "double"),
    "p_all": ("double", "double"),
    "q": ("double", "double"),
    "close": ("long", "long"),
    "sources": ("long", "long"),
    "top_share": ("double", "double"),
}
_NOT_XML: Final = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def graphml(edges: pl.DataFrame) -> str:
    """The edges as GraphML. Raises ``ValueError`` where an account is not an alias."""
    root = ET.Element("graphml", xmlns="http://graphml.graphdrawing.org/xmlns")
    for name, (kind, _) in FIGURES.items():
        ET.SubElement(
            root, "key", {"id": name, "for": "edge", "attr.name": name, "attr.type": kind}
        )
    graph = ET.SubElement(root, "graph", id="coordination", edgedefault="undirected")
    for account in _accounts(edges):
        ET.SubElement(graph, "node", id=account)
    for i, row in enumerate(edges.iter_rows(named=True)):
        edge = ET.SubElement(graph, "edge", id=f"e{i}", source=row["a"], target=row["b"])
        for name, value in _figures(row):
            ET.SubElement(edge, "data", key=name).text = value
    return _written(root)


def gexf(edges: pl.DataFrame) -> str:
    """The edges as GEXF 1.3; the weight is the number of shared objects. Raises ``ValueError``
    where an account is not an alias."""
    root = ET.Element("gexf", xmlns="http://gexf.net/1.3", version="1.3")
    graph = ET.SubElement(root, "graph", defaultedgetype="undirected", mode="static")
    attributes = ET.SubElement(graph, "attributes", {"class": "edge"})
    for name, (_, kind) in FIGURES.items():
        ET.SubElement(attributes, "attribute", id=name, title=name, type=kind)
    nodes = ET.SubElement(graph, "nodes")
    for account in _accounts(edges):
        ET.SubElement(nodes, "node", id=account, label=account)
    lines = ET.SubElement(graph, "edges")
    for i, row in enumerate(edges.iter_rows(named=True)):
        ends = {"source": row["a"], "target": row["b"], "weight": str(row["seen"])}
        values = ET.SubElement(ET.SubElement(lines, "edge", {"id": f"e{i}", **ends}), "attvalues")
        for name, value in _figures(row):
            ET.SubElement(values, "attvalue", {"for": name, "value": value})
    return _written(root)


def _accounts(edges: pl.DataFrame) -> list[str]:
    names: list[str] = sorted(set(edges["a"]) | set(edges["b"]))
    for name in names:
        if not ALIAS.fullmatch(name):
            raise ValueError("a graph is written under aliases only, and one account has none")
    return names


def _figures(row: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """The figures that are stated, as text that XML can hold."""
    for name in FIGURES:
        if row[name] is not None:
            yield name, _NOT_XML.sub("\ufffd", str(row[name]))


def _written(root: ET.Element) -> str:
    ET.indent(root)
    head = '<?xml version="1.0" encoding="UTF-8"?>'
    return f"{head}\n{ET.tostring(root, encoding='unicode')}\n"
