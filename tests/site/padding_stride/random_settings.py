"""Random settings of the padding and stride explorer, and what torch makes of them."""

from collections.abc import Iterator

import torch
import torch.nn.functional as F

from utils.widgets.padding_stride import PaddingStride, input_values

Settings = dict[str, list[int] | bool]
Case = tuple[Settings, torch.Tensor, torch.Tensor, torch.Tensor | None]

RANGES = {
    name: (trait.min, trait.max)
    for name, trait in PaddingStride.class_traits(sync=True).items()
    if hasattr(trait, "max") and name in PaddingStride.controls() and name != "position"
}
CALLED = {False: ("conv2d", F.conv2d), True: ("convTranspose2d", F.conv_transpose2d)}


def draw_settings(generator: torch.Generator) -> Settings:
    """Return settings anywhere in the ranges of the demo's controls, legal or not."""
    drawn = {
        name: torch.randint(low, high + 1, (2,), generator=generator).tolist()
        for name, (low, high) in RANGES.items()
    }
    return {**drawn, "transposed": bool(torch.rand((), generator=generator) < 0.5)}


def options_of(settings: Settings) -> dict[str, list[int]]:
    """Return what torch's function takes by keyword."""
    names = ["padding", "stride", "dilation"] + ["output_padding"] * settings["transposed"]
    return {name: settings[name] for name in names}


def with_torch(settings: Settings, x: torch.Tensor, kernel: torch.Tensor) -> torch.Tensor | None:
    """Return the output of an image and a kernel, (rows, columns); None where torch refuses."""
    try:
        operation = CALLED[settings["transposed"]][1]
        return operation(x[None, None], kernel[None, None], **options_of(settings))[0, 0]
    except RuntimeError:
        return None


def counts_by_torch(settings: Settings) -> torch.Tensor:
    """Return how often each input cell is used, or how many products each output number adds."""
    ones = torch.ones(settings["input_size"], dtype=torch.float64, requires_grad=True)
    sums = with_torch(settings, ones, torch.ones(settings["kernel_size"], dtype=torch.float64))
    return sums.detach() if settings["transposed"] else torch.autograd.grad(sums.sum(), ones)[0]


def edited(
    cases: tuple[list[Case], list[Case]], every: int
) -> Iterator[tuple[Settings, torch.Tensor, torch.Tensor]]:
    """Yield every so many of the legal settings with a random kernel of whole weights."""
    generator = torch.Generator().manual_seed(3)
    for settings, *_ in cases[0][::every]:
        kernel = torch.randint(-9, 10, settings["kernel_size"], generator=generator)
        yield (
            settings,
            kernel,
            with_torch(settings, input_values(*settings["input_size"]), kernel.double()),
        )
