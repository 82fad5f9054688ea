import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
import pytest
import torch
from matplotlib.colors import to_rgb

from utils import plots, plots_plane

mpl.use("Agg")
LIMITS = (-1, 3, 0, 2)


@pytest.fixture
def ax():
    yield plots.new_axes()
    plt.close("all")


def right_of_one(points):
    return torch.stack([1 - points[:, 0], points[:, 0] - 1], dim=1)


def test_a_region_has_the_tint_of_its_class_and_its_place(ax):
    plots_plane.plot_regions(ax, right_of_one, LIMITS, like=torch.zeros(1))
    (image,) = ax.images
    assert image.get_extent() == list(LIMITS) and image.origin == "lower"
    pixels = image.get_array()
    half = plots_plane.PIXELS // 2
    for part, colour in ((pixels[:, :half], 0), (pixels[:, half:], 1)):
        tint = 1 - 0.38 * (1 - np.array(to_rgb(plots.COLOURS[colour])))
        assert np.allclose(part, tint, atol=1e-6)


def test_rows_of_the_picture_run_upwards(ax):
    def above(points):
        return torch.stack([1 - points[:, 1], points[:, 1] - 1], dim=1)

    pixels = plots_plane.plot_regions(ax, above, LIMITS, like=torch.zeros(1)).images[0].get_array()
    lower, upper = pixels[0, 0], pixels[-1, 0]
    assert np.allclose(lower, 1 - 0.38 * (1 - np.array(to_rgb(plots.COLOURS[0]))))
    assert np.allclose(upper, 1 - 0.38 * (1 - np.array(to_rgb(plots.COLOURS[1]))))


def test_the_classifier_gets_its_own_dtype_and_no_gradient(ax):
    seen = []

    def classify(points):
        seen.append(points.dtype)
        weight = torch.eye(2, dtype=points.dtype, requires_grad=True)
        out = points @ weight
        assert not out.requires_grad
        return out

    plots_plane.plot_regions(ax, classify, LIMITS, like=torch.zeros(1).double())
    assert seen == [torch.float64]


def test_scores_that_fit_no_picture_are_refused(ax):
    for wrong in (lambda p: p[:, 0], lambda p: p[:5], lambda p: p.repeat(1, 4)):
        with pytest.raises(ValueError, match="classify must give"):
            plots_plane.plot_regions(ax, wrong, LIMITS, like=torch.zeros(1))
    with pytest.raises(ValueError, match="NaN"):
        plots_plane.plot_regions(ax, lambda p: p * float("nan"), LIMITS, like=torch.zeros(1))
    with pytest.raises(ValueError, match="limits must be"):
        plots_plane.grid((1, 0, 0, 1))


def test_points_have_the_colour_and_marker_of_their_class(ax):
    points = torch.tensor([[0.0, 1.0], [2.0, 3.0], [4.0, 5.0]])
    plots_plane.plot_points(ax, points, torch.tensor([1, 0, 1]))
    zero, one = ax.lines
    assert zero.get_xydata().tolist() == [[2, 3]]
    assert one.get_xydata().tolist() == [[0, 1], [4, 5]]
    assert [line.get_color() for line in ax.lines] == list(plots.COLOURS[:2])
    assert [line.get_marker() for line in ax.lines] == list(plots.MARKERS[:2])


def test_points_that_do_not_fit_are_refused(ax):
    points = torch.zeros(3, 2)
    for wrong in (torch.zeros(2).long(), torch.zeros(3, 1).long()):
        with pytest.raises(ValueError, match=r"must be \(n, 2\)"):
            plots_plane.plot_points(ax, points, wrong)
    with pytest.raises(ValueError, match="between 0 and 5"):
        plots_plane.plot_points(ax, points, torch.tensor([0, 1, 6]))
