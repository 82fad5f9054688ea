import matplotlib as mpl
import pytest

from utils import progress
from utils.history import History

mpl.use("Agg")


class Handle:
    def __init__(self):
        self.bundles = []

    def display(self, bundle, raw):
        self.bundles.append(bundle)

    update = display


def record(history, epochs):
    for epoch in range(epochs):
        history.train_loss.append(1 / (epoch + 1))
        history.train_metric.append(epoch / epochs)
        yield


def test_notebook_bar_begins_and_ends_with_the_same_words():
    handle, history = Handle(), History()
    bar = progress.NotebookBar(3, history, handle)
    for _ in record(history, 3):
        bar.epoch_done()
    bar.close()
    assert {bundle["text/plain"] for bundle in handle.bundles} == {handle.bundles[0]["text/plain"]}
    assert handle.bundles[-1]["image/png"].startswith(b"\x89PNG")
    assert "text/html" not in handle.bundles[-1]


def test_notebook_bar_shows_loss_and_metric_while_it_runs():
    handle, history = Handle(), History()
    bar = progress.NotebookBar(2, history, handle)
    bar.mininterval = 0
    for _ in record(history, 1):
        bar.epoch_done()
    bar.refresh()
    live = handle.bundles[-1]["text/html"]
    assert "1/2" in live
    assert "loss=1.0000" in live
    assert "<img alt=" in live
    bar.close()


def test_a_run_that_fails_before_its_first_epoch_shows_no_curve():
    handle = Handle()
    with pytest.raises(RuntimeError):
        try:
            bar = progress.NotebookBar(2, History(), handle)
            raise RuntimeError
        finally:
            bar.close()
    assert all("image/png" not in bundle for bundle in handle.bundles)


def test_silent_display_prints_nothing(capsys):
    with progress.training_display(2, History(), live=False) as display:
        display.epoch_done()
    assert capsys.readouterr() == ("", "")


def test_outside_a_notebook_the_bar_goes_to_stderr(capsys):
    history = History()
    with progress.training_display(2, history, live=True) as display:
        for _ in record(history, 2):
            display.epoch_done()
    out, err = capsys.readouterr()
    assert out == ""
    assert "epoch" in err
