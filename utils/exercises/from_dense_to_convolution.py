"""Checks for the exercises of the page on the way from dense layers to convolutions."""

from collections.abc import Callable, Mapping, Sequence

import torch
import torch.nn.functional as F
from torch import nn

from utils.exercises.asked import exercise
from utils.exercises.feedback import (
    expect,
    expect_number,
    expect_numbers,
    expect_tried,
    right,
)
from utils.exercises.from_dense_to_convolution_sheets import (
    by_hand_sheet,
    moved_sheet,
    predict_sheet,
)

PLACES = 24  # of the signals that claims are tried on
QUIET = 6  # places at both ends where they are 0


def _draw(seed: int, *shape: int) -> torch.Tensor:
    return torch.randn(shape, generator=torch.Generator().manual_seed(seed)).double()


def convolve(x: torch.Tensor, v: torch.Tensor) -> torch.Tensor:
    """Return the convolution of a signal with a kernel of odd length, as long as the signal."""
    return F.conv1d(x[None, None], v[None, None], padding=len(v) // 2)[0, 0]


def count_weights(layer: nn.Module) -> int:
    """Return the number of a layer's weights."""
    return sum(part.numel() for part in layer.parameters())


@exercise
def check_by_hand(answers: Sequence) -> None:
    """Check exercise 1 with torch's layers."""
    expect(len(answers) == 5, f"5 answers are wanted, got {len(answers)}")
    layers = {
        "the count of the dense layer": nn.Linear(6, 6, bias=False),
        "the count of shared weights": nn.Conv1d(1, 1, 2 * 6 - 1, bias=False),
        "the count with the reach 1": nn.Conv1d(1, 1, 3, bias=False),
        "the count on the picture": nn.Conv2d(1, 1, 5, bias=False),
    }
    *counts, output = answers
    for (name, layer), answer in zip(layers.items(), counts, strict=True):
        expect_number(name, answer, count_weights(layer), within=0)
    x, v = torch.tensor([0.0, 1, 0, 3]), torch.tensor([-1.0, 1, 2])
    expect_numbers("the output", output, convolve(x, v))
    right(1)


@exercise
def check_moved(answers: Sequence) -> None:
    """Check exercise 2 with a kernel that answers as the text says."""
    expect(len(answers) == 4, f"4 answers are wanted, got {len(answers)}")
    x = torch.zeros(12)
    x[2], x[3] = 1, 3
    v = torch.tensor([1.0, 2, 0, 1, 1])  # h_4 = 1 · v_{-2} + 3 · v_{-1} = 7
    before, after = convolve(x, v), convolve(x.roll(3), v)
    expect_number("the place", answers[0], after.argmax(), within=0)
    expect_number("the largest output", answers[1], after.max())
    moves = torch.equal(after, before.roll(3))
    words = {True: "equivariant", False: "neither"}
    expect(answers[2] == words[moves], f"the convolution is not {answers[2]!r}")
    stays = bool(after.max() == before.max())
    words = {True: "invariant", False: "neither"}
    expect(answers[3] == words[stays], f"the largest output is not {answers[3]!r}")
    right(2)


@exercise
def check_share(share: Callable[[torch.Tensor], torch.Tensor]) -> None:
    """Check exercise 3: equal along the diagonals, and as close as can be."""
    for n in (1, 2, 3, 7):
        W = _draw(n, n, n)
        # The closest matrix by least squares: a column of 0 and 1 for each diagonal.
        offsets = torch.arange(n) - torch.arange(n)[:, None]
        is_on = (offsets.flatten()[:, None] == torch.arange(1 - n, n)).double()
        wanted = is_on @ torch.linalg.lstsq(is_on, W.reshape(-1, 1)).solution
        given = share(W.clone())
        expect_numbers(f"share(W) for {n}×{n}", given, wanted.reshape(n, n), within=1e-4)
    right(3)


@exercise
def check_find_kernel(find_kernel: Callable[..., torch.Tensor]) -> None:
    """Check exercise 4 on hidden kernels; the layer may be called once."""
    for seed, (n, reach) in enumerate([(9, 1), (9, 2), (12, 2), (5, 1), (13, 3), (1, 0)]):
        v = _draw(seed, 2 * reach + 1)
        calls, case = [], f"n={n}, reach={reach}"

        def layer(x: torch.Tensor, v=v, calls=calls, n=n, case=case) -> torch.Tensor:
            calls.append(x)
            signal = torch.as_tensor(x).double()
            shape = tuple(signal.shape)
            expect(shape == (n,), f"for {case} the layer got the shape {shape}, not ({n},)")
            return convolve(signal, v)

        given = find_kernel(layer, n, reach)
        expect(len(calls) == 1, f"for {case} the layer was called {len(calls)} times, not once")
        expect_numbers(f"the kernel for {case}", given, v, within=1e-4)
    right(4)


def _biased(x: torch.Tensor, v: torch.Tensor) -> torch.Tensor:
    return convolve(x, v) + torch.arange(len(x))


def _free_band(x: torch.Tensor, v: torch.Tensor) -> torch.Tensor:
    W = torch.outer(torch.arange(1.0, len(x) + 1).double(), v)  # other weights at each place
    return (F.pad(x, (len(v) // 2, len(v) // 2)).unfold(0, len(v), 1) * W).sum(1)


_LAYERS: dict[str, Callable[[torch.Tensor, torch.Tensor], torch.Tensor]] = {
    "two convolutions, one after the other": lambda x, v: convolve(convolve(x, v), v - 1),
    "a convolution, then ReLU": lambda x, v: convolve(x, v).relu(),
    "a convolution plus a bias, the same at all places": lambda x, v: convolve(x, v) + v[0],
    "a convolution plus a bias of its own at each place": _biased,
    "a band matrix whose weights are all free": _free_band,
    "a convolution, of whose outputs those at odd places are dropped": (
        lambda x, v: convolve(x, v)[::2]
    ),
    "each output is the largest of three neighbours": (
        lambda x, v: F.max_pool1d(x[None], 3, stride=1, padding=1)[0]
    ),
    "each output is the mean of the whole signal": lambda x, v: x.mean().expand(len(x)),
}


def is_equivariant(layer: Callable[[torch.Tensor, torch.Tensor], torch.Tensor], seed: int) -> bool:
    """Whether a layer lets a shift by one place pass, for one random signal and kernel."""
    x, v = torch.zeros(PLACES, dtype=torch.float64), _draw(seed + 1, 5)
    x[QUIET:-QUIET] = _draw(seed, PLACES - 2 * QUIET)
    before, after = layer(x, v), layer(x.roll(1), v)
    return torch.allclose(after[1:], before[:-1])


@exercise
def check_claims(claims: Mapping[str, bool]) -> None:
    """Check exercise 5 by trying each layer on random signals that are 0 near both ends."""
    tried = {
        name: lambda seed, layer=layer: is_equivariant(layer, seed)
        for name, layer in _LAYERS.items()
    }
    expect_tried(claims, tried, [10 * seed for seed in range(10)], "signal")
    right(5)


predict = predict_sheet()
by_hand = by_hand_sheet(check_by_hand)
moved = moved_sheet(check_moved)
