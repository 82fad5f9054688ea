"""What does a small kernel do to a photograph? The explorer's Python side."""

import torch
import torch.nn.functional as F
import traitlets

from utils.widgets.kit.base import BookWidget, Pair
from utils.widgets.kit.photographs import PHOTOS, SIDE, grey_levels, photo_asset

LIMIT = 1_000_000  # keeps every sum finite and short enough to read
PRESETS = "identity", "box blur", "Gaussian blur", "sharpen"
PRESETS += "Sobel x", "Sobel y", "Laplacian", "emboss"


def kernel_preset(name: str, size: int) -> tuple[tuple[tuple[int, ...], ...], int]:
    """Return the weights and the divisor of one of ``PRESETS``, 3×3 or 5×5.

    To a ramp or a parabola of grey levels, the 5×5 Sobel and Laplacian respond as
    strongly as the 3×3 ones. ``sharpen`` is ``identity`` minus ``Laplacian``.
    """
    half = size // 2
    smooth, slope, rings, scale, steepness = {
        3: ((1, 2, 1), (-1, 0, 1), (-4, 1, 0), 1, 1),
        5: ((1, 4, 6, 4, 1), (-1, -2, 0, 2, 1), (-16, 2, 1, 0, 0), 8, 16),
    }[size]
    weight, divisor = {
        "identity": (lambda r, c: int(r == c == 0), 1),
        "box blur": (lambda r, c: 1, size**2),
        "Gaussian blur": (lambda r, c: smooth[r + half] * smooth[c + half], sum(smooth) ** 2),
        "sharpen": (lambda r, c: scale * (r == c == 0) - rings[abs(r) + abs(c)], scale),
        "Sobel x": (lambda r, c: smooth[r + half] * slope[c + half], steepness),
        "Sobel y": (lambda r, c: slope[r + half] * smooth[c + half], steepness),
        "Laplacian": (lambda r, c: rings[abs(r) + abs(c)], scale),
        "emboss": (lambda r, c: scale * (r == c == 0) + r + c, scale),
    }[name]
    offsets = range(-half, half + 1)
    return tuple(tuple(weight(r, c) for c in offsets) for r in offsets), divisor


class Kernel(traitlets.TraitType):
    """A square of weights, kept as a tuple of rows: nested sequences, an array or a tensor."""

    def validate(self, obj: object, value: object) -> tuple[tuple[float, ...], ...]:
        """Return ``value`` as a tuple of rows, or raise a TraitError that says what is allowed."""
        try:
            table = torch.as_tensor(value, dtype=torch.float64)
        except (TypeError, ValueError, RuntimeError):  # no numbers, or rows of unequal length
            table = torch.empty(0)
        # A comparison with NaN is false, so NaN is refused as well.
        if table.shape not in ((3, 3), (5, 5)) or not (table.abs() <= LIMIT).all():
            raise traitlets.TraitError(
                f"{self.name} must be 3×3 or 5×5 numbers from {-LIMIT} to {LIMIT}, got {value!r}"
            )
        return tuple(
            tuple(int(weight) if weight.is_integer() else weight for weight in row)
            for row in table.tolist()
        )


class ImageKernel(BookWidget):
    """Slide a kernel over a photograph and see every product that makes an output pixel.

    A preset fills ``kernel`` and ``divisor``; changing one of these turns ``preset`` into
    ``"custom"``. Given together, an explicit kernel or divisor has the last word.

    Attributes:
        photo: ``"cat"``, ``"coffee"`` or ``"camera"``.
        preset: one of ``PRESETS``, in capitals or not, or ``"custom"``.
        kernel_size: 3 or 5; a custom kernel is framed with zeros or loses its frame.
        kernel: rows of weights, not flipped, as torch uses them.
        divisor: every sum of products is divided by it.
        padding: zeros on each side, in pixels.
        stride: pixels from one window to the next.
        position: (row, column) of the output pixel whose products are shown;
            outside a small output it stands for the last row or column.
        view: ``"clipped"`` to 0–255, or ``"raw"``: rescaled to the range that occurs.
    """

    module = "image_kernel/view"
    summary = "A kernel slides over a photograph; every product behind an output pixel is shown."
    assets = ("photos",)
    heights = 551, 701
    growth = 0.42

    photo = traitlets.Enum(PHOTOS, "cat").tag(sync=True)
    preset = traitlets.CaselessStrEnum((*PRESETS, "custom"), "Sobel x").tag(sync=True)
    kernel_size = traitlets.Enum((3, 5), 3).tag(sync=True)
    kernel = Kernel(kernel_preset("Sobel x", 3)[0]).tag(sync=True)
    divisor = traitlets.Float(1.0, min=-LIMIT, max=LIMIT).tag(sync=True)
    padding = traitlets.Int(0, min=0, max=2).tag(sync=True)
    stride = traitlets.Int(1, min=1, max=4).tag(sync=True)
    position = Pair((43, 44), min=0, max=SIDE + 1)
    view = traitlets.Enum(("clipped", "raw"), "clipped").tag(sync=True)
    photos = traitlets.Dict(read_only=True).tag(sync=True)

    def __init__(self, **state: object) -> None:
        last = {name: state.pop(name) for name in ("kernel", "divisor") if name in state}
        super().__init__(**state)
        with self.hold_trait_notifications():
            for name, value in last.items():
                setattr(self, name, value)

    @traitlets.default("photos")
    def _photos(self) -> dict[str, dict[str, object]]:
        return {name: photo_asset(name) for name in PHOTOS}

    @traitlets.validate("divisor")
    def _check_divisor(self, proposal: dict) -> float:
        if not abs(proposal["value"]) >= 1 / LIMIT:
            raise traitlets.TraitError(
                f"divisor must be at least {1 / LIMIT:f} away from 0, got {proposal['value']}"
            )
        return proposal["value"]

    @traitlets.observe("preset", "kernel_size")
    def _fill(self, change: dict) -> None:
        if self.preset != "custom":
            with self.hold_trait_notifications():
                self.kernel, self.divisor = kernel_preset(self.preset, self.kernel_size)
        elif change["name"] == "kernel_size":
            margin = (self.kernel_size - len(self.kernel)) // 2
            self.kernel = F.pad(torch.tensor(self.kernel, dtype=torch.float64), [margin] * 4)

    @traitlets.observe("kernel", "divisor")
    def _name(self, change: dict) -> None:
        named = self.preset != "custom" and kernel_preset(self.preset, len(self.kernel))
        if named != (self.kernel, self.divisor):
            self.preset = "custom"
        self.kernel_size = len(self.kernel)

    @property
    def output(self) -> torch.Tensor:
        """What torch makes of these settings, neither clipped nor rounded, (rows, columns)."""
        pixels = grey_levels(self.photo).double()[None, None]
        weight = torch.tensor(self.kernel, dtype=torch.float64)[None, None]
        sums = F.conv2d(pixels, weight, padding=self.padding, stride=self.stride)
        return sums[0, 0] / self.divisor

    @property
    def products(self) -> torch.Tensor:
        """Pixel × weight for each weight, at ``position``, (kernel_size, kernel_size)."""
        weight = torch.tensor(self.kernel, dtype=torch.float64)
        pixels = F.pad(grey_levels(self.photo).double(), [self.padding] * 4)
        last = [size - 1 for size in self.output.shape]
        top, left = (min(pair) * self.stride for pair in zip(self.position, last, strict=True))
        return pixels[top : top + len(weight), left : left + len(weight)] * weight
