"""The base of every live demo: one model, shown with or without a kernel."""

import html
import json
import re
from pathlib import Path

import anywidget
import torch
import traitlets

MODULES = Path(__file__).parents[1]

_IMPORT = re.compile(r'^import \{ ([\w, ]+) \} from "(\./|\.\./kit/)(\w+)\.mjs";\n', re.MULTILINE)


def module_text(name: str) -> str:
    """Return the source of an ES module; ``kit/plane`` names ``kit/plane.mjs``."""
    return (MODULES / f"{name}.mjs").read_text(encoding="utf-8")


def imported(name: str, place: str, part: str) -> str:
    """Return the name of the module that ``name`` imports from ``./`` or ``../kit/``."""
    folder = name.partition("/")[0] if place == "./" else "kit"
    return f"{folder}/{part}"


def module_imports(name: str) -> list[str]:
    """Return the names of the modules that an ES module imports."""
    found = _IMPORT.findall(module_text(name))
    return [imported(name, place, part) for _, place, part in found]


def with_parts(name: str) -> list[str]:
    """Return the names of a module and of all that it imports, each once, parts first."""
    parts = [part for near in module_imports(name) for part in with_parts(near)]
    return list(dict.fromkeys([*parts, name]))


def look(names: list[str]) -> str:
    """Return the style sheets of modules: a demo's ``look.css``, and those of the kit."""
    files = [
        MODULES / f"{name.removesuffix('view')}look.css"
        if name.endswith("/view")
        else MODULES / f"{name}.css"
        for name in names
    ]
    return "\n".join(file.read_text(encoding="utf-8") for file in files if file.is_file())


def bundle(name: str) -> str:
    """Return a module's source with the modules it imports put in.

    A notebook front end imports a demo from a Blob, where a relative import
    has no meaning. Each imported module becomes a function that runs once.
    """

    def inlined(match: re.Match[str]) -> str:
        names, place, part = match.groups()
        body = bundle(imported(name, place, part))
        body = re.sub(r"^export (?!default)", "", body, flags=re.MULTILINE)
        return f"const {{ {names} }} = (() => {{\n{body}\nreturn {{ {names} }};\n}})();\n"

    return _IMPORT.sub(inlined, module_text(name))


class Pair(traitlets.TraitType):
    """A (height, width) pair of bounded integers; one integer sets both."""

    info_text = "an integer or a (height, width) pair of integers"

    def __init__(self, default: int | tuple[int, int], *, min: int, max: int) -> None:
        self.min, self.max = min, max
        pair = (default, default) if isinstance(default, int) else default
        super().__init__(default_value=pair)
        self.tag(sync=True)

    def validate(self, obj: object, value: object) -> tuple[int, int]:
        """Return ``value`` as a pair, or raise a TraitError that gives the bounds."""
        pair = (value, value) if isinstance(value, int) else value
        if (
            not isinstance(pair, (list, tuple))
            or len(pair) != 2
            or any(isinstance(side, bool) or not isinstance(side, int) for side in pair)
            or any(not self.min <= side <= self.max for side in pair)
        ):
            raise traitlets.TraitError(
                f"{self.name} must be an integer from {self.min} to {self.max} "
                f"or a (height, width) pair of them, got {value!r}"
            )
        return tuple(pair)


class Numbers(traitlets.TraitType):
    """Numbers from -bound to bound in a fixed shape, kept as (nested) tuples of floats.

    Args:
        default: the numbers to start with.
        shape: ``(columns,)`` or ``(rows, columns)``.
        bound: the largest absolute value that is allowed.
    """

    def __init__(self, default: tuple, *, shape: tuple[int, ...], bound: float) -> None:
        self.shape, self.bound = shape, bound
        super().__init__(default_value=default)
        self.tag(sync=True)

    def validate(self, obj: object, value: object) -> tuple:
        """Return a sequence, an array or a tensor as tuples, or raise a TraitError."""
        try:
            table = torch.as_tensor(value, dtype=torch.float64)
        except (TypeError, ValueError, RuntimeError):  # no numbers, or rows of unequal length
            table = torch.empty(0)
        # A comparison with NaN is false, so NaN is refused as well.
        if table.shape != self.shape or not (table.abs() <= self.bound).all():
            raise traitlets.TraitError(
                f"{self.name} must be {'×'.join(map(str, self.shape))} numbers "
                f"from {-self.bound} to {self.bound}, got {value!r}"
            )
        rows = table.tolist()
        return tuple(map(tuple, rows)) if table.ndim == 2 else tuple(rows)


