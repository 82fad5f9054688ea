"""Anchor scales, as a reader meets it in Chromium."""

import pytest
import torch
from demo_page import frame, mounting, read, stop_clock
from demo_stage import is_done
from module_page import mount

from utils.boxes.anchors import anchors
from utils.widgets.anchor_scales import GRIDS, SIDE, VIEWS, AnchorScales
from utils.widgets.anchor_scales.scene import scene

SOLVED = {"sizes": [10, 20, 20, 36], "ratio": 0.65}


@pytest.fixture
def show(page):
    yield from mounting(page, AnchorScales)


def rect(page, selector, place=0):
    """The box of a rectangle of the picture."""
    return page.eval_on_selector_all(
        selector,
        """(nodes, place) => {
          const [x, y, width, height] = ["x", "y", "width", "height"]
            .map((name) => Number(nodes[place].getAttribute(name)));
          return [x, y, x + width, y + height];
        }""",
        place,
    )


def numbers(page):
    """The table, a list for each digit."""
    cells = page.eval_on_selector_all(
        ".book-number", "all => all.map((x) => Number(x.textContent))"
    )
    return [cells[start : start + len(GRIDS)] for start in range(0, len(cells), len(GRIDS))]


def map_buttons(page):
    return page.eval_on_selector_all(
        ".book-map", "all => all.map((x) => [x.innerText.split('\\n'), x.ariaPressed])"
    )


def test_picture_and_table_show_the_state(show):
    for state in ({}, {**SOLVED, "stage": 2, "cell": [1, 3]}, {"stage": 3, "cell": [9, 0]}):
        demo, page = AnchorScales(**state), show(**state)
        for row, wanted in zip(numbers(page), demo.overlaps.tolist(), strict=True):
            assert row == pytest.approx(wanted, abs=0.0051)
        count = GRIDS[demo.stage]
        row, column = (min(part, count - 1) for part in demo.cell)
        size = demo.sizes[demo.stage]
        laid = anchors((count, count), (SIDE, SIDE), (size,), (demo.ratio,))
        box = laid[row * count + column]
        assert rect(page, ".book-anchor") == pytest.approx(box.tolist(), abs=1e-4)
        assert rect(page, ".book-halo") == rect(page, ".book-anchor")
        middle = [(column + 0.5) * SIDE / count, (row + 0.5) * SIDE / count]
        half = VIEWS[demo.stage] / 2
        view = [middle[0] - half, middle[1] - half, middle[0] + half, middle[1] + half]
        assert rect(page, ".book-view") == [min(SIDE, max(0, edge)) for edge in view]
        assert rect(page, ".book-cell")[:2] == [column * SIDE / count, row * SIDE / count]
        for place, box in enumerate(scene().boxes.tolist()):
            assert rect(page, ".book-truth", place) == box
        met = page.eval_on_selector_all(
            ".book-truth", "all => all.map((x) => x.classList.contains('book-met'))"
        )
        assert met == (demo.overlaps.amax(1) >= 0.5).tolist()
        said = read(page, ".book-says")
        assert said.startswith(f"{demo.found} of 4 digits have an anchor. The blue one, ")
        found = map_buttons(page)
        assert [words[0] for words, _ in found] == [f"{n}×{n}" for n in GRIDS]
        assert [words[1] for words, _ in found] == [f"{size:g} px" for size in demo.sizes]
        assert [pressed for _, pressed in found].index("true") == demo.stage


def test_a_map_is_chosen_and_the_place_in_the_picture_stays(show):
    page = show(stage=0, cell=[10, 5])
    for name, cell in (("8×8", [40, 16]), ("2×2", [32, 0]), ("4×4", [48, 16])):
        page.get_by_role("button", name=name, exact=False).click()
        frame(page)
        x, y = cell[1], cell[0]
        assert rect(page, ".book-cell")[:2] == [x, y]
    page.locator("input[type=range]").first.fill("36")
    frame(page)
    assert [words[1] for words, _ in map_buttons(page)] == ["6 px", "16 px", "36 px", "56 px"]


def test_pointing_and_arrow_keys_move_the_cell(show):
    page = show(stage=1)
    box = page.locator(".book-photo svg").bounding_box()
    page.mouse.move(box["x"] + box["width"] * 0.8, box["y"] + box["height"] * 0.3)
    frame(page)
    assert rect(page, ".book-cell")[:2] == [48, 16]
    drawing = page.locator(".book-photo svg")
    for key, place in (("ArrowRight", [56, 16]), ("ArrowRight", [56, 16]), ("ArrowUp", [56, 8])):
        drawing.press(key)
        frame(page)
        assert rect(page, ".book-cell")[:2] == place
    drawing.press("Home")
    frame(page)
    assert rect(page, ".book-cell")[:2] == [0, 8]


def test_pointing_at_the_table_shows_the_digit(show):
    page = show()
    page.locator(".book-field").nth(4 * 3 + 1).hover()
    pointed = page.eval_on_selector_all(
        ".book-truth", "all => all.map((x) => x.classList.contains('book-pointed'))"
    )
    assert pointed == [False, False, False, True]


