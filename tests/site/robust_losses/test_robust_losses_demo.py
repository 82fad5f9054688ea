"""The demo of robust losses as a reader meets it, in Chromium on a blank page."""

import pytest
import torch
import torch.nn.functional as F
from demo_input import drag, middle, on_a_phone, press_at_once, tab_order, touch_drag
from demo_kernel import assert_stops, in_a_notebook
from demo_looks import edges
from demo_page import assert_redraws_once_a_frame, code_lines, frame, mounting, read

from utils.widgets.robust_losses import PRESETS, RobustLosses

UNITS = 8.7  # across the plane with the points
TIE = [-0.6, -4]  # here several lines are best under L1


@pytest.fixture
def show(page):
    yield from mounting(page, RobustLosses, width=1000, height=1400)


def grip(page):
    return page.get_by_role("slider", name="the outlier", exact=True)


def delta(page):
    return page.get_by_role("slider", name="Huber's δ", exact=True)


def shown_values(page):
    """The value and the meaning behind each line's name."""
    frame(page)
    values = page.locator(".book-facts .book-value").all_inner_texts()
    return values, page.locator(".book-facts .book-caption").all_inner_texts()


def outlier(page):
    """Where the torch lines that are shown put the outlier."""
    frame(page)
    names = {"torch": torch}
    exec("\n".join(code_lines(page)[:2]), names)
    return [names["x"][-1].item(), names["y"][-1].item()]


def assert_shows(page, demo):
    """The view shows the numbers of the Python side."""
    values, captions = shown_values(page)
    for value, caption, line, residual, pull in zip(
        values, captions, demo.lines, demo.residuals[:, -1], demo.pulls.abs(), strict=True
    ):
        text = f"{line[0]:.2f} x {'-' if line[1] < -0.005 else '+'} {line[1].abs():.2f}"
        assert value.replace("−", "-") == text
        assert caption.replace("−", "-") == f"outlier: residual {residual:.2f}, pull {pull:.2f}"


def away(page, across, up):
    """Where the outlier is, and the place so many units from there."""
    unit = page.locator(".book-plane").first.bounding_box()["width"] / UNITS
    x, y = middle(grip(page).locator(".book-grip"))
    return (x, y), (x + across * unit, y - up * unit)


def test_the_keyboard_alone_reaches_every_control(show):
    assert tab_order(show()) == ["Points", "Huber's δ", "the outlier", "Copy"]


def test_arrow_keys_move_the_outlier_and_no_key_is_lost(show):
    page = show(outlier=[1, -1])
    for key in ("ArrowUp", "ArrowUp", "ArrowRight"):
        grip(page).press(key)
    assert outlier(page) == pytest.approx([1.1, -0.8])
    assert grip(page).get_attribute("aria-valuetext") == "x 1.10, y −0.80"
    press_at_once(grip(page), *3 * ["ArrowDown"])
    assert outlier(page) == pytest.approx([1.1, -1.1])
    assert_shows(page, RobustLosses(outlier=[1.1, -1.1]))
    for key, wanted in (("Home", -4), ("End", 4)):
        grip(page).press(key)
        assert outlier(page)[0] == wanted


def test_the_threshold_moves_hubers_line_alone(show):
    page = show()
    before = shown_values(page)[0]
    delta(page).press("End")
    assert_shows(page, RobustLosses(delta=6.0))
    after = shown_values(page)[0]
    assert before[:2] == after[:2] and after[2] == after[0] != before[2]
    assert "counts it as an ordinary point" in read(page)
    delta(page).press("Home")
    assert_shows(page, RobustLosses(delta=0.1))
    assert "cut off at δ = 0.1" in read(page)


def test_a_drag_moves_the_outlier_and_stays_inside(show):
    page = show(outlier=[1, -1])
    drag(page, *away(page, 0.5, 2))
    assert outlier(page) == pytest.approx([1.5, 1], abs=0.051)
    drag(page, *away(page, 9, -9))
    assert outlier(page) == [4, -4]
    assert_shows(page, RobustLosses(outlier=[4, -4]))


