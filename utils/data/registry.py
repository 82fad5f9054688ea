"""What the book knows about its data: one reader for ``sources.json``."""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]
"""The repository's root, when the package is run from a checkout."""


@dataclass(frozen=True)
class DataFile:
    """One file of a data set.

    Attributes:
        path: place below a data folder, in torchvision's layout.
        size: bytes.
        sha256: what its bytes must hash to.
        md5: torchvision's checksum of the same bytes, where it states one.
    """

    path: str
    size: int
    sha256: str
    md5: str | None = None

    @property
    def name(self) -> str:
        """The file's name without its folders."""
        return self.path.rpartition("/")[2]


@dataclass(frozen=True, kw_only=True)
class Archive(DataFile):
    """A file that is downloaded and then unpacked beside itself.

    Attributes:
        urls: where the same bytes are found, to be tried in this order.
        files: what the archive unpacks to.
    """

    urls: tuple[str, ...]
    files: tuple[DataFile, ...]


@dataclass(frozen=True)
class Terms:
    """Whose work a data set or a photograph is, and what may be done with it.

    Attributes:
        name: what the book calls it.
        title: what it shows, with counts and sizes in pixels.
        author: who made it.
        licence: its licence, in the author's or the distributor's words.
        home: where author and licence are stated.
    """

    name: str
    title: str
    author: str
    licence: str
    home: str


@dataclass(frozen=True)
class Source(Terms):
    """A data set that is downloaded once.

    Attributes:
        archives: all that has to be fetched.
    """

    archives: tuple[Archive, ...]

    @property
    def files(self) -> tuple[DataFile, ...]:
        """Every unpacked file, which is what pages read."""
        return tuple(file for archive in self.archives for file in archive.files)

    @property
    def space(self) -> int:
        """Bytes that the archives and the unpacked files take together."""
        return sum(file.size for file in (*self.archives, *self.files))


@dataclass(frozen=True)
class Photograph(Terms):
    """A photograph in scikit-image's wheel.

    Attributes:
        function: name of the function in ``skimage.data`` that returns it.
    """

    function: str


@cache
def _sources_json() -> dict:
    # An installed wheel carries the file beside this module; a checkout has it in data/.
    beside = Path(__file__).with_name("sources.json")
    path = beside if beside.is_file() else CHECKOUT / "data" / "sources.json"
    return json.loads(path.read_text(encoding="utf-8"))


def _archive(entry: dict) -> Archive:
    files = tuple(DataFile(**file) for file in entry["files"])
    return Archive(**{**entry, "urls": tuple(entry["urls"]), "files": files})


def downloads() -> dict[str, Source]:
    """Return the data sets that are downloaded, by name."""
    return {
        name: Source(
            name=name, **{**entry, "archives": tuple(_archive(a) for a in entry["archives"])}
        )
        for name, entry in _sources_json()["downloads"].items()
    }


def embedded() -> dict[str, Terms]:
    """Return the data sets that come inside an installed package, by name."""
    return {name: Terms(name=name, **entry) for name, entry in _sources_json()["embedded"].items()}


def photographs() -> dict[str, Photograph]:
    """Return the photographs that scikit-image ships, by the book's name."""
    return {
        name: Photograph(name=name, **entry)
        for name, entry in _sources_json()["photographs"].items()
    }


def texts() -> dict[str, Terms]:
    """Return the texts that the book carries along, by name."""
    return {name: Terms(name=name, **entry) for name, entry in _sources_json()["texts"].items()}
