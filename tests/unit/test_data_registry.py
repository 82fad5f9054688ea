"""What sources.json says, against the libraries that know the same data."""

import inspect
import re

import pytest
import skimage
from torchvision.datasets import CIFAR10, FashionMNIST

from utils.data import images, registry

DOWNLOADS = registry.downloads()
FILES = [f for s in DOWNLOADS.values() for f in (*s.archives, *s.files)]
TERMS = [
    *DOWNLOADS.values(),
    *registry.embedded().values(),
    *registry.photographs().values(),
    *registry.texts().values(),
]


def test_fashion_mnist_agrees_with_torchvision():
    archives = {archive.name: archive for archive in DOWNLOADS["fashion_mnist"].archives}
    assert {name: a.md5 for name, a in archives.items()} == dict(FashionMNIST.resources)
    for name, archive in archives.items():
        assert f"{FashionMNIST.mirrors[0]}{name}" in archive.urls
        assert archive.path == f"FashionMNIST/raw/{name}"
        assert [file.path for file in archive.files] == [archive.path.removesuffix(".gz")]


def test_cifar10_agrees_with_torchvision():
    (archive,) = DOWNLOADS["cifar10"].archives
    assert (archive.path, archive.md5) == (CIFAR10.filename, CIFAR10.tgz_md5)
    assert archive.urls[0] == CIFAR10.url
    listed = {**dict(CIFAR10.train_list), **dict(CIFAR10.test_list)}
    listed[CIFAR10.meta["filename"]] = CIFAR10.meta["md5"]
    assert {file.path: file.md5 for file in archive.files} == {
        f"{CIFAR10.base_folder}/{name}": md5 for name, md5 in listed.items()
    }


def test_every_set_that_can_be_loaded_is_registered():
    assert {*DOWNLOADS, *registry.embedded()} == set(images._LOADERS)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.path)
def test_every_file_has_a_size_and_a_sha256(file):
    assert file.size > 0
    assert re.fullmatch(r"[0-9a-f]{64}", file.sha256)
    assert not file.path.startswith("/")


@pytest.mark.parametrize("terms", TERMS, ids=lambda terms: terms.name)
def test_everything_has_a_title_an_author_a_licence_and_a_home(terms):
    assert terms.title and terms.author and terms.licence
    assert re.match(r"https?://", terms.home)


def test_urls_with_a_later_mirror_start_with_an_encrypted_one():
    for source in DOWNLOADS.values():
        assert all(archive.urls[0].startswith("https://") for archive in source.archives)


@pytest.mark.parametrize("photograph", registry.photographs().values(), ids=lambda p: p.name)
def test_a_photographs_terms_are_those_that_scikit_image_states(photograph):
    stated = " ".join(inspect.getdoc(getattr(skimage.data, photograph.function)).split())
    words = {
        "CC0 1.0": r"CC0|Creative Commons CC0",
        "public domain": r"public domain",
        "no known copyright restrictions": r"No known copyright restrictions",
    }
    assert re.search(words[photograph.licence], stated)
    address = photograph.home.split("#")[0]
    assert address in stated or address.startswith("https://scikit-image.org/")
