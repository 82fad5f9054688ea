"""Digit reader, as a reader meets it in Chromium."""

import contextlib
import io
import re

import pytest
import torch
from demo_page import frame, mounting, read, stop_clock
from demo_stage import is_done, open_drawer
from module_page import mount
from test_digit_reader_math import safetensors

from utils.widgets.digit_reader import DigitReader, examples
from utils.widgets.digit_reader.nets import NETS
from utils.widgets.kit.ink import as_picture

NAMES = {"mlp": "MLP", "lenet": "LeNet"}
GREYS = """(canvas) => {
    const { width, height } = canvas;
    const copy = new OffscreenCanvas(width, height).getContext("2d", { willReadFrequently: true });
    copy.drawImage(canvas, 0, 0);
    return Array.from(copy.getImageData(0, 0, width, height).data)
        .filter((_, at) => at % 4 === 0);
}"""


@pytest.fixture
def show(page):
    yield from mounting(page, DigitReader)


def shares(page):
    """The probabilities that the bars of both networks show."""
    lists = page.locator(".book-classes").evaluate_all(
        """(all) => all.map((list) => [...list.querySelectorAll("[role=option]")]
            .map((node) => Number(node.style.getPropertyValue("--share"))))"""
    )
    return dict(zip(NAMES, lists, strict=True))


@pytest.mark.parametrize(
    "state",
    [
        {},
        {"centred": True},
        {"drawing": "7", "moved": (-3, -4)},
        {"drawing": "0", "moved": (8, 8), "centred": True},
        {"drawing": as_picture(examples()["5"]).T, "moved": 2},
    ],
)
def test_bars_and_picture_show_what_python_computes(show, state):
    demo, page = DigitReader(**state), show(**state)
    for name, found in shares(page).items():
        assert found == pytest.approx(demo.probabilities[name].tolist(), abs=1e-9)
    greys = page.locator(".book-middle canvas").evaluate(GREYS)
    assert greys == pytest.approx((255 * demo.seen).flatten().tolist(), abs=0.51)
    for at, said in enumerate(demo.says.values()):
        bars = page.locator(".book-classes").nth(at)
        assert bars.locator(".book-said b").all_inner_texts() == [str(said)]
    told = page.locator(".book-middle canvas").get_attribute("aria-label")
    way = "scaled and centred by its mass" if demo.centred else "as it is"
    assert told == f"The drawing, {way}."
    heads = page.locator(".book-caption").all_inner_texts()
    label = state.get("drawing", "2")
    signs = {label if isinstance(label, str) else "": " ✓"}
    wrong = " ✗" if isinstance(label, str) else ""
    said = demo.says.items()
    verdicts = [f"{NAMES[name]} says\n{n}{signs.get(str(n), wrong)}" for name, n in said]
    assert heads == ["Draw here", "What the nets see", *verdicts]


def test_the_sentence_names_both_and_says_who_is_right(show):
    for state in ({}, {"drawing": "6", "centred": True}, {"drawing": "9", "moved": (4, -5)}):
        demo = DigitReader(**state)
        words = read(show(**state), ".book-says")
        label = int(state.get("drawing", "2"))
        for name, said in demo.says.items():
            assert f"{NAMES[name]}: {said} {'✓' if said == label else '✗'} (" in words
    blank = as_picture(examples()["3"]) * 0
    assert "Draw a digit" in read(show(drawing=blank), ".book-says")
    own = read(show(drawing=as_picture(examples()["5"]).T), ".book-says")
    assert "✓" not in own and "✗" not in own


def test_buttons_move_it_and_the_switch_centres_it(show):
    page = show(moved=0)
    for name, moved in (("right", (0, 1)), ("down", (1, 1)), ("left", (1, 0)), ("up", (0, 0))):
        page.get_by_role("button", name=f"Move {name}").click()
        frame(page)
        wanted = DigitReader(moved=moved).probabilities["lenet"].tolist()
        assert shares(page)["lenet"] == pytest.approx(wanted, abs=1e-9)
    page.get_by_role("checkbox", name="Centre it").check()
    frame(page)
    wanted = DigitReader(moved=0, centred=True).probabilities["mlp"].tolist()
    assert shares(page)["mlp"] == pytest.approx(wanted, abs=1e-9)


