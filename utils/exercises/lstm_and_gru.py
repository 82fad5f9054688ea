"""Checks for the exercises of the page on LSTM and GRU, and its answer fields."""

import math
from collections.abc import Callable, Mapping, Sequence

import torch
from torch import nn

from utils.exercises.asked import exercise
from utils.exercises.feedback import expect, expect_number, expect_numbers, expect_tried, right
from utils.exercises.lstm_and_gru_claims import CLAIMS, draw_cells
from utils.exercises.lstm_and_gru_sheets import belt_sheet, predict_sheet, sizes_sheet


@exercise
def check_belt(answers: Sequence) -> None:
    """Check exercise 1: what a cell with one number holds and shows, and a slope."""
    c = 0.5 * 2 + 1 * 0.5
    expect_numbers("the pair of states", answers[0], [c, 0.5 * math.tanh(c)])
    expect_number("the slope", answers[1], 0.5)
    right(1)


@exercise
def check_sizes(answers: Sequence) -> None:
    """Check exercise 2: two counts of weights, and how many steps halve a memory."""
    for kind, answer in zip((nn.LSTM, nn.GRU), answers, strict=False):
        count = sum(part.numel() for part in kind(3, 5).parameters())
        name = f"the number of weights of the {kind.__name__}"
        expect_number(name, answer, count, within=0)
    expect_number("the number of steps", answers[2], 7, within=0)
    right(2)


@exercise
def check_gates_of_torch(gates_of_torch: Callable[[torch.Tensor], torch.Tensor]) -> None:
    """Check exercise 3: blocks i, o, f, g in the order i, f, g, o."""
    for hidden, columns in ((1, 1), (2, 3), (3, 4)):
        draw = torch.Generator().manual_seed(hidden)
        i, f, g, o = torch.randn(4, hidden, columns, generator=draw)
        case = f"for {hidden} hidden numbers your answer"
        given = _tensor(gates_of_torch(torch.cat([i, o, f, g])), case)
        expect(given.shape == (4 * hidden, columns), f"{case} has shape {tuple(given.shape)}")
        way_back = torch.equal(given, torch.cat([i, g, o, f]))
        expect(not way_back, f"{case} goes the other way, from torch's order to that of the file")
        expect(torch.equal(given, torch.cat([i, f, g, o])), f"{case} has its blocks elsewhere")
    right(3)


@exercise
def check_kept(kept: Callable[[torch.Tensor], torch.Tensor]) -> None:
    """Check exercise 4 against autograd along the direct path."""
    for steps, hidden, closed in ((1, 2, False), (2, 1, False), (5, 3, False), (4, 2, True)):
        draw = torch.Generator().manual_seed(steps)
        f = torch.rand(steps, hidden, generator=draw)
        if closed:
            f[2, 0] = 0
        states = [torch.zeros(hidden, requires_grad=True)]
        for gate in f:
            states.append(gate * states[-1])
        wanted = torch.stack(torch.autograd.grad(states[-1].sum(), states[1:]))
        case = f"for {steps} step{'s'[: steps > 1]}{', one gate closed,' * closed} your answer"
        given = _tensor(kept(f.clone()), case)
        expect(given.shape == wanted.shape, f"{case} has shape {tuple(given.shape)}")
        early = torch.allclose(given, wanted * f, atol=1e-6) and not torch.allclose(wanted, given)
        expect(not early, f"{case} begins before the step: its own gate has acted already")
        expect(torch.allclose(given, wanted, atol=1e-6), f"{case} is not what autograd finds")
    right(4)


@exercise
def check_claims(claims: Mapping[str, bool]) -> None:
    """Check exercise 5 by trying the claims on random cells."""
    expect_tried(claims, CLAIMS, draw_cells(30), "cell")
    right(5)


def _tensor(answer: object, case: str) -> torch.Tensor:
    expect(isinstance(answer, torch.Tensor), f"{case} must be a tensor, got {answer!r}")
    return answer.detach().cpu().float()


predict = predict_sheet()
belt = belt_sheet(check_belt)
sizes = sizes_sheet(check_sizes)
