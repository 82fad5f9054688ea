"""Module tree: a small network as boxes in boxes, and what each of them holds."""

import torch
import traitlets
from torch import nn

from utils.widgets.kit.base import BookWidget
from utils.widgets.module_tree.networks import NETWORKS, built, calls, described, paths, saved

FIRST = "batch norm and dropout"
PATHS = tuple(dict.fromkeys(path for name in NETWORKS for path in paths(built(name))))


class ModuleTree(BookWidget):
    """What does each module of a network hold, and what do its two switches change?

    Each box is a module of a network in torch. ``training`` is what ``train()`` and ``eval()``
    set; ``frozen`` lists the parameters that ``requires_grad_(False)`` has taken out of training.

    Attributes:
        network: ``"batch norm and dropout"`` or ``"a shared layer"``.
        selected: the path of a module, ``"features.1"`` for example; ``""`` is the whole network.
        training: whether the network is in training mode.
        frozen: names of parameters, as ``named_parameters`` lists them.

    >>> demo = ModuleTree(selected="head", frozen=["head.bias"])
    >>> demo.trained, demo.shape, demo.names
    (60, (8, 3), ['head.weight', 'head.bias'])
    """

    module = "module_tree/view"
    summary = (
        "A small network as boxes in boxes. For each module it shows the shape that flows out, "
        "its parameters and buffers, and what training, evaluation and freezing change."
    )
    assets = ("networks",)
    heights = (631, 684)

    network = traitlets.Enum(tuple(NETWORKS), FIRST).tag(sync=True)
    selected = traitlets.Enum(PATHS, "features.1").tag(sync=True)
    training = traitlets.Bool(True).tag(sync=True)
    frozen = traitlets.List(traitlets.Unicode(), ["features.0.weight", "features.0.bias"]).tag(
        sync=True
    )
    networks = traitlets.Dict(read_only=True).tag(sync=True)

    def __init__(self, **state: object) -> None:
        if state.get("network", FIRST) != FIRST:  # the opening choices belong to the first one
            state = {"selected": "", "frozen": [], **state}
        super().__init__(**state)

    @traitlets.default("networks")
    def _networks(self) -> dict[str, dict]:
        return {name: described(name) for name in NETWORKS}

    @traitlets.validate("selected")
    def _known_path(self, proposal: dict) -> str:
        known = list(paths(built(self.network)))
        if proposal["value"] not in known:
            raise traitlets.TraitError(
                f"selected must be one of {', '.join(map(repr, known))}, got {proposal['value']!r}"
            )
        return proposal["value"]

    @traitlets.validate("frozen")
    def _known_parameters(self, proposal: dict) -> list[str]:
        known = [name for name, _ in built(self.network).named_parameters()]
        unknown = [name for name in proposal["value"] if name not in known]
        if unknown:
            raise traitlets.TraitError(
                f"frozen must name some of {', '.join(known)}, got {unknown[0]!r}"
            )
        return [name for name in known if name in proposal["value"]]

    @traitlets.observe("network")
    def _start_anew(self, change: dict) -> None:
        net = built(self.network)
        if self.selected not in paths(net):
            self.selected = ""
        listed = dict(net.named_parameters())
        self.frozen = [name for name in self.frozen if name in listed]

    def model(self) -> nn.Sequential:
        """Return the network in torch, in its mode and with its parameters frozen, float32."""
        net = built(self.network).train(self.training)
        for name in self.frozen:
            net.get_parameter(name).requires_grad_(False)
        return net

    @property
    def trained(self) -> int:
        """How many numbers an optimiser would train."""
        return sum(p.numel() for p in self.model().parameters() if p.requires_grad)

    @property
    def names(self) -> list[str]:
        """The names in the state dict of what the selected module holds."""
        return [part["name"] for part in saved(self.model(), self.selected)]

    @property
    def output(self) -> torch.Tensor:
        """What a forward hook on the selected module meets, for the batch of eight examples."""
        return next(output for path, _, output in calls(self.model()) if path == self.selected)

    @property
    def shape(self) -> tuple[int, ...]:
        """The shape of ``output``."""
        return tuple(self.output.shape)
