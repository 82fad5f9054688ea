"""What the demos' tests rely on notices a demo that is spoiled."""

import math
from pathlib import Path

import pytest
import traitlets
from demo_input import drag, middle, on_a_phone, press_at_once, swipe, tab_order, touch_drag
from demo_kernel import assert_stops, ids_of_two_views, in_a_notebook
from demo_looks import (
    assert_apart,
    assert_fits,
    assert_legible,
    assert_no_nonsense,
    assert_still,
    contrast,
    edges,
    outside,
)
from demo_page import (
    CHANGE_EVERYTHING,
    MOVE_SLIDERS,
    assert_redraws_once_a_frame,
    facts,
    mounting,
    read,
)
from module_page import ModulePage

from benchmarks import redraws
from utils.widgets.kit import base

HERE = Path(__file__).parent


@pytest.fixture(scope="module")
def specimen(tmp_path_factory):
    """A demo of the kit's parts, beside the book's own."""
    folder = tmp_path_factory.mktemp("widgets")
    (folder / "kit").symlink_to(base.MODULES / "kit")
    (folder / "specimen").symlink_to(HERE / "specimen")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(base, "MODULES", folder)

        class Specimen(base.BookWidget):
            module = "specimen/view"
            summary = "A specimen."
            colour = traitlets.Unicode("red").tag(sync=True)
            slope = traitlets.Float(1.0).tag(sync=True)
            intercept = traitlets.Float(0.5).tag(sync=True)
            point = traitlets.List([1.0, 2.0]).tag(sync=True)

        yield Specimen


@pytest.fixture
def demo(page, specimen):
    mounted = mounting(page, specimen)
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
    spoil(demo, f"{part} {{ font-size: 10.5px !important }}")
    with pytest.raises(AssertionError, match=r"^\[\(10\."):
        assert_legible(demo)


@pytest.fixture
def doubled(demo):
    """A demo with a sentence over its result."""
    demo.evaluate("""() => {
        const result = document.querySelector(".book-result");
        const box = document.createElement("div");
        box.style = "position: relative; overflow: hidden";
        result.before(box);
        box.append(result);
        box.insertAdjacentHTML("beforeend", "<p class=double>Letters over letters.</p>");
    }""")
    spoil(demo, ".double { position: absolute; inset: 0; margin: 0 }")
    return demo


def test_letters_over_letters_are_noticed(doubled):
    with pytest.raises(AssertionError, match="Letters over letters"):
        assert_apart(doubled)
    assert_apart(doubled, crowded=(0,))


@pytest.mark.parametrize(
    "style",
    [
        "{ background: #fff }",
        "{ clip-path: inset(50%) }",
        "{ visibility: hidden }",
        "{ opacity: 0 }",
        "{ top: 1000px }",
    ],
)
def test_letters_that_nobody_sees_lie_over_none(doubled, style):
    spoil(doubled, f".double {style}")
    assert_apart(doubled)


def test_letters_behind_glass_are_seen(doubled):
    spoil(doubled, ".double { background: #ffffff80 }")
    with pytest.raises(AssertionError, match="Letters over letters"):
        assert_apart(doubled)


@pytest.mark.parametrize("word", ["NaN", "-Infinity", "undefined", "null", "[object Object]"])
@pytest.mark.parametrize("where", ["textContent", "title"])
def test_a_number_that_is_none_is_noticed(demo, word, where):
    assert_no_nonsense(demo)
    demo.eval_on_selector(".book-result", f"(node) => {{ node.{where} = 'w = {word}'; }}")
    with pytest.raises(AssertionError, match="w = "):
        assert_no_nonsense(demo)


def test_a_pattern_of_ones_own_is_noticed(demo):
    with pytest.raises(AssertionError, match="slope"):
        assert_no_nonsense(demo, "−0.0", "[Ss]lope")


def test_a_ring_that_is_missing_is_noticed(demo):
    assert tab_order(demo)[-2:] == ["the point", "Copy"]
    spoil(demo, "button { outline: none !important }")
    with pytest.raises(AssertionError, match="no ring around <button"):
        tab_order(demo)


def test_a_point_without_a_ring_is_noticed(demo):
    spoil(demo, ".book-reach { stroke-width: 1px !important }")
    with pytest.raises(AssertionError, match="no ring around <g"):
        tab_order(demo)


def test_a_control_that_tab_skips_is_missed(demo):
    demo.eval_on_selector("button", "(node) => { node.tabIndex = -1; }")
    with pytest.raises(AssertionError, match="Level"):
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


