"""Numbers that ease from one state to the next."""

import pytest
from module_page import ModulePage

# Slow enough that a frame comes before the end on the busiest machine.
WATCH = """() => {
    [window.seen, window.onSeen] = [[], () => {}];
    window.way = module.eased((values) => {
        seen.push(values);
        onSeen(values);
    }, 1000);
}"""
ARRIVED = "(values) => JSON.stringify(seen.at(-1)) === JSON.stringify(values)"


@pytest.fixture
def page(browser):
    page = browser.new_page(reduced_motion="no-preference")
    ModulePage(page, "kit/tween")
    page.evaluate(WATCH)
    yield page
    page.close()


def test_the_way_is_slow_at_both_ends_and_monotone(page):
    shares = page.evaluate("[...Array(101).keys()].map((n) => module.smooth(n / 100))")
    steps = [after - before for before, after in zip(shares, shares[1:], strict=False)]
    assert shares[0] == 0
    assert shares[50] == 0.5
    assert shares[100] == 1
    assert min(steps) > 0
    assert steps[0] < steps[50] > steps[-1]


def test_numbers_arrive_exactly_and_pass_through_values_between(page):
    page.evaluate("way.to([0, 1])")
    page.evaluate("way.to([1, 0.3])")
    page.wait_for_function(ARRIVED, arg=[1, 0.3])
    seen = page.evaluate("seen")
    assert seen[0] == [0, 1]
    assert [first for first, _ in seen] == sorted(first for first, _ in seen)
    assert any(0 < first < 1 for first, _ in seen)


def test_a_new_target_turns_around_from_where_it_is(page):
    page.evaluate("way.to([0])")
    page.evaluate("""() => {
        onSeen = ([first]) => {
            if (first === 0 || window.turned) return;
            window.turned = first;
            way.to([0]);
        };
    }""")
    page.evaluate("way.to([100])")
    page.wait_for_function(f"window.turned && ({ARRIVED})([0])")
    turned, highest = page.evaluate("[turned, Math.max(...seen.flat())]")
    assert highest == turned < 100


def test_it_jumps_when_asked_and_when_the_count_changes(page):
    page.evaluate("way.to([0]); way.set([5]); way.to([1, 2])")
    assert page.evaluate("seen") == [[0], [5], [1, 2]]


def test_a_stop_leaves_it_where_it_is(page):
    page.evaluate("way.to([0]); way.to([1]); way.stop()")
    page.wait_for_timeout(150)
    assert page.evaluate("seen") == [[0]]


def test_it_jumps_for_readers_who_want_no_motion(page):
    page.emulate_media(reduced_motion="reduce")
    page.evaluate("way.to([0]); way.to([1])")
    assert page.evaluate("seen") == [[0], [1]]


def test_the_numbers_that_stand_there_are_drawn_once_more(page):
    page.evaluate("way.to([0]); way.to([0])")
    assert page.evaluate("seen") == [[0], [0]]


def test_the_goal_named_again_changes_nothing_on_the_way(page):
    at_once = page.evaluate("way.to([0]); way.to([1]); way.to([1]); seen.length")
    assert at_once == 1
    page.wait_for_function(ARRIVED, arg=[1])


def test_after_a_stop_the_same_goal_is_reached(page):
    page.evaluate("way.to([0]); way.to([1]); way.stop(); way.to([1])")
    page.wait_for_function(ARRIVED, arg=[1])
