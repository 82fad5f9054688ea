"""The arithmetic of the demo, against torch and against its Python side."""

import pytest
import torch

from utils.checks import assert_same
from utils.widgets.class_maps import SIDES, ClassMaps
from utils.widgets.class_maps.network import DIGIT, packed

SETTINGS = [
    {},
    {"side": 20, "first": "8", "second": "1", "at_first": (34, 34), "at_second": (3, 0)},
    {"side": 48, "first": "5", "second": "none", "at_first": (20, 34)},
    {"side": 28, "first": "9", "second": "9", "at_first": (5, 6), "at_second": (6, 9)},
]


@pytest.fixture(scope="module")
def found(open_module):
    open_module("kit/convnet").evaluate(
        "({ unpack }, packed) => { window.nin = unpack(packed); }", packed()
    )
    module, answers = open_module("class_maps/math"), []
    for setting in SETTINGS:
        demo = ClassMaps(**setting)
        laid = [(demo.first, demo.at_first), (demo.second, demo.at_second)]
        inks = {}
        for name, _ in laid:
            if name != "none":
                alone = ClassMaps(first=name, second="none", at_first=(0, 0), side=20)
                inks[name] = alone.picture[:DIGIT, :DIGIT].flatten().tolist()
        digits = [{"ink": inks[n], "place": list(at)} for n, at in laid if n != "none"]
        answers.append(
            module.evaluate(
                """(module, { digits, side }) => {
                    const picture = module.scene(digits, side);
                    const maps = module.classMaps(window.nin, picture, side);
                    const scores = module.means(maps);
                    const lists = maps.map((map) => [...map]);
                    const lead = module.ranked(scores);
                    return { picture: [...picture], maps: lists, scores, lead };
                }""",
                {"digits": digits, "side": demo.side},
            )
        )
    return answers


def test_pictures_maps_and_means_are_those_of_torch(found):
    for setting, answer in zip(SETTINGS, found, strict=True):
        demo = ClassMaps(**setting)
        picture = torch.tensor(answer["picture"], dtype=torch.float64)
        assert_same(picture.view(demo.side, demo.side), demo.picture)
        maps = torch.tensor(answer["maps"], dtype=torch.float64)
        assert_same(maps.view_as(demo.maps), demo.maps)
        assert_same(torch.tensor(answer["scores"], dtype=torch.float64), demo.scores)
        assert answer["lead"] == demo.scores.argsort(descending=True).tolist()


def test_weights_are_those_of_the_layers_of_torch(open_module):
    calls = [("headWeights", side) for side in SIDES]
    for side, answer in zip(SIDES, open_module("class_maps/math").call_each(calls), strict=True):
        assert answer == ClassMaps(side=side).weights
        places = (side // 4) ** 2
        dense = torch.nn.Linear(32 * places, 10, bias=False, device="meta")
        ones = torch.nn.Conv2d(32, 10, 1, bias=False, device="meta")
        assert answer == {"dense": dense.weight.numel(), "mean": ones.weight.numel()}


def test_a_digit_stays_within_the_picture(open_module):
    calls = [("within", place, 20) for place in ([-3, 4], [9, 6], [6, 7])]
    assert open_module("class_maps/math").call_each(calls) == [[0, 4], [6, 6], [6, 6]]
