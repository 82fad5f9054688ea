"""The landing page: what is seen first, what it weighs, and the wall of demos."""

import pytest
from website import HTML, file_of, ready, served, weight

pytestmark = [pytest.mark.browser, pytest.mark.network]

FIRST_SCREEN = 600_000  # bytes, as sent compressed
# Layout shifts of the page, those after a key or a click apart.
SHIFT = """new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
        if (!entry.hadRecentInput) window.shifted = (window.shifted ?? 0) + entry.value;
    }
}).observe({ type: "layout-shift", buffered: true });"""
IN_SIGHT = (
    "(node) => { const { top, bottom } = node.getBoundingClientRect(); return [top, bottom] }"
)


@pytest.fixture(scope="module")
def base():
    with served() as address:
        yield address


@pytest.fixture(params=[(1280, 800), (360, 640)], ids=["desk", "phone"])
def opened(request, browser, base):
    """The landing page on a desk and on a phone, and the addresses that it has asked for."""
    width, height = request.param
    page = browser.new_page(viewport={"width": width, "height": height}, reduced_motion="reduce")
    page.add_init_script(SHIFT)
    asked = set()
    page.on("request", lambda request: asked.add(request.url))
    page.goto(base + "index.html")
    ready(page)
    page.evaluate("document.fonts.ready")
    yield page, asked
    page.close()


def test_the_first_screen_has_the_title_two_ways_in_and_the_demo(opened):
    page, _ = opened
    height = page.viewport_size["height"]
    for selector in ("h1", ".book-buttons a >> nth=0", ".book-buttons a >> nth=1"):
        top, bottom = page.locator(f".bd-article {selector}").evaluate(IN_SIGHT)
        assert 0 <= top < bottom <= height, selector
    read, colab = page.locator(".book-buttons a").all()
    assert read.get_attribute("href").endswith("01-tensors/toolbox-and-roadmap.html")
    assert colab.get_attribute("href").endswith("01-tensors/toolbox-and-roadmap.ipynb")
    top, _ = page.locator(".book-scene").evaluate(IN_SIGHT)
    assert top < height - 100
    assert page.locator(".book-buttons").bounding_box()["height"] < 130


def test_the_first_screen_is_light_and_asks_nobody_else(opened, base):
    _, asked = opened
    assert all(url.startswith((base, "data:", f"blob:{base}")) for url in asked)
    assert weight(asked, base) <= FIRST_SCREEN


def test_nothing_moves_while_the_page_loads_and_is_read(opened):
    page, _ = opened
    for _ in range(30):
        page.mouse.wheel(0, 700)
        page.wait_for_timeout(30)
    assert page.evaluate("window.shifted ?? 0") < 0.02


def test_each_picture_of_the_wall_loads_and_its_demo_stands_where_it_leads(opened, base):
    page, _ = opened
    links = page.eval_on_selector_all(
        ".book-wall a", "(all) => all.map((a) => [a.href, a.querySelector('img').src])"
    )
    assert len(links) >= 80
    for href, picture in links:
        assert file_of(picture, base).is_file(), picture
        address, _, place = href.partition("#")
        text = file_of(address, base).read_text(encoding="utf-8")
        name = place.removeprefix("demo-").replace("-", "_")
        assert f'<div id="{place}" class="book-demo" data-demo="utils.widgets.{name}.' in text
    last = page.locator(".book-wall img").last
    last.scroll_into_view_if_needed()
    page.wait_for_function("(image) => image.naturalWidth > 0", arg=last.element_handle())


def test_a_picture_leads_to_its_demo(page, base):
    page.goto(base + "index.html")
    page.locator(".book-wall a[href*='padding-and-stride']").first.click()
    page.wait_for_url("**/padding-and-stride.html#demo-*")
    ready(page)
    top, _ = page.locator("#demo-padding-stride").evaluate(IN_SIGHT)
    assert 0 <= top < 300


def test_the_pair_was_compared_when_the_page_was_made(page, base):
    page.goto(base + "index.html")
    ours, theirs = page.locator(".book-numbers").all_inner_texts()
    assert ours == theirs and len(ours.split()) == 9
    assert "outputs and gradients" in page.locator(".book-equal").inner_text()


def test_chapters_are_told_with_their_size(page, base):
    page.goto(base + "index.html")
    cards = page.locator(".book-chapters li").all_inner_texts()
    folders = [path for path in (HTML / "chapters").iterdir() if (path / "index.html").is_file()]
    assert len(cards) == len(folders)
    for card in cards:
        assert "to read" in card and ("pages ·" in card or "1 page ·" in card)
    page.goto(base + "chapters/07-cnn/index.html")
    assert page.locator(".book-reading").inner_text() in cards[6]


def test_pictures_wait_until_the_reader_comes_near(opened):
    page, asked = opened
    page.wait_for_timeout(500)
    seen = [url for url in asked if "/demos/" in url]
    assert len(seen) <= 20
