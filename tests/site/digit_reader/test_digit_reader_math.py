"""What the browser computes, against Python: views, logits, and files of weights."""

import itertools
import json
import struct

import pytest
import torch
from module_page import ModulePage
from playwright.sync_api import Error

from utils.mnist_view import area_matrix, mnist_view
from utils.widgets.digit_reader import DigitReader, examples
from utils.widgets.digit_reader.nets import NETS, packed, trained
from utils.widgets.kit.ink import as_picture

DOUBLE = torch.float64


@pytest.fixture(scope="module")
def module(open_module):
    return open_module("digit_reader/math")


def drawings():
    draw = torch.Generator().manual_seed(0)
    for name in examples():
        yield as_picture(examples()[name])
    for share in (0.002, 0.02, 0.3, 1.0):
        ink = torch.rand(28, 28, generator=draw, dtype=DOUBLE)
        yield ink * (torch.rand(28, 28, generator=draw) < share)
    for place in itertools.product((0, 13, 27), repeat=2):
        ink = torch.zeros(28, 28, dtype=DOUBLE)
        ink[place] = 0.5
        yield ink
    yield torch.zeros(28, 28, dtype=DOUBLE)
    for high, wide in ((8, 1), (1, 8), (4, 3), (4, 11)):  # sides or places that are halves
        ink = torch.zeros(28, 28, dtype=DOUBLE)
        ink[10 : 10 + high, 5 : 5 + wide] = 1
        yield ink


def test_rows_are_resized_as_in_python(module):
    for inputs, outputs in ((28, 20), (1, 20), (13, 20), (20, 13)):
        found = torch.tensor(module.call("areaMatrix", inputs, outputs), dtype=DOUBLE)
        torch.testing.assert_close(found, area_matrix(inputs, outputs), atol=1e-12, rtol=0)


def test_the_view_is_that_of_python(module):
    inks = list(drawings())
    found = module.call_each([("mnistView", ink.flatten().tolist()) for ink in inks])
    for ink, view in zip(inks, found, strict=True):
        view = torch.tensor(view, dtype=DOUBLE).view(28, 28)
        torch.testing.assert_close(view, mnist_view(ink), atol=1e-12, rtol=0)


@pytest.mark.parametrize("moved", [(0, 0), (3, -2), (-8, 8), (8, 0)])
def test_a_moved_drawing_is_that_of_python(module, moved):
    demo = DigitReader(drawing="5", moved=moved)
    ink = as_picture(demo.drawing).flatten().tolist()
    found = torch.tensor(module.call("movedBy", ink, moved), dtype=DOUBLE)
    assert torch.equal(found.view(28, 28), demo.seen)


@pytest.mark.parametrize("name", NETS)
def test_logits_are_those_of_torch(open_module, module, name):
    kit = open_module("kit/convnet")
    layers = kit.call("unpack", packed()[name])
    for ink in list(drawings())[:13]:
        found = module.call("answer", layers, ink.flatten().tolist())
        logits = trained(name, DOUBLE)(ink[None, None])[0].detach()
        assert found["logits"] == pytest.approx(logits.tolist(), abs=1e-9)
        assert found["probabilities"] == pytest.approx(logits.softmax(0).tolist(), abs=1e-9)
        assert found["said"] == logits.argmax()


def safetensors(tensors, **settings):
    """Return the bytes of a file, written by hand from the description of the format."""
    header, data = {"__metadata__": {"format": "pt"}}, b""
    for name, tensor in tensors.items():
        numbers = tensor.contiguous().numpy().tobytes()
        header[name] = {
            "dtype": "F32",
            "shape": list(tensor.shape),
            "data_offsets": [len(data), len(data) + len(numbers)],
            **settings.get(name, {}),
        }
        data += numbers
    text = json.dumps(header).encode()
    return struct.pack("<Q", len(text)) + text + data


READ = """(module, bytes, nets) => {
    const { name, layers } = module.readWeights(new Uint8Array(bytes), nets);
    return [name, layers.map(({ weight, bias }) => [[...(weight ?? [])], [...(bias ?? [])]])];
}"""


@pytest.fixture(scope="module")
def reader(open_module) -> ModulePage:
    return open_module("digit_reader/weights")


def unpacked(open_module):
    kit = open_module("kit/convnet")
    return {name: kit.call("unpack", layers) for name, layers in packed().items()}


@pytest.mark.parametrize("name", NETS)
def test_a_state_dict_is_read(reader, open_module, name):
    torch.manual_seed(0)
    net = NETS[name]()
    data = safetensors(net.state_dict())
    found, layers = reader.evaluate(READ, list(data), unpacked(open_module))
    assert found == name
    for layer, (weight, bias) in zip(net, layers, strict=True):
        parameters = [p.flatten().tolist() for p in layer.parameters()] or [[], []]
        assert [weight, bias] == parameters


def bad_files():
    good = NETS["mlp"]().state_dict()
    whole = safetensors(good)
    text = b'{"1.weight": '
    yield "empty", b"", "too short"
    yield "cut in the header", whole[:60], "header does not fit"
    yield "cut in the numbers", whole[:-4], "not all there"
    yield "a huge header", struct.pack("<Q", 2**62) + whole[8:], "header does not fit"
    yield "no JSON", struct.pack("<Q", len(text)) + text, "no JSON"
    yield "a list", struct.pack("<Q", 2) + b"[]", "fit neither network"
    yield "other names", safetensors({"fc.weight": good["1.weight"]}), "fit neither network"
    yield "one missing", safetensors(dict(list(good.items())[:3])), "fit neither network"
    half = {"1.weight": {"dtype": "F16"}}
    yield "half precision", safetensors(good, **half), "float32 numbers"
    turned = {**good, "1.weight": good["1.weight"].T.contiguous()}
    yield "transposed", safetensors(turned), "must have the shape 64×784"
    yield "not finite", safetensors({**good, "3.bias": torch.full((10,), torch.nan)}), "not finite"
    outside = {"3.bias": {"data_offsets": [-4, 36]}}
    yield "before the start", safetensors(good, **outside), "not all there"
    yield "no place", safetensors(good, **{"3.bias": {"data_offsets": None}}), "not all there"
    yield "no shape", safetensors(good, **{"3.bias": {"shape": None}}), "must have the shape"


@pytest.mark.parametrize(("name", "data", "words"), list(bad_files()), ids=lambda x: str(x)[:20])
def test_a_bad_file_is_refused_with_a_sentence(reader, open_module, name, data, words):
    with pytest.raises(Error, match=words):
        reader.evaluate(READ, list(data), unpacked(open_module))


def test_a_file_beyond_all_networks_is_refused(reader, open_module):
    read = """(module, size, nets) => module.readWeights(new Uint8Array(size), nets)"""
    with pytest.raises(Error, match="larger than 5 MB"):
        reader.evaluate(read, 5_000_001, unpacked(open_module))
