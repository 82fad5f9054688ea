"""The Python side of the demo on Inception blocks."""

import pytest
import torch
import traitlets

from utils.widgets.inception_paths import InceptionPaths


def test_the_layers_are_a_block_whose_maps_fit_together():
    demo = InceptionPaths(inputs=6, widths=(2, 3, 4, 1, 5, 3), side=7)
    x = torch.empty(1, 6, 7, 7, device="meta")
    maps = [path(x) for path in demo.layers]
    assert tuple(torch.cat(maps, dim=1).shape) == (1, demo.channels, 7, 7)
    assert [len(path) for path in demo.layers] == [1, 2, 2, 2]
    demo.bottlenecks = False
    assert [len(path) for path in demo.layers] == [1, 1, 1, 1]
    assert demo.channels == 2 + 4 + 5 + 6


@pytest.mark.parametrize(
    "bad",
    [
        {"widths": (1, 2, 3)},
        {"widths": (0, 1, 1, 1, 1, 1)},
        {"widths": (1, 1, 1, 1, 1, 2.5)},
        {"widths": None},
        {"widths": (1, 1, 1, 1, 1, 513)},
        {"path": "7×7"},
        {"inputs": 0},
        {"side": 225},
    ],
)
def test_what_makes_no_block_is_refused(bad):
    with pytest.raises(traitlets.TraitError):
        InceptionPaths(**bad)