class BookWidget(anywidget.AnyWidget):
    """A demo whose model is computed in the browser and mirrored in Python.

    A subclass names its ES module, says in one sentence what the demo shows,
    and declares one synchronised trait for every control. In a notebook the
    view is a Jupyter widget. The website has no kernel: there the HTML form
    below is replaced by the same view, running on a model kept in the page.

    Attributes:
        module: name of the ES module of the view, ``<demo>/view``.
        summary: one sentence for readers who see neither view.
        assets: synchronised traits too large for a page's HTML (pixels, say);
            the website carries each of them once, beside the module.
        heights: pixels that the website keeps free for the demo while it loads,
            800 pixels wide and on a phone, so that nothing jumps.
        growth: pixels that its height grows by with each pixel of its width, on a desk.
        phone_growth: the same on a phone, from a demo of 328 pixels on.
    """

    module = ""
    summary = ""
    assets: tuple[str, ...] = ()
    heights: tuple[int, int] | None = None
    growth = 0.0
    phone_growth = 0.0

    def __init_subclass__(cls, **kwargs: object) -> None:
        super().__init_subclass__(**kwargs)
        if "module" in cls.__dict__:  # not in the class that anywidget derives for its traits
            cls._esm = bundle(cls.module)
            cls._css = look(with_parts(cls.module))

    def __init__(self, **state: object) -> None:
        unknown = sorted(set(state) - set(self.controls()))
        if unknown:
            raise TypeError(
                f"{type(self).__name__} has no control {unknown[0]!r}; "
                f"it has {', '.join(self.controls())}"
            )
        super().__init__(**state)

    @classmethod
    def controls(cls) -> list[str]:
        """Return the names of the traits that a reader can set."""
        inherited = set(anywidget.AnyWidget.class_trait_names())
        return [
            name
            for name in cls.class_trait_names(sync=True)
            if name not in inherited and name not in cls.assets and not name.startswith("_")
        ]

    def state(self) -> dict[str, object]:
        """Return the value of every control."""
        return {name: getattr(self, name) for name in self.controls()}

    def asset_values(self) -> dict[str, object]:
        """Return what the website has to carry beside the module."""
        return {name: getattr(self, name) for name in self.assets}

    def to_html(self) -> str:
        """Return the placeholder that the website replaces by the live demo."""
        state = html.escape(json.dumps(self.state()), quote=True)
        room = ""
        if self.heights:
            wide, phone = self.heights
            rates = {"--book-growth": self.growth, "--book-phone-growth": self.phone_growth}
            grows = "".join(f"; {name}: {rate}" for name, rate in rates.items() if rate)
            room = f' style="--book-height: {wide}px; --book-phone-height: {phone}px{grows}"'
        return (
            f'<div class="book-demo" data-demo="{type(self).__module__}.{type(self).__name__}" '
            f'data-module="{self.module}" data-state="{state}"{room}>'
            f"{self.fallback()}</div>"
        )

    def fallback(self) -> str:
        """Return the HTML for readers who see neither view."""
        return (
            f"<p><em>Live demo.</em> {html.escape(self.summary)} "
            "It runs on the book's website and in a notebook with a kernel.</p>"
        )

    def __repr__(self) -> str:
        settings = ", ".join(f"{name}={value!r}" for name, value in self.state().items())
        return f"{type(self).__name__}({settings})"

    # ipywidgets 7, which Colab has, shows a widget by this method and by nothing else; without it,
    # both ipywidgets ask for the bundle below, where the website's form stands as well.
    _ipython_display_ = None

    def _repr_mimebundle_(self, **kwargs: object) -> tuple[dict, dict]:
        data, metadata = super()._repr_mimebundle_(**kwargs)
        return {**data, "text/html": self.to_html()}, metadata
