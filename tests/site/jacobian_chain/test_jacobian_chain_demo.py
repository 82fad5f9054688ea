"""The Jacobian dominoes as a reader meets them, in Chromium on a blank page."""

import itertools
import re

import pytest
from demo_input import drag, middle, on_a_phone, press, tab_order
from demo_kernel import assert_stops, in_a_notebook
from demo_page import frame, mounting, nothing_wrong, read, stop_clock
from demo_stage import is_done, open_drawer
from jacobian_chain_states import SHUFFLED, STATES
from module_page import mount
from playwright.sync_api import expect

from utils.widgets.jacobian_chain import PRESETS, JacobianChain

BOTTLENECK = {**PRESETS["bottleneck"], "joins": ()}
ORDERED = {**SHUFFLED, "places": (4, 3, 2, 1)}

# The dominoes that lie on top, from left to right: their middle and the numbers on them.
_LYING = """() => [...document.querySelectorAll(".book-tile")]
    .filter((node) => node.checkVisibility() && !node.querySelector("button").disabled)
    .map((node) => [parseFloat(node.style.getPropertyValue("--middle")),
        ...[...node.querySelectorAll(".book-half")].map(({ textContent }) => Number(textContent)),
        ...["--wide", "--tall"].map((name) =>
            Number(node.querySelector(".book-sheet").style.getPropertyValue(name)))])
    .sort(([one], [other]) => one - other)"""
# Signs that can be seen: what they show, their price, whether they can be pressed.
_SIGNS = """() => [...document.querySelectorAll(".book-joint")]
    .filter((node) => node.checkVisibility() && node.querySelector(".book-sign").checkVisibility())
    .map((node) => [node.querySelector(".book-sign"), node.querySelector(".book-price")])
    .map(([sign, price]) => [sign.textContent, price.textContent, !sign.disabled])"""
_BILLS = """() => [...document.querySelectorAll(".book-bill")]
    .filter((node) => !node.classList.contains("book-none"))
    .map((node) => [".book-brackets", ".book-count", ".book-side"]
        .map((part) => node.querySelector(part).textContent)
        .concat(["--long", "--paid"].map((name) =>
            Number(node.querySelector(".book-bar").style.getPropertyValue(name))))
        .concat(["book-shut", "book-best"].map((look) => node.classList.contains(look))))"""


@pytest.fixture
def show(page):
    yield from mounting(page, JacobianChain)


def lying(page):
    return [(rows, columns) for _, rows, columns, *_ in page.evaluate(_LYING)]


def sign(page, *names):
    return page.get_by_role("button", name=re.compile(f"Multiply {' and '.join(names)}:"))


def join(page, *names):
    sign(page, *names).press("Enter")
    frame(page)


def choose(page, name):
    page.get_by_role("combobox", name="Chain").select_option(label=name)
    frame(page)


def domino(page, shape):
    words = re.compile(rf"(^|, ){shape[0]} × {shape[1]}, arrow keys")
    return page.get_by_role("button", name=words)


def pieces(demo):
    """What lies on the table, worked out from the trait: the outer sizes of each piece."""
    along = [demo.sizes[-1], *(shape[1] for shape in demo.dominoes)]
    cuts = [gap for gap in range(len(along)) if gap not in demo.joins]
    if not demo.fits:
        return list(demo.dominoes)
    return [(along[one], along[other]) for one, other in zip(cuts, cuts[1:], strict=False)]


@pytest.mark.parametrize("state", STATES)
def test_dominoes_and_matrices_are_those_of_python(show, state):
    page, demo = show(**state), JacobianChain(**state)
    found = page.evaluate(_LYING)
    assert [(rows, columns) for _, rows, columns, *_ in found] == pieces(demo)
    for _, rows, columns, wide, tall in found:
        largest = max(demo.sizes)
        assert wide == pytest.approx(15 * columns / largest, abs=1e-3)
        assert tall == pytest.approx(15 * rows / largest, abs=1e-3)
    ends = page.locator(".book-size").all_inner_texts()
    assert ends == [str(demo.sizes[-1]), str(demo.sizes[0])]


