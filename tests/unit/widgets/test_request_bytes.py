"""The Python side of the demo, and the tool that keeps its network and times."""

import io
import json
import sys

import pytest
import torch
import traitlets
from PIL import Image

from tools import keep_request
from utils.serving import prepare
from utils.serving.bodies import from_json
from utils.widgets.request_bytes import RequestBytes, kept


def test_the_forms_are_of_one_picture():
    demo = RequestBytes(digit=5)
    with Image.open(io.BytesIO(demo.file)) as picture:
        assert torch.tensor(list(picture.tobytes())).view(8, 8).equal(demo.pixels.long())
    assert from_json(demo.message.encode()) == demo.file
    torch.testing.assert_close(demo.tensor.float(), prepare(demo.pixels))
    assert demo.probabilities.sum().item() == pytest.approx(1)


def test_all_digits_are_read_and_dark_ink_is_not():
    assert [RequestBytes(digit=digit).answer for digit in range(10)] == list(range(10))
    for digit in range(10):
        white, dark = (RequestBytes(digit=digit, inverted=way) for way in (False, True))
        assert torch.equal(white.pixels.int() + dark.pixels, torch.full((8, 8), 255).int())
        assert dark.answer != digit


@pytest.mark.parametrize(
    "bad", [{"digit": 10}, {"digit": -1}, {"stage": 5}, {"stage": -1}, {"place": 64}]
)
def test_settings_that_do_not_exist_are_refused(bad):
    with pytest.raises(traitlets.TraitError):
        RequestBytes(**bad)


@pytest.mark.network
def test_the_command_writes_what_it_says(tmp_path, monkeypatch, capsys):
    file = tmp_path / "kept.json"
    monkeypatch.setattr(keep_request, "FILE", file)
    monkeypatch.setattr(keep_request, "REQUESTS", 5)
    monkeypatch.setattr(sys, "argv", ["keep_request", "--epochs", "3"])
    keep_request.main()
    written = json.loads(file.read_text())
    assert list(written["times"]) == list(kept.STEPS)
    assert min(written["times"].values()) >= 0
    assert [len(layer) for layer in written["net"]] == [len(layer) for layer in kept.packed()]
    assert float(capsys.readouterr().out.split()[4]) > 0.8
