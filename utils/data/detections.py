"""Detections as an untidy detector would make them: drawn around true boxes from a seed."""

from typing import NamedTuple

import torch
from torch.nn.utils.rnn import pad_sequence

from utils.boxes.overlap import iou


class Detections(NamedTuple):
    """What a detector says about one picture.

    Attributes:
        boxes: ``(n, 4)``, left, top, right, bottom in pixels.
        scores: ``(n,)``, from 0 to 1: how sure it is.
        objects: int64 ``(n,)``: the true box that each was drawn around, -1 for a false alarm.
            No detector tells this; it colours drawings and checks results.
    """

    boxes: torch.Tensor
    scores: torch.Tensor
    objects: torch.Tensor


class Queues(NamedTuple):
    """Several queues of people as a detector sees them, without a picture.

    Attributes:
        truth: ``(queues, people, 4)``: the true boxes.
        boxes: ``(queues, n, 4)``: all that was found; rows of zeros fill the shorter ones.
        scores: ``(queues, n)``, 0 in those rows.
        person: int64 ``(queues, n)``: whose true box the box overlaps most, -1 if their IoU is
            below 0.5 or the row is empty.
    """

    truth: torch.Tensor
    boxes: torch.Tensor
    scores: torch.Tensor
    person: torch.Tensor


def imitate_detections(
    truth: torch.Tensor,
    generator: torch.Generator,
    *,
    copies: tuple[int, int] = (3, 7),
    jitter: float = 0.12,
    false_alarms: int = 3,
) -> Detections:
    """Draw several boxes around each true one, and some around nothing, in a mixed order.

    Each edge of a copy is shifted by a normal draw of standard deviation ``jitter`` times the
    side of the box. Its score is its IoU with the true box, disturbed by 0.1: near the truth a
    detector is surer, and not always right. A false alarm has a score between 0.05 and 0.45.

    Args:
        truth: ``(objects, 4)``, left, top, right, bottom, floating, with areas above 0.
        generator: on the CPU, where all numbers are drawn.
        copies: the least and the greatest number of boxes around an object.
        jitter: not negative.
        false_alarms: how many boxes lie around nothing; none if there is no object.

    Returns:
        The detections, in the dtype and on the device of ``truth``.

    Raises:
        ValueError: if ``copies``, ``jitter`` or ``false_alarms`` is out of its range.

    >>> truth = torch.tensor([[0.0, 0, 8, 8], [20, 20, 28, 28]])
    >>> found = imitate_detections(truth, torch.Generator().manual_seed(0), copies=(2, 2))
    >>> found.boxes.shape, found.objects.sort().values
    (torch.Size([7, 4]), tensor([-1, -1, -1,  0,  0,  1,  1]))
    """
    if not 0 <= copies[0] <= copies[1] or jitter < 0 or false_alarms < 0:
        raise ValueError(
            "copies must be the least and the greatest number, jitter and false_alarms not "
            f"negative, got {copies}, {jitter} and {false_alarms}"
        )
    exact = truth.detach().cpu().double()
    count = len(exact)
    random = {"generator": generator, "dtype": torch.float64}
    many = torch.randint(copies[0], copies[1] + 1, (count,), generator=generator)
    objects = torch.arange(count).repeat_interleave(many)
    sides = (exact[:, 2:] - exact[:, :2]).repeat(1, 2)[objects]
    boxes = exact[objects] + jitter * sides * torch.randn(len(objects), 4, **random)
    boxes = torch.cat([boxes[:, :2], torch.maximum(boxes[:, 2:], boxes[:, :2])], dim=1)
    scores = iou(exact, boxes)[objects, torch.arange(len(objects))]
    scores = (scores + 0.1 * torch.randn(len(objects), **random)).clamp(0.05, 0.99)
    if count and false_alarms:
        where = torch.randint(count, (false_alarms, 2), generator=generator)
        # The left upper corner of one object with the size of another, moved by its own size.
        size = (exact[:, 2:] - exact[:, :2])[where[:, 1]]
        corner = exact[where[:, 0], :2] + size * torch.rand(false_alarms, 2, **random)
        boxes = torch.cat([boxes, torch.cat([corner, corner + size], dim=1)])
        scores = torch.cat([scores, 0.05 + 0.4 * torch.rand(false_alarms, **random)])
        objects = torch.cat([objects, torch.full((false_alarms,), -1)])
    mixed = torch.randperm(len(objects), generator=generator)
    return Detections(
        boxes[mixed].to(truth), scores[mixed].to(truth), objects[mixed].to(truth.device)
    )


def imitate_queues(count: int, *, seed: int, people: int = 7) -> Queues:
    """Draw people who stand in a queue, so that their boxes overlap, and what is found of them.

    Each true box is 12 wide and 30 high, and the next one begins 2 to 11 further right. The found
    boxes are those of :func:`imitate_detections` with ``jitter=0.1``.

    Args:
        count: of queues, at least 1.
        seed: of all draws.
        people: in a queue, at least 1.

    Returns:
        Float32 numbers on the CPU.

    Raises:
        ValueError: if ``count`` or ``people`` is below 1.

    >>> queues = imitate_queues(3, seed=0)
    >>> queues.truth.shape, queues.scores.shape == queues.person.shape
    (torch.Size([3, 7, 4]), True)
    """
    if count < 1 or people < 1:
        raise ValueError(f"count and people must be at least 1, got {count} and {people}")
    generator = torch.Generator().manual_seed(seed)
    left = (2 + 9 * torch.rand(count, people, generator=generator)).cumsum(dim=1)
    top = 4 * torch.rand(count, people, generator=generator)
    truth = torch.stack([left, top, left + 12, top + 30], dim=2)
    found = [imitate_detections(queue, generator, jitter=0.1) for queue in truth]
    boxes = pad_sequence([each.boxes for each in found], batch_first=True)
    scores = pad_sequence([each.scores for each in found], batch_first=True)
    best = iou(boxes, truth).max(dim=2)
    return Queues(truth, boxes, scores, best.indices.where(best.values >= 0.5, -1))
