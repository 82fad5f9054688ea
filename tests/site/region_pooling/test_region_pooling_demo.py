"""Region pooling, as a reader meets it in Chromium."""

import re

import pytest
import torch
from demo_page import frame, mounting, read, stop_clock
from demo_stage import is_done
from module_page import mount

from utils.widgets.region_pooling import RegionPooling


@pytest.fixture
def show(page):
    yield from mounting(page, RegionPooling)


def numbers(page, which=".book-chosen"):
    words = page.locator(f"{which} .book-value").all_text_contents()
    return [float(word.replace("−", "-")) for word in words]


def box_of(page, selector):
    """The box of a path on the board, in cells."""
    return page.eval_on_selector(
        selector,
        "node => { const b = node.getBBox();"
        " return [b.x, b.y, b.x + b.width, b.y + b.height].map((v) => (v - 8) / 40) }",
    )


def test_the_table_and_the_frames_show_the_region(show):
    states = ({}, {"method": "align", "parts": 3}, {"region": [1.5, 2.5, 4.4, 6.4], "parts": 4})
    for state in states:
        demo = RegionPooling(**state)
        page = show(**state)
        assert numbers(page) == pytest.approx(demo.output.flatten().tolist(), abs=0.051)
        assert box_of(page, ".book-body") == pytest.approx(demo.region)
        assert page.locator(".book-part").count() == demo.parts**2
        is_pool = demo.method == "pool"
        other = RegionPooling(**state | {"method": "align" if is_pool else "pool"})
        theirs = numbers(page, ".book-way:not(.book-chosen)")
        assert theirs == pytest.approx(other.output.flatten().tolist(), abs=0.051)
        chosen = read(page, ".book-chosen .book-name")
        assert chosen.startswith(demo.method) and page.locator(".book-chosen").count() == 1
        assert page.locator(".book-best").count() == demo.parts**2 * is_pool
        assert page.locator(".book-place").count() == 4 * demo.parts**2 * (not is_pool)
        if is_pool:
            used = [int(edge + 0.5) + (index > 1) for index, edge in enumerate(demo.region)]
            assert box_of(page, ".book-used") == pytest.approx(used)
        else:
            assert page.locator(".book-used").get_attribute("d") == ""


def test_the_chosen_table_has_the_colour_of_its_parts_and_both_fill_their_column(show):
    page = show()
    colour = page.locator(".book-part").first.evaluate("n => getComputedStyle(n).stroke")
    names = page.locator(".book-name").evaluate_all(
        "all => all.map((n) => getComputedStyle(n).color)"
    )
    assert names[0] == colour != names[1]
    board, *tables = (
        page.locator(name).nth(number).bounding_box()
        for name, number in ((".book-board", 0), (".book-way", 0), (".book-way", 1))
    )
    assert abs(tables[0]["y"] - board["y"]) < 16
    assert abs(tables[1]["y"] + tables[1]["height"] - board["y"] - board["height"]) < 16


