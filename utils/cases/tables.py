"""Cases of one axis or two: vectors, matrices, batches of logits, small networks."""

import torch

from utils.cases.drawing import Case, draws, in_dtypes

# Examples, inputs, hidden units and outputs of a network with one hidden layer.
NETWORKS = (
    (5, 3, 4, 2),  # the plain one; no two sizes are alike
    (1, 2, 3, 2),  # one example
    (0, 2, 3, 2),  # none
    (4, 1, 1, 2),  # one input, one hidden unit
    (3, 4, 2, 1),  # one output
    (4, 4, 4, 4),  # all sizes alike: a transposed matrix would fit
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
    random = draws(seed)
    values = [
        torch.empty(0, dtype=torch.float64),
        random(1),
        random(7),
        torch.full((4,), 0.5, dtype=torch.float64),
        torch.tensor([2, -1, 2, 0, -1], dtype=torch.float64),  # ties: largest and smallest twice
        torch.tensor([1e-6, -1e6, 0, 1e6, -1e-6, 1], dtype=torch.float64),
    ]
    return in_dtypes([(x,) for x in values], dtype, device)


def matrices(seed: int = 0, *, dtype: torch.dtype | None = None, device=None) -> list[Case]:
    """Return cases of one matrix: no row, no column, one entry, flat, tall, square, tied, scaled.

    Args:
        seed: of the random entries.
        dtype: a floating dtype; by default each case is there in float32 and in float64.
        device: where the tensors live; by default the device in use.

    >>> [tuple(x.shape) for (x,) in matrices(dtype=torch.float64)]
    [(0, 3), (2, 0), (1, 1), (1, 4), (5, 1), (3, 3), (4, 6), (2, 3), (3, 2)]
    """
    random = draws(seed)
    shapes = ((0, 3), (2, 0), (1, 1), (1, 4), (5, 1), (3, 3), (4, 6))
    values = [random(*shape) for shape in shapes]
    values.append(torch.tensor([[1, 1, 0], [1, 1, 0]], dtype=torch.float64))  # ties, rank one
    values.append(random(3, 2) * torch.tensor([1e-6, 1e6], dtype=torch.float64))
    return in_dtypes([(x,) for x in values], dtype, device)


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
    random = draws(seed)
    values = [3 * random(*shape) for shape in ((6, 10), (1, 10), (4, 1), (5, 2))]
    values += [
        torch.zeros(3, 4, dtype=torch.float64),
        torch.tensor([[1, 1, 0], [-2, 3, 3]], dtype=torch.float64),
        1 + 1e-6 * random(2, 3),
        torch.tensor([[0, -20, -40, -60], [-16, 0, 1, -30]], dtype=torch.float64),
        torch.tensor([[1000, -1000, 0], [-1000, -1000, -1000], [1, 999, 1000]]).double(),
    ]
    if not labels:
        return in_dtypes([(x,) for x in values], dtype, device)
    # Counting through the classes gives each case several of them, the first and the last one.
    return in_dtypes([(x, torch.arange(len(x)) % x.shape[1]) for x in values], dtype, device)


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
    random = draws(seed)

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
    return in_dtypes(values, dtype, device)
