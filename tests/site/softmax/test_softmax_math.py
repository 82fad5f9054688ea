"""The arithmetic and the words of the softmax demo, in Chromium, against torch."""

import math
import re

import pytest
import torch
import torch.nn.functional as F

from utils.checks import assert_same
from utils.widgets.softmax import PRESETS, Softmax

NO_NUMBER = r"NaN|undefined|Infinity|null|\[object|−0\.0+\b(?! ×)"


def state(logits, truth, temperature, offset=0):
    return {
        "logits": list(logits),
        "true_class": truth,
        "temperature": temperature,
        "offset": offset,
        "hinge": True,
    }


@pytest.fixture(scope="module")
def cases():
    """240 random states of 3 to 5 classes, with ties and leads of one, and every preset."""
    generator = torch.Generator().manual_seed(7)
    drawn = []
    for index in range(240):
        classes = 3 + index % 3
        logits = torch.rand(classes, generator=generator, dtype=torch.float64) * 12 - 6
        if index % 2:
            logits = (10 * logits).round() / 10
        if index % 5 == 0:
            logits[1] = logits[0]
        if index % 7 == 0:
            logits[2] = logits[0] - (1 if logits[0] > 0 else -1)
        power, truth = torch.rand(2, generator=generator).tolist()
        given = (logits.tolist(), int(truth * classes), 10 ** (2 * power - 1))
        drawn.append(state(*given, offset=1000 * (index % 4 == 3)))
    edges = [([6, -6, -6], truth, t) for truth in (0, 1) for t in (0.1, 1, 10)]
    edges += [([-6, -6, -6], 1, 0.1), ([0, 0, 0, 0, 0], 4, 10), ([1, 0, 0], 0, 1)]
    shown = [(*preset, t) for preset in PRESETS.values() for t in (0.1, 1, 10)]
    return [*drawn, *(state(*given) for given in [*edges, *shown])]


@pytest.fixture(scope="module")
def demos(cases):
    """The Python side in every state."""
    return [Softmax(**case) for case in cases]


def called(open_module, function, given, module="softmax/math"):
    return open_module(module).call_each([(function, *arguments) for arguments in given])


def found_in(open_module, cases):
    return called(open_module, "results", [(case,) for case in cases], "softmax/words")


def as_tensor(values):
    return torch.tensor(values, dtype=torch.float64)


def test_probabilities_losses_and_gradients_are_those_of_torch(open_module, cases):
    found = found_in(open_module, cases)
    assert len(cases) > 240
    for case, ours in zip(cases, found, strict=True):
        o = (as_tensor(case["logits"]) + case["offset"]).requires_grad_()
        y, heat = torch.tensor(case["true_class"]), case["temperature"]
        assert_same(as_tensor(ours["chances"]), F.softmax(o.detach() / heat, 0), atol=1e-10)
        loss = F.cross_entropy(o / heat, y)
        assert ours["loss"] == pytest.approx(loss.item(), rel=1e-9, abs=1e-10)
        slope = torch.autograd.grad(loss, o)[0]
        assert_same(as_tensor(ours["pushes"]), slope, rtol=1e-9, atol=1e-10)
        hinge = len(o) * F.multi_margin_loss(o, y)
        assert ours["hingeLoss"] == pytest.approx(hinge.item(), rel=1e-9, abs=1e-9)
        lacks = [s - o[y].item() + 1 for j, s in enumerate(o.tolist()) if j != y]
        if min(map(abs, lacks)) > 1e-6:  # at a kink rounding decides in torch
            slope = torch.autograd.grad(hinge, o)[0]
            assert_same(as_tensor(ours["hingePushes"]), slope)


def test_both_sides_agree_even_at_a_kink(open_module, cases, demos):
    kinks = 0
    for demo, ours in zip(demos, found_in(open_module, cases), strict=True):
        assert_same(as_tensor(ours["chances"]), demo.probabilities, atol=1e-10)
        assert ours["loss"] == pytest.approx(demo.loss, rel=1e-9, abs=1e-10)
        assert_same(as_tensor(ours["pushes"]), demo.gradient, rtol=1e-9, atol=1e-10)
        assert ours["hingeLoss"] == pytest.approx(demo.hinge_loss, abs=1e-9)
        assert as_tensor(ours["hingePushes"]).equal(demo.hinge_gradient)
        assert ours["lead"] == pytest.approx(demo.lead, abs=1e-9)
        kinks += abs(demo.lead - 1) < 1e-9
    assert kinks >= 2


def test_a_small_doubt_is_never_rounded_away(open_module):
    given = [([gap, 0, 0], heat) for gap in (2, 4, 6) for heat in (0.1, 0.2, 1)]
    found = called(open_module, "crossEntropy", [(o, heat, 0) for o, heat in given])
    slopes = called(open_module, "gradient", [(o, heat, 0) for o, heat in given])
    for (logits, heat), loss, slope in zip(given, found, slopes, strict=True):
        doubt = 2 * math.exp(-logits[0] / heat)
        assert loss == pytest.approx(math.log1p(doubt), rel=1e-12, abs=0)
        assert slope[0] == pytest.approx(-doubt / (1 + doubt) / heat, rel=1e-12, abs=0)
        assert slope[0] < 0


