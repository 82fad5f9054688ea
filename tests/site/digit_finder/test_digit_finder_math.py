"""Scenes, reports and fates in the browser, against Python and torch."""

import random

import pytest
import torch

from utils.boxes.overlap import iou
from utils.widgets.digit_finder import DigitFinder
from utils.widgets.digit_finder.network import cells_of, packed, reports
from utils.widgets.digit_finder.table import COUNT, LEAST, MOST, SIZE, extent, painted, sprite
from utils.widgets.kit.ink import as_picture

SCENE = """(module, ground, objects, digits) => {
    const bytes = Uint8Array.from(atob(ground), (one) => one.charCodeAt(0));
    window.sprites ??= module.shelfOf(digits);
    const { greys, boxes, inSight } = module.composed(bytes, objects, window.sprites);
    return { greys: [...greys], boxes, inSight };
}"""
SAID = """(module, shape, values) => {
    const cells = module.cellsOf({ shape, values });
    return [cells, module.reports(cells, true), module.reports(cells, false)];
}"""
RUN = """(module, net, values) => {
    const maps = module.forward(module.unpack(net), { shape: [1, 64, 64], values });
    return [...maps.at(-1).values];
}"""


def drawn(seed):
    """One to four objects anywhere in the scene, one upon the other at times."""
    draw, rows = random.Random(seed), []
    for _ in range(1 + seed % COUNT):
        digit, side = draw.randrange(10), draw.randint(LEAST, MOST)
        corner = [draw.randint(0, SIZE - length) for length in extent(digit, side)]
        if rows and seed % 3 == 0:
            digit, side, *corner = rows[-1]  # the same object in the same place
        rows.append([digit, side, *corner])
    return DigitFinder(objects=rows, ground=seed % 4)


CASES = [drawn(seed) for seed in range(24)]


@pytest.fixture(scope="module")
def painting(open_module):
    return open_module("digit_finder/painting")


@pytest.fixture(scope="module")
def module(open_module):
    return open_module("digit_finder/math")


def test_scenes_are_those_of_python_pixel_by_pixel(painting):
    digits, covered = CASES[0].digits, 0
    for demo in CASES:
        found = painting.evaluate(SCENE, demo.grounds[demo.ground], demo.objects, digits)
        picture = torch.tensor(found["greys"]).view(SIZE, SIZE)
        assert torch.equal(picture, (demo.picture * 255).round().long())
        for ours, theirs in zip(found["boxes"], demo.boxes.tolist(), strict=True):
            assert ours == theirs
        assert found["inSight"] == pytest.approx(demo.in_sight.tolist(), abs=1e-6)
        covered += (demo.in_sight < 1).sum().item()
    assert covered > 8


def test_each_digit_has_the_same_tight_box_at_each_size(painting):
    digits = CASES[0].digits
    pairs = [(digit, side) for digit in range(10) for side in range(LEAST, MOST + 1, 4)]
    calls = [("spriteOf", digits[digit], side) for digit, side in pairs]
    for (digit, side), found in zip(pairs, painting.call_each(calls), strict=True):
        values, box = sprite(digit, side)
        assert found["box"] == list(box)
        wanted = values[:37, :37].flatten()
        assert torch.allclose(torch.tensor(found["values"]).double(), wanted, atol=1e-12)


def test_the_net_in_the_browser_is_that_of_torch(open_module):
    net = open_module("kit/convnet")
    for demo in CASES[:3]:
        values = net.evaluate(RUN, packed(), demo.picture.flatten().tolist())
        ours = torch.tensor(values, dtype=torch.float64).view(15, 8, 8)
        assert torch.allclose(ours.permute(1, 2, 0), demo.cell_numbers, atol=1e-9)


