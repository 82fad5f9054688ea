"""Gradient ledger, as a reader meets it in Chromium."""

import contextlib
import io

import pytest
from demo_page import frame, mounting, read, stop_clock
from demo_stage import is_done, open_drawer
from module_page import mount

from utils.widgets.gradient_ledger import CUTS, MOST, GradientLedger

# The numbers on the edges, the crosses, and for each bar its parts, their shares and its total.
DRAWN = """() => {
    const isSeen = (node) => getComputedStyle(node).visibility === "visible";
    const number = (node) => Number(node.textContent.replace("\u2212", "-"));
    const edges = [...document.querySelectorAll(".book-path")].map((path) => ({
        number: isSeen(path.querySelector(".book-disc"))
            ? number(path.querySelector(".book-flow")) : null,
        isCut: isSeen(path.querySelector(".book-cross")),
        isOff: path.classList.contains("book-off"),
        pulse: isSeen(path.querySelector(".book-pulse")),
        at: Number(path.querySelector(".book-pulse").getAttribute("cx")),
        from: Number(path.querySelector("line").getAttribute("x1")),
        to: Number(path.querySelector("line").getAttribute("x2")),
    }));
    const bars = [...document.querySelectorAll(".book-account")].map((account) => ({
        name: account.querySelector(".book-grad").textContent,
        passes: [...account.querySelectorAll(".book-pass")].map((pass) =>
            [...pass.children].map((part) => [part.dataset.about, number(part)])),
        length: [...account.querySelectorAll(".book-part")].reduce(
            (sum, part) => sum + part.getBoundingClientRect().width, 0),
        room: account.querySelector(".book-track").clientWidth
            - parseFloat(getComputedStyle(account.querySelector(".book-track")).paddingRight),
        total: account.querySelector(".book-total").textContent,
    }));
    const region = document.querySelector(".book-region");
    const inside = isSeen(region) ? Number(region.getAttribute("width")) : 0;
    const words = [...document.querySelectorAll(".book-node text")];
    const nodes = words.map((node) => node.textContent);
    return { edges, bars, inside, nodes, code: document.querySelector(".book-lines").textContent };
}"""
# What flows from L to p, from p to w and to x, and from L to x.
FLOWS = {
    "nothing": [1, 3, 2, 4],
    "x in p": [1, 3, None, 4],
    "x in L": [1, 3, 2, None],
    "p": [None, None, None, 4],
    "no_grad p": [None, None, None, 4],
    "no_grad": [None, None, None, None],
}


@pytest.fixture
def show(page):
    yield from mounting(page, GradientLedger)


@pytest.fixture
def still(fresh_page):
    """A page whose clock stands still."""
    stop_clock(fresh_page)
    return fresh_page


def press(page, name):
    page.get_by_role("button", name=name, exact=True).click()
    frame(page)


def choose(page, cut):
    page.get_by_label("Cut").select_option(cut)
    frame(page)


def totals(page):
    return [bar["total"] for bar in page.evaluate(DRAWN)["bars"]]


@pytest.mark.parametrize("cut", CUTS)
def test_a_pass_shows_what_flows_and_what_is_cut(show, cut):
    page = show(cut=cut, entries=["nothing", cut])
    drawn, demo = page.evaluate(DRAWN), GradientLedger(entries=["nothing", cut])
    assert [edge["number"] for edge in drawn["edges"]] == FLOWS[cut]
    # Behind p.detach() the graph is there as before, and nothing arrives.
    crossed = [True, False, False, False] if cut == "p" else [flow is None for flow in FLOWS[cut]]
    assert [edge["isCut"] for edge in drawn["edges"]] == crossed
    assert [edge["isOff"] for edge in drawn["edges"]] == [flow is None for flow in FLOWS[cut]]
    assert drawn["nodes"] == ["w = 2", "x = 3", "p = 6", "L = 18"]
    assert drawn["inside"] == {"no_grad p": 88, "no_grad": 217}.get(cut, 0)
    _, to_w, via_p, direct = FLOWS[cut]
    w, x = drawn["bars"]
    assert (w["name"], x["name"]) == ("w.grad", "x.grad")
    assert w["passes"] == [[["toW", 3]], [["toW", to_w]] if to_w else []]
    wanted = [["viaP", via_p], ["direct", direct]]
    assert x["passes"] == [[["viaP", 2], ["direct", 4]], [one for one in wanted if one[1]]]
    for bar, grad in zip((w, x), demo.history[-1], strict=True):
        assert bar["total"] == f"{grad:g}"
        assert abs(bar["length"] / bar["room"] - grad / 18) < 0.01


