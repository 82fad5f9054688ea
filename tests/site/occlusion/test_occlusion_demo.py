"""Occlusion, as a reader meets it in Chromium."""

import contextlib
import io

import pytest
import torch
from demo_page import frame, mounting, read, stop_clock
from demo_stage import is_done, open_drawer
from module_page import mount

from utils.widgets.kit.lenet import trained
from utils.widgets.occlusion import PLACES, Occlusion, mask

MAP = """() => [...document.querySelectorAll(".book-cell")].map((cell) => ({
    seen: cell.classList.contains("book-seen"),
    share: Number(cell.style.getPropertyValue("--share")),
    rises: cell.classList.contains("book-rise"),
    said: cell.dataset.said,
    other: cell.classList.contains("book-other"),
}))"""


@pytest.fixture
def show(page):
    yield from mounting(page, Occlusion)


def the_map(page, count):
    """Return the cells of the map, once ``count`` of them are painted."""
    page.wait_for_function(
        "(count) => document.querySelectorAll('.book-seen').length === count", arg=count
    )
    return page.evaluate(MAP)


def test_it_opens_on_another_verdict_and_says_so(show):
    page, demo = show(), Occlusion()
    shares = [round(100 * demo.probabilities[label].item()) for label in (demo.said, 6)]
    assert demo.said != 6
    assert read(page, ".book-says") == (
        f"Another verdict: with these 6×6 pixels hidden it is a {demo.said}, {shares[0]} %. "
        f"The 6 falls to {shares[1]} %."
    )
    assert read(page, ".book-classes .book-said b") == str(demo.said)
    assert not is_done(page)


def test_the_map_shows_the_drops_of_torch_where_the_patch_has_been(show):
    painted = [0, 20, 61, 101, 116, 129, 130, 195]
    for state in ({}, {"digit": "9", "fill": 1.0, "size": 10}):
        page, demo = show(painted=painted, **state), Occlusion(painted=painted, **state)
        cells = the_map(page, len(painted))
        assert [at for at, cell in enumerate(cells) if cell["seen"]] == painted
        for at in painted:
            demo.place = divmod(at, 14)
            drop = demo.drops.flatten()[at].item()
            assert abs(cells[at]["share"] - abs(drop)) < 1e-3
            assert cells[at]["rises"] == (drop < -0.0005)
            changed = demo.said != int(demo.digit)
            assert cells[at]["other"] == changed
            assert cells[at]["said"] == (str(demo.said) if changed else "")


def test_what_was_not_looked_at_stays_dark(show):
    page = show(painted=[])
    assert not any(cell["seen"] or cell["share"] for cell in the_map(page, 0))


def test_frames_lie_around_the_patch_and_around_its_cell(show):
    page = show(place=(3, 9), size=8)
    shares = """(node) => ["top", "left", "high", "wide"]
        .map((name) => 28 * Number(node.style.getPropertyValue(`--${name}`)))"""
    for part, wanted in (("sight", [3, 15, 8, 8]), ("heat", [6, 18, 2, 2])):
        found = page.locator(f".book-{part} .book-patch").evaluate(shares)
        assert found == pytest.approx(wanted)


def test_another_verdict_and_a_rise_look_different(show):
    page = show()
    assert page.locator(".book-sight.book-other").count() == 1
    demo = Occlusion(digit="9", fill=1.0, size=10)
    rising = demo.drops.flatten().argmin().item()
    falling = demo.drops.flatten().argmax().item()
    assert demo.drops.flatten()[rising] < -0.0005 and demo.drops.flatten()[falling] > 0.5
    page = show(digit="9", fill=1.0, size=10, painted=sorted((rising, falling)), place=(0, 0))
    the_map(page, 2)
    cells = page.locator(".book-cell")
    for at in (rising, falling):  # as strong as each other, so that the colour alone differs
        cells.nth(at).evaluate("(node) => node.style.setProperty('--share', 1)")
    colour = "(node) => getComputedStyle(node).backgroundColor"
    assert len({cells.nth(at).evaluate(colour) for at in (rising, falling)}) == 2


def test_a_small_fall_is_a_fall_and_an_8_is_an_8(show):
    demo = Occlusion()
    small = ((demo.drops > 0.006) & (demo.drops < 0.045)).nonzero().tolist()
    for place in small:
        demo.place = tuple(place)
        if demo.said == 6:
            break
    assert demo.said == 6
    page = show(place=demo.place)
    assert read(page, ".book-says").startswith("The 6 falls from")
    assert page.locator(".book-sight.book-other").count() == 0
    names = page.get_by_label("Digit", exact=True).locator("option").all_text_contents()
    assert names == [f"an {n}" if n == 8 else f"a {n}" for n in range(10)]


def test_the_map_is_told(show):
    painted = list(range(90, 130))
    page, demo = show(painted=painted), Occlusion(painted=painted)
    the_map(page, 40)
    others = 0
    for at in painted:
        demo.place = divmod(at, 14)
        others += demo.said != 6
    assert page.locator(".book-heat").get_attribute("aria-label") == (
        f"Map of 40 places where the patch has been: at {others} of them "
        "the verdict is another one."
    )


def test_the_picture_has_the_patch_on_it(show):
    page = show(place=(3, 4), size=8, fill=0.5)
    levels = page.evaluate(
        """() => {
            const canvas = document.querySelector(".book-sight canvas");
            const { data } = canvas.getContext("2d").getImageData(0, 0, 28, 28);
            return [...data].filter((_, at) => at % 4 === 0);
        }"""
    )
    covered = torch.where(mask((3, 4), 8), 0.5, Occlusion().picture)
    assert (torch.tensor(levels).view(28, 28) - (255 * covered).round()).abs().max() <= 1


