"""A service beside the code that uses it: in a thread, on a free port, until the block ends."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn
from fastapi import FastAPI

from utils.serving.prompt import PromptProtocol

HOST = "127.0.0.1"  # loopback: no other machine can reach it


def configured(app: FastAPI) -> uvicorn.Config:
    """Return how uvicorn runs a service of ``make_app``."""
    return uvicorn.Config(
        app,
        http=PromptProtocol,
        log_config=None,
        access_log=False,
        limit_concurrency=app.state.limits.connections,
        timeout_keep_alive=5,
        timeout_graceful_shutdown=3,
    )


def listening(port: int = 0) -> socket.socket:
    """Return a socket that listens on loopback; port 0 takes one that is free."""
    # Named as TCP, because asyncio then sends small packets at once. Otherwise the second part of
    # an answer waits until the client has confirmed the first, which many do after 40 ms only.
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((HOST, port))
    except OSError:
        listener.close()
        raise
    listener.listen(512)
    return listener


@contextmanager
def running_service(app: FastAPI, *, seconds: float = 30) -> Iterator[str]:
    """Run a service until the block ends, and give its address, ``http://127.0.0.1:<port>``.

    Args:
        app: what ``make_app`` has made.
        seconds: in which it has to start.

    Raises:
        RuntimeError: if it does not start.
    """
    server = uvicorn.Server(configured(app))
    with listening() as listener:
        thread = threading.Thread(target=server.run, args=([listener],), daemon=True)
        thread.start()
        try:
            end = time.monotonic() + seconds
            while not server.started:
                if not thread.is_alive() or time.monotonic() > end:
                    raise RuntimeError("the service did not start: run it by itself to see why")
                time.sleep(0.01)
            yield f"http://{HOST}:{listener.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join(seconds)
