"""The stage of the demos, tried on a small story: a count from 0 to 3."""

import pytest
from module_page import ModulePage

STORY = """(options) => {
    const listeners = new Map();
    const state = { count: 0 };
    const heard = (event) => listeners.get(event) ?? new Set();
    window.model = {
        get: (name) => state[name],
        set(name, value) {
            if (state[name] === value) return;
            state[name] = value;
            for (const listener of heard(`change:${name}`)) listener();
        },
        on: (event, listener) => void listeners.set(event, heard(event).add(listener)),
        off: (event, listener) => void heard(event).delete(listener),
        save_changes() {},
        heard: () => [...listeners.values()].reduce((sum, { size }) => sum + size, 0),
    };
    [window.drawn, window.told, window.lasts, window.pauses] = [[], [], [], 0];
    const control = (type, label) => {
        const root = document.createElement("div");
        root.className = "book-control";
        root.innerHTML = `<label>${label} <input type="${type}"></label>`;
        return root;
    };
    [window.lever, window.tick] = [control("range", "Lever"), control("checkbox", "Tick")];
    window.stop = module.stage({
        model, el: document.body, names: ["count"], label: "A story", look: "book-story",
        picture: [document.createElement("output")],
        controls: [window.lever, window.tick],
        play: {
            step({ count }) {
                told.push(count);
                return count < 3 ? { count: count + 1 } : null;
            },
            last: ({ count }) => {
                lasts.push(count);
                return options.last === undefined ? null : { count: options.last };
            },
            every: options.every ?? 20, auto: options.auto ?? false,
            rest: options.rest ?? 0,
            onPause: () => void (window.pauses += 1),
        },
        draw: ({ count }) => drawn.push(count),
        onReady: (redraw, { busy }) => void Object.assign(window, { redraw, busy }),
        says: ({ count }) => `The count is ${count}.`,
        more: [document.createElement("hr")],
        code: ({ count }) => `count = ${count}`,
        task: options.tasks
            ? ({ count }) => (
                { text: `Task ${count > 4}`, isDone: () => count % 5 === 3, praise: "Done." })
            : { text: "Count to 3.", isDone: ({ count }) => count === 3, praise: "That is 3." },
    });
}"""


@pytest.fixture
def story(browser):
    """Return a function that shows the story to a reader who wants motion, or does not."""
    pages = []

    def shown(*, motion="no-preference", **options):
        page = browser.new_page(reduced_motion=motion)
        pages.append(page)
        ModulePage(page, "kit/stage")
        page.evaluate(STORY, options)
        return page

    yield shown
    for page in pages:
        page.close()


def says(page, text):
    page.wait_for_function(
        "(text) => document.querySelector('.book-says').textContent === text", arg=text
    )


def test_play_tells_the_story_to_its_end_and_again(story):
    page = story(every=500)  # time enough to look at it while it plays
    for _ in range(2):
        page.get_by_role("button", name="Play").press("Enter")
        assert page.get_by_role("button", name="Pause").count() == 1
        says(page, "The count is 3.")
        page.get_by_role("button", name="Play").wait_for()
    assert page.evaluate("told") == 2 * [0, 1, 2, 3]
    assert page.evaluate("drawn.at(-1)") == 3
    assert page.inner_text(".book-task") == "That is 3."


def test_the_story_ends_once_in_the_last_state_and_then_begins_anew(story):
    page = story(every=300, last=7)
    for round in (1, 2):
        page.get_by_role("button", name="Play").press("Enter")
        says(page, "The count is 1.")
        says(page, "The count is 7.")
        assert page.get_by_role("button", name="Play").count() == 1  # it is at rest
        assert page.get_attribute(".book-says", "aria-live") == "polite"  # the end is read out
        assert page.evaluate("told") == round * [0, 1, 2, 3]
        assert page.evaluate("lasts") == round * [3]


def test_a_pause_goes_on_to_the_last_state_and_reset_forgets_it(story):
    page = story(every=300, last=7)
    page.get_by_role("button", name="Play").press("Enter")
    page.get_by_role("button", name="Pause").press("Enter")
    says(page, "The count is 1.")
    assert page.evaluate("lasts") == []
    page.get_by_role("button", name="Play").press("Enter")
    says(page, "The count is 7.")
    page.get_by_role("button", name="Reset").click()
    says(page, "The count is 0.")
    page.get_by_role("button", name="Play").press("Enter")
    says(page, "The count is 1.")
    says(page, "The count is 7.")
    assert page.evaluate("told") == 2 * [0, 1, 2, 3]


def test_play_begins_anew_where_a_hand_has_gone_to_the_end(story):
    page = story(every=300)
    page.evaluate("model.set('count', 3)")
    page.get_by_role("button", name="Play").press("Enter")
    says(page, "The count is 1.")
    assert page.evaluate("told")[0] == 3
    assert page.evaluate("lasts") == []


def test_nothing_is_read_out_while_it_plays(story):
    page = story(every=500)  # time enough to look at it while it plays
    page.get_by_role("button", name="Play").click()
    assert page.get_attribute(".book-says", "aria-live") == "off"
    says(page, "The count is 3.")
    page.get_by_role("button", name="Play").wait_for()
    assert page.get_attribute(".book-says", "aria-live") == "polite"