def test_a_drag_moves_the_patch_and_paints_its_way(show):
    page = show(painted=[], place=(0, 0))
    box = page.locator(".book-sight").bounding_box()
    cell = box["width"] / 14
    y = box["y"] + 5.5 * cell
    page.mouse.move(box["x"] + 2.5 * cell, y)
    page.mouse.down()
    page.mouse.move(box["x"] + 7.5 * cell, y)
    page.mouse.up()
    page.mouse.move(box["x"] + 12.5 * cell, y)
    cells = the_map(page, 6)
    assert [at for at, one in enumerate(cells) if one["seen"]] == [70 + 2 + k for k in range(6)]


def test_pressing_on_the_map_moves_the_patch_there(show):
    page = show(painted=[])
    box = page.locator(".book-heat").bounding_box()
    cell = box["width"] / 14
    page.mouse.click(box["x"] + 3.5 * cell, box["y"] + 9.5 * cell)
    assert the_map(page, 1)[14 * 9 + 3]["seen"]


def test_arrow_keys_move_the_patch_and_stop_at_the_rim(show):
    page = show(painted=[], place=(0, 12))
    sight = page.locator(".book-sight")
    for key in ("ArrowUp", "ArrowRight", "ArrowRight", "ArrowDown"):
        sight.press(key)
        frame(page)
    assert "row 1, column 13 of 14" in sight.get_attribute("aria-label")
    assert [at for at, one in enumerate(the_map(page, 3)) if one["seen"]] == [12, 13, 27]


def test_another_digit_size_or_colour_paints_the_same_places_anew(show):
    painted = list(range(90, 130))
    page = show(painted=painted, size=4)
    before = the_map(page, 40)
    page.get_by_label("Patch", exact=True).press("ArrowRight")
    page.get_by_label("Digit", exact=True).select_option("a 4")
    page.get_by_label("Colour", exact=True).select_option("grey")
    frame(page)
    demo = Occlusion(digit="4", size=6, fill=0.5)
    last = demo.drops.flatten()[129].abs().item()
    page.wait_for_function(
        """([share]) => {
            const cell = document.querySelectorAll(".book-cell")[129];
            return Math.abs(Number(cell.style.getPropertyValue("--share")) - share) < 1e-3
                && document.querySelectorAll(".book-seen").length === 40;
        }""",
        arg=[last],
    )
    after = page.evaluate(MAP)
    assert after != before
    for at in painted:
        assert abs(after[at]["share"] - demo.drops.flatten()[at].abs().item()) < 1e-3
    assert read(page, ".book-right .book-caption") == "Where the 4 falls"


def test_play_goes_on_from_the_place_and_begins_anew_at_the_end(fresh_page):
    page = fresh_page
    stop_clock(page)
    page.emulate_media(reduced_motion="reduce")
    mount(page, Occlusion(place=(13, 11), painted=[3]))
    frame(page)
    page.get_by_role("button", name="Play").click()
    page.clock.run_for(60)
    frame(page)
    assert "row 13, column 13" in page.locator(".book-sight").get_attribute("aria-label")
    seen = [at for at, cell in enumerate(page.evaluate(MAP)) if cell["seen"]]
    assert seen[0] == 3 and set(seen) >= {3, 194, 195}
    page.clock.run_for(200)
    frame(page)
    drops = Occlusion().drops.flatten()
    row, column = divmod(max(seen, key=lambda at: drops[at].item()), 14)  # the end
    place = page.locator(".book-sight").get_attribute("aria-label")
    assert f"row {row}, column {column}" in place
    page.get_by_role("button", name="Play").click()
    frame(page)
    assert "row 0, column 0" in page.locator(".book-sight").get_attribute("aria-label")


def changing(size):
    """The places where a patch changes what is said of the 6."""
    demo = Occlusion(size=size)
    masks = torch.stack([mask(divmod(at, 14), size) for at in range(PLACES)])
    said = demo._answers(masks).argmax(1)
    return [divmod(at, 14) for at in range(PLACES) if said[at] != 6]


def test_the_task_can_be_done_and_asks_for_a_small_patch(show):
    small, large = changing(4), changing(6)
    assert small
    assert not is_done(show(place=large[0], size=6))
    assert not is_done(show(place=(0, 0), size=4))
    assert Occlusion().place not in small  # a smaller patch alone does not do it
    page = show(place=small[0], size=4)
    assert is_done(page)
    assert "these 16 decide" in read(page, ".book-task")


def test_each_digit_has_a_place_for_the_task():
    for digit in range(10):
        demo = Occlusion(digit=str(digit))
        masks = torch.stack([mask(divmod(at, 14), 4) for at in range(PLACES)])
        assert demo._answers(torch.zeros(1, 28, 28, dtype=torch.bool)).argmax() == digit
        assert (demo._answers(masks).argmax(1) != digit).any()


def test_the_lines_of_torch_give_the_probabilities(show):
    page = show(place=(0, 13), size=8, fill=1.0, digit="2")
    open_drawer(page, "The same in torch")
    scope, heard = {}, io.StringIO()
    with contextlib.redirect_stdout(heard):
        exec(page.inner_text("code"), scope)
    with torch.no_grad():
        found = trained()(scope["x"]).softmax(1)[0].double()
    wanted = Occlusion(place=(0, 13), size=8, fill=1.0, digit="2").probabilities
    assert heard.getvalue().startswith("tensor(")
    assert torch.allclose(found, wanted, atol=1e-5)
