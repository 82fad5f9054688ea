"""The Python side of the kernel stamps."""

import pytest
import torch
import torch.nn.functional as F
import traitlets

from utils.widgets.kernel_stamps import INPUT, KernelStamps, kernel_values


@pytest.mark.parametrize("settings", [(3, 2, 0), (4, 2, 1), (5, 3, 2), (1, 3, 0), (5, 1, 2)])
def test_output_and_stamps_are_those_of_torch(settings):
    k, stride, padding = settings
    demo = KernelStamps(kernel_size=k, stride=stride, padding=padding)
    x, kernel = torch.tensor(INPUT).double()[None, None], kernel_values(k)[None, None]
    how = {"stride": stride, "padding": padding}
    assert torch.equal(demo.output, F.conv_transpose2d(x, kernel, **how)[0, 0])
    ones = F.conv_transpose2d(torch.ones_like(x), torch.ones_like(kernel), **how)[0, 0]
    assert torch.equal(demo.stamps, ones.long())
    assert demo.output.shape == (demo.size, demo.size)


def test_a_kernel_looks_different_when_it_is_flipped():
    assert kernel_values(3).tolist() == [[3, 2, 1], [2, 2, 1], [1, 1, 1]]


def test_nothing_left_is_said_so():
    demo = KernelStamps(kernel_size=1, stride=1, padding=2)
    assert demo.size == 0
    with pytest.raises(ValueError, match="nothing is left"):
        _ = demo.output


@pytest.mark.parametrize(
    "bad",
    [
        {"kernel_size": 0},
        {"kernel_size": 6},
        {"stride": 4},
        {"padding": 3},
        {"pixel": (4, 0)},
        {"place": (14, 0)},
        {"seen_as": "matrix"},
        {"cells_show": "uses"},
    ],
)
def test_what_is_no_setting_is_refused(bad):
    with pytest.raises(traitlets.TraitError):
        KernelStamps(**bad)
