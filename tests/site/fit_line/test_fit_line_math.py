"""The arithmetic, the picture and the words of the demo that fits a line, against torch."""

import math
import re

import pytest
import torch
import torch.nn.functional as F

from utils.checks import assert_same
from utils.widgets.fit_line import BOUND, PRESETS, FitLine

SPACE = {"x": (-2, 3), "y": (-4, 4)}  # slopes and intercepts that the bowl shows


@pytest.fixture(scope="module")
def cases():
    """(points, line): 500 random ones of 1 to 12 points, some in one column, and all presets."""
    generator = torch.Generator().manual_seed(5)

    def rand(*shape):
        return torch.rand(*shape, generator=generator, dtype=torch.float64) * 8 - 4

    drawn = []
    for index in range(500):
        points = rand(index % 12 + 1, 2)
        if index % 5 == 0:
            points[:, 0] = points[0, 0]
        if index % 5 == 1:  # a steep best line, mostly beyond the picture
            points[:, 0] = (points[0, 0] + points[:, 0] / 30).clamp(-BOUND, BOUND)
        if index % 5 == 2:
            points = (20 * points).round() / 20
        drawn.append((points.tolist(), rand(2).tolist()))
    return [*drawn, *(([list(p) for p in points], [0.5, -1]) for points in PRESETS.values())]


def called(open_module, module, function, given):
    return open_module(module).call_each([(function, *arguments) for arguments in given])


@pytest.fixture(scope="module")
def demos(cases):
    """The Python side in the state of every case."""
    return [FitLine(points=points, slope=w, intercept=b) for points, (w, b) in cases]


def as_tensor(values):
    return torch.tensor(values, dtype=torch.float64)


def test_area_loss_and_gradient_are_those_of_torch(open_module, cases):
    given = zip(
        *(
            called(open_module, "fit_line/math", name, cases)
            for name in ("area", "loss", "gradient")
        ),
        strict=True,
    )
    assert len(cases) > 500
    for (points, line), (area, loss, gradient) in zip(cases, given, strict=True):
        x, y = as_tensor(points).T
        w = as_tensor(line).requires_grad_()
        half = F.mse_loss(w[0] * x + w[1], y) / 2
        half.backward()
        assert loss == pytest.approx(half.item(), rel=1e-12)
        assert area == pytest.approx(2 * len(points) * half.item(), rel=1e-12)
        assert_same(as_tensor(gradient), w.grad, atol=1e-12)


def test_the_bowl_is_that_of_torch(open_module, cases, demos):
    bowls = called(open_module, "fit_line/math", "bowl", [(points,) for points, _ in cases])
    valleys = 0
    for (points, _), demo, bowl in zip(cases, demos, bowls, strict=True):
        inputs = demo.inputs
        assert bowl["isValley"] is not demo.is_unique
        assert_same(as_tensor(bowl["best"]), demo.best, rtol=1e-8, atol=1e-8)
        hessian = inputs.T @ inputs / len(points)
        assert_same(as_tensor(bowl["hessian"]), hessian)
        values, axes = as_tensor(bowl["values"]), as_tensor(bowl["axes"])
        assert_same(values.flip(0), torch.linalg.eigvalsh(hessian), rtol=1e-8, atol=1e-11)
        assert_same(hessian @ axes.T, axes.T * values, atol=1e-11)
        if bowl["isValley"]:
            valleys += 1
            assert bowl["condition"] is None
            assert bowl["shared"] == pytest.approx(points[0][0])
            assert (bowl["best"] @ axes.numpy()[1]) == pytest.approx(0, abs=1e-12)
        else:
            assert bowl["condition"] == pytest.approx(demo.condition_number, rel=1e-8)
    assert valleys > 90


def test_a_loss_is_the_smallest_one_plus_the_excess(open_module, cases, demos):
    bowls = called(open_module, "fit_line/math", "bowl", [(points,) for points, _ in cases])
    given = [(bowl, line) for bowl, (_, line) in zip(bowls, cases, strict=True)]
    found = called(open_module, "fit_line/math", "excess", given)
    for demo, bowl, excess in zip(demos, bowls, found, strict=True):
        assert bowl["smallest"] + excess == pytest.approx(demo.loss, rel=1e-6)


