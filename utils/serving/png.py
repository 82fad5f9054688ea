"""PNG files of grey pictures, written byte by byte.

Source: https://www.w3.org/TR/png-3/, sections 5, 9 and 10.
"""

import struct
import zlib
from collections.abc import Sequence

import torch

MARK = b"\x89PNG\r\n\x1a\n"  # with which each PNG file begins
FILTERS = "none", "left", "above", "mean", "Paeth"


def chunk(kind: bytes, data: bytes) -> bytes:
    """Return one chunk of a PNG file: length, kind, data, checksum of kind and data."""
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def header(width: int, height: int, bits: int = 8) -> bytes:
    """Return the chunk that announces a grey picture."""
    return chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, bits, 0, 0, 0, 0))


def write_png(
    pixels: torch.Tensor, filters: Sequence[int] | None = None, *, level: int = 0
) -> bytes:
    """Return the PNG file of grey pixels.

    Args:
        pixels: uint8, ``(height, width)``, with a pixel at least.
        filters: the filter of each row, 0 to 4 as in ``FILTERS``; 0 by default.
        level: of compression, from 0 (none: the pixels can be read in the file) to 9.

    Raises:
        ValueError: if ``pixels`` are something else, or the filters are not one for each row.

    >>> len(write_png(torch.zeros(8, 8, dtype=torch.uint8)))
    140
    """
    if pixels.dtype != torch.uint8 or pixels.ndim != 2 or not pixels.numel():
        raise ValueError(
            "pixels must be uint8 of shape (height, width), "
            f"got {pixels.dtype} of shape {tuple(pixels.shape)}"
        )
    height, width = pixels.shape
    filters = [0] * height if filters is None else list(filters)
    if len(filters) != height or not set(filters) <= set(range(len(FILTERS))):
        raise ValueError(f"filters must be {height} numbers from 0 to 4, got {filters}")
    framed = torch.nn.functional.pad(pixels, (1, 0, 1, 0)).tolist()  # zeros to the left and above
    packed = b"".join(
        bytes([kind]) + _filtered(kind, above, row)
        for kind, above, row in zip(filters, framed, framed[1:], strict=False)
    )
    data = chunk(b"IDAT", zlib.compress(packed, level))
    return MARK + header(width, height) + data + chunk(b"IEND", b"")


def _filtered(kind: int, above: list[int], row: list[int]) -> bytes:
    return bytes(
        (value - _guess(kind, left, up, corner)) % 256
        for value, left, up, corner in zip(row[1:], row, above[1:], above, strict=False)
    )


def _guess(kind: int, left: int, up: int, corner: int) -> int:
    """Return what a filter expects of a pixel from its neighbours."""
    if kind == 4:
        slope = left + up - corner
        return min((left, up, corner), key=lambda value: abs(slope - value))
    return (0, left, up, (left + up) // 2)[kind]
