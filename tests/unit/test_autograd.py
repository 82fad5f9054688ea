"""utils.autograd against torch: random graphs, edge cases, errors, and rules made wrong."""

import inspect
import math
import random
import types

import pytest
import torch

from utils import autograd
from utils.autograd import Node
from utils.checks import assert_gradient, assert_same

GRAPHS = 2000
WIDEST = 40.0  # larger values are squashed, so that 1e-9 stays a fair tolerance
UNARY = (
    lambda x: -x,
    lambda x: x.tanh(),
    lambda x: x.sigmoid(),
    lambda x: x.relu(),
    lambda x: x.tanh().exp(),
    lambda x: (x * x + 0.5).log(),
    lambda x: (x * x + 0.5) ** -0.5,
    lambda x: x**2,
    lambda x: x**3,
    lambda x: x**0,
    lambda x: 2 - x,
    lambda x: x - 3,
    lambda x: 0.5 * x + 1,
    lambda x: 1 / (x * x + 1),
)
BINARY = (
    lambda x, y: x + y,
    lambda x, y: x - y,
    lambda x, y: x * y,
    lambda x, y: x / (y * y + 1),
    lambda x, y: x.maximum(y),
    lambda x, y: x * y + x,
)


def fits(s, t):
    try:
        torch.broadcast_shapes(s, t)
    except RuntimeError:
        return False
    return True


def random_step(rng, shapes):
    """Return a function of a list of nodes or tensors that makes one more of them."""
    i = rng.randrange(len(shapes))
    shape = shapes[i]
    kind = rng.choice(("unary", "binary", "binary", "reduce", "matmul", "shape", "index"))
    if kind == "binary":
        j = rng.choice([j for j, other in enumerate(shapes) if fits(shape, other)])
        operation = rng.choice(BINARY)
        return lambda pool: operation(pool[i], pool[j])
    if kind == "reduce":
        axes = rng.sample(range(len(shape)), rng.randint(0, len(shape)))
        dim = rng.choice([axes[0], tuple(axes), axes[0] - len(shape)]) if axes else None
        keepdim, name = rng.random() < 0.5, rng.choice(("sum", "mean"))
        return lambda pool: getattr(pool[i], name)(dim, keepdim=keepdim)
    if kind == "matmul" and len(shape) >= 2:
        right = [j for j, s in enumerate(shapes) if len(s) >= 2 and s[-2] == shape[-1]]
        right = [j for j in right if fits(shape[:-2], shapes[j][:-2])]
        if right:
            j = rng.choice(right)
            return lambda pool: pool[i] @ pool[j]
        return lambda pool: pool[i] @ pool[i].transpose(-2, -1)
    if kind == "shape" and len(shape) >= 2:
        if rng.random() < 0.5:
            axes = rng.sample(range(-len(shape), len(shape)), 2)
            return lambda pool: pool[i].transpose(*axes)
        flat = rng.choice([(-1,), (1, -1), (*shape, 1), (*shape[1:], shape[0])])
        return lambda pool: pool[i].reshape(*flat)
    if kind == "index" and shape:
        n = shape[0]
        several = torch.tensor([rng.randrange(n) for _ in range(rng.randint(1, 4))])
        index = rng.choice([rng.randrange(-n, n), slice(0, n, 2), several, (..., 0), None])
        return lambda pool: pool[i][index]
    operation = rng.choice(UNARY)
    return lambda pool: operation(pool[i])


def build(leaves, rng):
    """Return random steps on the leaves, and all that they make in torch."""
    pool, steps = list(leaves), []
    for _ in range(rng.randint(1, 8)):
        step = random_step(rng, [tuple(x.shape) for x in pool])
        result = step(pool)
        if result.numel() > 300:
            continue
        if result.abs().max() > WIDEST:
            step, result = (lambda pool, step=step: step(pool).tanh()), result.tanh()
        steps.append(step)
        pool.append(result)
    return steps, pool


