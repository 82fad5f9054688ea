"""The claims of exercise 5 of the page on freezing layers, and networks to try them on."""

import copy
from collections.abc import Callable
from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import nn
from torch.nn.utils import skip_init


@dataclass
class Trial:
    """Three linear layers with a ReLU between them, a batch of inputs, and their labels."""

    layers: list[nn.Linear]
    x: torch.Tensor
    labels: torch.Tensor

    def logits(self, cut: int | None = None) -> torch.Tensor:
        """Return the logits; layer number ``cut``, counted from 0, runs under ``no_grad``."""
        h = self.x
        for place, layer in enumerate(self.layers):
            with torch.set_grad_enabled(place != cut):
                h = layer(h if place == 0 else h.relu())
        return h

    def gradients(self, *, frozen: int | None = None, cut: int | None = None) -> list:
        """Return the gradient of each layer's weights, None where there is none."""
        trial = copy.deepcopy(self)
        if frozen is not None:
            trial.layers[frozen].requires_grad_(False)
        F.cross_entropy(trial.logits(cut), self.labels).backward()
        return [layer.weight.grad for layer in trial.layers]

    def after_a_step(self, gradient: float | None) -> bool:
        """Return whether SGD with weight decay leaves the weights as they were."""
        w = copy.deepcopy(self.layers[0].weight)
        w.grad = None if gradient is None else torch.full_like(w, gradient)
        torch.optim.SGD([w], lr=0.1, weight_decay=0.5).step()
        return torch.equal(w, self.layers[0].weight)

    def keeps_probabilities(self, rows: int) -> bool:
        """Return whether a vector that is added to the first rows changes no probability."""
        trial = copy.deepcopy(self)
        with torch.no_grad():
            trial.layers[-1].weight[:rows] += 1
            pair = self.logits().softmax(1), trial.logits().softmax(1)
        return torch.allclose(*pair)


def _same(one: list, other: list, places: tuple[int, ...]) -> bool:
    return all(
        one[i] is not None and other[i] is not None and torch.allclose(one[i], other[i])
        for i in places
    )


def draw_networks(count: int) -> list[Trial]:
    """Return random networks with three classes, and batches of five, in float64."""
    generator = torch.Generator().manual_seed(0)

    def normal(*shape: int) -> torch.Tensor:
        return torch.randn(*shape, generator=generator, dtype=torch.float64)

    trials = []
    for _ in range(count):
        layers = [
            skip_init(nn.Linear, *sizes, dtype=torch.float64) for sizes in ((4, 6), (6, 6), (6, 3))
        ]
        for layer in layers:
            layer.load_state_dict({n: normal(*p.shape) for n, p in layer.state_dict().items()})
        trials.append(Trial(layers, normal(5, 4), torch.arange(5) % 3))
    return trials


def _frozen(trial: Trial, layer: int, others: tuple[int, ...]) -> bool:
    return _same(trial.gradients(), trial.gradients(frozen=layer), others)


def _cut(trial: Trial, layer: int, others: tuple[int, ...]) -> bool:
    return _same(trial.gradients(), trial.gradients(cut=layer), others)


CLAIMS: dict[str, Callable[[Trial], bool]] = {
    "layer 1 frozen: layers 2 and 3 get the same gradients as before": lambda trial: _frozen(
        trial, 0, (1, 2)
    ),
    "layer 3 frozen: layers 1 and 2 get the same gradients as before": lambda trial: _frozen(
        trial, 2, (0, 1)
    ),
    "layer 1 under no_grad: layers 2 and 3 get the same gradients": lambda trial: _cut(
        trial, 0, (1, 2)
    ),
    "layer 2 under no_grad: layer 1 gets the same gradient": lambda trial: _cut(trial, 1, (0,)),
    "gradient zero, SGD with weight decay: the weights stay": lambda trial: trial.after_a_step(0),
    "gradient None, SGD with weight decay: the weights stay": lambda trial: trial.after_a_step(
        None
    ),
    "a vector added to all rows of layer 3: the same probabilities": lambda trial: (
        trial.keeps_probabilities(3)
    ),
    "a vector added to two of three rows: the same probabilities": lambda trial: (
        trial.keeps_probabilities(2)
    ),
}
