"""Pixel painter: the three numbers behind one pixel, and where they lie in memory."""

import colorsys

import torch
import traitlets

from utils.widgets.kit.base import BookWidget

Plane = tuple[tuple[int, ...], ...]
Picture = tuple[Plane, Plane, Plane]  # red, green, blue

SIDE = 8  # pixels along either side
LARGEST = 255  # what a byte can hold
CHANNELS = ("red", "green", "blue")
ORDERS = ("channels first", "channels last")

_BOAT = {
    ".": (150, 205, 240),  # sky: red, green, blue
    "w": (255, 255, 255),
    "m": (110, 70, 40),
    "h": (200, 40, 50),
    "~": (20, 90, 160),
}
_PAPER = {".": (255, 255, 255), "#": (60, 30, 110)}
# Light is added: red and green make yellow, all three white.
_BARS = {
    **{"k": (0, 0, 0), "r": (255, 0, 0), "g": (0, 255, 0), "b": (0, 0, 255)},
    **{"y": (255, 255, 0), "c": (0, 255, 255), "m": (255, 0, 255), "w": (255, 255, 255)},
}


def _planes(pixels: list[list[tuple[int, int, int]]]) -> Picture:
    """Turn rows of pixels, channels last, into three planes."""
    return tuple(tuple(tuple(pixel[k] for pixel in row) for row in pixels) for k in range(3))


def _drawn(letters: str, palette: dict[str, tuple[int, int, int]]) -> Picture:
    return _planes([[palette[letter] for letter in row] for row in letters.split()])


def _shade(row: int, column: int) -> tuple[int, int, int]:
    light = colorsys.hsv_to_rgb(column / SIDE, 1, 1 - row / SIDE)
    return tuple(round(LARGEST * share) for share in light)


PRESETS: dict[str, Picture] = {
    "sailing boat": _drawn(
        "....m... ...wm... ..wwmw.. .wwwmww. ....m... hhhhhhhh .hhhhhh. ~~~~~~~~", _BOAT
    ),
    # Different from each of its mirror images: rows and columns cannot be mixed up unseen.
    "letter F": _drawn(
        "........ .#####.. .#...... .#...... .####... .#...... .#...... ........", _PAPER
    ),
    "rainbow": _planes([[_shade(row, column) for column in range(SIDE)] for row in range(SIDE)]),
    "colour bars": _drawn(" ".join(SIDE * ["wycgmrbk"]), _BARS),
    "black": _drawn(" ".join(SIDE * [SIDE * "k"]), _BARS),
}


class PictureTrait(traitlets.TraitType):
    """Three 8×8 planes of bytes, kept as tuples: nested sequences, an array or a tensor."""

    def validate(self, obj: object, value: object) -> Picture:
        """Return ``value`` as tuples, or raise a TraitError that says what is allowed."""
        try:
            planes = torch.as_tensor(value)
        except (TypeError, ValueError, RuntimeError):  # no numbers, or rows of unequal length
            planes = torch.empty(0)
        wanted = f"{self.name} must be 3×{SIDE}×{SIDE} integers from 0 to {LARGEST}"
        if planes.shape == (SIDE, SIDE, 3):
            raise traitlets.TraitError(
                f"{wanted}, channels first; this one has its channels last: "
                "permute(2, 0, 1) brings a tensor into order, transpose(2, 0, 1) an array"
            )
        if planes.shape != (3, SIDE, SIDE):
            got = f"shape {tuple(planes.shape)}" if planes.numel() else repr(value)
        elif planes.dtype == torch.bool or planes.is_floating_point() or planes.is_complex():
            got = f"numbers of type {str(planes.dtype).removeprefix('torch.')}"
        else:
            planes = planes.long()  # int8, for one, could not be compared with 255
            low, high = planes.min().item(), planes.max().item()
            if low >= 0 and high <= LARGEST:
                return tuple(tuple(map(tuple, plane)) for plane in planes.tolist())
            got = f"numbers from {low} to {high}"
        raise traitlets.TraitError(f"{wanted}, got {got}")


