"""The block that collapses, as a reader meets it in Chromium."""

import ast
import itertools

import pytest
import torch
from demo_page import frame, mounting, read, stop_clock
from demo_stage import is_done, open_drawer
from module_page import mount

from utils.widgets.axis_collapse import LOAVES, AxisCollapse

AXES = "days", "shops", "breads"


@pytest.fixture
def show(page):
    yield from mounting(page, AxisCollapse)


def choose(page, name, value):
    page.get_by_label(name, exact=True).select_option(value)
    frame(page)


def printed(page):
    """The result as Python reads what is printed."""
    frame(page)
    lines = page.locator(".book-printed > div").all_inner_texts()
    return torch.tensor(ast.literal_eval("".join(lines).replace("\u00a0", " ").strip()))


def lit(page, look):
    return page.locator(f".book-{look}.book-lit").all_text_contents()


@pytest.mark.parametrize(
    ("dim", "reduction", "keepdim"),
    list(itertools.product(range(3), ("sum", "mean", "amax"), (False, True))),
)
def test_shapes_and_printed_numbers_are_those_of_torch(show, dim, reduction, keepdim):
    demo = AxisCollapse(dim=dim, reduction=reduction, keepdim=keepdim)
    page = show(**demo.state())
    wanted = demo.result
    assert printed(page).shape == wanted.shape
    assert torch.allclose(printed(page).float(), wanted, atol=0.005)
    more = ", keepdim=True" if keepdim else ""
    assert page.inner_text(".book-call") == f"x.{reduction}(dim={dim}{more})"
    shapes = page.inner_text(".book-shapes").replace("\n", "")
    assert shapes.endswith(f"→{tuple(wanted.shape)}")
    assert shapes.startswith("(2, 3, 4)")
    assert page.inner_text(".book-shapes s") == str((2, 3, 4)[dim])
    assert page.locator(".book-kept").count() == keepdim
    named = page.locator(".book-axis.book-named")
    assert named.all_text_contents() == [f"axis {dim}: {AXES[dim]}"]
    assert page.locator(".book-axis").all_text_contents() == [
        f"axis {number}: {name}" for number, name in enumerate(AXES)
    ]


def test_the_cubes_show_the_same_results(show):
    page = show(dim=0, reduction="mean", place=4)
    wanted = AxisCollapse(dim=0, reduction="mean").result.flatten()
    cubes = {
        int(cube.get_attribute("data-place")): float(cube.text_content())
        for cube in page.locator(".book-result").all()
    }
    assert [cubes[place] for place in range(12)] == pytest.approx(wanted.tolist(), abs=0.005)
    assert sorted(lit(page, "ghost")) == ["4", "5"]
    assert lit(page, "result") == lit(page, "entry") == ["4.50"]


def test_slices_that_have_not_flowed_stay_in_the_block(show):
    page = show(dim=2, step=3)
    block = torch.tensor(LOAVES)
    stay = page.locator(".book-body:not(.book-there)").all_text_contents()
    assert sorted(map(int, stay)) == sorted(block[:, :, 3].flatten().tolist())
    assert page.locator(".book-ghost.book-left").count() == 18
    assert torch.equal(printed(page), block[:, :, :3].sum(dim=2))
    assert "3 of the 4 breads have flowed in" in read(page, ".book-says")
    page = show(dim=2, step=0)
    assert page.locator(".book-result:not(.book-empty)").count() == 0
    assert page.locator(".book-body:not(.book-there)").count() == 24
    assert "has the shape (2, 3, 4)" in read(page, ".book-says")
    assert "Press Play: its 4 breads flow together." in read(page, ".book-says")
    assert page.inner_text(".book-printed").count("·") == 6


@pytest.mark.parametrize("dim", range(3))
def test_results_stand_one_place_before_the_first_slice(show, dim):
    page = show(dim=dim, place=0)
    result = page.locator(".book-result[data-place='0'] .book-front").bounding_box()
    home = page.locator(".book-ghost[data-place='0'] .book-front").all()
    ghosts = sorted((g.bounding_box() for g in home), key=lambda box: (box["x"], box["y"]))
    for side in ("x", "y"):
        step = ghosts[1][side] - ghosts[0][side]
        assert result[side] == pytest.approx(ghosts[0][side] - step, abs=1.5)


def test_days_in_front_cover_those_behind_and_rails_reach_the_last_slice(show):
    page = show(dim=1)
    entries = page.locator(".book-entry").all_text_contents()
    assert entries == [entry.strip().rjust(2, "\u00a0") for entry in entries]
    block = torch.tensor(LOAVES)
    told = page.locator(".book-ghost").all_text_contents()
    assert list(map(int, told)) == block.flip(0).flatten().tolist()
    slab = [int(cube.get_attribute("data-place")) for cube in page.locator(".book-result").all()]
    assert slab == [4, 5, 6, 7, 0, 1, 2, 3]
    rails = page.locator(".book-rail").all()
    assert len(rails) == 8
    for rail in rails:
        first, last = (float(rail.get_attribute(side)) for side in ("y1", "y2"))
        assert last - first == pytest.approx(3 * 58)
    words = page.locator(".book-block svg").get_attribute("aria-label")
    assert words.startswith("A block of 2 days, 3 shops and 4 breads. ")
    assert "3 of the 3 shops have flowed together; the result has the shape (2, 4)" in words


