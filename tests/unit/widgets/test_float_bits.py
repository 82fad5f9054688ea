"""The Python side of the demo."""

import math

import pytest
import traitlets

from utils.widgets.float_bits import FloatBits


def test_it_opens_on_a_tenth():
    demo = FloatBits()
    assert demo.float16 == (1 + 614 / 1024) / 16
    assert demo.bfloat16 == (1 + 102 / 128) * 2.0 ** (0b01011100 - 127)


def test_both_readings_follow_the_bits():
    demo = FloatBits(code=0)
    assert demo.float16 == demo.bfloat16 == 0
    demo.code = 0x7BFF
    assert demo.float16 == 65504
    demo.code = 0x7C00
    assert demo.float16 == math.inf and demo.bfloat16 < math.inf
    demo.code = 0xFF80
    assert math.isnan(demo.float16) and demo.bfloat16 == -math.inf
    demo.code = 0x8001
    assert demo.float16 == -(2.0**-24) and demo.bfloat16 == -(2.0**-133)


@pytest.mark.parametrize("bad", [-1, 2**16, 1.5, "1", None])
def test_codes_of_more_bits_are_refused(bad):
    with pytest.raises(traitlets.TraitError):
        FloatBits(code=bad)
