"""Who works when, as a reader meets it in Chromium."""

import re

import pytest
from demo_page import frame, mounting, read, stop_clock
from demo_stage import is_done
from module_page import mount

from utils.widgets.worker_timeline import WorkerTimeline

ALONE = 12  # seconds of one worker


@pytest.fixture
def show(page):
    yield from mounting(page, WorkerTimeline)


def blocks(page, row, kind):
    """Where the blocks of a row begin and end, as shares of the row."""
    return (
        page.locator(f".book-worker >> nth={row}")
        .locator(f".book-block.book-{kind}")
        .evaluate_all(
            """(all) => all.map((node) => {
            const { left, width } = node.parentElement.getBoundingClientRect();
            const box = node.getBoundingClientRect();
            return [(box.left - left) / width, (box.right - left) / width];
        })"""
        )
    )


@pytest.mark.parametrize(
    "state",
    [
        {},
        {"kind": "data", "workers": 3, "pieces": 5, "exchange": 2},
        {"kind": "tensor", "workers": 2, "pieces": 3},
        {"kind": "pipeline", "workers": 6, "pieces": 24, "exchange": 0},
        {"kind": "data", "workers": 6, "pieces": 2, "exchange": 4},
        {"kind": "tensor", "workers": 6, "pieces": 4, "exchange": 4},
    ],
)
def test_blocks_stand_where_the_time_line_has_them(show, state):
    demo = WorkerTimeline(**state)
    page = show(**state)
    whole = max(ALONE, demo.seconds)
    assert page.locator(".book-worker").count() == demo.workers + 1
    for worker in range(demo.workers):
        for kind in ("forward", "backward", "send"):
            own = [b for b in demo.blocks if (b.worker, b.kind) == (worker, kind)]
            wanted = sorted([b.start / whole, b.end / whole] for b in own)
            found = sorted(blocks(page, worker + 1, kind))
            assert len(found) == len(wanted)
            for one, other in zip(found, wanted, strict=True):
                assert one == pytest.approx(other, abs=0.004)
    (forward,), (backward,) = blocks(page, 0, "forward"), blocks(page, 0, "backward")
    assert [*forward, *backward] == pytest.approx(
        [0, 4 / whole, 4 / whole, ALONE / whole], abs=0.004
    )


def test_the_hatched_track_ends_with_the_step_and_the_curtain_with_time(show):
    demo = WorkerTimeline(kind="data", workers=2, pieces=3, exchange=1, time=10)
    page = show(kind="data", workers=2, pieces=3, exchange=1, time=10)
    widths = """(all) => all.map((n) => n.getBoundingClientRect().width
        / n.parentElement.getBoundingClientRect().width)"""
    tracks = page.locator(".book-track").evaluate_all(widths)
    assert tracks == pytest.approx([1, demo.seconds / 12, demo.seconds / 12], abs=0.004)
    curtains = page.locator(".book-curtain").evaluate_all(widths)
    assert curtains == pytest.approx([1 - 2.5 / 12] * 3, abs=0.004)


def test_an_arrow_shows_the_time_that_is_saved(show):
    for state in ({}, {"kind": "data", "workers": 6, "exchange": 0.25}):
        page, seconds = show(**state), WorkerTimeline(**state).seconds
        texts = page.locator(".book-saved > :not(i)").all_inner_texts()
        assert texts == [f"{12 / seconds:.1f}×", f"{12 - seconds:.1f} s saved"]
        box, lane, saved = (
            page.locator(name).first.bounding_box()
            for name in (".book-saved", ".book-lane", ".book-saved i")
        )
        assert box["x"] == pytest.approx(lane["x"] + lane["width"] * seconds / 12, abs=1)
        assert saved["x"] + saved["width"] == pytest.approx(lane["x"] + lane["width"], abs=1)
        assert 0 <= saved["x"] - box["x"] < 12


@pytest.mark.parametrize("state", [{"time": 9}, {"workers": 1}, {"pieces": 1, "exchange": 4}])
def test_no_arrow_before_the_end_nor_where_little_is_saved(show, state):
    assert not show(**state).locator(".book-saved").is_visible()


def test_rows_and_colours_are_named(show):
    page, demo = show(workers=3), WorkerTimeline(workers=3)
    assert page.locator(".book-name").all_inner_texts() == ["alone", "1", "2", "3"]
    assert page.locator(".book-lanes").get_attribute("aria-label") == (
        "3 workers, a row each, and one who works alone for 12 seconds. "
        f"The step takes {demo.seconds:.1f} seconds."
    )
    paint = "(node) => getComputedStyle(node).background"
    colours = []
    words = {"forward": "forward", "backward": "backward", "send": "travels", "wait": "waits"}
    for look, word in words.items():
        key = page.locator(".book-legend span", has_text=re.compile(f"^{word}$")).locator("i")
        assert key.get_attribute("class") == f"book-key book-{look}"
        colours.append(key.evaluate(paint))
        if look != "wait":
            block = page.locator(f".book-block.book-{look}").first
            assert block.evaluate(paint) == colours[-1]
            assert not colours[-1].startswith("rgba(0, 0, 0, 0)")
    assert len(set(colours)) == 4


