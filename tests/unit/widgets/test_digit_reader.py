"""The Python side of the demo."""

import pytest
import torch
import traitlets

from utils.mnist_view import mnist_view
from utils.widgets.digit_reader import DigitReader, examples
from utils.widgets.digit_reader.nets import FILE, NETS, trained
from utils.widgets.kit.ink import as_picture


def test_both_networks_know_centred_examples():
    said = [DigitReader(drawing=name, centred=True, moved=0).says for name in examples()]
    assert [says["lenet"] for says in said] == list(range(10))
    assert sum(says["mlp"] == label for label, says in enumerate(said)) >= 9


def test_it_opens_on_a_digit_that_the_mlp_misreads_and_centring_helps():
    demo = DigitReader()
    assert demo.says == {"mlp": 0, "lenet": 2}
    assert demo.probabilities["mlp"][0] > 0.75 and demo.probabilities["lenet"][2] > 0.95
    demo.centred = True
    assert demo.says == {"mlp": 2, "lenet": 2}


def test_the_drawing_is_moved_before_it_is_centred():
    ink = as_picture(examples()["7"])
    demo = DigitReader(drawing="7", moved=(-2, 4))
    wanted = torch.zeros(28, 28, dtype=torch.float64)
    wanted[:-2, 4:] = ink[2:, :-4]
    assert torch.equal(demo.seen, wanted)
    demo.centred = True
    assert torch.equal(demo.seen, mnist_view(wanted))


def test_the_numbers_come_from_the_networks():
    demo = DigitReader(drawing="4", moved=(1, 1))
    for name in NETS:
        logits = trained(name, torch.float64)(demo.seen[None, None])[0]
        assert torch.equal(demo.logits[name], logits)
        assert demo.probabilities[name].sum().item() == pytest.approx(1)
    assert FILE.stat().st_size < 160_000


@pytest.mark.parametrize(
    "bad", [{"drawing": "x"}, {"drawing": torch.ones(8, 8)}, {"moved": 9}, {"centred": "yes"}]
)
def test_settings_that_do_not_exist_are_refused(bad):
    with pytest.raises(traitlets.TraitError):
        DigitReader(**bad)
