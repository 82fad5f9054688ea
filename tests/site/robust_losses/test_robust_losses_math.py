"""The arithmetic, the picture and the words of the demo of robust losses, against torch."""

import math
import re

import pytest
import torch
import torch.nn.functional as F

from utils.checks import assert_same
from utils.widgets.robust_losses import LOSSES, PRESETS, RobustLosses

EDGE, WIDE = 4.35, 8
LOOKS = ["l2", "l1", "huber"]


@pytest.fixture(scope="module")
def demos():
    """250 random settings, some of them on the grid of a drag, and all presets."""
    generator = torch.Generator().manual_seed(3)
    drawn = torch.rand(250, 3, generator=generator, dtype=torch.float64)
    names = list(PRESETS)
    found = []
    for index, (x, y, share) in enumerate(drawn.tolist()):
        place = [8 * x - 4, 8 * y - 4]
        if index % 2:
            place = [round(20 * value) / 20 for value in place]
        delta = round(0.1 + 5.9 * share**2, 1)
        found.append(RobustLosses(preset=names[index % 5], outlier=place, delta=delta))
    return [*found, *(RobustLosses(preset=name) for name in names)]


@pytest.fixture(scope="module")
def python(demos):
    """The lines, the outlier's residuals and its pulls in Python, computed once."""
    return [(demo.lines, demo.residuals[:, -1], demo.pulls) for demo in demos]


def called(open_module, module, function, given):
    return open_module(module).call_each([(function, *arguments) for arguments in given])


@pytest.fixture(scope="module")
def fitted(open_module, demos):
    """What the browser finds in the same settings."""
    given = [(demo.points.tolist(), demo.delta) for demo in demos]
    return called(open_module, "robust_losses/math", "fitted", given)


def as_tensor(values):
    return torch.tensor(values, dtype=torch.float64)


def torch_loss(name, residuals, delta, **given):
    zero = torch.zeros_like(residuals)
    if name == "L2":
        return F.mse_loss(residuals, zero, **given) / 2
    if name == "L1":
        return F.l1_loss(residuals, zero, **given)
    return F.huber_loss(residuals, zero, delta=delta, **given)


def test_losses_and_pulls_are_those_of_torch_and_its_autograd(open_module):
    generator = torch.Generator().manual_seed(4)
    r = 4 * torch.randn(250, generator=generator, dtype=torch.float64)
    delta = 0.1 + 5.9 * torch.rand(250, generator=generator, dtype=torch.float64)
    r[:3] = as_tensor([0, 1, -1]) * delta[:3]  # the kink, and exactly on the threshold
    given = list(zip(r.tolist(), delta.tolist(), strict=True))
    losses = as_tensor(called(open_module, "robust_losses/math", "lossesAt", given))
    pulls = as_tensor(called(open_module, "robust_losses/math", "pullsAt", given))
    for row, (residual, threshold) in enumerate(given):
        for column, name in enumerate(LOSSES):
            x = as_tensor(residual).requires_grad_()
            loss = torch_loss(name, x, threshold)
            (slope,) = torch.autograd.grad(loss, x)
            assert_same(losses[row, column], loss.detach(), rtol=1e-12)
            assert_same(pulls[row, column], slope, rtol=1e-12)


def test_the_lines_are_those_of_python(python, fitted):
    assert len(python) > 250
    for (wanted, residuals, _), found in zip(python, fitted, strict=True):
        assert [fit["name"] for fit in found["fits"]] == list(LOSSES)
        ours = as_tensor([fit["line"] for fit in found["fits"]])
        assert_same(ours, wanted, rtol=1e-8, atol=1e-8)
        ours = as_tensor([fit["residual"] for fit in found["fits"]])
        assert_same(ours, residuals, rtol=0, atol=1e-7)


def test_no_line_has_a_smaller_loss(demos, fitted):
    """All three are convex, so a zero gradient, or no better neighbour, settles it."""
    generator = torch.Generator().manual_seed(5)
    steps = torch.randn(40, 2, generator=generator, dtype=torch.float64)
    steps = torch.cat([steps, 1e-2 * steps])
    for demo, found in zip(demos, fitted, strict=True):
        x, y = demo.points.T
        inputs = torch.stack([x, torch.ones_like(x)])
        for name, fit in zip(LOSSES, found["fits"], strict=True):
            line = as_tensor(fit["line"]).requires_grad_()
            mean = torch_loss(name, line @ inputs - y, demo.delta)
            assert fit["mean"] == pytest.approx(mean.item(), rel=1e-9, abs=1e-12)
            if name == "L1":
                near = ((line.detach() + steps) @ inputs - y).abs().mean(dim=1)
                assert near.min() >= mean.item() - 1e-12
            else:
                (slopes,) = torch.autograd.grad(mean, line)
                assert slopes.abs().max() < 1e-10


