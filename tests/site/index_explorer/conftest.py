"""What the tests of the index explorer share."""

import pytest
from demo_page import mounting

from utils.widgets.index_explorer import IndexExplorer


@pytest.fixture
def show(page):
    yield from mounting(page, IndexExplorer)