def agree(ours, theirs):
    return ours.shape == theirs.shape and torch.allclose(ours, theirs, rtol=1e-9, atol=1e-9)


def is_same_graph(node_class, seed):
    """Return whether a random graph has torch's values and, for its leaves, torch's gradients."""
    rng, generator = random.Random(seed), torch.Generator().manual_seed(seed)
    sizes = [[rng.choice((1, 1, 2, 3)) for _ in range(rng.randint(0, 3))] for _ in range(3)]
    leaves = [torch.randn(s, generator=generator, dtype=torch.float64) for s in sizes]
    steps, theirs = build([x.clone().requires_grad_() for x in leaves], rng)
    ours = [node_class(x) for x in leaves]
    for step in steps:
        ours.append(step(ours))
    for last in range(-1, -1 - rng.randint(1, min(2, len(steps) or 1)), -1):
        upstream = torch.randn(theirs[last].shape, generator=generator, dtype=torch.float64)
        theirs[last].backward(upstream, retain_graph=True)  # both libraries accumulate
        ours[last].backward(upstream)
    pairs = [(a.value, b.detach()) for a, b in zip(ours, theirs, strict=True)]
    for ours_leaf, their_leaf in zip(ours[:3], theirs[:3], strict=True):
        zeros = torch.zeros_like(ours_leaf.value)
        grads = [zeros if x.grad is None else x.grad for x in (ours_leaf, their_leaf)]
        pairs.append(grads)
    return all(agree(a, b) for a, b in pairs)


def test_random_graphs_have_the_gradients_of_torch():
    assert [seed for seed in range(GRAPHS) if not is_same_graph(Node, seed)] == []


# Each is a plausible slip: what the module says, and what it might have said.
SLIPS = {
    "no un-broadcasting": (".sum_to_size(parent.value.shape)", ""),
    "last path wins": (
        "arrived[parent] + downstream if parent in arrived else downstream",
        "downstream",
    ),
    "last call wins": ("if node.grad is None else node.grad + upstream", ""),
    "old gradients passed on again": ("rule(upstream)", "rule(node.grad)"),
    "parents first": ("return order[::-1]", "return [last, *order[:-1]]"),
    "sub adds": ("lambda g, y, a, b: -g)", "lambda g, y, a, b: g)"),
    "mul not swapped": ("lambda g, y, a, b: g * b, lambda", "lambda g, y, a, b: g * a, lambda"),
    "div without minus": ("-g * y / b", "g * y / b"),
    "matmul with a flipped factor": ("g @ b.mT", "g @ b.mT.flip(-1)"),
    "pow keeps the exponent": ("x ** (p - 1)", "x**p"),
    "swapped operands not swapped": ("f(a, b) for f", "f(b, a) for f"),
    "exp of the input": ("torch.exp, lambda g, y, x: g * y", "torch.exp, lambda g, y, x: g * x"),
    "sigmoid without 1 -": ("g * y * (1 - y)", "g * y * y"),
    "tanh without square": ("(1 - y * y)", "(1 - y)"),
    "relu passes all": ("g * (x > 0)", "g * 1"),
    "max passes to the smaller": ("g * (a >= b)", "g * (a <= b)"),
    "ties counted twice": ("g * (b >= a) / (1 + (a == b))", "g * (b >= a)"),
    "mean as sum": (" * y.numel() / x.numel()", ""),
    "reshape back by transposing": ("g.reshape(x.shape))", "g.mT.reshape(x.shape))"),
    "indices written, not added": ("index_add(0", "index_copy(0"),
}


def survives(source, seed):
    module = types.ModuleType("changed")
    exec(source, module.__dict__)
    try:
        return is_same_graph(module.Node, seed)
    except (RuntimeError, IndexError, KeyError):
        return False


