"""Unpack a verified archive so that only complete, verified files get their names."""

import gzip
import os
import shutil
import tarfile
import tempfile
import zlib
from pathlib import Path, PurePosixPath

import pooch

from utils.data.registry import Archive

_DAMAGE = (EOFError, zlib.error, gzip.BadGzipFile, tarfile.ReadError)


def unpack(archive: Archive, folder: Path, *, scratch: Path) -> None:
    """Unpack ``archive``, which lies in ``folder``, beside itself.

    A refused archive is deleted, and nothing of it stays behind.

    Args:
        archive: what to unpack, a ``.tar.gz`` or a single file's ``.gz``.
        folder: the data folder.
        scratch: an existing folder on the same disk; each file is completed and
            verified there and then moved, which replaces its name at once.

    Raises:
        ValueError: if the archive is truncated or damaged, wants to write outside
            its folder, or lacks an expected file or holds it with other bytes.
    """
    packed = folder / archive.path
    with tempfile.TemporaryDirectory(dir=scratch) as temporary:
        unpacked = Path(temporary)
        try:
            if packed.name.endswith(".tar.gz"):
                with tarfile.open(packed, "r:gz") as tar:
                    tar.extractall(unpacked, filter=_only_inside)
            else:
                with gzip.open(packed) as source, open(unpacked / packed.stem, "wb") as target:
                    shutil.copyfileobj(source, target)
            inside = PurePosixPath(archive.path).parent
            moves = []
            for file in archive.files:
                found = unpacked / PurePosixPath(file.path).relative_to(inside)
                _check(found, file.sha256)
                moves.append((found, folder / file.path))
        except tarfile.FilterError as error:
            raise _refused(packed, f"wants to write outside its folder ({error})") from error
        except _DAMAGE as error:
            raise _refused(packed, f"is truncated or damaged ({error})") from error
        except _Unexpected as error:
            raise _refused(packed, str(error)) from error
        for found, final in moves:
            final.parent.mkdir(parents=True, exist_ok=True)
            os.replace(found, final)


class _Unexpected(Exception):
    """An unpacked file is not what the registry says."""


def _only_inside(member: tarfile.TarInfo, destination: str) -> tarfile.TarInfo | None:
    # The "data" filter only strips a leading slash; an honest archive has none.
    if PurePosixPath(member.name).is_absolute():
        raise tarfile.AbsolutePathError(member)
    return tarfile.data_filter(member, destination)


def _check(path: Path, sha256: str) -> None:
    if path.is_symlink() or not path.is_file():
        raise _Unexpected(f"lacks the file {path.name}")
    got = pooch.file_hash(str(path))
    if got != sha256:
        raise _Unexpected(f"holds {path.name} with SHA-256 {got}, expected {sha256}")


def _refused(packed: Path, why: str) -> ValueError:
    packed.unlink()
    return ValueError(f"{packed} {why}: it was deleted, run this again to fetch it anew")
