"""Where the cubes, rails and arrows stand, and what their colours tell apart."""

import re

import pytest
import torch
from demo_looks import style_of, theme_colour
from demo_page import mounting

from utils.widgets.axis_collapse import LOAVES, AxisCollapse

MIDDLE = 15  # from a cube's corner to the middle of its front


@pytest.fixture
def show(page):
    yield from mounting(page, AxisCollapse)


def numbers(text):
    return [float(number) for number in re.findall(r"-?\d+(?:\.\d+)?", text)]


def middle(node):
    box = node.bounding_box()
    return torch.tensor([box["x"] + box["width"] / 2, box["y"] + box["height"] / 2])


def corners(page, look):
    """Where cubes stand, ``(day, shop, bread, 2)``; in the page the day behind comes first."""
    found = page.locator(f".book-{look}").evaluate_all(
        "(all) => all.map((node) => node.getAttribute('transform'))"
    )
    return torch.tensor([numbers(text) for text in found]).view(2, 3, 4, 2).flip(0)


def test_an_arrow_points_where_its_axis_counts_and_has_its_name_beside_it(show):
    page = show()
    homes = corners(page, "ghost")
    shafts = page.locator(".book-shaft").all()
    for axis, shaft in enumerate(shafts):
        drawn = torch.tensor(numbers(shaft.get_attribute("d"))).view(-1, 2)
        start, end, *head = drawn
        step = homes.select(axis, 1)[0, 0] - homes[0, 0, 0]
        assert torch.cosine_similarity(end - start, step, dim=0) > 0.99
        for wing in (head[0], head[2]):
            assert torch.dot(end - wing, end - start) > 0
        name = middle(page.locator(".book-axis text").nth(axis))
        away = [(name - middle(other)).norm() for other in shafts]
        assert min(away) == away[axis]
        assert away[axis] < 80


def test_cubes_wait_at_home_on_the_sheet_of_their_day(show):
    page = show(dim=2, step=3)
    homes, bodies = corners(page, "ghost"), corners(page, "body")
    assert torch.equal(bodies[:, :, 3], homes[:, :, 3])
    assert not torch.equal(bodies[:, :, :3], homes[:, :, :3])
    behind = page.locator(".book-body.book-layer-1").all_text_contents()
    assert list(map(int, behind)) == torch.tensor(LOAVES)[1].flatten().tolist()
    for day, sheet in ((1, 0), (0, 1)):
        around = page.locator(".book-sheet").nth(sheet)
        left, top = numbers(around.get_attribute("transform"))
        x, y, wide, high = (float(around.get_attribute(a)) for a in ("x", "y", "width", "height"))
        first, last = homes[day, 0, 0], homes[day, 2, 3] + 2 * MIDDLE
        assert 0 < first[0] - (left + x) < 10
        assert 0 < first[1] - (top + y) < 14
        assert 0 < left + x + wide - last[0] < 20
        assert 0 < top + y + high - last[1] < 14
    cube = page.locator(".book-body:not(.book-there)").first
    label, front = (middle(cube.locator(part)) for part in ("text", ".book-front"))
    assert (label - front).abs().max() < 3


def test_no_cube_in_front_covers_a_number_behind(show):
    front, behind = corners(show(dim=2, step=0), "body").view(2, 12, 2)
    away = (behind[:, None] + MIDDLE - (front + MIDDLE)).abs()  # from a number to cubes
    assert away.amax(-1).min() > MIDDLE + 7  # seven more for the cube's side


def test_the_lit_rail_runs_through_the_lit_cubes(show):
    page = show(dim=1, place=5)
    rail = page.locator(".book-rail.book-lit")
    x1, y1, x2, y2 = (float(rail.get_attribute(end)) for end in ("x1", "y1", "x2", "y2"))
    line = corners(page, "ghost")[1, :, 1] + MIDDLE
    assert [x2, y2] == line[-1].tolist()
    assert [x1, y1] == (2 * line[0] - line[1]).tolist()
    own = "(rail) => rail.closest('svg > g').querySelectorAll('.book-ghost.book-lit').length"
    assert rail.evaluate(own) == 3  # a rail is covered by the days in front of its own


def test_long_results_are_written_smaller(show):
    assert show(dim=1, reduction="mean").locator(".book-result.book-fine").count() == 8
    assert show(dim=1, reduction="sum").locator(".book-result.book-fine").count() == 0


def test_lists_name_the_axes_and_the_calls(show):
    page = show()
    for name, wanted in (
        ("dim", ["0: days", "1: shops", "2: breads"]),
        ("Into", ["sum", "mean", "amax"]),
    ):
        listed = page.get_by_label(name, exact=True).locator("option")
        assert listed.all_text_contents() == wanted


def test_the_named_axis_is_warm_wherever_it_is_drawn(show):
    page = show(dim=1, keepdim=True, place=0)
    warm, accent = (theme_colour(page, name) for name in ("--demo-warm", "--demo-accent"))
    for selector, name in (
        (".book-axis.book-named .book-shaft", "stroke"),
        (".book-axis.book-named text", "fill"),
        (".book-rail.book-lit", "stroke"),
        (".book-shapes s", "color"),
        (".book-kept", "color"),
        (".book-result:not(.book-lit) .book-front", "stroke"),
        (".book-ghost.book-lit .book-front", "stroke"),
    ):
        assert style_of(page, selector, name) == warm, selector
    assert style_of(page, ".book-body:not(.book-lit) .book-front", "stroke") == accent
    assert style_of(page, ".book-axis:not(.book-named) text", "fill") != warm
    assert float(style_of(page, ".book-sheet", "fillOpacity")) <= 0.5  # the day behind shows
    fills = {
        style_of(page, f".book-{look} .book-front", "fill")
        for look in ("body.book-layer-0:not(.book-lit)", "body.book-layer-1", "ghost", "result")
    }
    assert len(fills) == 4
    lit, plain = (
        style_of(page, f".book-entry{end}", "backgroundColor")
        for end in (".book-lit", ":not(.book-lit)")
    )
    assert lit != plain


def test_what_has_flowed_is_hidden_and_what_is_not_there_yet(show):
    page = show(dim=2, step=3)
    assert page.locator(".book-body:visible").count() == 6
    assert page.locator(".book-ghost:visible").count() == 18
    assert page.locator(".book-result:visible").count() == 6
    picture = page.locator(".book-block svg").bounding_box()
    for cube in page.locator(".book-result .book-front").all():
        assert cube.bounding_box()["x"] >= picture["x"]
    page = show(dim=2, step=0)
    assert page.locator(".book-result:visible").count() == 0
