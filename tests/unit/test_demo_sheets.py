"""All demos' style sheets are served together, so a demo's own rules must reach no other demo."""

import re

import pytest

from utils.widgets.base import MODULES, module_text

DEMOS = sorted(
    path.stem for path in MODULES.glob("*.mjs") if "export default" in module_text(path.stem)
)


def strangers(css, name):
    """Return the selectors of a sheet that do not begin with the demo's own class."""
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    own = re.compile(rf"\.book-{name.replace('_', '-')}\b(?!-)")
    heads = [head.strip() for head in re.findall(r"([^{}]+)\{", css)]
    return [
        selector
        for head in heads
        if not head.startswith("@")
        for selector in re.split(r",\s*(?![^()]*\))", head)
        if not own.match(selector)
    ]


def test_there_are_demos():
    assert len(DEMOS) >= 15


@pytest.mark.parametrize("name", DEMOS)
def test_a_demos_own_sheet_reaches_no_other_demo(name):
    sheet = MODULES / f"{name}.css"
    assert strangers(sheet.read_text(encoding="utf-8"), name) == []


@pytest.mark.parametrize(
    "css",
    [
        ".book-demo-view .book-ring { fill: black }",
        ".book-ring, .book-some-demo .book-ring { fill: black }",
        ".book-some-demo-too .book-ring { fill: black }",
        "@media (width < 30rem) { .book-ring { fill: black } }",
    ],
)
def test_a_rule_for_everyone_is_found(css):
    assert len(strangers(css, "some_demo")) == 1


def test_rules_of_ones_own_are_accepted():
    css = "/* a, b { */ .book-some-demo .book-ring:is(.a, .b), .book-some-demo { fill: black }"
    assert strangers(css, "some_demo") == []
