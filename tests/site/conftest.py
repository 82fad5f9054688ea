"""Chromium for the tests of the site and of the demos' modules."""

import re
from collections.abc import Callable, Iterator

import pytest
from module_page import ModulePage
from playwright.sync_api import Browser, Page, sync_playwright
from xdist.scheduler import LoadScopeScheduling

from tools.chromium import find


class ByPage(LoadScopeScheduling):
    """Keep the tests of a page on one worker, which visits it once, and else those of a file."""

    def _split_scope(self, nodeid: str) -> str:
        page = re.search(r"\[(.+\.html)\b", nodeid)
        return page[1] if page else nodeid.partition("::")[0]


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


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A blank page of its own for one test."""
    page = browser.new_page()
    yield page
    page.close()


@pytest.fixture
def open_module(page: Page) -> Callable[[str], ModulePage]:
    """Import a demo's ES module by name, so that its pure functions can be called."""
    return lambda name: ModulePage(page, name)
