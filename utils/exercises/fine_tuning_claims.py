"""The claims of exercise 5 of the page on fine-tuning, and networks to try them on."""

import copy
from collections.abc import Callable
from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import nn

SHAPE = 6, 5, 4, 3  # pixels, units, units, classes


@dataclass
class Pair:
    """A source network and a target network of one shape, with pictures and labels, float64."""

    source: nn.Sequential
    target: nn.Sequential
    x: torch.Tensor
    labels: torch.Tensor


def _network() -> nn.Sequential:
    one, two, three, four = SHAPE
    layers = nn.Linear(one, two), nn.ReLU(), nn.Linear(two, three), nn.ReLU()
    return nn.Sequential(*layers, nn.Linear(three, four)).double()


def draw_pairs(count: int) -> list[Pair]:
    """Return pairs of random networks; torch's own generator is left as it was."""
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(0)
        return [
            Pair(
                _network(),
                _network(),
                3 * torch.randn(8, SHAPE[0], dtype=torch.float64) + 2,
                torch.randint(SHAPE[-1], (8,)),
            )
            for _ in range(count)
        ]


def _no_gradients_needed(pair: Pair) -> bool:
    """The last layer learns the same whether those of the frozen layers are computed or not."""
    found = []
    for asks in (True, False):
        model = copy.deepcopy(pair.target)
        model[:-1].requires_grad_(asks)
        groups = [{"params": model[:-1].parameters(), "lr": 0}, {"params": model[-1].parameters()}]
        optimizer = torch.optim.SGD(groups, lr=0.1, momentum=0.9)
        for _ in range(2):
            optimizer.zero_grad()
            F.cross_entropy(model(pair.x), pair.labels).backward()
            optimizer.step()
        found.append(model)
    pairs = zip(found[0].parameters(), found[1].parameters(), strict=True)
    return all(torch.allclose(one, other) for one, other in pairs)


def _same_scores(pair: Pair) -> bool:
    model = copy.deepcopy(pair.target)
    model[:-1].load_state_dict(pair.source[:-1].state_dict())
    return torch.allclose(model(pair.x), pair.source(pair.x))


def _other_shape(pair: Pair) -> bool:
    model = copy.deepcopy(pair.target)
    model[-1] = nn.Linear(SHAPE[-2], SHAPE[-1] + 1).double()
    try:
        model.load_state_dict(pair.source.state_dict(), strict=False)
    except RuntimeError:
        return False
    return True


def _own_statistics(pair: Pair) -> bool:
    """A picture has the same features as in the source if it is standardised by its new set."""
    old, new = pair.x, pair.x[4:]
    by_source = (new - old.mean()) / old.std()
    by_target = (new - new.mean()) / new.std()
    features = pair.source[:-1]
    return torch.allclose(features(by_source), features(by_target))


def _same_bound(pair: Pair) -> bool:
    longest = max(part.norm().item() for part in pair.target.parameters())
    return abs(0.1 * 30 * longest - 0.05 * 60 * longest) < 1e-9


def _late_layer(pair: Pair) -> bool:
    model = copy.deepcopy(pair.target)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    model[-1] = nn.Linear(SHAPE[-2], SHAPE[-1]).double()
    before = model[-1].bias.clone()
    F.cross_entropy(model(pair.x), pair.labels).backward()
    optimizer.step()
    return not torch.equal(model[-1].bias, before)


CLAIMS: dict[str, Callable[[Pair], bool]] = {
    "with rate 0 for the features, their gradients need not be computed": _no_gradients_needed,
    "two networks with equal features give equal scores": _same_scores,
    "load_state_dict(strict=False) accepts a tensor of another shape": _other_shape,
    "the target's own mean and spread give the same features": _own_statistics,
    "half the rate and twice the steps have the same bound on the way": _same_bound,
    "an optimizer made before the last layer is replaced trains it": _late_layer,
}