@pytest.mark.parametrize("state", STATES)
def test_bars_are_as_long_as_torch_counts(show, state):
    page, demo = show(**state), JacobianChain(**state)
    bills = page.evaluate(_BILLS)
    assert {name: int(count.replace(",", "")) for name, count, *_ in bills} == demo.bills
    paid, most = sum(demo.paid), max(demo.bills.values(), default=0)
    for name, _, side, long, share, is_shut, is_best in bills:
        count = demo.bills[name]
        assert long == pytest.approx(count / most, abs=1e-4)
        assert share == pytest.approx(0 if is_shut else paid / count, abs=1e-4)
        assert is_best == (count == demo.fewest)
        assert side in ("", "input side", "loss side")
    if len(demo.lying) > 2 and bills:
        assert [bills[0][2], bills[-1][2]] == ["input side", "loss side"]
    if len(demo.paid) == len(demo.lying) - 1 > 0:
        (open_one,) = [count for _, count, *_, is_shut, _ in bills if not is_shut]
        assert int(open_one.replace(",", "")) == paid


# Of each way of the race: side and paid share of its area, its size in pixels, words and looks.
_RACE = """() => [...document.querySelectorAll(".book-course")].map((node) => {
    const area = node.querySelector(".book-area");
    const look = (name) => node.classList.contains(`book-${name}`);
    const text = (part) => node.querySelector(`.book-${part}`).textContent;
    return {
        side: Number(area.style.getPropertyValue("--side")),
        paid: Number(area.style.getPropertyValue("--paid")),
        pixels: area.getBoundingClientRect().width,
        count: text("count"), order: text("order"), ratio: text("ratio"),
        isEmpty: look("empty"), isFewest: look("fewest"), isNow: look("now"),
        isAway: look("away"), isPressed: node.ariaPressed, isShut: node.disabled,
    };
})"""


@pytest.mark.parametrize("width", [360, 880])
@pytest.mark.parametrize("state", STATES)
def test_areas_of_the_race_are_what_torch_counts(show, state, width):
    page, demo = show(width=width, **state), JacobianChain(**state)
    loss, own, front = page.evaluate(_RACE)
    count = len(demo.lying)
    if not demo.fits:
        assert all(one["isEmpty"] for one in (loss, own, front))
        assert loss["isShut"] and front["isShut"] and loss["count"] == front["count"] == ""
        return
    most, gaps = max(demo.bills.values()), [gap for gap in demo.joins if gap < count]
    for one, order in ((loss, range(1, count)), (front, range(count - 1, 0, -1))):
        whole = JacobianChain(sizes=demo.sizes, places=demo.places)
        whole.joins = tuple(order)
        total = sum(whole.paid)
        assert one["side"] ** 2 == pytest.approx(total / most, abs=1e-3)
        assert one["count"] == f"{total:,}" and demo.bills[one["order"]] == total
        is_now = bool(gaps) and gaps == list(order)[: len(gaps)]
        assert one["isNow"] == is_now and one["isFewest"] == (total == demo.fewest)
        assert one["paid"] == pytest.approx(sum(demo.paid) / total if is_now else 0, abs=1e-3)
        assert one["isPressed"] == str(is_now and len(gaps) == count - 1).lower()
        if one["side"] > 0.2:
            sides = one["pixels"] / front["pixels"], one["side"] / front["side"]
            assert front["side"] < 0.2 or sides[0] == pytest.approx(sides[1], rel=0.02)
    assert own["isEmpty"] == (not gaps or loss["isNow"] or front["isNow"])
    assert [loss["isAway"], own["isAway"], front["isAway"]] == [False, count < 3, count < 3]


def test_while_dominoes_do_not_fit_the_race_counts_those_that_do(show):
    page = show(**PRESETS["shuffled"])
    race, wait = page.locator(".book-race"), page.locator(".book-wait")
    said = ["≠", "≠", "≠", "≠", "=", "Joints that fit: 1 of 5"]
    assert wait.inner_text().split("\n")[-2] == said[-1]
    assert wait.locator(".book-light").all_inner_texts() == said[:-1]
    outer, inner = race.bounding_box(), wait.bounding_box()
    assert inner == outer and not page.locator(".book-course").first.is_visible()
    assert not show().locator(".book-wait").is_visible()


