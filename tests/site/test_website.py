"""What every page of the rendered website must satisfy."""

import functools
import html
import re
from pathlib import PurePosixPath
from urllib.parse import urljoin, urlsplit

import pytest
from demo_page import change_by_keyboard
from website import (
    CONTRAST,
    HTML,
    MOST_SHIFT,
    SHIFTS,
    TEXTS,
    THIN,
    TORN,
    Visit,
    answers,
    file_of,
    low_contrasts,
    page_names,
    ready,
    served,
    violations,
    visit,
    weight,
)

pytestmark = [pytest.mark.browser, pytest.mark.network]

PAGES = page_names()
SCRIPT = re.compile(r"<script.*?</script>", re.DOTALL)
# Bytes, as sent compressed: before scrolling, and in all; the landing page shows all demos.
AT_ONCE, BUDGET = 400_000, 650_000


@pytest.fixture(scope="session")
def base():
    with served() as address:
        yield address


@pytest.fixture(scope="session")
def visited(browser, base):
    passed: set[str] = set()
    page = browser.new_page(color_scheme="light", reduced_motion="reduce")
    page.add_init_script(SHIFTS)
    yield functools.cache(lambda name: visit(page, base + name, passed))
    page.close()


every_page = pytest.mark.parametrize("name", PAGES)


def test_the_site_is_there():
    assert "index.html" in PAGES, "build the site first: make book"
    notebooks = [path for path in (HTML.parents[1] / "chapters").rglob("*.ipynb")]
    missing = [
        path.name
        for path in notebooks
        if f"chapters/{path.parent.name}/{path.stem}.html" not in PAGES
    ]
    assert not missing, f"not on the site, so not in _toc.yml: {missing}"


@every_page
def test_console_is_clean(visited, name):
    record: Visit = visited(name)
    assert not record.console
    assert not record.failures


@every_page
def test_no_request_leaves_the_site(visited, base, name):
    foreign = [
        url
        for url in visited(name).requests
        if not url.startswith((base, "data:", f"blob:{base}"))
    ]
    assert not foreign


@every_page
def test_accessible_in_light_and_dark(visited, name):
    record: Visit = visited(name)
    assert record.mode == "dark"
    assert record.violations == {"light": [], "dark": []}


@every_page
def test_mathematics_is_typeset(visited, name):
    facts = visited(name).facts
    assert facts["math"] == facts["typeset"]
    assert facts["mathErrors"] == 0


@every_page
def test_images_are_there_and_described(visited, base, name):
    for image in visited(name).facts["images"]:
        assert image["alt"].strip(), image["src"]
        if image["waits"]:  # until the reader is near
            assert file_of(image["address"], base).is_file(), image["src"]
        else:
            assert image["loaded"] or not image["shown"], image["src"]


@every_page
def test_little_moves_while_a_page_loads_and_is_scrolled(visited, name):
    assert visited(name).shift < MOST_SHIFT


@every_page
def test_internal_links_resolve(visited, base, name):
    address = base + name
    for href in visited(name).facts["links"]:
        target = urljoin(address, href)
        if not target.startswith(base):
            assert urlsplit(target).scheme in ("https", "http", "mailto"), href
            continue
        path = file_of(target, base)
        assert path.is_file(), f"{href} leads nowhere"
        anchor = urlsplit(target).fragment
        if anchor and path.suffix == ".html":
            assert anchor in anchors(path), f"{href}: no such place on that page"


@functools.cache
def anchors(path):
    # The landing page leads to most pages: a parser would take a second for each.
    text = SCRIPT.sub("", path.read_text(encoding="utf-8"))
    return {html.unescape(name) for name in re.findall(r'<[^<>]*\sid="([^"]*)"', text)}


@every_page
def test_fits_a_phone(visited, name):
    assert visited(name).phone_width <= 360
    assert visited(name).phone_outside == []


@every_page
def test_no_line_begins_with_the_comma_of_a_formula(visited, name):
    assert visited(name).phone_torn == []


@every_page
def test_demos_are_alive(visited, name):
    facts = visited(name).facts
    assert facts["alive"] == facts["demos"]


@every_page
def test_the_theme_does_not_indent_what_is_in_a_demo(visited, name):
    assert visited(name).facts["indented"] == []


@every_page
def test_policy_lets_no_unknown_script_run(visited, name):
    facts = visited(name).facts
    scripts = next(rule for rule in facts["policy"].split("; ") if rule.startswith("script-src"))
    assert "'unsafe-inline'" not in scripts
    assert "'unsafe-eval'" not in scripts
    assert "http" not in scripts
    assert not facts["injected"]


@every_page
def test_one_search_box(visited, name):
    assert visited(name).facts["searches"] == (2 if name == "search.html" else 1)


