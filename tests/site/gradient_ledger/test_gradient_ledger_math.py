"""The arithmetic of the demo, against torch's autograd."""

import random

import torch

from utils.widgets.gradient_ledger import CLEARS, CUTS, MOST, GradientLedger, W, X, forward


def histories(count):
    draw = random.Random(0)
    yield from ([entry] for entry in (*CUTS, *CLEARS))
    for _ in range(count):
        yield [draw.choice([*CUTS, *CLEARS]) for _ in range(draw.randint(0, MOST))]


def test_gradients_after_each_line_are_those_of_torch(open_module):
    tried = list(histories(200))
    module = open_module("gradient_ledger/math")
    ours = module.call_each([("ledger", entries) for entries in tried])
    ends = module.call_each([("standing", entries) for entries in tried])
    for entries, lines, end in zip(tried, ours, ends, strict=True):
        history = GradientLedger(entries=entries).history
        assert [(line["w"], line["x"]) for line in lines] == history
        assert (end["w"], end["x"]) == (history[-1] if history else (None, None))
        last = max((at for at, entry in enumerate(entries) if entry in CLEARS), default=-1)
        assert [line["entry"] for line in end["since"]] == entries[last + 1 :]


def test_what_flows_along_each_edge_is_what_torch_sends(open_module):
    flows = open_module("gradient_ledger/math").call_each([("flows", cut) for cut in CUTS])
    for cut, ours in zip(CUTS, flows, strict=True):
        # Leaves of its own for each place where x is read: none of them is shared.
        w, x = (torch.tensor(value, requires_grad=True) for value in (W, X))
        loss = forward(cut, w, x)
        assert ours["refused"] == (not loss.requires_grad)
        if ours["refused"]:
            assert all(ours[edge] is None for edge in ("product", "toW", "viaP", "direct"))
            continue
        loss.backward()
        assert ours["toW"] == (None if w.grad is None else w.grad.item())
        assert sum(ours[edge] or 0 for edge in ("viaP", "direct")) == x.grad.item()
        alone = torch.tensor(X, requires_grad=True)
        (W * X + 4 * alone).backward()
        assert ours["direct"] in (None, alone.grad.item())
        assert (ours["direct"] is None) == (cut == "x in L")
        assert ours["product"] == (None if w.grad is None else 1)


def test_the_names_and_numbers_are_those_of_python(open_module):
    module = open_module("gradient_ledger/math")
    for name, ours in (("CUTS", list(CUTS)), ("MOST", MOST), ("W", W), ("X", X)):
        assert module.evaluate(f"(module) => module.{name}") == ours
