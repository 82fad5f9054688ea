"""The Python side of the demo."""

import pytest
import torch
import traitlets

from utils.data.images import load_images
from utils.widgets.batch_statistics import MARKED, SIZES, BatchStatistics, brightness


def test_the_brightness_is_that_of_the_digits_and_no_other_has_that_of_the_marked_one():
    images = load_images("digits").train_images[:64].flatten(1) * 16
    assert torch.allclose(torch.tensor(brightness()), images.mean(1))
    assert brightness().count(brightness()[MARKED]) == 1


def test_each_batch_holds_the_marked_image_once_and_none_twice():
    demo = BatchStatistics(batch_size=64, seed=5)
    wanted = torch.tensor(brightness(), dtype=torch.float64).sort().values
    for row in demo.batches:
        assert row[0] == brightness()[MARKED]
        assert torch.equal(row.sort().values, wanted)
    small = BatchStatistics(batch_size=8, seed=5)
    assert torch.equal(small.batches, demo.batches[:, :8])
    assert not torch.equal(BatchStatistics(batch_size=8, seed=6).batches, small.batches)


def test_the_spread_of_the_output_falls_with_the_batch_size():
    spreads = [BatchStatistics(batch_size=size).outputs.std() for size in SIZES]
    assert spreads == sorted(spreads, reverse=True)
    assert spreads[0] > 4 * spreads[-2] and spreads[-1] < 1e-9


def test_evaluation_mode_does_not_look_at_the_batch():
    outputs = [BatchStatistics(training=False, batch_size=size).outputs for size in SIZES]
    assert len({output for row in outputs for output in row.tolist()}) == 1


@pytest.mark.parametrize(
    "bad",
    [{"batch_size": 1}, {"batch_size": 12}, {"seed": 100}, {"seed": -1}, {"training": "no"}],
)
def test_states_without_a_picture_are_refused(bad):
    with pytest.raises(traitlets.TraitError):
        BatchStatistics(**bad)
