"""The room that is kept for a formula, before it is set."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[2] / "_ext"))

from book_site import formulas


# Widths in em as MathJax sets them.
@pytest.mark.parametrize(
    ("tex", "width"),
    [
        ("x", 0.65),
        (r"w \leftarrow w - \eta \nabla L(w)", 9.82),
        ("w_1 x_1 + w_2 x_2 + b = 0", 11.06),
        (r"f = \max(x, y) \cdot z + x", 11.46),
        (r"(w x + b)^2 = w^2 x^2 + 2 w b x + b^2", 16.76),
        (r"v^\top H = (Hv)^\top = \lambda v^\top", 11.65),
        (r"\log 11.11 - 1 = 1.408", 11.52),
        (r"1 - f = (d - 1)/d = e^{-s}/d", 14.43),
        (r"\mathbf{x}", 0.65),
    ],
)
def test_widths_are_near_those_that_mathjax_gives(tex, width):
    assert formulas.width(tex) == pytest.approx(width, rel=0.15, abs=0.15)


@pytest.mark.parametrize(
    ("more", "less"),
    [("x + y", "x y"), ("x = y", "x + y"), ("M", "x"), ("x", "i"), ("x^{12}", "x^1")],
)
def test_what_takes_more_room(more, less):
    assert formulas.width(more) > formulas.width(less)


def test_a_fraction_is_as_wide_as_its_longer_part():
    assert formulas.width(r"\frac{a}{a + b + c}") == formulas.width("a + b + c")
    assert formulas.width(r"\tfrac{a + b + c}{a}") == formulas.width("a + b + c")


def test_heights_count_fractions_and_lines():
    plain = formulas.height("a = b")
    assert formulas.height(r"\frac{a}{b}") > plain
    assert formulas.height(r"a \\ b \\ c") == plain + 2 * formulas.NEXT_LINE


def test_each_formula_says_its_room_once():
    page = (
        r'<p>If <span class="math notranslate nohighlight">\(a &lt; b\)</span>, then</p>'
        r'<div class="math notranslate nohighlight">\[c\]</div>'
    )
    found = formulas.with_room(page)
    assert f'nohighlight" style="--room: {formulas.width("a < b"):.1f}em">\\(a &lt; b' in found
    assert (
        f'<div class="math notranslate nohighlight" style="--room: {formulas.LINE}rem">' in found
    )
    assert found.count("--room") == 2


def test_the_signs_after_a_formula_stay_on_its_line():
    x, y = (f'<span class="math notranslate nohighlight">\\({tex}\\)</span>' for tex in "xy")
    page = f"<p>{x} and ({y}), {x}&#8217;s and <b>{x}</b>, (or {y}.)</p>"
    found = formulas.together(page)
    kept = '<span class="book-together">'
    assert found == (
        f"<p>{x} and {kept}({y}),</span> {kept}{x}&#8217;</span>s and <b>{x}</b>, "
        f"(or {kept}{y}.)</span></p>"
    )
    assert found.count("<span") == found.count("</span>")


def test_a_page_without_formulas_stays_as_it_is():
    page = '<span class="maths">x</span>'
    assert formulas.with_room(page) == formulas.together(page) == page
