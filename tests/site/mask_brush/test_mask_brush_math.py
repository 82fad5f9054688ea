"""The functions of the demo against torch and the book's own scores."""

import pytest
import torch
import torch.nn.functional as F
from torchmetrics.functional.classification import binary_jaccard_index
from torchmetrics.functional.segmentation import dice_score

from utils.metrics.segmentation import confusion, dice, pixel_accuracy
from utils.widgets.mask_brush import as_hex, as_mask
from utils.widgets.mask_brush.twins import HEIGHT, WIDTH

COUNT = 120


def drawn(seed):
    """Two masks; every sixth time one or both are empty or full."""
    random = torch.Generator().manual_seed(seed)
    shares = torch.rand(2, generator=random)
    if seed % 6 == 0:
        shares = shares.round()
    return [(torch.rand(HEIGHT, WIDTH, generator=random) < s).long() for s in shares]


PAIRS = [drawn(seed) for seed in range(COUNT)]
FLAT = [[mask.flatten().tolist() for mask in pair] for pair in PAIRS]


@pytest.fixture(scope="module")
def math(open_module):
    return open_module("mask_brush/math")


def test_scores_are_those_of_torchmetrics(math):
    counts = math.call_each([("count", *pair) for pair in FLAT])
    found = math.call_each([("scores", each) for each in counts])
    absent = 0
    for (painted, truth), each, scored in zip(PAIRS, counts, found, strict=True):
        table = confusion(painted, truth, 2)
        assert [[each["rest"], each["beside"]], [each["missed"], each["right"]]] == table.tolist()
        assert scored["accuracy"] == pytest.approx(pixel_accuracy(table).item())
        if not (painted.any() or truth.any()):
            absent += 1
            assert scored["iou"] is None and scored["dice"] is None
            continue
        iou = binary_jaccard_index(painted, truth).item()
        assert scored["iou"] == pytest.approx(iou, abs=1e-6)
        assert scored["dice"] == pytest.approx(dice(table)[1].item())
        theirs = dice_score(painted[None], truth[None], 2, average="none", input_format="index")
        assert scored["dice"] == pytest.approx(theirs[0, 1].item(), abs=1e-6)
    assert 0 < absent < COUNT / 6


def test_masks_go_through_their_text_as_in_python(math):
    texts = [as_hex(painted == 1) for painted, _ in PAIRS]
    assert math.call_each([("bits", each) for each in texts]) == [pair[0] for pair in FLAT]
    assert math.call_each([("text", pair[0]) for pair in FLAT]) == texts
    assert [as_mask(each).flatten().long().tolist() for each in texts] == [p[0] for p in FLAT]


def test_masks_are_moved_grown_and_shrunk_as_by_torch(math):
    steps = [(0, 1), (0, -1), (1, 0), (-1, 0), (3, -2), (0, 0), (40, 0)]
    for (painted, _), (flat, _), (down, right) in zip(PAIRS, FLAT, steps * 20, strict=False):
        (found,) = math.call_each([("shifted", flat, [down, right], WIDTH)])
        wanted = F.pad(painted, (50, 50, 50, 50)).roll((down, right), (0, 1))[50:-50, 50:-50]
        assert found == wanted.flatten().tolist()
    big = [F.max_pool2d(p[None].double(), 3, 1, 1)[0].long() for p, _ in PAIRS]
    small = [1 - F.max_pool2d(1 - p[None].double(), 3, 1, 1)[0].long() for p, _ in PAIRS]
    assert math.call_each([("grown", flat, WIDTH) for flat, _ in FLAT]) == [
        mask.flatten().tolist() for mask in big
    ]
    assert math.call_each([("shrunk", flat, WIDTH) for flat, _ in FLAT]) == [
        mask.flatten().tolist() for mask in small
    ]


def test_a_brush_is_round_and_stays_within_the_picture(math):
    empty = [0] * (WIDTH * HEIGHT)
    middle, corner = 10 * WIDTH + 20, 0
    sizes = {1: 1, 2: 4, 3: 9, 4: 12, 5: 21}
    for size, area in sizes.items():
        spot, cut = math.call_each(
            [("brushed", empty, [place], size, 1, WIDTH) for place in (middle, corner)]
        )
        rows = torch.tensor(spot).view(HEIGHT, WIDTH).nonzero()
        assert len(rows) == area, size
        assert (rows.amax(0) - rows.amin(0) + 1).tolist() == [size, size]
        assert spot[middle] == cut[corner] == 1 and 0 < sum(cut) <= area
        (gone,) = math.call_each([("brushed", spot, [middle], size, 0, WIDTH)])
        assert gone == empty


def test_a_way_has_no_gap(math):
    random = torch.Generator().manual_seed(1)
    ends = torch.randint(WIDTH * HEIGHT, (40, 2), generator=random).tolist()
    for (start, stop), path in zip(
        ends, math.call_each([("way", *pair, WIDTH) for pair in ends]), strict=True
    ):
        assert path[0] == start and path[-1] == stop
        rows = torch.tensor([[place // WIDTH, place % WIDTH] for place in path])
        assert (rows.diff(dim=0).abs().amax(1) == 1).all()
    assert math.call_each([("way", 7, 7, WIDTH)]) == [[7]]


def test_steps_are_those_of_a_shifted_truth(math):
    truth = torch.zeros(HEIGHT, WIDTH, dtype=torch.int64)
    truth[3:9, 4:8] = 1
    calls = [
        ("steps", truth.roll(far, 1).flatten().tolist(), truth.flatten().tolist(), WIDTH, 6)
        for far in (0, 1, 6, 7, -1)
    ]
    assert math.call_each(calls) == [0, 1, 6, None, None]


def area_of(path):
    """The pixels of rectangles in a path."""
    pixels = set()
    for part in path.split("M")[1:]:
        place, long = part.split("h")[:2]
        column, row = map(int, place.split(" "))
        pixels |= {(row, column + step) for step in range(int(long.split("v")[0]))}
    return pixels


def test_the_outline_runs_between_object_and_ground(math):
    for (painted, _), (flat, _) in zip(PAIRS[:20], FLAT, strict=False):
        (path,) = math.call_each([("edges", flat, WIDTH)])
        across = F.pad(painted, (0, 0, 1, 1)).diff(dim=0).abs().nonzero().tolist()
        down = F.pad(painted, (1, 1)).diff(dim=1).abs().nonzero().tolist()
        wanted = {f"{column} {row}h1" for row, column in across}
        wanted |= {f"{column} {row}v1" for row, column in down}
        assert set(path.split("M")[1:]) == wanted
