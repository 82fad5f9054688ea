"""Float bits, as a reader meets it in Chromium."""

import math

import pytest
import torch
from demo_page import frame, mounting
from demo_stage import is_done

from utils.widgets.float_bits import FloatBits


@pytest.fixture
def show(page):
    yield from mounting(page, FloatBits)


def share(exponent):
    return 100 * (exponent + 47) / 94


def bits(page):
    return "".join(page.locator(".book-bit").all_inner_texts())


def dots(page):
    return page.evaluate(
        "[...document.querySelectorAll('.book-dot')].map((dot) => parseFloat(dot.style.left))"
    )


def test_two_presses_before_the_page_draws_both_count(show):
    page = show()
    page.evaluate("[0, 15].forEach((at) => document.querySelectorAll('.book-bit')[at].click())")
    frame(page)
    assert bits(page) == "1010111001100111"


def test_a_press_turns_a_bit_round_in_both_readings(show):
    page = show()
    assert bits(page) == "0010111001100110"
    page.locator(".book-bit").nth(0).click()
    page.locator(".book-bit").nth(15).press("Enter")
    frame(page)
    assert bits(page) == "1010111001100111"
    demo = FloatBits(code=0b1010111001100111)
    half, brain = page.locator(".book-readout strong").all_inner_texts()
    assert half == f"= −{abs(demo.float16):.5g}"
    assert brain.startswith("= −5.2")
    pressed = page.locator(".book-bit[aria-pressed=true]").count()
    assert pressed == bits(page).count("1")


def test_the_slider_moves_the_exponent(show):
    page = show()
    page.get_by_label("float16 exponent").press("ArrowRight")
    frame(page)
    assert bits(page) == "0011001001100110"
    assert page.locator(".book-deck output").inner_text() == "2⁻³"


def test_the_dots_stand_at_the_logarithms(show):
    for code in (0x2E66, 0x7BFF, 0x0001):
        demo = FloatBits(code=code)
        found = dots(show(code=code))
        wanted = [share(math.log10(x)) for x in (demo.float16, demo.bfloat16)]
        assert found == pytest.approx(wanted, abs=1e-3)


def test_zero_stands_left_infinity_right_and_nan_nowhere(show):
    assert dots(show(code=0)) == pytest.approx([share(-43), share(-43)])
    assert dots(show(code=0x7C00))[0] == pytest.approx(share(43))
    page = show(code=0x7FFF)
    assert page.locator(".book-dot.book-none").count() == 2


def test_play_doubles_up_to_the_last_exponent(show):
    page = show(code=0x7000)
    page.get_by_role("button", name="Play").click()
    page.wait_for_function("document.querySelector('.book-play').innerText.trim() === 'Play'")
    assert bits(page).startswith("011110")
    page.get_by_role("button", name="Play").click()
    frame(page)
    assert bits(page).startswith("000000")


def test_the_task_is_done_at_two_and_not_at_zero(show):
    page = show(code=0)
    assert not is_done(page)
    page.locator(".book-bit").nth(1).click()
    frame(page)
    assert is_done(page)
    assert page.locator(".book-readout strong").all_inner_texts() == ["= 2", "= 2"]
    assert not is_done(show(code=0x4001))


def test_the_two_formats_agree_at_the_zeros_and_at_two_alone():
    codes = torch.arange(2**16).to(torch.int16)
    half, brain = (codes.view(dtype).double() for dtype in (torch.float16, torch.bfloat16))
    assert half[half == brain].tolist() == [0, 2, 0, -2]
