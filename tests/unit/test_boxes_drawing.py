"""utils.boxes.drawing: each rectangle lies where its box is."""

import matplotlib.pyplot as plt
import pytest
import torch
from matplotlib.colors import to_hex

from utils.boxes.drawing import draw_boxes, drawn_boxes, drawn_picture
from utils.plots import COLOURS, new_axes, plot_image

BOXES = torch.tensor([[3.0, 2, 7, 8], [0, 0, 10, 9], [-2, 4, 1, 12]])


@pytest.fixture
def axes():
    drawn = plot_image(torch.zeros(9, 10), ax=new_axes())
    yield drawn
    plt.close(drawn.figure)


def corners(axes):
    """Left, top, right and bottom of each rectangle, on the axes."""
    found = []
    for patch in axes.patches:
        x, y = patch.get_xy()
        found.append([x, y, x + patch.get_width(), y + patch.get_height()])
    return found


def test_a_box_around_the_whole_picture_lies_on_its_frame(axes):
    limits = axes.get_xlim(), axes.get_ylim()
    assert draw_boxes(axes, BOXES) is axes
    assert corners(axes) == (BOXES - 0.5).tolist()
    left, right, bottom, top = axes.images[0].get_extent()
    assert corners(axes)[1] == [left, top, right, bottom]
    assert (axes.get_xlim(), axes.get_ylim()) == limits


def test_the_extent_of_the_picture_is_looked_at(axes):
    axes.images[0].set_extent((0, 10, 9, 0))
    draw_boxes(axes, BOXES)
    assert corners(axes) == BOXES.tolist()
    other = new_axes()
    other.imshow([[0, 1], [1, 0], [0, 0]], extent=(0, 1, 1, 0))  # pixels of 1/2 by 1/3
    draw_boxes(other, torch.tensor([[1.0, 1, 2, 3]]))
    assert corners(other)[0] == pytest.approx([0.5, 1 / 3, 1, 1])
    plt.close(other.figure)


def test_what_was_drawn_is_read_off(axes):
    assert drawn_boxes(axes).shape == (0, 4)
    draw_boxes(axes, BOXES)
    assert torch.equal(drawn_boxes(axes), BOXES.double())
    assert torch.equal(drawn_picture(axes), torch.zeros(9, 10))
    other, numbers = new_axes(), torch.tensor([[0.0, 1], [1, 0], [0, 0]])
    other.imshow(numbers.tolist(), extent=(0, 1, 1, 0))
    torch.testing.assert_close(drawn_boxes(draw_boxes(other, BOXES)), BOXES.double())
    assert torch.equal(drawn_picture(other), numbers)
    plt.close(other.figure)


def test_without_a_picture_the_numbers_are_drawn_as_they_are():
    bare = new_axes()
    draw_boxes(bare, BOXES)
    assert corners(bare) == BOXES.tolist()
    plt.close(bare.figure)


def test_each_format_gives_the_same_rectangle(axes):
    for source, box in {"xywh": [3.0, 2, 4, 6], "cxcywh": [5.0, 5, 4, 6]}.items():
        draw_boxes(axes, torch.tensor([box], requires_grad=True), source=source)
    assert corners(axes) == [[2.5, 1.5, 6.5, 7.5]] * 2


def test_labels_and_colours_belong_to_their_boxes(axes):
    draw_boxes(axes, BOXES, ["a", 7, "c"], colours=["#000000", "#ffffff", COLOURS[0]], linewidth=1)
    assert [text.get_text() for text in axes.texts] == ["a", "7", "c"]
    assert [text.xy for text in axes.texts] == [p.get_xy() for p in axes.patches]
    assert [text.get_color() for text in axes.texts] == ["white", "black", "white"]
    edges = [to_hex(patch.get_edgecolor()) for patch in axes.patches]
    assert edges == ["#000000", "#ffffff", COLOURS[0].lower()]
    assert {patch.get_linewidth() for patch in axes.patches} == {1}
    assert not any(patch.get_fill() for patch in axes.patches)


def test_colours_come_in_turn_or_one_for_all(axes):
    draw_boxes(axes, torch.zeros(8, 4))
    draw_boxes(axes, BOXES, colours="red")
    edges = [to_hex(patch.get_edgecolor()) for patch in axes.patches]
    turn = [colour.lower() for colour in (*COLOURS, *COLOURS[:2])]
    assert edges == turn + ["#ff0000"] * 3


def test_no_box_draws_nothing(axes):
    draw_boxes(axes, torch.zeros(0, 4), [])
    assert not axes.patches and not axes.texts


WRONG = {
    "one box": (BOXES[0], {}, ValueError, r"must be \(n, 4\)"),
    "integers": (BOXES.long(), {}, TypeError, "floating point"),
    "wrong format": (torch.tensor([[3.0, 2, 2, 6]]), {}, ValueError, "format really xyxy"),
    "nan": (torch.tensor([[3.0, 2, float("nan"), 6]]), {}, ValueError, "NaN or infinity"),
    "labels": (BOXES, {"labels": ["a"]}, ValueError, "labels must be one a box: 1 for 3"),
    "colours": (BOXES, {"colours": ["red"] * 4}, ValueError, "colours must be one a box: 4 for 3"),
    "format": (BOXES, {"source": "yxyx"}, ValueError, "format must be one of"),
}


def test_what_cannot_be_drawn_is_refused(axes):
    for boxes, settings, kind, words in WRONG.values():
        with pytest.raises(kind, match=words):
            draw_boxes(axes, boxes, **settings)
        assert not axes.patches
