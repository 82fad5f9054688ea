"""The command that trains the two networks that read drawn digits."""

import json
import sys

import torch

from tools import train_reader
from utils.data.images import load_images
from utils.mnist_view import mnist_view
from utils.train import evaluate
from utils.widgets.digit_reader import nets


def test_views_are_those_of_each_picture():
    images = load_images("digits", size=28).test_images[:5]
    found = train_reader.views(images)
    assert found.shape == images.shape
    for image, view in zip(images, found, strict=True):
        assert torch.equal(view[0], mnist_view(image[0]))


def test_the_command_writes_networks_that_have_learned(tmp_path, monkeypatch, capsys):
    file = tmp_path / "nets.json"
    for module in (train_reader, nets):
        monkeypatch.setattr(module, "FILE", file)
    monkeypatch.setattr(sys, "argv", ["train_reader", "--epochs", "1"])
    train_reader.main()
    assert set(json.loads(file.read_text())) == {"mlp", "lenet"}
    digits = load_images("digits", size=28)
    test = train_reader.views(digits.test_images), digits.test_labels
    said = capsys.readouterr().out
    for name in nets.NETS:
        found = evaluate(nets.trained(name), test)
        assert found > 0.3
        assert f"{found:.1%} in 8 bits" in said
