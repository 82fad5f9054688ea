"""The indices, places and words of the pixel painter, in Chromium, against torch."""

import re

import pytest
import torch

from utils.widgets.pixel_painter import CHANNELS, ORDERS, SIDE, PixelPainter


@pytest.fixture(scope="module")
def cases():
    """240 settings, with the tensor that torch makes of each."""
    generator = torch.Generator().manual_seed(5)

    def integer(below):
        return int(torch.randint(below, (), generator=generator))

    found = []
    for at in range(240):
        planes = torch.randint(256, (3, SIDE, SIDE), generator=generator, dtype=torch.uint8)
        setting = {
            "picture": planes.tolist(),
            "row": integer(SIDE),
            "column": integer(SIDE),
            "order": ORDERS[at % 2],
            "channel": integer(3),
            "value": integer(256),
        }
        axes = (0, 1, 2) if at % 2 == 0 else (1, 2, 0)
        found.append((setting, planes, planes.permute(axes).contiguous()))
    # The draw meets the edges, where a mistake by one shows.
    assert {0, SIDE - 1} <= {s["row"] for s, *_ in found} & {s["column"] for s, *_ in found}
    return found


def each(open_module, part, function, cases, *names):
    """Call a function for every setting with the named values, or with the whole setting."""
    calls = [[s[name] for name in names] if names else [s] for s, *_ in cases]
    return open_module(f"pixel_painter/{part}").call_each([(function, *call) for call in calls])


def index(setting, channel):
    place = (setting["row"], setting["column"])
    return (channel, *place) if setting["order"] == ORDERS[0] else (*place, channel)


def test_shape_and_strides_are_those_of_torch(open_module, cases):
    shapes = each(open_module, "math", "shapeOf", cases, "order")
    strides = each(open_module, "math", "stridesOf", cases, "order")
    for (_, _, x), shape, stride in zip(cases, shapes, strides, strict=True):
        assert (shape, stride) == (list(x.shape), list(x.stride()))


def test_an_index_has_the_place_that_torch_computes(open_module, cases):
    names = ("order", "channel", "row", "column")
    indices = each(open_module, "math", "indexOf", cases, *names)
    places = each(open_module, "math", "placeOf", cases, *names)
    for (setting, _, x), found, place in zip(cases, indices, places, strict=True):
        assert tuple(found) == index(setting, setting["channel"])
        one = x[tuple(found)]  # a view of one number knows where it lies
        assert place == one.storage_offset(), setting["order"]


def test_the_three_places_hold_the_pixel_and_are_pythons(open_module, cases):
    places = each(open_module, "math", "placesOf", cases, "order", "row", "column")
    pixels = each(open_module, "math", "pixelAt", cases, "picture", "row", "column")
    for (setting, planes, x), three, light in zip(cases, places, pixels, strict=True):
        row, column = setting["row"], setting["column"]
        assert light == planes[:, row, column].tolist()
        assert [x.untyped_storage()[place] for place in three] == light
        demo = PixelPainter(row=row, column=column, order=setting["order"], picture=planes)
        assert (list(demo.places), list(demo.pixel)) == (three, light)


def test_the_line_of_memory_is_torchs_storage(open_module, cases):
    lines = each(open_module, "math", "flat", cases, "picture", "order")
    for (_, _, x), line in zip(cases, lines, strict=True):
        assert line == list(x.untyped_storage())


def test_a_place_leads_back_to_its_number(open_module):
    module = open_module("pixel_painter/math")
    places = range(3 * SIDE * SIDE)
    for order in ORDERS:
        numbers = module.call_each([("numberAt", order, place) for place in places])
        assert len(set(map(tuple, numbers))) == len(places)
        back = module.call_each([("placeOf", order, *number) for number in numbers])
        assert back == list(places)


def test_painting_changes_one_number_of_a_copy(open_module, cases):
    names = ("picture", "channel", "row", "column", "value")
    pictures = each(open_module, "math", "painted", cases, *names)
    for (setting, planes, _), picture in zip(cases, pictures, strict=True):
        wanted = planes.clone()
        wanted[setting["channel"], setting["row"], setting["column"]] = setting["value"]
        assert picture == wanted.tolist()
    kept = open_module("pixel_painter/math").evaluate(
        """(module) => {
            const old = [0, 1, 2].map(() => Array.from({ length: 8 }, () => Array(8).fill(7)));
            const now = module.painted(old, 1, 2, 3, 9);
            return [old.flat(2).every((value) => value === 7), now[1][2][3]];
        }"""
    )
    assert kept == [True, 9]


def test_a_step_stays_on_the_picture(open_module):
    module = open_module("pixel_painter/math")
    for place, by, after in (
        ([2, 6], [1, 0], [3, 6]),
        ([2, 7], [0, 1], [2, 7]),
        ([0, 0], [-1, 0], [0, 0]),
        ([7, 3], [1, -1], [7, 2]),
    ):
        assert module.call("stepped", place, by) == after
    far = module.evaluate(
        "(module) => [Infinity, -Infinity].map((by) => module.stepped([4, 4], [0, by]))"
    )
    assert far == [[4, 7], [4, 0]]


