"""The arithmetic and the words of the gradient-descent demo, in Chromium, against torch."""

import itertools
import json
import re

import pytest
import torch

from utils.checks import assert_same
from utils.widgets.descent_path import (
    EDGES,
    PRESETS,
    DescentPath,
    minibatch_indices,
    mulberry32,
)

MATH, WORDS, SCENE = (f"descent_path/{part}" for part in ("math", "words", "scene"))
WRONG = re.compile(r"NaN|undefined|Infinity|null|-0\b|−0(?![.\d])|\[object")
CURVATURES = [1, 2, 4, 7.5, 10, 50]
SHARES = [0.01, 0.05, 0.3, 0.9, 1, 1.1, 1.7, 1.99, 2, 2.01, 4]  # learning rates, in units of 1/a


@pytest.fixture(scope="module")
def demos():
    """Hundreds of settings, most of them near a bound."""
    generator = torch.Generator().manual_seed(1)
    settings = []
    for surface, a, share in itertools.product(("parabola", "bowl"), CURVATURES, SHARES):
        for start in ((6 * torch.rand(2, generator=generator) - 3).tolist(), (2, 0), (0, -1.5)):
            lr = min(max(share / a, 0.001), 3)
            settings.append({"surface": surface, "curvature": a, "lr": lr, "start": start})
    for share, size in itertools.product(SHARES, ("full", 16, 4, 1)):
        for seed in range(4):
            start = (6 * torch.rand(2, generator=generator) - 3).tolist()
            data = {"surface": "data", "lr": min(share / 1.319, 3), "start": start}
            settings.append({**data, "batch_size": size, "seed": 31 * seed})
    settings += [{"start": (0, 0)}, {"steps": 0}, {"steps": 1, "lr": 3.0}]
    settings += list(PRESETS.values())
    assert len(settings) > 500
    return [DescentPath(**each) for each in settings]


def called(open_module, module, function, given):
    """As ``call_each``, but by way of JSON text, which is ten times faster for long lists."""
    page = open_module(module).page
    calls = "(text) => JSON.stringify(JSON.parse(text).map((each) => window.module.%s(...each)))"
    return json.loads(page.evaluate(calls % function, json.dumps(given)))


def states(demos):
    data = demos[0].asset_values()["data"]
    return [(demo.state(), data if demo.surface == "data" else {}) for demo in demos]


def as_tensor(values):
    return torch.tensor(values, dtype=torch.float64)


def found(open_module, demos):
    return called(open_module, MATH, "descend", states(demos))


def test_the_generator_gives_the_same_integers_as_in_python(open_module):
    seeds = [0, 1, 2, 42, 99, 2**31, 2**32 - 1]
    numbers = called(open_module, MATH, "drawn", [(seed, 500) for seed in seeds])
    for seed, ours in zip(seeds, numbers, strict=True):
        assert ours == list(itertools.islice(mulberry32(seed), 500))


def test_the_minibatches_are_the_same_as_in_python(open_module):
    settings = list(itertools.product((1, 5, 63, 64), (1, 4, 16, 64), (0, 1, 33), (0, 7, 99)))
    assert len(settings) > 100
    for batches, (length, size, steps, seed) in zip(
        called(open_module, MATH, "minibatches", settings), settings, strict=True
    ):
        assert batches == minibatch_indices(length, size, steps=steps, seed=seed)


def test_path_losses_and_regime_are_those_of_torch(open_module, demos):
    for demo, ours in zip(demos, found(open_module, demos), strict=True):
        assert_same(as_tensor(ours["path"]), demo.path, rtol=1e-12, atol=1e-12)
        assert_same(as_tensor(ours["losses"]), demo.losses, rtol=1e-11, atol=1e-11)
        above = demo.losses - demo.loss(demo.minimum)
        assert_same(as_tensor(ours["excess"]), above, rtol=1e-11, atol=1e-11)
        assert_same(as_tensor(ours["minimum"]), demo.minimum)
        assert_same(as_tensor(ours["hessian"]), demo.hessian)
        assert ours["curvatures"] == pytest.approx(demo.curvatures)
        assert (ours["regime"], ours["hasLeft"]) == (demo.regime, demo.left_picture), demo


