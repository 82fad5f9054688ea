"""The command that trains the LeNet of the demos."""

import json
import sys

import torch

from tools import train_lenet
from utils.data.images import load_images
from utils.train import evaluate
from utils.widgets.kit import lenet


def drawn(seed):
    return torch.Generator().manual_seed(seed)


def test_varied_pictures_stay_pictures_and_come_from_the_generator():
    images = load_images("digits", size=28).train_images[:64]
    varied = train_lenet.varied(images, drawn(0))
    assert varied.shape == images.shape
    assert varied.min() >= 0
    assert varied.max() <= 1
    assert torch.equal(varied, train_lenet.varied(images, drawn(0)))
    assert not torch.equal(varied, train_lenet.varied(images, drawn(1)))
    ink = varied.flatten(1)
    soft = ((ink > 0.1) & (ink < 0.9)).double().mean(1)
    assert soft.min() < 0.1 < 0.3 < soft.max()  # strokes and soft ink
    assert not train_lenet.varied(torch.zeros_like(images), drawn(0)).any()


def test_the_command_writes_a_network_that_has_learned(tmp_path, monkeypatch, capsys):
    file = tmp_path / "lenet.json"
    for module in (train_lenet, lenet):
        monkeypatch.setattr(module, "FILE", file)
    monkeypatch.setattr(sys, "argv", ["train_lenet", "--epochs", "2"])
    train_lenet.main()
    assert len(json.loads(file.read_text())) == len(lenet.lenet())
    found = evaluate(lenet.trained(), load_images("digits", size=28).test)
    assert found > 0.6
    assert f"in 8 bits:  {found:.1%}" in capsys.readouterr().out
