"""What the gradient-descent demo draws and says, in Chromium, for hundreds of settings."""

import itertools
import math
import re

import pytest
import torch

from utils.checks import assert_same
from utils.widgets.descent_path import BOUNDS, PRESETS, DescentPath

WRONG = re.compile(r"NaN|undefined|Infinity|null|-0\b|−0(?![.\d])|\[object")
RATIO = 2.4


def boxes(called, found, demos):
    given = [(demo.state(), ours) for demo, ours in zip(demos, found(demos), strict=True)]
    return called("scene", "ranges", given)


def test_the_plane_is_as_wide_as_the_picture(called, found, demos):
    chosen = [demo for demo in demos if demo.surface != "parabola"][::20]
    for box in boxes(called, found, chosen):
        (left, right), (bottom, top) = box["x"], box["y"]
        assert (right - left) / (top - bottom) == pytest.approx(RATIO)


def test_on_a_level_line_the_loss_is_the_same_everywhere(called, found, demos):
    bowls = [demo for demo in demos if demo.surface != "parabola"][::5]
    given = [(ours, 0.4) for ours in found(bowls)]
    for demo, points in zip(bowls, called("scene", "levelLine", given), strict=True):
        losses = demo.loss(torch.tensor(points).double()) - demo.loss(demo.minimum)
        flattest = torch.linalg.eigvalsh(demo.hessian).min()
        assert_same(losses, (flattest * 0.4**2 / 2).expand(97), atol=1e-6)


def test_the_ground_covers_the_picture_up_to_its_corners(called, found, demos):
    chosen = [demo for demo in demos if demo.surface != "parabola"][::25]
    given = [
        (demo.state(), ours, box)
        for demo, ours, box in zip(
            chosen, found(chosen), boxes(called, found, chosen), strict=True
        )
    ]
    areas = called("scene", "ground", given)
    for demo, (_, _, box), lines in zip(chosen, given, areas, strict=True):
        losses = [demo.loss(torch.tensor(points[0]).double()).item() for points in lines]
        assert losses == sorted(losses, reverse=True)
        corners = torch.tensor(list(itertools.product(box["x"], box["y"]))).double()
        assert 0.8 < losses[0] / demo.loss(corners).max().item() < 1


def test_what_is_drawn_of_a_path_stays_in_the_picture(called, found, demos, paths):
    given = list(zip(found(demos), boxes(called, found, demos), strict=True))
    drawn = called("scene", "placesOf", given)
    for demo, path, (ours, box), places in zip(demos, paths, given, drawn, strict=True):
        assert len(places) == 61
        taken = len(ours["path"]) - 1
        assert all(place == places[taken] for place in places[taken:])
        for (x, y), (low, high) in ((place, box["y"]) for place in places):
            assert box["x"][0] - 1e-9 <= x <= box["x"][1] + 1e-9, demo
            assert low - 1e-9 <= y <= high + 1e-9, demo
        if not ours["hasLeft"] and demo.surface != "parabola":
            assert places[taken] == pytest.approx(path[-1].tolist())


def test_heights_are_powers_of_ten_of_the_share_that_is_left(called, found, demos, paths):
    ours = found(demos)
    shares = called("scene", "sharesOf", [(each,) for each in ours])
    heights = called("scene", "heightsOf", [(each,) for each in ours])
    drawn = zip(demos, paths, shares, heights, strict=True)
    for demo, path, left, powers in drawn:
        above = demo.loss(path) - demo.loss(demo.minimum)
        if above[0] > 0:
            assert left == pytest.approx((above / above[0]).tolist(), rel=1e-6, abs=1e-12)
        expected = [math.log10(min(max(share, 1e-4), 10)) for share in left]
        assert powers[: len(left)] == pytest.approx(expected)


