"""Checks for the exercises of the page on the toolbox."""

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from types import SimpleNamespace

import numpy as np
import torch
from torch import nn

from utils.exercises.asked import exercise
from utils.exercises.feedback import expect, expect_number, right, verdict

HEIGHT, WIDTH, CHANNELS = 480, 640, 3

# What exercise 3 asks about: the value that a module stores in ``self.w``.
_VALUES: dict[str, Callable[[], object]] = {
    "self.w = nn.Parameter(torch.ones(2))": lambda: nn.Parameter(torch.ones(2)),
    "self.w = torch.ones(2, requires_grad=True)": lambda: torch.ones(2, requires_grad=True),
    "self.w = nn.Parameter(torch.ones(2)) * 0.1": lambda: nn.Parameter(torch.ones(2)) * 0.1,
    "self.w = [nn.Parameter(torch.ones(2))]": lambda: [nn.Parameter(torch.ones(2))],
    "self.w = nn.ParameterList([torch.ones(2)])": lambda: nn.ParameterList([torch.ones(2)]),
    "self.w = nn.Linear(2, 1)": lambda: nn.Linear(2, 1),
}


@exercise
def check_picture(as_bytes: int, as_floats: int, place_last: int, place_first: int) -> None:
    """Check the four answers of exercise 1 against NumPy."""
    picture = np.zeros((HEIGHT, WIDTH, CHANNELS), dtype=np.uint8)
    for name, answer, wanted in (
        ("as_bytes", as_bytes, picture.nbytes),
        ("as_floats", as_floats, picture.astype(np.float32).nbytes),
        ("place_last", place_last, np.ravel_multi_index((2, 3, 1), picture.shape)),
        ("place_first", place_first, np.ravel_multi_index((1, 2, 3), (CHANNELS, HEIGHT, WIDTH))),
    ):
        expect_number(name, answer, wanted, within=0)
    right(1)


@exercise
def check_changed(changed: Callable[[object, str, object], AbstractContextManager]) -> None:
    """Check exercise 2: values in the block and after it, blocks in blocks, errors."""
    thing, other = SimpleNamespace(size=1, name="a"), SimpleNamespace(size=5)
    manager = changed(thing, "size", 2)
    for method in ("__enter__", "__exit__"):
        expect(hasattr(manager, method), f"changed needs a method {method}")
    expect(thing.size == 1, "the value must stay until the block begins")
    thing.size = 3  # what has to come back is the value at the beginning of the block
    with manager:
        expect(thing.size == 2, f"in the block the value is {thing.size!r}, not the new one")
        expect((thing.name, other.size) == ("a", 5), "something else has changed, too")
        with changed(thing, "size", 4), changed(other, "size", 6):
            expect((thing.size, other.size) == (4, 6), "a block in the block does not work")
        expect((thing.size, other.size) == (2, 5), "the inner block does not restore")
    expect(thing.size == 3, f"after the block the value is {thing.size!r}, not the one before it")
    arrived = False
    try:
        with changed(thing, "name", "b"):
            raise KeyError("raised in the block")
    except KeyError:
        arrived = True
    expect(arrived, "the error of the block was swallowed: __exit__ must not return True")
    expect(thing.name == "a", "after an error the value is not restored")
    right(2)


@exercise
def check_found(found: Mapping[str, bool]) -> None:
    """Check exercise 3 by storing each value in a module and asking for its parameters."""
    for line, value in _VALUES.items():
        answer = verdict(found, line)
        module = nn.Module()
        module.w = value()
        expect(answer == any(True for _ in module.parameters()), f"{line} is not {answer}")
    right(3)
