import json
import struct

import numpy as np
import pytest
import safetensors.torch
import torch
from exercise_checks import assert_refuted, assert_right, in_every_form

from utils.exercises import web_digit_recogniser as exercises
from utils.mnist_view import mnist_view

CLAIMS = {
    "a view of the view is the view": True,
    "a drawing moved on larger paper has the same view": True,
    "twice the ink everywhere gives twice the view": True,
    "the view has as much ink as the drawing": False,
}


@in_every_form
def test_the_warm_ups_accept_the_right_numbers(form, capsys):
    assert_right(capsys, 1, exercises.check_file, [form(12730), form(50920), form(16976)])
    assert_right(capsys, 2, exercises.check_centring, [form(20), form(12.5), form(2)])


def test_the_fields_hold_the_right_numbers():
    for sheet, check in (
        (exercises.file, exercises.check_file),
        (exercises.centring, exercises.check_centring),
    ):
        check([question["right"] for question in sheet.questions])
    assert exercises.predict.questions[1]["right"] == 785 * 64 + 65 * 10
    row = torch.tensor([[0.0, 0.0, 1.0, 3.0]])
    inked = mnist_view(row).any(0).nonzero().flatten()
    assert (inked[0], len(inked)) == (2, 20)


@pytest.mark.parametrize(
    "wrong",
    [[12704, 50920, 16976], [12730, 12730, 16976], [12730, 50920, 16973], [None, 50920, 16976]],
)
def test_the_first_rejects(wrong):
    with pytest.raises(AssertionError, match="not yet: the"):
        exercises.check_file(wrong)


@pytest.mark.parametrize("wrong", [[28, 12.5, 2], [20, 10, 2], [20, 12.5, 1], [20, None, 2]])
def test_the_second_rejects(wrong):
    with pytest.raises(AssertionError, match="not yet: the"):
        exercises.check_centring(wrong)


def by_hand(data, dtype="<f4", skip=True):
    (length,) = struct.unpack("<Q", data[:8])
    header, numbers = json.loads(data[8 : 8 + length]), data[8 + length :]
    if skip:
        header.pop("__metadata__", None)
    return {
        name: torch.from_numpy(
            np.frombuffer(numbers[slice(*entry["data_offsets"])], dtype=dtype).astype("f4")
        ).reshape(entry["shape"])
        for name, entry in header.items()
    }


def as_arrays(data):
    return {name: tensor.numpy() for name, tensor in by_hand(data).items()}


def in_order(data):
    """Take the numbers in the order of the names, whatever the offsets say."""
    (length,) = struct.unpack("<Q", data[:8])
    header, at, found = json.loads(data[8 : 8 + length]), 8 + length, {}
    header.pop("__metadata__")
    for name, entry in header.items():
        start, end = entry["data_offsets"]
        part = np.frombuffer(data[at : at + end - start], dtype="<f4").copy()
        found[name] = torch.from_numpy(part).reshape(entry["shape"])
        at += end - start
    return found


def flat(data):
    return {name: tensor.flatten() for name, tensor in by_hand(data).items()}


@pytest.mark.parametrize("read", [by_hand, as_arrays, safetensors.torch.load])
def test_read_accepts(read, capsys):
    assert_right(capsys, 3, exercises.check_read, read)


@pytest.mark.parametrize(
    "read",
    [
        in_order,
        flat,
        lambda data: by_hand(data, dtype=">f4"),
        lambda data: {name: t for name, t in by_hand(data).items() if t.ndim},
        lambda data: None,
    ],
    ids=["in order", "flat", "other end first", "no scalars", "nothing"],
)
def test_read_rejects(read):
    with pytest.raises(AssertionError, match="not yet: "):
        exercises.check_read(read)


def by_any(ink):
    rows, columns = (ink.any(d).nonzero().flatten() for d in (1, 0))
    if not len(rows):
        return None
    return [int(place) for side in (rows, columns) for place in side[[0, -1]]]


def by_nonzero(ink):
    places = ink.nonzero()
    if not len(places):
        return None
    (top, left), (bottom, right) = places.amin(0), places.amax(0)
    return top, bottom, left, right


def by_numpy(ink):
    places = np.argwhere(ink.numpy())
    if not len(places):
        return None
    low, high = places.min(0), places.max(0)
    return np.array([low[0], high[0], low[1], high[1]])


NOT_BOXES = {
    "corners": lambda ink: None if not ink.any() else [by_any(ink)[k] for k in (0, 2, 1, 3)],
    "half open": lambda ink: (
        None if not ink.any() else [a + (k % 2) for k, a in enumerate(by_any(ink))]
    ),
    "dark ink": lambda ink: by_any(ink > 0.1),
    "full paper": lambda ink: (
        None if not ink.any() else [0, ink.shape[0] - 1, 0, ink.shape[1] - 1]
    ),
    "blank": lambda ink: by_any(ink) or [0, 0, 0, 0],
    "nothing": lambda ink: None,
}


@pytest.mark.parametrize("bounding_box", [by_any, by_nonzero, by_numpy])
def test_bounding_box_accepts(bounding_box, capsys):
    assert_right(capsys, 4, exercises.check_bounding_box, bounding_box)


@pytest.mark.parametrize("bounding_box", NOT_BOXES.values(), ids=NOT_BOXES)
def test_bounding_box_rejects(bounding_box):
    with pytest.raises(AssertionError, match="not yet: "):
        exercises.check_bounding_box(bounding_box)


def test_the_claims(capsys):
    assert_right(capsys, 5, exercises.check_claims, CLAIMS)
    for name in CLAIMS:
        assert_refuted(exercises.check_claims, CLAIMS, name, "drawing")