def test_pieces_are_numbered_where_there_is_room(show):
    lane = ".book-worker >> nth=2 >> .book-block:not(.book-send)"
    for width, there in ((800, True), (360, False)):
        page = show(pieces=4, width=width)
        assert page.locator(lane).all_inner_texts()[:4] == (
            ["1", "2", "3", "4"] if there else [""] * 4
        )
        page = show(kind="data", workers=2, pieces=3, width=width)
        assert page.locator(lane).all_inner_texts() == ["1", "1", "2", "3"]
        page = show(pieces=24, width=width)
        assert set(page.locator(lane).all_inner_texts()) == {""}
    # A number never leaves its block.
    wide = """(all) => all.map((n) => [n.scrollWidth, n.clientWidth])"""
    for state in ({}, {"pieces": 9, "workers": 2}, {"kind": "tensor", "pieces": 12, "workers": 1}):
        for text, block in show(**state).locator(".book-block").evaluate_all(wide):
            assert text <= block


@pytest.mark.parametrize(
    ("kind", "label"), [("data", "Buckets"), ("tensor", "Layers"), ("pipeline", "Micro-batches")]
)
def test_the_pieces_have_their_name(show, kind, label):
    page = show(kind=kind)
    assert page.get_by_role("slider", name=label).input_value() == "4"
    page = show(kind="data")
    page.get_by_role("combobox", name="Cut").select_option(kind)
    frame(page)
    assert page.get_by_role("slider", name=label).count() == 1


def test_the_sentence_says_what_happens(show):
    for state in ({}, {"kind": "data"}, {"kind": "tensor", "workers": 6, "exchange": 4.0}):
        demo = WorkerTimeline(**state)
        assert read(show(**state), ".book-says") == (
            f"{demo.workers} workers take {demo.seconds:.1f} s: {12 / demo.seconds:.1f} times as "
            f"fast as one, busy {100 * demo.busy:.0f} % of the time."
        )
    assert read(show(time=2), ".book-says") == "After 0.50 s: 2 of 4 workers compute."
    assert "One worker takes 12.0 s: 1.0 times" in read(show(workers=1), ".book-says")


def test_the_task_is_done_by_many_micro_batches(show):
    page = show(pieces=15)
    assert not is_done(page)
    page.get_by_role("slider", name="Micro-batches").press("ArrowRight")
    frame(page)
    assert is_done(page)
    for state in ({"workers": 3}, {"kind": "data"}, {"exchange": 1.0}):
        assert not is_done(show(**{"pieces": 16, **state}))
    assert WorkerTimeline(workers=5, pieces=24, exchange=0).busy > 0.8
    assert not is_done(show(workers=5, pieces=24, exchange=0))  # five are not four
    assert is_done(show(pieces=12, exchange=0)) and not is_done(show(pieces=11, exchange=0))


def test_another_cut_is_shown_to_its_end(show):
    page = show(time=3)
    page.get_by_role("slider", name="Workers").press("ArrowLeft")
    assert read(page, ".book-says").startswith("3 workers take")


def test_the_axis_ends_with_the_longer_of_both(show):
    ends = ".book-ends span"
    assert show().locator(ends).all_text_contents() == ["0 s", "6 s", "12 s"]
    page = show(kind="tensor", workers=6, pieces=4, exchange=4)
    seconds = WorkerTimeline(kind="tensor", workers=6, pieces=4, exchange=4).seconds
    assert page.locator(ends).all_text_contents()[-1] == f"{seconds:.1f} s"


def test_play_goes_to_the_end_and_reset_back(fresh_page):
    page = fresh_page
    stop_clock(page)
    mount(page, WorkerTimeline(pieces=2, time=17))
    frame(page)
    seconds = WorkerTimeline(pieces=2).seconds
    page.get_by_role("button", name="Play").click()
    page.clock.run_for(245)  # the first tick comes with the press
    assert read(page, ".book-says").startswith("After 5.00 s")
    page.clock.run_for(120 * (seconds / 0.25 - 17 + 2))
    assert f"4 workers take {seconds:.1f} s" in read(page, ".book-says")
    assert not is_done(page)
    page.get_by_role("button", name="Play").click()
    page.clock.run_for(250)
    assert "of 4 workers compute" in read(page, ".book-says")
    page.get_by_role("button", name="Reset").click()
    page.clock.run_for(100)
    assert read(page, ".book-says").startswith("After 4.25 s")


@pytest.mark.parametrize("kind", ["data", "tensor", "pipeline"])
def test_the_lines_of_torch_give_what_one_worker_gives(show, kind):
    import torch

    page, names = show(kind=kind, workers=3, pieces=5), {}
    exec(page.locator("pre code").text_content(), names)
    x = names["x"]
    if kind == "tensor":
        whole = (x @ names["W"].T).tanh() @ names["V"].T
        assert torch.allclose(names["y"], whole, atol=1e-5)
        return
    net = names["net"]
    wanted = torch.autograd.grad(net(x).square().mean(), list(net.parameters()))
    for parameter, gradient in zip(net.parameters(), wanted, strict=True):
        assert torch.allclose(parameter.grad, gradient, atol=1e-6)
