"""What a reader does to the objects of a scene, against the same in Python."""

import itertools
import math
import random

import pytest

from utils.widgets.digit_finder import OPENING, DigitFinder
from utils.widgets.digit_finder.table import COUNT, LEAST, MOST, SIZE, extent

KEEP = "(module, digits) => { window.sprites = module.shelfOf(digits); }"
CALL = """(module, name, objects, ...given) => {
    const before = JSON.stringify(objects);
    const after = module[name](objects, ...given, window.sprites);
    return [after, JSON.stringify(objects) === before];
}"""


@pytest.fixture(scope="module")
def move(open_module):
    module = open_module("digit_finder/moves")
    open_module("digit_finder/painting").evaluate(KEEP, DigitFinder().digits)

    def call(name, objects, *given):
        after, is_kept = module.evaluate(CALL, name, objects, *given)
        assert is_kept, "the rows that were given have changed"
        DigitFinder(objects=after)  # they fit into the scene
        return after

    return call


def put(digit, side, corner):
    """A row with its corner rounded, a half upwards, and moved into the scene."""
    most = [SIZE - length for length in extent(digit, side)]
    places = [math.floor(place + 0.5) for place in corner]
    return [digit, side, *(max(0, min(m, p)) for m, p in zip(most, places, strict=True))]


def test_a_digit_goes_where_it_is_put_and_no_further_than_the_edge(move):
    for index, (x, y) in itertools.product(
        range(3), [(20, 9), (3.4, 7.6), (8.5, 9.5), (-9, 30), (99, 2), (5, -0.6), (12, 70)]
    ):
        wanted = [list(row) for row in OPENING]
        wanted[index] = put(*OPENING[index][:2], (x, y))
        assert move("placed", OPENING, index, [x, y]) == wanted


def test_a_digit_grows_around_its_centre_within_the_trained_sizes(move):
    draw, at_the_edge = random.Random(0), 0
    for _ in range(40):
        digit, side = draw.randrange(10), draw.randint(LEAST, MOST)
        corner = [draw.randint(0, SIZE - length) for length in extent(digit, side)]
        by = draw.choice([-20, -3, -1, 1, 2, 20])
        after = max(LEAST, min(MOST, side + by))
        sizes = zip(corner, extent(digit, side), extent(digit, after), strict=True)
        centred = [place + (before - now) / 2 for place, before, now in sizes]
        wanted = put(digit, after, centred)
        at_the_edge += wanted[2:] != [math.floor(place + 0.5) for place in centred]
        rows = [OPENING[0], [digit, side, *corner], OPENING[2]]
        assert move("resized", rows, 1, by) == [rows[0], wanted, rows[2]]
    assert at_the_edge > 2


def covered(one, other):
    """How many pixels the boxes of two rows share."""
    pairs = zip(one[2:], extent(*one[:2]), other[2:], extent(*other[:2]), strict=True)
    shared = [min(a + m, b + n) - max(a, b) for a, m, b, n in pairs]
    return math.prod(max(0, length) for length in shared)


FULL = [[0, 28, 0, 0], [0, 28, 30, 0], [0, 28, 10, 28]]


@pytest.mark.parametrize("rows", [[], OPENING[:1], OPENING, FULL])
def test_a_new_digit_comes_where_it_covers_least_and_near_the_middle(move, rows):
    for digit in (1, 4):
        *others, new = move("added", rows, digit)
        assert others == rows
        width, height = extent(digit, 18)
        assert new[:2] == [digit, 18]
        places = itertools.product(range(0, SIZE - width + 1, 2), range(0, SIZE - height + 1, 2))

        def rank(x, y, width=width, height=height, digit=digit):
            away = math.hypot(x + width / 2 - SIZE / 2, y + height / 2 - SIZE / 2)
            return sum(covered([digit, 18, x, y], row) for row in rows), away

        assert rank(*new[2:]) == pytest.approx(min(rank(*place) for place in places))


def test_a_fifth_digit_is_not_taken(move):
    rows = [*OPENING, [1, 12, 0, 0]]
    assert len(rows) == COUNT and move("added", rows, 3) == rows


def test_the_digit_that_is_removed_is_the_one(move):
    for index in range(3):
        assert move("removed", OPENING, index) == OPENING[:index] + OPENING[index + 1 :]
