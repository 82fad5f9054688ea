"""Networks as ONNX files."""

import logging

import onnx
import pytest
import torch
from torch import nn

from utils.checks import assert_same
from utils.onnx_files import open_onnx, run_onnx, to_int8, to_onnx


@pytest.fixture(scope="module")
def net():
    torch.manual_seed(0)
    tail = nn.ReLU(), nn.MaxPool2d(2), nn.Flatten(), nn.Linear(48, 5)
    return nn.Sequential(nn.Conv2d(1, 3, 3, padding=1), *tail).eval()


@pytest.fixture(scope="module")
def images():
    return torch.rand(9, 1, 8, 8, generator=torch.Generator().manual_seed(0))


@pytest.fixture(scope="module")
def path(net, images, tmp_path_factory):
    return to_onnx(net, images[:2], tmp_path_factory.mktemp("files") / "net.onnx")


def test_a_file_gives_the_logits_of_the_net(net, images, path):
    session = open_onnx(path)
    for count in (1, 2, 9):
        assert_same(run_onnx(session, images[:count]), net(images[:count]))
    onnx.checker.check_model(path)


def test_it_is_one_file_without_names_of_others(path):
    assert [file.name for file in path.parent.iterdir()] == ["net.onnx"]
    content = path.read_bytes()
    for word in (b"site-packages", b".py", str(path.parent).encode()):
        assert word not in content
    assert onnx.load(path).graph.input[0].name == "x"
    assert onnx.load(path).graph.output[0].name == "logits"


def test_the_net_stays_as_it_was(net, images, tmp_path):
    before = {key: value.clone() for key, value in net.state_dict().items()}
    net.train()
    to_onnx(net, images[:2], tmp_path / "a.onnx")
    assert net.training
    net.eval()
    assert all(torch.equal(before[key], value) for key, value in net.state_dict().items())


def test_the_mode_is_that_of_the_net(images, tmp_path):
    net = nn.Sequential(nn.Flatten(), nn.Dropout(0.5), nn.Linear(64, 2))
    found = []
    for mode in (True, False):
        path = to_onnx(net.train(mode), images[:2], tmp_path / f"{mode}.onnx")
        found.append({node.op_type for node in onnx.load(path).graph.node})
    assert "Dropout" in found[0] and "Dropout" not in found[1]


def test_nothing_is_said(net, images, tmp_path, capfd):
    to_onnx(net, images[:2], tmp_path / "old.onnx", opset_version=13)
    assert capfd.readouterr() == ("", "")
    assert logging.root.isEnabledFor(logging.WARNING)


def test_traces_leave_the_file_as_it_is_written(net, images, tmp_path):
    options = {"traces": True, "external_data": True, "no_such_setting": 1}
    path = to_onnx(net, images[:2], tmp_path / "raw.onnx", **options)
    assert_same(run_onnx(open_onnx(path), images), net(images))


def test_a_batch_of_one_is_no_example(net, images, tmp_path):
    for example in (images[:1], images[:0], torch.tensor(1.0)):
        with pytest.raises(ValueError, match="batch of 2 or more"):
            to_onnx(net, example, tmp_path / "a.onnx")


def test_bytes_for_weights(net, images, path, tmp_path):
    before = logging.root.manager.disable
    small = to_int8(path, tmp_path / "small.onnx")
    assert logging.root.manager.disable == before
    kinds = {part.data_type for part in onnx.load(small).graph.initializer}
    assert onnx.TensorProto.UINT8 in kinds
    off = (run_onnx(open_onnx(small), images) - net(images)).abs()
    assert 0 < off.max() < 0.05
