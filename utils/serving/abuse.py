"""Requests that a service meets once strangers can reach it, each of which it must survive."""

import base64
import io
import json
import zlib
from collections.abc import Callable, Iterator

import numpy as np
from PIL import Image

from utils.serving.client import Answer, message_of, request_of, send
from utils.serving.png import MARK, chunk, header

BOUNDARY = "edge"


def bomb(side: int = 10_000) -> bytes:
    """Return a small PNG file of ``side``² black pixels, one bit each."""
    packer = zlib.compressobj(9)
    row = bytes(1 + -(-side // 8))
    rows = b"".join(packer.compress(row) for _ in range(side)) + packer.flush()
    return MARK + header(side, side, bits=1) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def picture(kind: str = "PNG", side: int = 8) -> bytes:
    """Return a file of a grey ramp."""
    buffer = io.BytesIO()
    ramp = np.linspace(0, 255, side * side).reshape(side, side)
    Image.fromarray(ramp.astype(np.uint8)).save(buffer, kind)
    return buffer.getvalue()


def form_of(data: bytes, *, field: str = "file") -> tuple[bytes, str]:
    """Return the body of a form with one file, and its content type."""
    head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{field}"; filename="a"\r\n\r\n'
    body = head.encode() + data + f"\r\n--{BOUNDARY}--\r\n".encode()
    return body, f"multipart/form-data; boundary={BOUNDARY}"


def _json(value: object) -> bytes:
    return request_of(json.dumps(value).encode())


# What is sent, and the status that a careful service answers with. Each entry makes its bytes when
# it is sent, so that 50 MB lie in memory no longer than needed.
REQUESTS: dict[str, tuple[int, Callable[[], bytes]]] = {
    "no body": (415, lambda: request_of(b"", "text/plain")),
    "no picture": (422, lambda: request_of(*form_of(b""))),
    "a text as a picture": (415, lambda: request_of(*form_of(b"Not a picture at all."))),
    "a GIF": (415, lambda: request_of(message_of(picture("GIF")))),
    "a PNG cut in half": (422, lambda: request_of(message_of(picture()[:60]))),
    "a JPEG cut in half": (422, lambda: request_of(message_of(_half_a_jpeg()))),
    "a PNG with a flipped bit": (422, lambda: request_of(message_of(_flipped()))),
    "100 million pixels": (413, lambda: request_of(message_of(bomb()))),
    "a body of 50 MB": (413, lambda: request_of(bytes(50 * 10**6), "application/json")),
    "another field": (422, lambda: request_of(*form_of(picture(), field="photo"))),
    "a form without its edge": (422, lambda: request_of(b"abc", "multipart/form-data")),
    "no JSON": (422, lambda: request_of(b"{'image': ")),
    "JSON nested 100,000 deep": (422, lambda: request_of(b"[" * 100_000)),
    "NaN in place of a text": (422, lambda: request_of(b'{"image": NaN}')),
    "no base64": (422, lambda: _json({"image": "?" * 8})),
    "another key": (422, lambda: _json({"photo": base64.b64encode(picture()).decode()})),
}
SLOW = "a client that stops half-way"  # answered with 408


def _half_a_jpeg() -> bytes:
    whole = picture("JPEG", 64)
    return whole[: len(whole) - 40]


def _flipped() -> bytes:
    damaged = bytearray(picture())
    damaged[50] ^= 1
    return bytes(damaged)


def answers(url: str, *, patience: float = 30.0) -> Iterator[tuple[str, int, Answer]]:
    """Send each of the requests and a slow one; yield name, wanted status and answer.

    Args:
        url: of a service whose limit of seconds is below ``patience``.
        patience: seconds that the slow client waits before it goes on.
    """
    for name, (status, make) in REQUESTS.items():
        yield name, status, send(url, make(), patience=patience)
    whole = request_of(message_of(picture()))
    # Nothing follows the first half but an empty part: the answer comes before its time.
    yield SLOW, 408, send(url, whole[:-20], b"", patience=patience)
