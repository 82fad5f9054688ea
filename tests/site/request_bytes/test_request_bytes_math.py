"""The five forms in the browser, against Python's."""

import base64
import random
import zlib

import pytest
import torch

from utils.serving.client import message_of
from utils.serving.png import write_png
from utils.serving.preprocessing import prepare
from utils.widgets.kit.small_digits import examples
from utils.widgets.request_bytes import RequestBytes
from utils.widgets.request_bytes.kept import logits_of, packed


@pytest.fixture
def module(open_module):
    return open_module("request_bytes/math")


def pictures(count=20):
    draw = torch.Generator().manual_seed(0)
    return torch.randint(256, (count, 8, 8), generator=draw, dtype=torch.uint8)


def test_checksums_are_those_of_zlib(module):
    draw = random.Random(0)
    texts = [list(draw.randbytes(n)) for n in (0, 1, 4, 72, 6000)] + [[255] * 9000]
    for name, right in (("crc32", zlib.crc32), ("adler32", zlib.adler32)):
        found = module.call_each([(name, text) for text in texts])
        assert found == [right(bytes(text)) for text in texts]


def test_files_and_requests_are_those_of_python(module):
    for pixels in pictures():
        flat = pixels.flatten().tolist()
        file = write_png(pixels)
        assert bytes(module.call("pngOf", flat)) == file
        message = module.call("messageOf", list(file))
        text = message["head"] + "".join(message["groups"]) + message["tail"]
        assert text.encode() == message_of(file)
        assert {len(group) for group in message["groups"]} == {4}


def test_parts_of_a_file(module):
    parts = module.call("partsOf", list(write_png(pictures(1)[0])))
    chunks = [("data", 13), ("data", 83), ("data", 0)]
    wanted = ["signature"] * 8
    for part, size in chunks:
        wanted += ["length"] * 4 + ["kind"] * 4 + [part] * size + ["checksum"] * 4
    assert parts == wanted
    large = write_png(torch.zeros(20, 20, dtype=torch.uint8))
    sizes = [module.call("partsOf", list(large)).count(part) for part in ("data", "checksum")]
    assert sizes == [len(large) - 8 - 3 * 12, 12]


def test_pixels_are_found_in_file_and_text(module):
    pixels = torch.arange(64, dtype=torch.uint8).view(8, 8) + 100
    file = write_png(pixels)
    text = base64.b64encode(file).decode()
    for place in range(64):
        byte = module.call("byteOf", place)
        assert file[byte] == pixels.flatten()[place]
        assert module.call("placeOf", byte) == place
        group = module.call("groupOf", place)
        assert pixels.flatten()[place] in base64.b64decode(text[4 * group : 4 * group + 4])
        assert group == byte // 3
    holders = [module.call("placeOf", byte) for byte in range(140)]
    others = [place for place in holders if place not in range(64)]
    assert sorted(set(holders) - {-1}) == list(range(64)) and others == [-1] * 76


def test_ink_becomes_pixels_and_tensor_as_in_training(module):
    for rows in examples().values():
        ink = [level for row in rows for level in row]
        for inverted in (False, True):
            pixels = (torch.tensor(ink) / 16 * 255).round().to(torch.uint8)
            pixels = 255 - pixels if inverted else pixels
            assert module.call("pixelsOf", ink, inverted) == pixels.tolist()
            wanted = prepare(pixels.view(8, 8)).flatten()
            found = torch.tensor(module.call("tensorOf", pixels.tolist()))
            torch.testing.assert_close(found, wanted, atol=1e-6, rtol=1e-6)


def test_answers_are_those_of_torch(module):
    given = pictures(30)
    tensors = prepare(given).double()
    layers = module.evaluate(
        """(module, packed) => packed.map((layer) => {
            if (!layer.shape) return layer;
            const whole = Int8Array.from(atob(layer.weight), (sign) => sign.charCodeAt(0));
            const row = whole.length / layer.shape[0];
            const scaled = (value, at) => value * layer.scales[Math.floor(at / row)];
            return { ...layer, weight: Array.from(whole, scaled) };
        })""",
        packed(),
    )
    for tensor in tensors:
        found = module.call("answerOf", layers, tensor.flatten().tolist())
        wanted = logits_of(tensor).softmax(0)
        torch.testing.assert_close(torch.tensor(found["probabilities"]), wanted.float())
        assert found["said"] == wanted.argmax()


def test_moves_stay_inside(module):
    for place, step, wanted in (
        (0, (-1, 0), 0),
        (0, (0, -1), 0),
        (9, (1, -1), 16),
        (63, (1, 1), 63),
        (58, (-2, 3), 45),
    ):
        assert module.call("moved", place, *step) == wanted


def test_bars(module):
    assert module.call("lengthsOf", [1, 4, 2]) == [0.25, 1, 0.5]
    demo = RequestBytes()
    assert set(demo.times) == {"picture", "request", "pixels", "tensor", "answer"}
