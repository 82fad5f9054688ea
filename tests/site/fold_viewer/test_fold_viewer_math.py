"""Folds and errors of the demo, against scikit-learn and the Python side."""

import itertools

import numpy as np
import pytest
import torch
from sklearn.model_selection import GroupKFold, KFold, StratifiedKFold, cross_val_score
from sklearn.neighbors import KNeighborsClassifier

from utils.widgets.fold_viewer import SPLITS, FoldViewer
from utils.widgets.kit.random import mulberry32, shuffled

DEMO = FoldViewer()
RECORDINGS = [list(one) for one in DEMO.recordings]
TABLE = np.array(RECORDINGS)
PLACES, CLASSES, PEOPLE = TABLE[:, :2], TABLE[:, 2].astype(int), TABLE[:, 3].astype(int)
SETTINGS = [
    *itertools.product(("plain",), range(2, 13), (0,)),
    *itertools.product(("shuffled", "stratified", "grouped"), range(2, 13), (0, 1, 57)),
]


@pytest.fixture(scope="module")
def folds(open_module):
    """The fold of each recording, for each setting, as the browser computes it."""
    calls = [("foldOf", RECORDINGS, *setting) for setting in SETTINGS]
    found = open_module("fold_viewer/math").call_each(calls)
    return dict(zip(SETTINGS, map(np.array, found), strict=True))


@pytest.fixture(scope="module")
def studies(open_module, folds):
    """What the folds find, judged on what is held out and on the training part."""
    calls = [
        ("study", RECORDINGS, fold.tolist(), setting[1], cheat)
        for setting, fold in folds.items()
        for cheat in (False, True)
    ]
    found = open_module("fold_viewer/math").call_each(calls)
    return dict(zip(SETTINGS, zip(found[::2], found[1::2], strict=True), strict=True))


def _held(splitter, **given):
    return [held for _, held in splitter.split(PLACES, CLASSES, **given)]


def test_plain_and_shuffled_folds_are_those_of_kfold(folds):
    for (split, count, seed), fold in folds.items():
        if split not in ("plain", "shuffled"):
            continue
        order = range(24) if split == "plain" else shuffled(24, mulberry32(seed))
        for number, held in enumerate(_held(KFold(count))):
            assert set(np.flatnonzero(fold == number)) == {list(order)[place] for place in held}


def test_stratified_folds_have_the_classes_of_stratifiedkfold(folds):
    for (split, count, _), fold in folds.items():
        if split != "stratified" or count > 10:  # ten recordings of the rarer class
            continue
        wanted = [np.bincount(CLASSES[held]).tolist() for held in _held(StratifiedKFold(count))]
        found = [np.bincount(CLASSES[fold == number]).tolist() for number in range(count)]
        assert found == wanted


def test_grouped_folds_keep_people_together_and_have_the_sizes_of_groupkfold(folds):
    for (split, count, seed), fold in folds.items():
        if split != "grouped":
            continue
        assert all(len(set(fold[person == PEOPLE])) == 1 for person in range(12))
        sizes = sorted(len(held) for held in _held(GroupKFold(count), groups=PEOPLE))
        assert sorted(np.bincount(fold)) == sizes
        turn = shuffled(12, mulberry32(seed))
        assert [int(fold[person == PEOPLE][0]) for person in turn] == [
            place % count for place in range(12)
        ]


def test_errors_are_those_of_scikit_learns_neighbour(folds, studies):
    for setting, fold in folds.items():
        splits = [
            (np.flatnonzero(fold != k), np.flatnonzero(fold == k)) for k in range(setting[1])
        ]
        model = KNeighborsClassifier(1)
        scores = cross_val_score(model, PLACES, CLASSES, cv=splits)
        honest, cheating = studies[setting]
        assert [part["error"] for part in honest] == pytest.approx(1 - scores)
        assert [part["judged"] for part in honest] == [held.tolist() for _, held in splits]
        assert [part["judged"] for part in cheating] == [kept.tolist() for kept, _ in splits]
        assert all(part["error"] == 0 and part["found"] == part["judged"] for part in cheating)


def test_twins_are_people_on_both_sides(studies, folds):
    leaking = 0
    for setting, fold in folds.items():
        for number, part in enumerate(studies[setting][0]):
            known = set(PEOPLE[fold != number])
            wanted = sum(person in known for person in PEOPLE[fold == number])
            assert part["twins"] == wanted
            leaking += wanted > 0
        if setting[0] == "grouped":
            assert not any(part["twins"] for part in studies[setting][0])
    assert leaking > 100


def test_the_python_side_agrees(folds, studies):
    for (split, count, seed), fold in folds.items():
        demo = FoldViewer(split=split, folds=count, seed=seed)
        assert demo.fold.tolist() == fold.tolist()
        honest, cheating = studies[split, count, seed]
        study = demo.study
        assert study.errors.tolist() == pytest.approx([part["error"] for part in honest])
        assert study.has_twin.sum() == sum(part["twins"] for part in honest)
        demo.cheat = True
        assert demo.study.errors.tolist() == [part["error"] for part in cheating]


def test_the_error_on_new_people_is_that_of_scikit_learns_neighbour(open_module):
    fresh = [list(one) for one in DEMO.fresh]
    (found,) = open_module("fold_viewer/math").call_each([("errorOn", RECORDINGS, fresh)])
    asked = np.array(fresh)
    score = KNeighborsClassifier(1).fit(PLACES, CLASSES).score(asked[:, :2], asked[:, 2])
    assert found == pytest.approx(1 - score)
    assert DEMO.truth == pytest.approx(found)


def test_mean_and_spread_are_those_of_torch(open_module):
    lists = [[0.0, 0.5, 1.0], [0.25, 0.25], torch.linspace(0, 1, 12).double().tolist()]
    found = open_module("fold_viewer/math").call_each([("summary", values) for values in lists])
    for values, (mean, spread) in zip(lists, (one.values() for one in found), strict=True):
        assert mean == pytest.approx(torch.tensor(values).mean())
        assert spread == pytest.approx(torch.tensor(values).std())


def test_all_ways_of_splitting_are_tried():
    assert {split for split, _, _ in SETTINGS} == set(SPLITS)
