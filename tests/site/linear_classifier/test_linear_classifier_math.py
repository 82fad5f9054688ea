"""The arithmetic and the words of the linear classifier, in Chromium, against torch."""

import re

import pytest
import torch
import torch.nn.functional as F

from utils.checks import assert_same
from utils.widgets.linear_classifier import BOUND, PRESETS, LinearClassifier

CASES = 240
ZEROS = [[0, 0], [0, 0], [0, 0]]


@pytest.fixture(scope="module")
def cases():
    """Random settings; every third on round numbers, every tenth with two classes alike."""
    generator = torch.Generator().manual_seed(2)

    def draw(*shape):
        return 2 * BOUND * torch.rand(*shape, generator=generator, dtype=torch.float64) - BOUND

    demos = []
    for number in range(CASES):
        weights, biases = draw(3, 2), draw(3)
        if number % 3 == 0:
            weights, biases = weights.round(), biases.round()
        if number % 10 == 0:
            weights[2], biases[2] = weights[0], biases[0]
        demos.append(
            LinearClassifier(
                preset=tuple(PRESETS)[number % 3],
                weights=weights,
                biases=biases,
                kind=("hinge", "cross-entropy")[number % 2],
                decay=(0.0, 0.01, 0.3, 1.0)[number % 4],
                lr=(0.001, 0.05, 1.0)[number % 5 % 3],
                selected=number % 15,
            )
        )
    demos.append(LinearClassifier(weights=ZEROS, biases=[0, 0, 0]))
    return demos


def given(demo):
    return PRESETS[demo.preset], demo.state()


def called(open_module, module, function, arguments):
    return open_module(module).call_each([(function, *each) for each in arguments])


def as_tensor(values):
    return torch.tensor(values, dtype=torch.float64)


def same(pairs):
    """All pairs of results agree; compared in one go, which is much quicker than one by one."""
    sides = zip(*pairs, strict=True)
    ours, theirs = (torch.cat([as_tensor(one).flatten() for one in side]) for side in sides)
    assert_same(ours, theirs, atol=1e-12)


def test_scores_losses_and_accuracy_are_those_of_torch(open_module, cases):
    found = called(open_module, "linear_classifier/math", "evaluate", map(given, cases))
    pairs = []
    for demo, ours in zip(cases, found, strict=True):
        scores = demo.scores
        if demo.kind == "hinge":
            losses = 3 * F.multi_margin_loss(scores, demo.labels, reduction="none")
        else:
            losses = F.cross_entropy(scores, demo.labels, reduction="none")
        data, penalty = losses.mean().item(), demo.penalty
        parts = [ours[name] for name in ("data", "penalty", "loss")]
        pairs += [(ours["scores"], scores.tolist()), (ours["losses"], losses.tolist())]
        pairs += [(parts, [data, penalty, data + penalty])]
        # Where scores tie up to rounding, either class may come out first.
        first, second = scores.topk(2, dim=1).values.T
        if (first - second).min() > 1e-9:
            assert ours["right"] == round(15 * demo.accuracy)
    same(pairs)
    assert found[-1]["predicted"] == [0] * 15


def kinks(demo):
    """Whether a class lacks nothing but rounding, where either slope is right."""
    lead = demo.scores - demo.scores.gather(1, demo.labels[:, None]) + 1
    return demo.kind == "hinge" and lead.abs().min() < 1e-9


def test_gradients_and_steps_are_those_of_autograd(open_module, cases):
    smooth = [demo for demo in cases if not kinks(demo)]
    assert len(smooth) > 200
    slopes = called(open_module, "linear_classifier/math", "gradient", map(given, smooth))
    steps = called(open_module, "linear_classifier/math", "stepped", map(given, smooth))
    pairs = []
    for demo, slope, step in zip(smooth, slopes, steps, strict=True):
        for name, theirs in zip(("weights", "biases"), demo.gradient, strict=True):
            after = (as_tensor(getattr(demo, name)) - demo.lr * theirs).clamp(-BOUND, BOUND)
            pairs += [(slope[name], theirs.tolist()), (step[name], after.tolist())]
    same(pairs)