def test_marks_are_the_anchors_that_meet_a_digit(show):
    page = show(**SOLVED, stage=1)
    boxes = scene().boxes
    laid = anchors((8, 8), (64, 64), (20,), (0.65,), dtype=torch.float64)
    best = torch.stack([_iou(laid, box) for box in boxes]).amax(0)
    assert page.locator(".book-mark.book-object").count() == (best >= 0.5).sum()
    assert page.locator(".book-mark.book-near").count() == ((best >= 0.4) & (best < 0.5)).sum()


def test_dashes_wait_for_the_pointer(show):
    page = show(stage=1)
    view, near = page.locator(".book-view"), page.locator(".book-mark.book-near:visible")
    key = page.locator(".book-key-view")
    solid = page.locator(".book-mark.book-object:visible").count()
    assert not view.is_visible() and not key.is_visible() and near.count() == 0 and solid > 0
    page.locator(".book-map").nth(2).hover()
    assert view.is_visible() and key.is_visible()
    page.locator(".book-field").nth(4).hover()  # of the second digit
    assert not view.is_visible()
    assert {node.get_attribute("data-about") for node in near.all()} == {"object1"}
    page.locator(".book-says").hover()
    assert near.count() == 0
    box = page.locator(".book-truth").nth(1).bounding_box()  # and in the middle of its box
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    frame(page)
    assert view.is_visible() and near.count() > 0
    page.mouse.move(0, 0)
    page.locator(".book-photo svg").press("ArrowLeft")
    assert view.is_visible()


def test_the_keys_have_the_colours_of_the_lines(show):
    page = show(stage=1)
    page.locator(".book-photo").hover()
    frame(page)
    keys = page.eval_on_selector_all(
        ".book-key", "all => all.map((x) => getComputedStyle(x, '::before').borderTopColor)"
    )
    names = ".book-mark.book-object", ".book-mark.book-near", ".book-view"
    assert keys == [
        page.eval_on_selector(name, "x => getComputedStyle(x).stroke") for name in names
    ]
    words = [node.inner_text() for node in page.locator(".book-key").all()]
    assert words == ["IoU ≥ 0.5", "IoU ≥ 0.4", "what is seen"]


def _iou(laid, box):
    start, end = torch.maximum(laid[:, :2], box[:2]), torch.minimum(laid[:, 2:], box[2:])
    shared = (end - start).clamp(min=0).prod(1)
    area = (laid[:, 2:] - laid[:, :2]).prod(1) + (box[2:] - box[:2]).prod()
    return shared / (area - shared)


def colour(page, selector, name, place=0):
    return page.locator(selector).nth(place).evaluate("(x, k) => getComputedStyle(x)[k]", name)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_frame_anchor_and_key_of_a_digit_have_one_colour(show, theme):
    page = show(stage=1, theme=theme)
    truths = [colour(page, ".book-truth", "stroke", place) for place in range(4)]
    framed = [colour(page, ".book-portrait", "outlineColor", place) for place in range(4)]
    assert truths == framed and truths[0] == truths[2] != truths[1] == truths[3]
    drawn = ".book-field.book-{} .book-best"
    assert colour(page, drawn.format("object"), "stroke") == truths[0]
    near = colour(page, ".book-mark.book-near", "stroke")
    assert colour(page, drawn.format("near"), "stroke") == near
    filled = ".book-field.book-{} .book-shared"
    assert colour(page, filled.format("object"), "fill") == truths[0]
    assert colour(page, filled.format("near"), "fill") == near


def test_each_small_picture_shows_the_digit_and_the_best_anchor_of_the_map(show):
    for state in ({}, SOLVED):
        demo, page = AnchorScales(**state), show(**state)
        for place in range(16):
            row, column = divmod(place, 4)
            truth = torch.tensor([rect(page, ".book-outline", place)]).double()
            drawn = torch.tensor([rect(page, ".book-best", place)]).double()
            assert truth[0].tolist() == scene().boxes[row].tolist()
            assert _iou(drawn, truth[0])[0].item() == pytest.approx(
                demo.overlaps[row, column].item(), abs=1e-4
            )
            both = torch.stack([truth[0], drawn[0]])
            shared = [*both[:, :2].amax(0).tolist(), *both[:, 2:].amin(0).tolist()]
            assert rect(page, ".book-shared", place) == pytest.approx(shared, abs=1e-4)
            svg = page.locator(".book-snapshot").nth(place)
            x, y, wide, high = map(float, svg.get_attribute("viewBox").split())
            for box in (truth[0], drawn[0]):
                assert x < box[0] and y < box[1] and x + wide > box[2] and y + high > box[3]


def test_a_click_on_a_small_picture_goes_to_its_anchor(show):
    page = show()
    page.locator(".book-field").nth(2).click()
    frame(page)
    assert map_buttons(page)[2][1] == "true"
    assert rect(page, ".book-anchor") == pytest.approx(rect(page, ".book-best", 2), abs=1e-4)