class PixelPainter(BookWidget):
    """Which three numbers of a tensor are one pixel, and where do they lie in memory?

    A preset fills ``picture``; a picture of one's own turns ``preset`` into
    ``"custom"``. Given together, the picture has the last word.

    Attributes:
        picture: red, green and blue light of 8×8 pixels: integers from 0 to
            255 of shape ``(3, 8, 8)``, channels first whatever ``order`` says.
        preset: one of ``PRESETS``, or ``"custom"``.
        row: of the chosen pixel, from 0 at the top to 7.
        column: of the chosen pixel, from 0 on the left to 7.
        order: of the axes of ``tensor``: ``"channels first"`` as in
            PyTorch, or ``"channels last"`` as in NumPy and Matplotlib.
        channel: ``"red"``, ``"green"`` or ``"blue"``; its numbers are shown.

    >>> demo = PixelPainter(row=2, column=6)
    >>> demo.pixel, demo.places
    ((150, 205, 240), (22, 86, 150))
    >>> demo.order = "channels last"
    >>> demo.indices[0], demo.places
    ((2, 6, 0), (66, 67, 68))
    >>> demo.pixel = 150, 0, 240
    >>> demo.tensor[2, 6].tolist(), demo.preset
    ([150, 0, 240], 'custom')
    """

    module = "pixel_painter/view"
    summary = (
        "A picture of 8 by 8 pixels is a tensor of 192 numbers; three sliders change the red, "
        "green and blue of one pixel; indices and places in memory follow the order of axes."
    )
    assets = ("presets",)
    heights = 612, 692
    phone_growth = 1.0

    picture = PictureTrait(PRESETS["sailing boat"]).tag(sync=True)
    preset = traitlets.Enum((*PRESETS, "custom"), "sailing boat").tag(sync=True)
    row = traitlets.Int(2, min=0, max=SIDE - 1).tag(sync=True)
    column = traitlets.Int(6, min=0, max=SIDE - 1).tag(sync=True)
    order = traitlets.Enum(ORDERS, "channels first").tag(sync=True)
    channel = traitlets.Enum(CHANNELS, "red").tag(sync=True)
    presets = traitlets.Dict(read_only=True).tag(sync=True)

    def __init__(self, **state: object) -> None:
        picture = state.pop("picture", None)
        super().__init__(**state)
        if picture is not None:
            self.picture = picture

    @traitlets.default("presets")
    def _presets(self) -> dict[str, Picture]:
        return PRESETS

    @traitlets.observe("preset")
    def _fill(self, change: dict) -> None:
        self.picture = PRESETS.get(self.preset, self.picture)

    @traitlets.observe("picture")
    def _name(self, change: dict) -> None:
        names = (name for name, picture in PRESETS.items() if picture == self.picture)
        self.preset = next(names, "custom")

    @property
    def tensor(self) -> torch.Tensor:
        """The picture, uint8 and contiguous: ``(3, 8, 8)``, with channels last ``(8, 8, 3)``."""
        planes = torch.tensor(self.picture, dtype=torch.uint8)
        # permute alone would leave the numbers where they are; the order is about their places.
        return planes if self._is_first else planes.permute(1, 2, 0).contiguous()

    @property
    def indices(self) -> tuple[tuple[int, int, int], ...]:
        """The indices into ``tensor`` of the pixel's red, green and blue."""
        place = (self.row, self.column)
        return tuple((k, *place) if self._is_first else (*place, k) for k in range(3))

    @property
    def places(self) -> tuple[int, int, int]:
        """Where red, green and blue stand in the storage of ``tensor``, from 0 to 191."""
        x = self.tensor
        return tuple(
            x.storage_offset() + sum(map(int.__mul__, index, x.stride())) for index in self.indices
        )

    @property
    def pixel(self) -> tuple[int, int, int]:
        """Red, green and blue of the chosen pixel, from 0 to 255; set it to paint the pixel."""
        return tuple(plane[self.row][self.column] for plane in self.picture)

    @pixel.setter
    def pixel(self, light: tuple[int, int, int]) -> None:
        numbers = light.tolist() if hasattr(light, "tolist") else light
        if not isinstance(numbers, (tuple, list)) or len(numbers) != 3:
            raise traitlets.TraitError(f"pixel must be three integers, got {light!r}")
        planes = [[list(line) for line in plane] for plane in self.picture]
        for plane, number in zip(planes, numbers, strict=True):
            plane[self.row][self.column] = number
        self.picture = planes

    @property
    def _is_first(self) -> bool:
        return self.order == "channels first"

    def __repr__(self) -> str:
        # 192 numbers would bury the rest; the preset says which they are, or that they are others.
        settings = {name: value for name, value in self.state().items() if name != "picture"}
        text = ", ".join(f"{name}={value!r}" for name, value in settings.items())
        return f"{type(self).__name__}({text})"
