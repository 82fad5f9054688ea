"""The Python side of the demo."""

import pytest
import torch
import traitlets

from utils.widgets.fold_viewer import SPLITS, FoldViewer
from utils.widgets.kit.random import mulberry32, shuffled


def test_each_recording_is_held_out_in_one_fold():
    for split in SPLITS:
        for folds in (2, 5, 12):
            fold = FoldViewer(split=split, folds=folds).fold
            assert sorted(set(fold.tolist())) == list(range(folds))
            assert len(fold) == 24


def test_the_file_is_sorted_by_class_and_person():
    table = torch.tensor(FoldViewer().recordings)
    assert table[:, 2].long().tolist() == [0] * 14 + [1] * 10
    assert table[:, 3].long().tolist() == [person for person in range(12) for _ in range(2)]


def test_recordings_of_one_person_are_nearer_than_people():
    table = torch.tensor(FoldViewer().recordings)
    people = table[:, :2].reshape(12, 2, 2)
    apart = (people[:, 0] - people[:, 1]).norm(dim=1)
    assert apart.max() < people.mean(1).std(0).norm() / 2


def test_a_leak_hides_the_error_and_groups_show_it():
    shuffled_folds, grouped = FoldViewer(), FoldViewer(split="grouped", folds=12)
    assert shuffled_folds.study.mean < 0.1 < 0.25 < shuffled_folds.truth
    assert abs(grouped.study.mean - grouped.truth) < 0.05
    assert shuffled_folds.study.has_twin.sum() > 12
    assert not grouped.study.has_twin.any()


def test_judging_on_training_finds_no_error():
    study = FoldViewer(split="plain", folds=2, cheat=True).study
    assert not study.errors.any()
    assert study.has_twin.all()


def test_shuffling_keeps_every_number_once():
    for count in (0, 1, 2, 24):
        assert sorted(shuffled(count, mulberry32(3))) == list(range(count))
    firsts = [shuffled(4, mulberry32(seed))[0] for seed in range(400)]
    assert all(70 < firsts.count(number) < 130 for number in range(4))


@pytest.mark.parametrize(
    "bad", [{"folds": 1}, {"folds": 13}, {"split": "sorted"}, {"seed": 100}, {"shown": -1}]
)
def test_impossible_settings_are_refused(bad):
    with pytest.raises(traitlets.TraitError):
        FoldViewer(**bad)
