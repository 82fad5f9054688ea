"""The padding and stride explorer on a page that is loaded once and put back before each test."""

import pytest
import torch
from demo_kernel import in_a_notebook
from demo_page import frame, nothing_wrong
from random_settings import draw_settings, with_torch

from utils.widgets.kit.base import look, with_parts
from utils.widgets.padding_stride import PaddingStride

PUT = """(state) => {
    document.activeElement.blur();
    for (const drawer of document.querySelectorAll("details")) drawer.open = false;
    document.querySelector(".book-reset").click();
    for (const [name, value] of Object.entries(state)) model.set(name, value);
}"""


@pytest.fixture(scope="module")
def one_page(browser):
    page = browser.new_page(reduced_motion="reduce")
    with nothing_wrong(page):
        in_a_notebook(page, PaddingStride())
        page.add_style_tag(content=look(with_parts(PaddingStride.module)))
        page.evaluate("document.documentElement.lang = 'en'; document.title = 'Demo'")
        yield page
    page.close()


@pytest.fixture
def show(one_page):
    """Return a function that shows the demo in a state, in a window so wide, in a theme."""

    def shown(*, width=800, theme="light", **state):
        one_page.mouse.move(2, 2)
        one_page.set_viewport_size({"width": width, "height": 900})
        one_page.evaluate(
            "(theme) => void (document.documentElement.dataset.theme = theme)", theme
        )
        one_page.evaluate(PUT, PaddingStride(**state).state())
        for _ in range(2):  # the width is heard of in one frame and drawn in the next
            frame(one_page)
        return one_page

    return shown


@pytest.fixture(scope="session")
def cases():
    """Settings with random numbers: at least 100 legal and 60 illegal ones of either kind."""
    generator = torch.Generator().manual_seed(7)
    legal = {False: [], True: []}
    illegal = {False: [], True: []}
    while min(map(len, legal.values())) < 100 or min(map(len, illegal.values())) < 60:
        settings = draw_settings(generator)
        numbers = {"dtype": torch.float64, "generator": generator}
        x = torch.randn(settings["input_size"], **numbers)
        kernel = torch.randn(settings["kernel_size"], **numbers)
        output = with_torch(settings, x, kernel)
        place = illegal if output is None else legal
        place[settings["transposed"]].append((settings, x, kernel, output))
    return legal[False] + legal[True], illegal[False] + illegal[True]
