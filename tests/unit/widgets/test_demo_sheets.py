"""Demos keep to themselves: in their rules of style, and in what their modules import."""

import re

import pytest

from utils.widgets.kit.base import MODULES, module_imports, module_text

DEMOS = sorted(path.parent.name for path in MODULES.glob("*/view.mjs"))


def strangers(css, name):
    """Return the selectors and names of motions in a sheet that are not the demo's own.

    A selector is, if it begins with the demo's class, in either theme; a motion, if its name does.
    """
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    label = f"book-{name.replace('_', '-')}"
    own = re.compile(rf'(html\[data-theme="dark"\] )?\.{label}\b(?!-)')
    motion = r"@keyframes\s+([\w-]+)\s*\{(?:[^{}]*\{[^{}]*\})*\s*\}"
    motions = [found for found in re.findall(motion, css) if not found.startswith(f"{label}-")]
    css = re.sub(motion, "", css)
    heads = [head.strip() for head in re.findall(r"([^{}]+)\{", css)]
    return motions + [
        selector
        for head in heads
        if not head.startswith("@")
        for selector in re.split(r",\s*(?![^()]*\))", head)
        if not own.match(selector)
    ]


def unset(css, *sheets):
    """Return the colours of the house that a sheet reads and no sheet sets."""
    made = {name for sheet in sheets for name in re.findall(r"(--demo-[\w-]+)\s*:", sheet)}
    return sorted(set(re.findall(r"var\((--demo-[\w-]+)", css)) - made)


def test_there_are_demos():
    assert len(DEMOS) >= 15


@pytest.mark.parametrize("name", DEMOS)
def test_a_demos_own_sheets_reach_no_other_demo(name):
    sheets = sorted((MODULES / name).glob("*.css"))
    assert sheets
    for sheet in sheets:
        assert strangers(sheet.read_text(encoding="utf-8"), name) == [], sheet.name


@pytest.mark.parametrize("name", [*DEMOS, "kit"])
def test_every_colour_that_a_sheet_reads_is_set(name):
    house = [path.read_text(encoding="utf-8") for path in (MODULES / "kit").glob("*.css")]
    for sheet in (MODULES / name).glob("*.css"):
        text = sheet.read_text(encoding="utf-8")
        assert unset(text, text, *house) == [], sheet.name


def test_a_colour_that_nothing_sets_is_found():
    css = ".a { --demo-own: red; fill: var(--demo-own); color: var(--demo-brightness) }"
    assert unset(css, css) == ["--demo-brightness"]
    assert unset(css, css, "html { --demo-brightness: blue }") == []


@pytest.mark.parametrize(
    "css",
    [
        ".book-demo-view .book-ring { fill: black }",
        ".book-ring, .book-some-demo .book-ring { fill: black }",
        ".book-some-demo-too .book-ring { fill: black }",
        "@media (width < 30rem) { .book-ring { fill: black } }",
        'html[data-theme="dark"] .book-ring { fill: black }',
        "@keyframes book-appear { from { opacity: 0 } to { opacity: 1 } }",
    ],
)
def test_a_rule_for_everyone_is_found(css):
    assert len(strangers(css, "some_demo")) == 1


def test_rules_of_ones_own_are_accepted():
    css = "/* a, b { */ .book-some-demo .book-ring:is(.a, .b), .book-some-demo { fill: black }"
    css += ' html[data-theme="dark"] .book-some-demo { fill: white }'
    css += " @keyframes book-some-demo-appear { from { opacity: 0 } to { opacity: 1 } }"
    assert strangers(css, "some_demo") == []


@pytest.mark.parametrize(
    "name", sorted(f"{path.parent.name}/{path.stem}" for path in MODULES.glob("*/*.mjs"))
)
def test_a_module_imports_from_its_own_folder_and_the_kit(name):
    lines = re.findall(r'^(?:import|export) .*from ".*', module_text(name), re.MULTILINE)
    names = module_imports(name)
    assert len(names) == len(lines), lines
    assert all((MODULES / f"{name}.mjs").is_file() for name in names), names
