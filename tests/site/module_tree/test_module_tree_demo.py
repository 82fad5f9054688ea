"""The module tree as a reader meets it, in Chromium on a blank page."""

import pytest
import torch
from demo_input import tab_order
from demo_page import frame, mounting, read, stop_clock
from demo_stage import is_done
from playwright.sync_api import expect

from utils.widgets.module_tree import ModuleTree


@pytest.fixture
def show(page):
    yield from mounting(page, ModuleTree)


def box(page, name):
    return page.locator(f'.book-box[aria-label^="{name},"]')


def choose(page, name):
    box(page, name).locator("> .book-head-line").click()
    frame(page)


def saved(page):
    frame(page)
    return [" ".join(text.split()) for text in page.locator(".book-saved li").all_inner_texts()]


def test_a_click_shows_what_a_module_holds(show):
    page = show()
    assert saved(page) == [
        "features.1.weight (6,)",
        "features.1.bias (6,)",
        "features.1.running_mean (6,) moves",
        "features.1.running_var (6,) moves",
        "features.1.num_batches_tracked () moves",
    ]
    assert page.locator(".book-saved .book-buffer").count() == 3
    choose(page, "head")
    assert read(page, ".book-chosen") == "head · Linear(6, 3)"
    assert read(page, ".book-sizes") == "(8, 6) → (8, 3)"
    assert saved(page) == ["head.weight (3, 6)", "head.bias (3,)"]
    choose(page, "features.2")
    assert saved(page) == []
    assert read(page, ".book-caption") == "nothing in the state_dict"
    choose(page, "net")  # a box in which the others lie: the innermost one that was met counts
    assert len(saved(page)) == 9
    choose(page, "features")
    assert len(saved(page)) == 7
    assert saved(page)[0] == "features.0.weight (6, 4) frozen"


def test_the_picture_of_the_output_has_a_cell_for_each_number(show):
    for training in (True, False):
        page = show(selected="features.3", training=training)
        demo = ModuleTree(selected="features.3", training=training)
        assert page.locator(".book-output rect").count() == demo.output.numel()
        zeros = int((demo.output == 0).sum())
        assert page.locator(".book-output .book-zero").count() == zeros
        fills = page.locator(".book-output rect").evaluate_all(
            "(nodes) => nodes.map(({ style }) => style.fill)"
        )
        for fill, value in zip(fills, demo.output.flatten().tolist(), strict=True):
            assert ("warm" in fill) == (round(value, 2) < 0)
            assert ("accent" in fill) == (round(value, 2) >= 0)
        strongest = fills[int(demo.output.abs().argmax())]
        assert "100%" in strongest


def test_arrow_keys_walk_through_the_tree(show):
    page = show()
    box(page, "features.1").press("ArrowDown")
    frame(page)
    assert read(page, ".book-chosen").startswith("features.2")
    expect(box(page, "features.2")).to_be_focused()
    for key, name in (("ArrowLeft", "features"), ("ArrowRight", "features.0"), ("End", "head")):
        page.keyboard.press(key)
        assert read(page, ".book-chosen").startswith(f"{name} ·")
    page.keyboard.press("Home")
    assert read(page, ".book-chosen") == "net · Sequential()"
    assert page.locator('.book-box[aria-selected="true"]').count() == 1
    assert page.locator('.book-box[tabindex="0"]').count() == 1


def test_training_lights_two_boxes_and_evaluation_another_way(show):
    page = show(frozen=[])
    assert page.locator(".book-lit").count() == 2
    assert page.locator(".book-mode").all_inner_texts() == [
        *("", "", "", "this batch"),
        *("", "drops half", ""),
    ]
    before = page.locator(".book-output").inner_html()
    page.get_by_label("Training").press("Space")
    frame(page)
    assert page.locator(".book-lit").count() == 0
    assert page.locator(".book-quiet").count() == 2
    assert "running mean" in page.locator(".book-mode").all_inner_texts()
    assert page.locator(".book-output").inner_html() != before
    assert "moves" not in " ".join(saved(page))


def test_freezing_a_part_counts_what_is_left(show):
    page = show(frozen=[])
    assert read(page, ".book-tally") == "63 of 63 numbers are trained"
    choose(page, "features")
    page.get_by_label("Freeze").press("Space")
    assert read(page, ".book-tally") == "21 of 63 numbers are trained"
    assert page.locator(".book-frozen").count() == 2
    width = page.locator(".book-fill").evaluate("(node) => parseFloat(node.style.width)")
    assert width == pytest.approx(100 * 21 / 63, abs=0.001)
    choose(page, "net")
    freeze = page.get_by_label("Freeze")
    assert freeze.evaluate("(node) => [node.checked, node.indeterminate]") == [False, True]
    choose(page, "features.0")
    freeze.press("Space")
    assert read(page, ".book-tally") == "51 of 63 numbers are trained"
    choose(page, "features.3")
    assert freeze.is_disabled()


