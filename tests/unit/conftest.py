"""Fixtures that several unit tests of the data helpers share."""

import pytest
from faulty_server import FaultyServer
from PIL import Image
from voc_files import SIZE


@pytest.fixture
def plain_environment(monkeypatch):
    """No setting of the reader's shell reaches the test, and no proxy the local server."""
    for name in ("BOOK_DATA", "BOOK_DATASET", "BOOK_OFFLINE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")


@pytest.fixture
def server(plain_environment):
    """A server that misbehaves on request."""
    with FaultyServer() as running:
        yield running


@pytest.fixture
def voc(tmp_path):
    """Return a function that puts a tiny VOC on disk: XML files, or pairs of masks."""
    base = tmp_path / "VOCdevkit" / "VOC2012"
    for name in ("JPEGImages", "Annotations", "SegmentationClass", "SegmentationObject"):
        (base / name).mkdir(parents=True)

    def write(*annotations, folder="Main"):
        lists = base / "ImageSets" / folder
        lists.mkdir(parents=True)
        names = [f"picture{i}" for i in range(len(annotations))]
        (lists / "train.txt").write_text("".join(name + "\n" for name in names))
        for shade, (name, annotation) in enumerate(zip(names, annotations, strict=True)):
            Image.new("RGB", SIZE, (50 * shade,) * 3).save(base / "JPEGImages" / f"{name}.jpg")
            if folder == "Main":
                (base / "Annotations" / f"{name}.xml").write_text(annotation)
            else:
                for kind, png in zip(("Class", "Object"), annotation, strict=True):
                    png.save(base / f"Segmentation{kind}" / f"{name}.png")
        return tmp_path

    write.base = base
    return write