def test_1000_more_changes_nothing(open_module, cases):
    plain = [case | {"offset": 0} for case in cases]
    moved = [case | {"offset": 1000} for case in cases]
    pairs = zip(found_in(open_module, plain), found_in(open_module, moved), strict=True)
    for one, other in pairs:
        for name in ("chances", "loss", "pushes", "hingeLoss", "hingePushes"):
            assert other[name] == pytest.approx(one[name], rel=1e-8, abs=1e-9)


def test_the_naive_formula_fails_wherever_the_note_says_so(open_module, cases):
    moved = [case | {"offset": 1000} for case in [*cases, state([-6, -6, -6], 0, 10)]]
    found = found_in(open_module, moved)
    notes = called(open_module, "offsetNote", [(ours,) for ours in found], "softmax/words")
    for case, note in zip(moved, notes, strict=True):
        o = (torch.tensor(case["logits"]) + 1000) / case["temperature"]
        naive = o.exp() / o.exp().sum()
        assert naive.isnan().all()
        told = float(re.search(r"exp\(([\d.]+)\)", note)[1])
        assert told == pytest.approx(o.max().item(), rel=1e-6, abs=0.006)
        assert note.endswith("which is inf; and inf / inf = not a number.")
        assert not re.search(NO_NUMBER, note)


def test_bars_of_gradients_stand_on_the_side_of_their_sign_and_stay_inside(open_module, cases):
    for case, ours in zip(cases, found_in(open_module, cases), strict=True):
        assert ours["scale"] >= max(1, len(case["logits"]) - 1)
        values = [*ours["pushes"], *ours["hingePushes"]]
        assert max(map(abs, values)) <= ours["scale"] * (1 + 1e-12)
    given = [(-1, 1), (0.5, 1), (0, 4), (-2, 4)]
    spans = called(open_module, "signedSpan", given)
    assert spans == [[0, 50], [50, 25], [50, 0], [25, 25]]


def test_the_river_is_the_stack_of_softmax_at_every_temperature(open_module, cases):
    heats = [0.1, 0.35, 1, 4, 10]
    found = called(open_module, "river", [(case["logits"], heats) for case in cases])
    for case, stacks in zip(cases, found, strict=True):
        o = as_tensor(case["logits"]) / as_tensor(heats)[:, None]
        edges = F.pad(F.softmax(o, dim=1).cumsum(1), (1, 0))
        assert_same(as_tensor(stacks), edges, atol=1e-10)


def test_labels_stand_apart_in_their_order_and_move_no_further_than_needed(open_module):
    given = [[0.2, 0.5, 0.8], [0.5, 0.51, 0.52], [0, 0, 0, 0, 0], [0.1, 1, 1, 1], [0, 1, 1]]
    found = called(open_module, "apart", [(places, 0.1) for places in given])
    wanted = [
        [0.2, 0.5, 0.8],
        [0.5, 0.6, 0.7],
        [0.05, 0.15, 0.25, 0.35, 0.45],
        [0.1, 0.75, 0.85, 0.95],
        [0.05, 0.85, 0.95],
    ]
    for ours, places in zip(found, wanted, strict=True):
        assert ours == pytest.approx(places)


NUMBERS = {
    0: "0.000",
    0.6652: "0.665",
    -0.3348: "−0.335",
    1e-4: "1 × 10⁻⁴",
    -2.3e-22: "−2 × 10⁻²²",
    0.0005: "0.001",
    9.7e-5: "1 × 10⁻⁴",
    46.154: "46.154",
}


def test_small_numbers_are_told_as_powers_of_ten(open_module):
    given = [(value,) for value in NUMBERS]
    assert called(open_module, "number", given, "softmax/words") == list(NUMBERS.values())
    given = [(-0.001,), (1.4999,), (-6,), (1002,)]
    texts = ["0.00", "1.50", "−6.00", "1002.00"]
    assert called(open_module, "plain", given, "softmax/words") == texts


