"""Networks that are trained on few images, side by side and alone."""

import pytest
import torch
import torch.nn.functional as F

from utils.checks import assert_same
from utils.data.images import load_images
from utils.stack import stack_accuracy
from utils.transfer import batches, draw_few, two_tasks
from utils.transfer_runs import (
    BATCH,
    FRESH,
    network,
    source_networks,
    train_few,
    untrained,
    with_new_classifier,
)

SEEDS = (0, 3)


@pytest.fixture(scope="module")
def tasks():
    return two_tasks(load_images("digits", size=8), copies=4)


@pytest.fixture(scope="module")
def source(tasks):
    return source_networks(tasks, SEEDS)


def test_the_source_networks_know_their_classes(tasks, source):
    wide = [part.expand(len(SEEDS), *part.shape) for part in tasks.source_test]
    assert stack_accuracy(source, *wide).min() > 0.9
    fresh = untrained(tasks, SEEDS)
    assert stack_accuracy(fresh, *wide).max() < 0.5
    assert_same(fresh[0][1], network(100, SEEDS[1])[0].weight.detach())


def test_features_are_kept_and_the_classifier_is_new(tasks, source):
    start = with_new_classifier(source, tasks, SEEDS)
    assert all(map(torch.equal, start[:4], source[:4]))
    for place, seed in enumerate(SEEDS):
        last = network(100, FRESH + seed)[-1]
        assert torch.equal(start[4][place], last.weight)
        assert torch.equal(start[5][place], last.bias)


def test_each_network_trains_as_it_would_alone(tasks, source):
    start = with_new_classifier(source, tasks, SEEDS)
    rates, count, steps = [0.01, 0.1], 2, 5
    ways = {"frozen": (start, 0.0), "half": (start, 0.5)}
    found = train_few(ways, tasks, count, rates=rates, seeds=SEEDS, steps=steps)
    for name, share in (("frozen", 0.0), ("half", 0.5)):
        for row, lr in enumerate(rates):
            for place, seed in enumerate(SEEDS):
                net = network(100, 0)
                with torch.no_grad():
                    for part, stacked in zip(net.parameters(), start, strict=True):
                        part.copy_(stacked[place])
                groups = [
                    {"params": net[:-1].parameters(), "lr": share * lr},
                    {"params": net[-1].parameters()},
                ]
                optimizer = torch.optim.SGD(groups, lr=lr, momentum=0.9)
                few = draw_few(tasks.pool[1], count, torch.Generator().manual_seed(seed))
                order = torch.Generator().manual_seed(count)
                for rows in batches(few[None], steps, BATCH, order)[:, 0]:
                    optimizer.zero_grad()
                    x, labels = tasks.pool[0][rows], tasks.pool[1][rows]
                    F.cross_entropy(net(x), labels).backward()
                    optimizer.step()
                for part, stacked in zip(net.parameters(), found[name].stack, strict=True):
                    assert_same(stacked[row * len(SEEDS) + place], part.detach(), atol=1e-5)
                for scores, (x, labels) in (
                    (found[name].validation, tasks.validation),
                    (found[name].test, tasks.test),
                ):
                    right = (net(x).argmax(1) == labels).float().mean().item()
                    assert scores[row, place].item() == pytest.approx(right, abs=0.004)


def test_a_run_that_diverges_has_no_accuracy(tasks, source):
    ways = {"all": (source, 1.0)}
    found = train_few(ways, tasks, 5, rates=[1e6, 0.01], seeds=SEEDS, steps=30)["all"]
    assert found.validation[0].isnan().all() and found.test[1].isfinite().all()