def test_no_line_runs_through_a_domino_on_its_way(fresh_page):
    page = fresh_page
    page.emulate_media(reduced_motion="no-preference")
    stop_clock(page)
    mount(page, JacobianChain(joins=()))
    frame(page)
    sign(page, "J₂", "J₁").click()
    for _ in range(6):
        page.clock.run_for(60)
        hits = page.evaluate(
            """() => {
                const boxOf = (node) => node.getBoundingClientRect();
                const seen = (node) => node.checkVisibility();
                const joints = [...document.querySelectorAll(".book-joint")].filter(seen);
                const all = [...document.querySelectorAll(".book-domino")].filter(seen);
                return joints.flatMap((joint) => all.filter((one) =>
                    boxOf(joint).left < boxOf(one).right - 1
                    && boxOf(one).left + 1 < boxOf(joint).right)).length;
            }"""
        )
        assert hits == 0


def test_an_order_of_ones_own_joins_the_race(show):
    page = show(**{**PRESETS["bottleneck"], "joins": (1,)})
    join(page, "J₂", "J₁")
    own = page.evaluate(_RACE)[1]
    assert own["count"].endswith(" so far") and own["paid"] == 1 and not own["isFewest"]
    join(page, "J₄J₃", "J₂J₁")
    own = page.evaluate(_RACE)[1]
    assert own["count"] == "20,480" and own["order"] == "(J₄J₃)(J₂J₁)"
    assert own["isFewest"] and own["ratio"] == "the fewest"


def test_a_way_is_chosen_by_a_press(show):
    page = show()
    front, back = (page.get_by_role("button", name=f"From the {end}") for end in ("front", "back"))
    back.click()
    frame(page)
    assert lying(page) == [(1, 64)]
    assert read(page, ".book-says").startswith("7,168 multiplications in all: no other")
    front.press("Enter")
    frame(page)
    assert read(page, ".book-says").startswith("263,168 multiplications in all, 37 times")
    assert [one["paid"] for one in page.evaluate(_RACE)] == [0, 0, 1]
    front.press("Enter")  # again: it is paid anew
    frame(page)
    assert page.evaluate(_RACE)[2]["paid"] == 1
    assert not is_done(page)


def test_the_dearer_way_pays_longer(fresh_page):
    page = fresh_page
    page.emulate_media(reduced_motion="no-preference")
    stop_clock(page)
    mount(page, JacobianChain(joins=()))
    page.clock.run_for(50)
    for end, place, is_paid in (("back", 0, True), ("front", 2, False)):
        page.get_by_role("button", name=f"From the {end}").click()
        page.clock.run_for(700)
        assert (page.evaluate(_RACE)[place]["paid"] == 1) == is_paid
    page.clock.run_for(1000)
    assert page.evaluate(_RACE)[2]["paid"] == 1


@pytest.mark.parametrize("state", STATES)
def test_signs_say_what_meets_and_what_it_costs(show, state):
    page, demo = show(**state), JacobianChain(**state)
    signs = page.evaluate(_SIGNS)
    if demo.fits:
        left = [gap for gap in range(1, len(demo.lying)) if gap not in demo.joins]
        prices = []
        for gap in left:
            again = JacobianChain(sizes=demo.sizes, places=demo.places)
            again.joins = (*demo.joins, gap)
            prices.append(f"costs {again.paid[-1]:,}")
        assert signs == [["×", price, True] for price in prices]
        return
    rows = [*(shape[0] for shape in demo.dominoes), demo.sizes[0]]
    columns = [demo.sizes[-1], *(shape[1] for shape in demo.dominoes)]
    met = [one == other for one, other in zip(columns, rows, strict=True)]
    wanted = [
        ["×" if meets else "≠", "", False]
        for at, meets in enumerate(met)
        if not meets or 0 < at < len(met) - 1
    ]
    assert signs == wanted
    assert page.locator(".book-joint.book-apart").count() == met.count(False)


def test_board_signs_and_bars_are_told_in_words(show):
    page = show(**SHUFFLED)
    told = page.locator(".book-lane").get_attribute("aria-label")
    assert told.startswith("From left to right: 12 × 3, 8 × 2, 3 × 12, 2 × 12;")
    bars = page.locator(".book-bills").get_attribute("aria-label")
    assert bars == "Multiplications in all, for each order of brackets"
    signs = page.locator(".book-sign").evaluate_all("(all) => all.map((node) => node.ariaLabel)")
    pairs = ((8, 12), (3, 8), (2, 3), (12, 2))
    apart = [f"{left} and {right} do not meet" for left, right in pairs]
    assert signs == [*apart, "12 and 12 meet"]