def test_each_number_has_a_speck_in_its_box(show):
    page = show()
    green = page.locator(".book-learned:not(.book-icy, .book-alias) rect")
    assert green.count() == ModuleTree().trained == 33
    assert page.locator(".book-learned.book-icy rect").count() == 30
    moving = page.locator(".book-kept.book-moving circle")
    assert moving.count() == 13
    page.get_by_label("Training").press("Space")
    frame(page)
    assert moving.count() == 0
    assert page.locator(".book-kept circle").count() == 13
    choose(page, "head")
    page.get_by_label("Freeze").press("Space")
    frame(page)
    assert green.count() == 12


def test_a_shared_layer_is_counted_once_and_outlined_under_its_other_name(show):
    page = show(network="a shared layer", selected="head")
    assert page.locator(".book-learned:not(.book-alias) rect").count() == 28
    second = box(page, "second").locator(".book-learned rect")
    assert second.count() == box(page, "second").locator(".book-alias rect").count() == 20


def test_a_frozen_batch_norm_still_moves_its_buffers(show):
    frozen = ["features.1.weight", "features.1.bias"]
    page = show(frozen=frozen)
    assert read(page, ".book-says").endswith("Frozen weights do not stop that.")
    page = show(frozen=frozen, training=False)
    assert "stand still" in read(page, ".book-says")
    assert read(page, ".book-says").endswith("no gradient is kept for them.")


def test_a_shared_layer_is_frozen_under_both_names(show):
    page = show()
    page.get_by_label("Network", exact=True).select_option("a shared layer")
    frame(page)
    assert read(page, ".book-tally") == "28 of 28 numbers are trained"
    choose(page, "second")
    assert "the same object as first" in read(page, ".book-says")
    assert page.locator(".book-twin").count() == 1
    page.get_by_label("Freeze").press("Space")
    assert read(page, ".book-tally") == "8 of 28 numbers are trained"
    assert page.locator(".book-frozen").count() == 2


def test_play_follows_the_hooks_to_the_whole_network(page):
    stop_clock(page)
    for demo in mounting(page, ModuleTree):
        view = demo()
        view.get_by_role("button", name="Play").press("Enter")
        met = []
        for _ in range(6):
            view.clock.run_for(50)
            met.append(read(view, ".book-chosen").partition(" ·")[0])
            view.clock.run_for(830)
        assert met == ["features.2", "features.3", "features", "head", "net", "net"]
        expect(view.get_by_role("button", name="Play")).to_be_visible()
        view.get_by_role("button", name="Play").press("Enter")
        view.clock.run_for(50)
        assert read(view, ".book-chosen").startswith("features.0")


def test_play_from_the_whole_network_begins_at_the_first_call(show):
    page = show(selected="")
    page.get_by_role("button", name="Play").press("Enter")
    assert read(page, ".book-chosen").startswith("features.0")


def test_the_task_is_to_freeze_and_to_evaluate(show):
    page = show()
    choose(page, "features")
    page.get_by_label("Freeze").press("Space")
    frame(page)
    assert not is_done(page)
    page.get_by_label("Training").press("Space")
    frame(page)
    assert is_done(page)


def test_reset_leads_back(show):
    page = show(selected="head")
    before = read(page, ".book-panel")
    choose(page, "net")
    page.get_by_label("Freeze").press("Space")
    page.get_by_role("button", name="Reset").press("Enter")
    assert read(page, ".book-panel") == before


@pytest.mark.parametrize(
    "state",
    [
        {},
        {"selected": "", "training": False},
        {"network": "a shared layer", "selected": "second", "frozen": ["first.weight"]},
        {"network": "a shared layer", "selected": ""},
    ],
)
def test_the_shown_lines_find_the_numbers_behind_their_signs(show, state):
    lines = show(**state).locator("code").text_content()
    names = {"torch": torch}
    exec(lines, names)
    shown = {
        expression: eval(comment, names)
        for expression, _, comment in (line.partition("  # ") for line in lines.splitlines())
        if comment
    }
    assert len(shown) == 4
    for expression, number in shown.items():
        assert eval(expression, names) == number
    assert names["net"].training == ModuleTree(**state).training
    assert names["trained"] == ModuleTree(**state).trained


def test_tab_reaches_the_tree_once_and_the_controls_in_order(show):
    assert tab_order(show())[:6] == [
        *("features.1, BatchNorm1d(6)", "Play", "Reset", "Network", "Training", "Freeze")
    ]