CHAINS = {
    "nothing": ["to w: 1 · 3 = 3", "to x: 1 · 2 + 4 = 6"],
    "x in p": ["to w: 1 · 3 = 3", "to x: 4 = 4"],
    "x in L": ["to w: 1 · 3 = 3", "to x: 1 · 2 = 2"],
    "p": ["to w: nothing", "to x: 4 = 4"],
    "no_grad p": ["to w: nothing", "to x: 4 = 4"],
    "no_grad": ["to w: nothing", "to x: nothing"],
}


def test_the_chain_rule_says_what_a_pass_brings(show):
    page = show()
    rows = page.locator(".book-rows > div")
    for cut in CUTS:
        choose(page, cut)
        assert rows.all_inner_texts() == CHAINS[cut]
        terms = rows.locator(".book-term").evaluate_all("all => all.map((n) => n.dataset.about)")
        names = ("toW", "viaP", "direct")
        wanted = [name for name, flow in zip(names, FLOWS[cut][1:], strict=True) if flow]
        assert terms == wanted


@pytest.mark.parametrize("cut", CUTS)
def test_the_lines_in_sight_are_those_of_the_pass(show, cut):
    page, values = show(cut=cut, entries=[]), {}
    code = page.evaluate(DRAWN)["code"]
    setup = "import torch\nw = torch.tensor(2.0, requires_grad=True)\n"
    exec(f"{setup}x = torch.tensor(3.0, requires_grad=True)\n{code}", values)
    assert values["L"].item() == 18 and values["L"].requires_grad == (cut != "no_grad")
    if cut != "no_grad":
        values["L"].backward()
        demo = GradientLedger(entries=[cut])
        grads = tuple(values[name].grad and values[name].grad.item() for name in "wx")
        assert grads == demo.history[-1]


def test_the_sentence_says_what_came_and_what_stands_there(show):
    both = "Added up: w.grad is 6, x.grad is 12."
    said = read(show(), ".book-says")
    assert said == f"The pass brings 3 to w, and 2 + 4 to x along two paths. {both}"
    said = read(show(cut="p", entries=["p"]), ".book-says")
    assert said == "p is cut off: nothing comes to w, and 4 to x. w.grad is None, x.grad is 4."
    said = read(show(cut="no_grad", entries=["nothing", "no_grad"]), ".book-says")
    assert said.startswith("Refused with an error") and said.endswith("w.grad is 3, x.grad is 6.")
    said = read(show(cut="x in L"), ".book-says")
    assert said == "The next pass will have another graph. So far w.grad is 6, x.grad is 12."
    assert read(show(entries=["None"]), ".book-says").startswith("zero_grad() leaves None")
    said = read(show(entries=["p", "zeros"]), ".book-says")
    assert said.endswith("where a number was: w.grad is None, x.grad is 0.")
    assert read(show(entries=[]), ".book-says").startswith("No pass yet: w.grad is None")
    for cut, words in {"x in p": "x is a constant in p", "x in L": "brings it 2"}.items():
        assert words in read(show(cut=cut, entries=[cut]), ".book-says")


def test_numbers_on_edges_are_those_of_the_graph_in_sight(show):
    page = show(cut="x in p")  # the last pass had another graph
    edges = page.evaluate(DRAWN)["edges"]
    assert [edge["number"] for edge in edges] == [None] * 4
    assert [edge["isCut"] for edge in edges] == [False, False, True, False]


