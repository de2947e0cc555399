"""Triangles, trusses and connected parts on graphs drawn by hand, and against brute force."""

from __future__ import annotations

from itertools import combinations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from rukun.talk.coordination.groups import parts, triangles, truss

K4 = list(combinations(range(4), 2))
K5 = list(combinations(range(5), 2))


def _columns(edges):
    pairs = np.array(edges, dtype=np.int64).reshape(-1, 2)
    return pairs[:, 0].copy(), pairs[:, 1].copy()


def test_each_edge_of_four_who_all_know_each_other_is_in_two_triangles():
    assert triangles(*_columns(K4)).tolist() == [2] * 6


def test_a_square_has_no_triangle_and_its_diagonal_makes_two():
    square = [(0, 1), (1, 2), (2, 3), (0, 3)]
    assert triangles(*_columns(square)).tolist() == [0] * 4
    assert triangles(*_columns([*square, (0, 2)])).tolist() == [1, 1, 1, 1, 2]


def test_no_edges_are_no_triangles():
    assert triangles(*_columns([])).tolist() == []
    assert truss(*_columns([]), 4).tolist() == []
    assert parts(*_columns([])).tolist() == []


def test_the_four_truss_keeps_the_four_and_drops_a_triangle_hung_on_them():
    hung = [*K4, (3, 7), (3, 8), (7, 8)]
    assert truss(*_columns(hung), 4).tolist() == [True] * 6 + [False] * 3
    assert truss(*_columns(hung), 3).tolist() == [True] * 9


def test_what_falls_away_pulls_others_with_it():
    """Five without one edge: all in two triangles or more; one more edge gone leaves four."""
    without = [e for e in K5 if e != (0, 1)]
    assert truss(*_columns(without), 4).all()
    fewer = [e for e in without if e != (0, 2)]
    kept = truss(*_columns(fewer), 4)
    assert [e for e, k in zip(fewer, kept, strict=True) if k] == list(combinations(range(1, 5), 2))


def test_parts_are_named_after_their_smallest_node():
    assert parts(*_columns([(4, 9), (1, 2), (2, 8), (7, 9)])).tolist() == [4, 1, 1, 4]


_GRAPHS = st.sets(st.tuples(st.integers(0, 12), st.integers(0, 12)).filter(lambda e: e[0] < e[1]))


@given(_GRAPHS)
def test_triangles_are_those_of_brute_force(edges):
    listed = sorted(edges)
    brute = [
        sum((min(a, c), max(a, c)) in edges and (min(b, c), max(b, c)) in edges for c in range(13))
        for a, b in listed
    ]
    assert triangles(*_columns(listed)).tolist() == brute


@given(_GRAPHS, st.integers(3, 5))
def test_every_edge_of_a_truss_is_in_enough_of_its_triangles(edges, k):
    left, right = _columns(sorted(edges))
    kept = truss(left, right, k)
    assert (triangles(left[kept], right[kept]) >= k - 2).all()


@given(_GRAPHS)
def test_parts_are_the_same_for_edges_that_touch(edges):
    listed = sorted(edges)
    named = dict(zip(listed, parts(*_columns(listed)).tolist(), strict=True))
    for one, other in combinations(listed, 2):
        if set(one) & set(other):
            assert named[one] == named[other]
    assert all(named[e] <= min(e) for e in listed)
