"""From the bytes of a file to grey pixels, without trusting the file."""

import io
from collections.abc import Callable

import torch
from PIL import Image
from PIL.JpegImagePlugin import JpegImageFile
from PIL.PngImagePlugin import PngImageFile

from utils.serving.limits import Limits
from utils.serving.png import MARK
from utils.serving.refused import Refused

# How a file of each kind begins, and what reads it. `Image.open` would print a warning for a large
# picture before its size can be asked for.
KINDS: dict[bytes, Callable[[io.BytesIO], Image.Image]] = {
    MARK: PngImageFile,
    b"\xff\xd8\xff": JpegImageFile,
}
# A progressive JPEG sends its picture in scans, ten or so. One of 12 bytes makes the decoder pass
# over all pixels once more, so that a small file could keep it busy for minutes.
SCAN, SCANS = b"\xff\xda", 64


def decode(data: bytes, limits: Limits | None = None) -> torch.Tensor:
    """Return the grey pixels of a PNG or JPEG file, uint8 ``(height, width)``.

    Colours become their brightness, 16 bits become 8, and what is transparent shows black.

    Args:
        data: the whole file.
        limits: how many pixels the file's header may announce.

    Raises:
        Refused: 415 if the bytes are no such file, 413 if the picture has too many pixels or
            scans, 422 if the file is damaged or ends early.
    """
    limits = limits or Limits()
    opened = next((kind for mark, kind in KINDS.items() if data.startswith(mark)), None)
    if opened is None:
        raise Refused(415, "the bytes are no PNG or JPEG file")
    if opened is JpegImageFile and (scans := data.count(SCAN)) > SCANS:
        raise Refused(413, f"the picture comes in {scans} scans, and {SCANS} are allowed")
    try:
        with opened(io.BytesIO(data)) as picture:  # reads the header alone
            _check_size(*picture.size, limits)
            pixels = _grey(picture)
    except Refused:
        raise
    except Exception as error:  # a damaged file can raise nearly anything in Pillow
        raise Refused(422, f"the picture is damaged or ends early: {error}") from None
    return torch.frombuffer(bytearray(pixels.tobytes()), dtype=torch.uint8).view(
        pixels.height, pixels.width
    )


def _check_size(width: int, height: int, limits: Limits) -> None:
    if width * height > limits.pixels:
        raise Refused(
            413,
            f"the picture has {width}×{height} pixels, and {limits.pixels:,} are allowed: "
            "send a smaller one",
        )


def _grey(picture: Image.Image) -> Image.Image:
    if picture.mode.startswith("I"):  # 16 bits: conversion alone would cut off, not scale
        return picture.convert("I").point(lambda value: value / 256).convert("L")
    if "A" in picture.mode or "transparency" in picture.info:
        layer = picture.convert("RGBA")
        ground = Image.new("RGBA", layer.size, "black")
        return Image.alpha_composite(ground, layer).convert("L")
    return picture.convert("L")