def test_pointing_and_arrow_keys_light_a_line(show):
    page = show(dim=1, place=0)
    assert sorted(lit(page, "ghost")) == ["1", "3", "5"]
    page.locator(".book-ghost", has_text="8").last.hover()
    frame(page)
    place = page.locator(".book-ghost.book-lit").first.get_attribute("data-place")
    assert int(place) in (3, 4)
    page.locator(".book-entry").nth(2).hover()
    frame(page)
    assert lit(page, "entry") == ["11"]
    assert "at [0, 2], 4 + 2 + 5 = 11." in read(page, ".book-says")
    result = page.get_by_role("group", name="The result: arrow keys choose a number")
    result.press("ArrowRight")
    frame(page)
    assert lit(page, "entry") == ["16"]
    result.press("ArrowRight")  # nothing stands there
    result.press("ArrowDown")
    frame(page)
    assert "at [1, 3], 6 + 9 + 0 = 15." in read(page, ".book-says")
    result.press("Home")
    frame(page)
    assert "at [1, 0], 8 + 4 + 2 = 14." in read(page, ".book-says")
    assert page.locator(".book-rail.book-lit").count() == 1
    choose(page, "dim", "0")
    page.locator(".book-printed").press("End")
    frame(page)
    assert "at [1, 3], 6 + 9 = 15." in read(page, ".book-says")
    for cubes, at in (("entry", 1), ("result", 0)):  # a finger only goes down
        one = page.locator(f".book-{cubes}").nth(at)
        one.dispatch_event("pointerdown")
        frame(page)
        assert lit(page, "entry") == [one.text_content()]


def test_a_place_that_the_result_lacks_is_its_last(show):
    page = show(dim=2, place=11)
    assert "at [1, 2], 2 + 6 + 9 + 0 = 17." in read(page, ".book-says")
    assert lit(page, "entry") == ["17"]


def test_sentences_name_the_call(show):
    page = show(dim=2, reduction="amax", keepdim=True, place=0)
    assert read(page, ".book-says") == (
        "Axis 2 is left with size 1; at [0, 0, 0], the largest of 3, 1, 4, 2 is 4."
    )
    page = show(dim=1, reduction="mean", step=1, place=1)
    assert read(page, ".book-says") == (
        "1 of the 3 shops has flowed in: at [0, 1], (1) / 1 = 1.00."
    )


def test_the_task_wants_axis_reduction_and_keepdim(show):
    page = show()
    assert not is_done(page)
    assert "for each day and shop, in shape (2, 3, 1)." in read(page, ".book-task")
    choose(page, "dim", "2")
    choose(page, "Into", "amax")
    assert not is_done(page)
    page.get_by_label("keepdim", exact=True).check()
    frame(page)
    assert is_done(page)
    assert "left an axis of size 1." in read(page, ".book-task")
    for wrong in ({"dim": 1}, {"reduction": "sum"}, {"keepdim": False}, {"step": 3}):
        right = {"dim": 2, "reduction": "amax", "keepdim": True}
        assert not is_done(show(**{**right, **wrong}))


def test_play_lets_slice_after_slice_flow_and_does_not_solve_the_task(fresh_page):
    page = fresh_page
    stop_clock(page)
    mount(page, AxisCollapse(dim=2, step=0))
    frame(page)
    page.get_by_role("button", name="Play").press("Enter")
    counts = []
    for _ in range(5):
        page.clock.run_for(1200)
        frame(page)
        counts.append(page.locator(".book-body:not(.book-there)").count())
        assert not is_done(page)
    assert counts[-1] == 0
    assert counts == sorted(counts, reverse=True)
    assert page.get_by_role("button", name="Play").is_visible()
    page.get_by_role("button", name="Play").press("Enter")
    page.clock.run_for(1100)
    frame(page)
    assert page.locator(".book-body:not(.book-there)").count() == 18  # the first slice is there


def test_another_axis_lets_the_whole_block_flow_anew(fresh_page):
    page = fresh_page
    page.emulate_media(reduced_motion="no-preference")
    stop_clock(page)
    mount(page, AxisCollapse(dim=1))
    frame(page)
    page.get_by_role("button", name="Pause").press("Enter")  # it has begun to play by itself
    page.clock.run_for(1000)
    page.get_by_label("dim", exact=True).select_option("2")
    page.clock.run_for(60)
    assert page.locator(".book-result:not(.book-empty)").count() == 0
    assert page.locator(".book-ghost.book-left").count() == 24  # all have set out
    page.clock.run_for(440)
    assert page.locator(".book-body.book-there").count() == 0
    page.clock.run_for(660)
    assert page.locator(".book-body:not(.book-there)").count() == 0
    assert torch.equal(printed(page), torch.tensor(LOAVES).sum(dim=2))


def test_more_scrubs_and_reset_goes_back(show):
    page = show(dim=1)
    open_drawer(page, "More")
    slider = page.get_by_role("slider", name="Slices that have flowed")
    assert slider.input_value() == "3"
    slider.press("ArrowLeft")
    assert "2 of the 3 shops have flowed in" in read(page, ".book-says")
    slider.press("End")
    frame(page)  # the slider goes back as it is drawn
    assert slider.input_value() == "3"
    choose(page, "dim", "0")
    page.get_by_role("button", name="Reset").click()
    assert read(page, ".book-says") == "Axis 1 has vanished; at [0, 2], 4 + 2 + 5 = 11."


@pytest.mark.parametrize(
    "state", [{}, {"dim": 2, "reduction": "mean", "keepdim": True, "step": 3}, {"step": 0}]
)
def test_the_lines_of_torch_give_the_same(show, state):
    page = show(**state)
    open_drawer(page, "The same in torch")
    frame(page)
    *given, last = page.locator("code").first.inner_text().splitlines()
    names = {"torch": torch}
    exec("\n".join(given), names)
    found = eval(last, names)
    if state.get("step") == 0:
        assert found == (2, 3, 4)
    else:
        assert torch.equal(found, AxisCollapse(**state).result)
        assert f"shape {tuple(found.shape)}" in last
    assert ("# the first 3 of axis 2" in given[-1]) == (state.get("step") == 3)
