"""One library trains the same network, a few epochs for each line it reads.

``python -m benchmarks.contenders NAME DATA.npz FOLDER``, in the environment of ``peers.txt``. It
prints ``@ ready``, then after each turn ``@ SECONDS``, and at the end of its input ``@ ACCURACY``
on the examples it was trained on. ``FOLDER`` holds Fashion-MNIST as d2l wants it.

Each one is written as its own guide writes it, with what only shows progress switched off.
"""

import os
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import numpy as np
import torch
from torch import nn

EPOCHS = 3  # of one turn, so that what a call of `fit` costs counts little
BATCH, RATE, CLASSES, HIDDEN = 256, 0.1, 10, 256

Turn = Callable[[], None]  # trains EPOCHS epochs
Predict = Callable[[np.ndarray], np.ndarray]  # scores for rows of pixels
Contender = Callable[[np.ndarray, np.ndarray, Path], tuple[Turn, Predict]]


def network() -> nn.Module:
    """Return the network that all of them train: 784 pixels, 256 ReLU units, 10 classes."""
    torch.manual_seed(0)
    return nn.Sequential(
        nn.Flatten(), nn.Linear(784, HIDDEN), nn.ReLU(), nn.Linear(HIDDEN, CLASSES)
    )


def scores(net: nn.Module) -> Predict:
    """Return a function that maps rows of pixels to the network's logits."""

    @torch.no_grad()
    def predict(rows: np.ndarray) -> np.ndarray:
        return net(torch.from_numpy(rows)).numpy()

    return predict


def ours(
    x: np.ndarray, y: np.ndarray, _: Path, *, precision: str | None = None
) -> tuple[Turn, Predict]:
    """Train with the book's ``fit``."""
    from utils.train import fit

    net, data = network(), (torch.from_numpy(x), torch.from_numpy(y))
    optimizer = torch.optim.SGD(net.parameters(), lr=RATE)

    def turn() -> None:
        fit(
            net,
            data,
            loss=nn.CrossEntropyLoss(),
            optimizer=optimizer,
            epochs=EPOCHS,
            batch_size=BATCH,
            matmul_precision=precision,
            live=False,
        )

    return turn, scores(net)


def dataloader(x: np.ndarray, y: np.ndarray, _: Path) -> tuple[Turn, Predict]:
    """Train with the loop of torch's tutorials."""
    from torch.utils.data import DataLoader, TensorDataset

    net, loss = network(), nn.CrossEntropyLoss()
    optimizer = torch.optim.SGD(net.parameters(), lr=RATE)
    examples = TensorDataset(torch.from_numpy(x), torch.from_numpy(y))
    loader = DataLoader(examples, batch_size=BATCH, shuffle=True)

    def turn() -> None:
        for _ in range(EPOCHS):
            total = 0.0
            for inputs, labels in loader:
                optimizer.zero_grad()
                value = loss(net(inputs), labels)
                value.backward()
                optimizer.step()
                total += value.item()

    return turn, scores(net)


def d2l(_: np.ndarray, __: np.ndarray, folder: Path) -> tuple[Turn, Predict]:
    """Train with d2l's loader and its loop of chapter 3."""
    from d2l import torch as library

    os.chdir(folder)  # it reads ../data
    batches, _ = library.load_data_fashion_mnist(BATCH)
    net = network()
    optimizer = torch.optim.SGD(net.parameters(), lr=RATE)

    def turn() -> None:
        for _ in range(EPOCHS):
            library.train_epoch_ch3(net, batches, nn.CrossEntropyLoss(), optimizer)

    return turn, scores(net)


def skorch(x: np.ndarray, y: np.ndarray, _: Path) -> tuple[Turn, Predict]:
    """Train with skorch's classifier."""
    from skorch import NeuralNetClassifier

    net = network()
    model = NeuralNetClassifier(
        net,
        criterion=nn.CrossEntropyLoss,
        lr=RATE,
        batch_size=BATCH,
        max_epochs=EPOCHS,
        iterator_train__shuffle=True,
        train_split=None,
        verbose=0,
    ).initialize()
    return lambda: model.partial_fit(x, y), scores(model.module_)


