"""Progress of a training run: a tqdm bar, and in a notebook a curve that grows."""

import base64
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from tqdm import tqdm

from utils.history import History, history_alt, plot_history
from utils.plots import png

if TYPE_CHECKING:
    from IPython.display import DisplayHandle


class TrainingBar(tqdm):
    """A tqdm bar over epochs that shows the latest loss and metric."""

    def __init__(self, epochs: int, history: History) -> None:
        self.history = history
        super().__init__(total=epochs, unit="epoch", leave=False, mininterval=0.25)

    def epoch_done(self) -> None:
        """Move the bar on and show what the history recorded last."""
        latest = {"loss": f"{self.history.train_loss[-1]:.4f}"}
        latest["train"] = f"{self.history.train_metric[-1]:.3f}"
        if self.history.validation_metric:
            latest["validation"] = f"{self.history.validation_metric[-1]:.3f}"
        self.set_postfix(latest, refresh=False)
        self.update()


class NotebookBar(TrainingBar):
    """The same bar in a notebook, with the curve below it.

    The output is made once and then replaced in place, so that a page ends
    with the finished curve and no trace of the bar. Its plain text never
    changes: that is what a stored notebook is compared with.
    """

    def __init__(self, epochs: int, history: History, handle: "DisplayHandle") -> None:
        self.handle = handle
        self.alt = f"Figure: {history_alt(epochs)}"
        handle.display({"text/plain": self.alt}, raw=True)
        super().__init__(epochs, history)

    def display(self, msg: str | None = None, pos: int | None = None) -> bool:  # noqa: ARG002
        """Draw the bar and the curve; tqdm calls this a few times a second."""
        bar = f"<pre>{self.format_meter(**{**self.format_dict, 'ncols': 100})}</pre>"
        if self.history.train_loss:
            image = base64.b64encode(png(plot_history(self.history))).decode()
            bar += f'<img alt="{self.alt}" src="data:image/png;base64,{image}">'
        self.handle.update({"text/html": bar, "text/plain": self.alt}, raw=True)
        return True

    def close(self) -> None:
        """Put the finished curve in the place of the bar."""
        if self.disable:
            return
        self.disable = True
        if self.history.train_loss:
            picture = png(plot_history(self.history))
            self.handle.update({"image/png": picture, "text/plain": self.alt}, raw=True)


class Silent:
    """No display at all."""

    def epoch_done(self) -> None:
        """Do nothing."""


def _in_notebook() -> bool:
    try:
        from IPython import get_ipython
    except ImportError:
        return False
    shell = get_ipython()
    return shell is not None and hasattr(shell, "kernel")


@contextmanager
def training_display(epochs: int, history: History, *, live: bool) -> Iterator:
    """Yield a display whose ``epoch_done()`` is to be called after every epoch."""
    if not live:
        yield Silent()
        return
    if _in_notebook():
        from IPython.display import DisplayHandle

        bar = NotebookBar(epochs, history, DisplayHandle())
    else:
        bar = TrainingBar(epochs, history)
    try:
        yield bar
    finally:
        bar.close()
