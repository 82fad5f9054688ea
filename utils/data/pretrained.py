"""Weights that others have trained, from a file that is already here: nothing is downloaded."""

import re
from pathlib import Path

import pooch
import torch
from torchvision.models import WeightsEnum

from utils.data import folders

_HASH = re.compile(
    r"-([0-9a-f]{8,64})\.pth$"
)  # torch's hub writes the file's SHA-256 into its name


def weights_file(weights: WeightsEnum) -> Path:
    """Return the verified file of torchvision's weights.

    It is looked for in ``checkpoints`` in the folder that ``BOOK_DATA`` names, in the book's cache
    and in torch's own hub folder, in this order.

    Args:
        weights: such as ``torchvision.models.ResNet18_Weights.IMAGENET1K_V1``.

    Raises:
        FileNotFoundError: if there is no such file; the message says how to get it.
        ValueError: if the file's bytes are not those that its name promises.
    """
    name = weights.url.rpartition("/")[2]
    for folder in (folders.own_folder(), folders.cache_folder(), Path(torch.hub.get_dir())):
        file = folder and folder / "checkpoints" / name
        if not file or not file.is_file():
            continue
        found, wanted = pooch.file_hash(str(file)), _HASH.search(name)
        if wanted and not found.startswith(wanted[1]):
            raise ValueError(
                f"{file} is damaged: its SHA-256 begins with {found[:8]}, not with "
                f"{wanted[1][:8]}; delete it and fetch it again"
            )
        return file
    raise FileNotFoundError(
        f"{name} is not on this machine: where there is a network, `{type(weights).__name__}."
        f"{weights.name}.get_state_dict(check_hash=True)` fetches it once"
    )


def pretrained(weights: WeightsEnum, *, device: torch.device | str = "cpu") -> dict:
    """Return the state dictionary of torchvision's weights, if their file is here.

    Args:
        weights: as for :func:`weights_file`.
        device: where the tensors go.

    Raises:
        FileNotFoundError, ValueError: as :func:`weights_file` does.
    """
    folder = str(weights_file(weights).parent)
    return weights.get_state_dict(model_dir=folder, map_location=device, weights_only=True)
