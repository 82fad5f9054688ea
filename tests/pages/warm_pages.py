"""Warm kernels for the tests that run whole pages: two thirds of a page's time are imports."""

import pytest

from tools.kernels import warm_kernels


@pytest.fixture(scope="module", autouse=True)
def warm():
    """Kernels that have imported what pages use, for all tests of a file that imports this."""
    with warm_kernels():
        yield