def test_bars_have_a_title_and_a_key_to_their_states(show):
    page = show(joins=(3,))
    open_drawer(page, "More")
    head = page.locator(".book-bills-head")
    assert page.inner_text(".book-bills-title") == "multiplications in all, for each order"
    words = page.locator(".book-bills-key > span").all_inner_texts()
    assert words == ["paid", "still to pay", "out of reach"]
    # The key looks as the bars do: a border that is whole or dashed.
    border = "(node) => getComputedStyle(node).borderTopStyle"
    signs = [page.locator(f".book-{look} > i") for look in ("paid", "ahead", "out")]
    assert [node.evaluate(border) for node in signs] == ["solid", "solid", "dashed"]
    shut = page.locator(".book-shut:not(.book-best) .book-bar").first
    assert shut.evaluate(border) == "dashed"
    fill = "(node) => getComputedStyle(node).backgroundColor"
    bar = page.locator(".book-bill:not(.book-shut, .book-best) .book-bar").first
    assert signs[1].evaluate(fill) == bar.evaluate(fill) != signs[0].evaluate(fill)
    assert head.is_visible() and not show(**SHUFFLED).locator(".book-bills-head").is_visible()


@pytest.mark.parametrize("width", [360, 880])
@pytest.mark.parametrize("state", [{}, ORDERED, BOTTLENECK, {"sizes": (16,) * 5, "joins": ()}])
def test_the_cheapest_bar_is_called_so_where_there_is_room(show, state, width):
    page, bills = show(width=width, **state), JacobianChain(**state).bills
    open_drawer(page, "More")
    least, most = min(bills.values()), max(bills.values())
    named = {
        row.locator(".book-brackets").inner_text(): row.locator(".book-cheapest").is_visible()
        for row in page.locator(".book-bill").all()
    }
    is_clear = least <= most / 2
    assert named == {name: is_clear and count == least for name, count in bills.items()}
    for word in page.locator(".book-cheapest:visible").all():
        row = page.locator(".book-bill").filter(has=word)
        ends = [word.bounding_box(), row.locator(".book-count").bounding_box()]
        assert ends[0]["x"] + ends[0]["width"] <= ends[1]["x"]


@pytest.mark.parametrize("width", [360, 624, 880])
def test_lines_end_at_the_pills_and_numbers_stay_on_their_halves(show, width):
    page = show(width=width, sizes=(64,) * 5, joins=())
    joints = page.locator(".book-joint:visible")
    first, last = joints.first.bounding_box(), joints.last.bounding_box()
    y, x = (page.locator(f".book-{end}").bounding_box() for end in "yx")
    assert first["x"] == pytest.approx(y["x"] + y["width"], abs=1)
    assert last["x"] + last["width"] == pytest.approx(x["x"], abs=1)
    inside = """(all) => all.map((node) => {
        const range = document.createRange();
        range.selectNodeContents(node);
        return [range.getBoundingClientRect().width, node.parentElement.clientWidth / 2];
    })"""
    for letters, half in page.locator(".book-tile:visible .book-half").evaluate_all(inside):
        assert letters <= half - 1


@pytest.mark.parametrize("width", [360, 624, 880])
def test_prices_keep_clear_of_each_other(show, width):
    page = show(sizes=(64,) * 5, joins=(), width=width)
    boxes = [node.bounding_box() for node in page.locator(".book-price:visible").all()]
    ends = sorted((box["x"], box["x"] + box["width"]) for box in boxes if box["width"])
    assert len(ends) == 3
    assert all(one[1] < other[0] for one, other in itertools.pairwise(ends))