@every_page
def test_the_index_of_all_words_is_loaded_where_it_is_searched(visited, name):
    loads = any("searchindex.js" in url for url in visited(name).requests)
    assert loads == (name == "search.html")


@every_page
def test_page_is_light(visited, base, name):
    assert weight(visited(name).at_once, base) <= AT_ONCE
    assert weight(visited(name).requests, base) <= BUDGET


def test_landing_page_and_chapters_have_demos(visited):
    assert visited("index.html").facts["demos"] == 1
    # A demo, and three sheets of answer fields.
    assert visited("chapters/07-cnn/padding-and-stride.html").facts["demos"] == 4


DEMO_PAGES = [
    name
    for name in PAGES
    if 'class="book-demo"' in (HTML / PurePosixPath(name)).read_text(encoding="utf-8")
]


@pytest.mark.parametrize("name", DEMO_PAGES)
def test_demos_answer_the_keyboard(visited, name):
    found = visited(name).answers
    assert found
    for text in found:
        assert "NaN" not in text
        assert not text.startswith("deaf"), text


@pytest.mark.parametrize("name", sorted({"index.html", DEMO_PAGES[0], DEMO_PAGES[-1]}))
def test_demos_answer_the_keyboard_when_the_page_is_opened_from_disk(page, name):
    noise = []
    page.on("console", lambda m: noise.append(m.text) if m.type == "error" else None)
    page.goto((HTML / name).as_uri())
    ready(page)
    assert not any(text.startswith("deaf") for text in answers(page))
    assert not noise


@pytest.mark.parametrize("name", DEMO_PAGES)
def test_a_demo_stays_in_the_place_that_is_kept_for_it(visited, name):
    assert max(visited(name).facts["jumps"]) <= 12, "pixels"


def test_a_comma_torn_from_its_formula_is_found(page, base):
    page.goto(base + "chapters/07-cnn/padding-and-stride.html")
    ready(page)
    page.locator(".book-together").first.evaluate("""(both) => {
        both.style.cssText = "display: inline-block; white-space: normal;"
            + `width: ${both.firstElementChild.getBoundingClientRect().width}px`;
    }""")
    assert len(page.evaluate(TORN)) == 1


def test_a_demo_deaf_to_keys_is_found(page, base):
    page.emulate_media(reduced_motion="reduce")  # or it might play by itself
    page.goto(base + "index.html")
    ready(page)
    page.evaluate("""() => document.querySelector(".book-demo-view").addEventListener(
        "keydown", (event) => { if (event.key !== "Tab") {
            event.stopImmediatePropagation(); event.preventDefault(); } }, true)""")
    with pytest.raises(AssertionError, match="no key changes"):
        change_by_keyboard(page, page.locator(".book-demo-view"))


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_a_page_opens_in_the_mode_of_the_system(page, base, mode):
    page.emulate_media(color_scheme=mode)
    page.goto(base + "index.html")
    assert page.evaluate("document.documentElement.dataset.theme") == mode


def test_search_finds_a_page(page, base):
    page.goto(base + "search.html?q=dilation")
    page.wait_for_selector("#search-results li a[href*='padding-and-stride']", timeout=20_000)


def test_axe_sees_a_picture_without_words(page, base):
    page.goto(base + "index.html")
    ready(page)
    page.evaluate("document.querySelector('.bd-article').append(new Image())")
    assert any("image-alt" in line for line in violations(page))


def test_of_texts_that_look_alike_one_is_enough(page, base):
    page.goto(base + "chapters/07-cnn/padding-and-stride.html")
    ready(page)
    page.evaluate(THIN)
    assert violations(page, CONTRAST, where=TEXTS) == []
    assert 20 < page.evaluate(f"({TEXTS})().length") < 200
    # Pale letters, and letters on a ground that a box further out has.
    text = page.locator(".bd-article section > p").first
    text.evaluate("(p) => { p.style.color = '#bbb'; }")
    assert len(violations(page, CONTRAST, where=TEXTS)) == 1
    text.evaluate("(p) => { p.style.color = ''; p.parentElement.style.background = '#777'; }")
    assert violations(page, CONTRAST, where=TEXTS)


def test_of_texts_that_have_passed_none_is_tested_again(page, base):
    page.goto(base + "index.html")
    ready(page)
    passed = set()
    assert low_contrasts(page, passed) == []
    assert len(passed) == page.evaluate(f"({TEXTS})().length") > 10
    before = set(passed)
    text = page.locator(".bd-article section > p").first
    text.evaluate("(p) => { p.style.color = '#bbb'; }")
    assert low_contrasts(page, passed) != []  # the same paragraph, but another look
    assert passed == before
    text.evaluate("(p) => { p.style.color = ''; }")
    assert low_contrasts(page, passed) == []
