"""The arithmetic and the words of the HOG viewer, in Chromium, against torch."""

import itertools
import re

import pytest
import torch
import torch.nn.functional as F

from utils.checks import assert_same
from utils.widgets.hog_viewer import HogViewer
from utils.widgets.kit.photographs import PHOTOS, grey_levels

CASES = 240
SIDES = (4, 34)  # of a random picture
CLOSE = {"rtol": 1e-12, "atol": 1e-14}  # float64, and sums of at most 1,024 votes
NO_NUMBER = r"NaN|Infinity|undefined|null|-0\b|−0\b"
BATCH = """(module, all) => all.map(({ pixels, width, height, state, places }) => {
    const { brightness, cellHistograms, histogramAt, largestBin, strengths } = module;
    const image = brightness(Uint8Array.from(pixels), state.contrast);
    const cells = cellHistograms(image, width, height, state);
    const { shares, full } = strengths(cells.values);
    const chosen = places.map((place) => histogramAt(cells, state.orientations, place));
    const best = chosen.map(largestBin);
    const { rows, columns } = cells;
    return { rows, columns, values: cells.values, shares, full, chosen, best };
})"""


def by_torch(pixels, *, cell, orientations, contrast):
    """The cells of the page on image features."""
    image = contrast * (pixels.double() / 255)
    row, col = torch.zeros_like(image), torch.zeros_like(image)
    row[1:-1] = image[2:] - image[:-2]
    col[:, 1:-1] = image[:, 2:] - image[:, :-2]
    angle = torch.rad2deg(torch.atan2(row, col)).remainder(180)
    index = (angle * orientations / 180 + 1e-6).long() % orientations
    votes = F.one_hot(index, orientations) * row.hypot(col)[..., None]
    rows, cols = (size // cell for size in image.shape)
    votes = votes[: rows * cell, : cols * cell]
    return votes.unflatten(1, (cols, cell)).unflatten(0, (rows, cell)).mean(dim=(1, 3))


def random_case(number, generator):
    """One picture and setting; pictures of few greys have many angles on the edges of bins."""

    def draw(low, high):
        return int(torch.randint(low, high + 1, (), generator=generator))

    height, width = draw(*SIDES), draw(*SIDES)
    greys = (256, 2, 3, 5)[number % 4]
    pixels = torch.randint(0, greys, (height, width), generator=generator)
    if number % 7 == 0:
        pixels = pixels.sort(dim=number % 2).values  # a slope
    if number % 50 == 0:
        pixels = torch.full_like(pixels, draw(0, 255))
    state = {
        "cell": draw(2, min(height, width, 32)),
        "orientations": draw(2, 18),
        "contrast": 1.0 if number % 3 == 0 else draw(20, 100) / 100,
    }
    return pixels, state


@pytest.fixture(scope="module")
def cases():
    generator = torch.Generator().manual_seed(7)
    return [random_case(number, generator) for number in range(CASES)]


@pytest.fixture(scope="module")
def answers(open_module, cases):
    """What the module makes of all cases, asked for in one call, and the cells of torch."""
    sent = []
    for pixels, state in cases:
        height, width = pixels.shape
        counts = [range(side // state["cell"]) for side in pixels.shape]
        places = list(itertools.product(*counts))[:: max(1, height // 4)]
        flat = {"pixels": pixels.flatten().tolist(), "height": height, "width": width}
        sent.append({**flat, "state": state, "places": places})
    found = open_module("hog_viewer/math").evaluate(BATCH, sent)
    assert len(found) == CASES
    return [
        {**answer, "places": case["places"], "torch": by_torch(pixels, **state)}
        for answer, case, (pixels, state) in zip(found, sent, cases, strict=True)
    ]


def tensor(numbers):
    return torch.tensor(numbers, dtype=torch.float64)


def ends(path):
    """Start and way of every line of an SVG path, float64 ``(lines, 4)``."""
    lines = re.findall(r"M(\S+) (\S+?)l(\S+) (\S+?)(?=M|$)", path)
    return tensor([[float(number) for number in line] for line in lines]).view(-1, 4)


def test_every_cell_is_that_of_torch(answers):
    for answer in answers:
        expected = answer["torch"]
        assert (answer["rows"], answer["columns"]) == expected.shape[:2]
        assert_same(tensor(answer["values"]).view(expected.shape), expected, **CLOSE)


def test_the_chosen_cell_and_its_largest_bin_are_those_of_torch(answers):
    empty = 0
    for answer in answers:
        expected = answer["torch"]
        found = zip(answer["places"], answer["chosen"], answer["best"], strict=True)
        for place, histogram, best in found:
            assert_same(tensor(histogram), expected[place], **CLOSE)
            if not expected[place].any():
                assert best == -1
                empty += 1
                continue
            # Of votes that are equal but for rounding, either may be the largest.
            assert expected[place][best] == pytest.approx(expected[place].max().item(), rel=1e-12)
            assert best == histogram.index(max(histogram))
    assert empty > 10


def test_strengths_are_shares_of_the_quantile_of_torch(answers):
    blank = 0
    for answer in answers:
        cells = answer["torch"].flatten()
        full = cells.quantile(0.99)
        assert_same(tensor(answer["full"]), full, **CLOSE)
        # Where 99 of 100 numbers are zero, what is not zero has full strength.
        expected = (cells / full).clamp(max=1).nan_to_num(0)
        assert_same(tensor(answer["shares"]), expected, rtol=1e-11, atol=1e-12)
        blank += not cells.any()
    assert blank > 2


def test_every_photograph_gives_the_cells_of_python(open_module):
    settings = itertools.product(PHOTOS, (4, 9, 32), (8, 18), (1.0, 0.35))
    names = ("photo", "cell", "orientations", "contrast")
    demos = [HogViewer(**dict(zip(names, values, strict=True))) for values in settings]
    sent = [
        {
            "pixels": grey_levels(demo.photo).flatten().tolist(),
            "width": 100,
            "height": 100,
            "state": demo.state(),
            "places": [],
        }
        for demo in demos
    ]
    found = open_module("hog_viewer/math").evaluate(BATCH, sent)
    for demo, answer in zip(demos, found, strict=True):
        assert_same(tensor(answer["values"]), demo.cells.flatten(), **CLOSE)
        assert_same(tensor(answer["shares"]), demo.strength.flatten(), rtol=1e-11, atol=1e-12)


def test_a_line_for_every_bin_runs_along_its_edge(open_module):
    module, levels = open_module("hog_viewer/math"), 24
    for cell, orientations in ((4, 18), (8, 9), (25, 7), (32, 2)):
        demo = HogViewer(cell=cell, orientations=orientations)
        rows, columns, _ = demo.cells.shape
        given = {"rows": rows, "columns": columns}, demo.strength.flatten().tolist()
        paths = module.call("linePaths", *given, demo.state(), levels)
        # As the page on image features draws them, but in pixels from the corner of the picture.
        turn = (torch.arange(orientations) + 0.5) * torch.pi / orientations
        along = 0.45 * cell * torch.stack((-turn.sin(), turn.cos()), dim=1)
        middle = (torch.arange(rows) + 0.5) * cell
        y, x = torch.meshgrid(middle, middle, indexing="ij")
        middle = torch.stack((x, y), dim=-1)[:, :, None]
        expected = torch.cat((middle - along, (2 * along).expand(rows, columns, -1, 2)), dim=3)
        strength = (levels * demo.strength).round()
        assert [len(of_bin) for of_bin in paths] == [levels] * orientations
        for bin, level in itertools.product(range(orientations), range(1, levels + 1)):
            here = expected[:, :, bin][strength[..., bin] == level].double()
            assert_same(ends(paths[bin][level - 1]), here, rtol=0, atol=0.021)


def test_a_line_for_every_pixel_of_a_cell_is_as_long_as_its_gradient(open_module, cases):
    call = """(module, all) => all.map(({ pixels, width, height, state, place }) => {
        const image = module.brightness(Uint8Array.from(pixels), state.contrast);
        const votes = module.votesIn(image, width, height, state, place);
        return [votes, module.votePaths(votes, state.orientations)];
    })"""
    sent = []
    for pixels, state in cases[:80]:
        height, width = pixels.shape
        place = [side // state["cell"] - 1 for side in pixels.shape]
        flat = {"pixels": pixels.flatten().tolist(), "height": height, "width": width}
        sent.append({**flat, "state": state, "place": place})
    found = open_module("hog_viewer/math").evaluate(call, sent)
    for (pixels, state), case, (votes, paths) in zip(cases, sent, found, strict=False):
        cell, place = state["cell"], case["place"]
        image = state["contrast"] * (pixels.double() / 255)
        row, col = torch.zeros_like(image), torch.zeros_like(image)
        row[1:-1] = image[2:] - image[:-2]
        col[:, 1:-1] = image[:, 2:] - image[:, :-2]
        here = tuple(slice(at * cell, (at + 1) * cell) for at in place)
        row, col = row[here], col[here]
        length = row.hypot(col)
        y, x = length.nonzero().unbind(dim=1)
        assert [[vote["y"], vote["x"]] for vote in votes] == torch.stack((y, x), dim=1).tolist()
        histogram = torch.zeros(state["orientations"], dtype=torch.float64)
        for vote in votes:
            assert vote["down"] == pytest.approx(row[vote["y"], vote["x"]].item())
            assert vote["across"] == pytest.approx(col[vote["y"], vote["x"]].item())
            histogram[vote["bin"]] += length[vote["y"], vote["x"]] / cell**2
        assert_same(histogram, by_torch(pixels, **state)[tuple(place)], **CLOSE)
        reach = 0.45 * torch.stack((-row, col), dim=-1) / length.max()
        middle = torch.stack((x, y), dim=1) + 0.5
        expected = torch.cat((middle - reach[y, x], 2 * reach[y, x]), dim=1)
        for bin, path in enumerate(paths):
            mine = torch.tensor([vote["bin"] == bin for vote in votes], dtype=torch.bool)
            assert_same(ends(path), expected[mine], rtol=0, atol=0.0051)


def test_a_cell_is_level_if_one_bin_at_90_degrees_has_most_votes(open_module):
    cases = {
        (0, 0, 0, 0, 5, 1, 1, 1, 1): True,
        (0, 0, 0, 0, 2, 1, 1, 1, 0): False,  # 0.4 is not enough
        (0, 0, 0, 0, 3, 1, 1, 1, 1): True,
        (0, 0, 0, 3, 1, 1, 1, 1, 0): False,
        (0, 0, 3, 1, 0, 1): True,  # at an edge of a bin either side of it counts
        (0, 0, 1, 3, 0, 1): True,
        (0, 3, 1, 1, 0, 0): False,
        (0, 0, 0, 1, 3, 0): False,
        (0, 0, 3, 0, 0): False,  # bins too wide to be level
        (0,) * 9: False,
    }
    calls = [("isLevel", list(histogram)) for histogram in cases]
    assert open_module("hog_viewer/math").call_each(calls) == list(cases.values())


def test_angles_on_the_edge_of_a_bin_belong_to_the_bin_above(open_module):
    exact = {0: (0, 1), 45: (1, 1), 90: (1, 0), 135: (1, -1)}
    expected, calls = [], []
    for orientations, (angle, ends) in itertools.product(range(2, 19), exact.items()):
        for row, column in (ends, [-end for end in ends]):
            for scale in (1, 0.1, 1 / 255, 0.35 * 3 / 255):
                calls.append(("binOf", row * scale, column * scale, orientations))
                expected.append(angle * orientations // 180)
    # Just below 0 the angle rounds to 180; and there are zeros of both signs.
    for pair in ((-1e-20, 1), (-0.0, 1), (0.0, -1), (-0.0, -1), (1e-20, -1), (0, 0)):
        calls.append(("binOf", *pair, 9))
        expected.append(0)
    assert open_module("hog_viewer/math").call_each(calls) == expected


def test_a_cell_of_another_size_holds_the_middle_of_the_old_one(open_module):
    module = open_module("hog_viewer/math")
    sizes = list(itertools.product(range(4, 33, 3), range(4, 33, 5)))
    for before, after in sizes:
        count = 100 // before
        places = [(row, (2 * row) % count) for row in range(count)]
        found = module.call_each([("cellAround", p, before, after, 100) for p in places])
        for place, cell in zip(places, found, strict=True):
            for old, new in zip(place, cell, strict=True):
                middle = before * (old + 0.5)
                inside = after * new <= middle < after * (new + 1)
                assert inside or new == 100 // after - 1 <= middle / after
    bounds = [(-1, 5), (0.99, 5), (4.2, 5), (7, 5)]
    found = module.call_each([("bounded", *pair) for pair in bounds])
    assert found == [0, 0, 4, 4]
    infinite = "(module) => [Infinity, -Infinity].map((place) => module.bounded(place, 5))"
    assert module.evaluate(infinite) == [4, 0]


def test_words_for_bins_and_edges(open_module):
    module = open_module("hog_viewer/words")
    assert module.call("binEdges", 8, 9) == "160°–180°"
    assert module.call("binEdges", 1, 7) == "25.7°–51.4°"
    lying = {10: "are nearly upright", 45: "rise to the right", 80: "are nearly level"}
    lying |= {90: "are level", 130: "fall to the right", 170: "are nearly upright"}
    lying |= {22.5: "are nearly upright", 30: "rise to the right", 67.5: "are nearly level"}
    lying |= {112.5: "are nearly level", 150: "fall to the right", 157.5: "are nearly upright"}
    assert module.call_each([("edgeWords", angle) for angle in lying]) == list(lying.values())


def test_sentence_and_facts_name_what_is_shown_and_what_is_missing(open_module):
    module = open_module("hog_viewer/words")
    state = {"cell": 32, "orientations": 2, "contrast": 0.35, "opacity": 0.5}
    flat = {"histogram": [0, 0], "best": -1, "place": [1, 2], "state": state}
    assert module.call("sentence", flat) == (
        "In cell 1, 2 no pixel has a gradient, and every bin is 0."
    )
    steep = {**flat, "histogram": [0.1, 0.3], "best": 1}
    assert module.call("sentence", steep) == (
        "In cell 1, 2 the bin 90°–180° has 75\u00a0% of the votes, "
        "and its edges fall to the right."
    )
    bare = {**steep, "state": {**state, "opacity": 0}}
    assert module.call("sentence", bare).startswith("Strokes alone, no photograph: in cell 1, 2 ")
    cells = {"rows": 3, "columns": 3, "values": [0] * 1800}
    tally = "3 × 3 cells × 2 bins = 1,800 numbers"
    assert module.call("tally", cells, state) == tally
    for found in (flat, steep):
        given = {
            "cells": {"rows": 3, "columns": 3, "values": [0] * 18},
            "full": max(found["histogram"]),
            "state": state,
            "side": 100,
        }
        rows = module.call("facts", {**found, **given})
        text = "\n".join(" ".join(row) for row in rows)
        assert not re.search(NO_NUMBER, text), text
        assert "Cells 3 × 3 784 pixels at the edge fill no cell" in text
        assert "Numbers in all 18 3 × 3 × 2, for 10,000 pixels." in text
        assert "Contrast × 0.35" in text
        total = f"{sum(found['histogram']):.4f}"
        assert f"All its bins together {total} The mean length of the cell’s gradients." in text
        wanted = "none Every bin is 0." if found is flat else "0.3000 Bin 1: gradients at 90°–180°"
        assert wanted in text


def test_the_code_that_is_shown_gives_the_histogram(open_module):
    generator = torch.Generator().manual_seed(1)
    demos = []
    for number in range(60):
        cell = 4 + int(torch.randint(29, (), generator=generator))
        demos.append(
            HogViewer(
                photo=PHOTOS[number % 3],
                cell=cell,
                orientations=2 + number % 17,
                contrast=(1.0, 0.2, 0.77)[number % 3],
                chosen=torch.randint(100 // cell, (2,), generator=generator).tolist(),
            )
        )
    codes = open_module("hog_viewer/words").call_each(
        [("torchCode", demo.state(), 100, demo.chosen) for demo in demos]
    )
    for demo, code in zip(demos, codes, strict=True):
        names = {}
        exec(code, names)
        assert_same(names["histogram"], demo.histogram)
        assert max(map(len, code.splitlines())) <= 40