def test_a_number_stands_out_from_its_cell(open_module, cases):
    """Of black and white the better one by WCAG's formula, computed here once more."""
    colours = [planes[:, 0, column].tolist() for _, planes, _ in cases for column in range(2)]
    colours += [[level] * 3 for level in range(256)]
    shares = torch.tensor(colours, dtype=torch.float64) / 255
    linear = torch.where(shares <= 0.04045, shares / 12.92, ((shares + 0.055) / 1.055) ** 2.4)
    light = linear @ torch.tensor([0.2126, 0.7152, 0.0722], dtype=torch.float64)
    module = open_module("pixel_painter/math")
    found = module.call_each([("luminance", colour) for colour in colours])
    assert torch.allclose(torch.tensor(found, dtype=torch.float64), light, atol=1e-12)
    inks = module.call_each([("inkOn", colour) for colour in colours])
    on_white, on_black = 1.05 / (light + 0.05), (light + 0.05) / 0.05
    for ink, white, black in zip(inks, on_white, on_black, strict=True):
        chosen = {"#ffffff": white, "#000000": black}[ink]
        assert chosen == max(white, black) and chosen >= 4.5


def test_index_and_sum_are_pythons(open_module, cases):
    names = ("order", "channel", "row", "column")
    texts = each(open_module, "words", "expression", cases, *names)
    sums = each(open_module, "words", "placeText", cases, *names)
    tables = each(open_module, "words", "planeText", cases, "order", "channel")
    for (setting, planes, x), text, told, table in zip(cases, texts, sums, tables, strict=True):
        number = eval(text, {"x": x})
        assert number == planes[setting["channel"], setting["row"], setting["column"]]
        formula, place = re.fullmatch(r"place (.+) = (\d+)", told).groups()
        assert eval(formula.replace("·", "*")) == int(place) == number.storage_offset()
        assert torch.equal(eval(table, {"x": x}), planes[setting["channel"]])


def test_the_facts_are_written_as_python_writes_them(open_module):
    module = open_module("pixel_painter/words")
    for order in ORDERS:
        x = PixelPainter(order=order).tensor
        shape, strides = module.call("facts", order)
        assert (shape[2], strides[2]) == (str(tuple(x.shape)), str(x.stride()))
        named = shape[3].removeprefix("axes: ").split(", ")
        assert [x.shape[axis] for axis, name in enumerate(named) if name == "channel"] == [3]
        parts = module.call("memoryParts", order)
        assert len(parts) == x.shape[0]


def test_the_torch_lines_run_and_give_what_they_name(open_module, cases):
    codes = each(open_module, "words", "torchCode", cases)
    for (_, _, x), code in list(zip(cases, codes, strict=True))[::4]:
        *start, shape, strides, pixel, places = code.splitlines()
        names = {"torch": torch}
        exec("\n".join(start), names)
        assert torch.equal(names["x"], x) and names["x"].dtype == torch.uint8
        for line in (shape, strides, pixel, places):
            call, result = line.split("  # ")
            assert str(eval(call, names)) == result
        assert max(map(len, code.splitlines())) <= 79


def test_the_sentences_name_the_pixel_and_its_places(open_module, cases):
    sentences = each(open_module, "words", "sentence", cases)
    memories = each(open_module, "words", "memorySentence", cases)
    for (setting, planes, x), said, told in zip(cases, sentences, memories, strict=True):
        place = (setting["row"], setting["column"])
        light = planes[:, place[0], place[1]].tolist()
        colours = [f"{name} {value}" for name, value in zip(CHANNELS, light, strict=True)]
        assert f"Row {place[0]}, column {place[1]} sends {colours[0]}, {colours[1]} and" in said
        offsets = [x[index(setting, k)].storage_offset() for k in range(3)]
        assert [int(n) for n in re.findall(r"\d+", told)] == offsets
        apart = offsets[1] - offsets[0]
        assert ("side by side" in said) == (apart == 1) and ("64 places" in said) == (apart == 64)


@pytest.mark.parametrize(
    ("light", "remark"),
    [
        ([0, 0, 0], ": black"),
        ([255, 255, 255], ": white"),
        ([9, 9, 9], ": a grey"),
        ([9, 9, 8], ""),
    ],
)
def test_a_pixel_without_colour_is_named(open_module, light, remark):
    picture = [[[value] * SIDE] * SIDE for value in light]
    setting = {"picture": picture, "row": 0, "column": 7, "order": ORDERS[1]}
    said = open_module("pixel_painter/words").call("sentence", setting)
    wanted = f"blue {light[2]}{remark}. In memory"
    assert wanted in said
