"""The arithmetic of the demo, against torch and against its Python side."""

import pytest
import torch

from utils.checks import assert_same
from utils.widgets.kit.lenet import packed
from utils.widgets.occlusion import FILLS, PLACES, SIZES, Occlusion, mask

DOUBLE = torch.float64
CORNERS = (0, 0), (0, 13), (13, 0), (13, 13)


def flat(picture):
    return picture.flatten().tolist()


def test_the_patch_covers_what_the_mask_of_python_says(open_module):
    places = [*CORNERS, (7, 7), (1, 12)]
    cases = [(place, size, fill) for place in places for size in SIZES for fill in FILLS]
    picture = torch.rand(28, 28, generator=torch.Generator().manual_seed(0), dtype=DOUBLE)
    module = open_module("occlusion/math")
    calls = [("covered", flat(picture), *case) for case in cases]
    found = module.evaluate(
        "(module, calls) => calls.map(([name, ...given]) => Array.from(module[name](...given)))",
        calls,
    )
    for (place, size, fill), answer in zip(cases, found, strict=True):
        wanted = torch.where(mask(place, size), fill, picture)
        assert torch.equal(torch.tensor(answer, dtype=DOUBLE).view(28, 28), wanted)


def test_a_patch_in_the_middle_has_its_size_and_lies_around_its_cell():
    for size in SIZES:
        covered = mask((7, 5), size).nonzero()
        assert len(covered) == size * size
        assert (covered.double().mean(0) == torch.tensor([14.5, 10.5])).all()
    assert mask((0, 0), 10).sum() == 36 and mask((0, 0), 2).sum() == 4


def test_probabilities_and_drops_are_those_of_torch(open_module):
    settings = [("6", 6, 0.0), ("1", 10, 1.0), ("8", 4, 0.5)]
    places = [*CORNERS, (8, 4), (7, 7), (3, 9)]
    open_module("kit/convnet").evaluate(
        "({ unpack }, packed) => { window.lenet = unpack(packed); }", packed()
    )
    module = open_module("occlusion/math")
    for digit, size, fill in settings:
        demo = Occlusion(digit=digit, size=size, fill=fill)
        found = module.evaluate(
            """(module, { picture, label, places, size, fill }) => {
                const { probabilities, said } = module.answer(window.lenet, picture);
                const before = probabilities[label];
                const drops = places.map((place) =>
                    module.drop(window.lenet, picture, before, label, place, size, fill));
                return { probabilities, said, drops };
            }""",
            {
                "picture": flat(demo.picture),
                "label": int(digit),
                "places": [list(place) for place in places],
                "size": size,
                "fill": fill,
            },
        )
        with torch.no_grad():
            whole = demo._answers(torch.zeros(1, 28, 28, dtype=torch.bool))[0]
        assert_same(torch.tensor(found["probabilities"], dtype=DOUBLE), whole)
        assert found["said"] == whole.argmax() == int(digit)
        drops = torch.tensor([one["drop"] for one in found["drops"]], dtype=DOUBLE)
        assert_same(drops, torch.stack([demo.drops[place] for place in places]))
        for place, one in zip(places, found["drops"], strict=True):
            demo.place = place
            assert one["said"] == demo.said


@pytest.mark.parametrize(
    ("start", "end", "cells"),
    [
        ((2, 3), (2, 3), [31, 31]),
        ((0, 0), (0, 3), [0, 1, 2, 3]),
        ((3, 3), (1, 1), [45, 30, 15]),
        ((0, 0), (4, 2), [0, 15, 29, 44, 58]),
    ],
)
def test_the_way_of_a_drag_leaves_no_gap(open_module, start, end, cells):
    assert open_module("occlusion/math").call_each([("way", list(start), list(end))]) == [cells]


def test_cells_are_joined_in_order_and_places_are_numbered_row_by_row(open_module):
    found = open_module("occlusion/math").call_each(
        [
            ("joined", [5, 2], [2, 9, 0]),
            ("placeOf", 0),
            ("placeOf", PLACES - 1),
            ("placeOf", 15),
            ("indexOf", [1, 1]),
        ]
    )
    assert found == [[0, 2, 5, 9], [0, 0], [13, 13], [1, 1], 15]
