"""The sum of layers, as a reader meets it in Chromium."""

import pytest
import torch
from demo_input import drag, touch_drag
from demo_page import frame, mounting, read, stop_clock
from demo_stage import is_done, open_drawer
from module_page import mount

from utils.widgets.rank_photograph import SIDE, RankPhotograph, grey_levels

PIXELS = """(canvas) => {
    const { width, height } = canvas;
    const bytes = canvas.getContext("2d").getImageData(0, 0, width, height).data;
    return [height, width, Array.from({ length: width * height }, (_, at) => bytes[4 * at])];
}"""


@pytest.fixture
def show(page):
    yield from mounting(page, RankPhotograph)


def picture(page, selector):
    height, width, greys = page.locator(f"{selector} canvas").first.evaluate(PIXELS)
    return torch.tensor(greys).reshape(height, width)


def strip(page, selector):
    *_, greys = page.locator(selector).evaluate(PIXELS)
    return torch.tensor(greys)


def slider(page):
    return page.get_by_role("slider", name="Layers", exact=True)


def knob(page):
    return page.get_by_role("slider", name="Last layer")


def bytes_of(values):
    return (255 * values.clamp(0, 1)).round()


@pytest.mark.parametrize(
    "state",
    [{}, {"picture": "rocket", "layers": 1}, {"picture": "turned rocket", "layers": 100}],
)
def test_pictures_and_sentence_are_those_of_python(show, state):
    page, demo = show(**state), RankPhotograph(**state)
    assert torch.equal(picture(page, ".book-original"), grey_levels(demo.picture).long())
    assert (picture(page, ".book-sum") - bytes_of(demo.rebuilt)).abs().max() <= 1
    words = read(page, ".book-says")
    takes = "1 layer takes" if demo.layers == 1 else f"{demo.layers} layers take"
    assert words.startswith(f"{takes} {demo.numbers:,} numbers, ")
    assert ("more than 10,000" if demo.layers >= 50 else "instead of 10,000") in words
    percent = 100 * demo.error
    assert f"The error is {percent:.{2 if percent < 1 else 1}f} %." in words
    count = demo.layers
    said = page.inner_text(".book-sum figcaption")
    assert said == ("1 layer" if count == 1 else f"sum of {count} layers")
    assert page.inner_text(".book-layer figcaption") == f"layer {count} = column × row"
    assert page.locator(".book-bar.book-kept").count() == count
    assert page.locator(".book-bar").count() == SIDE


@pytest.mark.parametrize("state", [{}, {"picture": "turned rocket", "layers": 3}])
def test_the_newest_layer_is_its_column_times_its_row(show, state):
    page, demo = show(**state), RankPhotograph(**state)
    layer = strip(page, ".book-product canvas:nth-child(3)").reshape(SIDE, SIDE)
    u, s, vh = torch.linalg.svd(demo.photograph)
    k = demo.layers - 1
    wanted = s[k] * torch.outer(u[:, k], vh[k])
    assert (layer - (127.5 + 127.5 * wanted / wanted.abs().max())).abs().max() <= 1.01
    column, row = strip(page, ".book-column"), strip(page, ".book-row-strip")
    assert len(column) == len(row) == SIDE
    centred = torch.outer(column - 127.5, row - 127.5)
    sizes = centred.flatten(), wanted.flatten().float()
    assert torch.corrcoef(torch.stack(sizes))[0, 1].abs() > 0.999
    assert torch.corrcoef(torch.stack(sizes))[0, 1] > 0  # the same sign as the layer


def test_bars_are_the_singular_values_on_a_logarithmic_axis(show):
    page, demo = show(layers=7), RankPhotograph(layers=7)
    values = demo.singular_values
    heights = page.locator(".book-bar").evaluate_all(
        "(bars) => bars.map((bar) => Number(bar.getAttribute('height')))"
    )
    wanted = 100 * (values.log10().clamp(min=-4) + 4) / 6
    assert torch.tensor(heights).double().sub(wanted).abs().max() < 1e-4
    field = page.locator(".book-spectrum").bounding_box()
    for line in page.locator(".book-level").all():
        power = torch.tensor(float(line.inner_text())).log10().item()
        box = line.bounding_box()
        height = field["y"] + field["height"] - box["y"] - box["height"] / 2
        assert height / field["height"] == pytest.approx((power + 4) / 6, abs=0.02)
    place, bar = knob(page).bounding_box(), page.locator(".book-bar").nth(6).bounding_box()
    middle = bar["x"] + bar["width"] / 2
    assert place["x"] + place["width"] / 2 == pytest.approx(middle, abs=1.5)
    assert place["y"] + place["height"] / 2 == pytest.approx(bar["y"], abs=2)


