"""Draw a digit, as a reader meets it in Chromium."""

import pytest
import torch
from demo_input import drag, middle, press, tab_order
from demo_page import code_lines, frame, mounting, read
from demo_stage import is_done, open_drawer

from utils.checks import assert_same
from utils.widgets.draw_digit import DrawDigit
from utils.widgets.kit.small_digits import examples

STEPS = {"left": (0, -1), "up": (-1, 0), "down": (1, 0), "right": (0, 1)}
INK = """() => [...document.querySelectorAll(".book-ink")]
    .map((cell) => 16 * Number(cell.style.getPropertyValue("--share")))"""
SHARES = """(selector) => [...document.querySelectorAll(`${selector} [role=option]`)]
    .map((node) => Number(node.style.getPropertyValue("--share")))"""
BLANK = torch.zeros(8, 8)
DOUBLE = torch.float64


@pytest.fixture
def show(page):
    yield from mounting(page, DrawDigit)


@pytest.fixture
def demo():
    return DrawDigit()


def shares(page, selector):
    return torch.tensor(page.evaluate(SHARES, selector), dtype=DOUBLE)


def ink_at(page):
    return {place: ink for place, ink in enumerate(page.evaluate(INK)) if ink}


def cell(page, place):
    return middle(page.locator(".book-ink").nth(place))


def test_bars_and_tiles_show_what_the_network_gives(show):
    for drawing in examples().values():
        demo = DrawDigit(drawing=drawing)
        page = show(drawing=drawing)
        assert_same(shares(page, ".book-classes"), demo.probabilities)
        assert_same(shares(page, ".book-units"), demo.hidden / demo.hidden.max())
        said = page.locator(".book-said")
        assert said.get_attribute("aria-label").startswith(f"class {demo.probabilities.argmax()}:")
        assert said.count() == 1


def test_a_drag_paints_a_line_without_gaps_and_the_bars_follow(show):
    page = show(drawing=BLANK, moved=(2, 1))
    before = shares(page, ".book-classes")
    page.mouse.move(*cell(page, 11))
    page.mouse.down()
    page.mouse.move(*cell(page, 51))
    frame(page)
    page.mouse.up()
    ink = ink_at(page)
    assert [place for place, dark in ink.items() if dark == 16] == [11, 19, 27, 35, 43, 51]
    assert {ink[place] for place in (3, 10, 12, 50, 52, 59)} == {7}
    assert not torch.equal(shares(page, ".book-classes"), before)
    rows = torch.tensor(page.evaluate(INK), dtype=DOUBLE).view(8, 8)
    assert_same(shares(page, ".book-classes"), DrawDigit(drawing=rows).probabilities)
    # A pointer that is not down paints nothing.
    page.mouse.move(*cell(page, 63))
    frame(page)
    assert ink_at(page) == ink
    assert page.get_by_label("Digit", exact=True).input_value() == "own"


def test_keys_move_a_cursor_and_space_paints(show):
    page = show(drawing=BLANK)
    pad = page.locator(".book-pad")
    for key in ("Home", "ArrowUp", "ArrowRight", " "):
        pad.press(key)
    frame(page)
    assert [place for place, dark in ink_at(page).items() if dark == 16] == [2 * 8 + 1]
    assert pad.get_attribute("aria-label").startswith("Drawing: ink 16 of 16 at row 2, column 1.")
    pad.press("ArrowDown")
    frame(page)
    assert pad.get_attribute("aria-label").startswith("Drawing: ink 7 of 16 at row 3, column 1.")


def test_painting_keeps_a_moved_drawing_where_it_is(show):
    drawing = BLANK.clone()
    drawing[0, 0] = 16
    page = show(drawing=drawing, moved=(0, 5))
    page.mouse.click(*cell(page, 56))
    frame(page)
    assert [place for place, dark in ink_at(page).items() if dark == 16] == [5, 56]


def test_pointing_at_a_unit_lays_its_weights_over_the_drawing(show, demo):
    page = show()
    marks = page.locator(".book-weight")
    assert marks.first.is_hidden()
    page.locator(".book-units [role=option]").nth(7).hover()
    frame(page)
    weights = demo.tensors[0][7]
    sides = marks.evaluate_all(
        "(all) => all.map((mark) => +mark.style.getPropertyValue('--side'))"
    )
    sides = torch.tensor(sides, dtype=DOUBLE)
    assert_same(sides.square(), weights.abs() / weights.abs().max())
    against = marks.evaluate_all("(all) => all.map((mark) => mark.matches('.book-against'))")
    assert against == (weights < 0).tolist()
    assert f"sends on {demo.hidden[7]:.2f}" in read(page, ".book-says")
    page.mouse.move(1, 1)
    frame(page)
    assert marks.first.is_hidden()


