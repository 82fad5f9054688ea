import pytest
import torch
import torch.nn.functional as F
from exercise_checks import assert_leaves_the_generator_alone, assert_right, in_every_form

from utils.exercises import training_in_pytorch as exercises

BY_HAND = [36, 30, 140, [0.8, 0.5]]
SHAPES = [[24, 12, 8, 4], 256, 2416]
CLAIMS = {
    "after net.zero_grad() each gradient is a tensor of zeros": False,
    "net.eval() keeps autograd from recording": False,
    "torch.no_grad() switches dropout off": False,
    "SGD with momentum keeps one more number for each weight": True,
    "without shuffle, the minibatches of all epochs are the same": True,
    "the weights alone are enough to continue a run with momentum": False,
}


@in_every_form
def test_the_warm_ups_accept_the_right_numbers(form, capsys):
    assert_right(capsys, 1, exercises.check_by_hand, [form(part) for part in BY_HAND])
    assert_right(capsys, 2, exercises.check_shapes, [form(part) for part in SHAPES])


@pytest.mark.parametrize("place", range(4))
@pytest.mark.parametrize("wrong", [35, 32, 144, [0.8, 0.6], [0.8], None])
def test_numbers_of_steps_reject(place, wrong):
    with pytest.raises(AssertionError, match="not yet: "):
        exercises.check_by_hand([*BY_HAND[:place], wrong, *BY_HAND[place + 1 :]])


@pytest.mark.parametrize("place", range(3))
@pytest.mark.parametrize("wrong", [[24, 24, 20, 20], [28, 14, 14, 7], 16, 2400, 416, None])
def test_shapes_reject(place, wrong):
    with pytest.raises(AssertionError, match="not yet: "):
        exercises.check_shapes([*SHAPES[:place], wrong, *SHAPES[place + 1 :]])


def test_an_answer_too_few_is_told():
    for check, answers in ((exercises.check_by_hand, BY_HAND), (exercises.check_shapes, SHAPES)):
        with pytest.raises(AssertionError, match="answers are wanted"):
            check(answers[:-1])


def weighted(net, loader, *, mode=False, weight=len, back=True, reduction="mean"):
    before, total, count = [(part, part.training) for part in net.modules()], 0.0, 0
    net.train(mode)
    with torch.no_grad():
        for inputs, labels in loader:
            total += F.cross_entropy(net(inputs), labels, reduction=reduction) * weight(labels)
            count += weight(labels)
    for part, was in before if back else ():
        part.training = was
    return total / count


def by_sum(net, loader):
    before = {name: part.training for name, part in net.named_modules()}
    net.eval()
    with torch.inference_mode():
        sums = [F.cross_entropy(net(X), y, reduction="sum").item() for X, y in loader]
    for name, was in before.items():
        net.get_submodule(name).training = was
    return sum(sums) / len(loader.dataset)


MEAN_LOSS = {
    "weighted": weighted,
    "sums": by_sum,
    "a float": lambda net, loader: float(weighted(net, loader)),
}


@pytest.mark.parametrize("answer", MEAN_LOSS.values(), ids=MEAN_LOSS)
def test_mean_loss_accepts(answer, capsys):
    assert_right(capsys, 3, exercises.check_mean_loss, answer)


def recorded(net, loader):
    before = net.training
    net.eval()
    sums = [F.cross_entropy(net(X), y, reduction="sum").item() for X, y in loader]
    net.train(before)
    return sum(sums) / len(loader.dataset)


def at_once(net, loader):
    before = net.training
    net.eval()
    with torch.no_grad():
        X, y = (torch.cat(part) for part in zip(*loader, strict=True))
        loss = F.cross_entropy(net(X), y)
    net.train(before)
    return loss


def all_alike(net, loader):
    before = net.training
    loss = weighted(net, loader)
    net.train(before)
    return loss


def first_alone(net, loader):
    return weighted(net, [next(iter(loader))])


NOT_MEAN_LOSS = {
    "mean of means": lambda net, loader: weighted(net, loader, weight=lambda labels: 1),
    "training mode": lambda net, loader: weighted(net, loader, mode=True),
    "left in eval": lambda net, loader: weighted(net, loader, back=False),
    "all parts in one mode": all_alike,
    "with a graph": recorded,
    "all at once": at_once,
    "one minibatch": first_alone,
    "a sum": lambda net, loader: weighted(net, loader, reduction="sum"),
    "nothing": lambda net, loader: weighted(net, loader) and None,
}


@pytest.mark.parametrize("wrong", NOT_MEAN_LOSS.values(), ids=NOT_MEAN_LOSS)
def test_mean_loss_rejects(wrong):
    with pytest.raises(AssertionError, match="not yet: with minibatches of"):
        exercises.check_mean_loss(wrong)


def by_id(net, optimizer):
    held = {id(part) for group in optimizer.param_groups for part in group["params"]}
    return [name for name, part in net.named_parameters() if id(part) not in held]


def by_is(net, optimizer):
    held = [part for group in optimizer.param_groups for part in group["params"]]
    names = (n for n, part in net.named_parameters() if not any(part is one for one in held))
    return tuple(names)


FORGOTTEN = {"id": by_id, "is": by_is, "set": lambda net, optimizer: set(by_id(net, optimizer))}


@pytest.mark.parametrize("answer", FORGOTTEN.values(), ids=FORGOTTEN)
def test_forgotten_accepts(answer, capsys):
    assert_right(capsys, 4, exercises.check_forgotten, answer)


def first_group(net, optimizer):
    held = {id(part) for part in optimizer.param_groups[0]["params"]}
    return [name for name, part in net.named_parameters() if id(part) not in held]


def by_value(net, optimizer):
    held = [part for group in optimizer.param_groups for part in group["params"]]
    same = lambda part: any(part.shape == o.shape and torch.equal(part, o) for o in held)  # noqa: E731
    return [name for name, part in net.named_parameters() if not same(part)]


def held_ones(net, optimizer):
    return [n for n, _ in net.named_parameters() if n not in by_id(net, optimizer)]


NOT_FORGOTTEN = {
    "first group": first_group,
    "equal numbers": by_value,
    "the held ones": held_ones,
    "tensors": lambda net, optimizer: list(net.parameters()),
    "none": lambda net, optimizer: [],
    "nothing": lambda net, optimizer: None,
    "layers": lambda net, optimizer: [n.split(".")[0] for n in by_id(net, optimizer)],
}


@pytest.mark.parametrize("wrong", NOT_FORGOTTEN.values(), ids=NOT_FORGOTTEN)
def test_forgotten_rejects(wrong):
    with pytest.raises(AssertionError, match="not yet: where"):
        exercises.check_forgotten(wrong)


def test_claims_accept(capsys):
    assert_right(capsys, 5, exercises.check_claims, CLAIMS)


@pytest.mark.parametrize("claim", CLAIMS)
@pytest.mark.parametrize("turn", [lambda verdict: not verdict, lambda verdict: None])
def test_claims_reject(claim, turn):
    with pytest.raises(AssertionError, match="not yet: "):
        exercises.check_claims({**CLAIMS, claim: turn(CLAIMS[claim])})


def test_the_checks_leave_torchs_global_generator_alone():
    assert_leaves_the_generator_alone(lambda: exercises.check_mean_loss(weighted))
    assert_leaves_the_generator_alone(lambda: exercises.check_forgotten(by_id))
    assert_leaves_the_generator_alone(lambda: exercises.check_claims(CLAIMS))
    assert_leaves_the_generator_alone(lambda: exercises.check_shapes(SHAPES))
    assert_leaves_the_generator_alone(lambda: exercises.check_by_hand(BY_HAND))