@pytest.mark.parametrize("width", [880, 640, 360])
def test_no_number_lies_on_its_picture_and_no_name_is_cut_off(show, width):
    page = show(width=width, sizes=[10, 20, 20, 36], ratio=0.65)
    for field in page.locator(".book-field").all():
        words, drawn = (
            field.locator(part).bounding_box() for part in (".book-number", ".book-snapshot")
        )
        beside = words["x"] >= drawn["x"] + drawn["width"] - 1
        assert beside or words["y"] >= drawn["y"] + drawn["height"] - 2
    inner = page.locator(".book-map b").evaluate_all(
        "all => all.map((x) => x.offsetWidth <= x.parentNode.clientWidth)"
    )
    assert inner == [True] * 4


def test_the_task_asks_for_sizes_that_meet_all(show):
    page = show()
    assert not is_done(page)
    for name, size in (("16×16", 10), ("8×8", 18)):
        page.get_by_role("button", name=name, exact=False).click()
        page.locator("input[type=range]").first.fill(str(size))
        frame(page)
    assert is_done(page)


def test_play_visits_the_digits_map_after_map_and_solves_nothing(fresh_page):
    page = fresh_page
    stop_clock(page)
    mount(page, AnchorScales(stage=2))
    frame(page)
    page.get_by_role("button", name="Play").click()
    boxes, visited = scene().boxes, []
    for wait in [100, *[1000] * 15]:
        page.clock.run_for(wait)
        visited.append(rect(page, ".book-cell"))
    wanted = []
    for count in GRIDS:
        step = SIDE / count
        for box in boxes:
            x, y = ((box[:2] + box[2:]) / 2 // step * step).tolist()
            wanted.append([x, y, x + step, y + step])
    assert visited == wanted
    assert not is_done(page)
    page.clock.run_for(3000)
    assert page.get_by_role("button", name="Play").count() == 1
    assert not is_done(page)


TOLD = "nodes => nodes.map((node) => node.classList.contains('book-told'))"


@pytest.mark.parametrize("state", [{}, {"sizes": [8, 16, 40, 56]}])
def test_the_end_of_play_is_the_smallest_digit_on_each_map(fresh_page, state):
    page, demo = fresh_page, AnchorScales(**state)
    stop_clock(page)
    mount(page, demo)
    frame(page)
    assert "smallest" not in read(page, ".book-says")
    page.get_by_role("button", name="Play").click()
    for _ in range(18):
        page.clock.run_for(1000)
        assert not is_done(page)
    frame(page)
    small = (scene().boxes[:, 2:] - scene().boxes[:, :2]).prod(1).argmin().item()
    fine, *coarse = (f"{value:.2f}" for value in demo.overlaps[small].tolist())
    assert read(page, ".book-says") == (
        f"The smallest digit fits best on 16×16 cells: IoU {fine}. "
        f"Coarser maps give it {coarse[0]}, {coarse[1]} and {coarse[2]}."
    )
    assert map_buttons(page)[0][1] == "true"
    drawn = torch.tensor([rect(page, ".book-anchor")]).double()
    assert _iou(drawn, scene().boxes[small])[0].item() == pytest.approx(float(fine), abs=0.0051)
    rows = torch.tensor(page.locator(".book-field").evaluate_all(TOLD)).view(-1, len(GRIDS))
    assert rows.all(1).tolist() == rows.any(1).tolist() == [at == small for at in range(4)]
    seen = page.locator(".book-snapshot").evaluate_all(
        "all => all.map((node) => Number(getComputedStyle(node).opacity))"
    )
    assert [value == 1 for value in seen] == rows.flatten().tolist()
    page.locator(".book-photo svg").press("ArrowLeft")
    frame(page)
    assert "smallest" not in read(page, ".book-says")
    assert page.locator(".book-told, .book-telling").count() == 0


def test_play_ends_on_the_map_that_serves_the_smallest_digit(fresh_page):
    state = {"sizes": [56, 12, 30, 56]}  # now the second map does
    page, best = fresh_page, AnchorScales(**state).overlaps[3].argmax().item()
    stop_clock(page)
    mount(page, AnchorScales(**state))
    frame(page)
    page.get_by_role("button", name="Play").click()
    page.clock.run_for(20_000)
    frame(page)
    assert best == 1 and map_buttons(page)[best][1] == "true"
    assert " of 4 digits " in read(page, ".book-says")


def test_one_digit_has_an_anchor_and_two_have(open_module):
    module = open_module("anchor_scales/words")
    facts = {"box": [0, 0, 8, 8], "overlap": 0, "label": "background", "count": 4}
    calls = [("sentence", {**facts, "found": found}) for found in (1, 2)]
    one, two = module.call_each(calls)
    assert one.startswith("1 of 4 digits has an anchor.")
    assert two.startswith("2 of 4 digits have an anchor.")
