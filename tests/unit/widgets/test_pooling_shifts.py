"""The Python side of the demo."""

import pytest
import torch
import torch.nn.functional as F
import traitlets

from utils.data.images import load_images
from utils.widgets.pooling_shifts import (
    COLUMNS,
    FARTHEST,
    POOLS,
    ROWS,
    PoolingShifts,
    moved,
)

SETTINGS = [(window, overlap) for window in (2, 3, 4) for overlap in (False, True)]


def test_the_picture_holds_a_test_image_where_the_shift_puts_it():
    demo = PoolingShifts(digit="3", shift=5)
    picture = demo.picture()
    assert picture.shape == (ROWS, COLUMNS) == (12, 24)
    ink = picture[2:10, 6:14]
    assert picture.sum() == ink.sum() > 0
    images = load_images("digits")
    same = (images.test_images[:, 0].double() * 16 - ink).abs().amax((1, 2)) < 1e-5
    assert images.test_labels[same].tolist() == [3]
    assert torch.equal(demo.picture(0).roll(5, 1), picture)


def test_the_outputs_are_those_of_torch():
    demo = PoolingShifts(window=4, overlap=True, shift=3)
    x = demo.picture()[None, None]
    assert torch.equal(demo.pooled("max"), F.max_pool2d(x, 4, 3)[0, 0])
    assert torch.equal(demo.pooled("average"), F.avg_pool2d(x, 4, 3)[0, 0])
    assert demo.pooled("max").shape == (3, 7)


@pytest.mark.parametrize(("window", "overlap"), SETTINGS)
def test_multiples_of_the_stride_move_the_output_and_nothing_is_cut_off(window, overlap):
    for digit in map(str, range(10)):
        demo = PoolingShifts(digit=digit, window=window, overlap=overlap)
        for kind in POOLS:
            first = demo.pooled(kind, 0)
            for shift in range(FARTHEST + 1):
                now = demo.pooled(kind, shift)
                cells, rest = divmod(shift, demo.stride)
                if rest:
                    assert demo.change(kind, shift) > 0.01
                else:
                    assert demo.change(kind, shift) == 0
                    assert torch.equal(now, moved(first, cells))
                # The nearest whole moves lose no cell that holds something.
                for count in (cells, cells + bool(rest)):
                    assert moved(first, count).count_nonzero() == first.count_nonzero()


def test_the_change_by_hand():
    demo = PoolingShifts(shift=1)
    first, now = (F.max_pool2d(demo.picture(n)[None, None], 2)[0, 0] for n in (0, 1))
    gaps = [now - first, now - first.roll(1, 1)]
    nearest = min(gap.square().sum().sqrt() for gap in gaps) / first.square().sum().sqrt()
    assert demo.change("max") == pytest.approx(nearest.item())
    assert demo.change("max") > 0.4 and demo.change("average") > 0.4  # the opening shows it


def test_the_task_is_solved_by_overlap_alone():
    for overlap in (False, True):
        demo = PoolingShifts(window=3, shift=4, overlap=overlap)
        solved = all(demo.change(kind) == 0 for kind in POOLS)
        assert solved == overlap


@pytest.mark.parametrize(
    "bad", [{"shift": 13}, {"shift": -1}, {"window": 1}, {"window": 5}, {"digit": "x"}]
)
def test_settings_out_of_range_are_refused(bad):
    with pytest.raises(traitlets.TraitError):
        PoolingShifts(**bad)