def test_the_task_is_noticed_and_the_opening_does_not_solve_it(show):
    page = show()
    assert not is_done(page)
    press(page, "zero_grad()")
    assert totals(page) == ["None", "None"] and not is_done(page)
    for cut in ("x in p", "x in L"):
        choose(page, cut)
        press(page, "backward()")
    page.wait_for_function("() => document.querySelector('.book-total').textContent === '6'")
    assert totals(page) == ["6", "6"] and is_done(page)


def test_two_zeros_are_no_solution(show):
    page = show(entries=["nothing", "zeros"], zeros=True)
    assert totals(page) == ["0", "0"] and not is_done(page)


def test_a_full_ledger_takes_no_more_until_it_is_cleared(show):
    page = show(entries=["nothing"] * MOST)
    assert page.get_by_role("button", name="backward()", exact=True).is_disabled()
    assert page.get_by_role("button", name="zero_grad()", exact=True).is_enabled()
    press(page, "zero_grad()")
    assert page.get_by_role("button", name="backward()", exact=True).is_enabled()
    full = show(entries=["nothing"] * MOST, zeros=True)
    assert full.get_by_role("button", name="zero_grad()", exact=True).is_disabled()


def test_zeros_are_an_option_under_more(show):
    page = show(entries=["p"], cut="p")
    open_drawer(page, "More")
    page.get_by_label("Zeros, not None").check()
    press(page, "zero_grad()")
    assert totals(page) == ["None", "0"]


def test_play_tells_the_story(still):
    mount(still, GradientLedger())
    frame(still)
    still.get_by_role("button", name="Play").click()
    seen = []
    for _ in range(5):
        frame(still)
        seen.append(totals(still))
        still.clock.run_for(2600)
    assert seen == [["None", "None"], ["3", "4"], ["3", "8"], ["6", "14"], ["6", "14"]]
    assert not is_done(still)
    assert read(still, ".book-says").startswith("The pass brings 3 to w, and 2 + 4 to x")


def test_a_pass_travels_from_the_loss_to_the_leaves(still):
    still.emulate_media(reduced_motion="no-preference")
    mount(still, GradientLedger(entries=["nothing"]))
    frame(still)
    still.get_by_role("button", name="backward()", exact=True).click()
    frame(still)
    still.clock.run_for(300)
    early = still.evaluate(DRAWN)
    assert [edge["pulse"] for edge in early["edges"]] == [True, False, False, True]
    assert [edge["number"] for edge in early["edges"]] == [None] * 4
    still.clock.run_for(400)
    late = still.evaluate(DRAWN)
    assert [edge["pulse"] for edge in late["edges"]] == [False, True, True, True]
    for edge in late["edges"][1:]:
        assert edge["to"] < edge["at"] < edge["from"]
    assert late["edges"][0]["number"] == 1
    still.clock.run_for(900)
    end = still.evaluate(DRAWN)
    assert not any(edge["pulse"] for edge in end["edges"])
    lengths = [bar["length"] for bar in (early["bars"][1], end["bars"][1])]
    assert lengths[0] < 0.6 * lengths[1]


@pytest.mark.parametrize("count", range(1, 7))
def test_bars_share_a_scale_and_each_pass_has_its_name(show, count):
    page = show(entries=["nothing"] * count)
    for bar, one in zip(page.evaluate(DRAWN)["bars"], (3, 6), strict=True):
        room = 18 if count <= 3 else 36
        assert abs(bar["length"] / bar["room"] - one * count / room) < 0.01
    firsts = page.locator(".book-account").last.locator(".book-part:first-child")
    said = firsts.evaluate_all("all => all.map((x) => getComputedStyle(x, '::before').content)")
    assert said == [f'"pass {number + 1}"' for number in range(count)]
    parts = page.locator(".book-account").last.locator(".book-part")
    looks = parts.evaluate_all("all => all.map((x) => getComputedStyle(x).backgroundColor)")
    *before, through, direct = looks
    assert through not in before and direct not in before  # the last pass is stronger