@pytest.mark.parametrize("slip", SLIPS)
def test_a_wrong_rule_is_found(slip):
    right, wrong = SLIPS[slip]
    source = inspect.getsource(autograd)
    assert source.count(right) == 1
    changed = source.replace(right, wrong)
    found = (seed for seed in range(GRAPHS) if not survives(changed, seed))
    assert survives(source, next(found))


def leaf(*shape, dtype=torch.float64):
    generator = torch.Generator().manual_seed(0)
    return Node(torch.randn(shape, generator=generator, dtype=torch.float64).to(dtype))


@pytest.mark.parametrize("shape", [(), (1,), (0,), (2, 0), (3, 1)])
def test_a_leaf_is_its_own_gradient(shape):
    x = leaf(*shape)
    upstream = torch.full(shape, 2.0, dtype=torch.float64)
    x.backward(upstream)
    assert_same(x.grad, upstream)


@pytest.mark.parametrize("dtype", [torch.float16, torch.bfloat16, torch.float32, torch.float64])
def test_dtypes_are_kept_in_values_and_gradients(dtype):
    x, w = leaf(4, 3, dtype=dtype), leaf(3, 1, dtype=dtype)
    h = (x @ w).sigmoid() * 2 + x.maximum(0.5).relu().tanh() - x[:, :1] / 3
    ((h**2).mean() + h.exp().sum(1).log()[0]).backward()
    for node in (h, x, w):
        assert node.value.dtype == node.grad.dtype == dtype
        assert node.grad.shape == node.value.shape


def test_empty_tensors_go_through():
    x, bias = leaf(0, 3), leaf(3)
    (x + bias).sum().backward()
    assert x.grad.shape == (0, 3)
    assert_same(bias.grad, torch.zeros(3, dtype=torch.float64))


def test_a_tie_is_shared_and_relu_stops_at_zero_as_in_torch():
    start = torch.tensor([0.0, -1.0, 2.0, -0.0])
    for operation in (lambda x: x.relu(), lambda x: x.maximum(x), lambda x: (x * 1).maximum(x**2)):
        ours, theirs = Node(start), start.clone().requires_grad_()
        operation(ours).sum().backward()
        operation(theirs).sum().backward()
        assert_same(ours.grad, theirs.grad)


def test_extreme_values_stay_finite_where_torch_is_finite():
    start = torch.tensor([-1000.0, -50.0, 0.0, 50.0, 1000.0], dtype=torch.float64)
    for name in ("sigmoid", "tanh", "relu"):
        ours, theirs = Node(start), start.clone().requires_grad_()
        getattr(ours, name)().sum().backward()
        getattr(theirs, name)().sum().backward()
        assert_same(ours.grad, theirs.grad)


def test_gradients_agree_with_finite_differences():
    x = leaf(3, 2)

    def loss(value):
        x = value if isinstance(value, Node) else Node(value)
        out = ((x @ x.transpose(0, 1)).sigmoid() * x.sum(1, keepdim=True)).mean() / (x**2).sum()
        return out if isinstance(value, Node) else out.value

    loss(x).backward()
    assert_gradient(loss, x.value, x.grad)


def test_a_long_chain_needs_no_recursion():
    x = leaf()
    y = x
    for _ in range(20_000):
        y = y + 1
    y.backward()
    assert x.grad == 1


def test_many_paths_cost_no_more_than_their_edges():
    x = y = leaf()
    for _ in range(60):  # two to the power of 60 paths
        y = y + y
    y.backward()
    assert x.grad == 2.0**60


def test_every_node_keeps_its_gradient_over_calls():
    x = Node(torch.tensor(3.0))
    square = x * x
    for calls in (1, 2, 3):
        (square + 1).backward()
        assert (square.grad, x.grad) == (calls, 6 * calls)
    x.grad = None
    square.backward()
    assert x.grad == 6


def test_gradients_share_no_memory():
    x, y = leaf(2), leaf(2)
    upstream = torch.ones(2, dtype=torch.float64)
    (x + y).backward(upstream)
    x.grad.zero_()
    assert y.grad.tolist() == upstream.tolist() == [1, 1]


