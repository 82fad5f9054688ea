"""What the demo of up-sampling shows: scores of trained nets on one scene, epoch by epoch."""

import base64
import json
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

import torch

from utils.data.scenes import load_scenes
from utils.segmentation.fcn import CLASSES, FCN
from utils.widgets.kit.ink import as_text

FILE = Path(__file__).with_name("frames.json")
SCENE = 1  # of the test scenes with three or four digits
LEVELS = 127  # the largest whole number that a score is kept as


def shown() -> tuple[torch.Tensor, torch.Tensor]:
    """Return the scene's picture ``(1, 64, 64)`` and its true mask ``(64, 64)``."""
    scene = load_scenes(SCENE + 1, split="test", objects=(3, 4))[SCENE]
    return scene.image, scene.mask


def _text(values: torch.Tensor) -> dict[str, object]:
    """Return numbers as whole ones from -127 to 127, one byte each in base64, and their scale."""
    scale = float(f"{values.abs().max().item() / LEVELS:.6g}")
    whole = (values / scale).round().clamp(-LEVELS, LEVELS).to(torch.int8)
    text = base64.b64encode(whole.cpu().contiguous().numpy().tobytes()).decode("ascii")
    return {"side": values.shape[-1], "scale": scale, "text": text}


def _numbers(kept: Mapping) -> torch.Tensor:
    whole = torch.frombuffer(bytearray(base64.b64decode(kept["text"])), dtype=torch.int8)
    return whole.double().view(CLASSES, kept["side"], kept["side"]) * kept["scale"]


@torch.no_grad()
def packed(net: FCN) -> dict[str, list]:
    """Return the net's scores on the scene, and the kernels that enlarge them, as texts."""
    was_training = net.training
    net.eval()
    maps = [_text(part[0]) for part in net.maps(shown()[0][None])]
    net.train(was_training)
    return {"maps": maps, "kernels": [_text(up.weight[:, 0]) for up in net.ups]}


def unpacked(frame: Mapping) -> tuple[list[torch.Tensor], list[torch.Tensor]]:
    """Return scores ``(11, side, side)`` and kernels ``(11, k, k)``, in float64."""
    maps, kernels = ([*map(_numbers, frame[name])] for name in ("maps", "kernels"))
    return maps, kernels


def with_scene(frames: Mapping[int, Sequence[Mapping]]) -> dict[str, object]:
    """Return the frames by the number of skips, with the picture and the true mask."""
    image, mask = shown()
    truth = base64.b64encode(mask.to(torch.uint8).numpy().tobytes()).decode("ascii")
    return {"picture": as_text(image[0]), "truth": truth, "nets": frames}


@cache
def kept() -> dict[str, object]:
    """Return what ``python -m tools.train_fcn`` wrote, as :func:`with_scene` makes it."""
    return json.loads(FILE.read_text(encoding="ascii"))