def test_pointing_at_a_path_sets_its_parts_off(show):
    page = show()
    page.locator(".book-path.book-direct .book-disc").hover()
    parts = page.locator(".book-part.book-pointed")
    assert parts.all_inner_texts() == ["4", "4"]


def edge(page, way):
    return page.get_by_role("button", name=f"Edge from {way}", exact=True)


EDGES = {
    "L to p": "From L to p flows 1, the slope of L by p. "
    "Behind p, w gets 1 · 3 = 3, x gets 1 · 2 = 2.",
    "p to w": "From p to w flows 1 · 3 = 3: each such pass adds 3 to w.grad.",
    "p to x": "From p to x flows 1 · 2 = 2: each such pass adds 2 to x.grad.",
    "L to x": "From L to x flows 4, the slope of 4x: each such pass adds 4 to x.grad.",
}
BROUGHT = {
    "L to p": ["3", "3", "2", "2"],
    "p to w": ["3", "3"],
    "p to x": ["2", "2"],
    "L to x": ["4", "4"],
}


@pytest.mark.parametrize("way", EDGES)
def test_an_edge_that_is_pressed_says_what_flows_and_what_it_brought(show, way):
    page = show()
    edge(page, way).click()
    frame(page)
    assert read(page, ".book-says") == EDGES[way]
    assert edge(page, way).get_attribute("aria-pressed") == "true"
    assert page.locator("[aria-pressed=true]").count() == 1
    assert page.locator(".book-part.book-picked").all_inner_texts() == BROUGHT[way]
    edge(page, way).press("Enter")  # and again, by the keyboard
    frame(page)
    assert page.locator(".book-picking, .book-picked").count() == 0
    assert read(page, ".book-says").startswith("The pass brings 3 to w")


def test_a_pressed_edge_is_forgotten_by_the_next_pass_and_by_reset(show):
    page = show()
    for name in ("backward()", "Reset"):
        edge(page, "L to x").press(" ")
        frame(page)
        assert page.locator(".book-picking").count() == 1
        press(page, name)
        assert page.locator(".book-picking").count() == 0


def test_the_call_to_press_an_edge_goes_when_one_was_pressed(show):
    page = show()
    hint = page.locator(".book-hint")
    assert hint.is_visible()
    for _ in range(2):  # it does not come back when the edge is let go
        edge(page, "L to x").press("Enter")
        frame(page)
        assert not hint.is_visible()
    press(page, "Reset")
    assert hint.is_visible()


def test_nothing_flows_over_an_edge_that_is_cut(show):
    page = show(cut="x in p", entries=["x in p"])
    edge(page, "p to x").click()
    frame(page)
    assert read(page, ".book-says") == "From p to x: nothing flows, so nothing is added."
    edge(page, "L to p").click()
    frame(page)
    assert read(page, ".book-says").endswith("Behind p, w gets 1 · 3 = 3.")


def test_a_reader_who_hears_it_gets_the_flows_and_the_gradients(show):
    label = (
        show(cut="x in p", entries=["x in p"]).locator(".book-graph").get_attribute("aria-label")
    )
    assert label == (
        "A pass brings back, from L to p 1, p to w 3, p to x nothing, L to x 4. "
        "w.grad 3, x.grad 4."
    )


@pytest.mark.parametrize(
    "entries",
    [
        [],
        ["nothing", "x in p", "x in L"],
        ["p", "zeros", "no_grad"],
        ["no_grad p", "None", "nothing", "nothing"],
        ["nothing", "zeros", "p"],
    ],
)
def test_the_code_of_the_demo_gives_its_numbers(show, entries):
    page = show(entries=entries)
    open_drawer(page, "The same in torch")
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(page.inner_text(".book-formula code"), {})
    last = printed.getvalue().splitlines()[-1]
    history = GradientLedger(entries=entries).history or [(None, None)]
    assert last == " ".join("None" if g is None else f"tensor({g:.0f}.)" for g in history[-1])
