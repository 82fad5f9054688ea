"""What an answer does while it runs, for exercises that forbid a loop or a ready-made function.

Nothing is read from source code: the answer runs, torch reports each of its functions that is
called (``TorchFunctionMode``) and each operation below them (``TorchDispatchMode``), and Python
reports each function that is entered. So it does not matter under which name, or in which helper,
a forbidden thing is used.
"""

import dis
import inspect
import sys
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import CodeType, FrameType

import torch
from torch.overrides import TorchFunctionMode
from torch.utils._python_dispatch import TorchDispatchMode
from torch.utils._pytree import tree_leaves

from utils.exercises.feedback import expect

# torch's names for sums of products, and how each is written where it has a sign of its own.
MATRIX_PRODUCTS = {
    **dict.fromkeys(("matmul", "__matmul__", "__rmatmul__"), "@"),
    **{
        name: name
        for name in (
            *("mm", "bmm", "mv", "dot", "vdot", "vecdot", "inner", "einsum", "tensordot"),
            *("addmm", "addmv", "addbmm", "baddbmm", "chain_matmul", "linalg_multi_dot"),
            *("multi_dot", "linear", "bilinear", "conv1d", "conv2d"),
        )
    },
}

# What carries numbers out of torch, where nothing that is done to them is seen.
TO_NUMPY = {"numpy", "__array__", "__dlpack__"}
WAYS_OUT = {*TO_NUMPY, "tolist"}

BY_AUTOGRAD = {"autograd.grad": torch.autograd.grad, "backward": torch.autograd.backward}


@dataclass
class Run:
    """What happened while an answer ran.

    Attributes:
        result: what it returned.
        torch_calls: how often it called torch's functions, by their names.
        entered: the code of every Python function that was entered, also of those in libraries.
        own: how often each function was entered that lives where the answer lives: the answer
            itself, what stands inside it, and the helpers beside it.
        largest: the number of entries of the largest tensor that any operation made.
        left: the number of entries of the largest tensor that left torch, for Python or NumPy.
    """

    result: object = None
    torch_calls: Counter[str] = field(default_factory=Counter)
    entered: set[CodeType] = field(default_factory=set)
    own: Counter[CodeType] = field(default_factory=Counter)
    largest: int = 0
    left: int = 0


class _TorchCalls(TorchFunctionMode):
    def __init__(self, run: Run) -> None:
        super().__init__()
        self.run = run

    def __torch_function__(self, function, types, args=(), kwargs=None):
        self.run.torch_calls[function.__name__] += 1
        if function.__name__ in WAYS_OUT:
            self.run.left = max(self.run.left, args[0].numel())
        return function(*args, **(kwargs or {}))


class _Operations(TorchDispatchMode):
    def __init__(self, run: Run) -> None:
        super().__init__()
        self.run = run

    def __torch_dispatch__(self, operation, types, args=(), kwargs=None):
        result = operation(*args, **(kwargs or {}))
        made = (leaf.numel() for leaf in tree_leaves(result) if isinstance(leaf, torch.Tensor))
        self.run.largest = max(self.run.largest, *made, 0)
        return result


def watch(function: Callable, *arguments: object) -> Run:
    """Run an answer and note what it does."""
    run = Run()
    namespace = getattr(inspect.unwrap(function), "__globals__", None)

    def entered(frame: FrameType, event: str, argument: object) -> None:
        if event == "call":
            run.entered.add(frame.f_code)
            if frame.f_globals is namespace:
                run.own[frame.f_code] += 1

    before = sys.getprofile()
    with _Operations(run), _TorchCalls(run):
        sys.setprofile(entered)
        try:
            run.result = function(*arguments)
        finally:
            sys.setprofile(before)
    return run


def expect_no_matrix_product(run: Run, case: str) -> None:
    """Stop if an answer used ``@``, ``einsum`` or another sum of products that is ready-made."""
    for name, written in MATRIX_PRODUCTS.items():
        expect(name not in run.torch_calls, f"{case} uses `{written}`, which is not allowed here")
    # NumPy has products of its own; Python's numbers have none.
    expect(not TO_NUMPY & run.torch_calls.keys(), f"{case} goes to NumPy; compute with tensors")


def expect_not_ready_made(run: Run, forbidden: Mapping[str, Callable], case: str) -> None:
    """Stop if an answer called one of some Python functions, under whatever name."""
    for name, function in forbidden.items():
        expect(
            function.__code__ not in run.entered,
            f"{case} uses `{name}`, which is not allowed here",
        )


def expect_in_torch(run: Run, case: str, *, most: int = 0) -> None:
    """Stop if an answer took more than ``most`` numbers at once out of torch and went on there."""
    expect(
        run.left <= most,
        f"{case} takes its numbers out of torch; compute with tensors, without tolist or numpy",
    )


def expect_no_loop(run: Run, case: str) -> None:
    """Stop if a ``for``, a ``while`` or a comprehension stands in what an answer ran."""
    for code in run.own:
        jumps = {instruction.opname for instruction in dis.get_instructions(code)}
        loops = "FOR_ITER" in jumps or any(
            name.startswith(("JUMP_BACKWARD", "POP_JUMP_BACKWARD")) for name in jumps
        )
        expect(not loops, f"{case} has a loop in `{code.co_name}`, which is not allowed here")


def expect_same_effort(small: Run, large: Run, case: str) -> None:
    """Stop if an answer takes more calls for larger tensors, as a loop over entries does."""
    for calls in ("own", "torch_calls"):
        few, many = (getattr(run, calls).total() for run in (small, large))
        expect(
            few == many,
            f"{case} takes {few} calls for small tensors, {many} for large ones: "
            "a call for each row or entry is a loop, too",
        )
