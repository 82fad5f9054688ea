"""Show the website on this machine: ``python -m tools.serve [--check] PORT``."""

import argparse
import errno
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from tools.files import ROOT, run_command


@contextmanager
def server(port: int, root: Path) -> Iterator[ThreadingHTTPServer]:
    """Return a server of the website on the loopback interface; 0 picks a free port.

    Raises:
        OSError: if the port is taken, or not for everyone.
        ValueError: if there is no such port.
    """
    if not 0 <= port <= 65535:
        raise ValueError(f"a port is a number from 0 to 65535, got {port}: make serve PORT=8001")
    pages = partial(SimpleHTTPRequestHandler, directory=root / "_build" / "html")
    try:
        made = ThreadingHTTPServer(("127.0.0.1", port), pages)
    except OSError as error:
        words = {errno.EADDRINUSE: "is taken", errno.EACCES: "is not open to you"}
        if error.errno not in words:
            raise
        other = 8001 if port != 8001 else 8002
        reason = words[error.errno]
        raise OSError(f"port {port} {reason}; try make serve PORT={other}") from error
    try:
        yield made
    finally:
        made.server_close()


def main(arguments: list[str] | None = None, *, root: Path = ROOT) -> int:
    """Serve until the reader presses Ctrl+C, or say only whether the port is free."""
    parser = argparse.ArgumentParser(
        prog="python -m tools.serve", description=__doc__.splitlines()[0]
    )
    parser.add_argument("port", nargs="?", type=int, default=8000)
    parser.add_argument("--check", action="store_true", help="serve nothing")
    options = parser.parse_args(arguments)
    with server(options.port, root) as site:
        if not options.check:
            print(f"The book is at http://127.0.0.1:{site.server_port}/ (Ctrl+C ends)", flush=True)
            site.serve_forever()
    return 0


if __name__ == "__main__":
    run_command(main)
