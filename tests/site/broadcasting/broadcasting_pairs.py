"""Pairs of shapes for the tests of the broadcasting demo."""

import functools
import itertools

import torch


def draw_size(generator, most):
    return int(torch.randint(0, most + 1, (), generator=generator))


def draw_fitting(generator):
    """Two shapes that broadcast: parts of one shape, with axes left out or made 1."""
    whole = [draw_size(generator, 6) for _ in range(draw_size(generator, 4))]
    pair = []
    for _ in range(2):
        shape = [1 if torch.rand((), generator=generator) < 0.35 else size for size in whole]
        pair.append(tuple(shape[draw_size(generator, len(shape)) :]))
    return tuple(pair)


def draw_any(generator):
    axes = [draw_size(generator, 4) for _ in range(2)]
    return tuple(tuple(draw_size(generator, 6) for _ in range(count)) for count in axes)


@functools.cache
def by_torch(a, b):
    """The shape that torch gives, or None where it refuses."""
    try:
        return tuple(torch.broadcast_shapes(a, b))
    except RuntimeError:
        return None


def draw_pairs():
    """Pairs of shapes with the shape that torch gives: over 200 that fit, over 120 that do not."""
    generator = torch.Generator().manual_seed(3)
    fitting = [draw_fitting(generator) for _ in range(250)]
    others = [draw_any(generator) for _ in range(250)]
    small = itertools.product([(), (0,), (1,), (2,), (0, 1), (1, 0), (2, 1)], repeat=2)
    found = {pair: by_torch(*pair) for pair in [*fitting, *others, *small]}
    results = list(found.values())
    legal = [shape for shape in results if shape is not None]
    assert len(legal) >= 200 and len(results) - len(legal) >= 120
    assert sum(0 in shape for shape in legal) > 50
    assert sum(0 not in shape and len(shape) > 2 for shape in legal) > 25
    assert found[(), ()] == ()
    return found