def test_what_the_nets_see_is_shown_where_it_differs_and_the_height_stays(show):
    for width in (360, 624, 880):
        page = show(width=width)
        seen, pad = page.locator(".book-middle canvas"), page.locator(".book-pad canvas")
        assert not seen.is_visible() and not page.get_by_text("What the nets see").is_visible()
        before, high = pad.bounding_box(), page.locator(".book-demo").bounding_box()
        page.get_by_role("checkbox", name="Centre it").check()
        frame(page)
        assert seen.is_visible() and page.get_by_text("What the nets see").is_visible()
        assert seen.bounding_box()["width"] < 0.6 * before["width"]
        assert pad.bounding_box() == before
        assert page.locator(".book-demo").bounding_box() == high


def test_bars_are_green_where_a_net_is_right_and_red_where_it_is_wrong(show):
    page = show()
    colours = """(nodes) => nodes.map((node) => getComputedStyle(node).backgroundColor)"""
    fills = page.locator(".book-said .book-fill")
    mlp, lenet = fills.evaluate_all(colours)
    assert (mlp, lenet) == ("rgb(180, 35, 44)", "rgb(26, 127, 55)")
    page = show(drawing=as_picture(examples()["5"]).T)
    assert set(page.locator(".book-said .book-fill").evaluate_all(colours)) == {
        "rgb(11, 107, 203)"
    }


def test_icons_point_where_the_drawing_goes(show):
    page = show()
    for name, way in (("left", (-1, 0)), ("up", (0, -1)), ("down", (0, 1)), ("right", (1, 0))):
        path = page.get_by_role("button", name=f"Move {name}").locator("path").get_attribute("d")
        ends = torch.tensor([float(part) for part in re.findall(r"\d+", path)]).view(3, 2)
        tip = ends[1] - (ends[0] + ends[2]) / 2
        assert (tip.sign() == torch.tensor(way)).all()


def test_another_digit_stands_where_it_was_drawn(show):
    page = show(moved=(4, -5))
    page.get_by_role("combobox", name="Digit").select_option("7")
    frame(page)
    wanted = DigitReader(drawing="7", moved=0).probabilities["lenet"].tolist()
    assert shares(page)["lenet"] == pytest.approx(wanted, abs=1e-9)


@pytest.mark.parametrize("state", [{"moved": (3, -2)}, {"drawing": "9", "centred": True}])
def test_the_lines_of_python_read_the_same_digits(show, state):
    page, demo, heard = show(**state), DigitReader(**state), io.StringIO()
    open_drawer(page, "The same in torch")
    with contextlib.redirect_stdout(heard):
        exec(page.inner_text("code"), {})
    rows = [line.split() for line in heard.getvalue().splitlines()]
    assert {name: int(said) for name, said, _ in rows} == demo.says
    for name, _, share in rows:
        assert float(share) == pytest.approx(demo.probabilities[name].max().item())


def test_a_finger_and_the_keyboard_draw_on_blank_paper(show):
    page = show()
    page.get_by_role("combobox", name="Digit").select_option("own")
    frame(page)
    assert "Draw a digit" in read(page, ".book-says")
    box = page.locator(".book-pad canvas").bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] * 0.2)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] * 0.8, steps=5)
    page.mouse.up()
    frame(page)
    ink = torch.tensor(page.locator(".book-middle canvas").evaluate(GREYS)).view(28, 28)
    assert ink[8:20, 13:15].min() > 200 and ink[:, :10].max() == 0
    pad = page.locator(".book-pad")
    pad.focus()
    for _ in range(9):
        pad.press("ArrowLeft")
    pad.press(" ")
    frame(page)
    ink = torch.tensor(page.locator(".book-middle canvas").evaluate(GREYS)).view(28, 28)
    assert ink[14, 5] == 255


def test_drawing_goes_on_where_the_moved_digit_is_seen(show):
    page = show(drawing="1", moved=(0, 6))
    before = torch.tensor(page.locator(".book-middle canvas").evaluate(GREYS))
    pad = page.locator(".book-pad")
    pad.focus()
    pad.press(" ")
    frame(page)
    after = torch.tensor(page.locator(".book-middle canvas").evaluate(GREYS))
    assert (after >= before - 1).all() and after.sum() > before.sum()
    assert before.view(28, 28)[14, 14] < 255 == after.view(28, 28)[14, 14]


