import pytest
import torch

from utils.data.paintings import PAINTERS, painting


@pytest.mark.parametrize("name", PAINTERS)
def test_a_painting_is_a_picture_that_a_seed_fixes(name):
    image = painting(name, size=32)
    assert image.shape == (3, 32, 32) and image.dtype == torch.float32
    assert image.min() >= 0 and image.max() <= 1 and image.std() > 0.1
    assert torch.equal(image, painting(name, size=32))
    assert not torch.equal(image, painting(name, size=32, seed=1))


def test_the_night_is_blue_with_some_yellow_and_the_glass_has_black_lead():
    red, _, blue = painting("strokes")
    assert (blue > red).float().mean() > 0.6 and (red > blue + 0.2).float().mean() > 0.02
    dark = painting("glass").amax(0) < 0.12
    assert 0.02 < dark.float().mean() < 0.3


def test_strokes_are_long_along_the_wind():
    # A stroke is smooth along itself: noise without the smearing has far larger steps.
    image = painting("strokes").mean(0)
    steps = torch.minimum(image.diff(dim=0)[:, 1:].abs(), image.diff(dim=1)[1:].abs())
    assert steps.mean() < 0.04 and image.std() > 0.1


@pytest.mark.parametrize("bad", [{"name": "oil"}, {"name": "glass", "size": 8}])
def test_what_cannot_be_painted_is_refused(bad):
    with pytest.raises(ValueError, match="oil|16 pixels"):
        painting(**bad)
