"""The class maps, as a reader meets them in Chromium."""

import contextlib
import io

import pytest
import torch
from demo_page import frame, mounting, read, stop_clock
from demo_stage import is_done, open_drawer
from module_page import mount

from utils.widgets.class_maps import ClassMaps
from utils.widgets.class_maps.network import trained

GLOW = """(selector) => [...document.querySelectorAll(selector)].map((canvas) => {
    const { width, height } = canvas;
    return [...canvas.getContext("2d").getImageData(0, 0, width, height).data];
})"""
AMBER, BLUE = (255, 176, 0), (86, 180, 233)


@pytest.fixture
def show(page):
    yield from mounting(page, ClassMaps)


def strengths(data, colour):
    """Opacities of a canvas that has one colour, where it can be read back."""
    pixels = torch.tensor(data).view(-1, 4)
    seen = pixels[pixels[:, 3] > 60]
    assert ((seen[:, :3] - torch.tensor(colour)).abs() <= 4).all()
    return pixels[:, 3]


def test_it_opens_on_two_digits_that_are_found(show):
    page, demo = show(), ClassMaps()
    one, other = demo.scores.topk(2).indices.tolist()
    assert {one, other} == {int(demo.first), int(demo.second)}
    assert read(page, ".book-lead b") == demo.first
    assert read(page, ".book-maps .book-second b") == demo.second
    assert f"map {one} (mean {demo.scores[one].item():.1f})" in read(page, ".book-says")
    assert "Each glows where its digit lies" in read(page, ".book-says")
    assert not is_done(page)


def test_the_small_maps_glow_as_torch_says(show):
    page, demo = show(), ClassMaps()
    top = demo.maps.max()
    for label, data in enumerate(page.evaluate(GLOW, ".book-maps .book-glow")):
        wanted = (255 * (demo.maps[label] / top).clamp(0, 1)).flatten()
        found = strengths(data, BLUE if str(label) == demo.second else AMBER)
        assert (found - wanted).abs().max() <= 1
    texts = [text.replace("\u2212", "-") for text in page.locator(".book-mean").all_inner_texts()]
    assert all(
        abs(float(text) - score) <= 0.0501
        for text, score in zip(texts, demo.scores.tolist(), strict=True)
    )


def test_each_mean_is_shown_as_a_sum_that_is_divided(show):
    page, demo = show(), ClassMaps()
    rows = page.locator(".book-sums > div")
    looks = rows.locator("i").evaluate_all("(nodes) => nodes.map((node) => node.className)")
    assert looks == ["book-lead", "book-second"]
    for text, label in zip(rows.all_inner_texts(), (demo.first, demo.second), strict=True):
        assert text.strip() == division(demo, int(label))
    page.locator(".book-maps [role=option]").nth(3).hover()
    frame(page)
    assert rows.inner_text().strip() == division(demo, 3)


def division(demo, label):
    """How the mean of a class map comes about, in words."""
    numbers = demo.maps[label]
    text = f"sum {numbers.sum().item():.0f} / {numbers.numel()} = {numbers.mean().item():.1f}"
    return f"Map {label}: {text}".replace("-", "\u2212")


def test_the_large_picture_has_both_maps(show):
    page, demo = show(), ClassMaps()
    top = demo.maps.max()
    lead = demo.scores.topk(2).indices
    wanted = (255 * (demo.maps[lead].amax(0) / top).clamp(0, 1)).flatten()
    (data,) = page.evaluate(GLOW, ".book-sight .book-glow")
    assert (torch.tensor(data).view(-1, 4)[:, 3] - wanted).abs().max() <= 1


def test_a_colour_stays_with_its_digit_whichever_leads(show):
    for column in (2, 15):
        page, demo = show(at_first=(1, column)), ClassMaps(at_first=(1, column))
        six_leads = demo.scores.argmax() == int(demo.second)
        assert six_leads == (column == 2)
        assert read(page, ".book-lead b") == demo.first
        assert read(page, ".book-maps .book-second b") == demo.second


def test_a_mistaken_class_takes_the_colour_that_is_left(open_module):
    pairs = {(4, 6): [4, 6], (6, 4): [4, 6], (6, 1): [1, 6], (1, 4): [4, 1], (1, 6): [1, 6]}
    digits = {"first": "4", "second": "6"}
    module = open_module("class_maps/words")
    calls = [("inOrder", [*lead], digits) for lead in pairs]
    assert module.call_each(calls) == [*pairs.values()]
    alone = {"first": "4", "second": "none"}
    assert module.call_each([("inOrder", [4, 6], alone)]) == [[4, 6]]


