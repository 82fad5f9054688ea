"""The Python side of the HOG viewer, against scikit-image and against counting by hand."""

import itertools
import math

import pytest
import skimage
import torch
import torch.nn.functional as F
import traitlets

from utils.checks import assert_same
from utils.widgets.hog_viewer import LARGEST, SIDE, SMALLEST, HogViewer
from utils.widgets.kit.photographs import PHOTOS, grey_levels


def by_counting(demo):
    """The chosen cell's histogram, pixel by pixel, with whole grey levels and no angle on an edge.

    An angle on the edge of a bin is compared by the sine of its distance from the edge, which is
    exact for 0°, 45°, 90° and 135°.
    """
    grey = grey_levels(demo.photo).tolist()
    last = SIDE // demo.cell - 1
    tops = [min(place, last) * demo.cell for place in demo.chosen]
    counts = [0.0] * demo.orientations
    for y, x in itertools.product(*(range(top, top + demo.cell) for top in tops)):
        down = grey[y + 1][x] - grey[y - 1][x] if 0 < y < SIDE - 1 else 0
        across = grey[y][x + 1] - grey[y][x - 1] if 0 < x < SIDE - 1 else 0
        if down < 0 or (down == 0 and across < 0):
            down, across = -down, -across
        # The last edge that the gradient has reached, going round from 0 degrees.
        edges = [math.pi * k / demo.orientations for k in range(demo.orientations)]
        reached = [down * math.cos(e) - across * math.sin(e) >= -1e-9 for e in edges]
        counts[sum(reached) - 1] += math.hypot(down, across)
    return [demo.contrast / 255 * count / demo.cell**2 for count in counts]


@pytest.mark.parametrize("photo", PHOTOS)
@pytest.mark.parametrize(("cell", "orientations"), [(4, 18), (5, 4), (8, 9), (16, 8), (32, 2)])
def test_every_cell_is_that_of_scikit_image(photo, cell, orientations):
    demo = HogViewer(photo=photo, cell=cell, orientations=orientations)
    # Whole grey levels: scikit-image adds no hair, and 255ths can push 45° below a bin.
    theirs = skimage.feature.hog(
        grey_levels(photo).double().numpy(),
        orientations=orientations,
        pixels_per_cell=(cell, cell),
        cells_per_block=(1, 1),
        block_norm="L2",
        feature_vector=False,
    )
    theirs = torch.from_numpy(theirs)[:, :, 0, 0]
    # A block of one cell is its histogram divided by its length; scikit-image sums in float32.
    assert_same(F.normalize(demo.cells, dim=-1), theirs, rtol=1e-5, atol=1e-5)


@pytest.mark.parametrize("photo", PHOTOS)
def test_the_bins_of_a_cell_sum_to_its_mean_gradient(photo):
    for cell, orientations in itertools.product((4, 7, 32), (2, 9, 18)):
        demo = HogViewer(photo=photo, cell=cell, orientations=orientations)
        count = SIDE // cell
        assert demo.cells.shape == (count, count, orientations)
        twice = [2 * part for part in torch.gradient(demo.image)]
        twice[0][[0, -1]] = 0
        twice[1][:, [0, -1]] = 0
        mean = F.avg_pool2d(torch.hypot(*twice)[None], cell)[0]
        assert_same(demo.cells.sum(dim=-1), mean)


def test_the_chosen_histogram_is_what_counting_by_hand_gives():
    generator = torch.Generator().manual_seed(2)

    def draw(low, high):
        return int(torch.randint(low, high + 1, (), generator=generator))

    for _ in range(60):
        demo = HogViewer(
            photo=PHOTOS[draw(0, 2)],
            cell=draw(SMALLEST, LARGEST),
            orientations=draw(2, 18),
            contrast=draw(20, 100) / 100,
            chosen=(draw(0, 24), draw(0, 24)),
        )
        expected = torch.tensor(by_counting(demo), dtype=torch.float64)
        assert_same(demo.histogram, expected, rtol=1e-10, atol=1e-12)


def test_a_choice_outside_of_large_cells_is_the_last_row_or_column():
    demo = HogViewer(cell=32, chosen=(24, 1))
    assert_same(demo.histogram, demo.cells[2, 1])
    demo.cell = 4
    assert_same(demo.histogram, demo.cells[24, 1])


def test_contrast_shrinks_the_votes_and_keeps_the_lines():
    full, poor = (HogViewer(contrast=contrast) for contrast in (1, 0.2))
    assert_same(poor.cells, 0.2 * full.cells)
    assert_same(poor.strength, full.strength)
    assert_same(poor.image, 0.2 * grey_levels("cat").double() / 255)


def test_lines_have_a_strength_on_every_setting():
    for photo, cell, orientations in itertools.product(PHOTOS, (4, 8, 32), (2, 9, 18)):
        demo = HogViewer(photo=photo, cell=cell, orientations=orientations)
        strength = demo.strength
        assert strength.isfinite().all(), demo
        assert strength.min() >= 0
        full = (strength == 1).double().mean()
        assert 0 < full <= 0.01 + 2 / strength.numel(), demo


@pytest.mark.parametrize(
    ("name", "bad"),
    [
        ("photo", "dog"),
        ("cell", 3),
        ("cell", 33),
        ("cell", 8.5),
        ("orientations", 1),
        ("orientations", 19),
        ("contrast", 0.1),
        ("contrast", 1.1),
        ("contrast", math.nan),
        ("opacity", -0.1),
        ("opacity", 1.1),
        ("opacity", math.nan),
        ("chosen", (0, 25)),
        ("chosen", (-1, 0)),
        ("chosen", "ab"),
    ],
)
def test_settings_have_bounds(name, bad):
    demo = HogViewer()
    before = demo.state()
    with pytest.raises(traitlets.TraitError, match=name):
        setattr(demo, name, bad)
    assert demo.state() == before


def test_the_page_carries_the_photographs_once_and_the_settings_beside_the_demo():
    demo = HogViewer()
    names = ["cell", "chosen", "contrast", "opacity", "orientations", "photo"]
    assert sorted(demo.state()) == names
    assert tuple(demo.asset_values()["photos"]) == PHOTOS
    assert len(demo.to_html()) < 1500
    with pytest.raises(TypeError, match="no control 'cells'"):
        HogViewer(cells=3)
