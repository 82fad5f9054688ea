"""What the Python side of the demo computes, against formulas."""

import math

import pytest
import torch
import traitlets

from utils.widgets.gate_taps import CANDIDATES, STEPS, GateTaps


def sigmoid(a):
    return 1 / (1 + math.exp(-a))


@pytest.mark.parametrize(
    "state",
    [{}, {"mark": 3, "keep": -2.0}, {"idle": 4.0, "marked": -4.0, "mark": 4, "show": -1.0}],
)
def test_contents_are_those_of_the_formula(state):
    demo = GateTaps(**state)
    f, o = sigmoid(demo.keep), sigmoid(demo.show)
    c, kept, shown = 0.0, [0.0], []
    for step, g in enumerate(CANDIDATES, start=1):
        c = f * c + sigmoid(demo.marked if step == demo.mark else demo.idle) * g
        kept.append(c)
        shown.append(o * math.tanh(c))
    for ours, wanted in ((demo.cells, kept), (demo.shown, shown)):
        torch.testing.assert_close(torch.tensor(ours), torch.tensor(wanted))
    g = CANDIDATES[demo.mark - 1]
    for step, part in enumerate(demo.of_mark, start=1):
        far = step - demo.mark
        assert math.isclose(part, (far >= 0) * sigmoid(demo.marked) * g * f**far, abs_tol=1e-9)
    gradients = torch.tensor([f ** (STEPS - step) for step in range(STEPS + 1)])
    torch.testing.assert_close(torch.tensor(demo.gradients), gradients)


def test_the_last_content_is_made_of_its_shares():
    demo = GateTaps(mark=2)
    total = sum(share * g for share, g in zip(demo.shares, CANDIDATES, strict=True))
    assert math.isclose(total, demo.cells[-1], rel_tol=1e-9)
    nudged = GateTaps(mark=2, marked=1.001).cells[-1] - demo.cells[-1]
    slope = sigmoid(1) * (1 - sigmoid(1)) * CANDIDATES[1] * sigmoid(1) ** 6
    assert math.isclose(nudged / 0.001, slope, rel_tol=1e-2)


@pytest.mark.parametrize(
    "bad", [{"keep": 7}, {"idle": -6.5}, {"mark": 0}, {"mark": 5}, {"at": 9}, {"show": "open"}]
)
def test_impossible_settings_are_refused(bad):
    with pytest.raises(traitlets.TraitError):
        GateTaps(**bad)
