"""Style steps, as a reader meets it in Chromium."""

import contextlib
import io

import pytest
import torch
from demo_page import frame, mount, mounting, read, stop_clock
from demo_stage import is_done, open_drawer

from utils.data.paintings import painting
from utils.data.photos import photo
from utils.widgets.style_steps import SIDE, StyleSteps, pictures

# The mean red, green and blue of the left and of the right half of a canvas, 0 to 255.
HALVES = """(name) => {
    const canvas = document.querySelector(name);
    const half = canvas.width / 2;
    return [0, half].map((left) => {
        const copy = document.createElement("canvas");
        [copy.width, copy.height] = [canvas.width, canvas.height];
        const pen = copy.getContext("2d", { willReadFrequently: true });
        pen.drawImage(canvas, 0, 0);
        const dots = pen.getImageData(left, 0, half, copy.height).data;
        return [0, 1, 2].map((c) => {
            let sum = 0;
            for (let i = c; i < dots.length; i += 4) sum += dots[i];
            return sum / (dots.length / 4);
        });
    });
}"""
LARGE = ".book-large canvas"
PAINTED = """() => {
    const pen = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
    pen.drawImage(document.querySelector(".book-small canvas"), 0, 0);
    return pen.getImageData(9, 9, 1, 1).data[3] > 0;
}"""
# Mark the still at a place of the film, and no other.
PUT = """(number) => document.querySelectorAll(".book-still canvas").forEach((canvas, at) => {
    canvas.toggleAttribute("data-still", at === number);
})"""
BARS = """() => [...document.querySelectorAll(".book-loss")].map((row) =>
    row.querySelector(".book-fill").getBoundingClientRect().width /
    row.querySelector(".book-lane").getBoundingClientRect().width)"""


@pytest.fixture
def show(page):
    for mounted in mounting(page, StyleSteps):

        def painted(mounted=mounted, **state):
            shown = mounted(**state)
            shown.wait_for_function(PAINTED)  # the atlas is decoded
            frame(shown)
            return shown

        yield painted


def halves(page, name=LARGE):
    return torch.tensor(page.evaluate(HALVES, name))


def means(picture):
    """What ``HALVES`` finds on a canvas with this picture."""
    return 255 * torch.stack([half.mean((1, 2)) for half in picture.chunk(2, dim=2)])


def test_the_small_pictures_are_the_photograph_and_the_painting(show):
    page = show()
    wanted = means(photo("coffee", size=SIDE, gray=False)), means(painting("strokes", size=SIDE))
    for place, each in enumerate(wanted, start=1):
        found = halves(page, f".book-small:nth-child({place}) canvas")
        assert (found - each).abs().max() < 4, place


def test_step_0_is_the_photograph_and_step_300_is_not(show):
    photograph = means(photo("coffee", size=SIDE, gray=False))
    page = show(step=0)
    assert (halves(page) - photograph).abs().max() < 4
    assert read(page, ".book-says").startswith("Nothing has moved")
    page = show(step=300, style=200)
    blue = halves(page)[:, 2].mean()
    assert blue > photograph[:, 2].mean() + 40


def test_the_curtain_covers_the_left_with_the_photograph(show):
    photograph, painted = (halves(show(step=step)) for step in (0, 300))
    page = show(step=300, curtain=50)
    found = halves(page)
    assert (found[0] - photograph[0]).abs().max() < 2
    assert (found[1] - painted[1]).abs().max() < 2
    edge = page.locator(".book-edge")
    assert edge.is_visible() and edge.evaluate("(edge) => edge.style.left") == "50%"
    assert not show(step=300).locator(".book-edge").is_visible()


def test_the_pointer_moves_the_curtain_and_lets_it_go(show):
    page = show(step=300)
    before = halves(page)
    box = page.locator(".book-large").bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + 20)
    frame(page)
    photograph = means(photo("coffee", size=SIDE, gray=False))
    found = halves(page)
    assert (found[0] - photograph[0]).abs().max() < 5
    assert (found[1] - before[1]).abs().max() < 5
    page.mouse.move(0, 0)
    frame(page)
    assert torch.equal(halves(page), before)


def test_arrow_keys_move_the_curtain_and_say_where_it_is(show):
    page = show()
    large = page.locator(".book-large")
    for key, wanted in (("ArrowRight", "10"), ("End", "100"), ("ArrowLeft", "90"), ("Home", "0")):
        large.press(key)
        frame(page)
        assert large.get_attribute("aria-valuenow") == wanted
        assert large.get_attribute("aria-valuetext") == f"{wanted} per cent photograph"


