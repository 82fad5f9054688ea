"""Transfer curves, as a reader meets it in Chromium."""

import base64
import contextlib
import io
import itertools
import math

import numpy as np
import pytest
from demo_page import frame, mount, mounting, read, stop_clock
from demo_stage import is_done, open_drawer

from utils.widgets.transfer_curves import TransferCurves
from utils.widgets.transfer_curves.results import COUNTS, STEPS, WAYS, results

LOOK = """() => [...document.querySelectorAll("figure")].map((figure) => ({
    way: figure.querySelector("span").textContent,
    share: figure.querySelector("b").textContent,
    colour: getComputedStyle(figure.querySelector("b")).color,
    dots: [...figure.querySelectorAll("g path")].map((dot) =>
        [dot.getAttribute("class"), dot.getAttribute("d").includes("A") ? "dot" : "cross",
         dot.dataset.about,
         dot.getAttribute("transform").match(/-?[\\d.]+(e-?\\d+)?/g).map(Number).slice(0, 2)]),
    ring: figure.querySelector(".book-ring").getAttribute("transform"),
    signs: [...figure.querySelectorAll(".book-sign")].map((sign) =>
        [sign.textContent, Number(sign.getAttribute("x")), Number(sign.getAttribute("y"))]),
}))"""
CURVES = """() => [...document.querySelectorAll(".book-line")].map((line) => ({
    points: line.getAttribute("points").split(" ").map(Number),
    colour: getComputedStyle(line).stroke,
}))"""
HEADS = """() => [...document.querySelectorAll(".book-head")].map((head) =>
    [Number(head.getAttribute("cx")), Number(head.getAttribute("cy"))])"""
TICKS = """() => [...document.querySelectorAll(".book-tick")].map((text) =>
    [text.textContent, Number(text.getAttribute("x")), Number(text.getAttribute("y"))])"""
BANDS = """() => [...document.querySelectorAll(".book-band")].map((band) =>
    band.getAttribute("points").split(" ").map(Number))"""


@pytest.fixture
def show(page):
    yield from mounting(page, TransferCurves)


def test_panels_and_curves_show_the_stored_runs(show):
    for state in ({}, {"pictures": 50, "step": 60}):
        page = show(**state)
        demo, found = TransferCurves(**state), page.evaluate(LOOK)
        assert [panel["way"] for panel in found] == list(WAYS)
        for panel in found:
            assert panel["share"] == f"{100 * demo.accuracies[panel['way']]:.0f} % right"
            assert [sign for sign, *_ in panel["signs"]] == list("56789")
            places = {int(sign) - 5: (x / 1.15, y / 1.15) for sign, x, y in panel["signs"]}
            for look, form, about, at in panel["dots"]:
                assert (look == "book-right") == (form == "dot")
                near = min(places, key=lambda label: math.dist(at, places[label]))
                # A network that is sure of a class has sent the dot to its corner.
                if math.dist(at, places[near]) < 0.15:
                    assert (about == f"digit-{near}") == (look == "book-right"), at
        lines, ticks = page.evaluate(CURVES), page.evaluate(TICKS)
        across = {text: x for text, x, _ in ticks}
        up = {float(text[:-2]) / 100: y for text, _, y in ticks if text.endswith("%")}
        slope = (up[0.8] - up[0.2]) / 0.6
        at = STEPS.index(demo.step)
        for line, band, way, panel, head in zip(
            lines, page.evaluate(BANDS), WAYS, found, page.evaluate(HEADS), strict=True
        ):
            assert line["colour"] == panel["colour"]
            curve = results()["curves"][way]
            for place, count in enumerate(COUNTS):
                x, y = line["points"][2 * place : 2 * place + 2]
                mean, spread = curve[place][at]
                assert x == pytest.approx(across[str(count)])
                assert y == pytest.approx(up[0.2] + slope * (mean - 0.2))
                assert band[2 * place + 1] == pytest.approx(y + slope * spread)
            chosen = COUNTS.index(demo.pictures)
            assert head == pytest.approx(line["points"][2 * chosen : 2 * chosen + 2])