def test_the_task_wants_one_right_and_one_wrong(show):
    states = [(name, (step, 0)) for name in examples() for step in range(-8, 9)]
    split, other = None, None
    for name, moved in states:
        says = DigitReader(drawing=name, moved=moved).says
        right = {net: digit == int(name) for net, digit in says.items()}
        if right == {"mlp": False, "lenet": True}:
            split = split or (name, moved)
        elif moved != (0, 0):
            other = other or (name, moved)
    assert split, "no task"
    name, moved = split
    assert is_done(show(drawing=name, moved=moved))
    assert not is_done(show(drawing=name, moved=moved, centred=True))
    assert not is_done(show(drawing=other[0], moved=other[1]))
    assert not is_done(show())
    assert DigitReader(moved=(0, 5)).says == {"mlp": 5, "lenet": 2}  # to the side does not count
    assert not is_done(show(moved=(0, 5)))
    aside = [(d, r) for d in range(-8, 9) for r in (-1, 1, 2) if d]
    says = {moved: DigitReader(moved=moved).says for moved in aside}
    slanted = [moved for moved, each in says.items() if each["mlp"] != 2 and each["lenet"] == 2]
    assert slanted and not is_done(show(moved=slanted[0]))


def test_play_slides_the_digit_across_and_back_to_the_middle(fresh_page):
    page = fresh_page
    stop_clock(page)
    mount(page, DigitReader(moved=(0, 6)))
    frame(page)
    first = shares(page)
    page.get_by_role("button", name="Play").click()
    for time, across in ((180 * 2, 8), (180 * 3, 5), (180 * 8, 0)):
        page.clock.run_for(time)
        wanted = DigitReader(moved=(0, across)).probabilities["lenet"].tolist()
        assert shares(page)["lenet"] == pytest.approx(wanted, abs=1e-9)
    page.get_by_role("button", name="Play").click()
    page.clock.run_for(50)
    wanted = DigitReader(moved=(0, -8)).probabilities["lenet"].tolist()
    assert shares(page)["lenet"] == pytest.approx(wanted, abs=1e-9)
    page.get_by_role("button", name="Reset").click()
    page.clock.run_for(100)
    assert shares(page) == first


def test_clear_empties_the_pad(show):
    page = show(moved=(0, 3))
    page.get_by_role("button", name="Clear").click()
    assert read(page, ".book-says").startswith("Draw a digit")
    assert page.get_by_label("Digit", exact=True).input_value() == "own"


def test_a_reader_brings_weights(show, tmp_path):
    page = show()
    torch.manual_seed(1)
    net = NETS["mlp"]().double()
    good, bad = tmp_path / "mine.safetensors", tmp_path / "other.safetensors"
    good.write_bytes(safetensors({k: v.float() for k, v in net.state_dict().items()}))
    bad.write_bytes(b"no weights")
    open_drawer(page, "More")
    field = page.get_by_label("Your own weights")
    first = shares(page)
    field.set_input_files(bad)
    page.wait_for_function("document.querySelector('.book-heard').textContent")
    assert "other.safetensors: This is no whole" in read(page, ".book-heard")
    assert shares(page) == first
    field.set_input_files(good)
    page.wait_for_function("document.querySelector('.book-heard').textContent.includes('mine')")
    frame(page)
    rounded = {k: v.float().double() for k, v in net.state_dict().items()}
    net.load_state_dict(rounded)
    wanted = net(DigitReader().seen[None, None])[0].softmax(0).tolist()
    assert shares(page)["mlp"] == pytest.approx(wanted, abs=1e-9)
    assert shares(page)["lenet"] == first["lenet"]
    heard = "mine.safetensors holds the weights of MLP, which now reads with them."
    assert read(page, ".book-heard") == heard
    page.get_by_role("button", name="Reset").click()
    frame(page)
    assert shares(page) == first
    assert read(page, ".book-heard") == ""