def test_the_outliers_loss_and_pull_belong_to_its_residual(demos, fitted):
    for demo, found in zip(demos, fitted, strict=True):
        for name, fit in zip(LOSSES, found["fits"], strict=True):
            x = as_tensor(fit["residual"]).requires_grad_()
            loss = torch_loss(name, x, demo.delta)
            (pull,) = torch.autograd.grad(loss, x)
            assert [fit["loss"], fit["pull"]] == pytest.approx([loss.item(), pull.item()])
    assert demos[-2].preset == "far in x"
    l1 = fitted[-2]["fits"][1]  # runs through the outlier, into the kink of its loss
    assert (l1["residual"], l1["pull"]) == (0, 0)


def test_of_equally_good_l1_lines_the_middle_is_drawn(open_module):
    corners = [[0, 0], [1, 0], [0, 1], [1, 1]]
    bent = [[0, 0], [1, 1], [2, 0]]
    found = called(open_module, "robust_losses/math", "l1Line", [(corners,), (bent,)])
    assert found == [
        {"line": [0, 0.5], "isOnly": False},
        {"line": [0, 0], "isOnly": True},
    ]


def test_the_line_without_the_outlier_and_the_turn_are_those_of_torch(open_module, demos):
    given = [(demo.points.tolist(),) for demo in demos]
    lines = called(open_module, "robust_losses/math", "lineWithout", given)
    turns = called(open_module, "robust_losses/math", "turned", given)
    for demo, line, turn in zip(demos, lines, turns, strict=True):
        x, y = demo.points[:-1].T
        inputs = torch.stack([x, torch.ones_like(x)], dim=1)
        wanted = torch.linalg.lstsq(inputs, y[:, None]).solution[:, 0]
        assert_same(as_tensor(line), wanted, rtol=1e-9, atol=1e-9)
        assert turn == pytest.approx((demo.lines[0, 0] - wanted[0]).item(), abs=1e-9)


def test_the_outlier_falls_from_the_line_of_the_others_to_the_floor(open_module, demos):
    points = [demo.points.tolist() for demo in demos]
    lifted = called(open_module, "robust_losses/math", "lifted", [(each, 4) for each in points])
    lines = called(open_module, "robust_losses/math", "lineWithout", [(each,) for each in points])
    for each, (slope, intercept), (x, y) in zip(points, lines, lifted, strict=True):
        assert x == each[-1][0]
        assert y == pytest.approx(max(-4, min(4, slope * x + intercept)), abs=0.02501)
    falls = [([1, 2.1], 0.6, -3.6), ([1, -3.2], 0.6, -3.6), ([1, -3.6], 0.6, -3.6)]
    falls.append(([1, -3.8], 0.6, -3.6))
    found = called(open_module, "robust_losses/math", "fallen", falls)
    assert found == [[1, 1.5], [1, -3.6], None, None]


def test_the_plane_shows_each_line_and_the_pull_of_the_outlier_at_it(open_module, demos, fitted):
    given = [(d.points.tolist(), f["fits"]) for d, f in zip(demos, fitted, strict=True)]
    drawn = called(open_module, "robust_losses/scene", "planeMarks", given)
    without = called(
        open_module, "robust_losses/math", "lineWithout", [(points,) for points, _ in given]
    )
    for (points, fits), alone, marks in zip(given, without, drawn, strict=True):
        lines = [mark for mark in marks if "line" in mark and "stem" not in mark["look"]]
        assert [mark["look"] for mark in lines] == ["without", *LOOKS]
        for (slope, intercept), mark in zip(
            [alone, *(fit["line"] for fit in fits)], lines, strict=True
        ):
            assert [x for x, _ in mark["line"]] == [-EDGE, EDGE]
            for x, y in mark["line"]:
                assert y == pytest.approx(slope * x + intercept)
        assert [mark["dot"] for mark in marks if "dot" in mark] == points[:-1]
        arrows = [mark for mark in marks if "arrow" in mark]
        stems = [mark["line"] for mark in marks if "stem" in mark["look"]]
        assert [mark["look"] for mark in arrows] == [f"pull book-{look}" for look in LOOKS]
        x, y = points[-1]
        for fit, mark, stem in zip(fits, arrows, stems, strict=True):
            (start, top), (end, tip) = mark["arrow"]
            assert start == end and abs(start - x) < 0.75 and abs(start) < EDGE
            assert top == pytest.approx(fit["line"][0] * x + fit["line"][1])
            assert tip == pytest.approx(top - fit["pull"])
            assert stem == [[start, top], [start, y]]
            assert abs(tip - y) <= abs(top - y) + 1  # towards the outlier
        assert arrows[0]["arrow"][1][1] == pytest.approx(y)  # L2 pulls with the whole distance
        places = [mark["arrow"][0][0] for mark in arrows]
        assert places[2] - places[1] == pytest.approx(places[1] - places[0])
        assert places[1] - places[0] > 0.2


