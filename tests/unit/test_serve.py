"""The website on localhost: a taken port gets a sentence."""

import errno
import re
import socket
import threading
from http.client import HTTPConnection

import pytest

from tools import serve

pytestmark = pytest.mark.network


@pytest.fixture
def site(tmp_path):
    """A book whose website is one page."""
    html = tmp_path / "_build" / "html"
    html.mkdir(parents=True)
    (html / "index.html").write_text("<h1>Book</h1>", encoding="utf-8")
    return tmp_path


@pytest.fixture
def taken():
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        holder.listen()
        yield holder.getsockname()[1]


def test_the_pages_are_served(site):
    with serve.server(0, site) as made:
        threading.Thread(target=made.serve_forever, daemon=True).start()
        connection = HTTPConnection("127.0.0.1", made.server_port, timeout=10)
        connection.request("GET", "/index.html")
        assert connection.getresponse().read() == b"<h1>Book</h1>"
        connection.close()
        made.shutdown()


@pytest.mark.parametrize("check", [[], ["--check"]])
def test_a_taken_port_gets_a_sentence(site, taken, check):
    words = f"port {taken} is taken; try make serve PORT=8001"
    with pytest.raises(OSError, match=re.escape(words)):
        serve.main([*check, str(taken)], root=site)


def test_the_other_port_is_another(monkeypatch, site):
    def refuse(*_):
        raise OSError(errno.EACCES, "no")

    monkeypatch.setattr(serve, "ThreadingHTTPServer", refuse)
    with pytest.raises(OSError, match="8001 is not open to you; try make serve PORT=8002"):
        serve.main(["8001"], root=site)


def test_another_fault_is_not_explained_away(monkeypatch, site):
    def fail(*_):
        raise OSError(errno.ENOMEM, "no memory")

    monkeypatch.setattr(serve, "ThreadingHTTPServer", fail)
    with pytest.raises(OSError, match="no memory"):
        serve.main(["8000"], root=site)


@pytest.mark.parametrize("port", ["-1", "70000"])
def test_an_impossible_port_is_refused(site, port):
    with pytest.raises(ValueError, match="from 0 to 65535"):
        serve.main(["--check", "--", port], root=site)


def test_a_free_port_is_only_looked_at(site, capsys):
    assert serve.main(["--check", "0"], root=site) == 0
    assert capsys.readouterr().out == ""
