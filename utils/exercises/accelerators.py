"""Checks for the exercises of the page on accelerators, and its answer fields."""

from collections.abc import Callable, Mapping, Sequence

import torch

from utils import systolic
from utils.exercises.accelerators_sheets import by_hand_sheet, predict_sheet, shares_sheet
from utils.exercises.asked import exercise
from utils.exercises.feedback import expect, expect_number, expect_numbers, expect_tried, right

LEFT, RIGHT = [[2, 1], [0, 3]], [[1, 4], [2, 1]]  # of exercise 1
SIDE, ARRAY = 100, 128  # of exercise 2

Product = Callable[[torch.Tensor, torch.Tensor], torch.Tensor]


@exercise
def check_by_hand(answers: Sequence) -> None:
    """Check exercise 1: four sums after two cycles, and how many cycles there are."""
    moments = list(systolic.output_stationary(torch.tensor(LEFT), torch.tensor(RIGHT)))
    expect_numbers("the sums after two cycles", answers[0], moments[1].sums.flatten())
    expect_number("the number of cycles", answers[1], len(moments), within=0)
    right(1)


@exercise
def check_shares(answers: Sequence) -> None:
    """Check exercise 2: cycles and utilisation of a matrix that is smaller than the array."""
    cycles = systolic.count_cycles(ARRAY, SIDE, ARRAY)
    expect_number("the number of cycles", answers[0], cycles, within=0)
    wanted = systolic.utilisation(SIDE, SIDE, SIDE, (ARRAY, ARRAY))
    expect_number("the utilisation", answers[1], wanted)
    right(2)


@exercise
def check_blocked(
    blocked: Callable[[torch.Tensor, torch.Tensor, tuple[int, int], Product], torch.Tensor],
) -> None:
    """Check exercise 3: the result, and what each block that was multiplied looks like."""
    for shape, array in (
        *(((3, 4, 6), (2, 3)), ((3, 5, 7), (2, 3)), ((1, 2, 2), (4, 4)), ((2, 3, 1), (1, 1))),
        ((4, 6, 5), (3, 8)),
    ):
        x, weight = _whole(shape[0], shape[1], seed=1), _whole(shape[1], shape[2], seed=2)
        calls: list[tuple[int, ...]] = []
        case = f"for weights of {shape[1]} × {shape[2]} on {array} cells"
        given = blocked(x.clone(), weight.clone(), array, _recorder(calls, array, case))
        expect_numbers(f"{case} the result", given, x @ weight)
        macs = sum(m * k * n for m, k, n in calls)
        wanted = shape[0] * shape[1] * shape[2]
        expect(macs == wanted, f"{case} product did {macs} multiplications, not {wanted}")
    right(3)


@exercise
def check_quantised(quantised: Product) -> None:
    """Check exercise 4 on matrices of several sizes and scales."""
    for shape, scale in (
        ((2, 2, 2), 1.0),
        ((3, 5, 2), 0.01),
        ((4, 64, 3), 30.0),
        ((1, 400, 1), 1),
    ):
        m, k, n = shape
        draw = torch.Generator().manual_seed(k)
        a = torch.randn(m, k, generator=draw, dtype=torch.float64) * scale
        b = torch.randn(k, n, generator=draw, dtype=torch.float64)
        a, b = a + scale, b + 1  # sums that are long enough leave 16 bits
        a[0, 0], b[0, 0] = -5 * scale, -5.0  # the largest entries
        steps = [x.abs().max() / 127 for x in (a, b)]
        left, top = ((x / step).round() for x, step in zip((a, b), steps, strict=True))
        wanted = left @ top * steps[0] * steps[1]
        size = float(wanted.abs().max())
        case = f"for {m} × {k} times {k} × {n}, by the largest entry, the result"
        given = quantised(a.clone(), b.clone())
        expect(isinstance(given, torch.Tensor), f"{case} must be a tensor, got {given!r}")
        expect_numbers(case, given.detach().cpu().double() / size, wanted / size, within=1e-5)
    right(4)


@exercise
def check_claims(claims: Mapping[str, bool]) -> None:
    """Check exercise 5 by trying the claims on random sizes."""
    holds = {
        "a larger size never lowers the utilisation": _grows,
        "one product more never lowers the utilisation": _gains,
        "a larger array never takes more cycles": _speeds,
        "a size of one tile needs size + 2 * array - 2 cycles": _fits,
    }
    draw = torch.Generator().manual_seed(0)
    pairs = torch.randint(1, 20, (200, 2), generator=draw).tolist()
    expect_tried(claims, holds, pairs, "pair of sizes")
    right(5)


def _share(size: int, array: int, products: int = 1) -> float:
    return systolic.utilisation(size, size, size, (array, array), products=products)


def _cycles(size: int, array: int) -> int:
    tiles = (-(-size // array)) ** 2
    return systolic.count_cycles(array, size, array, products=tiles)


def _grows(pair: Sequence[int]) -> bool:
    return _share(pair[0] + 1, pair[1]) >= _share(*pair)


def _gains(pair: Sequence[int]) -> bool:
    shares = [_share(*pair, products) for products in (1, 2, 3, 9, 10)]
    return shares == sorted(shares)


def _speeds(pair: Sequence[int]) -> bool:
    return _cycles(pair[0], pair[1] + 1) <= _cycles(*pair)


def _fits(pair: Sequence[int]) -> bool:
    size, array = min(pair), max(pair)
    return _cycles(size, array) == size + 2 * array - 2


def _whole(rows: int, columns: int, *, seed: int) -> torch.Tensor:
    draw = torch.Generator().manual_seed(seed)
    return torch.randint(-4, 5, (rows, columns), generator=draw).double()


def _recorder(calls: list[tuple[int, ...]], array: tuple[int, int], case: str) -> Product:
    """Return a product that notes its sizes and refuses blocks that the array cannot hold."""

    def product(x: torch.Tensor, block: torch.Tensor) -> torch.Tensor:
        sizes = tuple(block.shape)
        fits = len(sizes) == 2 and sizes[0] <= array[0] and sizes[1] <= array[1]
        expect(fits, f"{case} a block of {sizes} does not fit")
        expect(
            x.dim() == 2 and x.shape[1] == sizes[0],
            f"{case} a part of x of {tuple(x.shape)} met a block of {sizes}",
        )
        calls.append((len(x), *sizes))
        return x @ block

    return product


predict = predict_sheet()
by_hand = by_hand_sheet(check_by_hand)
shares = shares_sheet(check_shares)
