"""Ways to a right answer that checks must take, and ways to a wrong one that look like it."""

import math
from importlib import import_module

import pytest
import torch
import torch.nn.functional as F
from exercise_checks import assert_right
from torch import nn
from torch.func import grad, vmap

# Torch's forward mode loads what torch itself calls out of date.
pytestmark = pytest.mark.filterwarnings("ignore:.torch.jit.script. is deprecated:FutureWarning")


def check(page, name):
    return getattr(import_module(f"utils.exercises.{page}"), f"check_{name}")


# Right answers that are filled into `torch.zeros`, whose numbers are float32.
def mirror(n):
    matrix = torch.zeros(len(n), len(n))
    for i in range(len(n)):
        for j in range(len(n)):
            matrix[i, j] = float(i == j) - 2 * n[i] * n[j] / (n @ n)
    return matrix


def forward_grad(f, x, eps):
    slopes, at = torch.zeros(x.shape), f(x)
    for place in range(x.numel()):
        moved = x.clone()
        moved.view(-1)[place] += eps
        slopes.view(-1)[place] = (f(moved) - at) / eps
    return slopes


def gradient_of_sum(weights, x):
    zs = []
    for weight in weights:
        zs.append(weight @ x)
        x = zs[-1].sin()
    row = torch.ones(len(x))
    while weights:  # takes the list to pieces, which is the answer's own affair
        row = (row * zs.pop().cos()) @ weights.pop()
    return row


def gradient_in_parts(loss, w, parts):
    total = torch.zeros(len(w))
    count = sum(len(y) for _, y in parts)
    for X, y in parts:
        v = w.clone().requires_grad_()
        loss(v, X, y).backward()
        total += len(y) / count * v.grad
    return total


def squared_distances(x, y):
    return (x[:, None] - y).square().sum(2).float()


def shares(x):
    return (x / x.sum(0)).float()


class Scale:
    def __init__(self, w, b):
        self.w, self.b = w, b

    def forward(self, X):
        self.X = X
        return (X * self.w + self.b).float()

    def backward(self, G):
        self.dw, self.db = (G * self.X).sum(0).float(), G.sum(0).float()
        return (G * self.w).float()


class Subsampling:
    def __init__(self, w, b):
        self.w, self.b = w, b

    def forward(self, x):
        self.sums, self.shape = 4 * F.avg_pool2d(x, 2), x.shape
        return (self.w[:, None, None] * self.sums + self.b[:, None, None]).float()

    def backward(self, G):
        self.dw, self.db = (G * self.sums).sum((0, 2, 3)).float(), G.sum((0, 2, 3)).float()
        below = torch.zeros(self.shape)
        wide = (self.w[:, None, None] * G).repeat_interleave(2, 2).repeat_interleave(2, 3)
        below[:, :, : wide.shape[2], : wide.shape[3]] = wide
        return below


def whitened(train, new, eps):
    mean = train.mean(0)
    cov = train.T.cov(correction=0).reshape(train.shape[1], -1)
    values, axes = torch.linalg.eigh(cov)
    return ((new - mean) @ axes / (values + eps).sqrt()).float()


def careful_newton(loss, w, steps):
    for _ in range(steps):
        s = -torch.linalg.solve(torch.autograd.functional.hessian(loss, w), grad(loss)(w))
        w = w + s * next((t for t in (0.5**k for k in range(41)) if loss(w + t * s) < loss(w)), 0)
    return w.float()


def smooth_saliency(score, x, noises):
    seen = (x + noises).requires_grad_()
    return torch.autograd.grad(score(seen).sum(), seen)[0].mean(0, keepdim=True).float()


def deletion_curve(score, x, heat, fill=0.0):
    x, scores = x.clone(), [score(x)]
    for place in heat.flatten().argsort(descending=True).tolist():
        x.flatten(2)[:, :, place] = fill
        scores.append(score(x))
    return scores  # each of shape (1,)


def pointwise_backward(batch, weight, upstream):
    to_batch = torch.einsum("oc,nohw->nchw", weight, upstream)
    return to_batch.float(), torch.einsum("nohw,nchw->oc", upstream, batch).float()


def residual_backward(H, G, weights):
    bends = []
    for W in weights:
        bends.append(torch.tanh(H @ W.mT))
        H = H + bends[-1]
    for W, bend in zip(weights[::-1], bends[::-1], strict=True):
        G = G + (G * (1 - bend**2)) @ W
    return G.float()