def test_every_regime_occurs(open_module, demos):
    regimes = {ours["regime"] for ours in found(open_module, demos)}
    steady = {"slow", "fast", "one step", "bouncing", "on the bound", "diverging"}
    assert regimes == {*steady, "noisy", "at rest"}


def test_axes_and_curvatures_are_eigenvectors_and_eigenvalues(open_module):
    generator = torch.Generator().manual_seed(2)
    factors = torch.randn(200, 2, 2, generator=generator, dtype=torch.float64)
    matrices = [*(factors.mT @ factors), 2 * torch.eye(2).double(), as_tensor([[1, 0], [0, 9]])]
    axes = called(open_module, MATH, "principal", [(matrix.tolist(),) for matrix in matrices])
    for matrix, each in zip(matrices, axes, strict=True):
        values, vectors = as_tensor(each["values"]), as_tensor(each["axes"])
        assert_same(values, torch.linalg.eigvalsh(matrix), atol=1e-12)
        assert_same(matrix @ vectors.T, vectors.T * values, atol=1e-12)
        assert_same(vectors @ vectors.T, torch.eye(2).double())
    assert open_module(MATH).call("principal", [[7]]) == {"values": [7], "axes": [[1]]}


def test_on_a_level_line_the_loss_is_the_same_everywhere(open_module, demos):
    bowls = [demo for demo in demos if demo.surface != "parabola"][::5]
    given = [(ours, 0.4) for ours in found(open_module, bowls)]
    for demo, points in zip(bowls, called(open_module, SCENE, "levelLine", given), strict=True):
        losses = demo.loss(as_tensor(points)) - demo.loss(demo.minimum)
        flattest = torch.linalg.eigvalsh(demo.hessian).min()
        assert_same(losses, (flattest * 0.4**2 / 2).expand(97), atol=1e-12)


BOX = {"x": [-1, 1], "y": [0, 4]}
SEGMENTS = [
    ([0, 1], [0.5, 2], [0.5, 2]),
    ([0, 1], [2, 1], [1, 1]),
    ([0, 2], [0, -2], [0, 0]),
    ([0, 2], [4, 6], [1, 3]),
    ([0.5, 1], [-149, 1], [-1, 1]),
]


def test_a_segment_ends_at_the_edge_of_the_picture(open_module):
    given = [(start, end, BOX) for start, end, _ in SEGMENTS]
    for place, (*_, wanted) in zip(
        called(open_module, MATH, "clipped", given), SEGMENTS, strict=True
    ):
        assert place == pytest.approx(wanted)


def test_nothing_is_drawn_outside_the_picture(open_module, demos):
    demos = demos[::3]
    results = found(open_module, demos)
    given = [(demo.state(), ours) for demo, ours in zip(demos, results, strict=True)]
    boxes = called(open_module, SCENE, "ranges", given)
    charts = called(open_module, SCENE, "chartMarks", given)
    for demo, marks, box, chart in zip(
        demos, called(open_module, SCENE, "marks", given), boxes, charts, strict=True
    ):
        arrows = [mark["arrow"] for mark in marks if "arrow" in mark]
        assert len(arrows) == min(1, len(demo.path) - 1)
        dots = [mark["dot"] for mark in marks if mark.get("look") == "path" and "dot" in mark]
        for x, y in (*itertools.chain(*arrows), *dots):
            assert box["x"][0] - 1e-9 <= x <= box["x"][1] + 1e-9, demo
            assert box["y"][0] - 1e-9 <= y <= box["y"][1] + 1e-9, demo
        for x, y in (mark["dot"] for mark in chart if "dot" in mark):
            assert 0 <= x <= demo.steps
            assert -6 <= y <= 2