def test_lines_lead_from_the_units_that_speak_for_a_class_or_against_it(show, demo):
    page = show()
    votes = demo.tensors[2] * demo.hidden  # (10, 40)
    lines = """() => [...document.querySelectorAll(".book-votes path")].map((path) =>
        [path.classList.contains("book-against") ? -1 : 1, parseFloat(path.style.strokeWidth)])"""

    def wanted(one):
        shares = one / one.abs().max()
        return 4 * shares[shares.abs() > 0.06]

    def seen():
        found = page.evaluate(lines)
        return torch.tensor([sign * width for sign, width in found], dtype=DOUBLE)

    assert_same(seen(), wanted(votes[3]), atol=1e-4)
    page.locator(".book-classes [role=option]").nth(8).hover()
    frame(page)
    assert_same(seen(), wanted(votes[8]), atol=1e-4)
    assert read(page, ".book-says").startswith("The 8 gets ")
    unit = demo.hidden.argmax().item()
    page.locator(".book-units [role=option]").nth(unit).hover()
    frame(page)
    assert_same(seen(), wanted(votes[:, unit]), atol=1e-4)


def test_arrow_keys_choose_units_and_classes(show):
    page = show()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    selected = page.locator("[aria-selected=true]")
    for key, name in (
        ("ArrowDown", "unit 5:"),
        ("ArrowRight", "unit 6:"),
        ("End", "unit 39:"),
        ("ArrowDown", "unit 39:"),
        ("Home", "unit 0:"),
        ("Tab", "class 0:"),
        ("ArrowDown", "class 1:"),
    ):
        page.keyboard.press(key)
        frame(page)
        assert selected.get_attribute("aria-label").startswith(name)
        assert selected.count() == 1
    page.keyboard.press("Tab")
    frame(page)
    assert selected.count() == 0


def test_the_keyboard_goes_from_the_drawing_to_the_controls(show):
    names = tab_order(show())
    assert names[1:4] == ["Hidden units", "Classes", "Play"]
    assert names[5:11] == ["Digit", "Clear", *(f"Move {way}" for way in STEPS)]


def test_a_pixel_is_enough_to_solve_the_task(show, demo):
    for name, step in STEPS.items():
        page = show()
        assert not is_done(page)
        press(page, f"Move {name}")
        demo.moved = step
        said = demo.probabilities.argmax().item()
        assert is_done(page) == (said != 3)
        told = read(page, ".book-says")
        assert f"a {said} for the network" in told
        assert told.endswith("In its old place it was a 3.") == (said != 3)
    press(page, "Reset")
    assert not is_done(page)
    assert read(page, ".book-says").startswith("A 3, says the network: ")


def test_two_steps_or_a_blank_drawing_do_not_solve_it(show):
    page = show(moved=(2, 0))
    assert not is_done(page)
    page = show(drawing=BLANK)
    press(page, "Move up")
    assert not is_done(page)
    assert read(page, ".book-says").startswith("Nothing is drawn. The biases alone say ")


def test_digits_are_chosen_and_cleared(show):
    page = show(moved=(1, 1), drawn=3)
    page.get_by_label("Digit", exact=True).select_option("8")
    frame(page)
    assert page.evaluate(INK) == [ink for row in examples()["8"] for ink in row]
    press(page, "Clear")
    assert ink_at(page) == {}
    assert page.get_by_label("Digit", exact=True).input_value() == "own"


def test_play_draws_the_digit_stroke_by_stroke(fresh_page):
    page = fresh_page
    page.clock.install()
    with_play = mounting(page, DrawDigit)
    page = next(with_play)()
    whole = ink_at(page)
    page.get_by_role("button", name="Play").click()
    counts = []
    for _ in range(len(whole) + 2):
        page.clock.run_for(160)
        ink = ink_at(page)
        counts.append(len(ink))
        assert ink.items() <= whole.items()
    assert counts == sorted(counts)
    assert counts[0] < 3
    assert ink_at(page) == whole
    page.get_by_role("button", name="Play").wait_for()  # it has stopped


def test_the_code_gives_the_probabilities(show):
    for state in ({}, {"moved": (0, -1)}, {"drawing": BLANK}):
        page = show(**state)
        found = {"torch": torch}
        open_drawer(page, "The same in torch")
        *before, last = code_lines(page)
        exec("\n".join([*before, f"found = {last}"]), found)
        assert_same(found["found"].double(), DrawDigit(**state).probabilities, atol=1e-3)
        said = DrawDigit(**state).probabilities.argmax()
        assert_same(found["logits"][said].double(), DrawDigit(**state).logits[said], atol=1e-3)


def test_a_network_of_ones_own_is_shown(show):
    layers = [torch.ones(1, 64), torch.zeros(1), torch.arange(10.0)[:, None], torch.zeros(10)]
    page = show(drawn=64, layers=layers)
    assert shares(page, ".book-classes").argmax() == 9
    assert page.locator(".book-units [role=option]").count() == 1


def test_painting_by_drag_is_undone_by_reset(show):
    page = show()
    whole = ink_at(page)
    drag(page, cell(page, 0), cell(page, 63))
    page.mouse.up()
    frame(page)
    assert ink_at(page) != whole
    press(page, "Reset")
    assert ink_at(page) == whole
