import pytest
import torch
import torch.nn.functional as F

from utils import cases
from utils.checks import agree, assert_same
from utils.layers import (
    Linear,
    ReLU,
    SoftmaxCrossEntropy,
    backward,
    by_hand,
    forward,
    learn,
    with_weights,
)

SOME = [(x, W, b) for x, W, b, *_ in cases.networks()]


def test_linear_agrees_with_torch():
    agree(by_hand(Linear, "W", "b"), F.linear, SOME)


def test_relu_agrees_with_torch_also_at_zero():
    agree(by_hand(ReLU), F.relu, cases.vectors())


def test_the_loss_agrees_with_torch():
    for logits, labels in cases.logits(labels=True):
        if not len(labels):
            continue
        ours, theirs = SoftmaxCrossEntropy(), logits.clone().requires_grad_()
        loss = F.cross_entropy(theirs, labels)
        assert_same(ours.forward(logits, labels), loss.detach())
        assert_same(ours.backward(), torch.autograd.grad(loss, theirs)[0])


def test_a_gradient_goes_back_through_a_list_of_layers():
    x, W, b, *_ = cases.networks(dtype=torch.float64)[1]
    x = x.requires_grad_()
    net = [ReLU(), Linear(W, b), ReLU()]
    wanted = F.relu(F.linear(F.relu(x), W, b))
    assert_same(forward(net, x.detach()), wanted.detach())
    G = torch.linspace(-1, 2, wanted.numel(), dtype=x.dtype).view_as(wanted)
    assert_same(backward(net, G), torch.autograd.grad(wanted, x, G)[0])


class Halved(Linear):
    def backward(self, G):
        below = super().backward(G)
        self.dW = self.dW / 2
        return below


class Lost(Linear):
    def backward(self, G):
        super().backward(G)
        return 0 * G @ self.W


@pytest.mark.parametrize(("wrong", "place"), [(Halved, 1), (Lost, 0)])
def test_a_wrong_backward_is_seen_through_by_hand(wrong, place):
    with pytest.raises(AssertionError, match=f"gradient of input {place}"):
        agree(by_hand(wrong, "W", "b"), F.linear, SOME)


def test_a_step_is_that_of_sgd():
    x, W1, b1, W2, b2 = cases.networks(dtype=torch.float64)[1]
    labels = torch.arange(len(x)) % len(b2)
    net = [Linear(W1, b1), ReLU(), Linear(W2, b2)]
    parts = [part.clone().requires_grad_() for part in (W1, b1, W2, b2)]
    optimizer = torch.optim.SGD(parts, lr=0.3)
    for lr in (0.3, 0.3, 0):
        before = [part.detach().clone() for part in parts]
        optimizer.zero_grad()
        optimizer.param_groups[0]["lr"] = lr
        logits = F.linear(F.relu(F.linear(x, *parts[:2])), *parts[2:])
        loss = F.cross_entropy(logits, labels)
        loss.backward()
        optimizer.step()
        assert abs(learn(net, x, labels, lr) - loss.item()) < 1e-12
        ours = [part for layer in with_weights(net) for part in (layer.W, layer.b)]
        assert_same(ours, [part.detach() for part in parts])
        assert torch.equal(before[3], parts[3]) == (lr == 0)
