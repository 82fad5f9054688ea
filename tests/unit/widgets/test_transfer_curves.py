"""The Python side of the demo, and the runs that it shows."""

import base64

import pytest
import torch
import traitlets

from tools import train_transfer
from utils.data.images import load_images
from utils.stack import stack_logits
from utils.transfer import two_tasks
from utils.transfer_runs import train_few
from utils.widgets.transfer_curves import TransferCurves
from utils.widgets.transfer_curves.results import COUNTS, FILE, WAYS, results

PARTS = "rates", "curves", "dots"


def test_the_accuracies_are_those_of_the_setting():
    curves = results()["curves"]
    demo = TransferCurves(pictures=5, step=25)
    assert demo.accuracies == {way: curves[way][2][4][0] for way in WAYS}
    demo.step = 60
    assert demo.accuracies["frozen"] == curves["frozen"][2][5][0]


@pytest.mark.parametrize(
    "bad", [{"pictures": 3}, {"step": 61}, {"step": "12"}, {"pictures": None}]
)
def test_a_setting_without_runs_is_refused(bad):
    with pytest.raises(traitlets.TraitError):
        TransferCurves(**bad)


def test_the_file_is_small_and_complete():
    assert FILE.stat().st_size < 40_000
    for part in PARTS:
        assert list(results()[part]) == list(WAYS)
        assert all(len(rows) == len(COUNTS) for rows in results()[part].values())


def test_places_lie_between_the_corners_that_are_believed_in():
    sure = train_transfer.places(50 * torch.eye(5))
    assert torch.allclose(sure[0], torch.tensor([0.0, -1.0]), atol=1e-6)
    assert torch.allclose(train_transfer.places(torch.zeros(1, 5)), torch.zeros(1, 2), atol=1e-6)
    half = train_transfer.places(torch.tensor([[50.0, 50, 0, 0, 0]]))
    assert torch.allclose(half[0], (sure[0] + sure[1]) / 2, atol=1e-6)
    assert list(train_transfer.dots(50 * torch.eye(5))[:3]) == [128, 0, 0]


def test_the_stored_runs_are_those_that_training_gives():
    """A part of them is trained again; other machines may round another way."""
    tasks = two_tasks(load_images("digits", size=8))
    rates, seeds, count = train_transfer.RATES, train_transfer.SEEDS, 20
    tried = train_few(train_transfer.ways(tasks), tasks, count, rates=rates, seeds=seeds)
    place, rows = COUNTS.index(count), train_transfer.shown_rows(tasks.test[1])
    for way in WAYS:
        run, found = tried[way], {part: results()[part][way][place] for part in PARTS}
        means, at = run.validation.mean(1).nan_to_num(0), rates.index(found["rates"])
        assert means[at] > means.max() - 0.01  # held-out pictures chose this rate
        mean, spread = found["curves"][-1]
        assert run.test[at].mean().item() == pytest.approx(mean, abs=0.02)
        assert run.test[at].std().item() == pytest.approx(spread, abs=0.02)
        first = at * len(seeds)
        stack = [part[first : first + 1] for part in run.stack]
        ours = train_transfer.dots(stack_logits(stack, tasks.test[0][None, rows])[0])
        ours, theirs = (
            torch.frombuffer(bytearray(data), dtype=torch.uint8).view(-1, 3).int()
            for data in (ours, base64.b64decode(found["dots"])[-len(ours) :])
        )
        same = ((ours - theirs).abs().amax(1) < 8).float().mean()
        assert same > 0.8  # of the dots


def test_the_stored_pictures_are_those_of_the_dots():
    tasks = two_tasks(load_images("digits", size=8))
    rows = train_transfer.shown_rows(tasks.test[1])
    assert results()["greys"] == train_transfer.as_text(train_transfer.greys(tasks, rows))
    levels = train_transfer.greys(tasks, rows[:1])
    assert len(levels) == 50 and max(max(divmod(both, 16)) for both in levels) == 15


def test_the_rate_with_the_best_mean_is_chosen():
    tried = torch.tensor([[0.2, 0.2], [0.9, torch.nan], [0.3, 0.2]])
    assert train_transfer.chosen_rate(tried) == 2
