"""Handwritten digits of 8×8 pixels that several demos show."""

import functools

from utils.data.images import load_images

# Test images, one of each class. The network of the demo "Draw a digit" recognises them where they
# are, and most of them not after a move.
EXAMPLES = (76, 99, 161, 12, 3, 27, 17, 31, 24, 21)


@functools.cache
def examples() -> dict[str, tuple[tuple[float, ...], ...]]:
    """Return one test image of each digit, 8×8 numbers from 0 to 16, by its name."""
    digits = load_images("digits")
    found = {}
    for index in EXAMPLES:
        ink = (digits.test_images[index, 0].double() * 16).round()
        name = digits.class_names[digits.test_labels[index]]
        found[name] = tuple(map(tuple, ink.tolist()))
    return found