def test_signs_stand_between_dominoes_and_what_is_multiplied_lies_under(show):
    page = show(**BOTTLENECK)
    tops = page.locator(".book-domino").evaluate_all(
        """(all) => all.map((node) => node.getBoundingClientRect())
            .map(({ left, right }) => [left, right]).sort(([one], [other]) => one - other)"""
    )
    joints = page.locator(".book-joint:not([hidden]):has(.book-sign:enabled)").evaluate_all(
        """(all) => all.map((node) => node.getBoundingClientRect())
            .map(({ left, right }) => [left, right])"""
    )
    gaps = [[one[1], other[0]] for one, other in zip(tops, tops[1:], strict=False)]
    assert len(joints) == len(gaps) == 3
    for joint, gap in zip(joints, gaps, strict=True):
        assert joint == pytest.approx(gap, abs=2)
    for state in ({}, {"sizes": (64, 48, 2, 48, 64), "joins": (2, 1)}):
        page = show(**state)
        tiles = page.locator(".book-tile").evaluate_all(
            """(all) => all.map((node) => [node.classList.contains("book-under"),
                node.querySelector("button").disabled])"""
        )
        assert [under for under, _ in tiles] == [covered for _, covered in tiles]
    style = "(node) => getComputedStyle(node).color"
    names = (".book-shut", ":not(.book-shut):not(.book-none)")
    first = [page.locator(f".book-bill{name} .book-brackets").first for name in names]
    assert len({node.evaluate(style) for node in first}) == 2


@pytest.mark.parametrize("order", list(itertools.permutations((1, 2, 3))))
def test_the_lowest_price_alone_does_the_task(show, order):
    demo = JacobianChain(**{**ORDERED, "joins": order})
    page = show(**{**ORDERED, "joins": order})
    assert is_done(page) == (sum(demo.paid) == demo.fewest)


def test_the_keyboard_alone_reaches_every_control(show):
    assert tab_order(show()) == [
        "Multiply J₄ and J₃: 1 · 16 · 64 = 1,024 multiplications",
        "Multiply J₃ and J₂J₁: 16 · 64 · 64 = 65,536 multiplications",
        "J₂J₁, 64 × 64",
        "J₃, 16 × 64, arrow keys move it",
        "J₄, 1 × 16, arrow keys move it",
        "From the back: 7,168 multiplications, the fewest",
        "From the front: 263,168 multiplications, 37 times the fewest",
        "Play",
        "Reset",
        "Undo",
        "Chain",
        "More",
        "The same in torch",
    ]


def test_it_opens_on_a_product_and_does_not_claim_the_task(show):
    page = show()
    assert lying(page) == [(1, 16), (16, 64), (64, 64)]
    assert read(page, ".book-says") == (
        "J₂J₁ took 64 · 48 · 64 = 196,608 multiplications. The 48 in its middle is gone."
    )
    assert not is_done(page)


def test_products_are_made_in_any_order_and_taken_back(show):
    page = show(**BOTTLENECK)
    assert page.get_by_role("button", name="Undo").is_disabled()
    join(page, "J₄", "J₃")
    assert lying(page) == [(64, 2), (2, 48), (48, 64)]
    # The sign is gone, and the next one has the focus.
    assert page.evaluate("document.activeElement.ariaLabel").startswith("Multiply J₄J₃ and J₂:")
    join(page, "J₂", "J₁")
    join(page, "J₄J₃", "J₂J₁")
    assert lying(page) == [(64, 64)]
    assert page.evaluate("document.activeElement.ariaLabel") == "J₄J₃J₂J₁, 64 × 64"
    assert (
        read(page, ".book-says") == "20,480 multiplications in all: no other brackets take fewer."
    )
    assert not is_done(page)  # it is another chain's task
    for wanted in ([(64, 2), (2, 64)], [(64, 2), (2, 48), (48, 64)]):
        press(page, "Undo")
        assert lying(page) == wanted
    press(page, "Reset")
    assert len(lying(page)) == 4


def test_the_shuffled_chain_is_put_in_order_by_keys_and_paid_least(show):
    page = show()
    choose(page, "shuffled")
    assert lying(page) == [(12, 3), (8, 2), (3, 12), (2, 12)]
    assert page.evaluate(_BILLS) == []
    assert read(page, ".book-says").startswith("y has 8 numbers, its neighbour 12 rows.")
    moves = [((8, 2), "ArrowLeft"), ((2, 12), "ArrowLeft"), ((2, 12), "ArrowLeft")]
    for shape, key in moves:
        assert page.evaluate(_BILLS) == [] and not is_done(page)
        domino(page, shape).press(key)
        frame(page)
    assert lying(page) == [(8, 2), (2, 12), (12, 3), (3, 12)]
    assert page.locator(".book-name").all_inner_texts().count("") == 0
    domino(page, (8, 2)).press("ArrowLeft")  # there is no place on its left
    frame(page)
    assert lying(page)[0] == (8, 2)
    for names in (("J₃", "J₂"), ("J₃J₂", "J₁")):
        join(page, *names)
        assert not is_done(page)
    join(page, "J₄", "J₃J₂J₁")
    assert is_done(page)
    assert read(page, ".book-task").startswith("The lowest price.")
    press(page, "Reset")
    assert not is_done(page)


