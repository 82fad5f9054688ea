"""The command that trains the detector of the demo, and what it has kept."""

import json
import sys

import pytest
import torch

from tools import train_finder
from utils.data.scenes import load_scenes
from utils.detection.training import held_out
from utils.detection.yolo import LaterYolo, train_yolo
from utils.repro import seeded
from utils.widgets.digit_finder import network
from utils.widgets.kit.ink import as_picture


@pytest.fixture(autouse=True)
def digits(monkeypatch):
    monkeypatch.delenv("BOOK_DATASET", raising=False)


def test_the_kept_net_finds_digits_that_it_has_not_seen():
    test = load_scenes(250, split="test")
    found = held_out(lambda images: network.reports(network.cells_of(images)), test)
    assert found.at(0.5) > 0.93
    assert network.FILE.stat().st_size < 85_000


def test_layers_give_what_the_trained_network_gives():
    seeded(0)
    net = network.KIND.net(widths=network.WIDTHS)
    for part in net.modules():
        if isinstance(part, torch.nn.BatchNorm2d):
            part.running_mean.normal_()
            part.running_var.uniform_(0.5, 2)
    x = torch.rand(2, 1, 64, 64)
    wanted = net.eval()(x)
    assert torch.allclose(network.as_layers(net)(x), wanted, atol=1e-4)
    kept = network.cells_of(x, network.packed_of(net)).permute(0, 3, 1, 2)
    assert (kept - wanted).norm() < 0.05 * wanted.norm()


def test_reports_are_those_of_the_book_and_suppression_can_be_left_out():
    test = load_scenes(20, split="test")
    cells = network.cells_of(test.images)
    wanted = LaterYolo().read(cells.permute(0, 3, 1, 2))
    more = network.reports(cells, suppressed=False)
    for ours, theirs, all_of_them in zip(network.reports(cells), wanted, more, strict=True):
        assert torch.equal(ours["boxes"], theirs["boxes"])
        scores = cells[0].new_tensor([network.LEAST])
        assert (all_of_them["scores"] >= scores).all()
        assert all_of_them["scores"].diff().le(0).all()
        assert set(ours["scores"].tolist()) <= set(all_of_them["scores"].tolist())
    counts = [sum(len(each["scores"]) for each in part) for part in (more, wanted)]
    assert counts[0] > counts[1] + 4


def test_a_short_training_is_that_of_the_book():
    short = train_finder.trained(32, 1)
    scenes = load_scenes(32)
    again = train_yolo(network.KIND, scenes, epochs=1, lr=0.02, seed=0, widths=(12, 24, 48))
    for one, other in zip(short.state_dict().values(), again.state_dict().values(), strict=True):
        assert torch.equal(one, other)


def test_backgrounds_are_those_of_test_scenes_without_objects():
    assert train_finder.backgrounds() == network.grounds()
    scenes = load_scenes(40, split="test", objects=(0, 1))
    empty = [one.image[0].double() for one in scenes if not len(one.classes)]
    for text, image in zip(network.grounds(), empty, strict=False):
        assert torch.allclose(as_picture(text), image)


def test_the_command_writes_what_it_says(tmp_path, monkeypatch, capsys):
    file = tmp_path / "finder.json"
    monkeypatch.setattr(train_finder, "FILE", file)
    monkeypatch.setattr(sys, "argv", ["train_finder", "--scenes", "320", "--epochs", "6"])
    train_finder.main()
    written = json.loads(file.read_text())
    assert set(written) == {"net", "grounds"}
    assert [len(layer) for layer in written["net"]] == [len(one) for one in network.packed()]
    lines = capsys.readouterr().out.splitlines()
    scores = [float(line.split()[-3].rstrip(",")) for line in lines[:2]]
    assert scores[0] > 0.15 and abs(scores[0] - scores[1]) < 0.05, lines
