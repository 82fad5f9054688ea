"""The padding and stride explorer in Chromium, and random settings of it."""

import pytest
import torch
from demo_page import mounting
from random_settings import draw_settings, with_torch

from utils.widgets.padding_stride import PaddingStride


@pytest.fixture
def show(page):
    yield from mounting(page, PaddingStride, width=800)


@pytest.fixture(scope="session")
def cases():
    """Settings with random numbers: at least 75 legal and 40 illegal ones of either kind."""
    generator = torch.Generator().manual_seed(7)
    legal = {False: [], True: []}
    illegal = {False: [], True: []}
    while min(map(len, legal.values())) < 75 or min(map(len, illegal.values())) < 40:
        settings = draw_settings(generator)
        # Halves are exact, and short on their way into the browser.
        x, kernel = (
            torch.randint(-9, 10, settings[size], generator=generator) / 2
            for size in ("input_size", "kernel_size")
        )
        x, kernel = x.double(), kernel.double()
        output = with_torch(settings, x, kernel)
        place = illegal if output is None else legal
        place[settings["transposed"]].append((settings, x, kernel, output))
    return legal[False] + legal[True], illegal[False] + illegal[True]
