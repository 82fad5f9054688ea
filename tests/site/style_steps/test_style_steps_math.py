"""The pure functions of the demo, against Python's."""

import itertools

import pytest

from utils.widgets.style_steps import SMOOTHS, STOPS, STYLES, StyleSteps, pictures


@pytest.fixture(scope="module")
def module(open_module):
    return open_module("style_steps/math")


def test_each_setting_has_the_losses_that_python_has(module):
    settings = [
        {"style": style, "smooth": smooth, "step": step}
        for style, smooth, step in itertools.product(STYLES, SMOOTHS, STOPS)
    ]
    losses = pictures()["losses"]
    found = module.call_each([("lossesOf", losses, setting) for setting in settings])
    assert found == [StyleSteps(**setting).losses for setting in settings]
    tiles = module.call_each([("tileOf", setting) for setting in settings])
    assert tiles == [[row, column] for row in range(12) for column in range(5)]


def test_one_pair_of_weights_is_what_the_task_asks_for(module):
    losses = pictures()["losses"]
    reached = [
        (style, smooth, step)
        for style, smooth, step in itertools.product(STYLES, SMOOTHS, STOPS)
        if module.call("isReached", losses, {"style": style, "smooth": smooth, "step": step})
    ]
    assert reached == [(40, 10, 100), (40, 10, 300)]


def test_shares_are_written_with_two_digits_or_more(module):
    shares = [0, 1.332, 0.9601, 0.0654, 0.00193, 0.0002672, 0.1]
    found = module.call_each([("percent", share) for share in shares])
    assert found == ["0 %", "133 %", "96 %", "6.5 %", "0.19 %", "0.03 %", "10 %"]
