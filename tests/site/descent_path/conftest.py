"""Hundreds of settings of the gradient-descent demo, and its modules on one page."""

import itertools
import json
from collections.abc import Callable, Iterator

import pytest
import torch
from module_page import ModulePage
from playwright.sync_api import Browser

from utils.widgets.descent_path import BOUNDS, PRESETS, DescentPath

CURVATURES = [1, 4, 7.5, 50]
SHARES = [0.01, 0.05, 0.3, 0.9, 1, 1.1, 1.7, 1.99, 2, 2.01, 4]  # learning rates, in units of 1/a
FRACTION = 1.319  # the larger curvature of the data


def _settings() -> Iterator[dict]:
    """Most of them near a bound."""
    generator = torch.Generator().manual_seed(1)

    def place() -> list[float]:
        drawn = 2 * torch.rand(2, generator=generator, dtype=torch.float64) - 1
        return (drawn * torch.tensor(BOUNDS, dtype=torch.float64)).tolist()

    for surface, a, share in itertools.product(("parabola", "bowl"), CURVATURES, SHARES):
        lr = min(max(share / a, 0.001), 3)
        for start in (place(), (2, 0) if a < 5 else (0, -1.25)):
            yield {"surface": surface, "curvature": a, "lr": lr, "start": start, "steps": 25}
    for share, size, seed in itertools.product(SHARES, ("full", 16, 4, 1), range(2)):
        data = {"surface": "data", "lr": min(share / FRACTION, 3), "start": place(), "steps": 25}
        yield {**data, "batch_size": size, "seed": 31 * seed}
    for surface, momentum, share in itertools.product(
        ("parabola", "bowl", "data"), (0.1, 0.5, 0.99), (0.004, 0.1, 1, 2.9, 3.9)
    ):
        rolling = {
            "surface": surface,
            "momentum": momentum,
            "lr": max(share / 4, 0.001),
            "start": place(),
        }
        yield {**rolling, "curvature": 4.0, "steps": 60}
    yield {"curvature": 4.0, "lr": 0.75, "momentum": 0.5}  # on the bound
    yield from ({"start": (0, 0)}, {"steps": 0}, {"steps": 1, "lr": 3.0})
    yield from PRESETS.values()


@pytest.fixture(scope="session")
def demos() -> list[DescentPath]:
    """Three hundred settings."""
    found = [DescentPath(**settings) for settings in _settings()]
    assert len(found) > 300
    return found


@pytest.fixture(scope="session")
def paths(demos: list[DescentPath]) -> list[torch.Tensor]:
    """The path of each demo, walked once."""
    return [demo.path for demo in demos]


@pytest.fixture(scope="module")
def called(browser: Browser) -> Iterator[Callable[[str, str, list], list]]:
    """Call ``function`` of ``descent_path/module`` with each of some lists of arguments.

    Arguments and results travel as JSON text, which is ten times faster for long lists.
    """
    page = browser.new_page()
    opened = {}

    def call(module: str, function: str, given: list) -> list:
        if module not in opened:
            ModulePage(page, f"descent_path/{module}")
            opened.clear()  # the page holds one module
            opened[module] = True
        text = (
            "(text) => JSON.stringify(JSON.parse(text).map((each) => window.module.%s(...each)))"
        )
        return json.loads(page.evaluate(text % function, json.dumps(given)))

    yield call
    page.close()


@pytest.fixture(scope="module")
def states() -> Callable[[list[DescentPath]], list[tuple[dict, dict]]]:
    """The arguments of ``descend``: state and data of each demo."""
    data = DescentPath().data

    def arguments(demos: list[DescentPath]) -> list[tuple[dict, dict]]:
        return [(demo.state(), data if demo.surface == "data" else {}) for demo in demos]

    return arguments


@pytest.fixture(scope="module")
def found(called: Callable, states: Callable) -> Callable[[list[DescentPath]], list[dict]]:
    """What the module finds out about each demo."""
    return lambda demos: called("math", "descend", states(demos))
