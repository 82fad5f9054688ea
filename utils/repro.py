"""Seeds and the choice of device: what makes a run repeatable."""

import os
import random

import numpy as np
import torch


def device() -> torch.device:
    """Return the device that the pages compute on.

    A GPU is used when there is one. The environment variable ``BOOK_DEVICE``
    overrides the choice, for example ``cpu``, ``cuda`` or ``cuda:1``.

    Raises:
        ValueError: if ``BOOK_DEVICE`` names a device that this machine lacks, or one without
            64-bit floats, such as Apple's ``mps``: most checks of the book compute with them.
    """
    wanted = os.environ.get("BOOK_DEVICE", "").strip()
    if not wanted:
        return torch.device("cuda" if torch.cuda.is_available() else "cpu")
    try:
        chosen = torch.device(wanted)
        torch.empty(0, dtype=torch.float64, device=chosen)
    except (AssertionError, RuntimeError, NotImplementedError, TypeError) as error:
        reason = str(error).splitlines()[0]
        raise ValueError(
            f"BOOK_DEVICE={wanted!r} cannot be used here ({reason}); "
            "unset it, or set BOOK_DEVICE=cpu"
        ) from error
    return chosen


def seeded(seed: int = 0) -> torch.Generator:
    """Seed Python, NumPy and torch, and return a generator for explicit draws.

    The generator lives on the CPU, so a page draws the same numbers on every
    device; move what was drawn afterwards. TensorFloat-32 is switched off,
    because its 10-bit mantissa would hide whether two results agree.

    Args:
        seed: any integer from 0 to 2**32 - 1, the range that NumPy takes.

    Returns:
        A CPU generator in the state that ``seed`` gives.

    Raises:
        ValueError: if ``seed`` is outside that range.

    >>> torch.equal(torch.rand(3, generator=seeded(1)), torch.rand(3, generator=seeded(1)))
    True
    """
    if isinstance(seed, bool) or not isinstance(seed, int) or not 0 <= seed < 2**32:
        raise ValueError(f"seed must be an integer from 0 to 2**32 - 1, got {seed!r}")
    random.seed(seed)
    np.random.seed(seed)
    torch.manual_seed(seed)
    torch.backends.cudnn.benchmark = False
    torch.backends.cudnn.allow_tf32 = False
    torch.backends.cuda.matmul.allow_tf32 = False
    return torch.Generator().manual_seed(seed)