def stored(way, state):
    """Class of each dot, how far it is from the middle, and the class that is said."""
    pictures, step = COUNTS.index(state.pictures), STEPS.index(state.step)
    labels = list(base64.b64decode(results()["labels"]))
    rows = np.frombuffer(base64.b64decode(results()["dots"][way][pictures]), dtype=np.uint8)
    rows = rows.reshape(len(STEPS), len(labels), 3)[step].astype(float)
    return labels, np.hypot(*(2 * rows[:, :2].T / 255 - 1)), rows[:, 2].astype(int).tolist()


def test_dots_are_near_their_places_and_marks_can_be_told_apart(show):
    for state in ({}, {"step": 0}, {"pictures": 50, "step": 60}, {"pictures": 1, "step": 25}):
        page, demo = show(**state), TransferCurves(**state)
        for panel, way in zip(page.evaluate(LOOK), WAYS, strict=True):
            _, far, _ = stored(way, demo)
            found = [at for *_, at in panel["dots"]]
            for at, place in zip(found, far, strict=True):
                assert abs(math.hypot(*at) - 0.95 * place) < 0.4
            pairs = itertools.combinations(found, 2)
            assert min(math.dist(one, other) for one, other in pairs) > 0.04


def ringed(page):
    """The number of the dot under the ring in each panel."""
    found = page.evaluate(
        """() => [...document.querySelectorAll("figure")].map((figure) => {
            const ring = figure.querySelector(".book-ring").getAttribute("transform");
            return [...figure.querySelectorAll("g path")]
                .findIndex((dot) => dot.getAttribute("transform") === ring);
        })"""
    )
    assert len(set(found)) == 1
    return found[0]


PICTURE = """() => {
    const copy = new OffscreenCanvas(10, 10).getContext("2d");
    copy.drawImage(document.querySelector(".book-picture"), 0, 0);
    return [...copy.getImageData(0, 0, 10, 10).data]
        .filter((_, at) => at % 4 === 0);
}"""


def test_one_picture_has_a_ring_and_keys_and_touches_choose_another(show):
    page = show()
    said = [stored(way, TransferCurves())[2][5] for way in WAYS]
    assert ringed(page) == 5 and len(set(said)) == 3 and said[2] == 0  # it is a 5
    assert "this 5 has the ring" in page.inner_text(".book-key")
    picture = page.evaluate(PICTURE)
    halves = base64.b64decode(results()["greys"])[250:300]
    assert picture == [17 * level for both in halves for level in divmod(both, 16)]
    page.get_by_role("button", name="Another picture").press("Enter")
    frame(page)
    assert ringed(page) == 18 and page.evaluate(PICTURE) != picture
    assert "this 6 has the ring" in page.inner_text(".book-key")
    page.locator("figure >> nth=2").locator("g path").nth(40).click(force=True)
    frame(page)
    assert ringed(page) == 40 and "this 8" in page.inner_text(".book-key")
    page.get_by_role("button", name="Reset").click()
    frame(page)
    assert ringed(page) == 5 and page.evaluate(PICTURE) == picture


NAMES = """() => [...document.querySelectorAll(".book-line-name")].map((text) =>
    [text.textContent, Number(text.getAttribute("y")), getComputedStyle(text).fill,
     text.getBoundingClientRect().right])"""


@pytest.mark.parametrize("width", [360, 624, 880])
def test_each_line_has_its_name_at_its_right_end(show, width):
    for state in ({}, {"pictures": 1, "step": 0}, {"pictures": 50, "step": 60}):
        page = show(width=width, **state)
        names, lines = page.evaluate(NAMES), page.evaluate(CURVES)
        assert [name for name, *_ in names] == ["scratch", "frozen", "fine-tuned"]
        frame_of = page.locator(".book-chart").bounding_box()
        for (_, y, colour, right), line in zip(names, lines, strict=True):
            assert colour == line["colour"]
            assert abs(y - line["points"][-1]) < 25
            assert right <= frame_of["x"] + frame_of["width"]
        ends = sorted(y for _, y, *_ in names)
        assert min(ends[1] - ends[0], ends[2] - ends[1]) > 13.9


