"""The simulated cache, against a list that is searched, and against counts by hand."""

import pytest
import torch

from utils.cache import Access, accesses, count_misses, walk
from utils.repro import seeded


def by_list(addresses, lines, width):
    """The same cache, held in a list whose end is the line used last."""
    held, found = [], []
    for address in addresses:
        line, before = address // width, list(held)
        held = [*(each for each in held if each != line), line][-lines:]
        left = set(before) - set(held)
        found.append(Access(address, line, line in before, left.pop() if left else None))
    return found


@pytest.mark.parametrize("seed", range(40))
def test_reads_are_those_of_a_cache_in_a_list(seed):
    draw = seeded(seed)
    lines, width, span = (int(torch.randint(1, n, (1,), generator=draw)) for n in (9, 6, 60))
    addresses = torch.randint(span, (200,), generator=draw).tolist()
    assert list(accesses(addresses, lines, width)) == by_list(addresses, lines, width)


def test_a_cache_forgets_the_line_used_longest_ago_not_the_oldest():
    found = list(accesses([0, 1, 0, 2, 0, 1], lines=2, width=1))
    assert [each.hit for each in found] == [False, False, True, False, True, False]
    assert [each.evicted for each in found] == [None, None, None, 1, None, 2]


@pytest.mark.parametrize("stored", ["rows", "columns"])
@pytest.mark.parametrize("shape", [(3, 4), (1, 5), (5, 1), (0, 3), (2, 0)])
def test_a_walk_reads_what_the_tensor_has_there(shape, stored):
    memory = torch.arange(shape[0] * shape[1])
    matrix = memory.view(shape) if stored == "rows" else memory.view(shape[::-1]).T
    assert walk(*shape, "rows", stored) == matrix.flatten().tolist()
    assert walk(*shape, "columns", stored) == matrix.T.flatten().tolist()


@pytest.mark.parametrize(("lines", "misses"), [(1, 48), (5, 48), (6, 12), (7, 12)])
def test_columns_need_a_line_for_each_row(lines, misses):
    assert count_misses(walk(6, 8, "columns"), lines, 4) == misses
    assert count_misses(walk(6, 8, "rows"), lines, 4) == 12
    assert count_misses(walk(6, 8, "columns", "columns"), lines, 4) == 12


@pytest.mark.parametrize(("lines", "width"), [(0, 4), (2, 0), (-1, 1)])
def test_an_empty_cache_is_refused_before_the_first_read(lines, width):
    with pytest.raises(ValueError, match="needs a line and a number"):
        accesses([], lines, width)


def test_an_unknown_order_is_refused():
    with pytest.raises(ValueError, match="order must be 'rows' or 'columns', got 'row'"):
        walk(2, 2, "row")
    with pytest.raises(ValueError, match="stored must be"):
        walk(2, 2, stored="F")
    with pytest.raises(ValueError, match="0 or more"):
        walk(-1, 2)
