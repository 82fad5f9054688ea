"""The Python side of the size tracer."""

import pytest
import torch
import traitlets
from torchvision.models import alexnet

from utils.widgets.size_tracer import SizeTracer


def test_with_padding_two_the_last_side_is_torchvisions():
    demo = SizeTracer(side=224, padding=2)
    with torch.device("meta"):
        features = alexnet(weights=None).features
        for side in (195, 224, 256, 290):
            demo.side = side
            assert features(torch.empty(1, 3, side, side)).shape[-1] == demo.sides[-1]
    assert demo.layers[0] == (11, 4, 2)


@pytest.mark.parametrize("bad", [{"side": 194}, {"side": 291}, {"padding": 4}, {"padding": -1}])
def test_what_cannot_be_drawn_is_refused(bad):
    with pytest.raises(traitlets.TraitError):
        SizeTracer(**bad)
