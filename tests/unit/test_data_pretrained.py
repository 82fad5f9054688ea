"""Weights of others: found where they may lie, verified; a clear sentence if they are missing."""

import hashlib
import io
import socket

import pytest
import torch
from torch import nn
from torchvision.models import ResNet18_Weights, Weights, WeightsEnum

from utils.data import folders
from utils.data.pretrained import pretrained, weights_file


@pytest.fixture(autouse=True)
def here(monkeypatch, tmp_path):
    """An empty cache, an empty hub folder, and no network."""

    def refuse(*_):
        raise AssertionError("weights were asked for over the network")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.delenv("BOOK_DATA", raising=False)
    monkeypatch.setattr(folders, "cache_folder", lambda: tmp_path / "cache")
    monkeypatch.setattr(torch.hub, "get_dir", lambda: str(tmp_path / "hub"))
    return tmp_path


def small_weights():
    """A small layer's weights as torchvision describes them, and their file's bytes and name."""
    torch.manual_seed(0)
    buffer = io.BytesIO()
    torch.save(nn.Linear(3, 2).state_dict(), buffer)
    digest = hashlib.sha256(buffer.getvalue()).hexdigest()
    url = f"https://nowhere.invalid/models/small-{digest[:8]}.pth"

    class SmallWeights(WeightsEnum):
        V1 = Weights(url=url, transforms=nn.Identity, meta={})

    return SmallWeights.V1, buffer.getvalue(), url.rpartition("/")[2]


def put(folder, name, content):
    (folder / "checkpoints").mkdir(parents=True, exist_ok=True)
    file = folder / "checkpoints" / name
    file.write_bytes(content)
    return file


@pytest.mark.parametrize("place", ["own", "cache", "hub"])
def test_the_file_is_found_and_loaded(here, monkeypatch, place):
    weights, content, name = small_weights()
    if place == "own":
        (here / "own").mkdir()
        monkeypatch.setenv("BOOK_DATA", str(here / "own"))
    file = put(here / place, name, content)
    assert weights_file(weights) == file
    state = pretrained(weights)
    torch.manual_seed(0)
    wanted = nn.Linear(3, 2).state_dict()
    assert list(state) == list(wanted)
    assert all(torch.equal(state[key], wanted[key]) for key in wanted)
    nn.Linear(3, 2).load_state_dict(state)


def test_the_readers_own_folder_comes_first(here, monkeypatch):
    weights, content, name = small_weights()
    (here / "own").mkdir()
    monkeypatch.setenv("BOOK_DATA", str(here / "own"))
    put(here / "hub", name, content)
    put(here / "cache", name, content)
    assert weights_file(weights).parent == here / "cache" / "checkpoints"
    first = put(here / "own", name, content)
    assert weights_file(weights) == first


def test_a_missing_file_is_named_and_how_to_get_it():
    with pytest.raises(FileNotFoundError) as error:
        pretrained(ResNet18_Weights.IMAGENET1K_V1)
    assert str(error.value) == (
        "resnet18-f37072fd.pth is not on this machine: where there is a network, "
        "`ResNet18_Weights.IMAGENET1K_V1.get_state_dict(check_hash=True)` fetches it once"
    )


@pytest.mark.parametrize("bad", [b"", b"<html>404</html>", None])
def test_a_damaged_file_is_refused(here, bad):
    weights, content, name = small_weights()
    file = put(here / "hub", name, content[:-1] if bad is None else bad)
    with pytest.raises(ValueError, match="is damaged: its SHA-256 begins with") as error:
        pretrained(weights)
    assert str(file) in str(error.value)
