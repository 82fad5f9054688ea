"""Fixtures that several unit tests of the data helpers share."""

import pytest
from faulty_server import FaultyServer


@pytest.fixture
def plain_environment(monkeypatch):
    """No setting of the reader's shell reaches the test, and no proxy the local server."""
    for name in ("BOOK_DATA", "BOOK_DATASET", "BOOK_OFFLINE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")


@pytest.fixture
def server(plain_environment):
    """A server that misbehaves on request."""
    with FaultyServer() as running:
        yield running
