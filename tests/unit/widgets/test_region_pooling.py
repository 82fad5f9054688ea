"""The Python side of the demo."""

import pytest
import torch
import traitlets
from torchvision import ops

from utils.widgets.region_pooling import MAP, RegionPooling


def test_the_output_is_that_of_torchvision():
    cells = torch.tensor(MAP, dtype=torch.float64)[None, None]
    box = [1.3, 2.5, 9.7, 6.1]
    region = torch.tensor([[0, *box]], dtype=torch.float64)
    pooled = RegionPooling(region=box, parts=3).output
    torch.testing.assert_close(pooled, ops.roi_pool(cells, region, 3)[0, 0])
    aligned = RegionPooling(region=box, parts=3, method="align").output
    wanted = ops.roi_align(cells, region, 3, 1.0, 2, True)[0, 0]
    torch.testing.assert_close(aligned, wanted)


@pytest.mark.parametrize(
    "bad",
    [[0, 0, 4], [4, 0, 2, 2], [0, 0, 0.25, 4], [0, 0, 13, 4], [0, -1, 4, 4], [0, 0, 4, 9], None],
)
def test_what_is_no_region_in_the_map_is_refused(bad):
    with pytest.raises(traitlets.TraitError):
        RegionPooling(region=bad)
    for settings in ({"parts": 0}, {"parts": 5}, {"method": "mean"}):
        with pytest.raises(traitlets.TraitError):
            RegionPooling(**settings)