SENTENCES = [
    (
        ([0, 0, 0, 0], 0, 1),
        "All 4 classes get 0.250: the loss is log 4 = 1.386, that of a model that has learned "
        "nothing.",
    ),
    (([5, 0, -1], 0, 1), "Class 0 gets 0.991 and is the true one: sure and right."),
    (([2, 1, 0], 0, 1), "Class 0 gets 0.665 and is the true one: unsure, but right."),
    (([5, 0, -1], 1, 1), "Class 0 gets 0.991, but class 1 is the true one: sure and wrong."),
    (([2, 1, 0], 1, 1), "Class 0 gets 0.665, but class 1 is the true one: unsure and wrong."),
    (([3, 3, -1], 0, 1), "A tie: classes 0 and 1 get 0.495 each."),
    (([3, 3, 3, -1], 0, 1), "A tie: classes 0, 1 and 2 get 0.331 each."),
    (([3, 3, -1], 0, 10), "A tie: classes 0 and 1 get 0.374 each. Temperature 10.00 flattens"),
    (([2, 1, 0], 0, 0.25), "Class 0 gets 0.982 and is the true one: sure and right. Temperature"),
]
HINGE = [
    (
        ([5, 0, -1], 0, 1),
        "The hinge loss has stopped caring: class 0 leads by 5.00, and 1 is enough. "
        "Cross-entropy still pushes its logit up, with 0.009.",
    ),
    (
        ([2.2, 1.2, 0], 0, 1),
        "The hinge loss has stopped caring: class 0 leads by 1.00, and 1 is enough. "
        "Cross-entropy still pushes its logit up, with 0.324.",
    ),
    (
        ([2.1, 1.2, 0], 0, 1),
        "Both losses push: 1 wrong class is less than 1 below class 0, or above it. "
        "Hinge pushes its logit up with 1, cross-entropy with 0.346.",
    ),
    (
        ([0, 0, 0], 2, 1),
        "Both losses push: 2 wrong classes are less than 1 below class 2, or above it. "
        "Hinge pushes its logit up with 2, cross-entropy with 0.667.",
    ),
]


def said(open_module, function, settings):
    """What one function of the words says of each setting."""
    found = found_in(open_module, settings)
    return called(open_module, function, [(ours,) for ours in found], "softmax/words")


def test_the_sentence_names_the_case(open_module):
    given = [state(*setting) for setting, _ in SENTENCES]
    for text, (_, wanted) in zip(said(open_module, "sentence", given), SENTENCES, strict=True):
        assert text.startswith(wanted), text
        assert "inge" not in text


def test_what_the_hinge_loss_does_is_said_where_it_is_compared(open_module):
    given = [state(*setting) for setting, _ in HINGE]
    assert said(open_module, "hingeWords", given) == [wanted for _, wanted in HINGE]
    off = [case | {"hinge": False} for case in given]
    assert said(open_module, "hingeWords", off) == [""] * len(off)


def test_the_picture_is_told_in_words(open_module):
    (text,) = said(open_module, "described", [state([2, 1, 0], 0, 0.5)])
    assert text == (
        "Probabilities at temperature 0.50: class 0 0.867, class 1 0.117, class 2 0.016."
    )


LINES = [
    (([2, 1, 0], 0, 1), "cross-entropy = −log p(class 0) = −log 0.665 = 0.408"),
    (([6, -6, -6], 0, 0.1), "−log (1 − 2 × 10⁻⁵²) = 2 × 10⁻⁵²"),
    (([6, -6, -6], 1, 0.1), "−log (8 × 10⁻⁵³) = 120.000"),
    (([6, -6, -6], 0, 1), "−log (1 − 1 × 10⁻⁵) = 1 × 10⁻⁵"),
]


def test_the_losses_are_spelled_out(open_module):
    given = [(ours,) for ours in found_in(open_module, [state(*case) for case, _ in LINES])]
    told = called(open_module, "lossLine", given, "softmax/words")
    for text, (_, wanted) in zip(told, LINES, strict=True):
        assert text.endswith(wanted)
    given = [(ours,) for ours in found_in(open_module, [state([2, 1.5, 0, 3], 0, 1)])]
    assert called(open_module, "hingeLine", given, "softmax/words") == [
        "hinge = sum of max(0, wrong logit − logit 0 + 1) = 0.50 + 0.00 + 2.00 = 2.50"
    ]


def test_all_words_are_free_of_what_is_no_number(open_module, cases):
    found = [(ours,) for ours in found_in(open_module, cases[::3] + cases[-27:])]
    for function in ("sentence", "described", "hingeWords", "lossLine", "hingeLine", "offsetNote"):
        for text in called(open_module, function, found, "softmax/words"):
            assert not re.search(NO_NUMBER, text), text


def told_and_computed(code):
    """What the shown torch lines say that they give, and what they give: pairs of lists."""
    names = {"torch": torch, "F": F}
    for line in code.splitlines():
        call, _, told = line.partition("  # ")
        if not told:
            exec(call, names)
            continue
        name, _, expression = call.rpartition(" = ")
        value = eval(expression, names)
        names[name] = value
        value = value[0] if isinstance(value, tuple) else value
        yield [float(part) for part in told.split(", ")], value.detach().flatten().tolist()


def test_the_code_that_is_shown_gives_the_numbers_behind_it(open_module, cases):
    # With an offset the lead of 1 may be rounded away in torch itself.
    some = [case for case in cases if not case["offset"]][::3] + cases[-27:]
    found = found_in(open_module, some)
    given = [(case["logits"], ours) for case, ours in zip(some, found, strict=True)]
    for code in called(open_module, "torchCode", given, "softmax/words"):
        pairs = list(told_and_computed(code))
        assert len(pairs) == 5
        for told, computed in pairs:
            assert computed == pytest.approx(told, abs=0.000501), code
