"""The Python side of the demo, and the runs that it shows."""

import json

import pytest
import torch
import traitlets

from tools import train_transfer
from utils.data.images import load_images
from utils.stack import stack_logits
from utils.transfer import two_tasks
from utils.transfer_runs import train_few
from utils.widgets.transfer_curves import TransferCurves
from utils.widgets.transfer_curves.results import COUNTS, FILE, STEPS, WAYS, results


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
    for part in ("rates", "curves", "dots"):
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
    starts, count = train_transfer.ways(tasks), 10
    place = COUNTS.index(count)
    rows = train_transfer.shown_rows(tasks.test[1])
    for way in WAYS:
        stored = results()["curves"][way][place][-1]
        rate = results()["rates"][way][place]
        one = {way: starts[way]}
        run = train_few(one, tasks, count, rates=[rate], seeds=train_transfer.SEEDS)[way]
        assert run.test.mean().item() == pytest.approx(stored[0], abs=0.02)
        assert run.test.std().item() == pytest.approx(stored[1], abs=0.02)
        logits = stack_logits([p[:1] for p in run.stack], tasks.test[0][None, rows])[0]
        ours = train_transfer.as_text(train_transfer.dots(logits))
        theirs = results()["dots"][way][place][-len(ours) :]
        same = sum(a == b for a, b in zip(ours, theirs, strict=True))
        assert same > 0.8 * len(ours)


def test_the_rates_are_those_that_held_out_pictures_chose():
    tasks = two_tasks(load_images("digits", size=8))
    starts = train_transfer.ways(tasks)
    tried = train_few(starts, tasks, 20, rates=train_transfer.RATES, seeds=train_transfer.SEEDS)
    for way in WAYS:
        means = tried[way].validation.mean(1).nan_to_num(0)
        stored = results()["rates"][way][COUNTS.index(20)]
        assert means[train_transfer.RATES.index(stored)] > means.max() - 0.01
    assert STEPS[-1] == 60 and json.loads(FILE.read_text()) == results()
    assert (
        train_transfer.chosen_rate(torch.tensor([[0.2, 0.2], [0.9, torch.nan], [0.3, 0.2]])) == 2
    )
