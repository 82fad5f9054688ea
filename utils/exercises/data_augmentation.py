"""The exercises of the page on data augmentation."""

from collections.abc import Callable, Mapping, Sequence

import torch
import torch.nn.functional as F
from torchvision import tv_tensors
from torchvision.transforms import v2
from torchvision.transforms.v2 import functional as V

from utils.exercises.asked import exercise
from utils.exercises.data_augmentation_claims import CLAIMS, draw_pictures
from utils.exercises.data_augmentation_sheets import by_hand_sheet, counts_sheet, predict_sheet
from utils.exercises.feedback import expect, expect_number, expect_numbers, expect_tried, right
from utils.exercises.forbidden import watch


@exercise
def check_by_hand(answers: Sequence) -> None:
    """Check exercise 1 against torchvision and by counting."""
    box = tv_tensors.BoundingBoxes(
        torch.tensor([[10.0, 20, 30, 60]]), format="XYXY", canvas_size=(100, 100)
    )
    cropped = V.resized_crop(box, 10, 20, 40, 40, [80, 80])
    wanted = {
        "the flipped box": V.horizontal_flip(box).as_subclass(torch.Tensor)[0],
        "the cropped box": cropped.as_subclass(torch.Tensor)[0],
        "the target of the 6": torch.tensor(1 - 0.75),
        "the target of the 3": torch.tensor(1 - 4 * 2 / 8**2),
    }
    expect(len(answers) == len(wanted), f"{len(wanted)} answers are wanted, got {len(answers)}")
    for (name, value), answer in zip(wanted.items(), answers, strict=True):
        if value.ndim:
            expect_numbers(name, answer, value)
        else:
            expect_number(name, answer, value, within=1e-6)
    right(1)


@exercise
def check_counts(answers: Sequence) -> None:
    """Check exercise 2."""
    bright = V.adjust_brightness(torch.full((3, 1, 1), 0.8), 1.5)
    wanted = {
        "the number of pictures": 50 * 200,
        "the side": (0.25 * 100 * 100) ** 0.5,
        "the pixel": bright.max().item(),
        "the number of sequences": len(v2.RandAugment._AUGMENTATION_SPACE) ** 2,
    }
    expect(len(answers) == len(wanted), f"{len(wanted)} answers are wanted, got {len(answers)}")
    for (name, value), answer in zip(wanted.items(), answers, strict=True):
        expect_number(name, answer, value, within=0)
    right(2)


@exercise
def check_flip_landmarks(flip_landmarks: Callable) -> None:
    """Check exercise 3 on faces with different pairs."""
    generator = torch.Generator().manual_seed(0)
    for count, pairs in ((3, [(0, 1)]), (5, [(0, 1), (3, 4)]), (4, []), (6, [(5, 0), (2, 3)])):
        points = 50 * torch.rand(count, 2, generator=generator, dtype=torch.float64)
        before = points.clone()
        answer = flip_landmarks(points, list(pairs), 64)
        name = f"your answer for the pairs {pairs}"
        expect(torch.equal(points, before), f"{name} has changed the points that were given")
        order = list(range(count))
        for left, other in pairs:
            order[left], order[other] = other, left
        wanted = points[order]
        wanted[:, 0] = 64 - wanted[:, 0]
        expect_numbers(name, answer, wanted, within=1e-3)
    right(3)


@exercise
def check_mixed_loss(mixed_loss: Callable) -> None:
    """Check exercise 4 against the loss of mixed targets."""
    generator = torch.Generator().manual_seed(0)
    for count, classes, share in ((4, 3, 0.7), (6, 10, 0.2), (1, 5, 0.5), (5, 2, 1.0)):
        logits = 3 * torch.randn(count, classes, generator=generator, dtype=torch.float64)
        labels = torch.randint(classes, (count,), generator=generator)
        one_hot = F.one_hot(labels, classes).double()
        targets = share * one_hot + (1 - share) * one_hot.roll(1, 0)
        wanted = F.cross_entropy(logits, targets)
        run = watch(mixed_loss, logits, labels, share)
        name = f"the loss of {count} images of {classes} classes with the share {share}"
        expect("one_hot" not in run.torch_calls, f"{name} must do without mixed targets")
        expect_number(name, run.result, wanted, within=1e-5)
    right(4)


@exercise
def check_claims(claims: Mapping[str, bool]) -> None:
    """Check exercise 5 by trying each claim on twenty random pictures."""
    expect_tried(claims, CLAIMS, draw_pictures(20), "picture")
    right(5)


predict = predict_sheet()
by_hand = by_hand_sheet(check_by_hand)
counts = counts_sheet(check_counts)
