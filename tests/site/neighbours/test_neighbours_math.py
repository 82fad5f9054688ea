"""The arithmetic and the words of the demo of nearest neighbours, in Chromium, against torch."""

import re

import pytest
import torch

from utils.widgets.neighbours import PRESETS, Neighbours

CASES = 240


@pytest.fixture(scope="module")
def cases():
    """Random settings as states, among them few points, many ties and repeated places."""
    generator = torch.Generator().manual_seed(5)

    def draw(most, *shape):
        return torch.randint(most, shape, generator=generator)

    states = []
    for number in range(CASES):
        count = (0, 1, 2, 5, 20, 48)[number % 6]
        # On a coarse grid equal distances are frequent.
        step = (1, 10, 25)[draw(3, 1).item()]
        places = step * draw(100 // step + 1, count, 2)
        points = torch.cat([places, draw(3, count, 1)], dim=1)
        demo = Neighbours(
            points=points,
            query=tuple((step * draw(100 // step + 1, 2)).tolist()),
            k=1 + draw(15, 1).item(),
            distance=("L1", "L2")[draw(2, 1).item()],
            leave_out=bool(draw(2, 1)),
        )
        states.append(demo)
    return states


def as_state(demo):
    return {name: getattr(demo, name) for name in demo.controls()}


def called(open_module, module, function, given):
    return open_module(module).call_each([(function, *arguments) for arguments in given])


def test_neighbours_votes_and_winners_are_those_of_torch(open_module, cases):
    given = [(demo.points, demo.query, as_state(demo)) for demo in cases]
    found = called(open_module, "neighbours/math", "nearest", given)
    predicted = called(open_module, "neighbours/math", "predict", given)
    module = open_module("neighbours/math")
    votes = module.call_each(
        [("countVotes", demo.points, near) for demo, near in zip(cases, found, strict=True)]
    )
    ties = 0
    for demo, near, counts, label in zip(cases, found, votes, predicted, strict=True):
        assert near == demo.neighbours.tolist()
        assert counts == demo.votes.tolist()
        assert label == (-1 if demo.prediction is None else demo.prediction)
        ties += counts.count(max(counts)) > 1
    assert ties > 50


def test_distances_are_those_of_torch(open_module, cases):
    given = [(demo.query, demo.points[0], demo.distance) for demo in cases if demo.points]
    found = called(open_module, "neighbours/math", "distanceTo", given)
    wanted = [
        demo.distances(torch.tensor([demo.query]))[0, 0].item() for demo in cases if demo.points
    ]
    assert found == pytest.approx(wanted, rel=1e-14)


def test_training_errors_are_those_of_torch(open_module, cases):
    given = [(demo.points, as_state(demo)) for demo in cases]
    found = called(open_module, "neighbours/math", "wrongPoints", given)
    for demo, wrong in zip(cases, found, strict=True):
        assert (None if wrong is None else len(wrong)) == demo.training_errors
    assert {type(wrong) for wrong in found} == {list, type(None)}


def test_a_contested_seat_is_one_whose_distance_occurs_again(open_module, cases):
    given = [(demo.points, demo.query, as_state(demo)) for demo in cases]
    found = called(open_module, "neighbours/math", "isContested", given)
    for demo, contested in zip(cases, found, strict=True):
        ranked = demo.distances(torch.tensor([demo.query]))[0].sort().values
        wanted = len(ranked) > demo.k and ranked[demo.k] == ranked[demo.k - 1]
        assert contested == bool(wanted)
    assert 20 < sum(found) < CASES - 20


def test_regions_are_those_of_torch(open_module, cases):
    cells, (least, greatest) = 22, (-5, 105)
    given = [(demo.points, as_state(demo), [least, greatest], cells) for demo in cases[::11]]
    found = called(open_module, "neighbours/math", "regions", given)
    width = (greatest - least) / cells
    middles = least + width * (torch.arange(cells) + 0.5)
    places = torch.cartesian_prod(middles.flip(0), middles).flip(1)
    for demo, classes in zip(cases[::11], found, strict=True):
        assert classes == demo.predict(places).tolist()


def test_paths_cover_every_cell_once_with_its_class(open_module):
    cells, unit = 8, 4
    generator = torch.Generator().manual_seed(1)
    classes = torch.randint(-1, 3, (cells * cells,), generator=generator)
    paths = open_module("neighbours/scene").call("regionPaths", classes.tolist(), cells, unit)
    painted = torch.full((cells, cells), -1)
    for label, path in enumerate(paths):
        for part in path.split("M")[1:]:
            left, top, width = (
                int(value) for value in re.match(r"(\d+) (\d+)h(\d+)v4", part).groups()
            )
            run = painted[top // unit, left // unit : (left + width) // unit]
            assert (run == -1).all()
            run.fill_(label)
    assert painted.flatten().tolist() == classes.tolist()


def test_every_neighbour_has_its_way_and_the_ring_is_as_far_as_the_last(open_module, cases):
    given = [(as_state(demo),) for demo in cases]
    drawn = called(open_module, "neighbours/scene", "marks", given)
    for demo, marks in zip(cases, drawn, strict=True):
        near = demo.neighbours.tolist()
        assert len(marks) == (1 + 2 * len(near) if near else 0)
        if not near:
            continue
        ring, ways = marks[0]["area"], marks[1 : 1 + len(near)]
        far = torch.cdist(
            torch.tensor([demo.query]).double(),
            torch.tensor(ring).double(),
            p=int(demo.distance[1]),
        )
        last = demo.distances(torch.tensor([demo.query]))[0, near[-1]]
        assert torch.allclose(far, last, atol=1e-9)
        for way, index in zip(ways, near, strict=True):
            assert tuple(way["line"][0]) == demo.query
            assert tuple(way["line"][-1]) == demo.points[index][:2]
            assert len(way["line"]) == (3 if demo.distance == "L1" else 2)
        for way, again, index in zip(ways, marks[1 + len(near) :], near, strict=True):
            assert again == {"line": way["line"], "look": f"way-{demo.points[index][2]}"}


def test_the_torch_lines_run_and_give_the_numbers_behind_them(open_module, cases):
    given = [(as_state(demo),) for demo in cases[::5]]
    seen = 0
    for demo, code in zip(
        cases[::5], called(open_module, "neighbours/words", "torchCode", given), strict=True
    ):
        if not demo.points:
            assert code == "# There is no point to ask."
            continue
        names = {"torch": torch}
        body = code.split("query =")[0]
        exec(body, names)
        for line in ("query =" + code.split("query =")[1]).splitlines():
            call, _, comment = line.partition("  # ")
            if not comment:
                exec(call, names)
                continue
            result = torch.atleast_1d(eval(call, names)).tolist()
            wanted = [float(part) for part in comment.split(", class")[0].split(", ")]
            assert result == pytest.approx(wanted, abs=0.00501), line
            seen += 1
    assert seen > 100


def state(points, **others):
    return as_state(Neighbours(points=points, **others))


A, B, C = 0, 1, 2
SENTENCES = [
    ([], {}, "There is no point to ask. Add one, or choose a preset."),
    ([[0, 0, A]], {"k": 1}, "The nearest point is A, so the query is given A."),
    (
        [[0, 0, A]],
        {"k": 3},
        "k is 3, but there is only 1 point to ask. "
        "The nearest point is A, so the query is given A.",
    ),
    (
        [[0, 0, A], [3, 0, B]],
        {"k": 2},
        "A and B have 1 vote each: a tie, which goes to the first in the alphabet, A.",
    ),
    (
        [[0, 0, C], [3, 0, B], [4, 0, A], [5, 0, C], [6, 0, B]],
        {"k": 7},
        "k is 7, but there are only 5 points to ask. B and C have 2 votes each: a tie, which "
        "goes to the first in the alphabet, B.",
    ),
    (
        [[0, 0, A], [3, 0, B], [4, 0, C]],
        {"k": 3},
        "A, B and C have 1 vote each: a tie, which goes to the first in the alphabet, A.",
    ),
    ([[0, 0, B], [3, 0, B]], {"k": 2}, "All 2 neighbours are B, so the query is given B."),
    (
        [[0, 0, B], [3, 0, B], [4, 0, A], [9, 0, C]],
        {"k": 4},
        "2 votes for B, 1 for A and 1 for C: the query is given B.",
    ),
    (
        [[0, 2, B], [2, 0, A]],
        {"k": 1},
        "The nearest point is B, so the query is given B. Another point is as far as the "
        "last of them; the first in the list votes.",
    ),
]


def test_every_vote_has_its_sentence(open_module):
    calls = [
        ("voteSentence", state(points, query=(0, 0), **others)) for points, others, _ in SENTENCES
    ]
    told = open_module("neighbours/words").call_each(calls)
    assert told == [wanted for *_, wanted in SENTENCES]


ERRORS = [
    ([], False, "Without points there is no training error."),
    ([[0, 0, A]], True, "Left out of its own vote, a single point has nobody to ask."),
    ([[0, 0, A]], False, "Training error: 0 of 1 point wrong, each with a vote on itself."),
    (
        [[0, 0, A], [1, 0, B]],
        True,
        "Training error: 2 of 2 points wrong, each left out of its own vote.",
    ),
]


def test_the_training_error_is_told_with_its_rule(open_module):
    calls = [
        ("errorSentence", state(points, k=1, leave_out=leave_out))
        for points, leave_out, _ in ERRORS
    ]
    assert open_module("neighbours/words").call_each(calls) == [wanted for *_, wanted in ERRORS]


def test_rows_name_class_place_and_distance(open_module):
    module = open_module("neighbours/words")
    points = [[3, 4, B], [0, 0, A]]
    for distance, wanted in (("L2", ["0.00", "5.00"]), ("L1", ["0", "7"])):
        rows = module.call("neighbourRows", state(points, query=(0, 0), k=2, distance=distance))
        assert rows == [["A", "(0, 0)", wanted[0]], ["B", "(3, 4)", wanted[1]]]


def test_no_text_shows_a_number_that_is_none(open_module, cases):
    functions = ("voteSentence", "errorSentence", "torchCode", "neighbourRows")
    calls = [(name, as_state(demo)) for demo in cases[::2] for name in functions]
    told = str(open_module("neighbours/words").call_each(calls))
    assert not re.search(r"NaN|undefined|Infinity|null|None|-0\b", told)
    assert set(PRESETS) == {"island", "three classes", "checkerboard"}


def test_the_walk_is_one_round_on_a_circle_through_the_island(open_module):
    module = open_module("neighbours/story")
    places = torch.tensor(module.call_each([("placeOf", step) for step in range(48)])).double()
    assert places[0].tolist() == [29, 54] == list(PRESETS["island"][-1][:2])
    radii = (places - torch.tensor([53.0, 54])).norm(dim=1)
    assert (radii - 24).abs().max() < 0.75
    gaps = (places - places.roll(1, dims=0)).norm(dim=1)
    assert gaps.max() < 5 and gaps.min() > 1
    assert places[12].tolist() == [53, 78]  # over the top
    assert places.min() >= 0 and places.max() <= 100
    steps = module.call_each([("stepAt", place) for place in places.tolist()])
    assert steps == list(range(48))
    corners = [("stepAt", [0, 54]), ("stepAt", [53, 100]), ("stepAt", [100, 54])]
    assert module.call_each(corners) == [0, 12, 24]


def test_the_region_cells_have_exact_middles(open_module):
    middles = open_module("neighbours/math").call("middles", [-5, 105], 352)
    assert middles[:2] == [-4.84375, -4.53125] and middles[-1] == 104.84375


def test_smooth_regions_ask_each_part_near_a_border(open_module, cases):
    some = [demo for demo in cases[::20]] + [Neighbours(preset=name, k=3) for name in PRESETS]
    given = [(demo.points, as_state(demo), [-5, 105], 22, 4) for demo in some]
    found = called(open_module, "neighbours/math", "smoothRegions", given)
    step = 110 / 88
    middles = -5 + step * (torch.arange(88) + 0.5)
    places = torch.cartesian_prod(middles.flip(0), middles).flip(1)
    for demo, classes in zip(some, found, strict=True):
        wanted = demo.predict(places)
        assert len(classes) == 88 * 88
        # What is smaller than a cell and far from every border may be missed.
        assert (torch.tensor(classes) != wanted).double().mean() < 0.02
        rough = torch.tensor(classes).view(22, 4, 22, 4)
        assert (rough == rough[:, :1, :, :1]).all() == (wanted.unique().numel() == 1)


def test_smooth_regions_are_exact_at_a_straight_border(open_module):
    pairs = [
        ((50, 38), (50, 60)),
        ((50, 40), (50, 62)),
        ((38, 50), (60, 50)),
        ((40, 50), (62, 50)),
    ]
    demos = [Neighbours(points=[[*one, 0], [*other, 1]], k=1) for one, other in pairs]
    given = [(demo.points, as_state(demo), [-5, 105], 22, 4) for demo in demos]
    middles = -5 + 110 / 88 * (torch.arange(88) + 0.5)
    places = torch.cartesian_prod(middles.flip(0), middles).flip(1)
    for demo, classes in zip(
        demos, called(open_module, "neighbours/math", "smoothRegions", given), strict=True
    ):
        assert classes == demo.predict(places).tolist()