def test_pointing_at_a_map_lays_it_over_the_picture(show):
    page, demo = show(), ClassMaps()
    page.get_by_role("option", name="class 8").hover()
    frame(page)
    (data,) = page.evaluate(GLOW, ".book-sight .book-glow")
    wanted = (255 * (demo.maps[8] / demo.maps.max()).clamp(0, 1)).flatten()
    assert (strengths(data, AMBER) - wanted).abs().max() <= 1
    assert read(page, ".book-says").startswith("Map 8: its mean")


def test_a_drag_moves_the_digit_and_stops_at_the_rim(show):
    page = show(at_first=(2, 3), at_second=(18, 18))
    box = page.locator(".book-sight").bounding_box()
    pixel = box["width"] / 32
    handle = page.locator(".book-handle").first
    page.mouse.move(box["x"] + 8.5 * pixel, box["y"] + 6.5 * pixel)
    page.mouse.down()
    page.mouse.move(box["x"] + 12.5 * pixel, box["y"] + 5.5 * pixel)
    frame(page)
    assert "row 1, column 7 of 32" in handle.get_attribute("aria-label")
    page.mouse.move(box["x"] + 40 * pixel, box["y"] + 5.5 * pixel)
    frame(page)
    assert "row 1, column 18 of 32" in handle.get_attribute("aria-label")
    page.mouse.up()


def test_arrow_keys_move_the_second_digit(show):
    page = show(at_second=(10, 17))
    handle = page.locator(".book-handle").nth(1)
    for key in ("ArrowUp", "ArrowRight", "ArrowRight"):
        handle.press(key)
        frame(page)
    assert "row 9, column 18 of 32" in handle.get_attribute("aria-label")


def test_the_bars_are_as_long_as_the_weights(show):
    shares = """() => [...document.querySelectorAll(".book-cost")]
        .map((bar) => Number(bar.style.getPropertyValue("--share")))"""
    for side, text in ((32, "20,480 weights"), (48, "46,080 weights")):
        page, weights = show(side=side), ClassMaps(side=side).weights
        assert page.evaluate(shares) == [count / 46_080 for count in weights.values()]
        assert page.locator(".book-count").all_inner_texts() == [text, "320 weights"]


def test_no_second_digit_hides_its_handle(show):
    page = show(second="none")
    assert [one.is_visible() for one in page.locator(".book-handle").all()] == [True, False]
    assert " and " not in read(page, ".book-says").split(".")[0]


def test_play_moves_the_first_digit_to_the_rim_and_back_to_where_it_was(fresh_page):
    page = fresh_page
    stop_clock(page)
    page.emulate_media(reduced_motion="reduce")
    mount(page, ClassMaps(at_first=(1, 16)))
    frame(page)
    page.get_by_role("button", name="Play").click()
    page.clock.run_for(140)
    frame(page)
    handle = page.locator(".book-handle").first
    assert "row 1, column 18" in handle.get_attribute("aria-label")
    page.clock.run_for(600)
    frame(page)
    assert "row 1, column 16" in handle.get_attribute("aria-label")
    page.get_by_role("button", name="Play").click()
    frame(page)
    assert "row 1, column 0" in handle.get_attribute("aria-label")


def test_play_keeps_both_digits_found():
    demo = ClassMaps()
    for column in range(19):
        demo.at_first = (demo.at_first[0], column)
        lead = set(demo.scores.topk(2).indices.tolist())
        assert lead == {int(demo.first), int(demo.second)}, column


def test_the_task_can_be_done_from_the_start_by_the_slider_alone(show):
    page = show()
    slider = page.get_by_label("Picture", exact=True)
    for _ in range(2):
        slider.press("ArrowRight")
        frame(page)
    assert is_done(page)
    assert not is_done(show(side=40, second="none"))


def test_the_lines_of_torch_give_the_means(show):
    setting = {"first": "2", "second": "7", "at_first": (0, 3), "side": 36}
    page, demo = show(**setting), ClassMaps(**setting)
    open_drawer(page, "The same in torch")
    scope, heard = {}, io.StringIO()
    with contextlib.redirect_stdout(heard):
        exec(page.inner_text("code"), scope)
    with torch.no_grad():
        found = trained()(scope["x"]).mean((2, 3))[0].double()
    assert heard.getvalue().startswith("tensor(")
    assert torch.allclose(found, demo.scores, atol=1e-4)


def test_a_map_that_is_pressed_lies_over_the_picture_with_motion_too(page):
    mount(page, ClassMaps())
    frame(page)
    page.emulate_media(reduced_motion="no-preference")  # now, so that it does not play by itself
    before = page.evaluate(GLOW, ".book-sight .book-glow")
    page.locator(".book-maps .book-square").first.click()
    frame(page)
    assert page.evaluate(GLOW, ".book-sight .book-glow") != before
