"""What every live demo inherits, tried on a small demo of the test's own."""

import html
import json
import re

import pytest
import traitlets
from IPython.core.interactiveshell import InteractiveShell
from ipywidgets import Widget

from utils.widgets.kit import base
from utils.widgets.kit.base import BookWidget, Pair, bundle, module_imports

SHARED = "let made = 0;\nexport function next() {\n  return ++made;\n}\nexport const two = 2;\n"
DEMO = (
    "// A demo.\n\n"
    'import { next, two } from "../kit/shared.mjs";\n\n'
    "export const three = two + next();\nexport default { render() {} };\n"
)


@pytest.fixture
def modules(tmp_path, monkeypatch):
    files = {
        "kit/shared.mjs": SHARED,
        "kit/shared.css": ".book-demo-view { color: blue }",
        "demo/view.mjs": DEMO,
        "demo/look.css": ".book-demo-view { color: red }",
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    monkeypatch.setattr(base, "MODULES", tmp_path)
    return tmp_path


@pytest.fixture
def demo_class(modules):
    class Demo(BookWidget):
        """A demo."""

        module = "demo/view"
        summary = 'Shows "a" < b.'
        assets = ("picture",)
        size = Pair(3, min=1, max=5)
        corner = Pair((0, 1), min=0, max=9)
        name = traitlets.Unicode("it's").tag(sync=True)
        picture = traitlets.Unicode("pixels").tag(sync=True)

    return Demo


def test_an_integer_sets_both_sides_of_a_pair(demo_class):
    demo = demo_class()
    assert demo.size == (3, 3)
    assert demo.corner == (0, 1)
    demo.size = 2
    assert demo.size == (2, 2)
    demo.size = [4, 5]
    assert demo.size == (4, 5)


@pytest.mark.parametrize("bad", [0, 6, (1, 6), (1,), (1, 2, 3), 2.0, (1, 2.5), True, "3", None])
def test_a_pair_refuses_what_is_not_two_integers_in_its_bounds(demo_class, bad):
    demo = demo_class()
    with pytest.raises(traitlets.TraitError, match="size must be an integer from 1 to 5"):
        demo.size = bad
    assert demo.size == (3, 3)


def test_controls_are_the_demos_own_traits_without_its_assets(demo_class):
    assert demo_class.controls() == ["corner", "name", "size"]
    assert demo_class().state() == {"corner": (0, 1), "name": "it's", "size": (3, 3)}
    assert demo_class().asset_values() == {"picture": "pixels"}


def test_an_unknown_control_is_refused_by_name(demo_class):
    with pytest.raises(TypeError, match="Demo has no control 'sise'; it has corner, name, size"):
        demo_class(sise=2)


def test_the_repr_gives_the_state_and_no_address(demo_class):
    assert repr(demo_class(size=2)) == 'Demo(corner=(0, 1), name="it\'s", size=(2, 2))'


def test_the_placeholder_carries_the_state_and_readable_text(demo_class):
    page = demo_class(size=2).to_html()
    state = re.search(r'data-state="([^"]*)"', page)[1]
    assert json.loads(html.unescape(state)) == {"corner": [0, 1], "name": "it's", "size": [2, 2]}
    assert 'data-module="demo/view"' in page
    assert f'data-demo="{__name__}.Demo"' in page
    assert "Shows &quot;a&quot; &lt; b." in page
    assert "pixels" not in page


def test_a_notebook_gets_the_view_and_the_placeholder(demo_class):
    demo = demo_class()
    data, _ = demo._repr_mimebundle_()
    assert "application/vnd.jupyter.widget-view+json" in data
    assert data["text/html"] == demo.to_html()
    assert data["text/plain"] == repr(demo)


def test_ipywidgets_7_publishes_the_placeholder_too(demo_class, monkeypatch):
    def shows_the_view_alone(self, **kwargs):
        pass

    monkeypatch.setattr(Widget, "_ipython_display_", shows_the_view_alone, raising=False)
    data, _ = InteractiveShell.instance().display_formatter.format(demo_class())
    assert {"application/vnd.jupyter.widget-view+json", "text/html"} <= set(data)


def test_a_notebook_gets_the_bundled_module_and_the_look_of_its_parts(demo_class):
    assert demo_class()._esm == bundle("demo/view")
    blue, red = [f".book-demo-view {{ color: {name} }}" for name in ("blue", "red")]
    assert demo_class()._css == f"{blue}\n{red}"  # a demo's own look comes last and wins


def test_a_bundle_imports_nothing_and_keeps_the_demos_exports(modules):
    text = bundle("demo/view")
    assert module_imports("demo/view") == ["kit/shared"]
    assert not re.search(r"^import\b", text, re.MULTILINE)
    assert re.findall(r"^export .*", text, re.MULTILINE) == [
        "export const three = two + next();",
        "export default { render() {} };",
    ]
    assert "return { next, two };" in text


def test_a_module_that_is_missing_is_named(modules):
    with pytest.raises(FileNotFoundError, match="elsewhere.view.mjs"):
        bundle("elsewhere/view")
