"""Edge cases that several pages check with: each function returns a list for ``agree``.

A case is a tuple of positional arguments, with a dict of keyword arguments at its end where
there are any. Random entries come from a seed and are drawn on the CPU in float64, so that all
dtypes and devices see the same numbers. What a function cannot take, a page leaves out in sight:
``[case for case in vectors() if case[0].numel()]``.
"""

from collections.abc import Callable

import torch

from utils import repro

Case = tuple

# Examples, inputs, hidden units and outputs of a network with one hidden layer.
NETWORKS = (
    (5, 3, 4, 2),  # the plain one; no two sizes are alike
    (1, 2, 3, 2),  # one example
    (0, 2, 3, 2),  # none
    (4, 1, 1, 2),  # one input, one hidden unit
    (3, 4, 2, 1),  # one output
    (4, 4, 4, 4),  # all sizes alike: a transposed matrix would fit
)

# Image, kernel, and one setting of padding, stride and dilation, each with what it tries.
CONVOLUTIONS = (
    ((6, 5), (3, 3), 0, 1, 1),  # the plain one
    ((4, 4), (1, 1), 0, 1, 1),  # a kernel of one entry
    ((3, 4), (3, 4), 0, 1, 1),  # one window only
    ((1, 7), (1, 3), 0, 1, 1),  # an image of a single row
    ((6, 7), (2, 4), 0, 1, 1),  # an even kernel, wider than tall
    ((5, 6), (3, 3), 1, 1, 1),  # the size stays
    ((4, 3), (2, 2), 3, 1, 1),  # windows that see nothing but padding
    ((7, 8), (3, 3), 0, 2, 1),  # the stride divides along one axis only
    ((8, 9), (2, 2), 0, 3, 1),  # pixels that no window sees
    ((7, 6), (3, 2), 0, 1, 2),  # a kernel with gaps
    ((9, 7), (2, 3), 2, 3, 2),  # all together; the stride does not divide
)


def vectors(seed: int = 0, *, dtype: torch.dtype | None = None, device=None) -> list[Case]:
    """Return cases of one vector: empty, one entry, random, equal, tied, of all magnitudes.

    Args:
        seed: of the random entries.
        dtype: a floating dtype; by default each case is there in float32 and in float64.
        device: where the tensors live; by default the device in use.

    >>> [tuple(x.shape) for (x,) in vectors(dtype=torch.float64)]
    [(0,), (1,), (7,), (4,), (5,), (6,)]
    """
    random = _draws(seed)
    values = [
        torch.empty(0, dtype=torch.float64),
        random(1),
        random(7),
        torch.full((4,), 0.5, dtype=torch.float64),
        torch.tensor([2, -1, 2, 0, -1], dtype=torch.float64),  # ties: largest and smallest twice
        torch.tensor([1e-6, -1e6, 0, 1e6, -1e-6, 1], dtype=torch.float64),
    ]
    return _in_dtypes([(x,) for x in values], dtype, device)


def matrices(seed: int = 0, *, dtype: torch.dtype | None = None, device=None) -> list[Case]:
    """Return cases of one matrix: no row, no column, one entry, flat, tall, square, tied, scaled.

    Args:
        seed: of the random entries.
        dtype: a floating dtype; by default each case is there in float32 and in float64.
        device: where the tensors live; by default the device in use.

    >>> [tuple(x.shape) for (x,) in matrices(dtype=torch.float64)]
    [(0, 3), (2, 0), (1, 1), (1, 4), (5, 1), (3, 3), (4, 6), (2, 3), (3, 2)]
    """
    random = _draws(seed)
    shapes = ((0, 3), (2, 0), (1, 1), (1, 4), (5, 1), (3, 3), (4, 6))
    values = [random(*shape) for shape in shapes]
    values.append(torch.tensor([[1, 1, 0], [1, 1, 0]], dtype=torch.float64))  # ties, rank one
    values.append(random(3, 2) * torch.tensor([1e-6, 1e6], dtype=torch.float64))
    return _in_dtypes([(x,) for x in values], dtype, device)


