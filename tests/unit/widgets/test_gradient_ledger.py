"""The Python side of the demo."""

import pytest
import traitlets

from utils.widgets.gradient_ledger import CUTS, MOST, GradientLedger


@pytest.mark.parametrize(
    ("entries", "grads"),
    [
        ([], []),
        (["nothing"], [(3, 6)]),
        (["nothing", "nothing"], [(3, 6), (6, 12)]),
        (["nothing", "None"], [(3, 6), (None, None)]),
        (["p", "zeros"], [(None, 4), (None, 0)]),
        (["x in p", "x in L"], [(3, 4), (6, 6)]),
        (["no_grad p"], [(None, 4)]),
        (["nothing", "no_grad"], [(3, 6), (3, 6)]),
    ],
)
def test_what_stands_in_grad_after_each_line(entries, grads):
    assert GradientLedger(entries=entries).history == grads


@pytest.mark.parametrize(
    "bad",
    [
        {"cut": "w"},
        {"entries": ["w"]},
        {"entries": ["nothing"] * (MOST + 1)},
        {"zeros": "no"},
    ],
)
def test_what_is_no_line_of_a_ledger_is_refused(bad):
    with pytest.raises(traitlets.TraitError):
        GradientLedger(**bad)


def test_each_cut_is_a_line():
    assert all(len(GradientLedger(entries=[cut]).history) == 1 for cut in CUTS)