def learning_curve(x, y, x_new, y_new, degree, sizes):
    rows = torch.zeros(len(sizes), 2)
    powers = torch.arange(degree + 1)
    for row, size in zip(rows, sizes, strict=True):
        w = torch.linalg.lstsq(x[:size, None] ** powers, y[:size, None]).solution[:, 0]
        for place, (a, b) in enumerate(((x[:size], y[:size]), (x_new, y_new))):
            row[place] = (a[:, None] ** powers @ w - b).square().mean()
    return rows


def batch_for(each, share):
    mean = each.mean(0)
    scale = ((each - mean).square().sum(1).mean() / mean.square().sum()).item()
    size = 1
    while 1 / (1 + scale / size) < share:
        size += 1
    return size


RIGHT = [
    ("special_matrices", "mirror", 3, mirror),
    ("derivatives", "forward_grad", 3, forward_grad),
    ("chain_rule", "gradient_of_sum", 3, gradient_of_sum),
    ("autograd_in_pytorch", "gradient_in_parts", 3, gradient_in_parts),
    ("operations_and_broadcasting", "squared_distances", 3, squared_distances),
    ("operations_and_broadcasting", "shares", 4, shares),
    ("mlp_from_scratch", "scale", 3, Scale),
    ("lenet", "subsampling", 3, Subsampling),
    ("conditioning_and_second_order", "whitened", 3, whitened),
    ("conditioning_and_second_order", "careful_newton", 4, careful_newton),
    ("looking_inside", "smooth_saliency", 3, smooth_saliency),
    ("looking_inside", "deletion_curve", 4, deletion_curve),
    ("channels", "backward", 3, pointwise_backward),
    ("numerical_stability", "residual", 4, residual_backward),
    ("underfitting_overfitting", "learning_curve", 4, learning_curve),
    ("minibatch_noise", "batch_for", 4, batch_for),
]


@pytest.mark.parametrize(("page", "name", "number", "answer"), RIGHT)
def test_a_right_answer_may_come_in_other_numbers_and_rows(page, name, number, answer, capsys):
    assert_right(capsys, number, check(page, name), answer)


# What gives wrong results, or does what the exercise rules out.
def through_the_weights(loss, w, parts):
    w.requires_grad_()
    count = sum(len(y) for _, y in parts)
    for X, y in parts:
        (loss(w, X, y) * len(y) / count).backward()
    return w.grad


def by_vmap(inputs, errors):
    weight = torch.zeros(errors.shape[1], inputs.shape[1])

    def pull(weight, x, error):
        return (weight @ x * error).sum()

    return vmap(grad(pull), in_dims=(None, 0, 0))(weight, inputs, errors)


def one_by_one(inputs, errors):
    return torch.stack([torch.outer(e, x) for e, x in zip(errors, inputs, strict=True)])


def uniform(net):
    for layer in net.modules():
        if isinstance(layer, (nn.Linear, nn.Conv2d)):
            nn.init.kaiming_uniform_(layer.weight, nonlinearity="relu")
            if layer.bias is not None:
                nn.init.zeros_(layer.bias)


def all_ways(jacobians):
    sums = [torch.zeros_like(jacobians[0]) for _ in range(len(jacobians) + 1)]
    for way in range(2 ** len(jacobians)):
        product, taken = torch.eye(len(jacobians[0]), dtype=jacobians[0].dtype), 0
        for place, J in enumerate(jacobians):
            if way >> place & 1:
                product, taken = J @ product, taken + 1
        sums[taken] = sums[taken] + product
    return sums


def with_targets(logits, labels, share):
    one_hot = F.one_hot(labels, logits.shape[1]).to(logits)
    return F.cross_entropy(logits, share * one_hot + (1 - share) * one_hot.roll(1, 0))


def assigned(source, target):
    ours, theirs = target.state_dict(), source.state_dict()
    fit = {name: part for name, part in theirs.items() if name in ours}
    fit = {name: part for name, part in fit.items() if part.shape == ours[name].shape}
    target.load_state_dict(fit, strict=False, assign=True)
    return [name for name in ours if name not in fit]


def without_groups(model, lr, factor):
    layers = [layer for layer in model if list(layer.parameters())]
    return [{"params": list(layer.parameters())} for layer in layers]


def of_all_hits(scores, hits, count):
    order = scores.argsort(descending=True)
    shown = torch.arange(1, len(hits) + 1)
    return scores[order][(2 * hits[order].cumsum(0) / (shown + hits.sum())).argmax()]