def test_every_preset_changes_points_and_outlier(show):
    page = show()
    for name in reversed(PRESETS):
        page.get_by_role("combobox", name="Points").select_option(name)
        demo = RobustLosses(preset=name)
        assert outlier(page) == list(demo.outlier)
        assert_shows(page, demo)
    page.get_by_role("combobox", name="Points").select_option("far in x")
    assert "runs right through the outlier" in read(page)


def test_a_tie_of_l1_lines_gets_a_sentence(show):
    page = show(preset="no outlier", outlier=TIE)
    assert "Several lines are equally good under L1" in read(page)


def test_a_finger_drags_the_outlier_and_the_page_stays(browser):
    with on_a_phone(browser, RobustLosses(outlier=[1, 1])) as page:
        (x, y), (_, end) = away(page, 0, -2)
        # Beside the point: a finger need not hit it.
        assert touch_drag(page, (x - 6, y - 6), (x - 6, end - 6)) == 0
        assert outlier(page) == pytest.approx([1, -1], abs=0.051)


def test_lines_differ_in_dashes(show):
    page = show()
    for kind in ("mark", "key"):
        style = "strokeDasharray" if kind == "mark" else "borderTopStyle"
        found = [
            page.locator(f".book-{kind}.book-{look}").first.evaluate(
                "(node, name) => getComputedStyle(node)[name]", style
            )
            for look in ("l2", "l1", "huber")
        ]
        assert len(set(found)) == 3


SLIDE = """async (drawn) => {
    const slider = document.querySelector("input[type=range]");
    for (const value of [0.1, 0.2, 0.5, 1, 2, 4, 6]) {
        slider.value = value;
        slider.dispatchEvent(new Event("input"));
        await drawn();
    }
    const grip = document.querySelector(".book-handle");
    for (const key of Array(12).fill("ArrowUp")) {
        grip.dispatchEvent(new KeyboardEvent("keydown", { key }));
        await drawn();
    }
}"""


@pytest.mark.parametrize("width", [1000, 360])
def test_an_update_moves_nothing(show, width):
    page = show(width=width, preset="far in x")
    parts = [".book-plane >> nth=0", ".book-plane >> nth=1", "pre"]
    before = edges(page, *parts)
    assert_redraws_once_a_frame(page, SLIDE, least=18)
    assert edges(page, *parts) == before


def test_the_torch_lines_run_and_give_the_lines_that_are_drawn(show):
    page = show(preset="in the middle", delta=0.5)
    names = {"torch": torch, "F": F}
    code = [line.split("  # ")[0] for line in page.inner_text("code").splitlines()]
    exec("\n".join(code), names)
    demo = RobustLosses(preset="in the middle", delta=0.5)
    assert torch.stack([names["x"], names["y"]], dim=1).tolist() == demo.points.tolist()
    x, y = demo.points.T
    for row, name in ((1, "l1"), (2, "huber")):
        assert torch.allclose(names[name] - y, demo.residuals[row], atol=1e-9)


def test_the_bundle_for_notebooks_follows_the_kernel_and_cleans_up(page):
    demo = RobustLosses()
    in_a_notebook(page, demo)
    page.evaluate("() => { model.change('outlier', [0.5, 3]); model.change('delta', 0.4); }")
    demo.outlier, demo.delta = (0.5, 3), 0.4
    assert_shows(page, demo)
    grip(page).press("ArrowUp")
    assert page.evaluate("model.get('outlier')") == [0.5, 3.1]
    page.get_by_role("combobox", name="Points").select_option("no noise")
    held = page.evaluate("['preset', 'outlier'].map((name) => model.get(name))")
    assert held == ["no noise", list(PRESETS["no noise"]["outlier"])]
    assert_stops(page, RobustLosses)