def test_the_charts_show_the_curves_and_the_outlier_on_each(open_module, demos, fitted):
    some = list(zip(demos, fitted, strict=True))[::25]
    given = [(f["fits"], d.delta) for d, f in some]
    drawn = called(open_module, "robust_losses/scene", "chartMarks", given)
    ranges = {"losses": (-1.4, 10), "pulls": (-5.2, 5.2)}
    for (fits, delta), charts in zip(given, drawn, strict=True):
        for chart, (low, high) in ranges.items():
            for name, look, fit in zip(LOSSES, LOOKS, fits, strict=True):
                pieces = [m["line"] for m in charts[chart] if m["look"] == look and "line" in m]
                for piece in pieces:
                    r, value = as_tensor(piece).T
                    r = r.clone().requires_grad_()
                    loss = torch_loss(name, r, delta, reduction="none")
                    (slope,) = torch.autograd.grad(loss.sum(), r)
                    wanted = loss.detach() if chart == "losses" else slope
                    inner = r.abs() > 0 if len(piece) == 2 else r.abs() >= 0
                    assert_same(value[inner], wanted[inner])
                    if len(piece) == 2:  # L1's pull: as much at the gap as far from it
                        assert piece[1] == [0, piece[0][1]]
                assert max(abs(r) for piece in pieces for r, _ in piece) == WIDE
                (dot,) = [m["dot"] for m in charts[chart] if m["look"] == f"now book-{look}"]
                value = fit["loss" if chart == "losses" else "pull"]
                wanted = [max(-WIDE, min(WIDE, fit["residual"])), max(low, min(high, value))]
                assert dot == pytest.approx(wanted)
                (stem,) = [m["line"] for m in charts[chart] if m["look"] == f"stem book-{look}"]
                assert stem == [[dot[0], 0], dot]


def test_what_lies_beyond_a_chart_is_marked_at_its_edge(open_module):
    fits = [{"name": name, "residual": -12} for name in LOSSES]
    (charts,) = called(open_module, "robust_losses/scene", "chartMarks", [(fits, 1)])
    dots = {chart: [m["dot"] for m in marks if "dot" in m] for chart, marks in charts.items()}
    assert dots == {
        "losses": [[-WIDE, 10]] * 3,
        "pulls": [[-WIDE, -5.2], [-WIDE, -1], [-WIDE, -1]],
    }


def numbers(text):
    found = re.findall(r"−?\d+\.\d+", text)
    return [float(part.replace("−", "-")) for part in found]


def test_the_facts_and_the_sentence_are_torchs_numbers(open_module, demos, python, fitted):
    shown = called(open_module, "robust_losses/words", "facts", [(f,) for f in fitted])
    given = [(f, d.delta) for d, f in zip(demos, fitted, strict=True)]
    told = called(open_module, "robust_losses/words", "sentence", given)
    for demo, found, fit, facts, sentence in zip(demos, python, fitted, shown, told, strict=True):
        wanted, residuals, pulls = found[0], found[1].tolist(), found[2].abs().tolist()
        for row, (look, name, line, outlier) in enumerate(facts):
            assert (look, name) == (LOOKS[row], f"{LOSSES[row]} line")
            slope, intercept = numbers(line.replace("− ", "−"))
            assert [slope, intercept] == pytest.approx(wanted[row].tolist(), abs=0.00501)
            assert numbers(outlier) == pytest.approx([residuals[row], pulls[row]], abs=0.00501)
        if "Several lines" in sentence:
            assert not fit["isOnly"]
        elif "kink" in sentence:
            assert residuals[1] == 0
        else:
            assert ("so does Huber within" in sentence) == (abs(residuals[2]) <= demo.delta)
            assert ("Huber beyond" in sentence) == (abs(residuals[2]) > demo.delta)
        text = str(facts) + sentence
        assert not re.search(r"NaN|undefined|Infinity|−0\.00?(?![0-9])", text)


def test_the_torch_lines_run_and_give_the_numbers_behind_them(open_module, demos, fitted):
    some = list(zip(demos, fitted, strict=True))[::8]
    given = [(d.points.tolist(), f, d.delta) for d, f in some]
    for code in called(open_module, "robust_losses/words", "torchCode", given):
        names = {"torch": torch, "F": F}
        for line in code.splitlines():
            if "  # " not in line:
                exec(line, names)
                continue
            call, comment = line.split("  # ")
            result = eval(call, names).flatten().tolist()
            wanted = [float(part) for part in re.findall(r"-?\d+\.\d+", comment)]
            assert wanted and all(map(math.isfinite, wanted))
            assert result == pytest.approx(wanted, abs=0.00051), code


def test_labels_that_would_meet_stand_around_their_mean(open_module):
    cases = [
        ([0.5, 0.2, 0.8], [0.5, 0.2, 0.8]),
        ([0.5, 0.5, 0.8], [0.45, 0.55, 0.8]),
        ([0.62, 0.5, 0.56], [0.66, 0.46, 0.56]),
        ([-0.3, 0.1, 0.9], [0.1, 0.2, 0.9]),
        ([1.7, 0.4, 1.6], [0.9, 0.4, 0.8]),
    ]
    calls = [("spread", wanted, 0.1, [0.1, 0.9]) for wanted, _ in cases]
    answers = open_module("robust_losses/math").call_each(calls)
    for (_, found), answer in zip(cases, answers, strict=True):
        assert answer == pytest.approx(found)
