"""Photographs: all shipped in the wheel, cropped and resized as promised."""

import socket

import pytest
import skimage
import torch

from utils.data.photos import photo
from utils.data.registry import photographs


@pytest.fixture(autouse=True)
def no_network(monkeypatch):
    def refuse(*_):
        raise AssertionError("a photograph was asked for over the network")

    monkeypatch.setattr(socket.socket, "connect", refuse)


@pytest.mark.parametrize("name", photographs())
def test_every_registered_photograph_is_in_the_wheel(name):
    for gray, channels in ((True, 1), (False, 3)):
        image = photo(name, size=32, gray=gray)
        assert image.shape == (channels, 32, 32)
        assert image.dtype == torch.float32
        assert image.is_contiguous()
        assert 0 <= image.min() < image.max() <= 1


def test_without_a_size_a_photograph_keeps_its_pixels():
    theirs = torch.from_numpy(skimage.data.coffee()).permute(2, 0, 1)
    assert torch.equal((photo("coffee", gray=False) * 255).round().byte(), theirs)
    assert photo("coffee").shape == (1, 400, 600)


def test_gray_is_scikit_images_luminance():
    theirs = torch.from_numpy(skimage.color.rgb2gray(skimage.data.astronaut()))
    assert (photo("astronaut")[0] - theirs).abs().max() < 1e-6


def test_a_photograph_without_colour_has_three_equal_channels():
    red, green, blue = photo("coins", gray=False)
    assert torch.equal(red, green)
    assert torch.equal(green, blue)
    assert torch.equal(red, photo("coins")[0])


def test_the_crop_is_the_centred_square():
    whole = photo("coffee")
    assert torch.equal(photo("coffee", size=400), whole[:, :, 100:500])


def test_an_unknown_name_is_answered_with_the_known_ones():
    with pytest.raises(ValueError, match="no photograph 'dog': name is one of .*cat"):
        photo("dog")


@pytest.mark.parametrize("size", [0, -3])
def test_a_photograph_without_pixels_is_an_error(size):
    with pytest.raises(ValueError, match="size must be at least 1"):
        photo("cat", size=size)
