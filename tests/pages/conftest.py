"""What the tests that run whole pages share."""

import pytest

from tools.kernels import warm_kernels


@pytest.fixture(scope="module")
def warm():
    """Kernels that have imported what pages use: two thirds of a page's time."""
    with warm_kernels():
        yield
