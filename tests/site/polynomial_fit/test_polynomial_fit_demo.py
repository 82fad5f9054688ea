"""The polynomial fit, as a reader meets it in Chromium."""

import pytest
from demo_input import drag, middle, press_at_once, tab_order
from demo_page import frame, mounting, read, stop_clock
from demo_stage import is_done
from module_page import mount

from utils.widgets.polynomial_fit import TRAINING, PolynomialFit

FOUR = [0.0, 0.5, -0.5, 1.0]


@pytest.fixture
def show(page):
    yield from mounting(page, PolynomialFit, width=800, height=900)


def targets(page):
    """The heights that the lines of torch give the points."""
    frame(page)
    names = {}
    exec("\n".join(page.text_content("code").splitlines()[:3]), names)
    return names["y"].tolist()


def grip(page, index):
    return page.get_by_role("slider", name=f"point {index}", exact=True)


def slider(page, name):
    return page.get_by_role("slider", name=name, exact=True)


def test_points_and_sliders_are_reached_by_tab_in_this_order(show):
    page = show(targets=FOUR)
    points = [f"point {index}" for index in (1, 2, 3, 4)]
    names = [*points, "Play", "Reset", "Degree", "Points", "The same in torch", "Copy"]
    assert tab_order(page) == names[: len(tab_order(page))]
    assert len(tab_order(page)) >= 9


def test_the_degree_slider_changes_the_curve_and_the_sentence(show):
    page = show(degree=8)
    before = page.locator(".book-mark.book-fit").get_attribute("points")
    slider(page, "Degree").press("Home")
    frame(page)
    demo = PolynomialFit(degree=0)
    old, new = demo.training_errors[0], demo.validation_errors[0]
    assert read(page, ".book-says").startswith(f"Error {old:.2f} on training, {new:.2f} on new")
    after = page.locator(".book-mark.book-fit").get_attribute("points").split()
    assert after != before.split()
    assert len(set(after[1::2])) == 1  # degree 0 is level


def test_the_curve_meets_all_points_if_it_has_a_weight_for_each(show):
    page = show(degree=3, targets=FOUR)
    heights = page.evaluate(
        """() => {
          const line = document.querySelector('.book-mark.book-fit');
          const at = [...line.points].map(({ x, y }) => [x, y]);
          return [...document.querySelectorAll('.book-handle')].map((one) => {
            const [x, y] = one.getAttribute('transform').match(/[-\\d.]+/g).map(Number);
            const near = at.reduce((a, b) => (Math.abs(b[0] - x) < Math.abs(a[0] - x) ? b : a));
            return Math.abs(near[1] - y);
          });
        }"""
    )
    assert len(heights) == 4
    assert max(heights) < 6  # pixels: the samples of the curve do not lie on the points


def test_a_slider_adds_points_as_drawn_and_keeps_those_that_were_moved(show):
    page = show(targets=FOUR)
    slider(page, "Points").press("ArrowRight")
    frame(page)
    assert targets(page) == [*FOUR, TRAINING[4, 1].item()]
    slider(page, "Points").press("End")
    frame(page)
    assert targets(page) == [*FOUR, *TRAINING[4:, 1].tolist()]
    slider(page, "Points").press("Home")
    frame(page)
    assert targets(page) == FOUR
    assert page.locator(".book-handle:visible").count() == 4


def test_keys_move_a_point_up_and_down(show):
    page = show(targets=FOUR)
    grip(page, 1).press("ArrowUp")
    grip(page, 2).press("ArrowDown")
    assert targets(page) == [0.1, 0.4, -0.5, 1.0]
    press_at_once(grip(page, 1), *3 * ["ArrowUp"])
    grip(page, 3).press("End")
    grip(page, 4).press("Home")
    assert targets(page) == [0.4, 0.4, 2, -2]
    assert grip(page, 3).get_attribute("aria-valuenow") == "2"
    x = TRAINING[1, 0].item()
    assert grip(page, 2).get_attribute("aria-valuetext") == f"x {x:.2f}, y 0.40".replace("-", "−")


def test_a_drag_moves_a_point_up_and_down_alone(show):
    page = show(targets=FOUR)
    x, y = middle(grip(page, 1).locator(".book-grip"))
    unit = page.locator(".book-plane").first.bounding_box()["height"] / 4.4
    drag(page, (x, y), (x + 60, y - unit))
    assert targets(page)[0] == pytest.approx(1, abs=0.051)
    assert targets(page)[1:] == FOUR[1:]
    assert middle(grip(page, 1).locator(".book-grip"))[0] == pytest.approx(x, abs=1)


def test_the_marks_stand_at_the_degree(show):
    page = show(degree=4)
    demo = PolynomialFit()
    width = page.evaluate("document.querySelectorAll('.book-plane')[1].viewBox.baseVal.width")
    height = page.evaluate("document.querySelectorAll('.book-plane')[1].viewBox.baseVal.height")
    for look, errors in (("old", demo.training_errors), ("fresh", demo.validation_errors)):
        dot = page.locator(f".book-{look}-now")
        x, y = (float(dot.get_attribute(name)) for name in ("cx", "cy"))
        assert x == pytest.approx((4 + 1.2) / 17 * width, abs=0.1)
        assert y == pytest.approx((1.7 - errors[4]) / 1.86 * height, abs=0.1)


def test_the_task_is_done_at_the_best_degree(show):
    page = show(degree=4)
    assert not is_done(page)
    slider(page, "Degree").press("ArrowLeft")
    frame(page)
    assert PolynomialFit().best_degree == 3
    assert is_done(page)
    page.get_by_role("button", name="Reset").press("Enter")
    frame(page)
    assert not is_done(page)


def test_play_brings_points_one_by_one(fresh_page):
    page = fresh_page
    page.emulate_media(reduced_motion="no-preference")
    stop_clock(page)
    mount(page, PolynomialFit(targets=TRAINING[:23, 1].tolist(), degree=2))
    frame(page)
    page.get_by_role("button", name="Play").press("Enter")
    page.clock.run_for(3000)
    assert targets(page) == TRAINING[:, 1].tolist()
    page.get_by_role("button", name="Play").press("Enter")
    frame(page)
    assert len(targets(page)) <= 5
    assert slider(page, "Degree").input_value() == "2"