def test_other_brackets_do_not_do_the_task(show):
    page = show(**ORDERED)
    for names in (("J₂", "J₁"), ("J₃", "J₂J₁"), ("J₄", "J₃J₂J₁")):
        join(page, *names)
    assert read(page, ".book-says").startswith("912 multiplications in all, 2.7 times")
    assert not is_done(page)


def test_dominoes_are_dragged_by_a_mouse(show):
    page = show(**SHUFFLED)
    for shape, place in (((8, 2), 0), ((2, 12), 1)):
        start = middle(domino(page, shape))
        slots = sorted(
            (middle(domino(page, other)) for other in ((12, 3), (8, 2), (3, 12), (2, 12))),
        )
        drag(page, start, slots[place])
        frame(page)
        assert page.locator(".book-held").count() == 0
        assert lying(page)[place] == shape
    assert lying(page) == [(8, 2), (2, 12), (12, 3), (3, 12)]
    centres = [at for at, *_ in page.evaluate(_LYING)]
    assert centres == pytest.approx([18.5, 39.5, 60.5, 81.5])
    assert page.evaluate("document.querySelectorAll('.book-apart').length") == 0


def test_a_dragged_domino_follows_the_pointer(show):
    page = show(**SHUFFLED)
    start = middle(domino(page, (3, 12)))
    page.mouse.move(*start)
    page.mouse.down()
    page.mouse.move(start[0] + 3, start[1])
    assert page.locator(".book-held").count() == 0  # a click may tremble
    page.mouse.move(start[0] + 30, start[1])
    frame(page)
    now = middle(page.locator(".book-held .book-domino"))
    assert now[0] == pytest.approx(start[0] + 30, abs=1)
    page.mouse.up()
    frame(page)
    assert middle(domino(page, (3, 12))) == pytest.approx(start, abs=1)


def test_moving_a_domino_takes_products_apart(show):
    page = show()
    domino(page, (1, 16)).press("ArrowRight")
    frame(page)
    assert lying(page) == [(16, 64), (1, 16), (64, 48), (48, 64)]
    assert page.get_by_role("button", name="Undo").is_disabled()


def test_where_all_sizes_are_alike_shapes_do_not_notice(show):
    page = show()
    choose(page, "all alike")
    domino(page, (16, 16)).first.press("ArrowLeft")
    frame(page)
    assert read(page, ".book-says") == (
        "All sizes meet, but this is not the order of the functions: shapes do not notice."
    )
    assert len(page.evaluate(_BILLS)) == 5


def test_sliders_change_the_sizes(show):
    page = show()
    open_drawer(page, "More")
    for name, key in (("n, input of x", "Home"), ("m, output", "End"), ("k₂", "ArrowLeft")):
        page.get_by_role("slider", name=name).press(key)
        frame(page)
    assert lying(page) == [(64, 16), (16, 63), (63, 48), (48, 1)]
    assert page.get_by_role("combobox", name="Chain").input_value() == ""
    demo = JacobianChain(sizes=(1, 48, 63, 16, 64), joins=())
    assert {n: int(c.replace(",", "")) for n, c, *_ in page.evaluate(_BILLS)} == demo.bills


def test_a_short_chain_has_sliders_for_its_own_sizes(show):
    page = show(sizes=(5, 4, 3), places=(), joins=())
    open_drawer(page, "More")
    assert page.get_by_role("slider").count() == 3
    page.get_by_role("slider", name="m, output").press("Home")
    frame(page)
    assert lying(page) == [(1, 4), (4, 5)]


def test_pointing_at_a_sign_lights_up_its_brackets(show):
    page = show(**BOTTLENECK)
    sign(page, "J₃", "J₂").hover()
    lit = page.locator(".book-bill.book-pointed .book-brackets").all_text_contents()
    assert lit == ["J₄((J₃J₂)J₁)", "(J₄(J₃J₂))J₁"]
    page.mouse.move(0, 0)
    assert page.locator(".book-pointed").count() == 0


