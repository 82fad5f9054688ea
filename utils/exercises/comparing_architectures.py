"""Checks for the exercises of the page on comparing architectures."""

from collections.abc import Callable, Sequence

import torch
import torch.nn.functional as F
from torch import nn
from torch.utils.flop_counter import FlopCounterMode

from utils.counting import count_parameters, depth
from utils.exercises.asked import exercise
from utils.exercises.comparing_architectures_sheets import (
    by_hand_sheet,
    hooks_sheet,
    predict_sheet,
)
from utils.exercises.feedback import ask_numbers, expect, expect_number, right
from utils.exercises.forbidden import expect_not_ready_made, watch

LAYERS, SIZE, WORK = 10, 5_000, 100_000  # what exercise 5 asks for
TRANSPOSED = (
    ((3, 4, 3), (1, 3, 5, 5), {}),
    ((4, 6, 2), (2, 4, 3, 7), {"stride": 2}),
    ((4, 6, 3), (1, 4, 6, 5), {"groups": 2, "padding": 1}),
    ((6, 6, (2, 3)), (3, 6, 4, 4), {"groups": 6, "stride": 3}),
)
FRONTS = (
    [("a", 1, 0.5), ("b", 2, 0.9), ("c", 3, 0.8)],
    [("a", 5, 0.9), ("b", 5, 0.8), ("c", 4, 0.8), ("d", 9, 0.9)],
    [("a", 2, 0.7), ("b", 2, 0.7), ("c", 1, 0.1)],
    [("a", 7, 0.2)],
)


def _work(call: Callable[[], object]) -> int:
    with FlopCounterMode(display=False) as counter:
        call()
    return counter.get_total_flops() // 2


def _beats(one: Sequence[float], other: Sequence[float]) -> bool:
    """Say if a pair of cost and accuracy is as good as another in both, and better in one."""
    return one[0] <= other[0] and one[1] >= other[1] and tuple(one) != tuple(other)


@exercise
def check_by_hand(answers: Sequence[float]) -> None:
    """Check the counts of exercise 1 with torch's layer and counter."""
    with torch.device("meta"):
        layer, x = nn.Conv2d(64, 128, 3, padding=1, bias=False), torch.empty(1, 64, 28, 28)
        work = _work(lambda: layer(x))
    weights = count_parameters(layer)
    given = ask_numbers("answers", answers, (3,)).tolist()
    expect_number("the count of weights", given[0], weights, within=0)
    expect_number("the count of multiply-adds", given[1], work, within=0)
    expect_number("the uses of a weight", given[2], work / weights, within=0)
    right(1)


@exercise
def check_hooks(answers: Sequence[float]) -> None:
    """Check exercise 2 by hooks of its own."""
    found = []

    class Function(nn.Module):
        def forward(self, x: torch.Tensor) -> torch.Tensor:
            return F.linear(x, torch.ones(8, 8))

    layer = nn.Linear(8, 8)
    layer.register_forward_hook(lambda *_: found.append(8 * 8))
    nets = (
        nn.Sequential(layer, nn.ReLU(), layer),
        nn.Sequential(layer, nn.BatchNorm1d(8).eval()),
        nn.Sequential(Function(), nn.ReLU()),
    )
    names = "a layer that stands there twice", "a layer with batch norm", "F.linear"
    given = ask_numbers("answers", answers, (3,)).tolist()
    for name, net, answer in zip(names, nets, given, strict=True):
        found.clear()
        net(torch.zeros(1, 8))
        expect_number(f"the count for {name}", answer, sum(found), within=0)
    right(2)


@exercise
def check_transposed(transposed: Callable[[nn.Module, torch.Tensor], int]) -> None:
    """Check exercise 3 against torch's counter on strides, padding and groups."""
    for shape, size, settings in TRANSPOSED:
        layer, x = nn.ConvTranspose2d(*shape, **settings), torch.zeros(size)
        wanted = _work(lambda layer=layer, x=x: layer(x))
        case = f"{shape}, {settings} and an input of {size}"
        run = watch(transposed, layer, x)
        expect_not_ready_made(run, {"FlopCounterMode": FlopCounterMode.__enter__}, case)
        expect_number(f"the count for {case}", run.result, wanted, within=0)
    right(3)


@exercise
def check_worth(worth: Callable[[Sequence], Sequence[str]]) -> None:
    """Check exercise 4 on small tables with ties."""
    for rows in FRONTS:
        wanted = {name for name, *pair in rows if not any(_beats(row[1:], pair) for row in rows)}
        answer = worth(list(rows))
        expect(answer is not None, f"worth({rows}) gives nothing: return the names")
        names = sorted(str(name) for name in answer)
        expect(
            names == sorted(wanted), f"of {rows} worth a look are {sorted(wanted)}, not {names}"
        )
    right(4)


@exercise
def check_design(net: nn.Module) -> None:
    """Check the network of exercise 5."""
    expect(isinstance(net, nn.Module), f"a module is wanted, got {type(net).__name__}")
    place = next(net.parameters(), torch.zeros(0)).device
    x = torch.zeros(1, 1, 16, 16, device=place)
    was_training = net.training
    net.eval()
    try:
        out = net(x)
        work = _work(lambda: net(x))
    except RuntimeError as error:
        expect(False, f"the network stops at an image of 1×16×16: {str(error).splitlines()[0]}")
    finally:
        net.train(was_training)
    expect(tuple(out.shape) == (1, 10), f"ten logits are wanted, got {tuple(out.shape)}")
    layers = depth(out) if out.grad_fn is not None else 0
    size = count_parameters(net)
    expect(layers >= LAYERS, f"a depth of at least {LAYERS} is wanted, got {layers}")
    expect(size <= SIZE, f"at most {SIZE:,} parameters are wanted, got {size:,}")
    expect(work <= WORK, f"at most {WORK:,} multiply-adds are wanted, got {work:,}")
    right(5)


predict = predict_sheet()
by_hand = by_hand_sheet(check_by_hand)
hooks = hooks_sheet(check_hooks)
