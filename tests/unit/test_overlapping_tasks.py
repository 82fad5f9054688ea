"""Parts of labelled sets, two tasks made of them, and the cases of the page that uses them."""

import dataclasses

import pytest
import torch

from utils.cases import freezing
from utils.data.images import load_images
from utils.data.subsets import of_classes, per_class
from utils.overlapping_tasks import MOST, SOURCE, TARGET, five_layers, overlapping_tasks

IMAGES = load_images("digits")


def test_labels_become_places_in_the_list():
    labels = torch.tensor([3, 1, 2, 3, 1])
    rows, places = of_classes((torch.arange(5), labels), (3, 1))
    assert rows.tolist() == [0, 1, 3, 4] and places.tolist() == [0, 1, 0, 1]
    none, _ = of_classes((torch.arange(5), labels), (9,))
    assert len(none) == 0


@pytest.mark.parametrize("bad", [(), (1, 1)])
def test_a_list_without_or_with_a_class_twice_is_refused(bad):
    with pytest.raises(ValueError, match="different labels"):
        of_classes((torch.arange(2), torch.arange(2)), bad)


def test_as_many_of_each_class_are_drawn_each_once():
    labels = torch.tensor([0, 2] * 6)
    draws = [
        per_class((torch.arange(12), labels), 4, generator=torch.Generator().manual_seed(seed))
        for seed in (0, 0, 1)
    ]
    for rows, drawn in draws:
        assert drawn.tolist() == [0] * 4 + [2] * 4
        assert torch.equal(labels[rows], drawn) and len(rows.unique()) == 8
    assert torch.equal(draws[0][0], draws[1][0]) and not torch.equal(draws[0][0], draws[2][0])


@pytest.mark.parametrize("count", [0, 7])
def test_more_than_there_are_is_refused(count):
    labels = torch.tensor([0, 1] * 6)
    with pytest.raises(ValueError, match="count must be from 1 to 6, the smallest class"):
        per_class((labels, labels), count)


def test_no_image_serves_two_parts():
    pixels = torch.arange(len(IMAGES.train_labels)).float().view(-1, 1, 1, 1)
    data = overlapping_tasks(dataclasses.replace(IMAGES, train_images=pixels))
    rows = [part[0].flatten().long() for part in data[:3]]
    assert len(torch.cat(rows).unique()) == sum(map(len, rows)) < MOST
    for part, classes in zip((*rows, None), (SOURCE, TARGET, TARGET, TARGET), strict=True):
        known = torch.tensor(classes)
        if part is None:
            kept = torch.isin(IMAGES.test_labels, known)
            assert torch.equal(known[data.test[1]], IMAGES.test_labels[kept])
        else:
            place = [row.equal(part) for row in rows].index(True)
            assert torch.equal(known[data[place][1]], IMAGES.train_labels[part])


def test_the_network_has_five_layers_with_weights():
    net = five_layers(3, 7)
    assert net(torch.zeros(2, 3, 8, 8)).shape == (2, 7) and len(net) == 5
    assert [len(list(layer.parameters())) for layer in net] == [2] * 5
    assert net[:4](torch.zeros(2, 3, 8, 8)).shape == (2, 64)


@pytest.mark.parametrize("maker", [freezing.classifiers, freezing.partly_trained])
def test_cases_come_in_both_dtypes_on_the_device(maker, monkeypatch):
    assert len(maker()) == 2 * len(maker(dtype=torch.float64))
    assert torch.equal(
        maker(3, device="cpu")[1][0], maker(3, dtype=torch.float64, device="cpu")[0][0]
    )
    monkeypatch.setattr("utils.repro.device", lambda: torch.device("meta"))
    tensors = [part for case in maker() for part in case if isinstance(part, torch.Tensor)]
    assert {part.device.type for part in tensors} == {"meta"}


def test_cases_share_all_some_and_no_names_and_freeze_each_place():
    shared = {len(set(old) & set(new)) for *_, old, new in freezing.classifiers()}
    assert {0, 1, 2, 4} <= shared
    trained = [case[-1]["trained"] for case in freezing.partly_trained(dtype=torch.float64)]
    assert {(0,), (1,), (2,), (0, 2), (0, 1, 2)} <= set(trained)
