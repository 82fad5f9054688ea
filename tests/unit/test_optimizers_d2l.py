"""The plain step of the page on optimisers, beside d2l's; d2l 0.17 ships no other optimiser."""

import ast

import nbformat
import pytest
import torch
from d2l import torch as d2l

from tools.files import ROOT
from utils.checks import assert_same
from utils.repro import seeded

PAGE = ROOT / "chapters" / "06-optimization" / "optimizers.ipynb"


def defined_on_the_page(name):
    """Return the function that a cell of the page defines under this name."""
    for cell in nbformat.read(PAGE, as_version=4).cells:
        if cell.cell_type == "code" and f"def {name}(" in cell.source:
            (made,) = [
                node
                for node in ast.parse(cell.source).body
                if isinstance(node, ast.FunctionDef) and node.name == name
            ]
            space = {"torch": torch}
            exec(compile(ast.Module([made], []), PAGE.name, "exec"), space)
            return space[name]
    raise LookupError(f"no cell defines {name}")


@pytest.mark.parametrize("batch_size", [1, 8])
def test_plain_steps_are_those_of_d2l(batch_size):
    sgd = defined_on_the_page("sgd")
    start = torch.randn(2, 5, generator=seeded(0), dtype=torch.float64)
    rates = [0.1] * 60 + [0.02] * 40
    theirs, places = [part.clone().requires_grad_() for part in start], []
    for lr in rates:
        (batch_size * sum((w**2).sum() for w in theirs)).backward()  # d2l divides by the batch
        d2l.sgd(theirs, lr, batch_size)
        places.append(torch.stack([w.detach().clone() for w in theirs]))
    assert_same(torch.stack([*sgd(start, lambda w: 2 * w, rates)]), torch.stack(places))
