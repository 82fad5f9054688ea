"""Image sets: shapes, ranges, splits, and the same numbers that torchvision gives."""

import hashlib
import os
import pickle
import subprocess
import sys

import numpy as np
import pytest
import torch
from faulty_server import archive, source
from sklearn.datasets import load_digits
from torchvision.datasets import CIFAR10, FashionMNIST

from utils.data import registry
from utils.data.images import load_images, resize
from utils.data.registry import CHECKOUT

REAL = os.environ.get("BOOK_DATA") or str(CHECKOUT.parent / "shared" / "data")
needs_fashion_mnist = pytest.mark.skipif(
    not os.path.isdir(os.path.join(REAL, "FashionMNIST", "raw")),
    reason=f"Fashion-MNIST is not in {REAL}: set BOOK_DATA to a folder that has it",
)


@pytest.fixture(autouse=True)
def offline(plain_environment, monkeypatch):
    monkeypatch.setenv("BOOK_OFFLINE", "1")


def assert_well_formed(images):
    for inputs, targets in (images.train, images.test):
        assert inputs.dtype == torch.float32
        assert targets.dtype == torch.int64
        assert inputs.shape == (len(targets), *images.image_shape)
        assert inputs.is_contiguous()
        assert (inputs.min(), inputs.max()) == (0, 1)
        assert set(targets.unique().tolist()) == set(range(images.num_classes))


def test_a_page_says_which_sets_it_was_made_for(monkeypatch):
    assert load_images(among=("digits", "cifar10")).name == "digits"
    monkeypatch.setenv("BOOK_DATASET", "cifar10")
    message = "made for digits and fashion_mnist, not for cifar10: set BOOK_DATASET to one"
    with pytest.raises(ValueError, match=message):
        load_images(among=("digits", "fashion_mnist"))


def test_digits_are_the_default_and_are_split_once_and_for_all():
    images = load_images()
    assert_well_formed(images)
    assert images.name == "digits"
    assert images.image_shape == (1, 8, 8)
    assert images.class_names == tuple("0123456789")
    assert (len(images.train_labels), len(images.test_labels)) == (1437, 360)
    assert torch.equal(images.train_images, load_images("digits").train_images)
    assert repr(images) == (
        "ImageSet(digits: 1437 training and 360 test images of shape (1, 8, 8), 10 classes)"
    )


def test_every_digit_of_scikit_learn_is_in_one_of_the_two_splits():
    images, digits = load_images("digits"), load_digits()
    rows = torch.cat([images.train_images, images.test_images]).flatten(1) * 16
    labels = torch.cat([images.train_labels, images.test_labels])
    ours = torch.cat([rows, labels[:, None]], dim=1).numpy()
    theirs = np.column_stack([digits.data, digits.target])
    assert sorted(map(tuple, ours)) == sorted(map(tuple, theirs))


def test_the_environment_chooses_the_set_and_an_argument_overrides_it(monkeypatch):
    monkeypatch.setenv("BOOK_DATASET", "mnist")
    with pytest.raises(ValueError, match="'mnist': .* digits, fashion_mnist, cifar10"):
        load_images()
    assert load_images("digits").name == "digits"


@needs_fashion_mnist
def test_fashion_mnist_is_what_torchvision_reads(monkeypatch):
    monkeypatch.setenv("BOOK_DATA", REAL)
    monkeypatch.setenv("BOOK_DATASET", "fashion_mnist")
    images = load_images()
    assert_well_formed(images)
    theirs = FashionMNIST(REAL, train=False, download=False)
    assert torch.equal((images.test_images[:, 0] * 255).round().byte(), theirs.data)
    assert torch.equal(images.test_labels, theirs.targets)
    assert images.class_names == tuple(theirs.classes)
    assert len(images.train_labels) == 60_000


def test_cifar10_is_what_torchvision_reads(tmp_path, monkeypatch):
    random = np.random.default_rng(0)

    def batch(labels):
        pixels = random.integers(0, 256, (len(labels), 3072), dtype=np.uint8)
        pixels[0, :2] = 0, 255
        return pickle.dumps({"data": pixels, "labels": labels})

    files = {f"{CIFAR10.base_folder}/{name}": batch([0, 1]) for name in ("one", "test")}
    files[f"{CIFAR10.base_folder}/meta"] = pickle.dumps({"names": ["cat", "dog"]})
    md5 = {name.split("/")[1]: hashlib.md5(data).hexdigest() for name, data in files.items()}
    monkeypatch.setattr(CIFAR10, "train_list", [["one", md5["one"]]])
    monkeypatch.setattr(CIFAR10, "test_list", [["test", md5["test"]]])
    meta = {"filename": "meta", "key": "names", "md5": md5["meta"]}
    monkeypatch.setattr(CIFAR10, "meta", meta)
    small = source(archive("small.tar.gz", b"", [], files))
    monkeypatch.setattr(registry, "downloads", lambda: {"cifar10": small})
    monkeypatch.setenv("BOOK_DATA", str(tmp_path))
    (tmp_path / CIFAR10.base_folder).mkdir()
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)

    images = load_images("cifar10")
    assert_well_formed(images)
    assert images.image_shape == (3, 32, 32)
    assert images.class_names == ("cat", "dog")
    theirs = CIFAR10(tmp_path, train=True, download=False)
    ours = (images.train_images[1] * 255).round().byte().permute(1, 2, 0)
    assert np.array_equal(ours.numpy(), np.asarray(theirs[1][0]))


def test_images_can_be_resized_on_loading():
    images = load_images("digits", size=28)
    assert_well_formed(images)
    assert images.image_shape == (1, 28, 28)
    assert load_images("digits", size=(4, 6)).image_shape == (1, 4, 6)


def test_a_smaller_image_averages_what_it_skips():
    stripes = torch.tensor([1.0, 0.0, 0.0, 1.0]).repeat(4).expand(1, 1, 16, 16)
    small = resize(stripes, 4)
    assert small.shape == (1, 1, 4, 4)
    assert (small - 0.5).abs().max() < 0.1, "without averaging only the zeros would be seen"


def test_resizing_never_leaves_the_range_of_values():
    for pixels in range(1, 40):
        assert torch.equal(
            resize(torch.ones(1, 1, 32, 32), pixels), torch.ones(1, 1, pixels, pixels)
        )


@pytest.mark.parametrize("size", [0, -1, (0, 5), (5, 0)])
def test_an_image_without_pixels_is_an_error(size):
    with pytest.raises(ValueError, match="size must be at least 1 pixel a side"):
        load_images("digits", size=size)


def test_a_set_moves_as_a_whole():
    moved = load_images("digits").to("meta")
    assert {t.device.type for pair in (moved.train, moved.test) for t in pair} == {"meta"}
    assert load_images("digits", device="meta").train_images.device.type == "meta"


def test_a_page_on_embedded_data_imports_no_network_library():
    program = (
        "import sys, utils.data.batches, utils.data.images, utils.data.photos;"
        "print({'requests', 'pooch', 'sklearn', 'skimage', 'torchvision'} & set(sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=CHECKOUT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "set()"
