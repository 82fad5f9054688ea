"""Checks for the exercises of the page on transformers, and its answer fields."""

from collections.abc import Callable, Mapping, Sequence

import torch
import torch.nn.functional as F
from torch import nn

from utils.counting import count_parameters
from utils.exercises.asked import exercise
from utils.exercises.feedback import expect, expect_number, expect_tried, right
from utils.exercises.transformer_claims import HOLDS, trials
from utils.exercises.transformer_sheets import counts_sheet, norm_sheet, predict_sheet
from utils.sequences.transformer import Block, Cache
from utils.sequences.writer import Writer

TOKEN = (1.0, 1.0, 5.0, 5.0)  # of exercise 1
GAIN, SHIFT, LONGER = 2.0, 3.0, 10.0
WIDTH, READ = 32, 100  # of exercise 2


@exercise
def check_norm(answers: Sequence) -> None:
    """Check exercise 1: the first number of a token behind layer norm."""
    token = torch.tensor(TOKEN, dtype=torch.float64)
    gain, shift = torch.full((4,), GAIN).double(), torch.full((4,), SHIFT).double()
    wanted = (
        F.layer_norm(token, (4,)),
        F.layer_norm(LONGER * token, (4,)),
        F.layer_norm(token, (4,), gain, shift),
    )
    names = "the first number", "the first number of the longer token", "the scaled number"
    for name, given, target in zip(names, answers, wanted, strict=True):
        expect_number(name, given, target[0])
    right(1)


@exercise
def check_counts(answers: Sequence) -> None:
    """Check exercise 2: parameters, the cost of a token, and the length that costs as much."""
    parameters = count_parameters(Block(WIDTH, heads=4))
    weights = 12 * WIDTH**2
    names = "the number of parameters", "the multiply-adds", "the length"
    wanted = parameters, weights + 2 * READ * WIDTH, weights / (2 * WIDTH)
    for name, given, target in zip(names, answers, wanted, strict=True):
        expect_number(name, given, target, within=1e-6)
    right(2)


@exercise
def check_loss(loss_of: Callable[[torch.Tensor, torch.Tensor, int], object]) -> None:
    """Check exercise 3 on rows with much padding, some, and none."""
    for seed, (pad, lengths) in enumerate(((0, (4, 1, 2)), (5, (4, 4, 4)), (3, (1, 1, 1)))):
        generator = torch.Generator().manual_seed(seed)
        logits = torch.randn(3, 4, 6, generator=generator, dtype=torch.float64)
        others = torch.tensor([token for token in range(6) if token != pad])
        targets = others[torch.randint(5, (3, 4), generator=generator)]
        for row, length in zip(targets, lengths, strict=True):
            row[length:] = pad
        wanted = F.cross_entropy(logits.movedim(2, 1), targets, ignore_index=pad)
        given = loss_of(logits.clone(), targets.clone(), pad)
        name = f"the loss of rows with {', '.join(map(str, lengths))} tokens"
        expect_number(name, given, wanted, within=1e-6)
    right(3)


class _Reader(nn.Module):
    """A writer that counts how many tokens it is given."""

    def __init__(self, writer: Writer) -> None:
        super().__init__()
        self.writer, self.read = writer, 0

    def forward(
        self, ids: torch.Tensor, caches: list[Cache] | None = None
    ) -> tuple[torch.Tensor, list[Cache]]:
        self.read += ids.numel()
        return self.writer(ids, caches)


@exercise
def check_write(write: Callable[..., object]) -> None:
    """Check exercise 4: the likeliest tokens, each token read once."""
    for seed, (prompt, count) in enumerate((([3, 1, 4], 6), ([2], 5), ([0, 5, 5, 1], 1))):
        torch.manual_seed(seed)
        writer = Writer(7, width=8, heads=2).eval()
        ids = torch.tensor([prompt])
        wanted = ids
        with torch.no_grad():
            for _ in range(count):
                following = writer(wanted)[0][:, -1:].argmax(2)
                wanted = torch.cat([wanted, following], 1)
        reader = _Reader(writer)
        given = write(reader, ids.clone(), count)
        case = f"write(writer, {ids.tolist()}, {count})"
        expect(isinstance(given, torch.Tensor), f"{case} must be a tensor, got {given!r}")
        shape = tuple(given.shape)
        expect(
            shape == tuple(wanted.shape), f"{case} has shape {shape}, not {tuple(wanted.shape)}"
        )
        expect(torch.equal(given.cpu(), wanted), f"{case} gave {given.tolist()}")
        most = len(prompt) + count
        expect(
            reader.read <= most,
            f"{case} read {reader.read} tokens; with the caches {most - 1} are enough",
        )
    right(4)


@exercise
def check_claims(claims: Mapping[str, bool]) -> None:
    """Check exercise 5 by trying the claims on random blocks and tokens."""
    expect_tried(claims, HOLDS, trials(), "block")
    right(5)


predict = predict_sheet()
norm = norm_sheet(check_norm)
counts = counts_sheet(check_counts)
