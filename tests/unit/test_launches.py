"""Kernels and bytes, counted on code whose operations are known."""

import torch
import torch.nn.functional as F

from utils.launches import Launches


def count(function, *inputs):
    with Launches() as found:
        function(*inputs)
    return found.names, found.bytes


def test_each_operation_is_a_kernel_that_reads_and_writes():
    x, y = torch.ones(5, 4), torch.ones(5, 4)
    assert count(torch.add, x, y) == (["add"], 3 * 80)
    assert count(lambda: 2 * x) == (["mul"], 2 * 80)
    assert count(lambda: (x + y).exp().sum()) == (["add", "exp", "sum"], 5 * 80 + 80 + 4)
    assert count(lambda: x @ y.T) == (["mm"], 2 * 80 + 4 * 25)
    assert count(F.gelu, x) == (["gelu"], 160)


def test_a_tensor_counts_once_in_an_operation():
    x = torch.ones(10)
    assert count(lambda: x * x) == (["mul"], 80)
    assert count(x.clone().add_, x) == (["add_"], 80)


def test_lists_of_tensors_and_keywords_count():
    x, out = torch.ones(10), torch.empty(20)
    assert count(lambda: torch.cat([x, x.clone()])) == (["clone", "cat"], 80 + 80 + 80)
    assert count(lambda: torch.cat([x, 2 * x], out=out)) == (["mul", "cat"], 80 + 160)


def test_other_dtypes_have_other_sizes():
    assert count(lambda x: x + 1, torch.ones(10, dtype=torch.float64)) == (["add"], 160)
    assert count(lambda x: x > 0, torch.ones(10)) == (["gt"], 50)


def test_views_cost_nothing():
    x = torch.ones(4, 6)
    assert count(lambda: (x.T, x[0], x.view(-1), x.reshape(24), x.expand(3, 4, 6))) == ([], 0)
    assert count(lambda: x.split(2)) == ([], 0)
    assert count(lambda: x.T.contiguous()) == (["clone"], 192)


def test_what_runs_outside_does_not_count():
    x = torch.ones(3)
    with Launches() as found:
        x.exp()
    x.exp()
    assert found.names == ["exp"] and len(found) == 1
    with Launches() as found:
        pass
    assert len(found) == found.bytes == 0


def test_the_backward_pass_counts():
    x = torch.ones(3, requires_grad=True)
    loss = x.exp().sum()
    with Launches() as found:
        loss.backward()
    assert "mul" in found.names


def test_tensors_among_keywords_and_operations_without_a_result_count():
    x, y, order = torch.arange(10.0), torch.ones(3), torch.arange(10)
    moved = 40 + 12 + 80 + 24
    assert count(lambda: torch.searchsorted(x, y, sorter=order)) == (["searchsorted"], moved)
    assert count(lambda: torch._foreach_add_([x, y], 1)) == (["_foreach_add_"], 52)