def test_reports_are_those_of_torch(module):
    suppressed = 0
    random_cells = torch.randn(6, 8, 8, 15, generator=torch.Generator().manual_seed(0)) * 2
    cells = cells_of(torch.stack([demo.picture[None] for demo in CASES[:12]]))
    for numbers in [*cells, *random_cells.double()]:
        maps = numbers.permute(2, 0, 1)
        said, *found = module.evaluate(SAID, list(maps.shape), maps.flatten().tolist())
        assert said[9]["numbers"] == pytest.approx(numbers[1, 1].tolist())
        assert said[9]["confidence"] == pytest.approx(numbers[1, 1, 4].sigmoid().item())
        for ours, isnt_raw in zip(found, (True, False), strict=True):
            (wanted,) = reports(numbers[None], suppressed=isnt_raw)
            assert [each["label"] for each in ours] == wanted["labels"].tolist()
            scores = [each["score"] for each in ours]
            assert scores == pytest.approx(wanted["scores"].tolist())
            boxes = torch.tensor([each["box"] for each in ours]).view(-1, 4).double()
            assert torch.allclose(boxes, wanted["boxes"], atol=1e-5)
            for each in ours:
                assert said[each["cell"]]["scores"][each["label"]] == each["score"]
        suppressed += len(found[1]) - len(found[0])
    assert suppressed > 8


def test_fates_and_verdicts_follow_the_overlaps(module):
    seen = set()
    for demo in CASES[:14]:
        record, truths = demo.record, demo.boxes
        overlaps = iou(truths, record["boxes"])
        shown = [
            {"box": box, "label": label, "score": score, "cell": 0}
            for box, label, score in zip(
                *(record[name].tolist() for name in ("boxes", "labels", "scores")), strict=True
            )
        ]
        given = demo.objects, truths.tolist(), shown
        fates, right = module.call_each([("fates", *given), ("verdicts", *given)])
        hits = overlaps >= 0.5
        classes = torch.tensor([row[0] for row in demo.objects])
        same = classes[:, None] == record["labels"]
        assert right == (hits & same).any(0).tolist()
        for row, fate in enumerate(fates):
            name = (
                "found" if (hits & same)[row].any() else "wrong" if hits[row].any() else "missed"
            )
            assert fate["fate"] == name
            seen.add(name)
            if name == "missed":
                best = overlaps[row].max().item() if len(shown) else 0
            else:
                at = int((hits & same if name == "found" else hits)[row].int().argmax())
                assert fate["report"] == shown[at]
                best = overlaps[row, at].item()
            assert fate["iou"] == pytest.approx(best, abs=1e-6)
            centre = (truths[row, :2] + truths[row, 2:]) / 2 // 8
            column, line = centre.clamp(0, 7).int().tolist()
            assert fate["cell"] == 8 * line + column
    assert seen == {"found", "wrong", "missed"}


def test_an_overlap_is_that_of_the_book(module):
    boxes = torch.cat([demo.boxes for demo in CASES[:10]])
    boxes = torch.cat([boxes, boxes[:1] * 0])
    pairs = [(one, other) for one in boxes.tolist() for other in boxes[:6].tolist()]
    found = module.call_each([("iou", *pair) for pair in pairs])
    wanted = iou(boxes, boxes[:6]).flatten().tolist()
    assert found == pytest.approx(wanted, abs=1e-6)


@pytest.mark.parametrize(
    ("side", "in_sight", "threshold", "fate", "done"),
    [
        (20, 0.7, 0.5, "missed", True),
        (19, 0.7, 0.5, "missed", False),
        (20, 0.69, 0.5, "missed", False),
        (20, 0.7, 0.55, "missed", False),
        (20, 1, 0.05, "missed", True),
        (20, 1, 0.5, "wrong", False),
        (20, 1, 0.5, "found", False),
    ],
)
def test_the_task_wants_a_large_digit_in_sight(module, side, in_sight, threshold, fate, done):
    found = [{"fate": "found"}, {"fate": fate}]
    given = [[1, 24, 0, 0], [2, side, 9, 9]], found, [1, in_sight], threshold
    assert module.call("isHidden", *given) is done


def test_python_paints_later_objects_of_one_size_on_top():
    ground = as_picture(CASES[0].grounds[0])
    both = painted(ground, [[1, 20, 10, 10], [1, 20, 10, 10]])[1]
    assert both.unique().tolist() == [0, 2]