def fastai(x: np.ndarray, y: np.ndarray, _: Path) -> tuple[Turn, Predict]:
    """Train with fastai's learner."""
    import fastai.callback.progress  # noqa: F401  it gives the learner `no_bar`
    from fastai.basics import DataLoader, DataLoaders, Learner
    from fastai.optimizer import SGD
    from torch.utils.data import TensorDataset

    examples = TensorDataset(torch.from_numpy(x), torch.from_numpy(y))
    few = TensorDataset(*(part[:BATCH] for part in examples.tensors))  # it wants validation data
    loaders = DataLoaders(
        DataLoader(examples, bs=BATCH, shuffle=True), DataLoader(few, bs=BATCH), device="cpu"
    )
    net = network()
    learner = Learner(loaders, net, loss_func=nn.CrossEntropyLoss(), opt_func=SGD)

    def turn() -> None:
        with learner.no_bar(), learner.no_logging():
            learner.fit(EPOCHS, RATE)

    return turn, scores(net)


def lightning(x: np.ndarray, y: np.ndarray, _: Path) -> tuple[Turn, Predict]:
    """Train with Lightning's trainer."""
    import logging

    from lightning import LightningModule, Trainer
    from torch.utils.data import DataLoader, TensorDataset

    logging.getLogger("lightning.pytorch").setLevel(logging.ERROR)

    class Classifier(LightningModule):
        def __init__(self) -> None:
            super().__init__()
            self.net, self.loss = network(), nn.CrossEntropyLoss()

        def training_step(self, batch: list[torch.Tensor], _: int) -> torch.Tensor:
            return self.loss(self.net(batch[0]), batch[1])

        def configure_optimizers(self) -> torch.optim.Optimizer:
            return torch.optim.SGD(self.parameters(), lr=RATE)

    model = Classifier()
    examples = TensorDataset(torch.from_numpy(x), torch.from_numpy(y))
    loader = DataLoader(examples, batch_size=BATCH, shuffle=True)
    quiet = dict.fromkeys(
        ["logger", "enable_checkpointing", "enable_progress_bar", "enable_model_summary"], False
    )

    def turn() -> None:
        Trainer(max_epochs=EPOCHS, accelerator="cpu", **quiet).fit(model, loader)

    return turn, scores(model.net)


def keras(backend: str, x: np.ndarray, y: np.ndarray, _: Path) -> tuple[Turn, Predict]:
    """Train with Keras on one of its backends."""
    os.environ["KERAS_BACKEND"] = backend
    import keras as library

    library.utils.set_random_seed(0)
    layers = library.layers
    model = library.Sequential(
        [layers.Input((784,)), layers.Dense(HIDDEN, activation="relu"), layers.Dense(CLASSES)]
    )
    model.compile(
        optimizer=library.optimizers.SGD(RATE),
        loss=library.losses.SparseCategoricalCrossentropy(from_logits=True),
        metrics=["accuracy"],
    )

    def turn() -> None:
        model.fit(x, y, batch_size=BATCH, epochs=EPOCHS, shuffle=True, verbose=0)

    return turn, lambda rows: model.predict(rows, batch_size=4096, verbose=0)


CONTENDERS: dict[str, Contender] = {
    "fit": ours,
    "fit, medium": partial(ours, precision="medium"),
    "d2l": d2l,
    "DataLoader": dataloader,
    "fastai": fastai,
    "Lightning": lightning,
    "skorch": skorch,
    "Keras-torch": partial(keras, "torch"),
    "Keras-JAX": partial(keras, "jax"),
}


def main() -> None:
    """Take turns until the input ends."""
    name, data, folder = sys.argv[1:]
    torch.set_num_threads(os.cpu_count() or 1)
    with np.load(data) as stored:
        x, y = stored["x"], stored["y"]
    turn, predict = CONTENDERS[name](x, y, Path(folder))
    print("@ ready", flush=True)
    for _ in sys.stdin:
        start = time.perf_counter()
        turn()
        print(f"@ {time.perf_counter() - start}", flush=True)
    print(f"@ {(predict(x).argmax(axis=1) == y).mean()}", flush=True)


if __name__ == "__main__":
    main()
