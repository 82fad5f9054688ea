"""Random pairs of matrices, on which claims about norms and products are tried."""

from collections.abc import Callable, Mapping

import torch

from utils.exercises.feedback import expect_tried

PAIRS = 200


def expect_of_pairs(
    answers: Mapping[str, bool], claims: Mapping[str, Callable[[torch.Tensor, torch.Tensor], bool]]
) -> None:
    """Compare each verdict with what holds for all pairs of 3×3 matrices, float64.

    Raises:
        AssertionError: if a verdict is missing or wrong.
    """
    generator = torch.Generator().manual_seed(0)
    pairs = torch.randn(PAIRS, 2, 3, 3, generator=generator, dtype=torch.float64)
    of_pairs = {claim: lambda pair, holds=holds: holds(*pair) for claim, holds in claims.items()}
    expect_tried(answers, of_pairs, pairs, "pair")
