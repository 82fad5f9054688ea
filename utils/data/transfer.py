"""A download that continues where the last one broke off."""

import os
import re
from email.utils import formatdate, parsedate_to_datetime
from pathlib import Path

import requests
import urllib3
from tqdm.auto import tqdm

from utils.data.folders import is_disk_full

TIMEOUT = (10.0, 30.0)
"""Seconds to wait for a connection, and for the next bytes."""

_CHUNK = 1 << 15


class DownloadError(RuntimeError):
    """The bytes could not be had, or were not the expected ones; the message says what to do."""


class ResumingDownloader:
    """Collects a file's bytes in a ``.part`` file over as many calls as it takes.

    Called by ``pooch.retrieve``, which checks the hash of what it delivers.

    The part's modification time is set to the server's ``Last-Modified``, so that a
    later call, even in another process, can ask with ``If-Range`` for the rest
    of the same version only. A server without that header is asked for the rest
    all the same: the hash tells whether the two pieces belong together.

    Args:
        part: the file that collects the bytes; it outlives a broken-off transfer.
        size: bytes of the complete file.
        timeout: seconds to wait for a connection, and for the next bytes.

    Attributes:
        resumed: whether the last call built on bytes of an earlier one.
    """

    def __init__(self, part: Path, size: int, *, timeout: tuple[float, float] = TIMEOUT) -> None:
        self.part, self.size, self.timeout = part, size, timeout
        self.resumed = False

    @property
    def received(self) -> int:
        """Bytes that have come so far."""
        return self.part.stat().st_size if self.part.exists() else 0

    @property
    def _progress(self) -> str:
        return f"{self.received} of {self.size} bytes"

    def __call__(self, url: str, output_file: str, _pooch: object = None) -> None:
        """Fetch what is missing of ``url`` and move the whole to ``output_file``.

        Raises:
            DownloadError: if the server cannot be reached, refuses, stalls, breaks off,
                or offers a file of another size; bytes that came are kept.
            OSError: if the part cannot be written; a full disk gets its space back.
        """
        self.resumed = self.received > 0
        try:
            if self.received < self.size:
                self._transfer(url)
        except requests.HTTPError as error:
            answer = error.response
            raise DownloadError(f"answered {answer.status_code} {answer.reason}") from error
        except requests.ConnectionError as error:
            raise DownloadError("cannot be reached") from error
        except (requests.Timeout, urllib3.exceptions.TimeoutError) as error:
            stalled = f"sent nothing more for {self.timeout[1]:g} s after {self._progress}"
            raise DownloadError(stalled) from error
        except urllib3.exceptions.HTTPError as error:
            raise DownloadError(f"broke off after {self._progress}") from error
        except requests.RequestException as error:
            raise DownloadError(f"cannot be fetched ({error})") from error
        except OSError as error:
            if is_disk_full(error):
                self.part.unlink(missing_ok=True)
            raise
        finally:
            if not self.received:
                self.part.unlink(missing_ok=True)
        os.replace(self.part, output_file)

    def _transfer(self, url: str) -> None:
        for start in (self.received, 0):
            # Without "identity" a server may send an archive unpacked.
            headers = {"Accept-Encoding": "identity", **self._continuation(start)}
            with requests.get(url, headers=headers, stream=True, timeout=self.timeout) as answer:
                if self._append(answer, start):
                    return
        raise DownloadError("answered with another piece of the file than the one asked for")

    def _continuation(self, start: int) -> dict[str, str]:
        if start == 0:
            return {}
        headers = {"Range": f"bytes={start}-"}
        if modified := int(self.part.stat().st_mtime):
            headers["If-Range"] = formatdate(modified, usegmt=True)
        return headers

    def _append(self, answer: requests.Response, start: int) -> bool:
        """Store the body; return False if it does not continue at ``start``."""
        if answer.status_code == requests.codes.requested_range_not_satisfiable:
            return False
        answer.raise_for_status()
        if answer.status_code == requests.codes.partial_content:
            span = re.fullmatch(r"bytes (\d+)-\d+/(\d+)", answer.headers.get("Content-Range", ""))
            if span is None or (int(span[1]), int(span[2])) != (start, self.size):
                return False
        else:
            offered = int(answer.headers.get("Content-Length", self.size))
            if offered != self.size:
                raise DownloadError(f"offers {offered} bytes instead of {self.size}")
            start = 0
        self.resumed = start > 0
        self._store(answer, start)
        return True

    def _store(self, answer: requests.Response, start: int) -> None:
        modified = _last_modified(answer)
        bar = tqdm(
            desc=self.part.stem,
            initial=start,
            total=self.size,
            unit="B",
            unit_scale=True,
            leave=False,
            delay=0.5,
            disable=None,  # no bar where standard error is a file
        )
        with bar, open(self.part, "ab" if start else "wb") as file:
            for chunk in answer.raw.stream(_CHUNK, decode_content=False):
                file.write(chunk)
                # Stamped after every chunk, so that a killed process leaves a usable part.
                file.flush()
                os.utime(self.part, (modified, modified))
                bar.update(len(chunk))
                if file.tell() > self.size:
                    break
        if self.received > self.size:
            self.part.unlink()
            raise DownloadError(f"sent more than the expected {self.size} bytes")
        if self.received < self.size:
            raise DownloadError(f"broke off after {self._progress}")


def _last_modified(answer: requests.Response) -> int:
    """Return the server's ``Last-Modified`` in seconds since 1970, 0 if it states none."""
    try:
        return int(parsedate_to_datetime(answer.headers["Last-Modified"]).timestamp())
    except (KeyError, ValueError):
        return 0
