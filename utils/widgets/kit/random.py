"""Random integers that Python and the demos' JavaScript draw alike."""

from collections.abc import Iterator


def mulberry32(seed: int) -> Iterator[int]:
    """Yield pseudo-random integers from 0 to 2**32 - 1, the same as ``kit/random.mjs``.

    Small, exact in both languages, and good enough to shuffle examples or to draw the first
    weights of a small network; for anything else take ``torch.Generator``. Source: T. Ettinger's
    mulberry32 (public domain).

    Args:
        seed: any integer; only its last 32 bits count.

    >>> generator = mulberry32(0)
    >>> [next(generator) for _ in range(2)]
    [1144304738, 1416247]
    """
    state = seed & 0xFFFFFFFF
    while True:
        state = (state + 0x6D2B79F5) & 0xFFFFFFFF
        mixed = ((state ^ (state >> 15)) * (state | 1)) & 0xFFFFFFFF
        again = ((mixed ^ (mixed >> 7)) * (mixed | 61)) & 0xFFFFFFFF
        mixed ^= (mixed + again) & 0xFFFFFFFF
        yield mixed ^ (mixed >> 14)


def shuffled(count: int, generator: Iterator[int]) -> list[int]:
    """Return the integers below ``count`` in the order of ``shuffled`` in ``kit/random.mjs``.

    Fisher and Yates: from the last place down, swap with place ``random * (place + 1) >> 32``.

    >>> shuffled(5, mulberry32(0))
    [4, 2, 3, 0, 1]
    """
    order = list(range(count))
    for place in range(count - 1, 0, -1):
        other = (next(generator) * (place + 1)) >> 32
        order[place], order[other] = order[other], order[place]
    return order
