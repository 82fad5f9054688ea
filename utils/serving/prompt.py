"""HTTP that waits for nobody for ever: uvicorn alone sets no time to the head of a request."""

import asyncio

from uvicorn.protocols.http.h11_impl import H11Protocol

WHOLE = 6  # times the limit of seconds: from a head to the end of its answer


class PromptProtocol(H11Protocol):
    """Hangs up on a client that does not send a whole head, or does not take its answer, in time.

    Otherwise a few hundred half heads would keep all places, and everybody else would hear 503.
    """

    _end: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:
        """Start the time of the first head."""
        super().connection_made(transport)
        self._within(1)

    def data_received(self, data: bytes) -> None:
        """Read on; once a head is complete, its request has a time of its own."""
        before = self.cycle
        super().data_received(data)
        if self.cycle is not before:
            self._within(1 if self.cycle.response_complete else WHOLE)

    def on_response_complete(self) -> None:
        """Start the time of the next head, or of the next request if it is here already."""
        before = self.cycle
        self._within(1)
        super().on_response_complete()
        if self.cycle is not before:
            self._within(WHOLE)

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop the time."""
        self._stop()
        super().connection_lost(exc)

    def _within(self, times: int) -> None:
        self._stop()
        seconds = times * self.config.app.state.limits.seconds
        self._end = self.loop.call_later(seconds, self.transport.abort)

    def _stop(self) -> None:
        if self._end is not None:
            self._end.cancel()
