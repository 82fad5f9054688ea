"""The Python side of the broadcasting demo."""

import itertools

import pytest
import torch
import traitlets
from widget_checks import assert_refused

from utils.widgets.broadcasting import LAST_STEP, OPERATIONS, Broadcasting, a_values, b_values

SHAPES = [(), (1,), (4,), (0,), (3, 1), (3, 4), (1, 0), (2, 3, 1), (6, 1, 3, 4), (2, 2, 2, 2)]
PAIRS = list(itertools.product(SHAPES, repeat=2))


def added(a, b):
    """The sum by torch, or None where it refuses the shapes."""
    try:
        return a_values(a) + b_values(b)
    except RuntimeError:
        return None


def test_the_pairs_of_shapes_hold_every_kind():
    sums = [added(*pair) for pair in PAIRS]
    assert sum(total is None for total in sums) > 20
    assert sum(total is not None and total.numel() == 0 for total in sums) > 5
    assert sum(total is not None and total.numel() > 0 for total in sums) > 40


@pytest.mark.parametrize(("a", "b"), PAIRS)
def test_shape_value_and_sources_are_those_of_torch(a, b):
    demo, total = Broadcasting(a_shape=a, b_shape=b), added(a, b)
    if total is None:
        for name in ("result_shape", "sources", "value"):
            with pytest.raises(ValueError, match="do not broadcast: .* change one of them"):
                getattr(demo, name)
        return
    assert demo.result_shape == total.shape
    if not total.numel():
        for name in ("sources", "value"):
            with pytest.raises(ValueError, match="has no numbers; choose sizes above 0"):
                getattr(demo, name)
        return
    for place in itertools.product(*map(range, total.shape)):
        demo.index = place
        assert demo.value == total[place]
        for values, source in zip((a_values(a), b_values(b)), demo.sources, strict=True):
            # The address tells which number in memory is read, whatever its value.
            wide = values.broadcast_to(total.shape)
            assert wide[place].data_ptr() == values[source].data_ptr()


def test_the_numbers_are_tens_and_units():
    assert a_values((2, 5)).tolist() == [[10, 20, 30, 40, 50], [60, 70, 80, 90, 10]]
    assert b_values((5, 2)).tolist() == [[1, 2], [3, 4], [5, 6], [7, 8], [9, 1]]
    assert a_values(()).tolist() == 10 and b_values((0, 3)).shape == (0, 3)
    assert a_values((2,)).dtype == b_values((2,)).dtype == torch.int64


def test_an_integer_is_a_shape_of_one_axis_and_an_index_is_filled_from_the_left():
    demo = Broadcasting(a_shape=5, b_shape=[5, 1])
    assert (demo.a_shape, demo.b_shape) == ((5,), (5, 1))
    demo.index = (2, 1)
    assert demo.index == (0, 0, 2, 1)
    demo.index = 3
    assert demo.index == (0, 0, 0, 3)


def test_an_index_outside_a_small_result_means_its_last_place():
    demo = Broadcasting(a_shape=(2, 3), b_shape=(), index=(5, 5))
    assert demo.value == (a_values((2, 3)) + b_values(()))[1, 2]


@pytest.mark.parametrize("name", ["a_shape", "b_shape", "index"])
@pytest.mark.parametrize(
    "value", [7, -1, (1, 7), (1,) * 5, (2.0,), (True,), True, "3, 1", None, (None,)]
)
def test_what_is_no_shape_is_refused_by_name(name, value):
    assert_refused(Broadcasting(), name, value, f"{name} must be at most 4 integers from 0")


def test_an_index_ends_where_the_largest_axis_ends():
    assert Broadcasting(a_shape=6, index=5).index == (0, 0, 0, 5)
    with pytest.raises(traitlets.TraitError, match="index must be .* from 0 to 5, got 6"):
        Broadcasting(index=6)


@pytest.mark.parametrize("name", OPERATIONS)
def test_the_value_is_that_of_the_operation(name):
    demo = Broadcasting(a_shape=(3, 1), b_shape=4, operation=name)
    numbers = getattr(torch, name)(a_values((3, 1)), b_values((4,)))
    for place in itertools.product(range(3), range(4)):
        demo.index = place
        assert demo.value == numbers[place]


def test_an_operation_without_a_sign_is_refused():
    with pytest.raises(traitlets.TraitError, match="operation"):
        Broadcasting(operation="div")


def test_it_opens_on_a_result():
    demo = Broadcasting()
    assert demo.step == LAST_STEP == 6
    assert (demo.result_shape, demo.value) == ((3, 4), 23)


def test_steps_go_from_0_to_6():
    for step in (-1, 7):
        with pytest.raises(traitlets.TraitError):
            Broadcasting(step=step)
