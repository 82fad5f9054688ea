"""Where and how pages are read: on paper, without JavaScript, while they load, by ear."""

import pytest
from website import DESK, HTML, MOST_SHIFT, SCROLL, SHIFTS, ready, served, violations

pytestmark = [pytest.mark.browser, pytest.mark.network]

PAGE = "chapters/07-cnn/padding-and-stride.html"
SEEN = """[...document.querySelectorAll(".bd-article .cell_output img")]
    .filter((image) => image.checkVisibility())"""
FIGURES = (
    f"() => {SEEN}"
    + """.map((image) => ({
    lazy: image.loading === "lazy", size: [image.width, image.height],
    natural: [image.naturalWidth, image.naturalHeight],
    given: ["width", "height"].map((side) => Number(image.getAttribute(side))),
}))"""
)


@pytest.fixture(scope="module")
def base():
    with served() as address:
        yield address


# For a reader who comes for the first time, while visits have fonts and scripts from other pages.
# One of each kind: the landing page, a long page with a demo and figures, one with many formulas,
# a chapter, the glossary.
@pytest.mark.parametrize(
    "name",
    [
        "index.html",
        PAGE,
        "chapters/01-tensors/linear-algebra.html",
        "chapters/03-linear-models/image-features.html",
        "chapters/07-cnn/index.html",
        "GLOSSARY.html",
    ],
)
def test_nothing_moves_while_a_page_loads_and_is_scrolled(fresh_page, base, name):
    fresh_page.set_viewport_size(DESK)
    fresh_page.add_init_script(SHIFTS)
    fresh_page.goto(base + name)
    ready(fresh_page)
    fresh_page.evaluate(SCROLL)
    assert fresh_page.evaluate("window.shifted") < MOST_SHIFT


def test_a_shift_is_seen(fresh_page, base):
    fresh_page.add_init_script(SHIFTS)
    fresh_page.goto(base + "GLOSSARY.html")
    fresh_page.wait_for_timeout(700)  # what the browser counts as an answer to input
    fresh_page.evaluate("document.querySelector('.bd-article h1').style.marginTop = '300px'")
    fresh_page.wait_for_function("window.shifted > 0.02")


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_a_page_has_its_colours_before_the_script_of_the_theme(fresh_page, base, mode):
    fresh_page.emulate_media(color_scheme=mode)
    fresh_page.route("**/pydata-sphinx-theme.js*", lambda route: route.abort())
    fresh_page.goto(base + "GLOSSARY.html")
    looks = fresh_page.evaluate("""() => [
        getComputedStyle(document.body).backgroundColor,
        getComputedStyle(document.querySelector(".bd-article thead tr")).borderBottomWidth,
    ]""")
    assert looks == [{"light": "rgb(255, 255, 255)", "dark": "rgb(18, 18, 18)"}[mode], "2px"]


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_a_mode_that_was_chosen_comes_before_the_system_s(fresh_page, base, mode):
    fresh_page.emulate_media(color_scheme="dark" if mode == "light" else "light")
    fresh_page.add_init_script(f"localStorage.setItem('mode', '{mode}')")
    fresh_page.goto(base + "GLOSSARY.html")
    assert fresh_page.evaluate("document.documentElement.dataset.theme") == mode


def test_figures_wait_until_they_are_needed_and_keep_their_place(page, base):
    page.goto(base + PAGE)
    ready(page)
    page.evaluate(SCROLL)
    page.wait_for_function(f"() => {SEEN}.every((image) => image.complete)")
    figures = page.evaluate(FIGURES)
    assert len(figures) >= 3
    for figure in figures:
        assert figure["lazy"]
        assert figure["given"] == figure["natural"]
        assert figure["size"][0] / figure["size"][1] == pytest.approx(
            figure["natural"][0] / figure["natural"][1], rel=0.05
        )


def test_pages_without_formulas_load_nothing_that_sets_them():
    pages = [path for path in HTML.rglob("*.html") if (HTML / "_static") not in path.parents]
    texts = {path.name: path.read_text(encoding="utf-8") for path in pages}
    assert any('class="math' in text for text in texts.values())
    for name, text in texts.items():
        assert ("mathjax/tex-chtml.js" in text) == ('class="math' in text), name


def test_names_for_the_ear_hold_the_words_in_sight(page, base):
    page.goto(base + PAGE)
    ready(page)
    # axe 4.12 calls the rule an experiment, 4.14 calls its findings serious.
    assert violations(page, "label-content-name-mismatch") == []
    page.evaluate("""() => document.querySelector(".search-button-field")
        .setAttribute("aria-label", "Look for something")""")
    assert violations(page, "label-content-name-mismatch") != []


def test_on_paper_folds_stand_open_and_the_page_is_light(page, base):
    page.emulate_media(color_scheme="dark")
    page.goto(base + PAGE)
    ready(page)
    closed = """() => [...document.querySelectorAll(".bd-article details:not([open])")]
        .filter((fold) => !fold.closest(".book-demo")).length"""
    theme = "() => document.documentElement.dataset.theme"
    before = page.evaluate(closed)
    assert before > 5 and page.evaluate(theme) == "dark"
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    assert page.evaluate(closed) == 0 and page.evaluate(theme) == "light"
    assert page.locator(".bd-article details p:visible").count() > 5
    assert not page.locator("#pst-back-to-top").is_visible()
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    page.emulate_media(media="screen")
    assert page.evaluate(closed) == before and page.evaluate(theme) == "dark"


def test_the_buttons_of_a_demo_look_as_its_own_sheets_say(page, base):
    """The sheet of the stage comes after that of the parts, on which it improves."""
    page.goto(base + "index.html")
    page.locator(".book-stage .book-reset svg").wait_for()
    looks = page.evaluate(
        """() => {
            const reset = document.querySelector(".book-stage .book-reset");
            const { width, height } = reset.querySelector("svg").getBoundingClientRect();
            return [getComputedStyle(reset).borderRadius, width, height];
        }"""
    )
    assert looks == ["50%", 16, 16]


def test_without_javascript_a_demo_says_what_it_needs(browser, base):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(base + PAGE)
    words = page.locator(".book-demo", has_text="Live demo.").inner_text()
    assert "It needs JavaScript." in words and "website" not in words
    context.close()