def test_a_goal_is_reached_in_time_or_held_to_the_end(called, found, demos, paths):
    one = {"surface": "data", "batch_size": 1, "start": (-2.5, -1.3)}
    rates = (0.03, 0.05, 0.07, 0.2)
    more = [DescentPath(lr=lr, steps=steps, **one) for lr in rates for steps in (59, 60)]
    more += [DescentPath(lr=lr, steps=steps) for lr in (0.15, 0.18, 0.19) for steps in (11, 12)]
    several = [*demos, *more]
    given = [(demo.state(), ours) for demo, ours in zip(several, found(several), strict=True)]
    goals = called("scene", "goalOf", [(demo.state(),) for demo in several])
    reached = []
    for demo, goal, is_in in zip(several, goals, called("scene", "isInGoal", given), strict=True):
        above = demo.losses - demo.loss(demo.minimum)
        small = (above <= 0.01 * above[0]).tolist()
        if demo.surface == "data":
            wanted = demo.batch_size == 1 and len(small) == 61 and all(small[50:])
        else:
            is_valley = demo.surface == "bowl" and demo.curvature >= 10
            wanted = is_valley and above[0].item() > 0 and any(small[:13])
        assert is_in == wanted, demo
        assert goal or not wanted
        reached += [goal] * is_in
    assert set(reached) == {"valley", "noise"}
    assert [called("scene", "isInGoal", [each])[0] for each in given[-14:]].count(True) > 2


SIZE = [318, 133]
HALF = [20, 9]


def test_a_word_beside_a_point_neither_covers_it_nor_leaves_the_picture(called):
    generator = torch.Generator().manual_seed(3)
    places = (torch.rand(400, 2, generator=generator) * torch.tensor(SIZE)).tolist()
    places += [[0, 0], SIZE, [SIZE[0], 0], [160, 0]]
    angles = (2 * math.pi * torch.rand(len(places), generator=generator)).tolist()
    given = [
        ({"at": at, "half": HALF, "gap": 15, "size": SIZE, "shun": [math.cos(a), math.sin(a)]},)
        for at, a in zip(places, angles, strict=True)
    ]
    away = 0
    for (each,), middle in zip(given, called("scene", "besides", given), strict=True):
        right, down = (m - a for m, a in zip(middle, each["at"], strict=True))
        near = (max(abs(right) - HALF[0], 0), max(abs(down) - HALF[1], 0))
        assert math.hypot(*near) >= 14.999, each
        for side in (0, 1):
            assert HALF[side] <= middle[side] <= SIZE[side] - HALF[side], each
        away += right * each["shun"][0] + down * each["shun"][1] <= 0
    assert away > 0.85 * len(given)  # in a corner there is no choice


SENTENCES = {
    "slow": "Slow: 0.02 is below 0.25. A step keeps 0.92 of the distance; "
    "a tenth is reached in 28 steps.",
    "fast": "Fast: 0.15 is below 0.25. A step keeps 0.4 of the distance.",
    "one step": "One step: with 0.25 the first step ends in the minimum.",
    "bouncing": "Bouncing: 0.45 is between 0.25 and 0.5. "
    "A step overshoots and keeps 0.8 of the distance.",
    "diverging": "Diverging: 0.6 is above 0.5. A step multiplies the distance "
    "by 1.4. Step 6 leaves the picture.",
    "stretched bowl": "Bouncing: 0.19 is between 0.1 and 0.2. A step overshoots "
    "and keeps 0.9 of the distance across the valley and 0.81 along it.",
    "data, all examples": "Fast: 0.2 is below 0.758. A step keeps 0.736 of the distance "
    "across the valley and 0.864 along it.",
}


@pytest.mark.parametrize("name", SENTENCES)
def test_the_sentence_of_a_preset(called, found, name):
    demo = DescentPath(**{"steps": 25, **PRESETS[name]})
    (ours,) = found([demo])
    assert called("words", "sentence", [(ours, demo.state())]) == [SENTENCES[name]]


def test_a_noisy_sentence_gives_the_mean_of_the_last_half(called, found):
    demo = DescentPath(steps=25, **PRESETS["data, minibatches"])
    (told,) = called("words", "sentence", [(*found([demo]), demo.state())])
    above = (demo.losses - demo.loss(demo.minimum))[13:].mean().item()
    assert told.startswith("Noisy: each step sees 4 examples of 64")
    assert float(re.search(r"loss is ([\d.]+) above", told)[1]) == pytest.approx(above, rel=0.005)


