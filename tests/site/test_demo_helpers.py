"""What the demos' tests rely on notices a demo that is spoiled."""

import pytest
from demo_input import drag, middle, on_a_phone, press_at_once, swipe, tab_order, touch_drag
from demo_kernel import assert_stops, ids_of_two_views, in_a_notebook
from demo_looks import assert_fits, assert_legible, assert_no_nonsense, contrast, edges, outside
from demo_page import MOVE_SLIDERS, assert_redraws_in_a_frame, facts, mounting, read

from utils.widgets.fit_line import FitLine


@pytest.fixture
def demo(page):
    mounted = mounting(page, FitLine)
    yield next(mounted)(width=360)


def spoil(page, style):
    page.add_style_tag(content=f".book-demo-view {style}")


@pytest.mark.parametrize("part", [".book-facts", ".book-result", ".book-plane"])
def test_what_is_too_wide_is_noticed(demo, part):
    assert_fits(demo)
    assert outside(demo) == outside(demo, padding=True) == []
    spoil(demo, f"{part} {{ min-width: 348px; position: relative; left: -4px }}")
    assert outside(demo, padding=True)
    spoil(demo, f"{part} {{ min-width: 400px }}")
    assert outside(demo)
    with pytest.raises(AssertionError, match="book-"):
        assert_fits(demo)


def test_a_page_that_scrolls_sideways_is_noticed(demo):
    demo.evaluate("document.body.append(document.createElement('hr'))")
    demo.add_style_tag(content="hr { width: 500px }")
    with pytest.raises(AssertionError, match="the page is 5[0-9]{2} pixels wide"):
        assert_fits(demo)


@pytest.mark.parametrize("part", ["svg text", "select", ".book-result", "button"])
def test_letters_that_are_too_small_are_noticed(demo, part):
    assert_legible(demo)
    with pytest.raises(AssertionError, match="texts only"):
        assert_legible(demo, least=1000)
    spoil(demo, f"{part} {{ font-size: 10.9px !important }}")
    with pytest.raises(AssertionError, match=r"^\[\(10\."):
        assert_legible(demo)


@pytest.mark.parametrize("word", ["NaN", "-Infinity", "undefined", "null", "[object Object]"])
@pytest.mark.parametrize("where", ["textContent", "title"])
def test_a_number_that_is_none_is_noticed(demo, word, where):
    assert_no_nonsense(demo)
    demo.eval_on_selector(".book-result", f"(node) => {{ node.{where} = 'w = {word}'; }}")
    with pytest.raises(AssertionError, match="w = "):
        assert_no_nonsense(demo)


def test_a_pattern_of_ones_own_is_noticed(demo):
    with pytest.raises(AssertionError, match="loss"):
        assert_no_nonsense(demo, "−0.0", "[Ll]oss")


def test_a_ring_that_is_missing_is_noticed(demo):
    assert tab_order(demo)[-2:] == ["Intercept", "Copy"]
    spoil(demo, "button { outline: none !important }")
    with pytest.raises(AssertionError, match="no ring around <button"):
        tab_order(demo)


def test_a_point_without_a_ring_is_noticed(demo):
    spoil(demo, ".book-reach { stroke-width: 1px !important }")
    with pytest.raises(AssertionError, match="no ring around <g"):
        tab_order(demo)


def test_a_control_that_tab_skips_is_missed(demo):
    demo.eval_on_selector("button", "(node) => { node.tabIndex = -1; }")
    with pytest.raises(AssertionError, match="Best line"):
        tab_order(demo)


def test_what_moves_has_other_edges(demo):
    before = edges(demo, ".book-result", "code")
    demo.evaluate("scrollTo(0, 50)")
    assert edges(demo, ".book-result", "code") == before
    spoil(demo, ".book-result { position: relative; top: 1px }")
    moved = [
        after - was for was, after in zip(before, edges(demo, ".book-result", "code"), strict=True)
    ]
    assert moved == pytest.approx([1, 1, 0, 0], abs=0.02)


def test_contrast_is_that_of_the_guidelines():
    assert contrast("rgb(0, 0, 0)", "rgb(255, 255, 255)") == pytest.approx(21)
    assert contrast("color(srgb 1 1 1)", "rgb(0, 0, 0)") == pytest.approx(21)
    assert contrast("rgb(255, 255, 255)", "rgb(118, 118, 118)") == pytest.approx(4.54, abs=0.005)


def test_slow_and_missing_redraws_are_noticed(demo):
    assert_redraws_in_a_frame(demo, MOVE_SLIDERS, least=16)
    with pytest.raises(AssertionError, match="redraws"):
        assert_redraws_in_a_frame(demo, MOVE_SLIDERS, least=1000)
    with pytest.raises(AssertionError, match="redraws"):
        assert_redraws_in_a_frame(demo, MOVE_SLIDERS, least=1, most=5)
    slow = """async (drawn) => {
        const late = performance.now() + 40;
        requestAnimationFrame(() => { while (performance.now() < late + 40); });
        await drawn();
    }"""
    with pytest.raises(AssertionError, match="a redraw takes [4-9]"):
        assert_redraws_in_a_frame(demo, slow, least=1)


@pytest.mark.parametrize("act", ["console.log('hear this')", "setTimeout(() => { throw 'it' })"])
def test_what_a_page_says_or_throws_is_noticed(page, act):
    mounted = mounting(page, FitLine)
    next(mounted)().evaluate(f"() => new Promise((done) => {{ {act}; setTimeout(done, 20); }})")
    with pytest.raises(AssertionError, match="it|hear this"):
        next(mounted)


def test_what_goes_wrong_on_a_phone_is_noticed(browser):
    with pytest.raises(AssertionError, match="hear this"), on_a_phone(browser, FitLine()) as page:
        page.evaluate("console.log('hear this')")


def test_a_finger_drags_a_point_and_scrolls_beside_it(browser):
    with on_a_phone(browser, FitLine()) as page:
        x, y = middle(page.locator(".book-handle .book-grip").first)
        told = facts(page)
        assert touch_drag(page, (x, y), (x, y + 40)) == 0
        assert facts(page) != told
        assert swipe(page, 20, 600) > 50


def test_keys_and_a_mouse_move_a_point(demo):
    point = demo.locator(".book-handle").first
    told = [read(demo)]
    press_at_once(point, "ArrowUp", "ArrowUp", "ArrowLeft")
    told.append(read(demo))
    x, y = middle(point.locator(".book-grip"))
    drag(demo, (x, y), (x + 20, y - 20))
    told.append(read(demo))
    assert len(set(told)) == 3


@pytest.mark.parametrize(
    ("spoiled", "hint"),
    [
        ("model.on('change:slope', () => {})", "5 listeners"),
        ("model.off = () => {}", "4 listeners and 0 elements are left"),
        ("document.body.append('x', document.createElement('p'))", "0 listeners and 1 elements"),
    ],
)
def test_what_is_left_behind_is_noticed(page, spoiled, hint):
    in_a_notebook(page, FitLine())
    page.evaluate(f"() => {{ {spoiled}; }}")
    with pytest.raises(AssertionError, match=hint):
        assert_stops(page, FitLine)


def test_ids_that_are_shared_are_noticed(page, monkeypatch):
    assert ids_of_two_views(page, FitLine()) == 6
    page.add_init_script("Math.random = () => 0.5; crypto.randomUUID = () => 'one';")
    with pytest.raises(AssertionError, match="book-"):
        ids_of_two_views(page, FitLine())
