"""The claims of exercise 5 of the page on batch normalisation, and batches to try them on."""

from collections.abc import Callable
from dataclasses import dataclass

import torch
import torch.nn.functional as F

TINY = 1e-12  # torch refuses an eps of 0 in training mode


@dataclass
class Batch:
    """A batch of rows with a layer's parameters and running statistics, float64."""

    x: torch.Tensor
    weight: torch.Tensor
    bias: torch.Tensor
    kept: tuple[torch.Tensor, torch.Tensor]

    def train(self, x: torch.Tensor) -> torch.Tensor:
        """Return the outputs in training mode; the running statistics stay as they are."""
        return F.batch_norm(x, None, None, self.weight, self.bias, True, eps=TINY)

    def evaluate(self, x: torch.Tensor) -> torch.Tensor:
        """Return the outputs in evaluation mode."""
        return F.batch_norm(x, *self.kept, self.weight, self.bias, False, eps=TINY)

    def stays(self, x: torch.Tensor) -> bool:
        """Return whether another batch gives the same outputs in training mode."""
        return torch.allclose(self.train(x), self.train(self.x), atol=1e-9)


def draw_batches(count: int) -> list[Batch]:
    """Return batches of 4 to 9 rows and three features, with layers of random parameters."""
    generator = torch.Generator().manual_seed(0)

    def normal(*shape: int) -> torch.Tensor:
        return torch.randn(*shape, generator=generator, dtype=torch.float64)

    return [
        Batch(
            3 * normal(4 + k % 6, 3), normal(3), normal(3), (normal(3), normal(3).square() + 0.1)
        )
        for k in range(count)
    ]


def _evaluated_shift(batch: Batch) -> bool:
    return torch.allclose(batch.evaluate(batch.x + 5), batch.evaluate(batch.x))


def _other_order(batch: Batch) -> bool:
    return torch.allclose(batch.train(batch.x.flip(0)), batch.train(batch.x).flip(0))


def _halves(batch: Batch) -> bool:
    halves = torch.cat([batch.train(part) for part in batch.x.tensor_split(2)])
    return torch.allclose(halves, batch.train(batch.x))


def _gradients_add_up_to_zero(batch: Batch) -> bool:
    x = batch.x.clone().requires_grad_()
    loss = (batch.train(x).sin() * torch.arange(len(x))[:, None]).sum()
    (slope,) = torch.autograd.grad(loss, x)
    return bool(slope.sum(0).abs().max() < 1e-9 < slope.abs().max())


def _within_the_root_of_n(batch: Batch) -> bool:
    plain = F.batch_norm(batch.x, None, None, None, None, True, eps=TINY)
    return bool(plain.abs().max() <= len(plain) ** 0.5)


CLAIMS: dict[str, Callable[[Batch], bool]] = {
    "5 is added to all numbers: the outputs stay": lambda batch: batch.stays(batch.x + 5),
    "all numbers times 3: the outputs stay": lambda batch: batch.stays(3 * batch.x),
    "all numbers times -3: the outputs stay": lambda batch: batch.stays(-3 * batch.x),
    "evaluation mode, 5 is added: the outputs stay": _evaluated_shift,
    "the rows in another order: the same outputs in that order": _other_order,
    "two halves, one after the other: the outputs of the whole": _halves,
    "in each column the gradients of x have the sum 0": _gradients_add_up_to_zero,
    "gamma 1, beta 0: no output is further from 0 than the root of n": _within_the_root_of_n,
}
