"""What a training run recorded, and its curve."""

from dataclasses import dataclass, field

import numpy as np

from utils.plots import new_axes


@dataclass
class History:
    """What a training run recorded, one entry an epoch.

    Attributes:
        train_loss: mean loss over the epoch's minibatches, as they were met.
        train_metric: metric on the training examples, as they were met.
        validation_metric: metric on the validation examples after the epoch;
            empty when none were given.
    """

    train_loss: list[float] = field(default_factory=list)
    train_metric: list[float] = field(default_factory=list)
    validation_metric: list[float] = field(default_factory=list)


def history_alt(epochs: int) -> str:
    """Return the alternative text of :func:`plot_history` for a run of ``epochs``."""
    return f"training loss (left) and metric (right) after each of {epochs} epochs."


def plot_history(history: History) -> np.ndarray:
    """Draw loss and metric by epoch, side by side; return both Axes."""
    axes = new_axes(1, 2, size=(8, 2.8))
    epochs = np.arange(1, len(history.train_loss) + 1)
    axes[0].plot(epochs, history.train_loss, label="training")
    axes[0].set(xlabel="epoch", ylabel="loss")
    axes[1].plot(epochs, history.train_metric, label="training")
    if history.validation_metric:
        axes[1].plot(epochs, history.validation_metric, linestyle="--", label="validation")
    axes[1].set(xlabel="epoch", ylabel="metric")
    axes[1].legend()
    return axes
