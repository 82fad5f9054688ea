"""Where the parts of the broadcasting picture lie, for many pairs of shapes."""

import itertools

import pytest

LAYOUTS = """(layout, [scene, cases]) => cases.map(([width, settings]) => {
    const now = scene.scene(settings);
    const blocks = {
        a: scene.operandBlock(now, "a"),
        b: scene.operandBlock(now, "b"),
        c: now.result && scene.resultBlock(now),
    };
    const places = layout.layout(width, blocks);
    for (const block of Object.values(blocks)) if (block) block.cells = block.cells.length;
    return { width, blocks, places };
})"""
WIDTHS = (290, 338, 519, 520, 766, 830)  # of the picture; from 520 on all blocks stand in a row


@pytest.fixture(scope="module")
def found(open_module, pairs):
    """The layout for each width and pair of shapes."""
    scene, layout = (open_module(f"broadcasting/{name}").module for name in ("scene", "layout"))
    settings = [
        {"a_shape": a, "b_shape": b, "step": 6, "index": [0, 0, 0, 0], "operation": "add"}
        for a, b in list(pairs)[::3]
    ]
    cases = [[*case] for case in itertools.product(WIDTHS, settings)]
    return layout.evaluate(LAYOUTS, [scene, cases])


def extent(block, place):
    """The edges of a block with all its sheets: left, top, right, bottom."""
    depth = place["deep"] * max(0, block["sheets"] - 1)
    right = place["x"] + block["columns"] * place["unit"] + depth
    return place["x"], place["y"] - depth, right, place["y"] + block["rows"] * place["unit"]


def test_each_block_lies_in_a_box_of_its_own(found):
    for each in found:
        places = each["places"]["blocks"]
        for name, place in places.items():
            box = place["box"]
            assert box["x"] >= -1e-6 and box["x"] + box["width"] <= each["width"] + 1e-6
            assert box["y"] + box["height"] <= each["places"]["height"]
            if each["blocks"][name]:
                left, top, right, bottom = extent(each["blocks"][name], place)
                assert box["x"] - 1e-6 <= left and right <= box["x"] + box["width"] + 1e-6
                assert box["y"] - 1e-6 <= top and bottom <= box["y"] + box["height"] + 1e-6
        for one, other in itertools.combinations([place["box"] for place in places.values()], 2):
            aside = one["x"] + one["width"] <= other["x"] + 1e-6
            assert aside or one["y"] + one["height"] < other["y"]


def test_the_picture_is_as_high_for_any_shapes(found):
    for width in WIDTHS:
        heights = {each["places"]["height"] for each in found if each["width"] == width}
        assert len(heights) == 1, width


def test_all_blocks_have_cells_of_one_size_with_room_for_their_numbers(found):
    for each in found:
        units = {place["unit"] for place in each["places"]["blocks"].values()}
        assert len(units) == 1
        assert units.pop() >= (16 if each["width"] < 300 else 18)


def test_signs_stand_between_the_blocks(found):
    for each in found:
        boxes = {name: place["box"] for name, place in each["places"]["blocks"].items()}
        plus, equals = each["places"]["signs"]
        assert boxes["a"]["x"] + boxes["a"]["width"] < plus["x"] < boxes["b"]["x"]
        assert equals["x"] < boxes["c"]["x"]
        top, height = boxes["c"]["y"], boxes["c"]["height"]
        assert equals["y"] == pytest.approx(top + height / 2)