SENTENCES = {
    "slow": "Slow: 0.02 is below 1/a = 0.25. A step keeps 0.92 of the distance; "
    "a tenth is reached in 28 steps.",
    "fast": "Fast: 0.15 is below 1/a = 0.25. A step keeps 0.4 of the distance.",
    "one step": "One step: 0.25 equals 1/a, and the first step ends in the minimum.",
    "bouncing": "Bouncing: 0.45 is between 1/a = 0.25 and 2/a = 0.5. "
    "A step overshoots and keeps 0.8 of the distance.",
    "diverging": "Diverging: 0.6 is above the bound 2/a = 0.5. A step multiplies the distance "
    "by 1.4. Step 6 leaves the picture; the drawing stops at its edge.",
    "stretched bowl": "Bouncing: 0.18 is between 1/a = 0.1 and 2/a = 0.2. A step overshoots "
    "and keeps 0.8 of the distance across the valley and 0.82 along it.",
    "data, all examples": "Fast: 0.2 is below 1/a = 0.758. A step keeps 0.736 of the distance "
    "across the valley and 0.864 along it.",
}


@pytest.mark.parametrize("name", SENTENCES)
def test_the_sentence_of_a_preset(open_module, name):
    demo = DescentPath(**PRESETS[name])
    (ours,) = found(open_module, [demo])
    assert open_module(WORDS).call("sentence", ours, demo.state()) == SENTENCES[name]


def test_a_noisy_sentence_gives_the_mean_of_the_last_half(open_module):
    demo = DescentPath(**PRESETS["data, minibatches"])
    (ours,) = found(open_module, [demo])
    told = open_module(WORDS).call("sentence", ours, demo.state())
    above = (demo.losses - demo.loss(demo.minimum))[13:].mean().item()
    assert told.startswith("Noisy: each step sees 4 examples of 64")
    assert float(re.search(r"loss is ([\d.]+) above", told)[1]) == pytest.approx(above, rel=0.005)


def test_no_setting_is_told_with_a_number_that_is_none(open_module, demos):
    results = found(open_module, demos)
    given = [(ours, demo.state()) for demo, ours in zip(demos, results, strict=True)]
    told = called(open_module, WORDS, "sentence", given)
    listed = called(open_module, WORDS, "facts", [(ours,) for ours in results])
    for demo, sentence, facts in zip(demos, told, listed, strict=True):
        assert not WRONG.search(f"{sentence} {facts}"), (demo, sentence, facts)
        assert sentence.lower().startswith(demo.regime), (demo, sentence)
        assert ("leaves the picture" in sentence) == demo.left_picture
        assert len(sentence) < 200


NUMBERS = [(0, "0"), (-0.0, "0"), (0.25, "0.25"), (1 / 3, "0.333"), (-1.5, "−1.5")]
NUMBERS += [(12345, "1.2·10⁴"), (3.2e-7, "3.2·10⁻⁷"), (9999, "10000"), (-2e-10, "−2.0·10⁻¹⁰")]


def test_numbers_are_short(open_module):
    texts = called(open_module, WORDS, "short", [(value,) for value, _ in NUMBERS])
    assert texts == [text for _, text in NUMBERS]


def test_the_torch_lines_run_and_give_the_numbers_behind_them(open_module, demos):
    chosen = [*demos[::17], *demos[-11:]]
    for demo, code in zip(
        chosen, called(open_module, WORDS, "torchCode", states(chosen)), strict=True
    ):
        names = {"torch": torch}
        exec(re.sub(r"^print.*", "", code, flags=re.MULTILINE), names)
        place, loss = re.findall(r"# (-?[\d.e+-]+.*|the loss there: .*)$", code, re.MULTILINE)[-2:]
        shown = [float(part) for part in place.split(", ")]
        assert names["w"].tolist() == pytest.approx(shown, rel=6e-4, abs=1e-12), code
        exact = demo.losses[-1].item()
        assert float(loss.split(": ")[1]) == pytest.approx(exact, rel=6e-4, abs=1e-12)
        assert len(demo.path[0]) == len(shown)


def test_all_surfaces_are_among_the_settings(demos):
    assert {demo.surface for demo in demos} == set(EDGES)