def test_large_scores_and_kinks_are_no_trouble(open_module):
    calls = [
        ("lossOf", [1000, 0, -1000], 2, "cross-entropy"),
        ("lossOf", [1000, 0, -1000], 0, "cross-entropy"),
        ("lossOf", [1000, 0, -1000], 2, "hinge"),
        ("softmax", [1000, 0, -1000]),
        ("scoreGradient", [1, 0, 0], 0, "hinge"),
        ("scoreGradient", [1, 0.5, 2], 0, "hinge"),
        ("shortfalls", [5, 1, 0], 0),
        ("argmax", [1, 1, 1]),
    ]
    wanted = [2000, 0, 3002, [1, 0, 0], [0, 0, 0], [-2, 1, 1], [0, 0, 0], 0]
    assert open_module("linear_classifier/math").call_each(calls) == wanted


def area(polygon):
    corners = as_tensor(polygon).view(-1, 2)
    following = corners.roll(-1, dims=0)
    return (corners[:, 0] * following[:, 1] - corners[:, 1] * following[:, 0]).sum().item() / 2


def test_regions_tile_the_plane_and_hold_what_they_win(open_module, cases):
    module = open_module("linear_classifier/math")
    calls = [("region", demo.weights, demo.biases, k) for demo in cases for k in range(3)]
    found = module.call_each(calls)
    axis = torch.linspace(-BOUND, BOUND, 9, dtype=torch.float64) * 0.97
    grid = torch.cartesian_prod(axis, axis)
    for number, demo in enumerate(cases):
        regions = found[3 * number : 3 * number + 3]
        assert sum(map(area, regions)) == pytest.approx((2 * BOUND) ** 2, abs=1e-6)
        weights, biases = as_tensor(demo.weights), as_tensor(demo.biases)
        scores = F.linear(grid, weights, biases)
        for k, polygon in enumerate(regions):
            if polygon:
                assert as_tensor(polygon).abs().max() <= BOUND + 1e-9
                corners = F.linear(as_tensor(polygon), weights, biases)
                assert (corners[:, k] >= corners.amax(dim=1) - 1e-9).all()
            else:
                rivals = scores.clone()
                rivals[:, k] = -torch.inf
                assert (rivals.amax(dim=1) >= scores[:, k]).all()
    assert [len(polygon) for polygon in found[-3:]] == [4, 0, 0]


def test_who_pushes_and_where_it_is_flat_is_as_autograd_says(open_module, cases):
    smooth = [demo for demo in cases if not kinks(demo)]
    rows = [
        (demo.scores[point].tolist(), demo.labels[point].item(), demo.kind)
        for demo in smooth
        for point in range(0, 15, 4)
    ]
    wanted = []
    for scores, label, kind in rows:
        row = as_tensor([scores]).requires_grad_()
        loss = F.multi_margin_loss if kind == "hinge" else F.cross_entropy
        loss(row, torch.tensor([label])).backward()
        wanted.append(bool(row.grad.any()))
    found = called(open_module, "linear_classifier/math", "pushes", rows)
    assert found == wanted
    assert {True, False} == set(found)
    wide = LinearClassifier(weights=[[-4, 2], [4, 2], [0, -4]], decay=0)
    flat = [*smooth, wide, LinearClassifier(weights=[[-4, 2], [4, 2], [0, -4]], decay=0.01)]
    found = called(open_module, "linear_classifier/math", "isFlat", map(given, flat))
    assert found == [max(part.abs().max() for part in demo.gradient) < 1e-9 for demo in flat]
    assert found[-2:] == [True, False]
    # All slopes negative: no point pushes, and the penalty pulls each weight up.
    low = {"weights": [[-7, -1], [-1, -1], [-4, -6]], "biases": [0, 0, 0], "decay": 0.01}
    call = (PRESETS["separable"], {**low, "kind": "hinge"})
    assert called(open_module, "linear_classifier/math", "isFlat", [call]) == [False]