def test_the_three_ways_part_at_the_start_and_the_pentagon_is_explained(show):
    shares = sorted(TransferCurves().accuracies.values())
    assert min(shares[1] - shares[0], shares[2] - shares[1]) > 0.04
    assert "nearer a corner: surer of that digit" in show().inner_text(".book-key")


def test_slider_touch_and_pointing(show):
    page = show(pictures=10, step=60)
    page.get_by_label("Pictures", exact=True).press("ArrowLeft")
    page.get_by_label("Steps", exact=True).press("ArrowLeft")
    frame(page)
    page.wait_for_function("document.querySelectorAll('output')[0].textContent === '5'")
    assert page.evaluate("[...document.querySelectorAll('output')].map((o) => o.textContent)") == [
        "5",
        "25",
    ]
    box = page.locator(".book-chart").bounding_box()
    last = [x for text, x, _ in page.evaluate(TICKS) if text == "50"][0]
    page.mouse.click(box["x"] + last - 4, box["y"] + 60)
    frame(page)
    assert page.evaluate("document.querySelector('output').textContent") == "50"
    page.locator(".book-sign", has_text="7").first.hover()
    lit = page.evaluate(
        "[...document.querySelectorAll('g .book-pointed')].map((dot) => dot.dataset.about)"
    )
    assert set(lit) == {"digit-2"} and len(lit) == 36


def test_the_sentence_counts_points(show):
    said = {}
    for step in (0, 12, 60):
        page = show(pictures=50, step=step)
        said[step] = read(page, ".book-says")
    assert said[0] == "Before the first step all three guess."
    for step in (12, 60):
        means = TransferCurves(pictures=50, step=step).accuracies
        whole = {way: round(100 * mean) for way, mean in means.items()}
        gain = whole["fine-tuned"] - whole["from scratch"]
        frozen = whole["frozen"] - whole["from scratch"]
        wanted = f"Against scratch: fine-tuned {gain:+} points, frozen {frozen:+}."
        assert said[step] == wanted.replace("-", "−").replace("fine−", "fine-")


def test_the_task_is_done_where_the_lines_cross(show):
    curves = results()["curves"]
    ahead = [
        mine[-1][0] > theirs[-1][0]
        for mine, theirs in zip(curves["from scratch"], curves["frozen"], strict=True)
    ]
    crossing = COUNTS[ahead.index(True)]
    assert all(ahead[ahead.index(True) :])
    assert crossing not in (COUNTS[0], TransferCurves().pictures)
    for count in COUNTS:
        assert is_done(show(pictures=count, step=60)) == (count == crossing)
    assert not is_done(show()) and not is_done(show(pictures=crossing, step=25))


def test_play_trains_to_the_end(fresh_page):
    page = fresh_page
    page.emulate_media(reduced_motion="reduce")
    stop_clock(page)
    mount(page, TransferCurves(pictures=20, step=60))
    frame(page)
    page.get_by_role("button", name="Play").click()
    seen = []
    for _ in STEPS:
        frame(page)
        seen.append(page.evaluate("document.querySelectorAll('output')[1].textContent"))
        page.clock.run_for(2200)
    assert list(dict.fromkeys(seen)) == [str(step) for step in STEPS]


def test_the_lines_of_python_give_the_accuracy_that_is_shown(show):
    page = show()
    open_drawer(page, "The same in torch")
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(page.locator("pre code").text_content(), {})
    number = float(printed.getvalue().removeprefix("tensor(").rstrip(")\n"))
    assert abs(number - TransferCurves().accuracies["fine-tuned"]) < 0.02
