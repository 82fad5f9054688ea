"""The Python side of the channel mixer."""

import pytest
import torch
import traitlets

from utils.data.photos import photo
from utils.widgets.channel_mixer import PHOTOS, PRESETS, SIDE, ChannelMixer

OWN = ((0.5, 0.25, -1.0), (0.0, 2.0, 0.0), (1.0, 1.0, 1.0))


def levels(name):
    return (photo(name, size=SIDE, gray=False) * 255).round().double()


@pytest.mark.parametrize("name", PHOTOS)
def test_the_output_is_a_matrix_times_the_channels_of_each_pixel(name):
    demo = ChannelMixer(photo=name, matrix=OWN)
    wanted = torch.einsum("oi,ihw->ohw", torch.tensor(OWN).double(), levels(name))
    assert torch.allclose(demo.output, wanted)


def test_products_and_sums_are_those_of_the_pixel():
    demo = ChannelMixer(matrix=OWN, position=(3, 120))
    assert torch.equal(demo.products, torch.tensor(OWN).double() * levels("astronaut")[:, 3, 120])
    assert torch.allclose(demo.sums, demo.output[:, 3, 120])


def test_what_the_presets_promise():
    red, green, blue = levels("astronaut")
    outputs = {name: ChannelMixer(preset=name).output for name in PRESETS}
    assert torch.equal(outputs["as it is"], levels("astronaut"))
    assert torch.equal(outputs["swapped"], torch.stack([blue, green, red]))
    grey = photo("astronaut", size=SIDE)[0].double() * 255
    assert (
        outputs["grey"] - grey
    ).abs().max() < 0.6  # the levels are rounded before they are mixed
    means = outputs["sepia"].mean((1, 2))
    assert means[0] > means[1] > means[2]

    def spread(picture):
        return (picture.amax(0) - picture.amin(0)).mean()

    assert spread(outputs["vivid"]) > 1.5 * spread(outputs["as it is"])
    for preset in PRESETS:
        sums = torch.tensor(PRESETS[preset]).sum(1)
        wanted = {"colour only": [0.0] * 3, "sepia": [1.351, 1.203, 0.937]}.get(preset, [1.0] * 3)
        assert torch.allclose(sums, torch.tensor(wanted), atol=1e-4), preset


def test_a_preset_fills_the_matrix_and_a_matrix_of_ones_own_is_custom():
    demo = ChannelMixer()
    assert demo.matrix == PRESETS["sepia"]
    demo.preset = "grey"
    assert demo.matrix == PRESETS["grey"]
    demo.matrix = torch.tensor(OWN)
    assert (demo.preset, demo.matrix) == ("custom", OWN)
    demo.preset = "swapped"
    assert demo.matrix == PRESETS["swapped"]
    assert ChannelMixer(preset="grey", matrix=OWN).preset == "custom"


@pytest.mark.parametrize(
    "bad",
    [
        {"matrix": [[1, 0, 0], [0, 1, 0]]},
        {"matrix": [[1, 0, 0], [0, 1, 0], [0, 0, 2.5]]},
        {"matrix": [[1, 0, 0], [0, 1, 0], [0, 0, float("nan")]]},
        {"position": (0, SIDE)},
        {"channel": 3},
        {"preset": "pink"},
        {"photo": "camera"},
    ],
)
def test_what_is_no_setting_is_refused(bad):
    with pytest.raises(traitlets.TraitError):
        ChannelMixer(**bad)
