"""Checks for the exercises of the page on recurrent networks, and its answer fields."""

import math
from collections.abc import Callable, Mapping, Sequence

import torch
from torch import nn
from torch.nn.utils.rnn import pack_padded_sequence

from utils.exercises.asked import exercise
from utils.exercises.feedback import expect, expect_number, expect_numbers, expect_tried, right
from utils.exercises.rnn_claims import CLAIMS, draw_recurrences
from utils.exercises.rnn_sheets import foresight_sheet, predict_sheet, states_sheet
from utils.sequences.rnn import rnn

NAMES = ("weight_ih_l0", "weight_hh_l0", "bias_ih_l0", "bias_hh_l0")


@exercise
def check_states(answers: Sequence) -> None:
    """Check exercise 1: two states of a cell with one number, and a slope."""
    first = math.tanh(0.5 * 2)
    second = math.tanh(first)
    expect_numbers("the pair of states", answers[0], [first, second])
    expect_number("the slope", answers[1], 1 - second**2)
    right(1)


@exercise
def check_foresight(answers: Sequence) -> None:
    """Check exercise 2: bits, perplexity, and a count of weights."""
    chances = torch.tensor([1 / 2, 1 / 4, 1 / 8], dtype=torch.float64)
    mean = -chances.log2().mean()
    expect_number("the number of bits", answers[0], mean)
    expect_number("the perplexity", answers[1], 2**mean)
    weights = sum(part.numel() for part in nn.RNN(3, 5).parameters())
    expect_number("the number of weights", answers[2], weights, within=0)
    right(2)


@exercise
def check_last_states(last_states: Callable[..., torch.Tensor]) -> None:
    """Check exercise 3 against torch's packed sequences."""
    for lengths in ([3, 5, 2], [4], [1, 1], [1, 6, 6, 2]):
        draw = torch.Generator().manual_seed(len(lengths))
        x = torch.randn(len(lengths), max(lengths), 2, generator=draw)
        for row, length in zip(x, lengths, strict=True):
            row[length:] = 0
        layer = nn.RNN(2, 3, batch_first=True)
        weights = [torch.randn(part.shape, generator=draw) for part in layer.parameters()]
        h = torch.randn(len(lengths), 3, generator=draw)
        packed = pack_padded_sequence(x, torch.tensor(lengths), True, enforce_sorted=False)
        state = dict(zip(NAMES, weights, strict=True))
        wanted = torch.func.functional_call(layer, state, (packed, h[None]))[1][0]
        case = f"for lengths {lengths} your answer"
        given = _tensor(last_states(x.clone(), list(lengths), h.clone(), weights), case)
        expect(given.shape == wanted.shape, f"{case} has shape {tuple(given.shape)}")
        naive = rnn(x, h, *weights)[1]
        is_naive = not torch.allclose(naive, wanted) and torch.allclose(given, naive, atol=1e-5)
        expect(not is_naive, f"{case} has read the padding as well")
        expect(torch.allclose(given, wanted, atol=1e-5), f"{case} has other states")
    right(3)


@exercise
def check_gradient_of_start(gradient_of_start: Callable[..., torch.Tensor]) -> None:
    """Check exercise 4 against autograd: how the last state depends on the first one."""
    for rows, steps, hidden in ((1, 1, 1), (2, 3, 4), (3, 7, 2)):
        draw = torch.Generator().manual_seed(hidden)
        shapes = (hidden, 2), (hidden, hidden), (hidden,), (hidden,)
        weights = [torch.randn(shape, generator=draw) for shape in shapes]
        x = torch.randn(rows, steps, 2, generator=draw)
        h = torch.randn(rows, hidden, generator=draw).requires_grad_()
        upstream = torch.randn(rows, hidden, generator=draw)
        states, last = rnn(x, h, *weights)
        (wanted,) = torch.autograd.grad(last, h, upstream)
        case = f"for {steps} steps your answer"
        given = gradient_of_start(states.detach(), weights[1].clone(), upstream.clone())
        given = _tensor(given, case)
        expect(given.shape == wanted.shape, f"{case} has shape {tuple(given.shape)}")
        expect(torch.allclose(given, wanted, atol=1e-5), f"{case} is not what autograd finds")
    right(4)


@exercise
def check_claims(claims: Mapping[str, bool]) -> None:
    """Check exercise 5 by trying the claims on random recurrences."""
    expect_tried(claims, CLAIMS, draw_recurrences(60), "recurrence")
    right(5)


def _tensor(answer: object, case: str) -> torch.Tensor:
    expect(isinstance(answer, torch.Tensor), f"{case} must be a tensor, got {answer!r}")
    return answer.detach().cpu().float()


predict = predict_sheet()
states = states_sheet(check_states)
foresight = foresight_sheet(check_foresight)
