"""A web server on the loopback interface that misbehaves on request, and what it serves."""

import gzip
import hashlib
import io
import random
import socket
import sys
import tarfile
import threading
import time
from collections import defaultdict
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from utils.data.registry import Archive, DataFile, Source

TIMEOUT = (2.0, 0.3)
"""Seconds for connecting and reading: short, because some tests wait for them."""


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:  # the name that http.server calls
        name, site = self.path[1:], self.server.site
        site.requests.append((name, dict(self.headers)))
        fault = site.faults[name].pop(0) if site.faults[name] else ""
        if fault == "silent":
            site.stall()
            return
        if fault in ("404", "416", "503"):
            self.send_error(int(fault))
            return
        if fault == "slow":
            time.sleep(0.3)
        body = b"<html>log in first</html>" if fault == "other file" else site.files[name]
        start = 0 if fault in ("no ranges", "other file") else self._start()
        self.send_response(206 if start else 200)
        if start:
            first = 0 if fault == "other piece" else start
            self.send_header("Content-Range", f"bytes {first}-{len(body) - 1}/{len(body)}")
        if fault not in ("endless", "shorter"):  # these two do not say how much will come
            self.send_header("Content-Length", str(len(body) - start))
        if site.modified:
            self.send_header("Last-Modified", site.modified)
        self.end_headers()
        body = body[start:]
        half = len(body) // 2
        if fault == "corrupt":
            body = body[:half] + bytes([body[half] ^ 1]) + body[half + 1 :]
        if fault in ("truncate", "shorter", "stall"):
            body = body[:half]
        for _ in range(300 if fault == "endless" else 0 if fault == "headers only" else 1):
            self.wfile.write(body)
            site.sent += len(body)
        if fault == "stall":
            site.stall()

    def _start(self) -> int:
        condition = self.headers.get("If-Range")
        if condition is not None and condition != self.server.site.modified:
            return 0
        return int(self.headers.get("Range", "bytes=0-").removeprefix("bytes=").rstrip("-"))

    def log_message(self, *args: object) -> None:
        pass


class FaultyServer:
    """Serves files; each request for a file takes the next of its faults, if any is left.

    Attributes:
        requests: (name, headers) of each request, in order.
        sent: bytes of all bodies so far.
        modified: the ``Last-Modified`` header, None to send none.
        outwaited: whether a client waited for bytes that never came until the server gave up.
    """

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}
        self.faults: dict[str, list[str]] = defaultdict(list)
        self.requests: list[tuple[str, dict[str, str]]] = []
        self.sent = 0
        self.modified: str | None = "Mon, 01 Jan 2024 00:00:00 GMT"
        self.outwaited = False
        self.closing = threading.Event()
        self.errors: list[BaseException | None] = []

    def __enter__(self) -> "FaultyServer":
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
        self._server.site = self
        self._server.handle_error = self._note_error
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,))
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.closing.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()
        assert not self.errors, f"the server itself failed: {self.errors}"

    def stall(self) -> None:
        """Say nothing until the server closes, or for so long that any client has given up."""
        self.outwaited = not self.closing.wait(60)

    def _note_error(self, *_: object) -> None:
        if not isinstance(error := sys.exception(), ConnectionError):  # a client that hung up
            self.errors.append(error)

    def publish(self, name: str, data: bytes, *faults: str) -> str:
        self.files[name] = data
        self.faults[name] = list(faults)
        return f"http://127.0.0.1:{self._server.server_port}/{name}"


def closed_url(name: str) -> str:
    """Return an address where nothing listens."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{free.getsockname()[1]}/{name}"


# Half of it ends soon after a whole number of the downloader's chunks, which are 32 KiB: such a
# rest is small enough to wait in a buffer.
PAYLOAD = random.Random(0).randbytes(270_000)
PACKED = gzip.compress(PAYLOAD, mtime=0)


def data_file(path: str, data: bytes) -> DataFile:
    return DataFile(path=path, size=len(data), sha256=hashlib.sha256(data).hexdigest())


def archive(path: str, packed: bytes, urls: list[str], files: dict[str, bytes]) -> Archive:
    return Archive(
        path=path,
        size=len(packed),
        sha256=hashlib.sha256(packed).hexdigest(),
        urls=tuple(urls),
        files=tuple(data_file(name, data) for name, data in files.items()),
    )


def source(*archives: Archive) -> Source:
    home = "https://example.org/home"
    return Source(
        name="test", title="A test", author="A", licence="CC0", home=home, archives=archives
    )


def gz_source(*urls: str) -> Source:
    """Return the set that most tests fetch: ``PAYLOAD``, packed as ``Set/raw/images.gz``."""
    return source(archive("Set/raw/images.gz", PACKED, list(urls), {"Set/raw/images": PAYLOAD}))


def tar_of(*members: tuple[tarfile.TarInfo | str, bytes]) -> bytes:
    """Return a ``.tar.gz`` with these members; a name stands for a plain file."""
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w:gz") as tar:
        for member, data in members:
            info = tarfile.TarInfo(member) if isinstance(member, str) else member
            info.size = len(data)
            tar.addfile(info, io.BytesIO(data))
    return packed.getvalue()


def files_below(folder: Path) -> set[str]:
    """Return the paths of all files below ``folder``, links included."""
    found = (path for path in folder.rglob("*") if path.is_symlink() or not path.is_dir())
    return {path.relative_to(folder).as_posix() for path in found}
