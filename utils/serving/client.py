"""Clients of the service: one request, and many at once with the time that each took."""

import asyncio
import base64
import json
import statistics
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple
from urllib.parse import urlsplit

PATH = "/predict"


class Answer(NamedTuple):
    """What came back: the status of HTTP, 0 if nothing did, and the JSON behind it."""

    status: int
    message: dict


class Load(NamedTuple):
    """Answers of many requests in their order, and seconds: of each, and of all together."""

    answers: list[Answer]
    latencies: list[float]
    seconds: float

    def percentile(self, percent: int) -> float:
        """Return the latency in seconds that so many per cent of the requests stay below."""
        return statistics.quantiles(self.latencies, n=100, method="inclusive")[percent - 1]

    @property
    def throughput(self) -> float:
        """Answers a second."""
        return len(self.answers) / self.seconds


def message_of(file: bytes) -> bytes:
    """Return the JSON that carries a file as base64.

    >>> message_of(b"abc")
    b'{"image": "YWJj"}'
    """
    return json.dumps({"image": base64.b64encode(file).decode("ascii")}).encode("ascii")


def request_of(body: bytes, kind: str = "application/json", *, length: int | None = None) -> bytes:
    """Return a whole request as its bytes: a head, an empty line, the body.

    Args:
        body: what is sent.
        kind: its content type.
        length: how many bytes the head announces; by default as many as there are.
    """
    length = len(body) if length is None else length
    head = f"POST {PATH} HTTP/1.1\r\nHost: here\r\nContent-Type: {kind}\r\n"
    return f"{head}Content-Length: {length}\r\n\r\n".encode("ascii") + body


def send(url: str, *parts: bytes, pause: float = 0.0, patience: float = 30.0) -> Answer:
    """Send bytes as they are, with a pause after each part but the last, and return the answer.

    A service that hangs up without a word gives the status 0.
    """

    async def talk() -> Answer:
        reader, writer = await _open(url)
        try:
            async with asyncio.timeout(patience):
                for part in parts[:-1]:
                    writer.write(part)
                    await writer.drain()
                    await asyncio.sleep(pause)
                writer.write(parts[-1])
                return await _answer(reader)
        except (TimeoutError, ConnectionError, asyncio.IncompleteReadError):
            return Answer(0, {})
        finally:
            writer.close()

    return _alone(talk())


def load(url: str, requests: Sequence[bytes], *, clients: int) -> Load:
    """Send requests from so many clients, each of which waits for an answer before it goes on.

    All clients connect first; then the clock starts.

    Args:
        url: of the service, ``http://host:port``.
        requests: as :func:`request_of` makes them.
        clients: at least 1.

    Raises:
        ValueError: if there is no request or no client.
    """
    if not requests or clients < 1:
        raise ValueError(f"load needs requests and clients, got {len(requests)} and {clients}")
    answers = [Answer(0, {})] * len(requests)
    latencies = [0.0] * len(requests)

    async def client(reader, writer, places) -> None:
        try:
            for place in places:
                start = time.perf_counter()
                writer.write(requests[place])
                answers[place] = await _answer(reader)
                latencies[place] = time.perf_counter() - start
        except (ConnectionError, asyncio.IncompleteReadError):
            pass  # the places that are left keep the status 0
        finally:
            writer.close()

    async def all_of_them() -> float:
        lines = await asyncio.gather(*(_open(url) for _ in range(clients)))
        places = iter(range(len(requests)))  # shared: each client takes the next one
        start = time.perf_counter()
        await asyncio.gather(*(client(*line, places) for line in lines))
        return time.perf_counter() - start

    seconds = _alone(all_of_them())
    return Load(answers, latencies, seconds)


def _alone(talk) -> object:
    """Run a coroutine in a thread: a notebook's own has a loop that runs already."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, talk).result()


async def _open(url: str) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    place = urlsplit(url)
    return await asyncio.open_connection(place.hostname, place.port)


async def _answer(reader: asyncio.StreamReader) -> Answer:
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
    status = int(head.split(" ", 2)[1])
    length = int(head.partition("content-length:")[2].partition("\r\n")[0] or 0)
    text = await reader.readexactly(length)
    try:
        return Answer(status, json.loads(text))
    except ValueError:
        return Answer(status, {"error": text.decode("utf-8", "replace")})
