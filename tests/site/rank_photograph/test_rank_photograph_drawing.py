"""Where pictures, strips, knob and stem stand, what they are called, and their colours."""

import pytest
from demo_input import drag
from demo_looks import style_of, theme_colour
from demo_page import frame, mounting, read, stop_clock
from module_page import mount

from utils.data import registry
from utils.widgets.rank_photograph import SIDE, RankPhotograph


@pytest.fixture
def show(page):
    yield from mounting(page, RankPhotograph)


def box(page, selector):
    """Left, top, right and bottom of the first one found."""
    found = page.locator(selector).first.bounding_box()
    return (
        found["x"],
        found["y"],
        found["x"] + found["width"],
        found["y"] + found["height"],
    )


def test_the_stem_reaches_from_the_ground_to_the_top_of_the_newest_bar(show):
    page = show(layers=1)
    field, bar = box(page, ".book-spectrum"), box(page, ".book-bar")
    knob, stem = box(page, ".book-knob"), box(page, ".book-stem")
    middle = (knob[0] + knob[2]) / 2, (knob[1] + knob[3]) / 2
    assert middle[0] == pytest.approx((bar[0] + bar[2]) / 2, abs=1.5)
    assert middle[1] == pytest.approx(bar[1], abs=2)
    assert (stem[0] + stem[2]) / 2 == pytest.approx(middle[0], abs=0.6)
    assert stem[1] == pytest.approx(middle[1], abs=2)
    assert stem[3] == pytest.approx(field[3], abs=2)


def test_the_curve_names_its_axes_and_its_ends(show):
    page = show()
    names = page.locator(".book-names span").all_text_contents()
    assert names == ["singular value of each layer", f"layer {SIDE}"]
    assert box(page, ".book-names span")[0] == pytest.approx(box(page, ".book-spectrum")[0], abs=1)
    powers = page.locator(".book-level span").all_text_contents()
    assert powers == ["10", "1", "0.1", "0.01", "0.001"]
    knob = page.get_by_role("slider", name="Last layer")
    ends = [knob.get_attribute(f"aria-value{end}") for end in ("min", "max")]
    layers = page.get_by_role("slider", name="Layers", exact=True)
    assert ends == [layers.get_attribute(end) for end in ("min", "max")] == ["1", str(SIDE)]


def test_each_picture_has_its_name_and_its_credit(show):
    page = show(layers=7)
    for selector, words in (
        (".book-original canvas", "The photograph"),
        (".book-sum canvas", "sum of 7 layers"),
        (".book-product canvas:nth-child(3)", "Layer 7 alone; grey is zero"),
        (".book-column", "The column of the newest layer"),
        (".book-row-strip", "The row of the newest layer"),
    ):
        assert page.locator(selector).get_attribute("aria-label") == words
    original = page.locator(".book-original")
    assert original.inner_text() == "photograph"
    assert registry.photographs()["cat"].author in original.get_attribute("title")


def test_the_row_lies_above_its_layer_and_the_column_beside_it(show):
    page = show()
    layer = box(page, ".book-product canvas:nth-child(3)")
    row, column = box(page, ".book-row-strip"), box(page, ".book-column")
    assert (row[0], row[2]) == pytest.approx((layer[0], layer[2]), abs=1)
    assert row[3] < layer[1]
    assert (column[1], column[3]) == pytest.approx((layer[1], layer[3]), abs=1)
    assert column[2] < layer[0]
    page = show(width=360)
    shown = [page.locator(f".book-{look}").is_visible() for look in ("original", "sum", "layer")]
    assert shown == [True, True, False]


def test_the_sum_is_blue_and_the_newest_layer_warm(show):
    page = show()
    warm, accent = (theme_colour(page, name) for name in ("--demo-warm", "--demo-accent"))
    for selector, name, wanted in (
        (".book-sum figcaption", "color", accent),
        (".book-sum canvas", "outlineColor", accent),
        (".book-bar.book-kept", "fill", accent),
        (".book-layer figcaption", "color", warm),
        (".book-column", "outlineColor", warm),
        (".book-row-strip", "outlineColor", warm),
        (".book-knob", "backgroundColor", warm),
        (".book-stem", "backgroundColor", warm),
    ):
        assert style_of(page, selector, name) == wanted, selector
    assert style_of(page, ".book-bar:not(.book-kept)", "fill") not in (accent, warm)
    assert style_of(page, ".book-sum canvas", "imageRendering") == "pixelated"


def test_the_knob_follows_while_it_is_held_by_the_main_button_alone(show):
    page = show(layers=7)
    left, top, right, bottom = box(page, ".book-spectrum")

    def place(layer):
        return left + (layer - 0.5) / SIDE * (right - left), (top + bottom) / 2

    drag(page, place(7), place(31))
    page.mouse.move(*place(70))
    assert read(page, ".book-says").startswith("31 layers")
    page.keyboard.press("ArrowRight")  # the knob has kept the focus
    assert read(page, ".book-says").startswith("32 layers")
    page.mouse.click(*place(50), button="right")
    assert read(page, ".book-says").startswith("32 layers")


def test_the_task_compares_what_torch_counts(show):
    def error(picture, layers):
        return RankPhotograph(picture=picture, layers=layers).error

    for picture, count in (("rocket", 4), ("turned rocket", 16)):
        assert error(picture, count) <= 0.04 < error(picture, count - 1)
    page = show(picture="rocket", layers=4)
    assert f"The error is {100 * error('rocket', 4):.1f} %." in read(page, ".book-says")
    assert "Four layers bring the rocket within 4 %." in read(page, ".book-task")
    page = show(picture="turned rocket", layers=16)
    assert page.get_by_label("Photograph", exact=True).input_value() == "turned rocket"
    praise = "Sixteen against four: no column times a row draws a slanted edge."
    assert praise in read(page, ".book-task")


def test_it_plays_by_itself(fresh_page):
    page = fresh_page
    page.emulate_media(reduced_motion="no-preference")
    stop_clock(page)
    mount(page, RankPhotograph())
    frame(page)
    assert page.get_by_role("button", name="Pause").is_visible()