def test_constants_are_pruned():
    x, frozen = leaf(2), Node(torch.ones(2, dtype=torch.float64), requires_grad=False)
    y = x * (frozen * 3) + torch.ones(2, dtype=torch.float64)
    assert [parent for parent, _ in y.edges[0][0].edges] == [x]
    y.sum().backward()
    assert frozen.grad is None
    assert x.grad.tolist() == [3, 3]


@pytest.mark.parametrize(
    "operation",
    [
        lambda x, c: c + x,
        lambda x, c: c - x,
        lambda x, c: c * x,
        lambda x, c: c / x,
        lambda x, c: c @ x,
        lambda x, c: x.maximum(c),
    ],
)
def test_a_plain_tensor_may_stand_on_the_left(operation):
    x, constant = leaf(2, 2), torch.tensor([[1.0, 2], [3, 4]], dtype=torch.float64)
    theirs = x.value.clone().requires_grad_()
    ours = operation(x, constant)
    ours.sum().backward()
    operation(theirs, constant).sum().backward()
    assert isinstance(ours, Node)
    assert_same(x.grad, theirs.grad)


def test_torch_records_nothing():
    parameter = torch.ones(2, requires_grad=True)
    y = Node(parameter) * parameter + 1
    assert not y.value.requires_grad
    y.sum().backward()
    assert parameter.grad is None


META = torch.ones(2, device="meta", dtype=torch.float64)


@pytest.mark.parametrize(
    ("attempt", "message"),
    [
        (
            lambda: Node(torch.tensor([1, 2])),
            r"tensor, got torch.int64 \[2\] on cpu",
        ),
        (lambda: Node(torch.tensor(1j)), "floating-point tensor, got torch.complex64"),
        (lambda: Node([1.0, 2.0]), r"floating-point tensor, got \[1.0, 2.0\]"),
        (lambda: leaf(2) * "a", "floating-point tensor, got 'a'"),
        (lambda: leaf(2) * torch.tensor([1, 2]), "floating-point tensor, got torch.int64"),
        (
            lambda: leaf(2) + leaf(2, dtype=torch.float32),
            r"operands .*float64 \[2\].*float32 \[2\]",
        ),
        (lambda: leaf(2) + META, r"operands do not match: .* on cpu; .* on meta"),
        (lambda: leaf(2) @ leaf(2), "@ takes matrices or batches of them, got 1 and 1 axes"),
        (lambda: leaf(2).backward(), r"must be torch.float64 \[2\] on cpu, got None"),
        (lambda: leaf(2).backward(1.0), "got 1.0"),
        (lambda: leaf(2).backward(torch.ones(1).double()), r"got torch.float64 \[1\] on cpu"),
        (lambda: leaf(2).backward(torch.ones(2, 1).double()), r"got torch.float64 \[2, 1\]"),
        (lambda: leaf(2).backward(torch.ones(2)), r"got torch.float32 \[2\]"),
        (lambda: leaf(2).backward(META), "got .* on meta"),
        (lambda: Node(torch.ones(()), requires_grad=False).backward(), "constant has no gradient"),
    ],
)
def test_what_does_not_fit_is_named(attempt, message):
    with pytest.raises(ValueError, match=message):
        attempt()


def test_shapes_that_do_not_fit_are_refused_by_torch():
    for attempt in (lambda: leaf(2) + leaf(3), lambda: leaf(2, 3) @ leaf(2, 3)):
        with pytest.raises(RuntimeError, match="must match|cannot be multiplied"):
            attempt()


def test_one_entry_of_any_shape_needs_no_gradient():
    for shape in ((), (1,), (1, 1, 1)):
        x = leaf(*shape)
        (x * math.pi).backward()
        assert_same(x.grad, torch.full(shape, math.pi, dtype=torch.float64))
