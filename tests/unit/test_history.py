import matplotlib as mpl
import matplotlib.pyplot as plt

from utils.history import History, history_alt, plot_history

mpl.use("Agg")


def test_the_curve_draws_what_was_recorded():
    axes = plot_history(History([2.0, 1.0], [0.5, 0.75], [0.4, 0.6]))
    assert axes[0].lines[0].get_xdata().tolist() == [1, 2]
    assert axes[0].lines[0].get_ydata().tolist() == [2.0, 1.0]
    assert [line.get_ydata().tolist() for line in axes[1].lines] == [[0.5, 0.75], [0.4, 0.6]]
    plt.close("all")


def test_without_validation_one_metric_is_drawn():
    axes = plot_history(History([2.0], [0.5]))
    assert [line.get_label() for line in axes[1].lines] == ["training"]
    plt.close("all")


def test_the_words_say_how_many_epochs():
    assert "each of 7 epochs" in history_alt(7)
