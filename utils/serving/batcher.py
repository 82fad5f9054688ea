"""Requests that come in together are answered in one forward pass."""

import asyncio
import contextlib
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import torch

from utils.serving.refused import Refused

Run = Callable[[torch.Tensor], torch.Tensor]


class Batcher:
    """Stacks what waits, runs it in a thread of its own, and hands each its row.

    While the network computes, requests queue up, and the next batch takes them all: under load
    batches grow by themselves. A row that was alone in its batch shows that there is no crowd, so
    the next one does not wait for company. Use it as ``async with Batcher(run) as batcher``.

    Args:
        run: maps ``(batch, …)`` to ``(batch, …)``, row by row.
        most: rows in a batch; 1 switches batching off.
        wait: seconds that a batch which is not full waits for more, if the last one had several
            rows; 0 takes what is there.
        room: requests that may wait; one more is refused.
        note: called with the number of rows of each batch.

    Raises:
        ValueError: if ``most`` or ``room`` is below 1, or ``wait`` below 0.
    """

    def __init__(
        self,
        run: Run,
        *,
        most: int = 32,
        wait: float = 0.0,
        room: int = 256,
        note: Callable[[int], object] = lambda rows: None,
    ) -> None:
        if most < 1 or room < 1 or not wait >= 0:
            raise ValueError(
                f"most and room must be 1 or more and wait 0 or more, got {most}, {room}, {wait}"
            )
        self.run, self.most, self.wait, self.note = run, most, wait, note
        self._queue: asyncio.Queue = asyncio.Queue(room)
        self._crowd = False

    async def __aenter__(self) -> "Batcher":
        self._pool = ThreadPoolExecutor(1)
        self._worker = asyncio.create_task(self._work())
        return self

    async def __aexit__(self, *_: object) -> None:
        self._worker.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await self._worker
        while not self._queue.empty():
            self._queue.get_nowait()[1].cancel()
        self._pool.shutdown()

    async def ask(self, row: torch.Tensor) -> torch.Tensor:
        """Return what ``run`` gives for one row.

        Raises:
            Refused: 503 if too many requests wait already.
        """
        answer = asyncio.get_running_loop().create_future()
        try:
            self._queue.put_nowait((row, answer))
        except asyncio.QueueFull:
            raise Refused(503, "the service is busy: try again in a moment") from None
        return await answer

    async def _work(self) -> None:
        while True:
            batch = [await self._queue.get()]
            await self._fill(batch)
            self._crowd = len(batch) > 1
            # Who has left needs no answer.
            await self._answer([(row, answer) for row, answer in batch if not answer.done()])

    async def _fill(self, batch: list) -> None:
        loop = asyncio.get_running_loop()
        end = loop.time() + (self.wait if self._crowd else 0)
        while len(batch) < self.most:
            if not self._queue.empty():
                batch.append(self._queue.get_nowait())
                continue
            if loop.time() >= end:
                return
            try:
                async with asyncio.timeout_at(end):
                    batch.append(await self._queue.get())
            except TimeoutError:
                return

    async def _answer(self, batch: list) -> None:
        if not batch:
            return
        rows, answers = zip(*batch, strict=True)
        self.note(len(rows))
        loop = asyncio.get_running_loop()
        try:
            results = await loop.run_in_executor(self._pool, self.run, torch.stack(rows))
        except Exception as error:
            for answer in answers:
                if not answer.done():
                    answer.set_exception(error)
            return
        except asyncio.CancelledError:
            for answer in answers:
                answer.cancel()
            raise
        for answer, result in zip(answers, results, strict=True):
            if not answer.done():
                answer.set_result(result)
