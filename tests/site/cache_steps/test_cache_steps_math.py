"""The cache in the browser, against the simulation of the book."""

import pytest
import torch

from utils.cache import accesses, count_misses, walk
from utils.repro import seeded
from utils.widgets.cache_steps import CacheSteps


def drawn(seed):
    """Reads at random, and a cache."""
    draw = seeded(seed)
    lines, width, span = (int(torch.randint(1, n, (1,), generator=draw)) for n in (9, 6, 60))
    return torch.randint(span, (80,), generator=draw).tolist(), lines, width


@pytest.fixture(scope="module")
def math(open_module):
    return open_module("cache_steps/math")


def test_reads_hit_and_push_out_what_they_do_in_python(math):
    cases = [drawn(seed) for seed in range(100)]
    for case, found in zip(cases, math.call_each([("accesses", *c) for c in cases]), strict=True):
        mine = [
            tuple(each[name] for name in ("address", "line", "hit", "evicted")) for each in found
        ]
        assert mine == [tuple(each) for each in accesses(*case)]


def test_a_line_keeps_its_slot_until_it_leaves(math):
    cases = [drawn(seed) for seed in range(40)]
    for (reads, lines, width), found in zip(
        cases, math.call_each([("accesses", *c) for c in cases]), strict=True
    ):
        slots = [None] * lines
        for read, each in zip(reads, found, strict=True):
            changed = [k for k in range(lines) if each["slots"][k] != slots[k]]
            assert len(changed) == (not each["hit"])
            assert all(slots[k] == each["evicted"] for k in changed)
            slots = each["slots"]
            assert read // width in slots and len(slots) == lines


def test_walks_staircases_and_the_smallest_cache_are_those_of_python(math):
    grid = [(m, n, o) for m in range(1, 7) for n in (1, 4, 8) for o in ("rows", "columns")]
    for case, found in zip(grid, math.call_each([("walk", *c) for c in grid]), strict=True):
        assert found == walk(*case)
    grid = [(o, c, w) for o in ("rows", "columns") for c in (1, 3, 5, 8) for w in (1, 2, 4, 8)]
    stairs = math.call_each([("staircase", 8, 8, *c) for c in grid])
    for (order, lines, width), found in zip(grid, stairs, strict=True):
        assert found == [count_misses(walk(m, 8, order), lines, width) for m in range(1, 9)]
    grid = [(m, w) for m in range(2, 7) for w in (1, 2, 4, 8)]
    fewest = math.call_each([("fewestLines", m, 8, w) for m, w in grid])
    for (m, w), found in zip(grid, fewest, strict=True):
        same = [c for c in range(1, 49) if count_misses(walk(m, 8, "columns"), c, w) <= m * 8 // w]
        assert found == same[0] == (m if w > 1 else 1)


def test_browser_and_python_side_of_the_demo_count_alike(math):
    grid = [
        {"order": order, "lines": lines, "line_length": width, "rows": rows}
        for order in ("rows", "columns")
        for lines, width, rows in ((1, 1, 2), (3, 4, 6), (6, 4, 6), (2, 8, 3), (8, 2, 5))
    ]
    demos = [CacheSteps(**state) for state in grid]
    calls = [
        ("accesses", walk(demo.rows, 8, demo.order), demo.lines, demo.line_length)
        for demo in demos
    ]
    for demo, found in zip(demos, math.call_each(calls), strict=True):
        assert [each["hit"] for each in found] == demo.hits
        assert sum(not each["hit"] for each in found) == demo.misses
