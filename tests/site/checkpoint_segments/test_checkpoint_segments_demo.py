"""Checkpoint segments, as a reader meets it in Chromium."""

import pytest
from demo_page import frame, mounting, read, stop_clock
from demo_stage import is_done
from module_page import mount

from utils.checkpointing import step_moments
from utils.widgets.checkpoint_segments import CheckpointSegments


@pytest.fixture
def show(page):
    yield from mounting(page, CheckpointSegments)


def held(page):
    return numbers(page, ".book-held")


def numbers(page, look):
    """Return the numbers of the boxes that look so; the input, "in", is number 0."""
    texts = page.locator(f".book-box{look}").all_text_contents()
    assert "0" not in texts
    return [0 if text == "in" else int(text) for text in texts]


@pytest.mark.parametrize("step", [0, 5, 26, 33, 34, 60, 75])
def test_boxes_are_lit_while_they_are_held(show, step):
    page = show(layers=25, length=8, step=step)
    moment = step_moments(25, 8)[step]
    assert held(page) == list(moment.held)
    assert page.locator(".book-box").count() == 26
    assert page.locator(".book-time b").text_content() == f"now {len(moment.held)}, peak 11"
    again = page.locator(".book-box.book-again").all_text_contents()
    assert again == ([str(moment.layer)] if moment.kind == "again" else [])
    back = page.locator(".book-box.book-back").all_text_contents()
    assert back == ([str(moment.layer)] if moment.kind == "backward" else [])
    assert page.locator(".book-bar.book-later").count() == 75 - step


def test_starts_of_segments_look_different(show):
    page = show(layers=25, length=8, step=25)
    assert numbers(page, ".book-start") == [0, 8, 16, 24]
    assert held(page) == [0, 8, 16, 24]
    page = show(layers=25, length=8, step=35)  # 24 was freed, and has been made again
    assert held(page) == [0, 8, *range(16, 25)]
    assert numbers(page, ".book-start") == [0, 8, 16]


def test_boxes_and_charts_are_told_and_named(show):
    page = show(layers=25, length=8, step=26)
    entries = page.locator(".book-legend > span").evaluate_all(
        "(all) => all.map((n) => [n.textContent, n.querySelector('i').className.trim()])"
    )
    looks = {"kept": "book-held book-start", "made again": "book-held", "freed": "book-back"}
    looks["not held"] = ""
    assert {words: look.removeprefix("book-key").strip() for words, look in entries} == looks
    assert page.locator(".book-box.book-now").all_text_contents() == ["25"]
    told = page.locator(".book-boxes").get_attribute("aria-label")
    assert told == "The input (in) and activations 1 to 25; held are in, 8, 16, 24, 25."
    assert read(page, ".book-strip > .book-name") == "layers"
    title = page.locator(".book-time .book-head span").inner_text()
    assert title == "activations held, step by step"
    title = page.locator(".book-lengths .book-head span").inner_text()
    assert title == "peak, for each length of a segment"
    told = page.locator(".book-time .book-chart").get_attribute("aria-label")
    assert told == "After 26 of 75 layers 5 activations are held. The peak of the step is 11."
    lowest = min(CheckpointSegments(layers=25).peaks)
    assert page.locator(".book-lengths .book-chart").get_attribute("aria-label") == (
        f"With segments of 8 the peak is 11; the lowest is {lowest}. A line marks the root of 25."
    )


def test_bars_have_the_colours_of_their_kinds_and_marks_stand_at_the_lengths(show):
    page = show(layers=25, length=8, step=26)
    kinds = {"start": 1, "forward": 25, "again": 25, "backward": 25}
    for kind, count in kinds.items():
        assert page.locator(f".book-time .book-bar.book-{kind}").count() == count
    style = "(node, name) => getComputedStyle(node)[name]"
    bars = [page.locator(f".book-time .book-bar.book-{kind}").first for kind in list(kinds)[1:]]
    assert len({bar.evaluate(style, "fill") for bar in bars}) == 3
    shadow = page.locator(".book-box.book-again").evaluate(style, "boxShadow")
    chosen = float(page.locator(".book-lengths .book-chosen").get_attribute("x"))
    assert chosen == pytest.approx(100 * 7 / 25)  # the eighth of 25 bars
    root = float(page.locator(".book-root").get_attribute("x1"))
    assert root == pytest.approx(100 * 4.5 / 25)  # the middle of the fifth
    page = show(layers=25, length=8, step=5)
    assert page.locator(".book-box.book-now").evaluate(style, "boxShadow") != shadow


@pytest.mark.parametrize(("layers", "length"), [(25, 8), (8, 3), (36, 36), (9, 1)])
def test_each_segment_begins_with_its_kept_input(show, layers, length):
    page = show(layers=layers, length=length, step=layers)
    firsts = page.locator(".book-first .book-box").all_text_contents()
    assert firsts == ["in", *map(str, range(length, layers, length))]
    assert held(page) == list(range(0, layers, length))


