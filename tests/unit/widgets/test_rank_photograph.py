"""The Python side of the demo."""

import math

import pytest
import torch
import traitlets

from utils.data.photos import photo
from utils.widgets.rank_photograph import PICTURES, SIDE, RankPhotograph, grey_levels, middle


@pytest.mark.parametrize("picture", PICTURES)
def test_all_layers_are_the_photograph_and_fewer_leave_what_eckart_and_young_say(picture):
    whole = RankPhotograph(picture=picture, layers=SIDE)
    assert whole.error < 1e-12
    values = whole.singular_values
    assert (values[:-1] >= values[1:]).all()
    for layers in (1, 7, 50):
        demo = RankPhotograph(picture=picture, layers=layers)
        assert torch.linalg.matrix_rank(demo.rebuilt) == layers
        wanted = math.sqrt((values[layers:] ** 2).sum() / (values**2).sum())
        assert demo.error == pytest.approx(wanted, rel=1e-9)


def test_a_layer_takes_a_column_a_row_and_a_number():
    assert RankPhotograph(layers=1).numbers == 201
    assert RankPhotograph(layers=49).numbers < SIDE**2 < RankPhotograph(layers=50).numbers


def test_four_layers_of_the_rocket_are_as_near_as_sixteen_of_the_turned_one():
    def error(picture, layers):
        return RankPhotograph(picture=picture, layers=layers).error

    assert error("rocket", 4) <= 0.04 < error("rocket", 3)
    assert error("turned rocket", 16) <= 0.04 < error("turned rocket", 15)


def test_the_middle_is_turned_to_the_right_by_as_much_as_is_asked():
    upright = middle("cat", 0, side=64)
    assert upright.shape == (64, 64)
    assert upright.dtype == torch.float64
    quarter, half = middle("cat", 90, side=64), middle("cat", 180, side=64)
    assert (quarter - torch.rot90(upright, -1)).abs().max() < 1e-3  # clockwise
    assert (half - upright.flip(0, 1)).abs().max() < 1e-3
    # Nothing is cut off at the corners: outside the photograph there would be zeros.
    assert middle("cat", 45, side=64).min() > 0
    # It is the middle, 0.65 of the side.
    square = photo("cat", size=98)[0]
    inner = square[17:-17, 17:-17].double()
    assert (inner - middle("cat", 0, side=64)).abs().mean() < 0.03


def test_the_picture_keeps_its_grey_levels():
    for picture in PICTURES:
        levels = grey_levels(picture)
        assert levels.dtype == torch.uint8
        assert levels.shape == (SIDE, SIDE)
        demo = RankPhotograph(picture=picture)
        assert torch.equal((demo.photograph * 255).round(), levels.double())
        assert "by" in demo.pictures[picture]["credit"]
    assert (grey_levels("rocket").double() - grey_levels("turned rocket")).abs().mean() > 5


def test_a_side_of_no_pixel_is_refused():
    with pytest.raises(ValueError, match="side must be at least 1, got 0"):
        middle("cat", 0, side=0)


@pytest.mark.parametrize("bad", [{"layers": 0}, {"layers": 101}, {"picture": "dog"}])
def test_what_no_control_sets_is_refused(bad):
    with pytest.raises(traitlets.TraitError):
        RankPhotograph(**bad)
