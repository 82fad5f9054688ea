import copy

import pytest
import torch
from exercise_checks import (
    assert_leaves_the_generator_alone,
    assert_refuted,
    assert_right,
    assert_wants_true_or_false,
    in_every_form,
    no_verdicts,
)
from torch import nn

from utils.exercises import reusing_and_freezing as exercises
from utils.exercises.reusing_and_freezing_claims import CLAIMS as TRIED
from utils.exercises.reusing_and_freezing_claims import draw_networks

BY_HAND = [[3, 0, 1], [1, 2, -3], 1.805, 1.2]
COUNTS = [1100, 700, 900, 500, 440]
TRUTH = [True, True, True, False, False, True, True, False]
CLAIMS = dict(zip(TRIED, TRUTH, strict=True))


def test_the_predictions_are_what_torch_finds():
    products, decayed = (question["right"] for question in exercises.predict.questions)
    layers = nn.Sequential(*(nn.Linear(10, 10) for _ in range(4)))
    layers[:2].requires_grad_(False)
    with torch.utils.flop_counter.FlopCounterMode(display=False) as counter:
        out = layers(torch.zeros(1, 10)).sum()
        forward = counter.get_total_flops()
        out.backward()
    assert (counter.get_total_flops() - forward) / 200 == products
    w = nn.Parameter(torch.tensor(2.0, dtype=torch.float64))
    w.grad = torch.zeros_like(w)
    torch.optim.SGD([w], lr=0.1, weight_decay=0.5).step()
    assert w.item() == pytest.approx(decayed)


@in_every_form
def test_right_numbers_are_accepted_in_every_form(capsys, form):
    assert_right(capsys, 1, exercises.check_by_hand, [form(part) for part in BY_HAND])
    assert_right(capsys, 2, exercises.check_counts, [form(part) for part in COUNTS])


@pytest.mark.parametrize(
    ("check", "answers"), [(exercises.check_by_hand, BY_HAND), (exercises.check_counts, COUNTS)]
)
def test_a_wrong_number_is_named(check, answers):
    for place, answer in enumerate(answers):
        wrongs = [None, "6", [1, 2]]
        wrongs += [[x + 1 for x in answer]] if isinstance(answer, list) else [answer + 1, -answer]
        for wrong in wrongs:
            with pytest.raises(AssertionError, match=r"^not yet: .*(needs|is not)"):
                check([*answers[:place], wrong, *answers[place + 1 :]])
    with pytest.raises(AssertionError, match="answers are wanted, got 0"):
        check([])


@torch.no_grad()
def by_index(old, new, old_names, new_names):
    shared = [name for name in new_names if name in old_names]
    here = torch.tensor([new_names.index(name) for name in shared], dtype=torch.int64)
    there = torch.tensor([old_names.index(name) for name in shared], dtype=torch.int64)
    new.weight[here] = (old.weight - old.weight.mean(0))[there]
    new.bias[here] = (old.bias - old.bias.mean())[there]


def by_loop(old, new, old_names, new_names):
    with torch.no_grad():
        for place, name in enumerate(new_names):
            for row, other in enumerate(old_names):
                if name == other:
                    new.weight[place] = old.weight[row] - old.weight.mean(0)
                    new.bias[place] = old.bias[row] - old.bias.mean()
    return new


def by_data(old, new, old_names, new_names):
    for place, name in enumerate(new_names):
        if name in old_names:
            row = old_names.index(name)
            new.weight.data[place] = old.weight.data[row] - old.weight.data.mean(0)
            new.bias.data[place] = old.bias.data[row] - old.bias.data.mean()


@pytest.mark.parametrize("answer", [by_index, by_loop, by_data])
def test_a_right_reuse_is_accepted(capsys, answer):
    assert_right(capsys, 3, exercises.check_reuse, answer)


def variant(rows=True, mean=True, bias=True, spoil=False):
    @torch.no_grad()
    def reuse(old, new, old_names, new_names):
        for place, name in enumerate(new_names):
            if name in old_names:
                row = old_names.index(name) if rows else place % len(old_names)
                new.weight[place] = old.weight[row] - mean * old.weight.mean(0)
                if bias:
                    new.bias[place] = old.bias[row] - old.bias.mean()
        if spoil:
            old.weight -= old.weight.mean(0)

    return reuse