@pytest.mark.parametrize(("width", "rows"), [(800, 2), (360, 3)])
@pytest.mark.parametrize("layers", [8, 25, 36])
def test_boxes_fill_their_rows(show, layers, width, rows):
    page = show(layers=layers, width=width)
    places = page.eval_on_selector_all(
        ".book-box", "all => all.map((n) => [n.getBoundingClientRect().top, n.offsetWidth])"
    )
    tops = [top for top, _ in places]
    assert len(set(tops)) == rows
    assert tops.count(tops[0]) == -(-(layers + 1) // rows)
    assert min(wide for _, wide in places) >= 18


def test_the_grey_hill_is_a_step_without_checkpoints(show):
    page = show(layers=25, length=8)
    points = page.locator(".book-plain").get_attribute("points").split()
    found = [[float(number) for number in point.split(",")] for point in points]
    # 76 moments; 26 are held when layer 25 has run forward, none after 25 layers backward
    wanted = [[0, 100], [100 * 26 / 76, 0], [100 * 51 / 76, 100]]
    for one, other in zip(found, wanted, strict=True):
        assert one == pytest.approx(other)


@pytest.mark.parametrize("width", [800, 360])
@pytest.mark.parametrize(("layers", "length"), [(8, 3), (25, 8), (36, 1)])
def test_labels_stand_at_what_they_name(show, layers, length, width):
    page = show(layers=layers, length=length, step=layers, width=width)
    assert page.locator(".book-time .book-ends span").all_inner_texts() == ["start", "end"]
    ends = page.locator(".book-lengths .book-ends span").all_inner_texts()
    assert ends == ["1", str(layers)]
    box = "(node) => (({ left, right, top, bottom }) => [left, right, top, bottom])"
    box += "(node.getBoundingClientRect())"
    label = page.locator(".book-time .book-label")
    assert label.inner_text() == f"all kept: {layers + 1}"
    left, right, top, bottom = label.evaluate(box)
    start, end, ceiling, floor = page.locator(".book-time .book-chart").evaluate(box)
    turn = (end - start) * (layers + 1) / (3 * layers + 1)  # where the hill is highest
    slope = start + turn * (floor - bottom) / (floor - ceiling)  # of the hill, below the label
    assert start < left and slope - 30 < right < slope + 2 and ceiling <= top
    label = page.locator(".book-lengths .book-label")
    assert label.inner_text() == f"√{layers}"
    line = page.locator(".book-root").evaluate(box)[1]
    assert 0 < label.evaluate(box)[0] - line < 10


def test_bars_are_as_tall_as_their_numbers(show):
    demo = CheckpointSegments(layers=25, length=8)
    page = show(layers=25, length=8)
    tall = "all => all.map((n) => Number(n.getAttribute('height')))"
    peaks = page.eval_on_selector_all(".book-lengths .book-bar", tall)
    assert peaks == pytest.approx([100 * peak / 26 for peak in demo.peaks])
    counts = page.eval_on_selector_all(".book-time .book-bar", tall)
    assert counts == pytest.approx([100 * len(now) / 26 for now in demo.held])
    assert page.locator(".book-chosen").count() == 1
    level = page.locator(".book-level").get_attribute("y1")
    assert float(level) == pytest.approx(100 - 100 * demo.peak / 26)


def test_the_sentence_says_what_happens(show):
    said = {
        0: "The input waits at the left, and is held.",
        1: "Forward: layer 1 has run; 1 activation is held.",
        26: "Layer 25 runs again; 5 activations are held.",
        27: "Backward: layer 25 is done; 3 activations are held.",
        75: "Done: 25 layers ran forward twice, and backward once.",
    }
    for step, words in said.items():
        assert read(show(layers=25, length=8, step=step), ".book-says") == words


def test_the_task_is_done_by_a_length_near_the_root(show):
    page = show()
    assert not is_done(page)
    slider = page.get_by_role("slider", name="Segment")
    slider.press("ArrowLeft")
    frame(page)
    assert is_done(page)
    for length, done in ((3, False), (4, True), (5, True), (8, False), (25, False)):
        assert is_done(show(length=length)) == done
    assert not is_done(show(layers=24, length=5))


def test_a_bar_can_be_pressed(show):
    page = show(layers=25, length=8)
    chart = page.locator(".book-lengths .book-chart")
    box = chart.bounding_box()
    chart.click(position={"x": box["width"] * 2.5 / 25, "y": box["height"] - 5})
    frame(page)
    assert page.locator(".book-lengths b").text_content() == "11 at 3"


def test_a_segment_is_at_most_the_net(show):
    page = show(layers=9, length=9)
    page.get_by_role("slider", name="Layers").press("ArrowLeft")
    frame(page)
    slider = page.get_by_role("slider", name="Segment")
    assert (slider.get_attribute("max"), slider.input_value()) == ("8", "8")
    assert page.locator(".book-lengths b").text_content() == "9 at 8"


def test_play_goes_to_the_end_and_reset_back(fresh_page):
    page = fresh_page
    stop_clock(page)
    mount(page, CheckpointSegments(layers=8, length=3, step=20))
    frame(page)
    page.get_by_role("button", name="Play").click()
    page.clock.run_for(160 * 6)
    assert "Done: 8 layers" in read(page, ".book-says")
    assert held(page) == [] and not is_done(page)
    page.get_by_role("button", name="Play").click()
    page.clock.run_for(170)
    assert "Forward: layer 1" in read(page, ".book-says")
    page.get_by_role("button", name="Reset").click()
    page.clock.run_for(100)
    assert held(page) == list(step_moments(8, 3)[20].held)


def test_the_lines_of_torch_run(show):
    page, names = show(layers=10, length=4), {}
    exec(page.locator("pre code").text_content(), names)
    assert len(names["net"]) == 10
    assert all(p.grad is not None for p in names["net"].parameters())
