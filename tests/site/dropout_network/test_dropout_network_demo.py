"""Dropout network, as a reader meets it in Chromium."""

import itertools
import re

import pytest
from demo_page import frame, mounting, read
from demo_stage import is_done
from dropout_network_states import STATES

from utils.widgets.dropout_network import MOST_PASSES, DropoutNetwork


@pytest.fixture
def show(page):
    yield from mounting(page, DropoutNetwork)


def click(page, name):
    page.get_by_label(name, exact=True).click()
    frame(page)


def shown(page):
    """The numbers in the network's units, inputs first."""
    words = page.locator(".book-unit text").all_text_contents()
    return [float(word.replace("\u2212", "-")) for word in words]


def test_the_units_show_the_last_pass(show):
    for state in STATES:
        demo = DropoutNetwork(**state)
        page = show(**state)
        off = page.eval_on_selector_all(
            ".book-unit", "(all) => all.map((each) => each.classList.contains('book-off'))"
        )
        assert off == [False, False, *(demo.kept[-1] == 0).tolist(), *[False] * 4]
        assert shown(page)[-1] == pytest.approx(demo.outputs[-1].item(), abs=0.0051)
        divisor = 1 - demo.p if demo.training and demo.scaled else 1
        handed_on = (demo.kept[-1] * demo.hidden / divisor).tolist()
        assert shown(page)[2:8] == pytest.approx(handed_on, abs=0.0051)


def test_edges_of_dropped_units_go_out(show):
    page = show()
    kept = int(DropoutNetwork().kept[-1].sum())
    assert page.locator(".book-edge").count() == 2 * 6 + 6 * 3 + 3
    assert page.locator(".book-edge:not(.book-off)").count() == 5 * kept + 3
    click(page, "Train")
    assert page.locator(".book-edge.book-off").count() == 0


def test_a_dot_for_each_pass_stands_at_its_output(show):
    demo = DropoutNetwork(relu=True, passes=9)
    page = show(relu=True, passes=9)
    heights = page.eval_on_selector_all(
        ".book-head:is(.book-thin, .book-now)",
        "(all) => all.map((each) => +each.getAttribute('cy'))",
    )
    outputs = [7.6 - y * (7.6 + 2.6) / 184 for y in heights]
    assert outputs == pytest.approx(demo.outputs.tolist(), abs=1e-9)
    assert page.locator(".book-head.book-now").count() == 1


def test_lines_and_a_far_dot_bear_their_numbers(show):
    page = show()
    words = page.locator(".book-plane .book-words:is(.book-mean, .book-eval, .book-now)")
    assert set(words.all_text_contents()) == {"mean 2.08", "eval 2.00", "4.75"}
    page = show(training=False)  # the dot lies on the mean, whose number it has
    assert set(words.all_text_contents()) == {"mean 2.00", "eval 2.00"}


def test_the_sentence_gives_both_means_and_eval_mode(show):
    for p, relu, passes in itertools.product((0.1, 0.5), (True, False), (1, 30)):
        demo = DropoutNetwork(p=p, relu=relu, passes=passes)
        said = read(show(p=p, relu=relu, passes=passes), ".book-says")
        dropped = int((demo.kept[-1] == 0).sum())
        count = "1 pass" if passes == 1 else f"{passes} passes"
        mean = f"{demo.outputs.mean().item():.2f}".replace("-", "\u2212")
        assert said == (
            f"{dropped} of 6 units dropped. Mean of {count} {mean}, of all 64 thinned networks "
            f"{demo.mean_of_all:.2f}; eval mode 2.00."
        )
    said = read(show(training=False), ".book-says")
    assert said == "Eval mode drops nothing and scales nothing: each pass gives 2.00."


def test_the_third_column_says_whether_it_bends(show):
    page = show()
    heads = "svg.book-network > text"
    assert page.locator(heads).all_text_contents() == ["input", "hidden", "linear", "output"]
    click(page, "ReLU")
    assert page.locator(heads).all_text_contents() == ["input", "hidden", "ReLU", "output"]


def test_play_adds_passes_up_to_the_last(show):
    page = show(passes=MOST_PASSES - 2)
    page.get_by_role("button", name="Play").click()
    page.get_by_text("Pause").wait_for(state="detached")
    assert f"Mean of {MOST_PASSES} passes" in read(page, ".book-says")
    page.get_by_role("button", name="Play").click()
    frame(page)
    assert re.search(r"Mean of \d pass", read(page, ".book-says"))


def test_the_task_is_done_by_a_bend_or_without_the_division(show):
    page = show()
    assert not is_done(page)
    click(page, "ReLU")
    assert is_done(page)
    page = show(p=0.6)
    click(page, "Train")
    assert not is_done(page)
    page = show(p=0.6)
    page.get_by_text("More", exact=True).click()
    click(page, "Divide by 1 \u2212 p")
    assert is_done(page)


def test_the_code_gives_the_number_that_it_names(show):
    for state in (*STATES, {"training": False, "relu": True}):
        code = show(**state).locator("pre").text_content()
        *lines, last = code.split("\n")
        names = {}
        exec("\n".join(lines), names)
        named = float(last.rpartition("# ")[2])
        assert eval(last, names) == pytest.approx(named, abs=6e-5)
        assert DropoutNetwork(**state).mean_of_all == pytest.approx(named, abs=6e-5)