def test_missing_and_repeated_redraws_are_noticed(demo):
    assert_redraws_once_a_frame(demo, MOVE_SLIDERS, least=6, most=6)
    with pytest.raises(AssertionError, match="6 redraws"):
        assert_redraws_once_a_frame(demo, MOVE_SLIDERS, least=7)
    with pytest.raises(AssertionError, match="6 redraws"):
        assert_redraws_once_a_frame(demo, MOVE_SLIDERS, least=1, most=5)
    twice = """async (drawn) => {
        for (const draw of [() => {}, () => {}]) requestAnimationFrame(draw);
        await drawn();
    }"""
    with pytest.raises(AssertionError, match="2 redraws in one frame"):
        assert_redraws_once_a_frame(demo, twice, least=1)


def test_everything_is_changed_before_the_page_draws(demo):
    assert_redraws_once_a_frame(demo, CHANGE_EVERYTHING, least=3, most=3)
    assert read(demo) == "The blue point is at 1.5, 2; the slope is -1.6."
    assert facts(demo)["Intercept"] == "-1.6"


def test_what_moves_by_itself_is_noticed(demo):
    assert_still(demo)
    demo.evaluate("window.timer = setInterval(() => document.body.append('tick'), 5)")
    with pytest.raises(AssertionError, match="<body>"):
        assert_still(demo)
    demo.evaluate("clearInterval(timer)")
    assert_still(demo)
    spoil(demo, "button { animation: turn 1s infinite } @keyframes turn { to { rotate: 1turn } }")
    with pytest.raises(AssertionError, match="<button"):
        assert_still(demo)


@pytest.mark.parametrize("turn", [1, 2])
def test_each_test_gets_a_blank_page(page, turn):
    looks = """() => [
        document.compatMode, document.documentElement.outerHTML.length < 250, window.left,
        innerWidth, matchMedia("(prefers-reduced-motion: reduce)").matches,
        matchMedia("(prefers-color-scheme: dark)").matches,
    ]"""
    assert page.evaluate(looks) == ["CSS1Compat", True, None, 1280, True, False]
    page.evaluate("() => { window.left = true; document.body.innerHTML = '<hr>'.repeat(99); }")
    page.set_viewport_size({"width": 360, "height": 700})
    page.emulate_media(reduced_motion="no-preference", color_scheme="dark")
    page.mouse.move(100, 100)
    assert page.evaluate(looks)[1:6] == [False, True, 360, False, True]


@pytest.mark.parametrize("act", ["console.log('hear this')", "setTimeout(() => { throw 'it' })"])
def test_what_a_page_says_or_throws_is_noticed(page, specimen, act):
    mounted = mounting(page, specimen)
    next(mounted)().evaluate(f"() => new Promise((done) => {{ {act}; setTimeout(done, 20); }})")
    with pytest.raises(AssertionError, match="it|hear this"):
        next(mounted)


def test_what_goes_wrong_on_a_phone_is_noticed(browser, specimen):
    with pytest.raises(AssertionError, match="hear this"), on_a_phone(browser, specimen()) as page:
        page.evaluate("console.log('hear this')")


def test_a_finger_drags_a_point_and_scrolls_beside_it(browser, specimen):
    with on_a_phone(browser, specimen()) as page:
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
def test_what_is_left_behind_is_noticed(page, specimen, spoiled, hint):
    in_a_notebook(page, specimen())
    page.evaluate(f"() => {{ {spoiled}; }}")
    with pytest.raises(AssertionError, match=hint):
        assert_stops(page, specimen)


def test_ids_that_are_shared_are_noticed(fresh_page, specimen):
    page = fresh_page
    assert ids_of_two_views(page, specimen()) == 6
    page.add_init_script("Math.random = () => 0.5; crypto.randomUUID = () => 'one';")
    with pytest.raises(AssertionError, match="book-"):
        ids_of_two_views(page, specimen())


@pytest.mark.parametrize("value", [math.inf, -math.inf, -0.0, 5, 0.1, "#", [], None, True])
def test_a_value_reaches_a_module_and_comes_back(page, value):
    module = ModulePage(page, "kit/numbers")
    given = [value, {"part": [value, {"": value}]}]
    found = module.evaluate("(module, ...all) => all", *given)
    assert repr(found) == repr(given)
    assert math.isnan(module.evaluate("(_, [value]) => value", [math.nan]))
    assert module.evaluate("() => new Float32Array([0.5, NaN])")[0] == 0.5
    assert module.evaluate("() => ({ missing: undefined })") == {"missing": None}


def test_the_benchmark_measures_every_redraw(page, specimen, monkeypatch):
    monkeypatch.setattr(redraws, "demos", lambda: {"specimen": specimen})
    [found] = redraws.measure(page)
    # Two sliders go to eleven places each; a point goes right, right, up, left and down.
    assert len(found.times) == 2 * 11 + 5
    assert min(found.times) > 0
    name, count, *times = redraws.table([found])[-1].strip("| ").split(" | ")
    assert [name, count] == ["specimen", "27"]
    assert [float(time) for time in times] == pytest.approx(
        [found.typical, max(found.times)], abs=0.051
    )
