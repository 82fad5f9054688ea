"""The Python side of the demo: its net, and what it foresees."""

import json

import pytest
import torch
import traitlets

from utils.checks import assert_same
from utils.data.texts import load_text, split_by_place
from utils.sequences.language_model import bits, mean_loss
from utils.sequences.writer import Writer
from utils.widgets.next_token import NextToken, stored_writer, vocabulary
from utils.widgets.next_token.network import foreseen, pack, unpack


def test_the_stored_net_foresees_a_text_it_has_not_seen():
    ids = split_by_place(vocabulary().encode(load_text()))[1][:4000]
    assert bits(mean_loss(stored_writer(), ids, length=64, carry=False)) < 2.3


def test_what_the_website_carries_is_small():
    assert len(json.dumps(NextToken().asset_values())) < 150_000


def test_logits_are_the_writers():
    text = "so she was considering in her own mind "
    logits, looks = foreseen(text)
    ids = vocabulary().encode(text)[None]
    with torch.no_grad():
        wanted = stored_writer(torch.float64)(ids)[0][0, -1]
    assert_same(logits, wanted)
    assert looks.shape == (2, 4, len(text))
    assert_same(looks.sum(-1), torch.ones(2, 4).double())
    with pytest.raises(ValueError, match="at least one character"):
        foreseen("")


def test_a_byte_is_enough():
    torch.manual_seed(0)
    writer = Writer(5, width=8, heads=2)
    state = unpack(pack(writer))
    for name, part in writer.state_dict().items():
        step = part.abs().amax(-1, keepdim=True).double() / 127
        assert ((state[name] - part.double()).abs() <= 0.51 * step + 6e-5).all()


def test_q_wants_u():
    demo = NextToken(text="the q", temperature=1.0)
    assert vocabulary().characters[demo.chances.argmax()] == "u"
    assert demo.chances.sum().item() == pytest.approx(1)


def test_draws_follow_the_chances():
    demo, drawn = NextToken(text="said the cat"), []
    for dice in range(100):
        demo.dice = dice
        drawn.append(demo.following)
    for place, character in enumerate(vocabulary().characters):
        assert abs(drawn.count(character) / 100 - demo.chances[place]) < 0.15
    assert len(set(drawn)) > 2
    demo.temperature = 0.0
    assert demo.following == "e"


def test_looks_are_the_mean_or_one_head():
    demo = NextToken(text="alice was")
    mean = demo.looks
    rows = []
    for head in range(1, 9):
        demo.head = head
        rows.append(demo.looks)
    assert_same(torch.stack(rows).mean(0), mean)
    assert_same(torch.stack(rows).view(2, 4, -1), foreseen("alice was")[1])


def test_large_letters_are_made_small():
    assert NextToken(text="Alice!").text == "alice!"


@pytest.mark.parametrize(
    "bad",
    [
        {"text": ""},
        {"text": 191 * "a"},
        {"text": "3 mice"},
        {"text": None},
        {"temperature": -0.1},
        {"temperature": 2.1},
        {"head": 9},
        {"head": -1},
        {"dice": 100},
    ],
)
def test_settings_out_of_range_are_refused(bad):
    with pytest.raises(traitlets.TraitError):
        NextToken(**bad)
