"""The Python side of the demo: what is left, what was learned, what comes next."""

import pytest
import traitlets

from utils.widgets.pair_merger import MOST, PairMerger, shown


def test_merges_by_hand():
    demo = PairMerger(text="low low lower new", step=0)
    assert demo.tokens == [*"low low lower new"] and demo.learned == []
    assert demo.pairs[:2] == [(("l", "o"), 3), (("o", "w"), 3)]
    demo.step = 3
    assert demo.learned == ["lo", "low", " low"]
    assert demo.tokens == ["low", " low", " low", "e", "r", " ", "n", "e", "w"]
    demo.step = MOST  # learning has ended
    assert demo.learned == ["lo", "low", " low"] and demo.pairs[0][1] == 1


def test_words_stay_apart_unless_they_may_be_joined():
    text = "to be to be to be"
    assert not any(" " in token[1:] for token in PairMerger(text=text, step=MOST).tokens)
    joined = PairMerger(text=text, step=MOST, apart=False)
    assert "".join(joined.tokens) == text and len(joined.tokens) < 6
    assert PairMerger(text="ab", step=0, apart=False).tokens == ["a", "b"]


def test_parts_of_a_character_are_numbers():
    demo = PairMerger(text="éé", step=0)
    assert demo.tokens == ["C3", "A9", "C3", "A9"]
    demo.step = 1
    assert demo.tokens == ["é", "é"] == demo.learned * 2
    assert demo.pairs == [(("é", "é"), 1)]
    assert shown(b"\x0a") == "\n" and shown(b"\x8a") == "8A"


def test_the_task_can_be_solved_and_is_not_solved_at_first():
    assert PairMerger(text="a" * 32, step=4).tokens == ["a" * 16] * 2
    assert len(PairMerger(text="a" * 32, step=3).tokens) == 4
    assert len(PairMerger(step=MOST).tokens) == 18


@pytest.mark.parametrize(
    "bad",
    [
        {"text": ""},
        {"text": "a\nb"},
        {"text": "a" * 49},
        {"text": "é" * 25},
        {"text": None},
        {"text": b"ab"},
        {"step": -1},
        {"step": MOST + 1},
        {"apart": None},
    ],
)
def test_settings_out_of_range_are_refused(bad):
    with pytest.raises(traitlets.TraitError):
        PairMerger(**bad)