def test_the_curve_ahead_is_what_training_makes_of_it(open_module):
    for state in (
        {"steps": 150, "lr": 0.2, "kind": "cross-entropy"},
        {"steps": 193, "lr": 1, "preset": "overlapping"},
        {"steps": 200},
        {"steps": 450},
    ):
        demo = LinearClassifier(**state)
        ahead = called(open_module, "linear_classifier/curve", "future", [given(demo)])[0]
        wanted = [[demo.steps, demo.loss]]
        while demo.steps < 200:
            demo.step()
            wanted.append([demo.steps, demo.loss])
        assert ahead == [pytest.approx(place, abs=1e-9) for place in wanted]


def test_training_is_over_at_its_last_step_or_where_it_is_flat(open_module):
    flat = {"weights": [[-4, 2], [4, 2], [0, -4]], "decay": 0}
    states = [{"steps": 199}, {"steps": 200}, {"steps": 201}, flat, {**flat, "decay": 0.1}]
    calls = [given(LinearClassifier(**state)) for state in states]
    found = called(open_module, "linear_classifier/curve", "isOver", calls)
    assert found == [False, True, True, True, False]


def test_the_curve_behind_grows_by_steps_and_begins_anew(open_module):
    old = {"key": "a", "places": [[0, 3], [1, 2], [4, 1]]}
    calls = [
        (None, "a", 5, 9),
        (old, "a", 5, 9),
        (old, "a", 4, 9),
        (old, "a", 3, 9),
        (old, "a", 0, 9),
        (old, "b", 5, 9),
    ]
    found = called(open_module, "linear_classifier/curve", "logged", calls)
    assert [one["places"] for one in found] == [
        [[5, 9]],
        [[0, 3], [1, 2], [4, 1], [5, 9]],
        [[0, 3], [1, 2], [4, 9]],
        [[3, 9]],
        [[0, 9]],
        [[5, 9]],
    ]
    assert [one["key"] for one in found] == [*"aaaaab"]


def test_the_chart_holds_all_places(open_module):
    module = open_module("linear_classifier/chart")
    spans = [("span", [[0, 0.5], [7, 2]]), ("span", [[3, 0.01]]), ("span", [[900, 1]])]
    assert module.call_each(spans) == [
        {"end": 200, "most": 2},
        {"end": 200, "most": 0.1},
        {"end": 900, "most": 1},
    ]
    ends = {"end": 200, "most": 2}
    calls = [("toChart", place, ends) for place in ([0, 2], [200, 0], [50, 0.5])]
    assert module.call_each(calls) == [[0, 0], [100, 100], [25, 75]]


STORIES = [
    ({"selected": 0}, "4 of 15 points are right. 14 push: wrong, or right by less than 1."),
    (
        {"weights": [[-3, 2], [3, 2], [0, -3]]},
        "15 of 15 points are right by 1 or more: none pushes. "
        "λ alone still pulls the arrows, towards 0.",
    ),
    (
        {"weights": [[-3, 2], [3, 2], [0, -3]], "decay": 0},
        "15 of 15 points are right by 1 or more: none pushes. The arrows have come to rest.",
    ),
    (
        {"weights": [[-3, 2], [3, 2], [0, -3]], "kind": "cross-entropy"},
        "15 of 15 points are right. All push; the less probable, the more.",
    ),
    (
        {"weights": [[-4, 2], [3, 2], [0, -3]]},
        "15 of 15 points are right. An arrow or bias stands at its bound of 4.",
    ),
    ({"weights": ZEROS}, "5 of 15 points are right. 15 push: wrong, or right by less than 1."),
]


def test_every_stage_of_the_training_has_its_sentence(open_module):
    calls = [given(LinearClassifier(**state)) for state, _ in STORIES]
    told = called(open_module, "linear_classifier/words", "story", calls)
    assert told == [wanted for _, wanted in STORIES]


def test_the_story_counts_as_torch_does(open_module, cases):
    smooth = [demo for demo in cases if not kinks(demo) and demo.kind == "hinge"]
    told = called(open_module, "linear_classifier/words", "story", map(given, smooth))
    counted = 0
    for demo, sentence in zip(smooth, told, strict=True):
        first, second = demo.scores.topk(2, dim=1).values.T
        if (first - second).min() > 1e-9:
            assert numbers(sentence)[0] == round(15 * demo.accuracy)
        if "push:" in sentence:
            losses = F.multi_margin_loss(demo.scores, demo.labels, reduction="none")
            assert numbers(sentence)[2] == (losses > 0).sum()
            counted += 1
    assert counted > 20


