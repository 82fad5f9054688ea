"""Reverse-mode automatic differentiation for tensors: one class with a table of rules."""

from collections.abc import Callable

import torch

Function = Callable[..., torch.Tensor]


def _operation(forward: Function, *rules: Function) -> Callable[..., "Node"]:
    """Return a method that computes ``forward`` and keeps one rule for each operand."""

    def method(*arguments: object, **options: object) -> "Node":
        operands, rest = arguments[: len(rules)], arguments[len(rules) :]
        like = next(operand.value for operand in operands if isinstance(operand, Node))
        nodes = [_node(operand, like) for operand in operands]
        values = [node.value for node in nodes]
        result = Node(forward(*values, *rest, **options))
        value = result.value  # rules hold tensors, never nodes: no cycles, no long chains
        result.edges = tuple(
            (node, lambda g, rule=rule: rule(g, value, *values, *rest, **options))
            for node, rule in zip(nodes, rules, strict=True)
            if node.requires_grad  # a branch that leads to constants alone is pruned
        )
        result.requires_grad = bool(result.edges)
        return result

    return method


def _node(operand: object, like: torch.Tensor) -> "Node":
    if isinstance(operand, (int, float)):
        operand = like.new_full((), operand)
    node = operand if isinstance(operand, Node) else Node(operand, requires_grad=False)
    if (node.value.dtype, node.value.device) != (like.dtype, like.device):
        raise ValueError(f"operands do not match: {_kind(like)}; {_kind(node.value)}")
    return node


def _kind(x: object) -> str:
    return f"{x.dtype} {[*x.shape]} on {x.device}" if isinstance(x, torch.Tensor) else repr(x)


def _matmul(a: torch.Tensor, b: torch.Tensor) -> torch.Tensor:
    if min(a.ndim, b.ndim) < 2:
        raise ValueError(f"@ takes matrices or batches of them, got {a.ndim} and {b.ndim} axes")
    return a @ b


def _spread(g: torch.Tensor, y: torch.Tensor, x: torch.Tensor, dim=None, keepdim=False):
    return g.reshape(x.sum(dim, keepdim=True).shape).expand_as(x)


def _scatter(g: torch.Tensor, y: torch.Tensor, x: torch.Tensor, index: object) -> torch.Tensor:
    places = torch.arange(x.numel(), device=x.device).reshape(x.shape)[index].flatten()
    return x.new_zeros(x.numel()).index_add(0, places, g.flatten()).reshape(x.shape)


class Node:
    """A tensor that remembers how it was computed, so that gradients can flow back.

    Operators and methods return nodes and mean what they mean in torch, broadcasting included.
    A number or a plain tensor beside an operator is a constant; an exponent is a number. What is
    no floating-point tensor, or differs in dtype or device from the rest, raises ValueError.

    Attributes:
        value: tensor of any shape, unknown to torch's autograd.
        requires_grad: whether gradients flow here.
        grad: sum over all calls of :meth:`backward`, of the shape of ``value``; None before.
        edges: each parent, with the function from upstream to downstream gradient.

    >>> x = Node(torch.tensor([1.0, 2.0]))
    >>> (x * x + 3 * x[0]).sum().backward()
    >>> x.grad
    tensor([8., 4.])
    """

    def __init__(self, value: torch.Tensor, *, requires_grad: bool = True) -> None:
        if not isinstance(value, torch.Tensor) or not value.is_floating_point():
            raise ValueError(f"a node holds a floating-point tensor, got {_kind(value)}")
        self.value, self.requires_grad = value.detach(), requires_grad
        self.grad: torch.Tensor | None = None
        self.edges: tuple[tuple[Node, Function], ...] = ()

    # A rule gets the upstream gradient g, the result y and the operands, and returns the
    # downstream gradient. Where an operand was broadcast, backward() sums that.
    __neg__ = _operation(torch.neg, lambda g, y, x: -g)
    __add__ = _operation(torch.add, lambda g, y, a, b: g, lambda g, y, a, b: g)
    __sub__ = _operation(torch.sub, lambda g, y, a, b: g, lambda g, y, a, b: -g)
    __mul__ = _operation(torch.mul, lambda g, y, a, b: g * b, lambda g, y, a, b: g * a)
    __truediv__ = _operation(torch.div, lambda g, y, a, b: g / b, lambda g, y, a, b: -g * y / b)
    __matmul__ = _operation(_matmul, lambda g, y, a, b: g @ b.mT, lambda g, y, a, b: a.mT @ g)
    __pow__ = _operation(torch.pow, lambda g, y, x, p: g * p * x ** (p - 1) if p else 0 * g)
    __radd__, __rmul__ = __add__, __mul__
    __rsub__, __rtruediv__, __rmatmul__ = (
        lambda b, a, f=f: f(a, b) for f in (__sub__, __truediv__, __matmul__)
    )
    exp = _operation(torch.exp, lambda g, y, x: g * y)
    log = _operation(torch.log, lambda g, y, x: g / x)
    relu = _operation(torch.relu, lambda g, y, x: g * (x > 0))
    sigmoid = _operation(torch.sigmoid, lambda g, y, x: g * y * (1 - y))
    tanh = _operation(torch.tanh, lambda g, y, x: g * (1 - y * y))
    maximum = _operation(
        torch.maximum,  # a tie gives half to each
        lambda g, y, a, b: g * (a >= b) / (1 + (a == b)),
        lambda g, y, a, b: g * (b >= a) / (1 + (a == b)),
    )
    sum = _operation(torch.sum, _spread)
    mean = _operation(
        torch.mean, lambda g, y, x, *dim, **o: _spread(g, y, x, *dim, **o) * y.numel() / x.numel()
    )
    reshape = _operation(torch.Tensor.reshape, lambda g, y, x, *_: g.reshape(x.shape))
    transpose = _operation(torch.transpose, lambda g, y, x, *dims: g.transpose(*dims))
    __getitem__ = _operation(torch.Tensor.__getitem__, _scatter)

    def backward(self, gradient: torch.Tensor | None = None) -> None:
        """Add the gradient of this node to ``grad`` of all nodes that it was computed from.

        Args:
            gradient: upstream gradient, like ``value``; 1 by default, for a single entry.

        Raises:
            ValueError: if it is missing or does not fit, or if this node is a constant.
        """
        if gradient is None and self.value.numel() == 1:
            gradient = torch.ones_like(self.value)
        if not self.requires_grad:
            raise ValueError("a constant has no gradient")
        if _kind(gradient) != _kind(self.value):
            raise ValueError(f"gradient must be {_kind(self.value)}, got {_kind(gradient)}")
        arrived = {self: gradient.detach()}  # in this call; grad may hold more from before
        for node in _children_first(self):
            upstream = arrived.pop(node)
            node.grad = upstream.clone() if node.grad is None else node.grad + upstream
            for parent, rule in node.edges:
                downstream = rule(upstream).sum_to_size(parent.value.shape)
                arrived[parent] = arrived[parent] + downstream if parent in arrived else downstream


def _children_first(last: Node) -> list[Node]:
    order, seen, stack = [], set(), [(last, False)]
    while stack:  # depth first, without recursion
        node, explored = stack.pop()
        if explored:
            order.append(node)
        elif node not in seen:
            seen.add(node)
            stack += [(node, True), *((parent, False) for parent, _ in node.edges)]
    return order[::-1]
