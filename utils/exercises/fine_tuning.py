"""Checks for the exercises of the page on fine-tuning."""

from collections.abc import Callable, Mapping, Sequence

import torch
from torch import nn

from utils.counting import count_parameters
from utils.exercises.asked import exercise
from utils.exercises.feedback import ask_number, expect, expect_number, expect_tried, right
from utils.exercises.fine_tuning_claims import CLAIMS, draw_pairs
from utils.exercises.fine_tuning_sheets import by_hand_sheet, loading_sheet, predict_sheet

RESNET, FEATURES, OLD, NEW = 11_689_512, 512, 1_000, 37  # exercise 1
RATE, STEPS, LONGEST = 0.002, 50, 3


@exercise
def check_by_hand(answers: Sequence[float]) -> None:
    """Check the counts of exercise 1 with the layers of torch, and the bound."""
    expect(len(answers) == 3, f"three answers are wanted, got {len(answers)}")
    with torch.device("meta"):
        old, new = (count_parameters(nn.Linear(FEATURES, rows)) for rows in (OLD, NEW))
    expect_number("the count of what is copied", answers[0], RESNET - old, within=0)
    expect_number("the count of the new layer", answers[1], new, within=0)
    expect_number("the bound", answers[2], RATE * STEPS * LONGEST)
    right(1)


@exercise
def check_loading(answers: Sequence) -> None:
    """Check exercise 2 by loading."""
    expect(len(answers) == 3, f"three answers are wanted, got {len(answers)}")
    source, target = (
        nn.Sequential(nn.Linear(6, 4), nn.ReLU(), nn.Linear(4, rows)) for rows in (2, 3)
    )
    state = source.state_dict()
    below = {name: part for name, part in state.items() if not name.startswith("2.")}
    wrapped = {f"module.{name}": part for name, part in state.items()}
    try:
        target.load_state_dict(state, strict=False)
    except RuntimeError:
        expect(answers[0] == "an error", f"as it is: {answers[0]!r} is not what comes of it")
    for place, (case, part) in enumerate((("without", below), ("renamed", wrapped)), 1):
        missing = len(target.load_state_dict(part, strict=False).missing_keys)
        expect_number(f"the count of missing names, {case}", answers[place], missing, within=0)
    right(2)


def _net(*widths: int) -> nn.Sequential:
    """Linear layers with ReLU and a batch normalisation between them, so that buffers count."""
    layers = []
    for c_in, c_out in zip(widths, widths[1:], strict=False):
        layers += [nn.Linear(c_in, c_out), nn.BatchNorm1d(c_out), nn.ReLU()]
    return nn.Sequential(*layers[:-2])


@exercise
def check_copy_matching(copy_matching: Callable[[nn.Module, nn.Module], Sequence[str]]) -> None:
    """Check exercise 3 on networks that differ in the last layer, in the first, and in depth."""
    pairs = [((6, 4, 2), (6, 4, 3)), ((6, 4, 2), (6, 4, 2)), ((5, 4, 2), (6, 4, 2))]
    pairs += [((6, 4, 3, 2), (6, 4, 5)), ((6, 4), (6, 4, 5))]
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(2)
        for one, other in pairs:
            source, target = _net(*one), _net(*other)
            for net in (source, target):
                net(torch.randn(3, net[0].in_features))  # so that there are statistics
            _check_copied(copy_matching, source, target)
    right(3)


def _check_copied(copy_matching: Callable, source: nn.Module, target: nn.Module) -> None:
    theirs = {name: part.clone() for name, part in source.state_dict().items()}
    before = {name: part.clone() for name, part in target.state_dict().items()}
    said = copy_matching(source, target)
    left = {n for n, p in before.items() if n not in theirs or theirs[n].shape != p.shape}
    for name, part in target.state_dict().items():
        wanted = before[name] if name in left else theirs[name]
        what = "stay as it is" if name in left else "be copied"
        expect(torch.equal(part, wanted), f"{name} of shape {tuple(part.shape)} should {what}")
    for name, part in source.state_dict().items():
        expect(torch.equal(part, theirs[name]), f"the source has changed at {name}")
    with torch.no_grad():
        for part in target.state_dict().values():
            part.add_(1)
    for name, part in source.state_dict().items():
        is_apart = torch.equal(part, theirs[name])
        expect(is_apart, f"{name} shares its memory with the source: copy its numbers")
    expect(isinstance(said, (list, tuple, set)), f"the names left are wanted, got {said!r}")
    # Counters of batches are not missing to torch, so they may be named or not.
    named, wanted = ({n for n in names if not n.endswith("tracked")} for names in (said, left))
    expect(named == wanted, f"the names left are {sorted(wanted)}, got {said!r}")


@exercise
def check_layer_groups(layer_groups: Callable[[nn.Sequential, float, float], list]) -> None:
    """Check exercise 4 with an optimizer that takes the groups."""
    for widths, lr, factor in (
        ((6, 4, 2), 0.1, 0.5),
        ((3, 2), 1.0, 0.1),
        ((5, 4, 3, 2), 0.2, 0.3),
    ):
        model = _net(*widths)
        groups = layer_groups(model, lr, factor)
        layers = [layer for layer in model if any(True for _ in layer.parameters())]
        expect(isinstance(groups, (list, tuple)), f"a list of groups is wanted, got {groups!r}")
        count = f"{len(layers)} layers have parameters, so there are as many groups"
        expect(len(groups) == len(layers), f"{count}, got {len(groups)}")
        expect(all("lr" in group for group in groups), 'each group needs an "lr" of its own')
        optimizer = torch.optim.SGD([dict(group) for group in groups], lr=99)
        rates = reversed([lr * factor**step for step in range(len(layers))])
        for place, (group, layer, rate) in enumerate(
            zip(optimizer.param_groups, layers, rates, strict=True), 1
        ):
            same = {id(part) for part in group["params"]} == {id(p) for p in layer.parameters()}
            expect(same, f"group {place} of {len(layers)} should hold the {type(layer).__name__}")
            given = ask_number(f"the rate of group {place}", group["lr"])
            expect_number(f"the rate of group {place} of {len(layers)}", given, rate)
    right(4)


@exercise
def check_claims(claims: Mapping[str, bool]) -> None:
    """Check exercise 5 by trying each claim on five pairs of networks."""
    expect_tried(claims, CLAIMS, draw_pairs(5), "pair")
    right(5)


predict = predict_sheet()
by_hand = by_hand_sheet(check_by_hand)
loading = loading_sheet(check_loading)
