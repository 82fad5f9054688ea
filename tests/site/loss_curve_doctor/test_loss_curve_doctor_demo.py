"""The doctor of loss curves, as a reader meets it in Chromium."""

import contextlib
import io
import math
import re

import pytest
import torch
from demo_page import frame, mounting, read
from demo_stage import is_done, open_drawer

from utils.widgets.loss_curve_doctor import CASES, EPOCHS, LossCurveDoctor

_FOOT = """() => {
    const ticks = [...document.querySelectorAll(".book-words.book-tick.book-end")];
    const place = (node) => [node.textContent, node.getAttribute("y")].map(Number);
    return ticks.slice(0, 4).map(place);
}"""


@pytest.fixture
def show(page):
    yield from mounting(page, LossCurveDoctor)


def diagnose(page, case):
    page.get_by_role("combobox", name="Diagnosis").select_option(case)
    frame(page)


def drawn(page, look):
    """The places of a curve, in pixels."""
    points = page.locator(f"polyline.book-{look}").get_attribute("points")
    return [tuple(map(float, place.split(","))) for place in points.split()]


def losses(page, look):
    """The losses of a curve, read off the axis."""
    (small, low), *_, (large, high) = page.evaluate(_FOOT)
    rate = math.log(large / small) / (high - low)
    return torch.tensor([small * math.exp(rate * (y - low)) for _, y in drawn(page, look)])


def test_the_curves_are_those_that_torch_finds(show):
    for patient, seed in ((1, 0), (2, 5), (3, 0), (5, 3)):
        page = show(patient=patient, seed=seed, epochs=20)
        wanted = LossCurveDoctor(patient=patient, seed=seed, epochs=20).curves()
        training = torch.tensor(wanted["training"])
        cut = {"min": 0.0201}  # lower losses lie at the foot
        for look, values in (
            ("minibatch", training),
            ("training", training.view(20, 9).mean(1)),
            ("validation", torch.tensor(wanted["validation"])),
        ):
            gap = (losses(page, look).clamp(**cut).log() - values.clamp(**cut).log()).abs().max()
            assert gap < 0.01, (patient, look)
        across = [x for x, _ in drawn(page, "validation")]
        assert across[-1] > drawn(page, "training")[-1][0]  # an end after a middle


def test_the_sentence_gives_the_numbers_of_the_epoch(show):
    page = show(patient=3, epochs=7)
    wanted = LossCurveDoctor(patient=3, epochs=7).curves()
    mean = sum(wanted["training"][-9:]) / 9
    numbers = re.findall(r"\d+(?:\.\d+)?", read(page, ".book-says"))
    said = [
        f"{mean:.2f}",
        f"{wanted['validation'][-1]:.2f}",
        f"{100 * wanted['accuracy'][-1]:.0f}",
    ]
    assert numbers == ["3", "7", *said]


def test_a_right_and_a_wrong_diagnosis_are_told_apart(show):
    page = show(patient=4)
    for case in CASES:
        diagnose(page, case)
        is_right = case == "never cleared"
        assert read(page, ".book-says").startswith("Right" if is_right else "No")
        assert page.locator(".book-badge.book-right").count() == is_right
        assert page.locator("polyline.book-healthy").count() == is_right
    diagnose(page, "")
    assert read(page, ".book-says").startswith("Patient 4")


def test_six_right_diagnoses_are_the_task(show):
    page = show()
    for patient, case in enumerate(CASES, start=1):
        assert not is_done(page)
        page.get_by_role("slider", name="Patient").fill(str(patient))
        frame(page)
        diagnose(page, case)
    assert is_done(page)
    page.get_by_role("button", name="Reset").click()
    frame(page)
    assert not is_done(page) and read(page, ".book-says").startswith("Patient 1")


def test_play_begins_anew_and_ends_with_the_last_epoch(show):
    page = show(epochs=EPOCHS - 2)
    play = page.get_by_role("button", name="Play")
    play.click()
    page.get_by_text("Pause").wait_for(state="detached")
    assert f"epoch {EPOCHS}:" in read(page, ".book-says")


def test_the_lines_of_torch_hold_the_mistake_and_give_the_same_loss(show):
    for patient, case in enumerate(CASES, start=1):
        page = show(patient=patient, epochs=3, seed=2)
        open_drawer(page, "The same in torch")
        lines = page.locator(".book-drawer code").inner_text()
        assert ("zero_grad" not in lines) == (case == "never cleared")
        assert ("Softmax" in lines) == (case == "softmax twice")
        assert ("arange" in lines) == (case == "not shuffled")
        assert ("y = torch.tensor(MIXED_UP)" in lines) == (case == "labels mixed up")
        assert ("lr=20)" in lines) == (case == "rate too high")
        with contextlib.redirect_stdout(io.StringIO()) as printed:
            exec(lines, {})
        promised = float(re.search(r"# ([\d.e-]+)$", lines)[1])
        assert float(printed.getvalue()) == pytest.approx(promised, rel=1e-3)


def test_javascript_and_python_agree_on_the_cases(open_module):
    words = open_module("loss_curve_doctor/words")
    cases, diagnoses = words.evaluate("(module) => [module.CASES, module.DIAGNOSES]")
    assert cases == list(CASES)
    assert sorted(value for value, _ in diagnoses) == sorted(["", *CASES])