def test_rings_are_on_the_largest_numbers(show):
    page = show(region=[0, 0, 5, 3], parts=2)
    rings = page.eval_on_selector_all(
        ".book-best", "all => all.map((n) => [n.cx.baseVal.value, n.cy.baseVal.value])"
    )
    cells = [(int((x - 8) // 40), int((y - 8) // 40)) for x, y in rings]
    demo = RegionPooling(region=[0, 0, 5, 3], parts=2)
    from utils.widgets.region_pooling import MAP

    assert [MAP[y][x] for x, y in cells] == demo.output.flatten().tolist()


def test_what_is_read_though_nobody_asked_is_hatched_and_the_rest_steps_back(show):
    page = show(region=[0.2, 2.8, 3.8, 6.8])
    assert box_of(page, ".book-excess") == pytest.approx([0, 3, 5, 8])
    inner = page.locator(".book-excess").get_attribute("d").split("z")[1]
    edges = [(float(part) - 8) / 40 for part in re.findall(r"[\d.]+", inner)]
    assert edges == pytest.approx([0.2, 3, 3.8, 6.8, 0.2])
    assert page.locator(".book-excess").get_attribute("fill").startswith("url(#book-excess-")
    assert page.locator(".book-digit.book-unread").count() == 96 - 25
    page = show(region=[0.2, 2.8, 3.8, 6.8], method="align")
    assert page.locator(".book-excess").get_attribute("d") == ""
    assert page.locator(".book-digit.book-unread").count() == 96 - 4 * 5


def test_the_region_is_dragged_and_keys_move_it(show):
    page = show(region=[2, 2, 6, 5])
    board = page.locator(".book-board").bounding_box()
    unit = board["width"] / 496

    def at(x, y):
        return board["x"] + unit * (8 + 40 * x), board["y"] + unit * (8 + 40 * y)

    for start, end in (((4, 3.5), (5, 3)), ((7, 4.5), (8.5, 6.5))):
        page.mouse.move(*at(*start))
        page.mouse.down()
        page.mouse.move(*at(*end))
        page.mouse.up()
        frame(page)
    assert box_of(page, ".book-body") == pytest.approx([3, 1.5, 8.5, 6.5])
    page.locator(".book-region").press("ArrowLeft")
    page.locator(".book-region").press("Shift+ArrowDown")
    frame(page)
    assert box_of(page, ".book-body") == pytest.approx([2.9, 1.5, 8.4, 6.6])


def test_the_ring_of_the_focus_is_for_keys_not_for_a_hand(show):
    page = show()
    region = page.locator(".book-region")
    ring = "(node) => getComputedStyle(node).outlineStyle"
    box = page.locator(".book-body").bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 20, y)
    page.mouse.up()
    assert region.evaluate("(node) => node === document.activeElement")
    assert region.evaluate(ring) == "none"
    page.keyboard.press("ArrowLeft")
    assert region.evaluate(ring) == "solid"


def test_pointing_at_a_number_lights_up_its_part(show):
    page = show()
    page.locator(".book-chosen .book-value").nth(1).hover()
    lit = page.locator(".book-marks .book-pointed")
    assert set(lit.evaluate_all("all => all.map((n) => n.dataset.about)")) == {"part-0-1"}
    assert lit.count() == 2  # the part and its ring
    assert page.locator(".book-seen .book-pointed").count() == 2  # in both tables


def test_the_task_asks_for_a_region_of_which_pooling_reads_four_times_as_much(show):
    page = show(region=[0.5, 0.5, 1.5, 1.6])
    assert "Asked for, dashed: 1.1 cells. Read, orange: 4." in read(page, ".book-says")
    assert not is_done(page)
    page.locator(".book-region").press("Shift+ArrowUp")  # one cell now, and 2 by 2 are read
    frame(page)
    assert is_done(page)
    page.get_by_role("combobox").select_option("align")
    frame(page)
    assert "solved" in page.locator(".book-task").get_attribute("class")


def test_play_slides_by_thirds_and_pooling_stays_where_align_moves(fresh_page):
    page = fresh_page
    stop_clock(page)
    mount(page, RegionPooling(region=[7, 1.6, 9.9, 6.3]))
    frame(page)
    seen = {"pool": [], "align": []}
    for method, rows in seen.items():
        page.get_by_role("combobox").select_option(method)
        page.clock.run_for(100)
        page.get_by_role("button", name="Play").click()
        for _ in range(6):
            page.clock.run_for(600)
            rows.append(tuple(numbers(page)))
        page.clock.run_for(6000)
        assert box_of(page, ".book-body")[2] == pytest.approx(9.9 + 2)
        assert page.get_by_role("button", name="Play").count() == 1  # it stopped by itself
        assert not is_done(page)
    assert len(set(seen["pool"])) < len(set(seen["align"]))
    assert "Align followed" in read(page, ".book-says")
    page.get_by_role("button", name="Reset").click()
    page.clock.run_for(1000)
    assert box_of(page, ".book-body") == pytest.approx([7, 1.6, 9.9, 6.3])


def along(region, method, parts, step):
    """The tables of a region that is moved along its row, from the left end to its place."""
    x1, y1, x2, y2 = region
    lefts = [x1 - step * k for k in range(int(x1 / step + 1e-6), -1, -1)]
    regions = [[left, y1, left + x2 - x1, y2] for left in lefts]
    tables = [RegionPooling(region=r, method=method, parts=parts).output for r in regions]
    return torch.stack(tables)


@pytest.mark.parametrize(("method", "parts"), [("pool", 2), ("align", 3)])
def test_at_the_end_of_play_pool_has_jumped_and_align_followed(fresh_page, method, parts):
    page = fresh_page
    stop_clock(page)
    mount(page, RegionPooling(method=method, parts=parts))
    frame(page)
    assert "followed" not in read(page, ".book-says")
    page.get_by_role("button", name="Play").click()
    for _ in range(25):
        page.clock.run_for(600)
        assert not is_done(page)
    frame(page)
    assert page.get_by_role("button", name="Play").count() == 1
    x1, y1, x2, y2 = RegionPooling().region
    end = [x1 + 8, y1, x2 + 8, y2]
    pool, align = (along(end, way, parts, 1 / 3).diff(dim=0).abs() for way in ("pool", "align"))
    assert len(pool) == 24 and (align.flatten(1).amax(1) > 0.1).all()
    still = (pool.flatten(1).amax(1) == 0).sum().item()
    assert read(page, ".book-says") == (
        f"Pool stood still in {still} of 24 steps of ⅓ cell, and jumped by up to "
        f"{pool.max().item():.0f}. Align followed, by {align.max().item():.1f} at most."
    )
    assert still > 5 and pool.max() > 3 * align.max()


def test_curves_show_the_upper_left_number_along_the_row(show):
    region, starts = [4.0, 2.5, 7.0, 6.5], "nodes => nodes.map((n) => n.getAttribute('d'))"
    page = show(region=region)
    for way, drawn in zip(
        ("pool", "align"),
        page.locator(".book-curve .book-passed").evaluate_all(starts),
        strict=True,
    ):
        wanted = along(region, way, 2, 1 / 12)[:, 0, 0]
        points = [tuple(map(float, part.split())) for part in drawn[1:].split("L")]
        assert len(points) == len(wanted) == 49
        heights = -torch.tensor(points)[:, 1]
        assert torch.corrcoef(torch.stack([heights.double(), wanted]))[0, 1] > 0.999
        assert [x for x, _ in points] == pytest.approx(
            [3 + 94 * k / 108 for k in range(49)], abs=0.01
        )
    whole = page.locator(".book-curve .book-whole").evaluate_all(starts)
    assert [text.count("L") for text in whole] == [108, 108]
    page = show(region=[0, 0, 12, 8])  # no room to slide
    assert page.locator(".book-curve .book-now").count() == 2


def test_another_method_is_drawn_for_readers_who_want_motion_too(page):
    page.emulate_media(reduced_motion="no-preference")
    mount(page, RegionPooling())
    page.get_by_label("Method").select_option("align")
    frame(page)
    wanted = RegionPooling(method="align").output.flatten().tolist()
    assert numbers(page) == pytest.approx(wanted, abs=0.051)