def first_objects(labels, count, share):
    objects = (labels == 1).nonzero()[:, 0][: int(count * share)]
    others = (labels == 0).nonzero()[:, 0]
    return torch.cat([objects, others[torch.randperm(len(others))[: count - len(objects)]]])


def columns_for_rows(cells, size):
    decode = import_module("utils.detection.grid").boxes_of
    turned = cells.transpose(0, 1)
    return decode(turned[..., :2], turned[..., 2:], size=size).transpose(0, 1)


def mean_of_means(net, loader):
    modes = [(part, part.training) for part in net.modules()]
    net.eval()
    with torch.no_grad():
        losses = [F.cross_entropy(net(X), y) for X, y in loader]
    for part, mode in modes:
        part.training = mode
    return sum(losses) / len(losses)


def by_in(net, optimizer):
    held = [part for group in optimizer.param_groups for part in group["params"]]
    return [name for name, part in net.named_parameters() if part not in held]


def in_place(x):
    x[x < 0] = x[x < 0].expm1()
    return x


def with_the_first_rate(loss, gradient, w, lr):
    g, wanted = gradient(w), lr / 2
    while loss(w - lr * g) > loss(w) - wanted * (g @ g):
        lr /= 2
    return w - lr * g, lr


def hooks_left(net, X):
    counts = []

    def count(layer, inputs, out):
        counts.append(int((out == 0).all(0).sum()))

    for layer in net:
        if isinstance(layer, nn.ReLU):
            layer.register_forward_hook(count)
    with torch.no_grad():
        net(X)
    return counts


def a_call_for_each(net, x):
    shapes = {}
    for name, part in net.named_modules():
        handle = part.register_forward_hook(
            lambda layer, inputs, out, name=name: shapes.update({name: tuple(out.shape)})
        )
        with torch.no_grad():
            net(x)
        handle.remove()
    return {name: shape for name, shape in shapes.items() if name}


WRONG = [
    ("gradient_descent", "backtracking", with_the_first_rate, "halved on and on"),
    ("activation_functions", "dead", hooks_left, "a hook was left behind"),
    ("modules_and_hooks", "output_shapes", a_call_for_each, "was called . times instead of once"),
    ("autograd_in_pytorch", "gradient_in_parts", through_the_weights, "w itself must not change"),
    ("minibatch_noise", "layer_gradients", by_vmap, "grad"),
    ("minibatch_noise", "layer_gradients", one_by_one, "has a loop"),
    ("initialization", "prepare", uniform, "are uniform, not normal"),
    ("resnet", "by_length", all_ways, "do not walk the ways"),
    ("data_augmentation", "mixed_loss", with_targets, "without mixed targets"),
    ("fine_tuning", "copy_matching", assigned, "shares its memory with the source"),
    ("fine_tuning", "layer_groups", without_groups, 'needs an "lr" of its own'),
    ("average_precision", "best_threshold", of_all_hits, "can be had"),
    ("rcnn_family", "sample", first_objects, "the same objects at each call"),
    ("yolo", "decode", columns_for_rows, "takes rows for columns"),
    ("training_in_pytorch", "mean_loss", mean_of_means, "the last minibatch is shorter"),
    ("training_in_pytorch", "forgotten", by_in, "compares numbers"),
    ("activation_functions", "elu", in_place, "x itself must not change"),
    ("modules_and_hooks", "evaluating", lambda net: None, "needs the methods __enter__"),
]


@pytest.mark.parametrize(("page", "name", "answer", "words"), WRONG)
def test_a_wrong_way_is_named(page, name, answer, words):
    with pytest.raises(AssertionError, match=f"not yet: .*{words}"):
        check(page, name)(answer)


def test_a_wrong_entry_of_many_is_shown_alone():
    feedback = import_module("utils.exercises.feedback")
    wanted = torch.arange(40.0).view(5, 8)
    given = wanted.clone()
    given[3, 1] = math.nan
    with pytest.raises(AssertionError, match=r"has a wrong entry at \[3, 1\].*: nan$"):
        feedback.expect_numbers("the table", given, wanted)
    with pytest.raises(AssertionError, match=r"has 40 wrong entries, the first at \[0, 0\]"):
        feedback.expect_numbers("the table", wanted + 1, wanted)
    with pytest.raises(AssertionError, match=r"needs .*, got a tensor of shape \(8, 5\)$"):
        feedback.expect_numbers("the table", given.T, wanted)
