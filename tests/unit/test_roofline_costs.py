"""The costs of operations, against torch's counter and sizes, and the walls of a machine."""

import pytest
import torch
import torch.nn.functional as F
from torch.utils.flop_counter import FlopCounterMode

from utils.roofline import Operation, attainable, operations, wall

SIZES = 1, 2, 7, 16


def jobs(n):
    """Each operation as a call of torch, and its inputs."""
    square, picture = torch.ones(n, n), torch.ones(1, n, 32, 32)
    return {
        "add": (torch.add, (square, square)),
        "matrix × vector": (torch.mv, (square, torch.ones(n))),
        "matrix × matrix": (torch.mm, (square, square)),
        "convolution": (lambda x, w: F.conv2d(x, w, padding=1), (picture, torch.ones(n, n, 3, 3))),
    }


@pytest.mark.parametrize("n", SIZES)
def test_bytes_are_those_of_the_tensors(n):
    found = operations(n)
    assert list(found) == list(jobs(n))
    for name, (job, inputs) in jobs(n).items():
        tensors = [*inputs, job(*inputs)]
        assert found[name].bytes == sum(x.numel() * x.element_size() for x in tensors)


@pytest.mark.parametrize("n", SIZES)
def test_operations_are_those_of_the_counter_where_it_counts(n):
    for name in ("matrix × matrix", "convolution"):
        job, inputs = jobs(n)[name]
        with FlopCounterMode(display=False) as counter:
            job(*inputs)
        assert operations(n)[name].flop == counter.get_total_flops()
    assert operations(n)["add"].flop == n * n
    assert operations(n)["matrix × vector"].flop == 2 * n * n


def test_intensities_are_those_derived_on_the_pages():
    found = {name: operation.intensity for name, operation in operations(600).items()}
    assert found["add"] == pytest.approx(1 / 12)
    assert found["matrix × vector"] == pytest.approx(0.5, abs=0.005)
    assert found["matrix × matrix"] == pytest.approx(100)
    assert Operation(6, 3).intensity == 2


def test_the_lower_wall_limits():
    assert attainable(1 / 12, 100, 20) == pytest.approx(20 / 12)
    assert attainable(50, 100, 20) == 100
    assert attainable(5, 100, 20) == 100
    assert wall(4.99, 100, 20) == "memory"
    assert wall(5, 100, 20) == wall(50, 100, 20) == "arithmetic"


@pytest.mark.parametrize("bad", [(0, 1, 1), (1, 0, 1), (1, 1, -1), (float("nan"), 1, 1)])
def test_nothing_positive_is_refused(bad):
    for function in (attainable, wall):
        with pytest.raises(ValueError, match="must be positive"):
            function(*bad)


@pytest.mark.parametrize("bad", [0, -3])
def test_a_size_below_one_is_refused(bad):
    with pytest.raises(ValueError, match="n must be 1 or more"):
        operations(bad)
