"""What the extension does to finished pages: pictures, formulas, names, words for all."""

import sys
from pathlib import Path

import pytest
from PIL import Image

sys.path.insert(0, str(Path(__file__).parents[2] / "_ext"))

from book_site import demos, pictures, theme

SVG = '<svg xmlns="x" viewBox="0 0 9 9" {}></svg>'


@pytest.fixture
def folder(tmp_path):
    """A site with a picture, a badge, and a badge of no size."""
    (tmp_path / "_images").mkdir()
    (tmp_path / "chapters").mkdir()
    Image.new("RGB", (30, 20)).save(tmp_path / "_images" / "a.png")
    (tmp_path / "_images" / "b.svg").write_text(SVG.format('width="117.4" height="20"'))
    (tmp_path / "_images" / "c.svg").write_text(SVG.format('stroke-width="2"'))
    pictures.size.cache_clear()
    return tmp_path


def test_a_picture_gets_its_size_and_waits(folder):
    page = '<img alt="A" src="../_images/a.png" style="width: 15px;" />'
    assert pictures.with_sizes(page, folder / "chapters") == (
        '<img loading="lazy" width="30" height="20" '
        'alt="A" src="../_images/a.png" style="width: 15px;" />'
    )
    badge = pictures.with_sizes('<img src="_images/b.svg"/>', folder)
    assert 'width="117" height="20"' in badge


@pytest.mark.parametrize(
    "page",
    [
        '<img loading="eager" src="_images/a.png">',
        '<img src="_images/a.png" loading="lazy">',
        '<img src="_static/logo.svg">',
        '<img src="https://elsewhere.org/_images/a.png">',
        '<img alt="no source">',
    ],
)
def test_other_pictures_stay_as_they_are(folder, page):
    assert pictures.with_sizes(page, folder) == page


def test_a_second_build_changes_nothing(folder):
    once = pictures.with_sizes('<img src="_images/a.png">', folder)
    assert pictures.with_sizes(once, folder) == once


def test_a_picture_without_a_size_is_refused(folder):
    with pytest.raises(ValueError, match=r"c\.svg: give the <svg> a width"):
        pictures.with_sizes('<img src="_images/c.svg">', folder)


MATHJAX = """<head>
    <script>window.MathJax = {"options": {"a": "b|c"}}</script>
    <script defer="defer" src="../_static/mathjax/tex-chtml.js?v=1"></script>
    <script src="a.js"></script></head>"""


def test_what_sets_formulas_is_on_pages_with_formulas_only():
    without = theme.without_mathjax(MATHJAX)
    assert "MathJax" not in without and "mathjax" not in without and "a.js" in without
    for mark in ('<span class="math notranslate">', '<div class="math-wrapper">'):
        assert theme.without_mathjax(MATHJAX + mark) == MATHJAX + mark


def test_the_search_button_is_called_what_stands_on_it():
    button = '<button class="search-button-field x" aria-label="Search" id="b">Search</button>'
    assert "aria-label" not in theme.named_by_its_words(button)
    other = '<button class="btn search-button" aria-label="Search"></button>'
    assert theme.named_by_its_words(other) == other, "it has an icon and no word"


def test_on_the_website_a_demo_does_not_send_readers_to_the_website():
    place = demos.demo_class("utils.widgets.softmax.Softmax")().to_html()
    assert demos.ELSEWHERE in place
    page = demos.with_demos(place)
    assert demos.ELSEWHERE not in page and demos.HERE in page