def logits(
    seed: int = 0, *, labels: bool = False, dtype: torch.dtype | None = None, device=None
) -> list[Case]:
    """Return cases of a batch of logits, ``(batch, classes)``, optionally with labels.

    Batches: typical, one example, one class, two classes, all equal, the largest
    one tied, differences of 1e-6, a tail down to exp(-60), and plus or minus 1000,
    where a naive softmax overflows. None is empty, because a mean over no example
    is undefined.

    Args:
        seed: of the random entries.
        labels: add the class indices, ``(batch,)``, as a second argument.
        dtype: a floating dtype; by default each case is there in float32 and in float64.
        device: where the tensors live; by default the device in use.

    >>> [tuple(x.shape) for (x,) in logits(dtype=torch.float64)]
    [(6, 10), (1, 10), (4, 1), (5, 2), (3, 4), (2, 3), (2, 3), (2, 4), (3, 3)]
    >>> [y.tolist() for _, y in logits(labels=True, dtype=torch.float64)][-1]
    [0, 1, 2]
    """
    random = _draws(seed)
    values = [3 * random(*shape) for shape in ((6, 10), (1, 10), (4, 1), (5, 2))]
    values += [
        torch.zeros(3, 4, dtype=torch.float64),
        torch.tensor([[1, 1, 0], [-2, 3, 3]], dtype=torch.float64),
        1 + 1e-6 * random(2, 3),
        torch.tensor([[0, -20, -40, -60], [-16, 0, 1, -30]], dtype=torch.float64),
        torch.tensor([[1000, -1000, 0], [-1000, -1000, -1000], [1, 999, 1000]]).double(),
    ]
    if not labels:
        return _in_dtypes([(x,) for x in values], dtype, device)
    # Counting through the classes gives each case several of them, the first and the last one.
    return _in_dtypes([(x, torch.arange(len(x)) % x.shape[1]) for x in values], dtype, device)


def networks(seed: int = 0, *, dtype: torch.dtype | None = None, device=None) -> list[Case]:
    """Return cases of inputs, and weights and biases of a network with one hidden layer.

    A case is ``(X, W1, b1, W2, b2)`` of the shapes ``(examples, inputs)``,
    ``(hidden, inputs)``, ``(hidden,)``, ``(outputs, hidden)`` and ``(outputs,)``:
    weights as ``nn.Linear`` stores them. ``NETWORKS`` lists the sizes. Three more
    networks have no hidden unit that is above zero, all of them at zero exactly,
    and outputs in the thousands.

    Args:
        seed: of the random entries.
        dtype: a floating dtype; by default each case is there in float32 and in float64.
        device: where the tensors live; by default the device in use.

    >>> [tuple(part.shape) for part in networks()[0]]
    [(5, 3), (4, 3), (4,), (2, 4), (2,)]
    """
    random = _draws(seed)

    def draw(n: int, inputs: int, hidden: int, outputs: int) -> Case:
        return (
            random(n, inputs),
            random(hidden, inputs),
            random(hidden),
            random(outputs, hidden),
            random(outputs),
        )

    values = [draw(*sizes) for sizes in NETWORKS]
    X, W1, b1, W2, b2 = draw(*NETWORKS[0])
    values += [
        (X, W1, b1 - 100, W2, b2),
        (X, torch.zeros_like(W1), torch.zeros_like(b1), W2, b2),
        (X, W1, b1, 1000 * W2, b2),
    ]
    return _in_dtypes(values, dtype, device)


def convolutions(
    seed: int = 0, *, batched: bool = False, dtype: torch.dtype | None = None, device=None
) -> list[Case]:
    """Return cases of an image, a kernel, and ``padding``, ``stride`` and ``dilation``.

    ``CONVOLUTIONS`` lists them: even kernels, strides that do not divide, one
    window, windows in the padding, gaps. Settings are integers, for both axes alike.

    Args:
        seed: of the random entries.
        batched: images ``(batch, channels, height, width)`` with kernels
            ``(filters, channels, height, width)``, from one image and one channel
            up, instead of ``(height, width)`` both.
        dtype: a floating dtype; by default each case is there in float32 and in float64.
        device: where the tensors live; by default the device in use.

    >>> image, kernel, settings = convolutions()[-1]
    >>> tuple(image.shape), tuple(kernel.shape), settings
    ((9, 7), (2, 3), {'padding': 2, 'stride': 3, 'dilation': 2})
    """
    random = _draws(seed)
    cases = []
    for index, (image, kernel, padding, stride, dilation) in enumerate(CONVOLUTIONS):
        batch, channels, filters = 1 + index % 3, 1 + index % 2, 1 + index % 4
        leading = ((batch, channels), (filters, channels)) if batched else ((), ())
        settings = {"padding": padding, "stride": stride, "dilation": dilation}
        cases.append((random(*leading[0], *image), random(*leading[1], *kernel), settings))
    return _in_dtypes(cases, dtype, device)


def _draws(seed: int) -> Callable[..., torch.Tensor]:
    generator = torch.Generator().manual_seed(seed)
    return lambda *shape: torch.randn(shape, generator=generator, dtype=torch.float64)


def _in_dtypes(cases: list[Case], dtype: torch.dtype | None, device) -> list[Case]:
    """Put the tensors of all cases on the device, floating ones in the dtype or in both."""
    device = repro.device() if device is None else device
    if dtype is not None and not dtype.is_floating_point:
        raise ValueError(f"dtype must be a floating-point one, got {dtype}")

    def cast(value, to):
        if not isinstance(value, torch.Tensor):
            return value
        return value.to(device, to if value.is_floating_point() else value.dtype)

    return [
        tuple(cast(value, to) for value in case)
        for case in cases
        for to in ((torch.float32, torch.float64) if dtype is None else (dtype,))
    ]
