import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
import pytest
import torch

from utils import plots

mpl.use("Agg")


@pytest.fixture(autouse=True)
def no_figure_is_left_open():
    yield
    plt.close("all")


def shown(monkeypatch, *args, **kwargs):
    bundles = []
    monkeypatch.setattr("IPython.get_ipython", lambda: "a notebook")
    monkeypatch.setattr(
        "IPython.display.display", lambda data, metadata, raw: bundles.append(data)
    )
    plots.show(*args, **kwargs)
    return bundles


def test_show_publishes_the_picture_with_its_words_and_closes_it(monkeypatch):
    (bundle,) = shown(monkeypatch, plots.new_axes(), alt="an empty plot")
    assert bundle["image/png"].startswith(b"\x89PNG")
    assert bundle["text/plain"] == "Figure: an empty plot"
    assert plt.get_fignums() == []


def test_show_prints_the_words_in_plain_python(capsys):
    """As in a page that nbconvert wrote as a script."""
    plots.show(plots.new_axes(), alt="an empty plot")
    assert capsys.readouterr().out == "Figure: an empty plot\n"
    assert plt.get_fignums() == []


@pytest.mark.parametrize("alt", ["", " ", "plot"])
def test_show_wants_words(monkeypatch, alt):
    with pytest.raises(ValueError, match="alt must describe"):
        shown(monkeypatch, plots.new_axes(), alt=alt)


def test_new_axes_shapes_and_limits():
    assert plots.new_axes(2, 3).shape == (2, 3)
    with pytest.raises(ValueError, match="at least 1"):
        plots.new_axes(0, 1)


def test_style_does_not_leak_out():
    before = mpl.rcParams["axes.grid"]
    plots.new_axes()
    assert mpl.rcParams["axes.grid"] == before


@pytest.mark.parametrize("shape", [(4, 5), (1, 4, 5), (3, 4, 5)])
def test_plot_image_takes_grey_and_colour(shape):
    image = torch.rand(shape)
    ax = plots.plot_image(image)
    assert ax.images[0].get_array().shape[:2] == (4, 5)


@pytest.mark.parametrize("shape", [(4,), (2, 4, 5), (1, 3, 4, 5)])
def test_plot_image_refuses_other_shapes(shape):
    with pytest.raises(ValueError, match="image must be"):
        plots.plot_image(torch.rand(shape))


def test_signed_image_has_zero_in_the_middle():
    ax = plots.plot_image(torch.tensor([[-1.0, 3.0]]), signed=True)
    assert ax.images[0].get_clim() == (-3.0, 3.0)


def test_plot_images_fills_rows_and_blanks_the_rest():
    axes = plots.plot_images(torch.rand(5, 1, 3, 3), columns=3)
    assert axes.shape == (2, 3)
    assert sum(bool(ax.images) for ax in axes.flat) == 5


@pytest.mark.parametrize(
    ("images", "titles", "message"),
    [([], [], "empty"), (torch.rand(2, 3, 3), ["a"], "1 for 2 images")],
)
def test_plot_images_refuses(images, titles, message):
    with pytest.raises(ValueError, match=message):
        plots.plot_images(images, titles)


def test_table_writes_every_number_and_checks_names():
    ax = plots.plot_table(torch.tensor([[1, 2], [3, 4]]), row_names="ab", column_names="cd")
    assert sorted(text.get_text() for text in ax.texts) == ["1", "2", "3", "4"]
    with pytest.raises(ValueError, match="row names"):
        plots.plot_table(torch.zeros(2, 2), row_names="a", column_names="cd")


def test_table_reads_light_on_dark_for_bytes():
    pixels = torch.tensor([[0, 255]], dtype=torch.uint8)
    ax = plots.plot_table(pixels, row_names="a", column_names="bc")
    assert [text.get_color() for text in ax.texts] == ["#1b1f24", "white"]


def contrast(one, other):
    def luminance(colour):
        rgb = np.array(mpl.colors.to_rgb(colour))
        linear = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
        return linear @ [0.2126, 0.7152, 0.0722]

    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_first_colours_stand_out_from_the_ground():
    # Three to one is what WCAG 2.2 asks of lines and marks.
    for colour in plots.COLOURS[:4]:
        assert contrast(colour, plots.STYLE["figure.facecolor"]) >= 3, colour


def test_picked_cells_are_coloured_and_bold():
    numbers = torch.tensor([[1, 2, 3], [4, 5, 6]])
    ax = plots.plot_cells(numbers, numbers > 4, title="x > 4")
    texts = {text.get_text(): text.get_fontweight() for text in ax.texts}
    assert texts == {"1": "normal", "2": "normal", "3": "normal", "4": "normal"} | {
        "5": "bold",
        "6": "bold",
    }
    assert ax.images[0].get_array().tolist() == (numbers > 4).tolist()
    assert [(t.get_position(), t.get_text()) for t in ax.texts][3] == ((0, 1), "4")
    with pytest.raises(ValueError, match="tables of one shape"):
        plots.plot_cells(numbers, torch.ones(2, 2, dtype=torch.bool))
