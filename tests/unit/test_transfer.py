"""Source and target tasks, and the few images that are drawn."""

import pytest
import torch

from utils.data.images import load_images
from utils.transfer import anywhere, batches, draw_few, two_tasks


def draw(seed=0):
    return torch.Generator().manual_seed(seed)


@pytest.fixture(scope="module")
def digits():
    return load_images("digits", size=8)


def test_images_are_laid_down_whole_at_all_places():
    images = torch.rand(400, 1, 3, 4, generator=draw()) + 0.1
    laid = anywhere(images, 1, draw(1))
    assert laid.shape == (400, 1, 5, 6)
    seen = set()
    for one, wide in zip(images[:, 0], laid[:, 0], strict=True):
        rows, columns = (wide > 0).nonzero().min(0).values.tolist()
        assert torch.equal(wide[rows : rows + 3, columns : columns + 4], one)
        assert (wide > 0).sum() == 12
        seen.add((rows, columns))
    assert seen == {(i, j) for i in range(3) for j in range(3)}
    assert torch.equal(anywhere(images, 0, draw()), images)


def test_the_tasks_share_no_class_and_no_held_out_image(digits):
    tasks = two_tasks(digits, rim=0, copies=2)
    mean, std = tasks.statistics

    def rows(part):
        return {tuple(row) for row in (part[0] * std + mean).mul(16).round().int().tolist()}

    low = digits.train_labels < 5
    assert len(tasks.source[1]) == 2 * low.sum() and tasks.source[1].max() == 4
    test_low = digits.test_labels < 5
    assert len(tasks.source_test[1]) == test_low.sum()
    assert len(tasks.test[1]) == 2 * (~test_low).sum() and tasks.test[1].max() == 4
    assert len(tasks.pool[1]) + 300 == (~low).sum() and len(tasks.validation[1]) == 600
    whole = (digits.train_images[low].flatten(1) * 16).round().int().tolist()
    assert rows(tasks.source) == {tuple(row) for row in whole}
    assert not rows(tasks.pool) & rows(tasks.validation)
    assert not rows(tasks.test) & (rows(tasks.pool) | rows(tasks.validation))
    assert abs(tasks.source[0].mean()) < 1e-5 and abs(tasks.source[0].std() - 1) < 1e-5


def test_labels_stay_with_their_images(digits):
    tasks = two_tasks(digits, rim=0, copies=1)
    mean, std = tasks.statistics
    high = digits.train_labels >= 5
    known = {
        tuple(image): label - 5
        for image, label in zip(
            (digits.train_images[high].flatten(1) * 16).round().int().tolist(),
            digits.train_labels[high].tolist(),
            strict=True,
        )
    }
    for part in (tasks.pool, tasks.validation):
        pixels = (part[0] * std + mean).mul(16).round().int().tolist()
        assert [known[tuple(row)] for row in pixels] == part[1].tolist()


def test_a_set_of_too_few_classes_is_refused(digits):
    from dataclasses import replace

    with pytest.raises(ValueError, match="at least 10 classes, got 2"):
        two_tasks(replace(digits, class_names=("a", "b")))


def test_a_few_of_each_class_are_drawn():
    labels = torch.arange(40) % 4
    rows = draw_few(labels, 3, draw())
    assert labels[rows].tolist() == [0] * 3 + [1] * 3 + [2] * 3 + [3] * 3
    assert len(rows.unique()) == 12
    assert not torch.equal(rows, draw_few(labels, 3, draw(1)))
    assert torch.equal(rows, draw_few(labels, 3, draw()))
    for count in (0, 11):
        with pytest.raises(ValueError, match="count must be from 1 to 10, the smallest class"):
            draw_few(labels, count, draw())


def test_batches_hold_each_networks_own_rows():
    chosen = torch.tensor([[5, 6, 7, 8], [1, 2, 3, 4]])
    rows = batches(chosen, 50, 3, draw())
    assert rows.shape == (50, 2, 3)
    assert torch.equal(rows[:, 0] - 4, rows[:, 1])  # the same places in both lists
    assert all(len(step.unique()) == 6 for step in rows)
    assert torch.equal(rows.unique(), torch.arange(1, 9))
    assert batches(chosen, 2, 9, draw()).shape == (2, 2, 4)
    assert torch.equal(batches(chosen, 7, 3, draw()), rows[:7])  # a shorter run begins alike
