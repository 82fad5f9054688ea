"""The exercises of the page on SSD."""

from collections.abc import Callable, Mapping, Sequence

import torch
import torch.nn.functional as F

from utils.boxes.anchors import anchors
from utils.boxes.overlap import iou
from utils.exercises.asked import exercise
from utils.exercises.feedback import expect, expect_number, expect_numbers, expect_tried, right
from utils.exercises.forbidden import expect_no_loop, watch
from utils.exercises.ssd_claims import CLAIMS, draw_trials
from utils.exercises.ssd_sheets import by_hand_sheet, counts_sheet, predict_sheet


def _expect_each(wanted: Mapping[str, float], answers: Sequence) -> None:
    expect(len(answers) == len(wanted), f"{len(wanted)} answers are wanted, got {len(answers)}")
    for (name, value), answer in zip(wanted.items(), answers, strict=True):
        expect_number(name, answer, value, within=1e-3)


@exercise
def check_by_hand(answers: Sequence) -> None:
    """Check exercise 1 against torch's smooth L1."""

    def smooth(error: float, beta: float) -> float:
        return F.smooth_l1_loss(torch.tensor(error), torch.tensor(0.0), beta=beta).item()

    x = torch.tensor(3.0, requires_grad=True)
    F.smooth_l1_loss(x, torch.tensor(0.0), beta=4.0).backward()
    wanted = {
        "the first": smooth(-0.5, 1.0),
        "the second": smooth(3.0, 1.0),
        "the third": smooth(3.0, 4.0),
        "the slope": x.grad.item(),
    }
    _expect_each(wanted, answers)
    right(1)


@exercise
def check_counts(answers: Sequence) -> None:
    """Check exercise 2 by laying and counting."""
    cells, shapes = 38 * 38, 4
    wanted = {
        "the channels": shapes * 21,
        "the offsets": cells * shapes * 4,
        "what mining counts": 7 + 3 * 7,
        "the picture without an object": 0,
    }
    _expect_each(wanted, answers)
    right(2)


@exercise
def check_softmax_focal(
    softmax_focal: Callable[[torch.Tensor, torch.Tensor, float], torch.Tensor],
) -> None:
    """Check exercise 3 against the definition, and against cross-entropy for γ = 0."""
    generator = torch.Generator().manual_seed(0)
    for shape, scale in (((4, 3), 1.0), ((1, 2), 3.0), ((50, 11), 5.0), ((3, 4), 40.0)):
        logits = scale * torch.randn(shape, generator=generator, dtype=torch.float64)
        labels = torch.arange(shape[0]) % shape[1]
        for gamma in (0.0, 1.0, 2.0):
            case = f"for {shape[0]} anchors of {shape[1]} columns and γ = {gamma:g} the answer"
            run = watch(softmax_focal, logits.clone(), labels.clone(), gamma)
            expect_no_loop(run, "softmax_focal")
            plain = F.cross_entropy(logits, labels, reduction="none")
            wanted = (1 - (-plain).exp()) ** gamma * plain
            expect_numbers(case, run.result, wanted, within=1e-6)
    right(3)


@exercise
def check_stage_of(
    stage_of: Callable[[torch.Tensor, torch.Tensor, Sequence[int]], torch.Tensor],
) -> None:
    """Check exercise 4 on boxes of all sizes and on maps of several layouts."""
    generator = torch.Generator().manual_seed(1)
    layouts = ({16: (10,), 8: (20,), 4: (30,)}, {4: (12, 20), 2: (40,)}, {8: (16,)})
    for sizes in layouts:
        parts = [anchors((g, g), (64, 64), s, (0.6, 1.0)) for g, s in sizes.items()]
        laid, counts = torch.cat(parts), [len(part) for part in parts]
        corner, sides = torch.rand(2, 40, 2, generator=generator)
        ends = torch.tensor(counts).cumsum(0)
        borders = laid[[*(ends - 1).tolist(), *ends[:-1].tolist()]]  # last and first of a map
        boxes = torch.cat([40 * corner, 40 * corner + 3 + 30 * sides], dim=1)
        boxes = torch.cat([boxes, borders])
        best = iou(boxes, laid).argmax(dim=1)
        wanted = torch.bucketize(best, ends, right=True)
        case = f"for maps of {counts} anchors the answer"
        expect_numbers(case, stage_of(boxes.clone(), laid.clone(), list(counts)), wanted, within=0)
    right(4)


@exercise
def check_claims(claims: Mapping[str, bool]) -> None:
    """Check exercise 5 by trying each claim on random numbers."""
    expect_tried(claims, CLAIMS, draw_trials(20), "draw")
    right(5)


predict = predict_sheet()
by_hand = by_hand_sheet(check_by_hand)
counts = counts_sheet(check_counts)
