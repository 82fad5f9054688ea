import multiprocessing

import pytest
import torch
from torch.utils.data import DataLoader

from utils.data.waiting import WaitingImages


def examples(count=10):
    return torch.arange(count * 4.0).view(count, 1, 2, 2), torch.arange(count)


@pytest.mark.parametrize("how", multiprocessing.get_all_start_methods())
def test_workers_of_every_kind_hand_over_all_examples_in_order_and_end(how):
    images, labels = examples()
    loader = DataLoader(
        WaitingImages(images, labels, seconds=0),
        batch_size=4,
        num_workers=1,
        multiprocessing_context=how,
    )
    parts = list(loader)
    assert [len(part) for _, part in parts] == [4, 4, 2]
    assert torch.equal(torch.cat([part for part, _ in parts]), images)
    assert torch.equal(torch.cat([part for _, part in parts]), labels)
    assert not multiprocessing.active_children()


def test_each_example_waits(monkeypatch):
    waited = []
    monkeypatch.setattr("time.sleep", waited.append)
    waiting = WaitingImages(*examples(), seconds=0.25)
    assert [waiting[i][1].item() for i in range(len(waiting))] == list(range(10))
    assert waited == [0.25] * 10


@pytest.mark.parametrize(
    ("labels", "seconds", "message"),
    [
        (torch.arange(9), 0, "10 images need as many labels, got 9"),
        (torch.arange(10), -1, "seconds must be at least 0"),
        (torch.arange(10), float("nan"), "seconds must be at least 0"),
        (torch.empty(10, device="meta"), 0, "must be on the CPU"),
    ],
)
def test_what_cannot_work_is_refused(labels, seconds, message):
    with pytest.raises(ValueError, match=message):
        WaitingImages(examples()[0], labels, seconds=seconds)