def test_the_button_finds_the_same_line_as_python(open_module, cases):
    some = cases[::2]
    bowls = called(open_module, "fit_line/math", "bowl", [(points,) for points, _ in some])
    found = called(open_module, "fit_line/math", "bestWithin", [(bowl, BOUND) for bowl in bowls])
    outside = 0
    for (points, _), line in zip(some, found, strict=True):
        demo = FitLine(points=points)
        demo.fit()
        assert line == pytest.approx([demo.slope, demo.intercept], abs=1e-6)
        outside += demo.best.abs().max().item() > BOUND
    assert outside > 25


def test_squares_have_equal_sides_and_the_area_of_the_loss(open_module, cases, demos):
    bowls = called(open_module, "fit_line/math", "bowl", [(points,) for points, _ in cases])
    given = [(*case, found) for case, found in zip(cases, bowls, strict=True)]
    drawn = called(open_module, "fit_line/scene", "dataMarks", given)
    for (points, _), demo, marks in zip(cases, demos, drawn, strict=True):
        squares = as_tensor([mark["area"] for mark in marks if mark["look"] == "square"])
        width = (squares[:, 1] - squares[:, 0]).abs()
        height = (squares[:, 2] - squares[:, 1]).abs()
        # Like cards: the smaller ones are drawn last, on top.
        cards = demo.residuals.abs().argsort(descending=True, stable=True)
        assert_same(width[:, 0], demo.residuals.abs()[cards], atol=1e-12)
        assert_same(height[:, 1], demo.residuals.abs()[cards], atol=1e-12)
        assert_same(squares[:, 0], as_tensor(points)[cards])
        assert_same((width[:, 0] * height[:, 1]).sum(), as_tensor(demo.area), atol=1e-11)
        assert not width[:, 1].any() and not height[:, 0].any()


def test_the_bar_is_as_full_as_the_squares_are_large(open_module, cases, demos):
    bowls = called(open_module, "fit_line/math", "bowl", [(points,) for points, _ in cases])
    given = [(*case, found) for case, found in zip(cases, bowls, strict=True)]
    found = called(open_module, "fit_line/scene", "shares", given)
    for (points, _), demo, bar in zip(cases, demos, found, strict=True):
        now = as_tensor([demo.area])
        least = (demo.inputs @ demo.best - demo.targets).square().sum()[None]
        roots = (torch.cat([now, least]) / len(points)).clamp(min=0).sqrt()
        wanted = (roots / 5).clamp(max=1)
        assert [bar["now"], bar["least"]] == pytest.approx(wanted.tolist(), abs=1e-6)
    assert 50 < sum(bar["now"] < 1 for bar in found) < len(found) - 50


def test_a_square_stands_where_there_is_room(open_module):
    squares = [([0, -1], 2, 1), ([0, 1], -2, 1), ([0, -1], 2, -1), ([-4, -1], 2, -1)]
    found = called(open_module, "fit_line/scene", "square", squares)
    assert [corners[1][0] for corners in found] == [2, -2, -2, -2]


def test_the_line_is_turned_at_a_point_that_can_be_seen(open_module):
    lines = [[w / 4, b / 4] for w in range(-16, 17) for b in range(-16, 17)]
    found = called(open_module, "fit_line/scene", "turningPoint", [(line,) for line in lines])
    for (slope, intercept), (x, y) in zip(lines, found, strict=True):
        assert y == pytest.approx(slope * x + intercept)
        assert abs(y) <= BOUND + 1e-9 and 0.3 <= abs(x) <= 3, (slope, intercept, x, y)


