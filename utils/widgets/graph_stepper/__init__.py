"""Computational-graph stepper: values go forward through a graph, gradients come back."""

import torch
import traitlets

from utils.widgets.graph_stepper.graphs import GRAPHS, LAST_STEP, OPERATIONS
from utils.widgets.kit.base import BookWidget


def _defaults(graph: str) -> tuple[float, ...]:
    return tuple(value for _, value, _ in GRAPHS[graph]["inputs"])


class Numbers(traitlets.TraitType):
    """A tuple of numbers, each kept to one decimal; any sequence of numbers sets it."""

    def validate(self, obj: object, value: object) -> tuple[float, ...]:
        """Return ``value`` as a tuple of floats, or raise a TraitError."""
        numbers = value if isinstance(value, (list, tuple)) else ()
        if not numbers or any(
            isinstance(number, bool) or not isinstance(number, (int, float)) for number in numbers
        ):
            raise traitlets.TraitError(
                f"{self.name} must be a list or tuple of numbers, got {value!r}"
            )
        # Adding 0.0 makes a negative zero positive.
        return tuple(round(float(number), 1) + 0.0 for number in numbers)


class GraphStepper(BookWidget):
    """Which value does every node compute, and which gradient comes back to it?

    ``step`` 0 knows only the inputs. Each step of the forward pass computes one
    node; the next one sets the gradient of the output to 1; each later step takes
    the backward pass through one node, from the output on. A graph with ``n``
    nodes has ``2 n + 1`` steps, and a larger ``step`` counts as the last one.

    Attributes:
        graph: one of ``GRAPHS``; choosing one fills ``inputs`` with its numbers.
        inputs: the numbers of the inputs, in the order of :attr:`input_names`, each
            from minus to plus the graph's bound, kept to one decimal.
        merged: the neuron's last four nodes as one sigmoid node; other graphs ignore it.
        step: from 0 to ``LAST_STEP``.

    >>> demo = GraphStepper(graph="product", inputs=(-2, 5, -4))
    >>> demo.values["q"], demo.values["f"]
    (3.0, -12.0)
    >>> demo.gradients
    {'x': -4.0, 'y': -4.0, 'z': 3.0, 'q': -4.0, 'f': 1.0}
    """

    module = "graph_stepper/view"
    heights = 651, 731
    summary = (
        "A computational graph, step by step: values run forward along its edges, gradients "
        "come back, and each node hands on upstream times local."
    )
    assets = ("graphs",)

    graph = traitlets.Enum(tuple(GRAPHS), "product").tag(sync=True)
    inputs = Numbers(_defaults("product")).tag(sync=True)
    merged = traitlets.Bool(False).tag(sync=True)
    step = traitlets.Int(LAST_STEP, min=0, max=LAST_STEP).tag(sync=True)
    graphs = traitlets.Dict(read_only=True).tag(sync=True)

    def __init__(self, **state: object) -> None:
        inputs = state.pop("inputs", None)
        super().__init__(**state)
        if inputs is not None:
            self.inputs = inputs

    @traitlets.default("graphs")
    def _graphs(self) -> dict[str, dict]:
        return GRAPHS

    @traitlets.observe("graph")
    def _fill(self, change: dict) -> None:
        self.inputs = _defaults(self.graph)

    @traitlets.validate("inputs")
    def _fit(self, proposal: dict) -> tuple[float, ...]:
        numbers, names = proposal["value"], self.input_names
        bound = GRAPHS[self.graph]["bound"]
        # A comparison with NaN is false, so NaN is refused as well.
        if len(numbers) != len(names) or not all(abs(number) <= bound for number in numbers):
            raise traitlets.TraitError(
                f"inputs of {self.graph!r} must be {len(names)} numbers from {-bound} to {bound}, "
                f"for {', '.join(names)}, got {numbers!r}"
            )
        return numbers

    @property
    def input_names(self) -> tuple[str, ...]:
        """The names of the inputs, in order."""
        return tuple(name for name, _, _ in GRAPHS[self.graph]["inputs"])

    @property
    def last_step(self) -> int:
        """The step at which every gradient is known."""
        return 2 * len(self._nodes()) + 1

    @property
    def values(self) -> dict[str, float]:
        """The value of every input and node after the forward pass."""
        return {name: tensor.item() for name, tensor in self._run().items()}

    @property
    def gradients(self) -> dict[str, float]:
        """The gradient of the output with respect to every input and node, by torch."""
        tensors = self._run()
        found = torch.autograd.grad(tensors["f"], tuple(tensors.values()))
        return {name: gradient.item() for name, gradient in zip(tensors, found, strict=True)}

    def _nodes(self) -> list[list]:
        graph = GRAPHS[self.graph]
        return graph.get("merged", graph["nodes"]) if self.merged else graph["nodes"]

    def _run(self) -> dict[str, torch.Tensor]:
        tensors = {
            name: torch.tensor(number, dtype=torch.float64, requires_grad=True)
            for name, number in zip(self.input_names, self.inputs, strict=True)
        }
        for name, operation, reads, _ in self._nodes():
            tensors[name] = OPERATIONS[operation](*(tensors[read] for read in reads))
        return tensors
