"""Have a data set on this machine, verified: from the reader's folder, the cache or the net."""

import os
import shutil
from contextlib import suppress
from pathlib import Path

import pooch
from filelock import FileLock

from utils.data import folders
from utils.data.registry import Archive, DataFile, Source
from utils.data.transfer import TIMEOUT, DownloadError, ResumingDownloader
from utils.data.unpack import unpack


def fetch(
    source: Source, *, cache: Path | None = None, timeout: tuple[float, float] = TIMEOUT
) -> Path:
    """Return a folder in torchvision's layout that holds ``source``, every byte verified.

    The folder that ``BOOK_DATA`` names is looked in first and never written
    to; then the cache; what is still missing there is downloaded, unless
    ``BOOK_OFFLINE=1`` forbids it. Several processes may ask at once: one
    downloads, the others wait for it.

    Args:
        source: the data set, from ``registry.downloads()``.
        cache: folder for downloads; ``folders.cache_folder()`` by default.
        timeout: seconds to wait for a connection, and for the next bytes.

    Raises:
        FileNotFoundError: if ``BOOK_DATA`` is no folder, or a file is missing offline.
        ValueError: if a file in the ``BOOK_DATA`` folder or an archive has wrong bytes.
        DownloadError: if no mirror delivers the right bytes.
        OSError: if the disk is full, PermissionError if the cache cannot be written.
    """
    own = folders.own_folder()
    if own is not None and _holds(own, source):
        return own
    folder = folders.cache_folder() if cache is None else cache
    missing = [a for a in source.archives if not _is_unpacked(a, folder)]
    if missing and folders.is_offline():
        _refuse_offline(source, missing, folder)
    for archive in missing:
        with folders.writing_to(folder, source.space):
            _obtain(archive, folder, timeout)
    return folder


def _is_good(file: DataFile, folder: Path) -> bool:
    path = folder / file.path
    return path.is_file() and pooch.file_hash(str(path)) == file.sha256


def _is_unpacked(archive: Archive, folder: Path) -> bool:
    return all(_is_good(file, folder) for file in archive.files)


def _holds(own: Path, source: Source) -> bool:
    """Return whether the reader's folder has the whole set; wrong bytes are an error."""
    for file in source.files:
        path = own / file.path
        if path.is_file() and not _is_good(file, own):
            raise ValueError(
                f"BOOK_DATA has {path} with SHA-256 {pooch.file_hash(str(path))}, expected "
                f"{file.sha256}: replace that file, or unset BOOK_DATA"
            )
    return all((own / file.path).is_file() for file in source.files)


def _refuse_offline(source: Source, missing: list[Archive], folder: Path) -> None:
    wanted = [archive for archive in missing if not _is_good(archive, folder)]
    if wanted:
        raise FileNotFoundError(
            "BOOK_OFFLINE forbids the network and these files are missing or damaged: "
            f"{', '.join(file.path for archive in wanted for file in archive.files)}; put "
            f"{', '.join(archive.path for archive in wanted)} (see {source.home}) into {folder}, "
            "or set BOOK_DATA to a folder that holds them, or unset BOOK_OFFLINE"
        )


def _obtain(archive: Archive, folder: Path, timeout: tuple[float, float]) -> None:
    partial = (folder / archive.path).parent / ".partial"
    scratch = partial / f"{archive.name}.tmp"
    folder.mkdir(parents=True, exist_ok=True)
    lock = folder / ".lock"
    with FileLock(lock):
        # A process that was killed may have left something.
        shutil.rmtree(scratch, ignore_errors=True)
        scratch.mkdir(parents=True)
        try:
            # Another process may have done the work while this one waited.
            if not _is_unpacked(archive, folder):
                if not _is_good(archive, folder):
                    part = partial / f"{archive.name}.part"
                    _download(archive, folder, part, scratch, timeout)
                unpack(archive, folder, scratch=scratch)
        finally:
            shutil.rmtree(scratch, ignore_errors=True)
            with suppress(OSError):  # it may hold the part of a broken-off transfer
                partial.rmdir()
            with suppress(OSError):  # Windows keeps a file that is open
                lock.unlink()


def _download(
    archive: Archive, folder: Path, part: Path, scratch: Path, timeout: tuple[float, float]
) -> None:
    """Put the verified archive in its place, from the first mirror that delivers it."""
    failures = []
    for url in archive.urls:
        downloader = ResumingDownloader(part, archive.size, timeout=timeout)
        try:
            verified = _retrieve(url, archive, scratch, downloader)
        except DownloadError as error:
            failures.append(f"{url} {error}")
        else:
            os.replace(verified, folder / archive.path)
            return
    kept = f", which continues after the {part.stat().st_size} bytes kept" if part.exists() else ""
    raise DownloadError(
        f"{'; '.join(failures)}: check the connection and run this again{kept}; or put "
        f"{archive.name} into {(folder / archive.path).parent}; or set BOOK_DATA to a folder "
        f"that holds {archive.files[0].path}"
    )


def _retrieve(url: str, archive: Archive, scratch: Path, downloader: ResumingDownloader) -> str:
    while True:
        try:
            return pooch.retrieve(
                url,
                known_hash=f"sha256:{archive.sha256}",
                fname=archive.name,
                path=scratch,
                downloader=downloader,
            )
        except ValueError as error:  # pooch's word for a wrong hash; the bytes are gone
            if not downloader.resumed:
                raise DownloadError(f"sent a wrong file ({error})") from error
