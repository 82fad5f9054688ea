"""Where data sets lie: the reader's own folder, the cache, and what may be written."""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pooch

from utils.data.registry import CHECKOUT

_FULL = {errno.ENOSPC, errno.EDQUOT}


def own_folder() -> Path | None:
    """Return the folder that ``BOOK_DATA`` names, or None when it is unset.

    A relative path is taken from the working folder, else from the root of
    the checkout, because a page runs in its chapter's folder.

    Raises:
        FileNotFoundError: if there is no such folder.
    """
    value = os.environ.get("BOOK_DATA", "").strip()
    if not value:
        return None
    for start in (Path.cwd(), CHECKOUT):
        folder = start / Path(value).expanduser()
        if folder.is_dir():
            return folder.resolve()
    raise FileNotFoundError(
        f"BOOK_DATA={value!r} is not a folder: set it to one that holds data sets in "
        "torchvision's layout (FashionMNIST/raw/…), or unset it"
    )


def cache_folder() -> Path:
    """Return the folder that downloads are kept in.

    It is ``data/`` in a checkout of the book, and the user's cache folder
    for an installed package.
    """
    if (CHECKOUT / "_toc.yml").is_file():
        return CHECKOUT / "data"
    return Path(pooch.os_cache("from-scratch-to-torch"))


def is_offline() -> bool:
    """Return whether ``BOOK_OFFLINE`` forbids the network."""
    return os.environ.get("BOOK_OFFLINE", "").strip() not in ("", "0")


def is_disk_full(error: OSError) -> bool:
    """Return whether a write failed for want of space or quota."""
    return error.errno in _FULL


@contextmanager
def writing_to(folder: Path, space: int) -> Iterator[None]:
    """Turn the system's errors while writing into sentences that say what to do.

    Args:
        folder: the data folder that is written to.
        space: bytes that the whole data set takes there.

    Raises:
        OSError: if the disk is full.
        PermissionError: if ``folder`` cannot be written.
    """
    try:
        yield
    except (PermissionError, FileExistsError, NotADirectoryError) as error:
        raise PermissionError(
            f"{folder} cannot be written ({error.strerror}): make it a folder that you may "
            "write, or set BOOK_DATA to a folder that already holds the data"
        ) from error
    except OSError as error:
        if is_disk_full(error):
            raise OSError(
                f"the disk of {folder} is full: the data set takes {space / 1e6:.1f} MB there; "
                "free some space and run this again"
            ) from error
        if error.errno == errno.EROFS:
            raise PermissionError(
                f"{folder} is on a read-only disk: set BOOK_DATA to a folder that already "
                "holds the data"
            ) from error
        raise