def test_reset_goes_back_to_the_opening_state(story):
    page = story()
    page.evaluate("model.set('count', 3)")
    says(page, "The count is 3.")
    assert page.locator(".book-done").count() == 1
    page.get_by_role("button", name="Reset").press("Enter")
    says(page, "The count is 0.")
    assert page.locator(".book-done").count() == 0
    assert page.inner_text(".book-task") == "Count to 3."


def test_each_view_may_have_a_task_whose_tick_is_its_own(story):
    page = story(tasks=True)
    task, done = page.locator(".book-task"), page.locator(".book-done")
    for count, words, is_done in (
        (3, "Done.", True), (4, "Task false", True), (5, "Task true", False), (8, "Done.", True),
        (2, "Task false", True),
    ):  # fmt: skip
        page.evaluate("(count) => model.set('count', count)", count)
        says(page, f"The count is {count}.")
        assert (task.inner_text(), done.count()) == (words, int(is_done))
    page.get_by_role("button", name="Reset").click()
    page.evaluate("model.set('count', 7)")
    says(page, "The count is 7.")
    assert (task.inner_text(), done.count()) == ("Task true", 0)


def test_a_task_keeps_its_tick_but_praises_only_what_is_seen_now(story):
    page = story()
    task = page.locator(".book-task")
    page.evaluate("model.set('count', 3)")
    says(page, "The count is 3.")
    assert task.inner_text() == "That is 3."
    page.evaluate("model.set('count', 2)")
    says(page, "The count is 2.")
    assert task.inner_text() == "Count to 3."
    assert page.locator(".book-done").count() == 1
    assert page.locator(".book-solved").count() == 1
    page.evaluate("model.set('count', 3)")
    says(page, "The count is 3.")
    assert page.locator(".book-solved").count() == 0


def test_reset_forgets_a_tick_when_nothing_else_is_to_change(story):
    page = story()
    for count in (3, 0):
        page.evaluate("(count) => model.set('count', count)", count)
        says(page, f"The count is {count}.")
    page.get_by_role("button", name="Reset").click()
    assert page.locator(".book-done, .book-solved").count() == 0


def test_reset_follows_play_before_all_controls(story):
    page = story()
    names = page.evaluate("""[...document.querySelectorAll('.book-deck :is(button, input)')]
        .map((node) => node.ariaLabel ?? (node.labels[0] ?? node).innerText.trim())""")
    assert names == ["Play", "Reset", "Lever", "Tick"]


def test_it_plays_by_itself_once_in_sight(story):
    page = story(auto=True)
    says(page, "The count is 3.")


def test_it_rests_before_it_plays_by_itself_and_a_touch_then_keeps_it_still(story):
    page = story(auto=True, rest=1500)
    page.wait_for_timeout(100)
    assert page.evaluate("told") == []
    says(page, "The count is 3.")
    page = story(auto=True, rest=1500)
    page.locator(".book-scene").dispatch_event("pointerdown")
    page.wait_for_timeout(2000)
    assert page.evaluate("told") == []


def test_it_keeps_still_for_readers_who_want_no_motion(story):
    page = story(auto=True, motion="reduce")
    page.wait_for_timeout(200)
    assert page.evaluate("model.get('count')") == 0


def test_a_touch_stops_what_began_by_itself(story):
    page = story(auto=True, every=60_000)
    page.get_by_role("button", name="Pause").wait_for()
    page.locator(".book-scene").dispatch_event("pointerdown")
    page.get_by_role("button", name="Play").wait_for()


def test_the_drawers_are_closed_at_first(story):
    page = story()
    assert page.locator("details").count() == 2
    assert page.locator("details[open]").count() == 0
    page.locator("summary", has_text="The same in torch").press("Enter")
    assert page.inner_text("details[open] code") == "count = 0"


def test_a_demo_can_draw_again_for_what_its_model_does_not_hold(story):
    page = story()
    page.evaluate("document.querySelector('.book-says').textContent = 'something else'")
    page.evaluate("redraw()")
    assert page.inner_text(".book-says") == "The count is 0."
    assert page.evaluate("drawn") == [0, 0]


def test_nothing_is_left_when_it_stops(story):
    page = story()
    page.get_by_role("button", name="Play").click()
    page.evaluate("stop()")
    assert page.evaluate("[model.heard(), document.body.childElementCount]") == [0, 0]
    count = page.evaluate("model.get('count')")
    page.wait_for_timeout(100)
    assert page.evaluate("model.get('count')") == count


def test_motion_without_a_story_is_paused_by_the_same_button(story):
    page = story()
    page.evaluate("busy(true)")
    page.get_by_role("button", name="Pause").press("Enter")
    assert page.get_by_role("button", name="Play").count() == 1
    assert page.evaluate("pauses") == 1
    for is_moving, name in ((True, "Pause"), (False, "Play")):
        page.evaluate("(is_moving) => busy(is_moving)", is_moving)
        assert page.get_by_role("button", name=name).count() == 1
    assert page.evaluate("pauses") == 1
