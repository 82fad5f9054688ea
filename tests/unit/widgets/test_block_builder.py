"""The Python side of the demo; its counts are compared with torch beside those of the module."""

import pytest
import traitlets

from utils.widgets.block_builder import BlockBuilder


def test_blocks_are_kept_in_one_form():
    demo = BlockBuilder(architecture=[[2, 64], (1, 8)])
    assert demo.architecture == "((2, 64), (1, 8))"
    demo.architecture = "(1,4), (2,8),"
    assert demo.architecture == "((1, 4), (2, 8))"


def test_blocks_are_built_from_the_first_on_and_no_further_than_one_pixel():
    demo = BlockBuilder(shown=2)
    assert demo.blocks == ((2, 64), (2, 128))
    demo = BlockBuilder(architecture="(1, 1), " * 7, side=32)
    assert len(demo.blocks) == 5
    assert len(BlockBuilder(architecture="(1, 1), " * 7).blocks) == 7


def test_the_dense_share_falls_with_each_block():
    shares = [BlockBuilder(shown=shown).dense_share for shown in range(1, 6)]
    assert shares == sorted(shares, reverse=True)
    assert shares[-1] == pytest.approx(123_642_856 / 138_357_544)


@pytest.mark.parametrize(
    "bad", ["", "(2, 64)", "((0, 1),)", "((1, 2, 3),)", "((True, 4),)", "((9, 1),)", "1", None, 3]
)
def test_a_text_that_holds_no_blocks_is_refused(bad):
    with pytest.raises(traitlets.TraitError, match="pairs"):
        BlockBuilder(architecture=bad)


@pytest.mark.parametrize("bad", [{"shown": 0}, {"dense": 100}, {"side": 100}])
def test_a_setting_out_of_range_is_refused(bad):
    with pytest.raises(traitlets.TraitError):
        BlockBuilder(**bad)