def test_keys_move_the_layers(show):
    page = show(layers=7)
    slider(page).press("ArrowRight")
    assert read(page, ".book-says").startswith("8 layers")
    for key, count in (("ArrowRight", 9), ("ArrowUp", 10), ("ArrowLeft", 9), ("ArrowDown", 8)):
        knob(page).press(key)
        assert read(page, ".book-says").startswith(f"{count} layers")
        assert knob(page).get_attribute("aria-valuenow") == str(count)
    knob(page).press("End")
    assert read(page, ".book-says").startswith("100 layers")
    knob(page).press("Home")
    assert read(page, ".book-says").startswith("1 layer takes")
    knob(page).press("ArrowLeft")
    assert read(page, ".book-says").startswith("1 layer takes")
    error = RankPhotograph(layers=1).error
    assert knob(page).get_attribute("aria-valuetext") == f"1 layer, error {100 * error:.1f} %"


def test_the_picture_is_chosen_and_named(show):
    page = show()
    page.get_by_label("Photograph", exact=True).select_option("rocket")
    frame(page)
    assert torch.equal(picture(page, ".book-original"), grey_levels("rocket").long())
    assert "SpaceX" in page.locator(".book-original").get_attribute("title")


def test_the_point_follows_mouse_and_finger(show, browser):
    page = show(layers=7)

    def place(box, layer):
        return box["x"] + (layer - 0.5) / SIDE * box["width"], box["y"] + box["height"] / 2

    box = page.locator(".book-spectrum").bounding_box()
    drag(page, place(box, 7), place(box, 31))
    assert read(page, ".book-says").startswith("31 layers")
    with browser.new_context(has_touch=True) as context:
        phone = context.new_page()
        mount(phone, RankPhotograph())
        frame(phone)
        box = phone.locator(".book-spectrum").bounding_box()
        touch_drag(phone, place(box, 7), place(box, 60))
        assert read(phone, ".book-says").startswith("60 layers")


def test_play_adds_layers_and_does_not_solve_the_task(fresh_page):
    page = fresh_page
    stop_clock(page)
    mount(page, RankPhotograph(picture="turned rocket", layers=1))
    frame(page)
    page.get_by_role("button", name="Play").press("Enter")
    frame(page)
    seen = []
    for _ in range(20):
        seen.append(int(slider(page).input_value()))
        assert not is_done(page)
        page.clock.run_for(650)
        frame(page)
    assert seen[:5] == [2, 3, 4, 5, 6]
    assert seen == sorted(seen)
    assert seen[-1] == 50
    page.get_by_role("button", name="Play").press("Enter")
    frame(page)
    assert slider(page).input_value() == "1"


def test_the_task_is_done_by_the_fewest_layers_of_the_turned_rocket_alone(show):
    page = show()
    assert not is_done(page)
    page.get_by_label("Photograph", exact=True).select_option("turned rocket")
    for count, done in ((17, False), (15, False), (16, True)):
        slider(page).fill(str(count))
        frame(page)
        assert is_done(page) == done
    page = show(picture="rocket", layers=4)
    assert not is_done(page)
    page = show(picture="rocket", layers=16)
    assert not is_done(page)


@pytest.mark.parametrize("state", [{}, {"picture": "turned rocket", "layers": 16}])
def test_the_lines_of_torch_give_the_same_error(show, state):
    page = show(**state)
    open_drawer(page, "The same in torch")
    frame(page)
    *given, last = page.locator("code").first.inner_text().splitlines()
    names = {}
    exec("\n".join(given), names)
    demo = RankPhotograph(**state)
    assert eval(last, names).item() == pytest.approx(demo.error)
    assert f"# {demo.error:.4f}" in last
    assert torch.allclose(names["rebuilt"], demo.rebuilt)
