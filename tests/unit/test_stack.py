import pytest
import torch
import torch.nn.functional as F
from torch import nn

from utils.checks import assert_same
from utils.stack import stack_accuracy, stack_logits, stacked, train_stack

RATES = torch.tensor([0.1, 0.02, 0.3])


def draw():
    return torch.Generator().manual_seed(3)


def small_nets():
    torch.manual_seed(0)
    return [
        nn.Sequential(nn.Linear(5, 7), nn.ReLU(), nn.Linear(7, 6), nn.ReLU(), nn.Linear(6, 4))
        for _ in RATES
    ]


@pytest.fixture
def data():
    return torch.randn(30, 5, generator=draw()), torch.randint(4, (30,), generator=draw())


def test_each_network_trains_as_torch_trains_it_alone(data):
    X, y = data
    rows = torch.randint(30, (6, 3, 8), generator=draw())
    nets = small_nets()
    before = stacked(nets)
    kept = [part.clone() for part in before]
    after = train_stack(before, X, y, rows, RATES)
    assert all(map(torch.equal, before, kept))
    for index, net in enumerate(nets):
        optimizer = torch.optim.SGD(net.parameters(), lr=RATES[index].item())
        for batch in rows[:, index]:
            optimizer.zero_grad()
            F.cross_entropy(net(X[batch]), y[batch]).backward()
            optimizer.step()
        for part, alone in zip(after, net.parameters(), strict=True):
            assert_same(part[index], alone.detach(), atol=1e-6)
        assert not torch.allclose(after[0][index], kept[0][index], atol=1e-3)
        assert_same(stack_logits(after, X.expand(3, -1, -1))[index], net(X).detach(), atol=1e-5)


def test_accuracy_counts_for_each_network_its_own_rows(data):
    X, _ = data
    nets = small_nets()
    said = torch.stack([net(X).argmax(1) for net in nets])
    labels = said.clone()
    labels[1, :15] += 1  # wrong for half of the rows
    found = stack_accuracy(stacked(nets), X.expand(3, -1, -1), labels)
    assert found.tolist() == [1, 0.5, 1]


@pytest.mark.parametrize("broken", [torch.nan, torch.inf])
def test_a_network_that_has_exploded_has_no_accuracy_and_harms_no_other(data, broken):
    X, y = data
    nets = small_nets()
    with torch.no_grad():
        nets[1][4].bias[0] = broken
    rows = torch.randint(30, (2, 3, 8), generator=draw())
    stack = train_stack(stacked(nets), X, y, rows, RATES)
    found = stack_accuracy(stack, X.expand(3, -1, -1), y.expand(3, -1))
    assert found.isnan().tolist() == [False, True, False]


@pytest.mark.parametrize(
    "layers",
    [
        [nn.Linear(2, 2), nn.Tanh(), nn.Linear(2, 2)],
        [nn.Linear(2, 2), nn.ReLU()],
        [nn.ReLU()],
        [],
    ],
)
def test_other_layers_are_refused(layers):
    with pytest.raises(ValueError, match="Linear and ReLU in turns"):
        stacked([nn.Sequential(*layers)])


def summed(stack, x):
    """The logits of a stack of filters and heads: each map of an image is averaged."""
    W, head = stack
    count = len(x)
    maps = F.conv2d(x.transpose(0, 1).flatten(1, 2), W.flatten(0, 1), padding=1, groups=count)
    features = maps.relu().mean((2, 3)).unflatten(1, (count, -1))
    return torch.einsum("rnf,ncf->nrc", features, head)


def test_other_networks_train_with_momentum_as_torch_trains_each_alone(data):
    _, y = data
    images = torch.randn(30, 1, 4, 3, generator=draw())
    rows = torch.randint(30, (5, 3, 8), generator=draw())
    stack = [torch.randn(shape, generator=draw()) for shape in [(3, 6, 1, 3, 3), (3, 4, 6)]]
    after = train_stack(stack, images, y, rows, RATES, logits=summed, momentum=0.9)
    for index, rate in enumerate(RATES.tolist()):
        alone = [part[index : index + 1].clone().requires_grad_() for part in stack]
        optimizer = torch.optim.SGD(alone, lr=rate, momentum=0.9)
        for batch in rows[:, index]:
            optimizer.zero_grad()
            F.cross_entropy(summed(alone, images[batch][None])[0], y[batch]).backward()
            optimizer.step()
        for part, other in zip(after, alone, strict=True):
            assert_same(part[index], other[0].detach(), atol=1e-5)
    seen = images.expand(3, -1, -1, -1, -1)
    right = summed(after, seen).argmax(-1) == y
    assert_same(stack_accuracy(after, seen, y.expand(3, -1), logits=summed), right.float().mean(1))


def test_each_tensor_may_have_its_own_rate_as_in_parameter_groups(data):
    X, y = data
    rows = torch.randint(30, (4, 3, 8), generator=draw())
    nets = small_nets()
    rates = torch.stack([0 * RATES, 0 * RATES, RATES / 10, RATES / 10, RATES, RATES])
    before = stacked(nets)
    after = train_stack(before, X, y, rows, rates, momentum=0.9)
    for index, net in enumerate(nets):
        lr = RATES[index].item()
        groups = [
            {"params": net[0].parameters(), "lr": 0},
            {"params": net[2].parameters(), "lr": lr / 10},
            {"params": net[4].parameters()},
        ]
        optimizer = torch.optim.SGD(groups, lr=lr, momentum=0.9)
        for batch in rows[:, index]:
            optimizer.zero_grad()
            F.cross_entropy(net(X[batch]), y[batch]).backward()
            optimizer.step()
        for part, alone in zip(after, net.parameters(), strict=True):
            assert_same(part[index], alone.detach(), atol=1e-6)
    assert torch.equal(after[0], before[0]) and not torch.equal(after[2], before[2])