def test_no_setting_is_told_with_a_number_that_is_none(called, found, demos):
    results = found(demos)
    given = [(ours, demo.state()) for demo, ours in zip(demos, results, strict=True)]
    told, listed = called("words", "sentence", given), called("words", "facts", given)
    for demo, ours, sentence, facts in zip(demos, results, told, listed, strict=True):
        assert not WRONG.search(f"{sentence} {facts}"), (demo, sentence, facts)
        assert sentence.lower().startswith(ours["regime"]), (demo, sentence)
        assert ("leaves the picture" in sentence) == ours["hasLeft"], (demo, sentence)
        assert len(sentence) < 200


NUMBERS = [(0, "0"), (-0.0, "0"), (0.25, "0.25"), (1 / 3, "0.333"), (-1.5, "−1.5")]
NUMBERS += [(12345, "1.2·10⁴"), (3.2e-7, "3.2·10⁻⁷"), (9999, "10000"), (-2e-10, "−2.0·10⁻¹⁰")]
SHARES = [(1, "100 %"), (0.1349, "13 %"), (0.00371, "0.37 %"), (0, "0 %"), (2e-5, "< 0.01 %")]
SHARES += [(1e-4, "0.01 %"), (10, "1000 %"), (11, "> 1000 %")]


def test_numbers_are_short(called):
    for function, cases in (("short", NUMBERS), ("percent", SHARES)):
        texts = called("words", function, [(value,) for value, _ in cases])
        assert texts == [text for _, text in cases]


def test_the_torch_lines_run_and_give_the_numbers_behind_them(called, states, demos):
    chosen = [*demos[::17], *demos[-11:], *[demo for demo in demos if demo.momentum][::9]]
    assert any(demo.batch_size == 4 for demo in chosen)
    for demo, code in zip(chosen, called("code", "torchCode", states(chosen)), strict=True):
        names = {"torch": torch}
        exec(re.sub(r"^print.*", "", code, flags=re.MULTILINE), names)
        place, loss = re.findall(r"# (-?[\d.e+-]+.*|the loss there: .*)$", code, re.MULTILINE)[-2:]
        shown = [float(part) for part in place.split(", ")]
        assert names["w"].tolist() == pytest.approx(shown, rel=6e-4, abs=1e-12), code
        exact = demo.losses[-1].item()
        assert float(loss.split(": ")[1]) == pytest.approx(exact, rel=6e-4, abs=1e-12)
        assert len(demo.path[0]) == len(shown)


def test_the_stops_of_the_learning_rate_are_round_and_reach_beyond_the_bound(called):
    bounds = (0.2, 0.5, 2, 0.04, 0.3, 1e-3)
    for bound, stops in zip(
        bounds, called("scene", "rateStops", [("bowl", bound) for bound in bounds]), strict=True
    ):
        step = stops[1] - stops[0]
        apart = [after - before for before, after in zip(stops, stops[1:], strict=False)]
        assert apart == pytest.approx([step] * len(apart))  # equally far apart
        assert 1 <= round(step / 10 ** math.floor(math.log10(step * 1.001)), 6) <= 5
        assert stops[0] == pytest.approx(max(step, 1e-3))
        assert stops[-1] == pytest.approx(1.5 * bound, abs=step)
        assert bound < 0.01 or 150 <= len(stops) <= 375
    [on_data] = called("scene", "rateStops", [("data", 1.516)])
    growth = [after / before for before, after in zip(on_data, on_data[1:], strict=False)]
    assert 1.05 < min(growth) <= max(growth) < 1.16
    assert {0.05, 0.1, 0.14, 0.2} < set(on_data)
    assert BOUNDS == (3, 1.3)


def test_the_scale_of_learning_rates_is_even_but_logarithmic_on_the_data(called):
    ends = (0.001, 3)
    given = [("data", rate, ends) for rate in (0.001, 3, math.sqrt(0.003), 9, 1e-9)]
    assert called("scene", "rateShare", given) == pytest.approx([0, 1, 0.5, 1, 0])
    given = [("bowl", rate, (0.1, 0.3)) for rate in (0.1, 0.2, 0.3, 0.4, 0)]
    assert called("scene", "rateShare", given) == pytest.approx([0, 0.5, 1, 1, 0])