def test_the_painting_fills_the_frame_while_the_pointer_is_on_it(show):
    page = show()
    before = halves(page)
    page.locator(".book-small").nth(1).hover()
    frame(page)
    wanted = means(painting("strokes", size=SIDE))
    assert (halves(page) - wanted).abs().max() < 4
    assert page.locator(".book-loss.book-pointed").count() == 1
    assert "book-style" in page.locator(".book-loss.book-pointed").get_attribute("class")
    page.mouse.move(0, 0)
    frame(page)
    assert torch.equal(halves(page), before)


def test_bars_and_numbers_are_the_losses(show):
    for state in ({}, {"style": 2, "smooth": 10, "step": 30}, {"step": 0}):
        page, (content, style, smooth) = show(**state), StyleSteps(**state).losses
        wanted = [content / 1.5, style / 1.5, smooth / 0.25]
        assert page.evaluate(BARS) == pytest.approx(wanted, abs=0.01)
        said = page.locator(".book-loss b").all_inner_texts()
        for text, share in zip(said, (content, style, smooth), strict=True):
            assert float(text[:-2]) == pytest.approx(100 * share, rel=0.05, abs=0.006)
    mark = page.evaluate("() => document.querySelector('.book-mark').style.left")
    assert float(mark[:-1]) == pytest.approx(100 * pictures()["losses"][0][0][2] / 0.25)


def test_the_film_shows_the_kept_pictures_and_leads_to_each(show):
    page = show(style=10, smooth=0, step=30)
    stills = page.locator(".book-still")
    assert stills.all_inner_texts() == ["0", "10", "30", "100", "300"]
    assert page.locator(".book-now").all_inner_texts() == ["30"]
    for number in (4, 0, 3):
        page.evaluate(PUT, number)
        still = halves(page, "[data-still]")
        stills.nth(number).click()
        frame(page)
        assert page.locator(".book-now").all_inner_texts() == stills.nth(number).all_inner_texts()
        assert (halves(page) - still).abs().max() < 4
    page.get_by_label("Style", exact=True).press("End")
    frame(page)
    other = halves(page, "[data-still]")
    assert (other - still).abs().max() > 4
    assert (halves(page) - other).abs().max() < 4


def test_the_sentence_says_how_far_it_is(show):
    assert read(show(), ".book-says") == (
        "After 300 steps the style is 0.08 % off, no longer 146 %; the content is 112 % off."
    )


def test_the_task_is_noticed_and_play_does_not_solve_it(show):
    page = show()  # as Play leaves it
    assert not is_done(page)
    page.get_by_label("Smooth", exact=True).press("End")
    frame(page)
    assert is_done(page)


def test_play_goes_from_the_photograph_through_the_stored_steps_and_ends(fresh_page):
    stop_clock(fresh_page)
    mount(fresh_page, StyleSteps())
    frame(fresh_page)
    fresh_page.get_by_role("button", name="Play").click()
    frame(fresh_page)
    assert read(fresh_page, ".book-deck .book-value") == "0"
    for wanted in ("10", "30", "100", "300"):
        fresh_page.clock.run_for(1000)
        frame(fresh_page)
        assert read(fresh_page, ".book-deck .book-value") == wanted
    fresh_page.clock.run_for(2000)
    assert fresh_page.get_by_role("button", name="Play").is_visible()


def test_a_new_picture_fades_in_for_readers_who_want_motion(fresh_page):
    fresh_page.emulate_media(reduced_motion="no-preference")
    mount(fresh_page, StyleSteps(step=0))
    fresh_page.wait_for_function(PAINTED)
    first = halves(fresh_page)
    fresh_page.get_by_label("Steps", exact=True).press("End")
    seen = []
    for _ in range(30):
        fresh_page.wait_for_timeout(50)
        seen.append(halves(fresh_page)[:, 2].mean().item())
    start, end = first[:, 2].mean().item(), seen[-1]
    assert end > start + 20
    assert any(start + 3 < blue < end - 3 for blue in seen)


def test_the_lines_of_torch_run_and_find_the_loss_of_the_start(show):
    page = show(step=0)
    open_drawer(page, "The same in torch")
    heard = io.StringIO()
    with contextlib.redirect_stdout(heard):
        exec(page.inner_text("code"), {})
    found = float(heard.getvalue().partition("(")[2].rstrip(")\n"))
    assert found == pytest.approx(StyleSteps(step=0).losses[1], rel=0.05)
