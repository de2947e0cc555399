"""Triangles, trusses and connected parts of a graph given as two columns of node numbers."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

import numpy as np
from numba import njit

from rukun.talk.coordination.chance import Bools, Floats, Ints


def triangles(left: Ints, right: Ints) -> Ints:
    """For each edge, in how many triangles it is. Edges come once, without loops."""
    if not left.size:
        return np.zeros(0, dtype=np.int64)
    start, node = _neighbours(left, right)
    return _count(left, right, start, node)


def common(left: Ints, right: Ints, start: Ints, item: Ints, weight: Floats) -> Floats:
    """For each pair, the summed weight of the items both hold. Holder h has the items
    ``item[start[h]:start[h + 1]]``, in rising order."""
    return _weigh(left, right, start, item, weight)


def truss(left: Ints, right: Ints, k: int) -> Bools:
    """Which edges are in the k-truss: the largest part where each edge is in k − 2 triangles."""
    stays = np.ones(left.size, dtype=bool)
    while stays.any():
        weak = triangles(left[stays], right[stays]) < k - 2
        if not weak.any():
            break
        stays[np.flatnonzero(stays)[weak]] = False
    return stays


def parts(left: Ints, right: Ints) -> Ints:
    """For each edge, the smallest node number of its connected part."""
    nodes, ends = np.unique(np.concatenate([left, right]), return_inverse=True)
    a, b = ends[: left.size], ends[left.size :]
    label = np.arange(nodes.size)
    while True:
        lower = label.copy()
        np.minimum.at(lower, a, label[b])
        np.minimum.at(lower, b, label[a])
        lower = lower[lower]
        if (lower == label).all():
            break
        label = lower
    found: Ints = nodes[label[a]] if left.size else np.zeros(0, dtype=np.int64)
    return found


def _neighbours(left: Ints, right: Ints) -> tuple[Ints, Ints]:
    """Neighbours of each node in rising order, as offsets and one long column."""
    ends = np.concatenate([left, right])
    others = np.concatenate([right, left])
    by_node = np.lexsort((others, ends))
    start = np.zeros(int(ends.max()) + 2, dtype=np.int64)
    np.add.at(start, ends + 1, 1)
    return np.cumsum(start), others[by_node]


def _count_plain(left: Ints, right: Ints, start: Ints, node: Ints) -> Ints:
    out = np.zeros(left.size, dtype=np.int64)
    for e in range(left.size):
        i, i_end = start[left[e]], start[left[e] + 1]
        j, j_end = start[right[e]], start[right[e] + 1]
        while i < i_end and j < j_end:
            if node[i] == node[j]:
                out[e] += 1
                i += 1
                j += 1
            elif node[i] < node[j]:
                i += 1
            else:
                j += 1
    return out


_count = cast(Callable[[Ints, Ints, Ints, Ints], Ints], njit(nogil=True)(_count_plain))


def _weigh_plain(left: Ints, right: Ints, start: Ints, item: Ints, weight: Floats) -> Floats:
    out = np.zeros(left.size)
    for e in range(left.size):
        i, i_end = start[left[e]], start[left[e] + 1]
        j, j_end = start[right[e]], start[right[e] + 1]
        while i < i_end and j < j_end:
            if item[i] == item[j]:
                out[e] += weight[item[i]]
                i += 1
                j += 1
            elif item[i] < item[j]:
                i += 1
            else:
                j += 1
    return out


_weigh = cast(Callable[[Ints, Ints, Ints, Ints, Floats], Floats], njit(nogil=True)(_weigh_plain))
