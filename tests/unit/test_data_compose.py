"""How scenes are drawn: the right digits, evenly spread, legible, on faded photographs."""

import pytest
import torch
import torch.nn.functional as F
from sklearn.datasets import load_digits
from torchvision.ops import masks_to_boxes

from utils.data import compose
from utils.data.images import resize
from utils.data.scenes import load_scenes


@pytest.fixture(autouse=True)
def offline(plain_environment, monkeypatch):
    monkeypatch.setenv("BOOK_OFFLINE", "1")


def test_a_digit_is_drawn_with_its_own_class():
    """Drawn digits, cut out by their boxes, are most like real digits of the class they have."""

    def cut(image, box):
        left, top, right, bottom = box.int().tolist()
        return resize(image[None, None, top:bottom, left:right], 8).flatten()

    digits = load_digits()
    reals = torch.from_numpy(digits.images).float() / 16
    edges = masks_to_boxes(reals > 0.4) + torch.tensor([0, 0, 1, 1])
    known = torch.stack([cut(real, box) for real, box in zip(reals, edges, strict=True)])
    drawn = load_scenes(60, objects=(1, 1), split="test", texture=False)
    cuts = [cut(one.mask.gt(0).float(), one.boxes[0]) for one in drawn]
    nearest = torch.cdist(torch.stack(cuts), known).argmin(1)
    found = torch.from_numpy(digits.target)[nearest]
    assert (found == torch.cat(drawn.classes)).double().mean() >= 0.9


def test_counts_classes_and_sizes_are_spread_evenly():
    drawn = load_scenes(500, classes=[9, 4, 1], texture=False)
    counts = torch.tensor([len(classes) for classes in drawn.classes])
    assert (counts.bincount() / 500)[1:].tolist() == pytest.approx([0.25] * 4, abs=0.04)
    kinds = torch.cat(drawn.classes).bincount(minlength=10) / counts.sum()
    assert kinds[[9, 4, 1]].tolist() == pytest.approx([1 / 3] * 3, abs=0.04)
    single = torch.cat([b for b in drawn.boxes if len(b) == 1])
    heights = single[:, 3] - single[:, 1]
    assert 9 <= heights.min() <= 13 and 24 <= heights.max() <= 30
    assert ((heights < 19).double().mean() - 0.5).abs() < 0.12
    centres = (single[:, :2] + single[:, 2:]) / 2
    assert centres.amin(0).max() < 12 and centres.amax(0).min() > 52, "everywhere in the scene"


def test_objects_come_from_the_largest_and_smaller_ones_cover_them():
    drawn = load_scenes(100, objects=(4, 4), classes=[0], texture=False)
    heights = torch.stack([boxes[:, 3] - boxes[:, 1] for boxes in drawn.boxes])
    steps = heights.diff(dim=1)
    assert (steps <= 3).all() and steps.mean() < -2, "zeros differ in height by a few pixels"


@pytest.mark.parametrize("split", ["train", "validation", "test"])
def test_ink_stands_out_from_what_is_around_it(split):
    drawn = load_scenes(80, split=split)
    for sample in drawn:
        for number in range(1, len(sample.classes) + 1):
            ink = (sample.instances == number).float()[None, None]
            around = (F.max_pool2d(ink, 5, 1, 2) > 0) & (sample.mask == 0)
            bright, dark = sample.image[ink[0] > 0], sample.image[None][around]
            assert bright.mean() - dark.mean() > 0.35


def test_a_background_is_one_photograph_faded_or_one_grey():
    size, most = 40, 1
    photograph = torch.rand(1, size, size, generator=torch.Generator().manual_seed(0)).double()
    chances = torch.full((2, compose.numbers_for(most)), 0.5, dtype=torch.float64)
    chances[:, 0] = 0  # no object
    chances[1, 4] = 0.4  # not flipped
    pools = [torch.ones(1, 8, 8, dtype=torch.float64)]
    pixels, instances, kinds = compose.compose(chances, (0, 1), size, pools, photograph)
    assert not instances.any() and (kinds == -1).all()
    for drawn, shown in ((pixels[1], photograph[0]), (pixels[0], photograph[0].flip(1))):
        assert torch.corrcoef(torch.stack([drawn.flatten(), shown.flatten()]))[0, 1] > 0.999
        assert drawn.min() >= 0.02 and drawn.max() <= 0.5
    empty = next(s for s in load_scenes(20, objects=(0, 1), texture=False) if not len(s.classes))
    assert len(empty.image.unique()) == 1
    textured = next(s for s in load_scenes(20, objects=(0, 1)) if not len(s.classes))
    assert len(textured.image.unique()) > 20


def test_where_no_room_is_left_there_are_fewer_objects_or_an_error(monkeypatch):
    monkeypatch.setattr(compose, "_TRIES", 1)
    drawn = load_scenes(60, objects=(1, 18), texture=False)
    counts = [len(classes) for classes in drawn.classes]
    assert min(counts) >= 1 and 6 < max(counts) < 18
    assert [int(instances.max()) for instances in drawn.instances] == counts
    assert torch.cat(drawn.classes).min() >= 0
    assert torch.equal(drawn.masks > 0, drawn.instances > 0), "each that is left has its class"
    with pytest.raises(ValueError, match="no room for 18 objects in 64 pixels: ask for fewer"):
        load_scenes(60, objects=(18, 18), texture=False)