@pytest.mark.parametrize("width", [360, 1200])
def test_the_layout_stands_still(show, width):
    page = show(width=width)
    parts = (".book-lane", ".book-race", ".book-deck", ".book-task")
    places = []
    for step in range(7):
        boxes = [page.locator(part).bounding_box() for part in parts]
        places.append([box[side] for box in boxes for side in ("y", "height")])
        if step < 5:
            choose(page, list(PRESETS)[step])
        else:
            page.get_by_role("button", name=re.compile("arrow keys")).first.press("ArrowRight")
            frame(page)
    for seen in zip(*places, strict=True):
        assert max(seen) - min(seen) <= 2, places


def states_of_play(page, times):
    for _ in range(times):
        page.clock.run_for(1500)
        frame(page)
        yield read(page, ".book-says")


def test_play_tells_both_sides(fresh_page):
    page = fresh_page
    with nothing_wrong(page):
        stop_clock(page)
        mount(page, JacobianChain())
        page.get_by_role("button", name="Play").press("Enter")
        frame(page)
        said = [read(page, ".book-says"), *states_of_play(page, 4)]
        assert [text.partition(" ")[0] for text in said] == [
            "J₃J₂J₁",
            "263,168",
            "J₄J₃",
            "J₄J₃J₂",
            "7,168",
        ]
        page.clock.run_for(1500)
        expect(page.get_by_role("button", name="Play")).to_be_visible()
        assert lying(page) == [(1, 64)]
        page.get_by_role("button", name="Play").press("Enter")
        frame(page)
        assert len(lying(page)) == 4
        assert not is_done(page)


@pytest.mark.parametrize("state", [SHUFFLED, ORDERED])
def test_play_does_not_do_the_task(fresh_page, state):
    page = fresh_page
    with nothing_wrong(page):
        stop_clock(page)
        mount(page, JacobianChain(**state))
        page.get_by_role("button", name="Play").press("Enter")
        frame(page)
        for _ in states_of_play(page, 9):
            assert not is_done(page)


def test_dominoes_glide_together(fresh_page):
    page = fresh_page
    page.emulate_media(reduced_motion="no-preference")
    stop_clock(page)
    mount(page, JacobianChain(**BOTTLENECK))
    page.clock.run_for(50)
    tile = "document.querySelectorAll('.book-tile')[1].style.getPropertyValue('--middle')"
    places = [page.evaluate(tile)]
    sign(page, "J₂", "J₁").click()
    for milliseconds in (180, 400):
        page.clock.run_for(milliseconds)
        places.append(page.evaluate(tile))
    start, between, end = (float(text.rstrip("%")) for text in places)
    assert pytest.approx(start) == 60.5 and start < between < end == pytest.approx(71)


def test_it_plays_by_itself_once_it_is_in_sight(fresh_page):
    page = fresh_page
    page.emulate_media(reduced_motion="no-preference")
    stop_clock(page)
    mount(page, JacobianChain())
    frame(page)
    page.clock.run_for(1500)
    assert len(lying(page)) == 3
    page.clock.run_for(1000)
    assert len(lying(page)) == 2


def test_a_finger_multiplies(browser):
    with on_a_phone(browser, JacobianChain(**BOTTLENECK)) as page:
        sign(page, "J₃", "J₂").tap()
        frame(page)
        assert lying(page) == [(64, 48), (48, 48), (48, 64)]
        assert read(page, ".book-says").startswith("J₃J₂ took 48 · 2 · 48 = 4,608")


def test_the_bundle_for_notebooks_follows_the_kernel_and_cleans_up(page):
    in_a_notebook(page, JacobianChain())
    page.evaluate("() => { model.change('sizes', [5, 4, 3]); model.change('joins', [1]); }")
    frame(page)
    assert lying(page) == [(3, 5)]
    page.evaluate("() => { model.change('joins', []); model.change('places', [1, 2]); }")
    frame(page)
    assert lying(page) == [(4, 5), (3, 4)]
    domino(page, (3, 4)).press("ArrowLeft")
    frame(page)
    assert page.evaluate("[model.get('places'), model.get('joins')]") == [[2, 1], []]
    join(page, "J₂", "J₁")
    assert page.evaluate("model.get('joins')") == [1]
    assert_stops(page, JacobianChain)
