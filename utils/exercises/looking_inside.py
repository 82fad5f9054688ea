"""Checks for the exercises of the page on looking inside a network."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import torch
import torch.nn.functional as F

from utils.exercises.answers import flat, near
from utils.exercises.asked import exercise
from utils.exercises.feedback import (
    ask_numbers,
    expect,
    expect_number,
    expect_numbers,
    expect_tried,
    right,
)
from utils.exercises.looking_inside_sheets import by_hand_sheet, maps_sheet, predict_sheet

Score = Callable[[torch.Tensor], torch.Tensor]


def _compare(answers: Sequence, wanted: Mapping[str, torch.Tensor]) -> None:
    expect(len(answers) == len(wanted), f"{len(wanted)} answers are wanted, got {len(answers)}")
    for (name, value), answer in zip(wanted.items(), answers, strict=True):
        compare = expect_numbers if value.ndim else expect_number
        compare(name, answer, value)


@exercise
def check_by_hand(answers: Sequence) -> None:
    """Check exercise 1 with autograd and by covering one pixel after the other."""

    def score(x: torch.Tensor) -> torch.Tensor:
        a, b, c = x.unbind(-1)
        return F.relu(a - 2 * b) + F.relu(b + c - 2)

    x = torch.tensor([4.0, 1, 2], requires_grad=True)
    (slopes,) = torch.autograd.grad(score(x), x)
    x, each = x.detach(), torch.eye(3, dtype=torch.bool)
    drops = score(x) - score(x.masked_fill(each, 0))
    white = score(x) - score(x.masked_fill(each, 1))
    wanted = {
        "the slopes": slopes,
        "the drops under a patch of 0": drops,
        "the drop without b, under a patch of 1": white[1],
    }
    _compare(answers, wanted)
    right(1)


@exercise
def check_maps(answers: Sequence) -> None:
    """Check exercise 2 with the gradient of a logit behind global average pooling."""
    maps = torch.tensor([[[4.0, 0], [0, 0]], [[0, 0], [0, 2]]], requires_grad=True)
    weights = torch.tensor([1.0, -3])
    logit = weights @ maps.mean((1, 2)) + 0.5
    (slopes,) = torch.autograd.grad(logit, maps)
    mixed = torch.einsum("k,khw->hw", slopes.mean((1, 2)), maps.detach())
    wanted = {
        "the class activation map": torch.einsum("k,khw->hw", weights, maps.detach()).flatten(),
        "the logit": logit.detach(),
        "the Grad-CAM": F.relu(mixed).flatten(),
    }
    _compare(answers, wanted)
    right(2)


def _scores(channels: int) -> list[Score]:
    """Return two smooth scores of pictures ``(n, channels, 4, 5)``, float64."""
    generator = torch.Generator().manual_seed(0)
    shape = 2, 3, channels * 20
    first, second = torch.randn(shape, generator=generator, dtype=torch.float64) / 4

    def bent(x: torch.Tensor) -> torch.Tensor:
        return torch.tanh(x.flatten(1) @ first.T).sum(1)

    def squared(x: torch.Tensor) -> torch.Tensor:
        return (x.flatten(1) @ second.T).square().sum(1)

    return [bent, squared]


def _tensor(name: str, answer: object, shape: tuple[int, ...]) -> torch.Tensor:
    expect(isinstance(answer, torch.Tensor), f"{name} returned {answer!r}, not a tensor")
    found = tuple(answer.shape)
    expect(found == shape, f"{name} returned the shape {found}, not {shape}")
    return answer.detach()


@exercise
def check_smooth_saliency(smooth_saliency: Callable[..., torch.Tensor]) -> None:
    """Check exercise 3 on two scores, one and three channels, and count the calls of the score."""
    generator = torch.Generator().manual_seed(1)
    for channels in (1, 3):
        for score in _scores(channels):
            x = torch.rand(1, channels, 4, 5, generator=generator, dtype=torch.float64)
            noises = torch.randn(6, channels, 4, 5, generator=generator, dtype=torch.float64)
            batches = []

            def counted(x: torch.Tensor, score=score, batches=batches) -> torch.Tensor:
                batches.append(len(x))
                return score(x)

            seen = (x + noises).requires_grad_()
            (slopes,) = torch.autograd.grad(score(seen).sum(), seen)
            kept = x.clone()
            answer = smooth_saliency(counted, x, noises)
            answer = _tensor("smooth_saliency", answer, tuple(x.shape))
            expect(near(answer, slopes.mean(0)), "the mean slope is another one")
            expect(batches == [6], f"the score got batches of {batches}, not one of 6 pictures")
            expect(torch.equal(x, kept) and not x.requires_grad, "x is not as it was")
    right(3)


@exercise
def check_deletion_curve(deletion_curve: Callable[..., torch.Tensor]) -> None:
    """Check exercise 4 on two scores, one and three channels, two colours of the patch."""
    generator = torch.Generator().manual_seed(2)
    for channels in (1, 3):
        for score, fill in zip(_scores(channels), (0.0, 0.7), strict=True):
            x = torch.rand(1, channels, 4, 5, generator=generator, dtype=torch.float64)
            heat = torch.randperm(20, generator=generator).view(4, 5) / 20 - 0.5
            wanted, covered, kept = [score(x)], x.clone(), x.clone()
            for place in heat.flatten().argsort(descending=True).tolist():
                covered[:, :, place // 5, place % 5] = fill
                wanted.append(score(covered))
            settings = {"fill": fill} if fill else {}
            answer = deletion_curve(score, x, heat, **settings)
            scores = ask_numbers("the curve", flat(answer), (21,))
            expect(near(scores[0], wanted[0][0]), "the first score is not that of x")
            expect(near(scores, torch.cat(wanted)), "some scores are wrong")
            expect(torch.equal(x, kept), "x is not as it was")
    right(4)


@dataclass
class _Network:
    """Weights of a network for 6 pixels, 5 units and 3 classes, and a picture, float64."""

    W1: torch.Tensor
    b1: torch.Tensor
    W2: torch.Tensor
    b2: torch.Tensor
    x: torch.Tensor

    def logits(self, x: torch.Tensor, bias: float = 1.0, last: float = 0.0) -> torch.Tensor:
        hidden = F.relu(F.linear(x, self.W1, bias * self.b1))
        return F.linear(hidden, self.W2, bias * self.b2 + last)

    def slopes(self, score: Score) -> torch.Tensor:
        """Return the Jacobian of a score with respect to the picture."""
        return torch.autograd.functional.jacobian(score, self.x)


def _draw(count: int) -> list[_Network]:
    generator = torch.Generator().manual_seed(3)
    shapes = (5, 6), (5,), (3, 5), (3,), (6,)
    parts = [
        [torch.randn(shape, generator=generator, dtype=torch.float64) for shape in shapes]
        for _ in range(count)
    ]
    return [_Network(*part[:4], part[4].abs()) for part in parts]


def _adds_up(bias: float) -> Callable[[_Network], bool]:
    def holds(net: _Network) -> bool:
        slopes = net.slopes(lambda x: net.logits(x, bias))
        return torch.allclose(slopes @ net.x, net.logits(net.x, bias))

    return holds


def _probabilities_cancel(net: _Network) -> bool:
    return bool(net.slopes(lambda x: net.logits(x).softmax(0)).sum(0).abs().max() < 1e-12)


def _last_bias_changes_slopes(net: _Network) -> bool:
    other = net.slopes(lambda x: net.logits(x, last=2.0))
    return not torch.allclose(other, net.slopes(net.logits))


def _zero_slope_is_no_change(net: _Network) -> bool:
    """Shut every unit with a bias; a covered pixel may open one."""
    reach = F.linear(net.x, net.W1)
    shut = _Network(net.W1, -reach - 0.01, net.W2, net.b2, net.x)
    slopes = shut.slopes(shut.logits)
    covered = shut.logits(shut.x.masked_fill(torch.eye(6, dtype=torch.bool), 0))
    unmoved = torch.isclose(covered, shut.logits(shut.x)).T
    return bool(unmoved[slopes == 0].all())


_CLAIMS: dict[str, Callable[[_Network], bool]] = {
    "without biases, the slopes times the pixels add up to the logit": _adds_up(0),
    "with biases, the slopes times the pixels add up to the logit": _adds_up(1),
    "the slopes of all probabilities at a pixel add up to 0": _probabilities_cancel,
    "another bias in the last layer changes the slopes of the logits": _last_bias_changes_slopes,
    "where the slope is 0, covering the pixel changes nothing": _zero_slope_is_no_change,
}


@exercise
def check_claims(claims: Mapping[str, bool]) -> None:
    """Check exercise 5 by trying each claim on thirty random networks."""
    expect_tried(claims, _CLAIMS, _draw(30), "network")
    right(5)


predict = predict_sheet()
by_hand = by_hand_sheet(check_by_hand)
maps = maps_sheet(check_maps)
