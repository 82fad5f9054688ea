"""Chromium for the tests of the site and of the demos' modules."""

import re
from collections.abc import Callable, Iterator
from functools import cache

import pytest
from module_page import ModulePage
from playwright.sync_api import Browser, Page, sync_playwright
from xdist.scheduler import LoadScopeScheduling

from tools.chromium import find
from tools.demo_page import blank

DESK = {"width": 1280, "height": 720}


class ByPage(LoadScopeScheduling):
    """Keep the tests of a page on one worker, which visits it once, and else those of a file.

    What all demos keep to is one file, and by far the longest: there the tests of a demo stay
    together, so that all workers share it.
    """

    def _split_scope(self, nodeid: str) -> str:
        page = re.search(r"\[(.+\.html)\b", nodeid)
        demo = re.search(r"test_all_demos\.py::.*\[(?:\d+-)?(\w+)\]$", nodeid)
        return page[1] if page else demo[1] if demo else nodeid.partition("::")[0]


def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> ByPage:
    """Tell xdist which tests belong together."""
    return ByPage(config, log)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One headless Chromium for the whole run."""
    path = find()
    assert path, "no Chromium on this machine: run python -m tools.chromium"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=path, args=["--no-sandbox", "--disable-gpu"]
        )
        yield chromium
        chromium.close()


@pytest.fixture(scope="module")
def page_of_file(browser: Browser) -> Iterator[Page]:
    """The page that the tests of a file share; they ask for it as ``page``."""
    page = browser.new_page()
    yield page
    page.close()


@pytest.fixture
def page(page_of_file: Page) -> Page:
    """The file's page, blank, for a reader who wants no motion; nothing is left on it.

    A page and a process of its own for each test would take three times as long. A document
    of its own has no listener, timer, global or module of the test before.
    """
    page = page_of_file
    blank(page)
    page.set_viewport_size(DESK)
    page.emulate_media(reduced_motion="reduce", color_scheme="light")
    page.mouse.move(0, 0)
    return page


@pytest.fixture
def fresh_page(browser: Browser) -> Iterator[Page]:
    """A page for one test alone, which keeps what cannot be undone: a clock, an init script."""
    page = browser.new_page(viewport=DESK, reduced_motion="reduce")
    yield page
    page.close()


@pytest.fixture(scope="module")
def open_module(browser: Browser) -> Iterator[Callable[[str], ModulePage]]:
    """Import a demo's ES module by name, once a file, so that its pure functions can be called."""
    page = browser.new_page()
    yield cache(lambda name: ModulePage(page, name))
    page.close()