def test_along_a_ring_the_loss_is_the_same(open_module, cases):
    some = cases[::6] + cases[500:]
    bowls = called(open_module, "fit_line/math", "bowl", [(points,) for points, _ in some])
    given = [(bowl, line) for bowl, (_, line) in zip(bowls, some, strict=True)]
    drawn = called(open_module, "fit_line/scene", "bowlMarks", given)
    for (points, _), bowl, marks in zip(some, bowls, drawn, strict=True):
        x, y = as_tensor(points).T

        def above(lines, x=x, y=y, least=bowl["smallest"]):
            residuals = lines[..., :1] * x + lines[..., 1:] - y
            return residuals.square().mean(dim=-1) / 2 - least

        rings = as_tensor([m["area"] for m in marks if m["look"] == "ring"])
        rings = rings.flip(0)  # the inner ones are drawn last, on top
        heights = 0.125 * 2 ** torch.arange(len(rings)).double()
        found = above(rings)
        # Far away the loss is a difference of squares as large as the places.
        slack = 1e-12 * max(1, rings.abs().max().item()) ** 2 * 100
        assert_same(found, heights[:, None].expand_as(found), rtol=1e-6, atol=slack)
        ends = as_tensor([[w, b] for w in SPACE["x"] for b in SPACE["y"]])
        assert heights[-1] >= above(ends).max() * (1 - 1e-9)
        assert any(mark["look"] == "floor" for mark in marks) == bowl["isValley"]
        dots = [mark["dot"] for mark in marks if "dot" in mark]
        sides = zip(bowl["best"], SPACE.values(), strict=True)
        assert dots == [bowl["best"]] * all(low <= at <= high for at, (low, high) in sides)


def numbers(text):
    return [float(part.replace("−", "-")) for part in re.findall(r"−?\d+\.\d+", text)]


def test_the_facts_are_torchs_numbers(open_module, cases, demos):
    shown = called(open_module, "fit_line/words", "facts", cases)
    told = called(open_module, "fit_line/words", "sentence", cases)
    for demo, facts, sentence in zip(demos, shown, told, strict=True):
        area, loss, smallest, gradient, condition = (value for _, _, value, _ in facts)
        assert numbers(area) == pytest.approx([demo.area], abs=0.00501)
        assert numbers(loss) == pytest.approx([demo.loss], abs=0.000501)
        assert numbers(gradient) == pytest.approx(demo.gradient.tolist(), abs=0.00501)
        assert numbers(facts[2][3]) == pytest.approx(demo.best.tolist(), abs=0.00501)
        best = (demo.inputs @ demo.best - demo.targets).square().mean().item() / 2
        assert numbers(smallest) == pytest.approx([best], abs=0.000501)
        if demo.is_unique:
            wanted = demo.condition_number
            assert numbers(condition) == pytest.approx([wanted], abs=0.0501)
        else:
            assert condition == "none" and "every line through" in sentence
        assert not re.search("NaN|undefined|Infinity|−0.00?0?(?![0-9])", str(facts) + sentence)


CLOUD, TWO = PRESETS["cloud"], PRESETS["two points"]
BEST = [0.8098541696163101, 0.510739062721223]
VALLEY = "All points share x = 2.00: every line through (2.00, 0.40) is best"
SENTENCES = [
    (
        CLOUD,
        [-0.2, 1],
        "Your squares cover 41.1; the best line leaves 2.5.",
    ),
    (
        CLOUD,
        BEST,
        "Your squares cover 2.5, and no line leaves less.",
    ),
    (TWO, [1, 1], "Your line meets every point: no square is left."),
    (PRESETS["one x for all"], [0, 1], f"{VALLEY}."),
    (PRESETS["one x for all"], [-1, 2.4], f"{VALLEY}, yours too."),
    (
        [[0, 0], [0.5, 4]],
        [1, 1],
        "The best line lies beyond the picture, at slope 8.00, intercept 0.00.",
    ),
]


def test_every_case_has_its_sentence(open_module):
    given = [case[:2] for case in SENTENCES]
    told = called(open_module, "fit_line/words", "sentence", given)
    assert told == [wanted for *_, wanted in SENTENCES]


def test_the_torch_lines_run_and_give_the_numbers_behind_them(open_module, cases):
    for code in called(open_module, "fit_line/words", "torchCode", cases[::3]):
        names = {"torch": torch, "F": F}
        *given, loss, best = code.splitlines()
        exec("\n".join(given), names)
        for line in (loss, best):
            call, comment = line.split("  # ")
            result = eval(call, names).flatten().tolist()
            wanted = [float(part) for part in comment.split(":")[0].split(", ")]
            assert all(map(math.isfinite, wanted))
            assert result == pytest.approx(wanted, abs=0.00051), code


