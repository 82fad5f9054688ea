"""A toy task for attention: say eight letters backwards, and a net of one attention layer.

Where each letter goes depends on its place alone, so a net that sees a bag of letters must fail.
"""

import torch
import torch.nn.functional as F
from torch import nn

from utils.repro import seeded
from utils.sequences.attention import attention_weights, sinusoid

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
LENGTH, WIDTH = 8, 16
BASE = 100.0  # of the waves: eight places need no slow ones
ARMS = "positions", "no positions"
VALIDATION, TEST = 101, 202  # seeds of the words that judge a net
JUDGES = 1000  # words of each


def draw_words(count: int, generator: torch.Generator) -> torch.Tensor:
    """Return random words as indices of letters, int64 ``(count, LENGTH)``."""
    return torch.randint(len(LETTERS), (count, LENGTH), generator=generator)


class Reverser(nn.Module):
    """Letters and positions as vectors, one look-up with a single head, and a logit a letter.

    There is no path around the attention: what a place answers, it has fetched.

    Args:
        arm: one of :data:`ARMS`. Without positions a word is a bag of letters.
    """

    def __init__(self, arm: str = "positions") -> None:
        super().__init__()
        if arm not in ARMS:
            raise ValueError(f"there is no arm {arm!r}: take one of {', '.join(ARMS)}")
        self.arm = arm
        self.letters = nn.Embedding(len(LETTERS), WIDTH)
        self.query, self.key, self.value = (nn.Linear(WIDTH, WIDTH, bias=False) for _ in range(3))
        self.out = nn.Linear(WIDTH, len(LETTERS))
        self.register_buffer("places", sinusoid(LENGTH, WIDTH, base=BASE))

    def forward(self, words: torch.Tensor) -> torch.Tensor:
        """Return logits, ``(batch, letters, LENGTH)``, of words ``(batch, LENGTH)``."""
        x = self.tokens(words)
        return self.out(self.weights(x) @ self.value(x)).transpose(1, 2)

    def tokens(self, words: torch.Tensor) -> torch.Tensor:
        """Return the vector of each letter, with that of its place, ``(batch, LENGTH, WIDTH)``."""
        x = self.letters(words)
        return x if self.arm == "no positions" else x + self.places

    def weights(self, x: torch.Tensor) -> torch.Tensor:
        """Return how much each place looks at each, ``(batch, LENGTH, LENGTH)``."""
        return attention_weights(self.query(x), self.key(x))


def train_reverser(
    arm: str = "positions",
    *,
    lr: float,
    seed: int,
    steps: int = 150,
    device: torch.device | str = "cpu",
) -> Reverser:
    """Return a net that has seen ``steps`` minibatches of 64 fresh words.

    Args:
        arm: as for :class:`Reverser`.
        lr: the first rate of Adam; it falls to 0 along a cosine.
        seed: of the first weights and of the words.
        steps: updates.
        device: where to train.
    """
    generator = seeded(seed)
    net = Reverser(arm).to(device)
    optimizer = torch.optim.Adam(net.parameters(), lr=lr)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, steps)
    for _ in range(steps):
        words = draw_words(64, generator).to(device)
        optimizer.zero_grad()
        F.cross_entropy(net(words), words.flip(1)).backward()
        optimizer.step()
        schedule.step()
    return net.eval()


@torch.no_grad()
def share_right(net: nn.Module, words: torch.Tensor) -> float:
    """Return the share of letters that the net puts where they belong."""
    return (net(words).argmax(1) == words.flip(1)).double().mean().item()


def run_arm(
    arm: str, *, seed: int, lr: float, device: torch.device | str = "cpu"
) -> tuple[float, float]:
    """Train a net; return its share of right letters on validation words and on test words.

    Arguments are those of :func:`train_reverser`.
    """
    net = train_reverser(arm, lr=lr, seed=seed, device=device)
    words = (draw_words(JUDGES, seeded(judge)).to(device) for judge in (VALIDATION, TEST))
    validation, test = (share_right(net, part) for part in words)
    return validation, test
