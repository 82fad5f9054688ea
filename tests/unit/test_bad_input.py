"""Bad input to the helpers that the pages call: the error names the argument, and what it got."""

import matplotlib.pyplot as plt
import pytest
import torch
from torch import nn

from utils import checks, plots
from utils.autograd import Node
from utils.data.batches import minibatches
from utils.data.images import load_images, resize
from utils.data.photos import photo
from utils.repro import device, seeded
from utils.train import accuracy, evaluate, fit

NAN = float("nan")
ELSEWHERE = torch.ones(3, device="meta")
THREE = torch.ones(3)
PICTURES = torch.rand(2, 1, 4, 4)
LOGITS, LABELS = torch.zeros(3, 2), torch.tensor([0, 1, 1])


def cube(x):
    return (x**3).sum()


def train(**changes):
    model = nn.Linear(2, 2)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    given = {"loss": nn.CrossEntropyLoss(), "optimizer": optimizer, "epochs": 1, "batch_size": 2}
    examples = changes.pop("train", (torch.zeros(3, 2), LABELS))
    return fit(model, examples, **{**given, "live": False, **changes})


def table(values, **names):
    return plots.plot_table(values, **{"row_names": "ab", "column_names": "cd", **names})


CASES = {
    "checks: another shape": (
        lambda: checks.assert_same(torch.ones(2), THREE),
        AssertionError,
        r"shape differs: ours torch.Size\(\[2\]\), theirs torch.Size\(\[3\]\)",
    ),
    "checks: another dtype": (
        lambda: checks.assert_same(THREE.double(), THREE),
        AssertionError,
        "dtype differs: ours torch.float64, theirs torch.float32",
    ),
    "checks: another device": (
        lambda: checks.assert_same(THREE, ELSEWHERE),
        AssertionError,
        "device differs: ours cpu, theirs meta",
    ),
    "checks: NaN on both sides": (
        lambda: checks.assert_same(NAN * THREE, NAN * THREE),
        AssertionError,
        "3 of 3 values differ",
    ),
    "checks: no tensor": (
        lambda: checks.assert_same([1.0], THREE),
        TypeError,
        "ours must be a tensor, got list",
    ),
    "checks: nothing to differentiate": (
        lambda: checks.assert_same_gradients(torch.neg, torch.neg, LABELS),
        ValueError,
        "inputs must contain a floating-point tensor",
    ),
    "checks: float32 for differences": (
        lambda: checks.numerical_gradient(cube, THREE),
        ValueError,
        "x must be float64 .* got torch.float32",
    ),
    "checks: a list for differences": (
        lambda: checks.numerical_gradient(cube, [1.0]),
        TypeError,
        "x must be a tensor, got list",
    ),
    "checks: a step backwards": (
        lambda: checks.numerical_gradient(cube, THREE.double(), eps=-1e-6),
        ValueError,
        "eps must be positive, got -1e-06",
    ),
    "checks: a step of NaN": (
        lambda: checks.numerical_gradient(cube, THREE.double(), eps=NAN),
        ValueError,
        "eps must be positive, got nan",
    ),
    "checks: no scalar": (
        lambda: checks.numerical_gradient(torch.sin, THREE.double()),
        ValueError,
        r"function must return a scalar, got shape \(3,\)",
    ),
    "checks: a gradient of another shape": (
        lambda: checks.assert_gradient(cube, THREE.double(), torch.ones(1).double()),
        AssertionError,
        "shape differs",
    ),
    "plots: no axes": (
        lambda: plots.new_axes(0, 2),
        ValueError,
        "rows and columns must be at least 1, got 0 and 2",
    ),
    "plots: no words": (
        lambda: plots.show(plots.new_axes(), alt="loss"),
        ValueError,
        "alt must describe the figure in words, got 'loss'",
    ),
    "plots: no text": (
        lambda: plots.show(plots.new_axes(), alt=None),
        ValueError,
        "alt must describe the figure in words, got None",
    ),
    "plots: four channels": (
        lambda: plots.plot_image(torch.ones(4, 2, 2)),
        ValueError,
        r"image must be .* got \(4, 2, 2\)",
    ),
    "plots: a picture without pixels": (
        lambda: plots.plot_image(torch.ones(0, 2)),
        ValueError,
        r"image is empty, of shape \(0, 2\)",
    ),
    "plots: a picture of NaN": (
        lambda: plots.plot_image(NAN * torch.ones(2, 2), signed=True),
        ValueError,
        "image holds NaN or infinity",
    ),
    "plots: no pictures": (lambda: plots.plot_images([]), ValueError, "images is empty"),
    "plots: too few titles": (
        lambda: plots.plot_images(PICTURES, ["one"]),
        ValueError,
        "titles must be one an image: 1 for 2 images",
    ),
    "plots: no columns": (
        lambda: plots.plot_images(PICTURES, columns=0),
        ValueError,
        "columns and size must be positive, got 0",
    ),
    "plots: a negative size": (
        lambda: plots.plot_images(PICTURES, size=-1),
        ValueError,
        "columns and size must be positive, got 10 and -1",
    ),
    "plots: too many names": (
        lambda: table(torch.ones(2, 2), row_names="abc"),
        ValueError,
        r"values has shape \(2, 2\), but there are 3 row names",
    ),
    "plots: a table without cells": (
        lambda: table(torch.ones(0, 2), row_names=""),
        ValueError,
        r"values is empty, of shape \(0, 2\)",
    ),
    "images: an unknown set": (
        lambda: load_images("mnist"),
        ValueError,
        "there is no image set 'mnist': set name .* digits, fashion_mnist, cifar10",
    ),
    "images: a size of zero": (
        lambda: load_images(size=0),
        ValueError,
        "size must be at least 1 pixel a side, got 0",
    ),
    "images: a negative size": (
        lambda: resize(PICTURES, (4, -1)),
        ValueError,
        r"size must be at least 1 pixel a side, got \(4, -1\)",
    ),
    "images: half a pixel": (
        lambda: load_images(size=2.5),
        TypeError,
        r"size must be an integer or a \(height, width\) pair, got 2.5",
    ),
    "images: three sides": (
        lambda: resize(PICTURES, (1, 2, 3)),
        TypeError,
        "size must be an integer or",
    ),
    "images: without a batch": (
        lambda: resize(PICTURES[0], 2),
        ValueError,
        r"images must be floats of shape .* got torch.float32 of shape \(1, 4, 4\)",
    ),
    "images: bytes": (
        lambda: resize(PICTURES.byte(), 2),
        ValueError,
        "images must be floats .* got torch.uint8",
    ),
    "images: none": (lambda: resize(PICTURES[:0], 2), ValueError, "images is empty"),
    "photo: unknown": (lambda: photo("dog"), ValueError, "no photograph 'dog': name is one of"),
    "photo: a size of zero": (lambda: photo("cat", size=0), ValueError, "size must be at least 1"),
    "batches: nothing": (lambda: minibatches(batch_size=2), ValueError, "at least one tensor"),
    "batches: a list": (
        lambda: minibatches([1, 2], batch_size=2),
        TypeError,
        "takes tensors, got a list",
    ),
    "batches: of nobody": (
        lambda: minibatches(THREE, batch_size=0),
        ValueError,
        "batch_size must be an integer of at least 1, got 0",
    ),
    "batches: of half an example": (
        lambda: minibatches(THREE, batch_size=0.5),
        ValueError,
        "batch_size must be an integer of at least 1, got 0.5",
    ),
    "batches: of different lengths": (
        lambda: minibatches(THREE, LABELS[:2], batch_size=2),
        ValueError,
        r"same length, got lengths \[3, 2\]",
    ),
    "batches: a scalar": (
        lambda: minibatches(torch.tensor(1.0), batch_size=2),
        ValueError,
        "a tensor without axes",
    ),
    "accuracy: one axis": (
        lambda: accuracy(THREE, LABELS),
        ValueError,
        r"logits must be \(batch, classes\) .* got \(3,\)",
    ),
    "accuracy: of nobody": (
        lambda: accuracy(LOGITS[:0], LABELS[:0]),
        ValueError,
        "logits and labels are empty",
    ),
    "accuracy: NaN": (
        lambda: accuracy(NAN + LOGITS, LABELS),
        ValueError,
        "logits holds NaN",
    ),
    "accuracy: labels that are no indices": (
        lambda: accuracy(LOGITS, LABELS.float()),
        ValueError,
        "labels must be class indices, integers, got torch.float32",
    ),
    "accuracy: on two devices": (
        lambda: accuracy(LOGITS, LABELS.to("meta")),
        ValueError,
        "logits and labels must be on one device, got cpu and meta",
    ),
    "evaluate: nobody": (
        lambda: evaluate(nn.Linear(2, 2), (LOGITS[:0], LABELS[:0])),
        ValueError,
        "examples is empty",
    ),
    "evaluate: in batches of nobody": (
        lambda: evaluate(nn.Linear(2, 2), (LOGITS, LABELS), batch_size=-1),
        ValueError,
        "batch_size must be an integer of at least 1, got -1",
    ),
    "fit: nobody": (
        lambda: train(train=(LOGITS[:0], LABELS[:0])),
        ValueError,
        "train is empty",
    ),
    "fit: no epoch": (lambda: train(epochs=0), ValueError, "epochs must be an integer .* got 0"),
    "fit: half an epoch": (
        lambda: train(epochs=0.5),
        ValueError,
        "epochs must be an integer of at least 1, got 0.5",
    ),
    "fit: a label too large": (
        lambda: train(train=(LOGITS, LABELS + 1)),
        ValueError,
        "train has label 2 at index 1, but the model has 2 outputs",
    ),
    "fit: a negative label": (
        lambda: train(validation=(LOGITS, LABELS - 1)),
        ValueError,
        "validation has label -1 at index 0",
    ),
    "fit: NaN in the data": (
        lambda: train(train=(NAN + LOGITS, LABELS)),
        FloatingPointError,
        "the loss became nan in epoch 1: lower .* or NaN in the data",
    ),
    "node: integers": (
        lambda: Node(LABELS),
        ValueError,
        r"a node holds a floating-point tensor, got torch.int64 \[3\] on cpu",
    ),
    "node: a gradient of another shape": (
        lambda: Node(THREE).backward(torch.ones(2)),
        ValueError,
        r"gradient must be torch.float32 \[3\] on cpu, got torch.float32 \[2\] on cpu",
    ),
    "node: another device": (
        lambda: Node(THREE) + ELSEWHERE,
        ValueError,
        "operands do not match: .* on cpu; .* on meta",
    ),
    "seed: negative": (lambda: seeded(-1), ValueError, "seed must be an integer .* got -1"),
    "seed: no integer": (lambda: seeded(0.5), ValueError, "seed must be an integer .* got 0.5"),
}


@pytest.fixture(autouse=True)
def no_figure_stays_open():
    yield
    plt.close("all")


@pytest.mark.parametrize(("attempt", "error", "message"), CASES.values(), ids=CASES.keys())
def test_bad_input_is_named(attempt, error, message):
    with pytest.raises(error, match=message):
        attempt()


def test_a_device_that_is_not_there_is_named(monkeypatch):
    monkeypatch.setenv("BOOK_DEVICE", "abacus")
    with pytest.raises(ValueError, match="BOOK_DEVICE='abacus' cannot be used here"):
        device()
