import copy

import pytest
import torch
from exercise_checks import assert_refuted, assert_right, in_every_form

from utils.counting import count_parameters
from utils.exercises import fine_tuning as exercises
from utils.exercises.fine_tuning_claims import CLAIMS
from utils.transfer_runs import network
from utils.widgets.transfer_curves import TransferCurves

TRUTH = dict(zip(CLAIMS, [True, False, False, False, True, False], strict=True))


def test_the_predictions_are_those_of_torch():
    copied, new, frozen = (question["right"] for question in exercises.predict.questions)
    net = network(100, 0)
    assert (count_parameters(net[:-1]), count_parameters(net[-1])) == (copied, new)
    found = TransferCurves(pictures=50, step=60).accuracies
    assert (found["frozen"] < found["from scratch"]) == (frozen == "worse")


@in_every_form
def test_the_numbers_by_hand_are_accepted(form, capsys):
    assert_right(capsys, 1, exercises.check_by_hand, form([11_176_512, 18_981, 0.3]))


@pytest.mark.parametrize(
    "wrong",
    [
        [11_177_512, 18_981, 0.3],
        [11_689_512, 18_981, 0.3],
        [11_176_512, 18_944, 0.3],
        [11_176_512, 18_981, 3],
        [11_176_512, 18_981],
        [None] * 3,
        None,
    ],
)
def test_the_numbers_by_hand_reject(wrong):
    with pytest.raises(AssertionError, match="not yet"):
        exercises.check_by_hand(wrong)


def test_loading_accepts(capsys):
    for answers in (["an error", 2, 4], ("an error", 2.0, torch.tensor(4))):
        assert_right(capsys, 2, exercises.check_loading, answers)


@pytest.mark.parametrize(
    "wrong",
    [
        ["two names are missing", 2, 4],
        ["an error", 1, 4],
        ["an error", 2, 0],
        ["an error", 2],
        [None] * 3,
        None,
    ],
)
def test_loading_rejects(wrong):
    with pytest.raises(AssertionError, match="not yet"):
        exercises.check_loading(wrong)


def by_copy(source, target, *, back=False):
    state, left = source.state_dict(), []
    for name, part in target.state_dict().items():
        if name in state and state[name].shape == part.shape:
            (state[name] if back else part).copy_(part if back else state[name])
        else:
            left.append(name)
    return left


def by_loading(source, target):
    ours = target.state_dict()
    state = {
        n: p for n, p in source.state_dict().items() if n in ours and ours[n].shape == p.shape
    }
    return target.load_state_dict(state, strict=False).missing_keys


def by_data(source, target):
    state = source.state_dict()
    fits = {n for n, p in target.state_dict().items() if n in state and p.shape == state[n].shape}
    for name, part in target.state_dict().items():
        if name in fits:
            part.data[...] = state[name]
    return {name for name in target.state_dict() if name not in fits}


def parameters_alone(source, target):
    theirs = dict(source.named_parameters())
    with torch.no_grad():
        for name, part in target.named_parameters():
            if name in theirs and theirs[name].shape == part.shape:
                part.copy_(theirs[name])
    return by_copy(copy.deepcopy(source), copy.deepcopy(target))


def test_copy_matching_accepts(capsys):
    for answer in (by_copy, by_loading, by_data):
        assert_right(capsys, 3, exercises.check_copy_matching, answer)


NOT_COPIED = {
    "nothing": lambda source, target: None,
    "no copy": lambda source, target: by_copy(copy.deepcopy(source), copy.deepcopy(target)),
    "no names": lambda source, target: by_copy(source, target) and None,
    "the copied names": lambda source, target: sorted(
        set(target.state_dict()) - set(by_copy(source, target))
    ),
    "backwards": lambda source, target: by_copy(source, target, back=True),
    "without buffers": parameters_alone,
}


@pytest.mark.parametrize("wrong", NOT_COPIED.values(), ids=NOT_COPIED)
def test_copy_matching_rejects(wrong):
    with pytest.raises(AssertionError, match="not yet"):
        exercises.check_copy_matching(wrong)


def with_parameters(model):
    return [layer for layer in model if [*layer.parameters()]]


def from_the_top(model, lr, factor):
    groups = []
    for layer in reversed(with_parameters(model)):
        groups.insert(0, {"params": layer.parameters(), "lr": lr})
        lr = lr * factor
    return groups


def by_power(model, lr, factor):
    layers = with_parameters(model)
    steps = range(len(layers) - 1, -1, -1)
    return [
        {"params": [*layer.parameters()], "lr": lr * factor**step}
        for layer, step in zip(layers, steps, strict=True)
    ]


def as_tensors(model, lr, factor):
    return [{**group, "lr": torch.tensor(group["lr"])} for group in by_power(model, lr, factor)]


def test_layer_groups_accept(capsys):
    for answer in (from_the_top, by_power, as_tensors):
        assert_right(capsys, 4, exercises.check_layer_groups, answer)


NOT_GROUPS = {
    "nothing": lambda model, lr, factor: None,
    "from the bottom": lambda model, lr, factor: [
        {"params": [*layer.parameters()], "lr": lr * factor**step}
        for step, layer in enumerate(with_parameters(model))
    ],
    "top first": lambda model, lr, factor: by_power(model, lr, factor)[::-1],
    "one rate": lambda model, lr, factor: by_power(model, lr, 1),
    "weights alone": lambda model, lr, factor: [
        {**group, "params": group["params"][:1]} for group in by_power(model, lr, factor)
    ],
    "all layers counted": lambda model, lr, factor: [
        {"params": [*layer.parameters()], "lr": lr * factor ** (len(model) - 1 - step)}
        for step, layer in enumerate(model)
        if [*layer.parameters()]
    ],
}


@pytest.mark.parametrize("wrong", NOT_GROUPS.values(), ids=NOT_GROUPS)
def test_layer_groups_reject(wrong):
    with pytest.raises(AssertionError, match="not yet"):
        exercises.check_layer_groups(wrong)


def test_the_claims(capsys):
    assert_right(capsys, 5, exercises.check_claims, TRUTH)
    for name in TRUTH:
        assert_refuted(exercises.check_claims, TRUTH, name, "pair")
