"""Examples that take a while to arrive, as those on a disk or behind a network do."""

import time

import torch
from torch.utils.data import Dataset


class WaitingImages(Dataset):
    """Labelled images of which each takes ``seconds`` to arrive.

    It stands in a module of its own, because the workers of a ``DataLoader`` must be able to
    import it: on macOS and Windows they are fresh processes that know nothing of a notebook.

    Args:
        images: ``(examples, …)`` on the CPU; a worker hands over what lies in its memory.
        labels: ``(examples,)``, on the CPU as well.
        seconds: how long one example takes, at least 0.

    Raises:
        ValueError: if the lengths differ, a tensor is not on the CPU, or ``seconds`` is negative.

    >>> image, label = WaitingImages(torch.zeros(3, 1, 8, 8), torch.arange(3), seconds=0)[2]
    >>> image.shape, label.item()
    (torch.Size([1, 8, 8]), 2)
    """

    def __init__(self, images: torch.Tensor, labels: torch.Tensor, *, seconds: float) -> None:
        if len(images) != len(labels):
            raise ValueError(f"{len(images)} images need as many labels, got {len(labels)}")
        if images.device.type != "cpu" or labels.device.type != "cpu":
            raise ValueError("images and labels must be on the CPU: workers hand over its memory")
        if not seconds >= 0:
            raise ValueError(f"seconds must be at least 0, got {seconds}")
        self.images, self.labels, self.seconds = images, labels, seconds

    def __len__(self) -> int:
        return len(self.labels)

    def __getitem__(self, index: int) -> tuple[torch.Tensor, torch.Tensor]:
        """Return one image and its label, after the wait."""
        time.sleep(self.seconds)
        return self.images[index], self.labels[index]