def no_leaf(old, new, old_names, new_names):
    by_index(old, new, old_names, new_names)
    new.weight.requires_grad_(False)


@pytest.mark.parametrize(
    ("wrong", "hint"),
    [
        (variant(rows=False), "the new weight is not as wanted"),
        (variant(mean=False), "the new weight is not as wanted"),
        (variant(bias=False), "the new bias is not as wanted"),
        (variant(spoil=True), "the old layer has changed"),
        (no_leaf, "can no longer learn"),
        (lambda *_: None, "the new weight is not as wanted"),
    ],
)
def test_a_wrong_reuse_is_rejected(wrong, hint):
    with pytest.raises(AssertionError, match=f"not yet: .*{hint}"):
        exercises.check_reuse(wrong)


class Box(nn.Sequential):
    def train(self, mode=True):
        return super().train(False)


def by_box(net, k):
    for i in range(k):
        net[i] = Box(net[i]).requires_grad_(False).train()
    return [p for p in net.parameters() if p.requires_grad]


def by_method(net, k):
    for layer in net[:k].modules():
        layer.eval()
        layer.train = lambda mode=True, layer=layer: layer
    net[:k].requires_grad_(False)
    return list(net[k:].parameters())


def by_hook(net, k):
    net[:k].requires_grad_(False)
    for layer in list(net)[:k]:
        for module in layer.modules():
            module.register_forward_pre_hook(lambda module, _: module.eval() and None)
    return [p for layer in list(net)[k:] for p in layer.parameters()]


@pytest.mark.parametrize("answer", [by_box, by_method, by_hook])
def test_a_right_freeze_is_accepted(capsys, answer):
    assert_right(capsys, 4, exercises.check_freeze, answer)


def only_parameters(net, k):
    net[:k].requires_grad_(False)
    return list(net[k:].parameters())


def only_eval(net, k):
    net[:k].requires_grad_(False).eval()
    return list(net[k:].parameters())


def no_momentum(net, k):
    for module in net[:k].modules():
        if isinstance(module, nn.BatchNorm1d):
            module.momentum = 0.0
            module.register_forward_pre_hook(
                lambda module, _: module.num_batches_tracked.sub_(1) and None
            )
    return only_parameters(net, k)


def one_too_many(net, k):
    return by_box(net, min(k + 1, len(net)))


def all_of_them(net, k):
    by_box(net, k)
    return list(net.parameters())


def everything_asleep(net, k):
    left = by_box(net, k)
    for layer in list(net)[k:]:
        layer.train = lambda mode=True, layer=layer: nn.Sequential.train(layer, False)
        layer.train()
    return left


def box_without_freezing(net, k):
    left = list(net[k:].parameters())
    for i in range(k):
        net[i] = Box(net[i])
        net[i].train()
    return left


@pytest.mark.parametrize(
    ("wrong", "hint"),
    [
        (only_parameters, "running statistics moved"),
        (only_eval, "running statistics moved"),
        (no_momentum, "depends on the batch"),
        (one_too_many, "the list has other parameters"),
        (all_of_them, "the list has other parameters"),
        (everything_asleep, "are not in training mode"),
        (box_without_freezing, "still requires a gradient"),
        (lambda net, k: None, "a list of parameters is wanted"),
    ],
)
def test_a_wrong_freeze_is_rejected(wrong, hint):
    with pytest.raises(AssertionError, match=f"not yet: .*{hint}"):
        exercises.check_freeze(wrong)


def test_right_verdicts_are_accepted(capsys):
    assert_right(capsys, 5, exercises.check_claims, CLAIMS)


@pytest.mark.parametrize("claim", CLAIMS)
def test_a_wrong_verdict_is_refuted(claim):
    assert_refuted(exercises.check_claims, CLAIMS, claim, "network")


def test_verdicts_must_be_true_or_false():
    for answers in no_verdicts(CLAIMS):
        assert_wants_true_or_false(exercises.check_claims, answers)


def test_draws_are_the_same_each_time_and_leave_the_generator_alone():
    assert_leaves_the_generator_alone(lambda: draw_networks(2))
    one, other = draw_networks(1)[0], copy.deepcopy(draw_networks(1)[0])
    assert torch.equal(one.logits(), other.logits())
