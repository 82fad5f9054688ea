"""The settings of a training that one process or many can do."""

import dataclasses

METHODS = "single", "by_hand", "ddp", "fsdp"


@dataclasses.dataclass(frozen=True)
class Plan:
    """What is trained, and how.

    Attributes:
        method: ``"single"``; ``"by_hand"`` or ``"ddp"``, where each process holds all weights; or
            ``"fsdp"``, where it holds a part of them.
        batch: examples of a step, on all processes together.
        epochs: passes over the examples.
        rate: learning rate of SGD with momentum 0.9.
        seed: of the weights, the data and their order.
        folder: where checkpoints and the steps done are written; not at all without.
        every: steps from one checkpoint to the next.
        die_at: the step before which the last worker kills itself, on its first start only.
    """

    method: str = "ddp"
    batch: int = 10
    epochs: int = 3
    rate: float = 0.1
    seed: int = 0
    folder: str = ""
    every: int = 4
    die_at: int = -1

    def __post_init__(self) -> None:
        """Refuse what cannot be trained."""
        if self.method not in METHODS:
            raise ValueError(f"method must be one of {', '.join(METHODS)}, got {self.method!r}")
        if min(self.batch, self.epochs, self.every) < 1:
            raise ValueError("batch, epochs and every must be at least 1")
        if self.method == "fsdp" and self.folder:
            raise ValueError("fsdp writes no checkpoints here: leave out folder")
