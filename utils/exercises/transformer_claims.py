"""Exercise 5 of the page on transformers: claims, and how each is tried on a block."""

from typing import NamedTuple

import torch
import torch.nn.functional as F

from utils.sequences.attention import causal_mask
from utils.sequences.transformer import Block

LENGTH, WIDTH = 5, 8
ORDER = [2, 0, 1, 4, 3]


class Trial(NamedTuple):
    """A fresh block with its norms in front, one with them behind, and tokens."""

    pre: Block
    post: Block
    x: torch.Tensor


def trials(count: int = 10) -> list[Trial]:
    """Return blocks and tokens to try claims on; they are the same each time."""
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(0)
        return [
            Trial(
                *(Block(WIDTH, 2, pre_norm=is_pre).double().eval() for is_pre in (True, False)),
                torch.randn(1, LENGTH, WIDTH, dtype=torch.float64),
            )
            for _ in range(count)
        ]


def _norm(x: torch.Tensor) -> torch.Tensor:
    return F.layer_norm(x, (WIDTH,))


def _moved(trial: Trial) -> bool:
    return torch.allclose(_norm(trial.x + 7), _norm(trial.x))


def _doubled(trial: Trial) -> bool:
    return torch.allclose(_norm(2 * trial.x), 2 * _norm(trial.x), atol=1e-3)


def _one_by_one(trial: Trial) -> bool:
    part = trial.pre.feed_forward
    return torch.allclose(part(trial.x[:, ORDER]), part(trial.x)[:, ORDER])


def _shuffled(trial: Trial) -> bool:
    return torch.allclose(trial.pre(trial.x[:, ORDER]), trial.pre(trial.x)[:, ORDER])


def _shuffled_causal(trial: Trial) -> bool:
    mask = causal_mask(LENGTH)
    return torch.allclose(trial.pre(trial.x[:, ORDER], mask), trial.pre(trial.x, mask)[:, ORDER])


def _centred(block: Block, x: torch.Tensor) -> bool:
    return bool((block(x).mean(-1).abs() < 1e-6).all())


HOLDS = {
    "layer norm: 7 more in all numbers of a token changes nothing": _moved,
    "layer norm: a token twice as long comes out twice as long": _doubled,
    "feed-forward: shuffled tokens come out shuffled alike": _one_by_one,
    "block without a mask: shuffled tokens come out shuffled alike": _shuffled,
    "block with a causal mask: shuffled tokens come out shuffled alike": _shuffled_causal,
    "fresh pre-norm block: each token comes out with mean 0": lambda t: _centred(t.pre, t.x),
    "fresh post-norm block: each token comes out with mean 0": lambda t: _centred(t.post, t.x),
}