def numbers(text):
    return [float(part.replace("−", "-")) for part in re.findall(r"−?\d+\.?\d*", text)]


def test_the_facts_and_sentences_give_the_numbers_of_torch(open_module, cases):
    facts = called(open_module, "linear_classifier/words", "facts", map(given, cases))
    told = called(open_module, "linear_classifier/words", "sentence", map(given, cases))
    for demo, rows, sentence in zip(cases, facts, told, strict=True):
        shown = [numbers(row[2])[0] for row in rows]
        assert shown[:3] == pytest.approx([demo.data_loss, demo.penalty, demo.loss], abs=0.000501)
        assert not re.search("NaN|undefined|−0.00|Infinity", str(rows) + sentence)
        assert ("stands at its bound" in sentence) == (
            max(map(abs, [*sum(demo.weights, ()), *demo.biases])) == BOUND
        )
        scores, label = demo.scores[[demo.selected]], demo.labels[[demo.selected]]
        cost = F.cross_entropy(scores, label)
        if demo.kind == "hinge":
            cost = 3 * F.multi_margin_loss(scores, label)
        said = re.search(r"it costs (\d+\.?\d*)", sentence)
        assert float(said[1]) == pytest.approx(cost.item(), abs=0.00501)


START = {"kind": "hinge", "decay": 0, "selected": 0, "steps": 1, "lr": 0.1}
SENTENCES = [
    (
        {"weights": ZEROS, "biases": [0, 0, 0]},
        "Point 1, class A at (1.00, 0.00), has the same largest score for A and B and C; "
        "the first, A, wins; B and C come too close, so it costs 2.00.",
    ),
    (
        {"weights": [[2, 0], [0, 0], [-1, 0]], "biases": [0, 0, 0]},
        "Point 1, class A at (1.00, 0.00), is given A, which is right; "
        "every margin is kept, so it costs 0 and pushes no more.",
    ),
    (
        {"weights": [[0, 0], [1, 0], [-4, 0]], "biases": [0, 0, 0]},
        "Point 1, class A at (1.00, 0.00), is given B, which is wrong; "
        "B comes too close, so it costs 2.00. "
        "A weight or bias stands at its bound of 4; steps are cut off there.",
    ),
    (
        {"weights": ZEROS, "biases": [1, 1, 0], "kind": "cross-entropy"},
        "Point 1, class A at (1.00, 0.00), has the same largest score for A and B; "
        "the first, A, wins; its own class has the probability 0.42, so it costs 0.86.",
    ),
]


def test_every_case_has_its_sentence(open_module):
    calls = [("sentence", [[1, 0, 0]], {**START, **state}) for state, _ in SENTENCES]
    told = open_module("linear_classifier/words").call_each(calls)
    assert told == [wanted for _, wanted in SENTENCES]


def test_a_tap_finds_the_nearest_point(open_module):
    points = [[0, 0, 0], [0.3, 0, 1], [3, 3, 2]]
    calls = [("tapped", points, at) for at in ([200, 200], [210, 200], [340, 50], [20, 20])]
    assert open_module("linear_classifier/scene").call_each(calls) == [0, 1, 2, -1]


def test_the_torch_lines_run_and_give_the_numbers_behind_them(open_module, cases):
    used = [demo for demo in cases[::7] if not kinks(demo)]
    codes = called(open_module, "linear_classifier/words", "torchCode", map(given, used))
    assert len(codes) > 25
    for code in codes:
        names, compared = {"torch": torch}, 0
        setup, rest = code.split("labels =", 1)
        exec(setup, names)
        for line in ("labels =" + rest).splitlines():
            call, _, comment = line.partition("  # ")
            if not comment:
                exec(call, names)
                continue
            result = eval(call, names)
            parts = result if isinstance(result, tuple) else (result,)
            ours = torch.cat([part.detach().double().flatten() for part in parts])
            wanted = [float(part) for part in comment.split(", ")]
            assert ours.tolist() == pytest.approx(wanted, abs=0.00052), line
            compared += 1
        assert compared >= 6