def test_a_ball_halves_its_height_on_the_path_of_steepest_descent(open_module, cases):
    rolling = [(points, line) for points, line in cases if len(points) > 2][2::5][:60]
    bowls = called(open_module, "fit_line/math", "bowl", [(points,) for points, _ in rolling])
    given = [(found, line, 1e9) for found, (_, line) in zip(bowls, rolling, strict=True)]
    compared = 0
    for (points, line), next_line in zip(
        rolling, called(open_module, "fit_line/math", "rolled", given), strict=True
    ):
        demo = FitLine(points=points)
        hessian = demo.inputs.T @ demo.inputs / len(points)
        away = torch.tensor(line, dtype=torch.float64) - demo.best
        above = (away @ hessian @ away / 2).item()
        if above < 2e-3:
            continue
        # On the path d(t) = exp(-Ht) d(0): the eigenvector parts shrink by exp(-value * t).
        values, axes = torch.linalg.eigh(hessian)
        before, after = axes.T @ away, axes.T @ (as_tensor(next_line) - demo.best)
        left = as_tensor(next_line) - demo.best
        assert (left @ hessian @ left / 2).item() == pytest.approx(above / 2, rel=1e-6)
        shares = after / before
        if before.abs().min() > 0.05 and shares.min() > 1e-6 and values[0] > 1e-3:
            times = -shares.log() / values
            assert times[0].item() == pytest.approx(times[1].item(), rel=1e-3)
            compared += 1
    assert compared > 20


def test_a_ball_at_rest_stays_and_one_nearby_drops_in(open_module):
    points = [list(point) for point in PRESETS["cloud"]]
    [bowl] = called(open_module, "fit_line/math", "bowl", [(points,)])
    best = bowl["best"]
    near = [best[0] + 1e-3, best[1]]
    assert called(open_module, "fit_line/math", "rolled", [(bowl, best, 4), (bowl, near, 4)]) == [
        None,
        best,
    ]


def test_the_surplus_is_what_the_squares_cover_more_than_the_best_ones(open_module, cases, demos):
    found = called(open_module, "fit_line/math", "surplus", cases)
    for demo, surplus in zip(demos, found, strict=True):
        least = (demo.inputs @ demo.best - demo.targets).square().sum().item()
        assert surplus == pytest.approx(demo.area - least, rel=1e-6, abs=1e-6)


def test_an_area_stands_in_its_square_and_is_about_the_same_point(open_module, cases):
    some = cases[:60]
    bowls = called(open_module, "fit_line/math", "bowl", [(points,) for points, _ in some])
    given = [(*case, found) for case, found in zip(some, bowls, strict=True)]
    for marks in called(open_module, "fit_line/scene", "dataMarks", given):
        squares = {mark["about"]: mark["area"] for mark in marks if mark["look"] == "square"}
        sizes = {mark["about"]: mark for mark in marks if mark["look"] == "size"}
        assert squares.keys() == sizes.keys()
        for name, corners in squares.items():
            for side in (0, 1):
                low, high = sorted((corners[0][side], corners[2][side]))
                assert low - 1e-9 <= sizes[name]["at"][side] <= high + 1e-9
            area = (corners[2][1] - corners[1][1]) ** 2
            assert numbers(sizes[name]["text"]) == pytest.approx([area], abs=0.0501)


def test_a_ring_is_named_where_there_is_room(open_module):
    points = [list(point) for point in PRESETS["cloud"]]
    [bowl] = called(open_module, "fit_line/math", "bowl", [(points,)])
    for line, is_named, up in (
        [[-0.4, 2.2], True, -1],
        [[1, -1], True, 1],
        [[0.7, 0.5], False, 0],
    ):
        [marks] = called(open_module, "fit_line/scene", "bowlMarks", [(bowl, line)])
        names = [mark for mark in marks if mark.get("text") == "all as bad as yours"]
        assert len(names) == is_named
        for name in names:
            assert name["away"] == [0, up]
            [ring] = [m["area"] for m in marks if m["look"] == "here" and "area" in m]
            assert name["at"] in ring


def test_a_ball_of_a_line_beyond_the_bowl_waits_at_its_edge(open_module):
    given = [([0.5, 1],), ([4, -1],), ([-4, -4],)]
    places = called(open_module, "fit_line/scene", "ballPlace", given)
    assert places == [[0.5, 1], [3, -1], [-2, -4]]
